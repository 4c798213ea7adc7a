//! The ten practices: a chart of how much is known, and a table with a mark for each sub-practice.

use asepsis_core::engine::{Basis, PracticeStanding};
use asepsis_report::marks::Mark;
use asepsis_report::{headline, table, words};
use maud::{Markup, html};

use super::{View, say};
use crate::web::ui::{self, Column};

/// How many parts were seen, how many only told, how many nobody knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Parts {
    seen: usize,
    told: usize,
    unknown: usize,
}

impl Parts {
    fn of(practice: &PracticeStanding) -> Self {
        practice.sub_practices.iter().fold(Self::default(), |all, sub| Self {
            seen: all.seen + sub.parts_measured,
            told: all.told + sub.parts_known.saturating_sub(sub.parts_measured),
            unknown: all.unknown + sub.parts_applicable.saturating_sub(sub.parts_known),
        })
    }

    const fn and(self, other: Self) -> Self {
        Self {
            seen: self.seen + other.seen,
            told: self.told + other.told,
            unknown: self.unknown + other.unknown,
        }
    }

    const fn all(self) -> usize {
        self.seen + self.told + self.unknown
    }
}

pub(super) fn section(view: &View<'_>) -> Markup {
    let practices = &view.book.assessment.practices;
    let parts = practices.iter().map(Parts::of).fold(Parts::default(), Parts::and);
    let columns =
        [Column(say::PRACTICE), Column(say::SUB_PRACTICES), Column(say::STANDS), Column(say::KNOW)];
    html! {
        section.sheet aria-labelledby="stand" {
            h2 #stand { (say::HOW_WE_STAND) }
            (marks(view))
            (chart(parts))
            (ui::table(&html! { (say::MARKS) }, &columns, practices.iter().map(|it| row(view, it))))
        }
    }
}

/// How many sub-practices have which mark.
fn marks(view: &View<'_>) -> Markup {
    let marks = headline::tally(&view.book.assessment);
    let total: usize = marks.values().map(|(_, n)| n).sum();
    html! {
        @if total > 0 {
            div.strip {
                p.quiet #strip { (say::that_apply(total)) }
                ul.counts aria-labelledby="strip" {
                    @for (mark, n) in marks.values() {
                        li { (mark.silent()) " " b.num { (words::count(*n)) } " " span { (mark.words()) } }
                    }
                }
            }
        }
    }
}

/// Of all parts: a bar, and its numbers beside it.
fn chart(parts: Parts) -> Markup {
    html! {
        @if parts.all() > 0 {
            div.stack.tight {
                p.quiet { (say::chart(parts.all())) }
                svg.chart viewBox="0 0 400 20" width="400" height="20" role="img" aria-label=(say::parts(parts.seen, parts.told, parts.unknown)) {
                    (bar(parts, 400, 20))
                }
                ul.facts aria-hidden="true" {
                    li { (key(Parts { seen: 1, ..Parts::default() })) " " b.num { (words::count(parts.seen)) } " " (say::WERE_SEEN) }
                    li { (key(Parts { told: 1, ..Parts::default() })) " " b.num { (words::count(parts.told)) } " " (say::WERE_TOLD) }
                    li { (key(Parts { unknown: 1, ..Parts::default() })) " " b.num { (words::count(parts.unknown)) } " " (say::ARE_UNKNOWN) }
                }
            }
        }
    }
}

fn key(parts: Parts) -> Markup {
    html! { svg viewBox="0 0 16 10" width="16" height="10" { (bar(parts, 16, 10)) } }
}

/// Filled what was seen, outlined what was told, pale and thin what nobody knows.
fn bar(parts: Parts, width: usize, height: usize) -> Markup {
    let all = parts.all().max(1);
    let at = |n: usize| n * width / all;
    let (seen, known) = (at(parts.seen), at(parts.seen + parts.told));
    let third = height / 3;
    html! {
        @if seen > 0 { rect.bar x="0" y="0" width=(seen) height=(height) {} }
        @if known > seen + 2 { rect.ring x=(seen + 1) y="1" width=(known - seen - 2) height=(height - 2) {} }
        @if width > known { rect.track x=(known) y=(third) width=(width - known) height=(height - 2 * third) {} }
    }
}

fn row(view: &View<'_>, practice: &PracticeStanding) -> Vec<Markup> {
    vec![
        html! { span.n { (practice.number) } " " a href={ "/practices/" (practice.number) } { (practice.name) } },
        html! {
            span.marks {
                @for sub in &practice.sub_practices {
                    (Mark::of(sub.state, sub.basis, sub.contradicted).named(&format!("{} {}", sub.id, sub.title)))
                }
                @if practice.sub_practices.is_empty() { span.quiet { (say::NONE_FOR_SIZE) } }
            }
        },
        table::standing(practice),
        html! { span.quiet { (how(view, practice)) } },
    ]
}

/// When it was measured, and how many parts were seen or told.
fn how(view: &View<'_>, practice: &PracticeStanding) -> Markup {
    let parts = Parts::of(practice);
    let looked =
        view.book.looked_at_parts(practice.sub_practices.iter().flat_map(|sub| &sub.parts));
    html! {
        @match (practice.basis, looked) {
            (Basis::Measured | Basis::Both, Some(span)) => { (say::MEASURED) " " (words::days(&view.zone, span)) },
            (Basis::Measured | Basis::Both, None) => (say::MEASURED),
            (Basis::Told, _) => (say::TOLD_ONLY),
            (Basis::Nothing, _) => {},
        }
        @if parts.all() > 0 {
            svg.chart viewBox="0 0 120 8" width="120" height="8" aria-hidden="true" { (bar(parts, 120, 8)) }
            span.aside { (say::known(parts.seen, parts.told, parts.all())) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Parts, bar};

    #[test]
    fn a_bar_is_as_long_as_its_parts() {
        let text = bar(Parts { seen: 1, told: 1, unknown: 2 }, 100, 10).into_string();
        assert!(text.contains(r#"<rect class="bar" x="0" y="0" width="25""#), "{text}");
        assert!(text.contains(r#"<rect class="ring" x="26" y="1" width="23""#), "{text}");
        assert!(text.contains(r#"<rect class="track" x="50" y="3" width="50""#), "{text}");
        let empty = bar(Parts::default(), 100, 10).into_string();
        assert!(empty.contains(r#"class="track" x="0" y="3" width="100""#), "{empty}");
    }
}

//! When somebody last looked, what was missed, and how to look again.

use asepsis_report::words;
use maud::{Markup, html};

use super::{View, say};
use crate::ops::Gap;
use crate::web::pages::looks;
use crate::web::rights::Right;
use crate::web::ui;

/// What to do first where nobody has looked yet.
pub(super) fn begin(view: &View<'_>) -> Markup {
    html! {
        @if view.book.assets.is_empty() {
            section.sheet aria-labelledby="begin" {
                h2 #begin { (say::BEGIN) }
                p { (say::NOBODY_LOOKED) }
                @if view.visit.may(Right::Measure) { (again(view, say::MEASURE)) }
                @else { p { (say::ASK_TO_MEASURE) } }
            }
        }
    }
}

pub(super) fn section(view: &View<'_>) -> Markup {
    let book = view.book;
    html! {
        @if !book.assets.is_empty() {
            section.sheet aria-labelledby="looked" {
                h2 #looked { (say::LOOKED) }
                @match book.looked_at {
                    Some(at) => p { (words::moment(&view.zone, at)) },
                    None => p { (say::SEEN_NOTHING) },
                }
                @if !book.gaps.is_empty() {
                    h3 { (say::GAPS) }
                    ul.points.small { @for gap in &book.gaps { li { (one(view, gap)) } } }
                }
                @if view.visit.may(Right::Measure) { (again(view, say::AGAIN)) }
                p.small { a href="/assets" { (say::EVERYTHING_LOOKED_AT) } }
            }
        }
    }
}

fn one(view: &View<'_>, gap: &Gap) -> Markup {
    let schema = view.visit.catalog().schemas.get(&gap.schema);
    let noun = words::subject(schema.map_or("", |it| it.subject.as_str()));
    let (label, seen, entry) = &gap.first;
    html! {
        @if gap.count > 1 { (words::many(gap.count, noun)) " " (say::NOT_SEEN_LATELY) " " }
        b { (label) } " "
        @match seen {
            Some(at) => { (say::NOT_SEEN_SINCE) " " (words::day(&view.zone, *at)) },
            None => (say::NEVER_SEEN),
        }
        ", " (ui::entry(*entry))
    }
}

/// The form that starts a look, with what it will ask of whom.
fn again(view: &View<'_>, label: &str) -> Markup {
    let domains = &view.book.organization.domains;
    let offline = view.visit.app.options.offline;
    let fields = html! {
        (ui::hidden(looks::COMPUTER, "on"))
        @for domain in domains.iter().take(looks::MOST) { (ui::hidden(looks::DOMAIN, domain)) }
        (ui::hidden(looks::THEN, looks::TODAY))
        p.small.quiet { (looks::announced(domains, offline)) }
        (ui::button(label, ""))
    };
    ui::form(view.visit, "/looks", &fields)
}

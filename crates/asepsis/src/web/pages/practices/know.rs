//! How we know of one part: what was measured, what was told and by whom, what nobody knows yet.

use asepsis_core::catalog::{Check, Question};
use asepsis_core::engine::{AnswerInForce, PartStanding, State};
use asepsis_core::statement::Answer;
use asepsis_report::words;
use maud::{Markup, html};

use super::say;
use super::shown::Shown;
use crate::web::pages::check::{failing, line, reasons};
use crate::web::rights::Right;
use crate::web::ui;

pub(super) fn lines(shown: &Shown<'_>, part: &PartStanding) -> Markup {
    let view = shown.view;
    let mut checks: Vec<&Check> =
        part.checks.iter().filter_map(|it| view.catalog().check(&it.check)).collect();
    checks.sort_by_key(|it| view.tally(&it.id).fail == 0);
    let idle = |check: &&Check| {
        let tally = view.tally(&check.id);
        tally.applicable() == 0 && tally.not_applicable > 0
    };
    // Nothing of the kind was brought in or looked at yet: a clinic may have no such service.
    let waits = |check: &&Check| {
        let tally = view.tally(&check.id);
        tally.applicable() == 0 && tally.not_applicable == 0 && !view.may_look_at(&check.reads)
    };
    let (idle, rest): (Vec<&Check>, Vec<&Check>) = checks.iter().copied().partition(idle);
    let (waiting, busy): (Vec<&Check>, Vec<&Check>) = rest.into_iter().partition(waits);
    // A reason that stands under a check is not said again.
    let listed = |reason: &&str| {
        let mut seen = checks.iter().filter_map(|it| view.book.seen.get(&it.id));
        seen.any(|it| it.unknown.iter().take(shown.named.1).any(|(why, _)| why == reason))
    };
    let reason = part.reason.as_deref().filter(|it| !it.is_empty() && !listed(it));
    // The question that nobody here could answer is named below.
    let reason = reason.filter(|_| !shown.asked_outside(part));
    let unseen = part.state == State::Unknown && !checks.is_empty();
    html! {
        @for check in busy.iter().take(shown.lines) { (measured(shown, part, check)) }
        @if let Some(rest) = busy.get(shown.lines..).filter(|it| !it.is_empty()) {
            (together(&say::more_checks(rest.len()), rest, part))
        }
        @if !idle.is_empty() { (together(&say::apply_to_nothing(idle.len()), &idle, part)) }
        @if !waiting.is_empty() { (together(&say::wait_for_a_file(waiting.len()), &waiting, part)) }
        @for seq in &part.answers { (told(shown, part, *seq)) }
        @if let Some(reason) = reason {
            @if part.state == State::NotApplicable { (no_place(shown, part)) }
            @else { p.how { (say::WHY) " " (ui::why(reason)) } }
        }
        @if unseen && view.visit.may(Right::Measure) {
            p.how { a href="#measure" { (say::MEASURE_NOW) span.away { ": " (part.text) } } }
        }
        (ask(shown, part))
    }
}

/// Why a part does not apply, by which answer, and the way to correct that.
pub(super) fn no_place(shown: &Shown<'_>, part: &PartStanding) -> Markup {
    let view = shown.view;
    let applies = view.catalog().part(&part.part).and_then(|it| it.applies.as_ref());
    let asked = applies.map(|it| it.paths()).unwrap_or_default();
    let answer = view.book.assessment.answers.iter().find_map(|(seq, it)| {
        let sets = view.catalog().question(&it.question)?.sets.as_ref()?;
        asked.iter().any(|path| path == sets).then_some((seq, it))
    });
    html! {
        p.how {
            (say::NO_PLACE) " " (part.reason.as_deref().unwrap_or_default())
            @if let Some((seq, said)) = answer {
                " " (view.source(Some(said.stated_at), Some(*seq)))
                @if view.visit.may(Right::Answer) {
                    " " a href={ "/questions/" (said.question) } { (say::CORRECT) span.away { ": " (part.text) } }
                }
            }
        }
    }
}

/// Checks of which there is one thing to say.
fn together(what: &str, checks: &[&Check], part: &PartStanding) -> Markup {
    html! {
        details.how {
            summary { (what) span.away { ": " (part.text) } }
            ul.points { @for check in checks { li { a href={ "/checks/" (check.id) } { (check.title) } } } }
        }
    }
}

fn measured(shown: &Shown<'_>, part: &PartStanding, check: &Check) -> Markup {
    let heading = html! { a href={ "/checks/" (check.id) } { (check.title) } };
    let home = shown.home.get(check.id.as_str()).is_some_and(|it| **it == part.part);
    html! {
        div.how {
            p { (line(shown.view, check, &heading)) }
            @if home {
                (failing(shown.view, &check.id, shown.named.0))
                (reasons(shown.view, &check.id, shown.named.1))
            }
        }
    }
}

/// What somebody said: the question, the answer, who, when, and where it is kept.
fn told(shown: &Shown<'_>, part: &PartStanding, seq: u64) -> Markup {
    let view = shown.view;
    let Some(said) = view.book.assessment.answers.get(&seq) else { return html! {} };
    let question = view.catalog().question(&said.question);
    html! {
        p.how {
            span.key { (say::TOLD) } " "
            @if let Some(question) = question { "“" (question.ask) "” " b { (answer(question, said, part)) } " " }
            span.source {
                (ui::person(&view.book, &said.author)) " (" (words::role(&said.role)) "), "
                (words::day(&view.zone, said.stated_at)) ", " (ui::entry(seq))
            }
        }
        @if part.contradicted {
            p.how.contradicted {
                (say::DIFFER) " "
                @if view.visit.may(Right::Answer) { a href={ "/questions/" (said.question) } { (say::CORRECT) span.away { ": " (part.text) } } }
            }
        }
    }
}

/// The answer as the person read it; of several boxes, those that speak of this part.
fn answer(question: &Question, said: &AnswerInForce, part: &PartStanding) -> String {
    let text = |id: &str| question.answer(id).map_or_else(|| id.to_owned(), |it| it.text.clone());
    match &said.answer {
        Answer::One(id) => text(id),
        Answer::Number(n) => n.to_string(),
        Answer::DontKnow => say::DONT_KNOW.to_owned(),
        Answer::Several(ids) => {
            let speaks =
                |id: &&String| question.answer(id).is_some_and(|it| it.serves.contains(&part.part));
            let all: Vec<String> = ids.iter().filter(speaks).map(|id| text(id)).collect();
            say::said(&all.join("; "))
        }
    }
}

/// The questions that would settle it: still open, or nobody here knew.
fn ask(shown: &Shown<'_>, part: &PartStanding) -> Markup {
    let view = shown.view;
    let interview = &view.book.interview;
    let places = view.catalog().index.questions(&part.part);
    let questions = places.iter().filter_map(|at| view.catalog().questions.get(*at));
    let link =
        |question: &Question| html! { a href={ "/questions/" (question.id) } { (question.ask) } };
    html! {
        @if part.state != State::NotApplicable {
            @for question in questions {
                @if interview.open.iter().any(|it| it.id == question.id) {
                    p.how {
                        @if view.visit.may(Right::Answer) { (say::ASK_NOW) " " (link(question)) }
                        @else { (say::OPEN) " " (question.ask) }
                    }
                } @else if interview.unknown.contains(&question.id) {
                    p.how {
                        (say::NOT_KNOWN_HERE) " "
                        @if view.visit.may(Right::Answer) { (link(question)) } @else { (question.ask) }
                    }
                }
            }
        }
    }
}

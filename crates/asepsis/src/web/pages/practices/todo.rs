//! What to do about one sub-practice: the checks that fail, what each takes, and whose it is.

use asepsis_core::engine::{ActionState, NextStep, SubPracticeStanding};
use asepsis_report::words;
use maud::{Markup, html};

use super::say;
use super::shown::Shown;
use crate::web::ui;

/// Steps of one sub-practice that are named; those worth most come first.
const MOST: usize = 6;

pub(super) fn section(shown: &Shown<'_>, sub: &SubPracticeStanding, level: u8) -> Markup {
    // What helps several sub-practices of the page is said once, at the first of them.
    let here = |step: &&NextStep| {
        let home = shown.home.get(step.check.as_str());
        home.is_some_and(|part| part.sub_practice == sub.id)
    };
    let steps: Vec<&NextStep> = shown.view.book.next.iter().filter(here).collect();
    let title = html! { (say::TO_DO) span.away { ": " (sub.title) } };
    html! {
        @if !steps.is_empty() {
            @if level == 2 { h3 { (title) } } @else { h4 { (title) } }
            ul.lines {
                @for step in steps.iter().take(MOST) { li { (one(shown, step)) } }
                @if steps.len() > MOST { li { a href="/plan/checks" { (say::more_to_do(steps.len() - MOST)) } } }
            }
        }
    }
}

fn one(shown: &Shown<'_>, step: &NextStep) -> Markup {
    let book = &shown.view.book;
    let action = book.action(&step.check);
    html! {
        a href={ "/plan/" (step.check) } { (step.title) }
        ul.facts {
            li { b.num { (words::hours(step.effort.hours)) } }
            li { b.num { (words::dollars(step.effort.dollars)) } }
            li { (words::role(&step.effort.who)) }
            @if let Some(action) = action {
                @if action.planned { li { (say::PLANNED) } }
                @if let Some(owner) = &action.owner { li { (ui::person(book, owner)) } }
                @if let Some(due) = &action.due { li { (say::BY_DAY) " " time.num datetime=(due) { (ui::civil_day(due)) } } }
                @if action.state == ActionState::SaidDone { li { (say::SAID_DONE) } }
            }
        }
    }
}

//! What to do next: the first three actions of the plan, and the question that settles most.

use asepsis_core::engine::{ActionState, NextStep};
use asepsis_report::prose;
use maud::{Markup, html};

use super::{View, say};
use crate::web::pages::{check, plan};
use crate::web::rights::Right;

/// How many things are shown.
const CARDS: usize = 3;
/// How many questions make one sitting.
const SITTING: usize = 10;

/// The first things of the plan, and what waits for a look.
pub(super) fn section(view: &View<'_>, plan: &check::View<'_>) -> Markup {
    let picks = view.book.risk.as_ref().map_or(0, |it| it.proposal.picks.len());
    // What is said to be done waits for a look; it is not what to do next.
    let said_done = |it: &&NextStep| {
        view.book.action(&it.check).is_some_and(|it| it.state == ActionState::SaidDone)
    };
    let waiting = view.book.next.iter().filter(said_done).count();
    html! {
        @if !view.book.assets.is_empty() || !view.book.next.is_empty() {
            section.stack aria-labelledby="next" {
                div.stack.tight {
                    h2 #next { (say::DO_NEXT) }
                    @if picks == 0 { p { (say::NOTHING_TO_DO) } } @else { p.quiet { (say::WHAT_COMES_FIRST) } }
                }
                @if picks > 0 { (plan::first_lines(plan, CARDS)) }
                @if waiting > 0 { p { (say::waiting(waiting)) } }
                @if picks > CARDS { p { a href="/plan" { (say::whole_plan(picks)) } } }
                @if view.book.next.len() > waiting { p { a href="/plan/checks" { (say::found(view.book.next.len() - waiting)) } } }
            }
        }
    }
}

/// The question that settles most, for somebody who may answer.
pub(super) fn question(view: &View<'_>) -> Markup {
    let (catalog, interview) = (view.visit.catalog(), &view.book.interview);
    let roles = view.visit.who.as_ref().map_or(&[][..], |who| who.account.roles.as_slice());
    let open = || interview.open.iter().filter_map(|it| Some((it, catalog.question(&it.id)?)));
    // One that this person can answer goes before one that settles more.
    let mine = open().find(|(_, it)| it.roles.iter().any(|role| roles.contains(role)));
    let sitting = interview.open.len().min(SITTING);
    html! {
        @if view.visit.may(Right::Answer) {
            section.sheet aria-labelledby="ask" {
                h2 #ask { (say::ANSWER_NEXT) }
                @if let Some((open, question)) = mine.or_else(|| open().next()) {
                    p.lead { (question.ask) }
                    p.quiet { (prose::spans(&question.why)) " " (say::settles(open.settles)) }
                    div.row {
                        a.button href="/questions" { (say::answer_some(sitting)) }
                        a.button.plain href={ "/questions/" (question.id) } { (say::ONLY_THIS) }
                    }
                } @else {
                    p { (say::NONE_OPEN) }
                }
                @if !interview.unknown.is_empty() {
                    p.quiet { (say::not_known(interview.unknown.len())) " " a href="/vendor-sheet" { (say::VENDOR_SHEET) } }
                }
            }
        }
    }
}

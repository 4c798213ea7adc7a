//! What to do next: three cards, and the question that settles most.

use asepsis_core::engine::{ActionStanding, ActionState, NextStep};
use asepsis_report::{prose, words};
use maud::{Markup, html};

use super::{View, place, say};
use crate::web::rights::Right;
use crate::web::ui;

/// How many things are shown.
const CARDS: usize = 3;
/// How many questions make one sitting.
const SITTING: usize = 10;
/// How many sub-practices are named on a card.
const SERVES: usize = 6;

pub(super) fn section(view: &View<'_>) -> Markup {
    let all: Vec<_> = view.book.next.iter().map(|it| (it, view.book.action(&it.check))).collect();
    // What is said to be done waits for a look; it is not what to do next.
    let waits = |action: &Option<&ActionStanding>| {
        action.is_some_and(|it| it.state == ActionState::SaidDone)
    };
    let waiting = all.iter().filter(|(_, action)| waits(action)).count();
    let open = all.len() - waiting;
    html! {
        @if !view.book.assets.is_empty() || !all.is_empty() {
            section.stack aria-labelledby="next" {
                h2 #next { (say::DO_NEXT) }
                @if open == 0 {
                    p { (say::NOTHING_TO_DO) }
                } @else {
                    p.quiet { (say::WHAT_COMES_FIRST) }
                    ol.cards {
                        @for (step, action) in all.iter().filter(|(_, action)| !waits(action)).take(CARDS) {
                            li.sheet { (card(view, step, *action)) }
                        }
                    }
                }
                @if waiting > 0 { p { (say::waiting(waiting)) } }
                @if all.len() > CARDS.min(open) { p { a href="/plan" { (say::whole_plan(all.len())) } } }
            }
        }
    }
}

fn card(view: &View<'_>, step: &NextStep, action: Option<&ActionStanding>) -> Markup {
    let catalog = view.visit.catalog();
    let check = catalog.check(&step.check);
    let schema = check.and_then(|check| catalog.schemas.get(&check.reads));
    let kind = schema.map_or("", |schema| schema.subject.as_str());
    let tally = view.book.assessment.tallies.get(&step.check).copied().unwrap_or_default();
    let planned = action.filter(|it| it.planned || it.owner.is_some() || it.due.is_some());
    html! {
        h3 { (step.title) }
        @if let Some(check) = check { p { (prose::spans(&check.why)) } }
        ul.facts {
            li { b.num { (words::hours(step.effort.hours)) } }
            li { b.num { (words::dollars(step.effort.dollars)) } }
            li { (words::role(&step.effort.who)) }
            @if kind == "computer" { li { (say::on(step.subjects, tally.applicable(), words::subject(kind))) } }
            @else { @for finding in failing(view, step).take(2) { li { (&*finding.label) } } }
            li.id {
                (say::SERVES) " "
                @for (at, id) in step.serves.iter().take(SERVES).enumerate() {
                    @if at > 0 { ", " }
                    a href=(place("s", id, id)) { (id) }
                }
                @if step.serves.len() > SERVES { " " (say::and_more(step.serves.len() - SERVES)) }
            }
        }
        p.quiet.small { (say::how_verified(kind)) }
        @if let Some(action) = planned { p.small { (plan(view, action)) } }
        @if action.is_some_and(|it| it.state == ActionState::NotSeenDone) { p.small { (say::NOT_SEEN_DONE) } }
        div.row {
            @if planned.is_none() && view.visit.may(Right::Plan) {
                a.button href={ "/plan/" (step.check) } { (say::PUT_IN_PLAN) span.away { ": " (step.title) } }
            } @else {
                a.button href={ "/plan/" (step.check) } { (say::IN_THE_PLAN) span.away { ": " (step.title) } }
            }
            a.button.plain href={ "/checks/" (step.check) } { (say::HOW) span.away { ": " (step.title) } }
        }
    }
}

fn failing<'a>(
    view: &'a View<'_>,
    step: &NextStep,
) -> impl Iterator<Item = &'a asepsis_core::engine::Finding> {
    let fails = |it: &&asepsis_core::engine::Finding| {
        it.outcome == asepsis_core::outcome::Outcome::Fail && it.waived_by.is_none()
    };
    view.book.assessment.findings_of(&step.check).filter(fails)
}

/// Whose it is, and by when.
fn plan(view: &View<'_>, action: &ActionStanding) -> Markup {
    html! {
        span.chip { (say::PLANNED) }
        @if let Some(owner) = &action.owner { " " (ui::person(view.book, owner)) }
        @if let Some(due) = &action.due { " " (say::BY_DAY) " " time.num datetime=(due) { (ui::civil_day(due)) } }
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

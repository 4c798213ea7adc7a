//! How a thing to do stands, in words: its chip, whose it is, until when, when the next look tells.

use asepsis_core::action::ActionChange;
use asepsis_core::catalog::Check;
use asepsis_core::engine::{ActionEntry, ActionStanding, ActionState};
use asepsis_core::outcome::Outcome;
use asepsis_core::time::Timestamp;
use asepsis_report::words;
use maud::{Markup, html};

use super::english as say;
use crate::ops::Book;
use crate::web::ui;
use crate::web::visit::Visit;

/// The state in two words.
pub(super) fn chip(state: ActionState) -> Markup {
    let class = match state {
        ActionState::Open => "unknown",
        ActionState::SaidDone => "partly",
        ActionState::NotSeenDone => "missing",
        ActionState::Verified | ActionState::InOrder => "in-place",
        ActionState::Accepted => "contradicted",
    };
    html! { span class={ "chip " (class) } { (say::state(state)) } }
}

/// What a check looks at: `computer`.
pub(super) fn noun<'a>(visit: &'a Visit, check: &str) -> &'a str {
    let catalog = visit.catalog();
    let schema = catalog.check(check).and_then(|check| catalog.schemas.get(&check.reads));
    schema.map_or("thing", |schema| words::subject(&schema.subject))
}

/// A day as it is typed, for people.
pub(super) fn due(day: &str) -> Markup {
    html! { time.num datetime=(day) { (ui::civil_day(day)) } }
}

/// Who does it.
pub(super) fn whose<'a>(book: &'a Book, action: &'a ActionStanding) -> &'a str {
    match &action.owner {
        Some(owner) => ui::person(book, owner),
        None => words::role(&action.effort.who),
    }
}

/// Sub-practices, each a link to its place in the book.
pub(super) fn serves(ids: &[String]) -> Markup {
    html! {
        (say::SERVES)
        @for (at, id) in ids.iter().enumerate() {
            @if at > 0 { "," }
            " "
            a href={ "/practices/" (id.split('.').next().unwrap_or_default()) "#" (words::anchor("s", id)) } { (id) }
        }
    }
}

/// Who said last that it is done, unless that was taken back since.
pub(super) fn said_done(action: &ActionStanding) -> Option<&ActionEntry> {
    let last = action.events.iter().rev().find(|entry| {
        matches!(entry.change, ActionChange::Done { .. } | ActionChange::Reopened { .. })
    });
    last.filter(|entry| matches!(entry.change, ActionChange::Done { .. }))
}

/// What became of it, in a line.
pub(super) fn settled(visit: &Visit, book: &Book, action: &ActionStanding) -> Markup {
    let done = html! {
        @if let Some(done) = said_done(action) {
            (say::SAID_BY) " " (ui::person(book, &done.author)) ", " (ui::day(book, done.at))
        }
    };
    match action.state {
        ActionState::Accepted => accepted(book, &action.check),
        ActionState::SaidDone | ActionState::NotSeenDone => html! {
            (done)
            @if let Some(check) = visit.catalog().check(&action.check) { ". " (next_look(visit, book, check)) }
        },
        ActionState::Verified => html! { (done) ". " (seen_on(book, &action.check)) },
        ActionState::InOrder | ActionState::Open => seen_on(book, &action.check),
    }
}

/// Who accepts it, and until when.
pub(super) fn accepted(book: &Book, check: &str) -> Markup {
    let mut all = book.assessment.waivers.iter();
    let found = all.find(|it| it.waiver.check == check && !it.expired && it.accepts > 0);
    html! {
        @if let Some(it) = found {
            (say::ACCEPTED_BY) " " (ui::person(book, &it.waiver.owner)) " " (say::UNTIL) " "
            (ui::day(book, it.waiver.expires)) ", " (ui::entry(it.seq))
        }
    }
}

/// The day of the newest look that found it in order.
fn seen_on(book: &Book, check: &str) -> Markup {
    let passes = book.assessment.findings_of(check).filter(|it| it.outcome == Outcome::Pass);
    let newest = passes.max_by_key(|it| it.observed_at);
    html! {
        @if let Some((at, seq)) = newest.and_then(|it| Some((it.observed_at?, it.evidence?))) {
            (say::SEEN_IN_ORDER) " " (ui::day(book, at)) ", " (ui::entry(seq))
        }
    }
}

/// When somebody looks next, by the cadence of what is looked at.
pub(super) fn next_look(visit: &Visit, book: &Book, check: &Check) -> Markup {
    let Some(every) = visit.catalog().cadence(&check.reads) else { return html! {} };
    let looked = book.assets.iter().filter(|it| it.schema == check.reads);
    let last: Option<Timestamp> = looked.filter_map(|it| it.seen_at).max();
    let next = last.map(|last| last.plus_days(i64::from(every.0)));
    html! {
        @match next {
            Some(next) if next > visit.now => { (say::NEXT_LOOK) " " (ui::day(book, next)) "." },
            Some(_) => (say::LOOK_IS_DUE),
            None => (say::NEVER_LOOKED),
        }
    }
}

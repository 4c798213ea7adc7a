//! One thing to do: how it stands, why and how, how it will be verified, what was said, what one can say.

use std::borrow::Cow;

use asepsis_core::catalog::Check;
use asepsis_core::engine::{ActionStanding, ActionState};
use asepsis_core::outcome::Outcome;
use asepsis_report::{prose, words};
use asepsis_store::accounts::Account;
use axum::extract::{Path, Query};
use axum::response::Response;
use maud::{Markup, html};

use super::{english as say, standing, talk};
use crate::ops::Book;
use crate::web::error::PageError;
use crate::web::fields::Fields;
use crate::web::rights::Right;
use crate::web::ui::{self, Choice, Faults, Field, Frame, Kind, Place};
use crate::web::visit::Visit;
use crate::web::worker::AUTOMATIC;

/// The most things that are named for a check.
const NAMED: usize = 12;

/// What somebody sent that was not taken as it was.
pub(super) struct Typed<'a> {
    pub(super) fields: &'a Fields,
    pub(super) faults: &'a Faults,
    /// The last word that was read by whoever typed it.
    pub(super) read: Option<u64>,
    /// Somebody else wrote meanwhile.
    pub(super) newer: bool,
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Part {
    page: String,
}

pub(super) async fn page(
    visit: Visit,
    Path(check): Path<String>,
    Query(part): Query<Part>,
) -> Result<Response, PageError> {
    Ok(ui::shown(shown(&visit, &check, part.page.parse().unwrap_or(1), None).await?))
}

/// The page of a thing to do. Whoever may not see the book sees what is asked and what they typed.
pub(super) async fn shown(
    visit: &Visit,
    check: &str,
    page: usize,
    typed: Option<&Typed<'_>>,
) -> Result<Markup, PageError> {
    let check = visit.check(check)?;
    let book = visit.book().await?;
    let action = match book.action(&check.id) {
        Some(action) => Cow::Borrowed(action),
        None => Cow::Owned(ActionStanding::silent(check, &book.assessment)),
    };
    let home = visit.home();
    let accounts = home.store.accounts(&home.organization).await?;
    let sees = visit.may(Right::See);
    let alone = home.store.setting(&home.organization, AUTOMATIC).await?.as_deref() == Some("on");
    let body = html! {
        (alert(typed, sees))
        @if sees { (state(visit, &book, &action)) }
        (todo(check))
        @if sees {
            (verified(visit, &book, check, alone))
            (talk::section(&book, &action, page, typed.map(|it| it.read)))
        }
        (forms(visit, &book, check, &action, &accounts, typed))
    };
    let place = if sees { Place::Plan } else { Place::VendorSheet };
    let above = html! {
        @if sees { a href="/plan/checks" { (say::TITLE) } } @else { a href="/vendor-sheet" { (say::VENDOR_SHEET) } }
    };
    Ok(ui::page(visit, &Frame::new(place, &check.title).above(above), &body))
}

fn alert(typed: Option<&Typed<'_>>, sees: bool) -> Markup {
    html! {
        @if let Some(typed) = typed {
            (typed.faults.summary())
            @if typed.newer {
                div.sheet.warn role="alert" {
                    p { strong { (say::SOMEBODY_WROTE) } }
                    p { (if sees { say::READ_AND_SEND } else { say::SEND_AGAIN }) }
                    @if sees { p { a href="#said" { (say::TO_NEW_WORDS) } } }
                }
            }
        }
    }
}

/// How it stands, in a sentence and in facts.
fn state(visit: &Visit, book: &Book, action: &ActionStanding) -> Markup {
    let tally = book.assessment.tallies.get(&action.check).copied().unwrap_or_default();
    let noun = standing::noun(visit, &action.check);
    html! {
        section.sheet aria-labelledby="stands" {
            h2 #stands { (say::HOW_IT_STANDS) }
            p { (standing::chip(action.state)) " " (say::sentence(action, tally, noun)) }
            @if action.state != ActionState::Open { p.how { (standing::settled(visit, book, action)) } }
            ul.facts {
                li { (say::severity(action.severity)) }
                li { b { (words::hours(action.effort.hours)) } } li { b { (words::dollars(action.effort.dollars)) } }
                li { (say::WORK_OF) " " (words::the_role(&action.effort.who)) }
                @if let Some(owner) = &action.owner { li { (say::GIVEN_TO) " " b { (ui::person(book, owner)) } } }
                @if let Some(due) = &action.due { li { (say::DUE) " " (standing::due(due)) } }
                @if action.owner.is_none() && action.planned { li { (say::IN_THE_PLAN) } }
                @if let Some(step) = &action.step { li.id { (standing::serves(&step.serves)) } }
            }
            (failing(book, &action.check))
        }
    }
}

/// The first things on which it fails.
fn failing(book: &Book, check: &str) -> Markup {
    let fails = || {
        let all = book.assessment.findings_of(check);
        all.filter(|it| it.outcome == Outcome::Fail && it.waived_by.is_none())
    };
    let more = fails().count().saturating_sub(NAMED);
    html! {
        @if fails().next().is_some() {
            h3 { (say::WHERE) }
            ul.subjects {
                @for it in fails().take(NAMED) {
                    li {
                        a href=(ui::address("/assets/one", &[("subject", &it.subject)])) { (it.label) }
                        @if let Some(reason) = &it.reason { ": " (prose::spans(reason)) }
                        " " span.source {
                            @if let Some(at) = it.observed_at { (ui::day(book, at)) }
                            @if let Some(seq) = it.evidence { ", " (ui::entry(seq)) }
                        }
                    }
                }
                @if more > 0 { li.more { (say::and_more(more)) " " a href={ "/checks/" (check) } { (say::ALL_OF_THEM) } } }
            }
        }
    }
}

/// Why, and how.
fn todo(check: &Check) -> Markup {
    html! {
        section.sheet aria-labelledby="how" {
            h2 #how { (say::WHY_AND_HOW) }
            div.stack.tight { (prose::prose(&check.why)) }
            h3 { (say::STEPS) }
            div.stack.tight { (prose::prose(&check.fix)) }
        }
    }
}

/// Which check turns green, and when somebody looks.
fn verified(visit: &Visit, book: &Book, check: &Check, alone: bool) -> Markup {
    let noun = standing::noun(visit, &check.id);
    let every = visit.catalog().cadence(&check.reads).map_or(7, |it| it.0);
    html! {
        section.sheet aria-labelledby="verified" {
            h2 #verified { (say::HOW_VERIFIED) }
            p { (say::verified_by(noun)) " " a href={ "/checks/" (check.id) } { (say::WHAT_IT_LOOKS_AT) } }
            p { (say::cadence(every, check.fresh.0, alone)) " " (standing::next_look(visit, book, check)) }
            @if visit.may(Right::Measure) { (measure(visit, book, check)) }
        }
    }
}

/// A button that looks again: at this computer, or at the domains.
fn measure(visit: &Visit, book: &Book, check: &Check) -> Markup {
    let schema = visit.catalog().schemas.get(&check.reads);
    let domains = schema.is_some_and(|it| it.expected == "domains");
    let body = html! {
        @if domains {
            @for domain in &book.organization.domains { (ui::hidden("domain", domain)) }
        } @else { (ui::hidden("computer", "on")) }
        (ui::button(if domains { say::MEASURE_MAIL } else { say::MEASURE_HERE }, "plain"))
    };
    html! {
        @if !domains || !book.organization.domains.is_empty() { (ui::form(visit, "/looks", &body)) }
    }
}

/// What one can decide or say, by rights.
fn forms(
    visit: &Visit,
    book: &Book,
    check: &Check,
    action: &ActionStanding,
    accounts: &[Account],
    typed: Option<&Typed<'_>>,
) -> Markup {
    let none = Faults::default();
    let not_here = say::not_here(ui::data_word(book.organization.sector));
    let faults = typed.map_or(&none, |it| it.faults);
    let text = |name: &str| typed.map_or("", |it| it.fields.text(name));
    // A form that was sent is shown again, even where it is not offered any more.
    let sent = |name: &str| typed.is_some_and(|it| it.fields.has(name));
    // Who sends again has read what is on this page.
    let read = action.last_event.map(|seq| seq.to_string()).unwrap_or_default();
    let form = |act: &str, body: Markup| {
        let body = html! { (ui::hidden("read", &read)) (body) };
        ui::form(visit, &format!("/plan/{}/{act}", check.id), &body)
    };
    let area = |label, name, hint, needed: bool| {
        let field = Field::new(label, name, Kind::Area).value(text(name)).hint(hint);
        if needed { field.show(faults) } else { field.optional().show(faults) }
    };
    let left = !matches!(action.state, ActionState::Verified | ActionState::InOrder);
    let done = standing::said_done(action).is_some();
    let plans = visit.may(Right::Plan);
    html! {
        @if plans && (left || sent("to")) {
            section.sheet.screen-only aria-labelledby="decide" {
                h2 #decide { (say::DECIDE) }
                @if !action.planned && action.owner.is_none() { (form("plan", ui::button(say::PLAN_IT, ""))) }
                (form("assign", html! {
                    (people(accounts, typed.map_or_else(|| action.owner.clone().unwrap_or_default(), |it| it.fields.text("to").to_owned()).as_str()))
                    (Field::new(say::BY_WHEN, "due", Kind::Day).optional().value(match typed { Some(it) => it.fields.text("due"), None => action.due.as_deref().unwrap_or_default() }).show(faults))
                    (ui::button(say::GIVE, "plain"))
                }))
                @if visit.may(Right::Accept) {
                    p { a href={ "/checks/" (check.id) } { (say::ACCEPT_INSTEAD) } }
                }
            }
        }
        @if visit.may(Right::Finish) && (left || sent("note")) {
            section.sheet.screen-only aria-labelledby="finish" {
                h2 #finish { (say::FINISH) }
                p { (say::FINISH_LEAD) }
                (form("done", html! { (area(say::NOTE, "note", &not_here, false)) (ui::button(say::IT_IS_DONE, "")) }))
            }
        }
        @if plans && (done || sent("reason")) {
            section.sheet.screen-only aria-labelledby="reopen" {
                h2 #reopen { (say::REOPEN) }
                (form("reopen", html! { (area(say::REOPEN_WHY, "reason", "", true)) (ui::button(say::REOPEN_BUTTON, "plain")) }))
            }
        }
        @if visit.may(Right::Comment) {
            section.sheet.screen-only aria-labelledby="comment" {
                h2 #comment { (say::COMMENT) }
                (form("comment", html! { (area(say::COMMENT_LABEL, "text", &not_here, true)) (ui::button(say::COMMENT_BUTTON, "plain")) }))
            }
        }
    }
}

/// Everybody who can sign in.
fn people(accounts: &[Account], chosen: &str) -> Markup {
    let able = accounts.iter().filter(|it| it.disabled_at.is_none());
    let choice = |it: &Account| (it.person.clone(), it.name.clone(), it.person == chosen);
    let able: Vec<_> = able.map(choice).collect();
    let all: Vec<Choice<'_>> = able
        .iter()
        .map(|(value, label, chosen)| Choice { value, label, hint: "", chosen: *chosen })
        .collect();
    ui::select(say::TO_WHOM, "to", &all)
}

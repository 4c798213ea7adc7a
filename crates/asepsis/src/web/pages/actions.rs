//! One action of the catalog: what to do and why, what it takes, what it does to which threat and how we
//! know, which parts and checks turn, what people decided about it. What they send is in `acts`.

mod acts;
mod decided;
mod english;
mod worth;

use asepsis_core::catalog::{Action, Law};
use asepsis_core::engine::PartStanding;
use asepsis_core::risk::Control;
use asepsis_report::marks::Mark;
use asepsis_report::{prose, words};
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};

use crate::web::error::PageError;
use crate::web::fields::Fields;
use crate::web::pages::check::View;
use crate::web::rights::Right;
use crate::web::routes::{Route, get, post};
use crate::web::ui::{self, Faults, Frame, Place, Unit};
use crate::web::visit::Visit;
use english as say;

pub(super) use worth::threat_link;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/actions/{id}", Right::See, page),
        post("/actions/{id}/choose", Right::Plan, acts::choose),
        post("/actions/{id}/postpone", Right::Plan, acts::postpone),
        post("/actions/{id}/reopen", Right::Plan, acts::reopen),
        post("/actions/{id}/accept", Right::Accept, acts::accept),
        post("/actions/{id}/done", Right::Finish, acts::done),
    ]
}

/// What somebody sent that was not taken as it was.
pub(super) struct Typed<'a> {
    fields: &'a Fields,
    faults: &'a Faults,
}

async fn page(visit: Visit, Path(id): Path<String>) -> Result<Response, PageError> {
    Ok(ui::shown(shown(&visit, &id, None).await?))
}

/// A link to an action, by its id.
pub(super) fn link(view: &View<'_>, id: &str) -> Markup {
    let title = view.catalog().action(id).map_or(id, |it| it.title.as_str());
    html! { a href={ "/actions/" (id) } { (title) } }
}

/// The same for somebody who may not see the book.
fn title(view: &View<'_>, id: &str) -> Markup {
    html! { (view.catalog().action(id).map_or(id, |it| it.title.as_str())) }
}

/// The action as a control of this organization.
fn control<'a>(view: &'a View<'_>, id: &str) -> Option<&'a Control> {
    let model = &view.book.risk.as_ref()?.study.model;
    model.controls.iter().find(|it| it.action == id)
}

/// The page. A vendor, who may not see the book, sees what to do and what they typed.
async fn shown(visit: &Visit, id: &str, typed: Option<&Typed<'_>>) -> Result<Markup, PageError> {
    let action = visit.catalog().action(id).ok_or(PageError::NotFound)?;
    let view = View::of(visit).await?;
    let home = visit.home();
    let accounts = home.store.accounts(&home.organization).await?;
    let sees = visit.may(Right::See);
    let body = html! {
        @if let Some(typed) = typed { (typed.faults.summary()) }
        div.stack.tight {
            p.lead.quoted { (action.why) }
            (takes(&view, action))
            @if sees { (decided::now(&view, id)) }
        }
        @if sees { (worth::section(&view, action)) }
        section.stack.tight aria-labelledby="steps" {
            h2 #steps { (say::STEPS) }
            (needs(&view, action))
            div.stack.tight.quoted { (prose::prose(&action.steps)) }
            p.source { (say::RESTS_ON) " " (action.sources.join("; ")) ". " (say::EFFORT) " " (ui::sure(action.certainty.level)) }
        }
        @if sees { (verified(&view, action)) (decided::log(&view, id)) }
        (decided::forms(&view, action, &accounts, typed))
    };
    let above = html! {
        @if sees { a href="/plan" { (say::PLAN) } } @else { a href="/vendor-sheet" { (say::VENDOR_SHEET) } }
    };
    let place = if sees { Place::Plan } else { Place::VendorSheet };
    Ok(ui::page(visit, &Frame::new(place, &action.title).above(above), &body))
}

/// Who, and what is left to do of it.
fn takes(view: &View<'_>, action: &Action) -> Markup {
    let work = control(view, &action.id).map(|it| it.work);
    html! {
        ul.facts {
            li { b { (words::role(&action.who)) } }
            @if let Some(work) = work { (effort(work.hours, work.monthly, work.first, work.yearly)) }
            @else { li { (say::NO_PLACE) } }
            @for law in law(view, action) { li { (rule(law)) } }
        }
    }
}

/// Hours and dollars, as items of a list. What likely takes nothing is left out, but for dollars that
/// might be spent: those are said once, for the first year.
pub(super) fn effort(
    hours: asepsis_core::catalog::Range,
    monthly: asepsis_core::catalog::Range,
    first: asepsis_core::catalog::Range,
    yearly: asepsis_core::catalog::Range,
) -> Markup {
    let year = first.plus(yearly);
    let shown = [
        (hours, Unit::Hours, say::ONCE, true),
        (monthly, Unit::HoursAMonth, "", monthly.likely > 0.0),
        (first, Unit::Dollars, say::ONCE, first.likely > 0.0),
        (yearly, Unit::DollarsAYear, "", yearly.likely > 0.0),
        (year, Unit::Dollars, say::IN_FIRST_YEAR, year.likely <= 0.0),
    ];
    html! {
        @for (range, unit, after, _) in shown.into_iter().filter(|it| it.3) {
            @if let Some(it) = ui::effort_in_list(range, unit, after) { li { (it) } }
        }
        @if year.high <= 0.0 { li { (say::NOTHING_TO_BUY) } }
    }
}

/// What the HIPAA Security Rule requires of it, where that rule applies.
pub(super) fn law<'a>(view: &View<'_>, action: &'a Action) -> &'a [Law] {
    let applies = view.book.risk.as_ref().is_some_and(|it| it.law);
    if applies { &action.law } else { &[] }
}

/// One specification of the law.
pub(super) fn rule(law: &Law) -> Markup {
    html! {
        span.chip { (say::LAW) " " (law.rule) }
        @if !law.certainty.note.is_empty() { " " span.small.quoted { (law.certainty.note) } }
    }
}

/// What comes first, and what waits for it.
fn needs(view: &View<'_>, action: &Action) -> Markup {
    let waiting: Vec<&Action> =
        view.catalog().actions.iter().filter(|it| it.requires.contains(&action.id)).collect();
    let sees = view.visit.may(Right::See);
    let list = |label: &str, ids: &[&str]| {
        html! {
            @if !ids.is_empty() {
                p { (label) " " @for (at, id) in ids.iter().enumerate() { @if at > 0 { "; " } (if sees { link(view, id) } else { title(view, id) }) } }
            }
        }
    };
    let first: Vec<&str> = action.requires.iter().map(String::as_str).collect();
    let waiting: Vec<&str> = waiting.iter().map(|it| it.id.as_str()).collect();
    html! { (list(say::FIRST, &first)) (list(say::WAITING, &waiting)) }
}

/// The parts that it brings in place, and the checks that will see it.
fn verified(view: &View<'_>, action: &Action) -> Markup {
    let parts: Vec<&PartStanding> = action
        .serves
        .iter()
        .filter_map(|part| {
            let sub = view.book.assessment.sub_practice(&part.sub_practice)?;
            sub.parts.iter().find(|it| it.part == *part)
        })
        .collect();
    html! {
        section.stack.tight aria-labelledby="verified" {
            h2 #verified { (say::VERIFIED) }
            @if parts.is_empty() { p { (say::OTHER_SIZES) } }
            ul.lines { @for it in parts { li { (part(view, it)) } } }
        }
    }
}

fn part(view: &View<'_>, it: &PartStanding) -> Markup {
    let mark = Mark::of(it.state, it.basis, it.contradicted);
    let number = view.catalog().sub_practice(&it.part.sub_practice).map_or(0, |(it, _)| it.number);
    let anchor = words::anchor("p", &it.part.to_string());
    let checks = it.checks.iter().filter_map(|it| view.catalog().check(&it.check));
    let checks: Vec<_> = checks.collect();
    html! {
        p {
            (mark.silent()) " " a href={ "/practices/" (number) "#" (anchor) } { (prose::spans(&it.text)) }
            " " span.quiet { (mark.words()) } " " span.id { (it.part.sub_practice) }
        }
        @if checks.is_empty() { p.how { (say::BY_WORD) } } @else {
            ul.points.small {
                @for check in checks {
                    @let tally = view.tally(&check.id);
                    li {
                        (say::TURNS_GREEN) " " a href={ "/checks/" (check.id) } { (check.title) }
                        @if tally.fail > 0 { " (" (say::fails(tally.fail, tally.applicable(), view.noun(check))) ")" }
                    }
                }
            }
        }
    }
}

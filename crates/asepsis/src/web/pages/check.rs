//! One check: what it looks at, what it saw, why it matters, how to put it right, who accepted it.

mod accept;
mod english;
mod list;
mod measure;
mod seen;
mod view;

use std::collections::BTreeSet;

use asepsis_core::catalog::{Check, Level};
use asepsis_core::engine::{Basis, PartStanding, State};
use asepsis_report::marks::Mark;
use asepsis_report::{prose, words};
use axum::extract::{Path, Query};
use axum::response::Response;
use maud::{Markup, html};

use crate::web::error::PageError;
use crate::web::rights::Right;
use crate::web::routes::{Route, get, post};
use crate::web::ui::{self, Column, Faults, Frame, Place};
use crate::web::visit::Visit;
use accept::Typed;
use english as say;

pub(super) use measure::form as measure_form;
pub(super) use seen::{failing, line, reasons};
pub(super) use view::View;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/checks/{id}", Right::Sheet, show),
        post("/checks/{id}/accept", Right::Accept, accept::accept),
    ]
}

async fn show(
    visit: Visit,
    Path(id): Path<String>,
    Query(asked): Query<list::Asked>,
) -> Result<Response, PageError> {
    let check = visit.check(&id)?;
    let view = View::of(&visit).await?;
    if let Some(outcome) = asked.outcome() {
        let body = list::all(&view, check, outcome, &asked);
        return Ok(ui::shown(ui::page(&visit, &frame(&visit, check), &body)));
    }
    let page = page(&view, check, &Typed::default(), &Faults::default()).await?;
    Ok(ui::shown(page))
}

fn frame<'a>(visit: &Visit, check: &'a Check) -> Frame<'a> {
    let place = if visit.may(Right::See) { Place::Practices } else { Place::VendorSheet };
    Frame::new(place, &check.title).above(html! { span.id { (check.id) } })
}

async fn page(
    view: &View<'_>,
    check: &Check,
    typed: &Typed,
    faults: &Faults,
) -> Result<Markup, PageError> {
    let form = accept::form(view, check, typed, faults).await?;
    // What is wrong with it is the first thing to see.
    let (before, after) = if faults.is_empty() { (None, Some(form)) } else { (Some(form), None) };
    let body = html! {
        @if let Some(form) = before { (form) }
        (saw(view, check))
        section.stack aria-labelledby="why" {
            h2 #why { (say::WHY) }
            (prose::prose(&check.why))
            p { (say::matters(check.severity.word())) }
        }
        (fix(check))
        (looks_at(view, check))
        (accepted(view, check))
        @if let Some(form) = after { (form) }
    };
    Ok(ui::page(view.visit, &frame(view.visit, check), &body))
}

fn saw(view: &View<'_>, check: &Check) -> Markup {
    let fails = view.book.seen.get(&check.id).map_or(0, |it| it.fails);
    let planned = view.book.action(&check.id).is_some_and(|it| it.planned || it.owner.is_some());
    let schemas = BTreeSet::from([check.reads.as_str()]);
    html! {
        section.sheet aria-labelledby="saw" {
            h2 #saw { (say::WHAT_WE_SAW) }
            (counts(view, check))
            (list::first(view, check))
            @if fails > 0 {
                div.row {
                    @if view.visit.may(Right::See) {
                        a.button href={ "/plan/" (check.id) } { (if view.visit.may(Right::Plan) && !planned { say::PUT_IN_PLAN } else { say::SEE_PLAN }) }
                    }
                    a.button.plain href="/vendor-sheet" { (say::SEE_SHEET) }
                }
                p.quiet.small { (say::ON_SHEET) }
            }
            (measure::form(view, &schemas))
        }
    }
}

/// How many of each outcome, each with its mark.
fn counts(view: &View<'_>, check: &Check) -> Markup {
    let tally = view.tally(&check.id);
    let noun = view.noun(check);
    let accepted = view.book.seen.get(&check.id).map_or(0, |it| it.accepted);
    let measured = |state| Mark::Stands(state, Basis::Measured);
    let all = [
        (measured(State::InPlace), tally.pass, say::HERE_IT_IS_SO),
        (measured(State::NotInPlace), tally.fail.saturating_sub(accepted), say::NOT_SO),
        (measured(State::NotInPlace), accepted, say::NOT_SO_ACCEPTED),
        (measured(State::Unknown), tally.unknown, say::UNKNOWN),
        (measured(State::Unknown), tally.unseen, say::NEVER_LOOKED),
        (measured(State::NotApplicable), tally.not_applicable, say::DOES_NOT_APPLY),
    ];
    html! {
        @if tally.applicable() == 0 {
            p { @if tally.not_applicable > 0 { (say::NO_PLACE_HERE) } @else { (say::NOBODY_LOOKED) } }
        } @else {
            p.lead { (say::SO_ON) " " b.num { (say::of(tally.pass, tally.applicable(), noun)) } "." }
        }
        ul.counts {
            @for (mark, n, what) in all {
                @if n > 0 { li { (mark.silent()) " " b.num { (words::count(n)) } " " span { (what) } } }
            }
        }
        p.quiet.small {
            @if let Some(span) = view.book.looked.get(&check.id) { (say::LOOKED) " " (words::days(&view.zone, *span)) ". " }
            @if !tally.expected_known && tally.applicable() > 0 { (say::how_many(noun)) " " }
            @if let Some(share) = &check.share { (say::asked_for(share.required)) " " span.source { (share.source) } }
        }
    }
}

fn fix(check: &Check) -> Markup {
    let level = check.effort_certainty.level;
    html! {
        section.stack aria-labelledby="fix" {
            h2 #fix { (say::HOW) }
            (prose::prose(&check.fix))
            ul.facts {
                li { (say::WHAT_IT_TAKES) ": " b.num { (words::hours(check.effort.hours)) } ", " b.num { (words::dollars(check.effort.dollars)) } }
                li { (words::role(&check.effort.who)) }
                @if level != Level::Sourced { li { (say::ESTIMATE) " " (ui::sure(level)) } }
            }
            @if !check.sources.is_empty() { p.source { (say::RESTS_ON) " " (check.sources.join("; ")) } }
        }
    }
}

/// What is read, how long it counts, and the parts that it speaks of.
fn looks_at(view: &View<'_>, check: &Check) -> Markup {
    let title = view.catalog().schemas.get(&check.reads).map_or("", |it| it.title.as_str());
    let parts: Vec<&PartStanding> = check
        .serves
        .iter()
        .filter_map(|part| {
            let sub = view.book.assessment.sub_practice(&part.sub_practice)?;
            sub.parts.iter().find(|it| it.part == *part)
        })
        .collect();
    html! {
        section.stack aria-labelledby="looks" {
            h2 #looks { (say::WHAT_IT_LOOKS_AT) }
            dl.pairs {
                div { dt { (say::READS) } dd { (say::reads(title, view.noun(check))) } }
                div { dt { (say::COUNTS_FOR) } dd { (say::days(check.fresh.0)) } }
            }
            h3 { (say::HELPS) }
            @if parts.is_empty() { p.quiet { (say::OTHER_SIZES) } }
            ul.plain-list { @for it in parts { li { (part(view, it)) } } }
        }
    }
}

fn part(view: &View<'_>, it: &PartStanding) -> Markup {
    let mark = Mark::of(it.state, it.basis, it.contradicted);
    let practice = view.catalog().sub_practice(&it.part.sub_practice).map(|(it, _)| it.number);
    let anchor = words::anchor("p", &it.part.to_string());
    html! {
        (mark.silent()) " "
        @match practice.filter(|_| view.visit.may(Right::See)) {
            Some(number) => a href={ "/practices/" (number) "#" (anchor) } { (prose::spans(&it.text)) },
            None => (prose::spans(&it.text)),
        }
        " " span.quiet { (mark.words()) } " " span.id { (it.part.sub_practice) }
    }
}

/// Who accepted it, why, until when; for those who see how the organization stands.
fn accepted(view: &View<'_>, check: &Check) -> Markup {
    let assessment = &view.book.assessment;
    let waivers: Vec<_> =
        assessment.waivers.iter().filter(|it| it.waiver.check == check.id).collect();
    let columns = [Column(say::WHERE), Column(say::REASON), Column(say::WHO), Column(say::UNTIL)];
    let rows = waivers.iter().rev().take(list::PAGE).map(|it| {
        let subject = it.waiver.subject.as_ref().map(|it| it.key());
        vec![
            html! { (subject.unwrap_or(say::EVERYWHERE)) span.aside { (say::accepts(it.accepts)) ", " (ui::entry(it.seq)) } },
            html! { (it.waiver.reason) },
            html! { (ui::person(&view.book, &it.waiver.owner)) },
            html! {
                (words::day(&view.zone, it.waiver.expires))
                @if it.expired { span.aside.missing { (say::OVER) } }
            },
        ]
    });
    html! {
        @if !waivers.is_empty() && view.visit.may(Right::See) {
            section.sheet #accepted aria-labelledby="accepted-title" {
                h2 #accepted-title { (say::ACCEPTED_GAPS) }
                (ui::table(&html! { (say::STAYS_A_GAP) }, &columns, rows))
            }
        }
    }
}

//! The five threats: the publication's own four questions answered for this organization, then the
//! threats in figures and in three orders, and what we do not know.

mod analysis;
mod curve;
mod english;
mod history;
mod one;
mod orders;
mod standing;
mod year;

use asepsis_core::catalog::Severity;
use asepsis_core::engine::SubPracticeStanding;
use asepsis_core::risk::Pick;
use asepsis_report::{prose, words};
use axum::response::Response;
use maud::{Markup, html};

use crate::web::error::PageError;
use crate::web::fields::Fields;
use crate::web::pages::actions;
use crate::web::pages::check::View;
use crate::web::rights::Right;
use crate::web::routes::{Route, get, post};
use crate::web::ui::{self, Faults, Frame, Place, Unit};
use crate::web::visit::Visit;
use english as say;
use standing::{NoPlace, Parts, Standing};

/// How many things seen here are shown.
const SHOWN: usize = 3;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/threats", Right::See, list),
        get("/threats/analysis", Right::See, analysis::page),
        get("/threats/{id}", Right::See, one::show),
        post("/threats/history", Right::Plan, history::remember),
    ]
}

async fn list(visit: Visit) -> Result<Response, PageError> {
    let view = View::of(&visit).await?;
    curve::work_out(&view).await?;
    Ok(ui::shown(shown(&view, None)))
}

/// The page; `typed` is a history that was not taken as it was.
fn shown(view: &View<'_>, typed: Option<(&Fields, &Faults)>) -> Markup {
    let all = standing::all(view.catalog(), &view.book.assessment);
    let outlook = view.book.risk.as_ref().map(|it| &it.outlook);
    let people = ui::people_word(view.book.organization.sector);
    let body = html! {
        div.cards.two {
            (question("now", say::WHY_NOW, &why_now(view)))
            (question("help", say::HOW_HELPS, &how_helps(view)))
            (question("me", say::TO_ME, &to_me(view)))
            (question("fit", say::WHERE_FIT, &where_fit(view)))
        }
        @if let Some(outlook) = outlook {
            (orders::section(view, outlook))
            (year::section(view, outlook))
            (curve::section(view))
        }
        section.stack aria-labelledby="five" {
            h2 #five { (say::FIVE) }
            p { (say::FIVE_LEAD) }
            @for it in &all { (threat(view, it)) }
        }
        @if outlook.is_some() {
            (history::section(view, typed))
            section.stack.tight aria-labelledby="not-known" {
                h2 #not-known { (say::NOT_KNOWN) }
                ul.points { @for it in say::unknown(people) { li { (it) } } }
                p { a href="/sources" { (say::SOURCES) } " · " a href="/threats/analysis" { (say::ANALYSIS) } }
            }
        }
    };
    ui::page(view.visit, &Frame::new(Place::Threats, say::THREATS), &body)
}

fn question(id: &str, title: &str, answer: &Markup) -> Markup {
    html! { section.sheet aria-labelledby=(id) { h2 id=(id) { (title) } (answer) } }
}

fn why_now(view: &View<'_>) -> Markup {
    let next = &view.book.next;
    let serious = next.iter().filter(|it| it.severity >= Severity::High).count();
    html! {
        p { (say::ANYBODY) }
        p { (say::work_stops(ui::people_word(view.book.organization.sector))) }
        @if !next.is_empty() {
            p { strong { (say::open(next.len(), serious)) } }
            p { a href="/plan/checks" { (say::SEE_PLAN) } }
        } @else if view.book.assets.is_empty() {
            p { (say::NOBODY_LOOKED) " " a href="/today" { (say::SEE_TODAY) } }
        } @else { p { (say::NOTHING_OPEN) } }
    }
}

fn counted<'a>(view: &'a View<'_>) -> impl Iterator<Item = &'a SubPracticeStanding> {
    view.book.assessment.practices.iter().flat_map(|it| &it.sub_practices)
}

fn how_helps(view: &View<'_>) -> Markup {
    let parts = Parts::of(counted(view).flat_map(|sub| &sub.parts));
    html! {
        p { (say::CLOSES) }
        @if parts.all() > 0 { p { strong { (say::in_place(parts.seen, parts.told, parts.all())) } } }
        @if let Some(pick) = first_pick(view) { p { (say::NEXT) " " (actions::link(view, &pick.action)) " (" (whose(view, &pick.action)) ")" } }
    }
}

/// What the plan begins with.
fn first_pick<'a>(view: &'a View<'_>) -> Option<&'a Pick> {
    view.book.risk.as_ref()?.proposal.picks.first()
}

/// Whose work an action is.
fn whose<'a>(view: &View<'a>, action: &str) -> &'a str {
    view.catalog().action(action).map_or("", |it| words::role(&it.who))
}

fn to_me(view: &View<'_>) -> Markup {
    let next = &view.book.next;
    let differ = view.book.assessment.contradictions.len();
    html! {
        p { (say::SMALL_TOO) }
        @if differ > 0 { p { strong { (say::differ(differ)) } " " a href="/today" { (say::DIFFER) } } }
        @if !next.is_empty() {
            p { (say::SEEN_HERE) }
            ul.subjects {
                @for step in next.iter().take(SHOWN) {
                    @if let Some(it) = view.book.failing(&step.check).next() {
                        li {
                            (say::NOT_SO_ON) " " b.label { (&*it.label) } ": "
                            a href={ "/checks/" (step.check) } { (step.title) }
                            @if let Some(detail) = &it.reason { " (" (prose::spans(detail)) ")" }
                            " " (view.source(it.observed_at, it.evidence))
                        }
                    }
                }
            }
        } @else if view.book.assets.is_empty() { p { (say::NOBODY_LOOKED) } }
    }
}

fn where_fit(view: &View<'_>) -> Markup {
    let size = &view.book.assessment.size;
    html! {
        p { (say::fit(size, counted(view).count())) }
        @if !size.deciding.is_empty() { p.small { b { (say::FOR_IT) } " " (size.deciding.join("; ")) } }
        @if !size.against.is_empty() { p.small { b { (say::AGAINST) } " " (size.against.join("; ")) } }
        @if view.visit.may(Right::Manage) { p { a href="/settings/organization" { (say::CHANGE_SIZE) } } }
    }
}

/// One of the five, in short.
fn threat(view: &View<'_>, it: &Standing<'_>) -> Markup {
    let first = it.threat.text.split("\n\n").next().unwrap_or_default();
    let practices = view.catalog().practices.iter();
    let practices: Vec<_> = practices.filter(|p| it.threat.practices.contains(&p.number)).collect();
    let lowers = one::lowering(view, &it.threat.id).next();
    html! {
        article.sheet {
            h3 { a href={ "/threats/" (it.threat.id) } { (it.threat.name) } }
            (prose::prose(first))
            @if let Some(why) = &it.no_place { (no_place(view, why)) } @else {
                p { b { (say::guarded(it.parts.in_place(), it.parts.all())) } }
                (it.parts.show())
                p.small {
                    (say::LOWERED_BY) " "
                    @for (at, practice) in practices.iter().enumerate() {
                        @if at > 0 { ", " }
                        a href={ "/practices/" (practice.number) } { (practice.name) }
                    }
                }
                @if let Some((action, avoided)) = lowers { p.small { b { (say::MOST) } ": " (actions::link(view, action)) ", " (ui::figure(avoided, Unit::DollarsAYear)) } }
            }
        }
    }
}

/// That it does not apply, by which answer.
fn no_place(view: &View<'_>, why: &NoPlace) -> Markup {
    let said = why.answer.as_ref().and_then(|(id, seq)| Some((view.catalog().question(id)?, *seq)));
    html! {
        p { b { (say::NO_PLACE) } " " (say::STILL) }
        @match said {
            Some((question, seq)) => p.how {
                (say::YOU_SAID) " “" (question.ask) "” "
                (view.source(view.book.assessment.answers.get(&seq).map(|it| it.stated_at), Some(seq)))
                @if view.visit.may(Right::Answer) { " " a href={ "/questions/" (question.id) } { (say::CORRECT) } }
            },
            None => p.how { (why.reason) },
        }
    }
}

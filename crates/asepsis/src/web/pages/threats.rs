//! The five threats: the publication's own four questions answered for this organization, then the
//! threats, least guarded first.

mod english;
mod one;
mod standing;

use asepsis_core::catalog::Severity;
use asepsis_core::engine::{NextStep, SubPracticeStanding};
use asepsis_report::{prose, words};
use axum::response::Response;
use maud::{Markup, html};

use crate::web::error::PageError;
use crate::web::pages::check::View;
use crate::web::rights::Right;
use crate::web::routes::{Route, get};
use crate::web::ui::{self, Frame, Place};
use crate::web::visit::Visit;
use english as say;
use standing::{NoPlace, Parts, Standing};

/// How many things seen here are shown.
const SHOWN: usize = 3;

pub(super) fn routes() -> Vec<Route> {
    vec![get("/threats", Right::See, list), get("/threats/{id}", Right::See, one::show)]
}

async fn list(visit: Visit) -> Result<Response, PageError> {
    let view = View::of(&visit).await?;
    let all = standing::all(view.catalog(), &view.book.assessment);
    let nothing = all.iter().all(|it| it.parts.all() == it.parts.unknown);
    let body = html! {
        div.cards.two {
            (question("now", say::WHY_NOW, &why_now(&view)))
            (question("help", say::HOW_HELPS, &how_helps(&view)))
            (question("me", say::TO_ME, &to_me(&view)))
            (question("fit", say::WHERE_FIT, &where_fit(&view)))
        }
        section.stack aria-labelledby="five" {
            h2 #five { (say::FIVE) }
            p { (say::FIVE_LEAD) }
            p.quiet { (if nothing { say::AS_PRINTED } else { say::ORDER }) }
            @for it in &all { (threat(&view, it)) }
        }
    };
    Ok(ui::shown(ui::page(&visit, &Frame::new(Place::Threats, say::THREATS), &body)))
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
            p { a href="/plan" { (say::SEE_PLAN) } }
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
        @if let Some(step) = view.book.next.first() {
            p { (say::NEXT) " " (step_line(step)) }
        }
    }
}

/// A step: what will be so, and what it takes.
fn step_line(step: &NextStep) -> Markup {
    html! {
        a href={ "/plan/" (step.check) } { (step.title) }
        " (" (words::hours(step.effort.hours)) ", " (words::dollars(step.effort.dollars)) ", " (words::role(&step.effort.who)) ")"
    }
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
    let step = it.steps(&view.book.next).next();
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
                @if let Some(step) = step { p.small { b { (say::DO_FIRST) } ": " (step_line(step)) } }
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

//! One practice: what it is and why, and each of its sub-practices with its parts.

use std::collections::BTreeSet;

use asepsis_core::catalog::{Level, Practice, SubPractice};
use asepsis_core::engine::{PartStanding, State, SubPracticeStanding};
use asepsis_report::marks::Mark;
use asepsis_report::{prose, table, words};
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};

use super::shown::Shown;
use super::{know, say, todo};
use crate::web::error::PageError;
use crate::web::pages::check::{View, measure_form};
use crate::web::rights::Right;
use crate::web::ui::{self, Frame, Place};
use crate::web::visit::Visit;

pub(super) async fn show(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let view = View::of(&visit).await?;
    let practices = &view.catalog().practices;
    let full = practices.iter().find(|it| it.number.to_string() == number);
    let full = full.ok_or(PageError::NotFound)?;
    let size = view.book.assessment.size.size;
    let frame = Frame::new(Place::Practices, &full.name)
        .above(html! { (say::place(full.number)) " · " (words::size(size)) });
    Ok(ui::shown(ui::page(&visit, &frame, &body(&view, full))))
}

fn body(view: &View<'_>, full: &Practice) -> Markup {
    let assessment = &view.book.assessment;
    let standing = assessment.practices.iter().find(|it| it.number == full.number);
    let counted: Vec<&SubPracticeStanding> =
        standing.iter().flat_map(|it| &it.sub_practices).collect();
    let own = |it: &&SubPracticeStanding| full.sub_practices.iter().any(|sub| sub.id == it.id);
    let apart: Vec<&SubPracticeStanding> = assessment.apart.iter().filter(own).collect();
    let all: Vec<&SubPracticeStanding> = counted.iter().chain(&apart).copied().collect();
    let shown = Shown::of(view, &all);
    let (first, rest) = full.text.split_once("\n\n").unwrap_or((&full.text, ""));
    html! {
        div.stack {
            @if let Some(it) = standing { p { (table::standing(it)) " " span.quiet { (super::how(view, it, false)) } } }
            (prose::prose(first))
            @if !rest.is_empty() { details { summary { (say::MORE_WHY) } div.stack { (prose::prose(rest)) } } }
            (lowers(view, full))
        }
        @if counted.is_empty() { p { (say::NONE_FOR_SIZE) } }
        @for sub in &counted { (sub_practice(&shown, full, sub, 2)) }
        @if !apart.is_empty() {
            section.stack #apart aria-labelledby="apart-title" {
                h2 #apart-title { (say::NOT_COUNTED) }
                p { (say::UNCONFIRMED) }
                @for sub in &apart { (sub_practice(&shown, full, sub, 3)) }
            }
        }
        (measure(view, &shown))
        (others(view, full.number))
    }
}

/// The threats that it lowers.
fn lowers(view: &View<'_>, full: &Practice) -> Markup {
    let threats = view.catalog().threats.iter().filter(|it| full.threats.contains(&it.id));
    html! {
        p.quiet {
            (say::LOWERS) " "
            @for (at, threat) in threats.enumerate() {
                @if at > 0 { ", " }
                a href={ "/threats/" (threat.id) } { (threat.name) }
            }
        }
    }
}

fn sub_practice(
    shown: &Shown<'_>,
    full: &Practice,
    sub: &SubPracticeStanding,
    level: u8,
) -> Markup {
    let text = full.sub_practices.iter().find(|it| it.id == sub.id);
    let usual = text.and_then(SubPractice::usual_level);
    let id = words::anchor("s", &sub.id);
    let title = html! { (sub.title) " " span.id { (sub.id) } };
    html! {
        section.stack.tight #(id) aria-labelledby={ (id) "-t" } {
            div.sub-head {
                @if level == 2 { h2 id={ (id) "-t" } { (title) } } @else { h3 id={ (id) "-t" } { (title) } }
                (Mark::of(sub.state, sub.basis, sub.contradicted).spoken())
            }
            @if sub.parts_applicable > 0 || sub.adopted { p.quiet {
                (say::parts(sub.parts_measured, sub.parts_known, sub.parts_applicable))
                @if sub.adopted { "; " (say::BY_CHOICE) }
            } }
            @if let Some(text) = text { p { (prose::spans(&text.summary)) } }
            @match none_applies(sub) {
                Some(first) => {
                    (know::no_place(shown, first))
                    ul.points { @for part in &sub.parts { li #(words::anchor("p", &part.part.to_string())) { (prose::spans(&part.text)) } } }
                },
                None => ul.parts { @for part in &sub.parts { (one(shown, part, text, usual)) } },
            }
            (todo::section(shown, sub, level))
            @if let Some(text) = text {
                @if !text.evidence_ideas.is_empty() {
                    details.small {
                        summary { (say::WOULD_SHOW) span.away { ": " (sub.id) } }
                        ul.points { @for it in &text.evidence_ideas { li { (it) } } }
                    }
                }
                (sureness(text, usual))
            }
        }
    }
}

/// Where no part applies, all for one reason: the first of them.
fn none_applies(sub: &SubPracticeStanding) -> Option<&PartStanding> {
    let first = sub.parts.first().filter(|it| it.reason.is_some())?;
    let same = |it: &PartStanding| it.state == State::NotApplicable && it.reason == first.reason;
    sub.parts.iter().all(same).then_some(first)
}

fn one(
    shown: &Shown<'_>,
    it: &PartStanding,
    sub: Option<&SubPractice>,
    usual: Option<Level>,
) -> Markup {
    let full = sub.and_then(|sub| sub.parts.iter().find(|part| part.id == it.part.part));
    let level = full.map(|part| part.certainty.level).filter(|level| Some(*level) != usual);
    let mark = Mark::of(it.state, it.basis, it.contradicted);
    html! {
        li #(words::anchor("p", &it.part.to_string())) {
            (mark.silent())
            div {
                p.part {
                    span { (prose::spans(&it.text)) @if let Some(level) = level { " " (ui::sure(level)) } }
                    b class=(mark.class()) { (mark.words()) }
                }
                (know::lines(shown, it))
            }
        }
    }
}

/// How sure we are of the title, the number and the parts, where it is not sourced.
fn sureness(sub: &SubPractice, parts: Option<Level>) -> Markup {
    let level = |field: &str| sub.certainty.get(field).map(|it| it.level);
    let all = [(say::TITLE, level("title")), (say::ID, level("id")), (say::PARTS, parts)];
    let said: Vec<_> = all
        .into_iter()
        .filter_map(|(what, level)| Some((what, level.filter(|it| *it != Level::Sourced)?)))
        .collect();
    html! {
        @if !said.is_empty() {
            p.source {
                (say::HOW_SURE) " "
                @for (at, (what, level)) in said.into_iter().enumerate() {
                    @if at > 0 { ", " }
                    (what) " " (ui::sure(level))
                }
            }
        }
    }
}

/// The form that looks again, where anything here can be measured.
fn measure(view: &View<'_>, shown: &Shown<'_>) -> Markup {
    let checks = shown.home.keys().filter_map(|id| view.catalog().check(id));
    let schemas: BTreeSet<&str> = checks.map(|it| it.reads.as_str()).collect();
    html! {
        @if !schemas.is_empty() && view.visit.may(Right::Measure) {
            section.sheet #measure aria-labelledby="measure-title" {
                h2 #measure-title { (say::LOOK) }
                p { (say::LOOK_HELP) }
                (measure_form(view, &schemas))
            }
        }
    }
}

/// The practice before and the one after.
fn others(view: &View<'_>, number: u8) -> Markup {
    let link = |at: u8, rel: &'static str| {
        let practice = view.catalog().practices.iter().find(|it| it.number == at);
        html! {
            @if let Some(it) = practice {
                a rel=(rel) href={ "/practices/" (it.number) } { (it.number) " " (it.name) }
            }
        }
    };
    html! {
        nav.pager aria-label=(say::NEXT_TO) {
            (link(number.saturating_sub(1), "prev"))
            a href="/practices" { (say::ALL) }
            (link(number.saturating_add(1), "next"))
        }
    }
}

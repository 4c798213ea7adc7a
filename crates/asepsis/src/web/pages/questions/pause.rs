//! The end of a sitting: what was answered, what was skipped and why, what is next.

use asepsis_core::catalog::Question;
use axum::extract::Query;
use axum::response::Response;
use maud::{Markup, html};

use super::english as say;
use super::one;
use super::sitting::{Address, Line, Sitting, TEN};
use crate::ops::{Book, Told};
use crate::web::error::PageError;
use crate::web::rights::Right;
use crate::web::ui::{self, Frame, Place};
use crate::web::visit::Visit;

/// Answers shown of one sitting; corrections make a few more than ten.
const SHOWN: usize = 15;
/// Things to do that are named.
const STEPS: usize = 3;

pub(super) async fn page(
    visit: Visit,
    Query(address): Query<Address>,
) -> Result<Response, PageError> {
    let (book, catalog) = (visit.book().await?, visit.catalog());
    let sitting = Sitting::begun(&address, catalog, &book);
    let account = visit.account()?;
    let line = Line::of(account, catalog, &book);
    let left = line.own.len();
    let person = &account.person;
    let own = |it: &&Told| it.author == *person && it.seq >= sitting.from;
    let mut answered: Vec<&Told> = book.told.values().filter(own).collect();
    answered.sort_by_key(|it| it.seq);
    let skipped: Vec<&Question> =
        sitting.skipped.iter().filter_map(|id| visit.question(id).ok()).collect();
    let frame = Frame::new(Place::Questions, if left == 0 { say::DONE } else { say::PAUSE });
    let body = html! {
        section.stack aria-labelledby="settled" {
            h2 #settled { (say::SETTLED_NOW) }
            @if answered.is_empty() { p { (say::NOTHING_NOW) } }
            ul.lines {
                @for told in answered.iter().rev().take(SHOWN).rev() { li { (answer(&visit, &book, told)) } }
            }
        }
        @if !skipped.is_empty() {
            section.stack aria-labelledby="skipped" {
                h2 #skipped { (say::SKIPPED) }
                p { (say::SKIPPED_WHY) }
                ul.points { @for question in skipped { li { a href={ "/questions/" (question.id) } { (question.ask) } } } }
            }
        }
        (not_asked(&book))
        (onward(&visit, &book, &line))
    };
    Ok(ui::shown(ui::page(&visit, &frame, &body)))
}

fn answer(visit: &Visit, book: &Book, told: &Told) -> Markup {
    let Some(question) = visit.catalog().question(&told.said.question) else {
        return html! {};
    };
    let speaks = question.parts().filter(|part| {
        let sub = book.assessment.sub_practice(&part.sub_practice);
        let part = sub.and_then(|sub| sub.parts.iter().find(|it| it.part == **part));
        part.is_some_and(|it| it.answers.contains(&told.seq))
    });
    let (speaks, unknown) = (speaks.count(), book.interview.unknown.contains(&question.id));
    html! {
        h3 { a href={ "/questions/" (question.id) } { (question.ask) } }
        (one::said(visit, book, question, told))
        @if speaks > 0 { p.small.quiet { (say::known(speaks)) } }
        @if unknown { p.small.quiet { a href="/vendor-sheet" { (say::ON_SHEET) span.away { ": " (question.id) } } } }
    }
}

/// What nobody is asked, by the kind of reason.
fn not_asked(book: &Book) -> Markup {
    let skipped = || book.interview.skipped.iter().map(|it| it.reason.as_str());
    let measured = skipped().filter(|it| *it == say::ALREADY_MEASURED).count();
    let apply = skipped().filter(|it| it.starts_with(say::DOES_NOT_APPLY)).count();
    let depend = skipped().count() - measured - apply;
    html! {
        @if measured + apply + depend > 0 {
            section.stack aria-labelledby="not-asked" {
                h2 #not-asked { (say::NOT_ASKED_ALL) }
                ul.facts {
                    @if measured > 0 { li { (say::measured_instead(measured)) } }
                    @if apply > 0 { li { (say::do_not_apply(apply)) } }
                    @if depend > 0 { li { (say::depend(depend)) } }
                }
                p { a href="/questions/all" { (say::ALL_OF_THEM) } }
            }
        }
    }
}

fn onward(visit: &Visit, book: &Book, line: &Line<'_>) -> Markup {
    let left = line.own.len();
    html! {
        section.stack aria-labelledby="next" {
            h2 #next { (say::WHAT_NEXT) }
            @if visit.may(Right::See) && !book.next.is_empty() {
                p { (say::TO_DO) }
                ol.steps { @for step in book.next.iter().take(STEPS) { li { a href={ "/checks/" (step.check) } { (step.title) } } } }
            }
            p { (say::left(left)) @if !line.others.is_empty() { " " (say::open_for_others(line.others.len())) } }
            p.row {
                @if left > 0 { a.button href="/questions/next" { @if left > TEN { (say::GO_ON) } @else { (say::GO_ON_FEW) } } }
                @else if !line.others.is_empty() { a.button.plain href="/questions/next?others=1" { (say::START_OTHERS) } }
                @if visit.may(Right::See) { a href="/today" { (say::TO_TODAY) } }
                a href="/vendor-sheet" { (say::SHEET) }
            }
        }
    }
}

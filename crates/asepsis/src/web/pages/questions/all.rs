//! All questions in a list, with what became of each.

use asepsis_core::catalog::Question;
use axum::extract::Query;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use super::english as say;
use super::one::{self, Stand};
use super::sitting;
use crate::ops::Book;
use crate::web::error::PageError;
use crate::web::ui::{self, Frame, Place};
use crate::web::visit::Visit;

/// So many on one page.
const MOST: usize = 40;

#[derive(Debug, Deserialize)]
pub(super) struct Which {
    page: Option<String>,
}

pub(super) async fn page(visit: Visit, Query(which): Query<Which>) -> Result<Response, PageError> {
    let book = visit.book().await?;
    let all = list(&visit, &book)?;
    let pages = all.len().div_ceil(MOST).max(1);
    let page = which.page.and_then(|it| it.parse().ok()).unwrap_or(1).clamp(1, pages);
    let shown: Vec<_> = all.iter().skip((page - 1) * MOST).take(MOST).collect();
    let total = |state: usize| all.iter().filter(|(it, _)| *it == state).count();
    let body = html! {
        @if all.is_empty() { p { (say::NO_QUESTION) } }
        @for (state, name) in say::STATES.iter().enumerate() {
            @let here: Vec<_> = shown.iter().filter(|(it, _)| *it == state).collect();
            @if !here.is_empty() {
                section.stack aria-labelledby={ "state-" (state) } {
                    h2 id={ "state-" (state) } { (name) " " span.quiet.small { (say::count(total(state))) } }
                    ul.lines { @for (_, question) in here { li { (item(&visit, &book, question)) } } }
                }
            }
        }
        (ui::pager("/questions/all", page, pages))
        p { a href="/questions/paper" { (say::ON_PAPER) } }
    };
    Ok(ui::shown(ui::page(&visit, &Frame::new(Place::Questions, say::ALL), &body)))
}

/// All that this visitor may see, by state.
fn list<'a>(visit: &'a Visit, book: &Book) -> Result<Vec<(usize, &'a Question)>, PageError> {
    let interview = &book.interview;
    let open = interview.open.iter().map(|it| (0, &it.id));
    let unknown = interview.unknown.iter().map(|id| (1, id));
    let answered = interview.answered.iter().map(|(id, _)| (2, id));
    let skipped = interview.skipped.iter().map(|it| (3, &it.id));
    let all = open.chain(unknown).chain(answered).chain(skipped);
    let account = visit.account()?;
    let known = all.filter_map(|(state, id)| Some((state, visit.catalog().question(id)?)));
    Ok(known.filter(|(_, it)| sitting::visible(account, it)).collect())
}

fn item(visit: &Visit, book: &Book, question: &Question) -> Markup {
    let may = visit.account().is_ok_and(|it| sitting::role(it, question).is_some());
    let to = format!("/questions/{}", question.id);
    html! {
        h3 { a href=(to) { (question.ask) } }
        @match Stand::of(book, &question.id) {
            Stand::Open => p.small.quiet { (say::for_roles(&question.roles)) },
            Stand::Unknown(told) => (one::said(visit, book, question, told)),
            Stand::Answered(told) => {
                (one::said(visit, book, question, &told))
                @if may { p.small { a href={ (to) "?change=1" } { (say::CHANGE_THIS) span.away { ": " (question.id) } } } }
            }
            Stand::Measured => p.small.quiet { (say::reason(say::ALREADY_MEASURED)) },
            Stand::NotAsked(reason) => p.small.quiet { (say::reason(reason)) },
        }
    }
}

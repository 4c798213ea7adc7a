//! Open questions on paper: boxes to tick and lines to write on, one role at a time.

use asepsis_core::catalog::{Kind, Question};
use asepsis_report::words;
use axum::extract::Query;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use super::english as say;
use super::sitting;
use crate::ops::{Book, ROLES};
use crate::web::error::PageError;
use crate::web::ui::{self, Frame, Place};
use crate::web::visit::Visit;

/// So many on one page of the book.
const MOST: usize = 20;

#[derive(Debug, Deserialize)]
pub(super) struct Which {
    role: Option<String>,
    page: Option<String>,
}

pub(super) async fn page(visit: Visit, Query(which): Query<Which>) -> Result<Response, PageError> {
    let (book, account) = (visit.book().await?, visit.account()?);
    let chosen = which.role.as_deref().and_then(|it| ROLES.into_iter().find(|role| *role == it));
    let has = |role: &&str| !open(&visit, &book, role).is_empty();
    let own = || ROLES.into_iter().find(|role| account.roles.iter().any(|it| it == role));
    let role = chosen.or_else(|| ROLES.into_iter().find(has)).or_else(own).unwrap_or("manager");
    let open = open(&visit, &book, role);
    let pages = open.len().div_ceil(MOST).max(1);
    let page = which.page.and_then(|it| it.parse().ok()).unwrap_or(1).clamp(1, pages);
    let title = say::paper_for(role);
    let frame = Frame::new(Place::Questions, &title).above(html! { (say::PAPER) });
    let body = html! {
        nav.row.screen-only aria-label=(say::PAPER_ROLES) {
            @for each in ROLES {
                a href={ "/questions/paper?role=" (each) } aria-current=[(each == role).then_some("page")] { (words::role(each)) }
            }
        }
        p.quiet.screen-only { (say::PAPER_HOW) }
        @if open.is_empty() { p { (say::PAPER_NONE) } } @else { p { (say::PAPER_LEAD) } }
        div.area {
            @for question in open.iter().skip((page - 1) * MOST).take(MOST) { (item(question)) }
        }
        div.screen-only { (ui::pager(&format!("/questions/paper?role={role}"), page, pages)) }
    };
    Ok(ui::shown(ui::page(&visit, &frame, &body)))
}

/// The open questions that a role can answer best.
fn open<'a>(visit: &'a Visit, book: &Book, role: &str) -> Vec<&'a Question> {
    let account = visit.account().ok();
    let open = book.interview.open.iter().filter_map(|it| visit.catalog().question(&it.id));
    let best = |it: &&Question| it.roles.first().is_some_and(|first| first == role);
    open.filter(best).filter(|it| account.is_some_and(|by| sitting::visible(by, it))).collect()
}

fn item(question: &Question) -> Markup {
    html! {
        article.ask {
            h2 { (question.ask) " " span.id { (question.id) } }
            @if let Some(help) = &question.help { p.small { (help) } }
            @if question.kind == Kind::Several { p.small.quiet { (say::TICK) } }
            ul.boxes {
                @for answer in &question.answers { li { (answer.text) } }
                @if question.kind == Kind::Several { li { (say::NONE_OF_THESE) } }
                li { (say::DONT_KNOW) }
            }
            ul.answer { @for label in say::PAPER_BY { li { span { (label) } } } }
        }
    }
}

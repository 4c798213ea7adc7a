//! Where the questions begin: how many are open, for whom, and how long they take.

use std::collections::BTreeMap;

use asepsis_store::accounts::{Account, Rights};
use axum::response::Response;
use maud::{Markup, html};

use super::english as say;
use super::sitting::Line;
use crate::ops::Book;
use crate::web::error::PageError;
use crate::web::rights::Right;
use crate::web::ui::{self, Column, Frame, Place};
use crate::web::visit::Visit;

pub(super) async fn page(visit: Visit) -> Result<Response, PageError> {
    let (book, home) = (visit.book().await?, visit.home());
    let account = visit.account()?;
    let line = Line::of(account, visit.catalog(), &book);
    let accounts = home.store.accounts(&home.organization).await?;
    let inside = account.rights != Rights::Vendor;
    let body = html! {
        section.stack {
            @if line.own.is_empty() {
                p.lead { (say::NONE_OPEN) }
            } @else {
                p.lead { (say::open_for_you(line.own.len())) }
                p { (say::INTRO) }
                p { a.button href="/questions/next" { (say::START) } }
            }
            @if !line.others.is_empty() {
                p { (say::open_for_others(line.others.len())) }
                p { a.button.plain href="/questions/next?others=1" { (say::START_OTHERS) } }
            }
        }
        @if inside { (others(&visit, &book, &accounts)) }
        ul.plain-list {
            li { a href="/questions/all" { (say::ALL_OF_THEM) } }
            @if inside { li { a href="/questions/paper" { (say::ON_PAPER) } } }
        }
    };
    Ok(ui::shown(ui::page(&visit, &Frame::new(Place::Questions, say::TITLE), &body)))
}

/// Who else is asked: each open question under its first role.
fn others(visit: &Visit, book: &Book, accounts: &[Account]) -> Markup {
    let mut roles: BTreeMap<&str, usize> = BTreeMap::new();
    let catalog = visit.catalog();
    for question in book.interview.open.iter().filter_map(|it| catalog.question(&it.id)) {
        if let Some(first) = question.roles.first() {
            *roles.entry(first).or_default() += 1;
        }
    }
    let waiting = book.interview.unknown.len();
    let columns = [Column(say::ROLE), Column(say::PEOPLE), Column(say::OPEN)];
    let rows = roles.iter().map(|(role, open)| {
        let holds = |it: &&Account| {
            it.disabled_at.is_none() && it.roles.iter().any(|known| known == role)
        };
        let names: Vec<&str> = accounts.iter().filter(holds).map(|it| it.name.as_str()).collect();
        vec![
            html! { (asepsis_report::words::role(role)) },
            html! {
                @if !names.is_empty() { (names.join(", ")) }
                @else {
                    (say::NOBODY)
                    @if visit.may(Right::Manage) { ": " a href="/settings/people" { (say::INVITE) span.away { " (" (role) ")" } } }
                }
            },
            html! { span.num { (say::open(*open)) } },
        ]
    });
    html! {
        @if !roles.is_empty() || waiting > 0 {
            section.stack aria-labelledby="others" {
                h2 #others { (say::OTHERS) }
                @if !roles.is_empty() { (ui::table(&html! { (say::OTHERS_CAPTION) }, &columns, rows)) }
                @if waiting > 0 { p { (say::waiting(waiting)) } }
            }
        }
    }
}

//! One file that was brought in: what it was, what came with it, what was left out and why.

use axum::extract::Query;
use axum::response::Response;
use maud::{Markup, html};

use super::english as say;
use crate::ops::{Book, PastImport};
use crate::web::error::PageError;
use crate::web::ui::{self, Column, Frame, Place};
use crate::web::visit::Visit;

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    entry: u64,
}

/// Most rows of what was left out; alike things stand in one.
const MOST: usize = 200;

pub(super) async fn page(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    let past = visit.home().past_imports().await?;
    let file = past.into_iter().find(|it| it.seq == asked.entry).ok_or(PageError::NotFound)?;
    let book = visit.book().await?;
    let body = html! {
        (summary(&book, &file))
        (left(&file))
        p { a href="/import/history" { (say::HISTORY) } }
    };
    Ok(ui::shown(ui::page(&visit, &Frame::new(Place::Files, &file.import.file).wide(), &body)))
}

fn summary(book: &Book, it: &PastImport) -> Markup {
    let import = &it.import;
    // The entries right before the file's own came with it.
    let first = it.seq.saturating_sub(import.entries);
    html! {
        section.sheet aria-labelledby="file" {
            h2 #file { (say::FILE) }
            dl.pairs {
                div { dt { (say::IS) } dd {
                    @if import.made_by.is_empty() { (import.format) } @else { (import.made_by) }
                } }
                div { dt { (say::STATE_OF) } dd {
                    (ui::day(book, import.effective))
                    @if import.date_told { span.aside { (say::DATE_TOLD) } }
                } }
                div { dt { (say::BROUGHT_IN) } dd {
                    (ui::day(book, it.recorded_at)) ", " (ui::person(book, &it.author)) " " (ui::entry(it.seq))
                } }
                div { dt { (say::ADDED) } dd {
                    (say::added(import.entries, import.again.len()))
                    @if import.entries > 0 {
                        span.aside { (ui::entry(first)) @if import.entries > 1 { " – " (ui::entry(it.seq - 1)) } }
                    }
                } }
                @if let Some(undone) = &it.undone {
                    div { dt { (say::TAKEN_BACK) } dd {
                        (ui::day(book, undone.recorded_at)) ": " (undone.reason) " " (ui::entry(undone.seq))
                    } }
                }
                div { dt { (say::DIGEST) } dd { code.break { (import.hash.to_string()) } } }
            }
        }
    }
}

fn left(it: &PastImport) -> Markup {
    let columns = [Column(say::WHAT_LEFT), Column(say::WHY_LEFT), Column(say::TIMES)];
    let rows = it.import.left.iter().take(MOST);
    let row = |it: &asepsis_core::import::LeftOut| {
        vec![
            html! { (ui::cut(&it.what, 120)) },
            html! { (ui::cut(&it.why, 200)) },
            html! { (it.count) },
        ]
    };
    html! {
        section.stack aria-labelledby="left" {
            h2 #left { (say::LEFT) }
            @if it.import.left.is_empty() { p { (say::NOTHING_LEFT) } } @else {
                (ui::table(&html! { (say::LEFT_ROWS) }, &columns, rows.map(row)))
                @if it.import.left.len() > MOST { p { (say::more(it.import.left.len() - MOST)) } }
            }
        }
    }
}

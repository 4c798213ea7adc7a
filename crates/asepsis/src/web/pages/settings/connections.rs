//! Every question that was asked over the network: what, of whom, when.

use asepsis_report::words;
use asepsis_store::net_log::NetCall;
use axum::extract::Query;
use axum::response::Response;
use maud::{Markup, html};

use super::{Asked, say};
use crate::text::clean;
use crate::web::error::PageError;
use crate::web::rights::Right;
use crate::web::routes::{Route, get};
use crate::web::ui::{self, Column};
use crate::web::visit::Visit;

const HERE: &str = "/settings/connections";
/// Questions on one page.
const EACH: u32 = 100;

pub(super) fn routes() -> Vec<Route> {
    vec![get(HERE, Right::Manage, page)]
}

async fn page(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    let (home, book) = (visit.home(), visit.book().await?);
    let count = home.store.count_calls(&home.organization).await?;
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    let (page, pages) = asked.of(count, EACH as usize);
    let skip = u32::try_from(page - 1).unwrap_or(u32::MAX).saturating_mul(EACH);
    let calls = home.store.calls_page(&home.organization, skip, EACH).await?;
    let zone = crate::ops::zone(&book.organization.zone);
    // All questions of one look at one domain bear its time.
    let looks = calls.chunk_by(|a, b| a.at == b.at);
    let body = html! {
        p.lead { (say::nothing_else(ui::data_word(book.organization.sector))) }
        p { (say::asked(count)) @if visit.app.options.offline { " " (say::OFFLINE) } }
        @for look in looks {
            @if let Some(first) = look.first() { (one(look, &words::moment(&zone, first.at))) }
        }
        (ui::pager(HERE, page, pages))
    };
    Ok(ui::shown(super::framed(&visit, say::CONNECTIONS, &body)))
}

/// The questions of one look.
fn one(calls: &[NetCall], when: &Markup) -> Markup {
    let row = |call: &NetCall| {
        vec![
            html! { (clean(&call.what)) },
            html! { (clean(&call.peer)) },
            html! { (say::protocol(&call.protocol)) },
        ]
    };
    let caption = html! { (when) ": " (say::questions(calls.len())) };
    ui::table(&caption, &say::CALL_COLUMNS.map(Column), calls.iter().map(row))
}

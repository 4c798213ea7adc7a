//! What the pages about practices, threats and checks are rendered from.

use std::sync::Arc;

use asepsis_core::catalog::{Catalog, Check};
use asepsis_core::engine::Tally;
use asepsis_core::time::Timestamp;
use asepsis_report::words;
use jiff::tz::TimeZone;
use maud::{Markup, html};

use crate::ops::{Book, zone};
use crate::web::error::PageError;
use crate::web::rights::Right;
use crate::web::ui;
use crate::web::visit::Visit;

use super::say;

/// A visitor, the book they see, and the zone in which its days begin.
pub(in crate::web::pages) struct View<'a> {
    pub(in crate::web::pages) visit: &'a Visit,
    pub(in crate::web::pages) book: Arc<Book>,
    pub(in crate::web::pages) zone: TimeZone,
}

impl<'a> View<'a> {
    pub(in crate::web::pages) async fn of(visit: &'a Visit) -> Result<Self, PageError> {
        let book = visit.book().await?;
        let zone = zone(&book.organization.zone);
        Ok(Self { visit, book, zone })
    }

    pub(in crate::web::pages) fn catalog(&self) -> &'a Catalog {
        self.visit.catalog()
    }

    pub(in crate::web::pages) fn tally(&self, check: &str) -> Tally {
        self.book.assessment.tallies.get(check).copied().unwrap_or_default()
    }

    /// Whether things of a schema are expected by name or number, or can be looked at from here; others
    /// are known only from files of other programs.
    pub(in crate::web::pages) fn may_look_at(&self, schema: &str) -> bool {
        self.catalog().schemas.get(schema).is_none_or(|it| it.expected != "listed")
    }

    /// What a check looks at, in the singular: `computer`.
    pub(in crate::web::pages) fn noun(&self, check: &Check) -> &'a str {
        let schema = self.catalog().schemas.get(&check.reads);
        schema.map_or("subject", |it| words::subject(&it.subject))
    }

    /// An entry: a link for those who may follow it.
    pub(in crate::web::pages) fn entry(&self, seq: u64) -> Markup {
        html! { @if self.visit.may(Right::See) { (ui::entry(seq)) } @else { (say::ENTRY) " " (seq) } }
    }

    /// A day, and the entry that holds what was seen then.
    pub(in crate::web::pages) fn source(&self, at: Option<Timestamp>, seq: Option<u64>) -> Markup {
        html! {
            span.source {
                @if let Some(at) = at { (words::day(&self.zone, at)) }
                @if let (Some(_), Some(_)) = (at, seq) { ", " }
                @if let Some(seq) = seq { (self.entry(seq)) }
            }
        }
    }
}

//! Free help from others, how sure we are of what HICP says, and where that comes from.

use asepsis_core::catalog::Level;
use axum::response::Response;
use maud::{Markup, html};

use super::say;
use crate::web::error::PageError;
use crate::web::rights::Right;
use crate::web::ui::{self, Frame, Place};
use crate::web::visit::Visit;

pub(super) async fn show(visit: Visit) -> Result<Response, PageError> {
    let catalog = visit.catalog();
    let editions = &catalog.editions;
    let body = html! {
        p.lead { (say::RESOURCES_LEAD) }
        ul.lines {
            @for it in &catalog.resources {
                li {
                    h2 { (it.name) }
                    p { (it.what) }
                    p.quiet.small {
                        (it.issuer)
                        @if !it.practices.is_empty() { ". " (say::FOR_PRACTICES) " " (practices(&visit, &it.practices)) "." }
                        @if it.certainty.level != Level::Sourced { " " (ui::sure(it.certainty.level)) }
                    }
                    @if let Some(url) = &it.url { p.small { (outside(url)) } }
                }
            }
        }
        section.stack aria-labelledby="certainty" {
            h2 #certainty { (say::CERTAINTY) }
            p { (say::CERTAINTY_LEAD) }
            dl.pairs {
                @for level in [Level::Sourced, Level::Derived, Level::GeneralKnowledge, Level::Low, Level::Judged] {
                    div { dt { (level) } dd { (meaning(&visit, level)) } }
                }
            }
        }
        section.stack aria-labelledby="sources" {
            h2 #sources { (say::SOURCES) }
            dl.pairs { @for (key, place) in &editions.sources { div { dt { code { (key) } } dd { (source(place)) } } } }
        }
        section.stack aria-labelledby="editions" {
            h2 #editions { (say::EDITIONS) }
            p { cite { (editions.title) } }
            ul.points {
                @for it in &editions.editions {
                    li {
                        (say::edition(it.year)) ", " (say::RELEASED) " " (it.released)
                        @if !it.note.is_empty() { " (" (it.note) ")" }
                    }
                }
            }
        }
    };
    Ok(ui::shown(ui::page(&visit, &Frame::new(Place::Glossary, say::RESOURCES), &body)))
}

fn meaning(visit: &Visit, level: Level) -> String {
    // The file's key is the word in data; the word for people may be another one.
    let key = if level == Level::Judged { "judged".to_owned() } else { level.to_string() };
    visit.catalog().editions.certainty_words.get(&key).cloned().unwrap_or_default()
}

fn practices(visit: &Visit, numbers: &[u8]) -> Markup {
    let all = visit.catalog().practices.iter().filter(|it| numbers.contains(&it.number));
    html! {
        @for (at, it) in all.enumerate() {
            @if at > 0 { ", " }
            @if visit.may(Right::See) { a href={ "/practices/" (it.number) } { (it.name) } } @else { (it.name) }
        }
    }
}

/// An address outside; it learns nothing of where the reader came from.
fn outside(address: &str) -> Markup {
    html! {
        @if address.starts_with("https://") { a href=(address) rel="noreferrer" { (address) } }
        @else { (address) }
    }
}

/// A place: an address, and perhaps words after it.
fn source(place: &str) -> Markup {
    let (address, rest) = place.split_once(' ').unwrap_or((place, ""));
    html! { (outside(address)) " " (rest) }
}

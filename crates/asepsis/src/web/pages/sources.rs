//! Where the numbers of the model come from: every source, what the three words for their strength mean,
//! how a number is worked out, and what nobody knows.

mod english;

use asepsis_core::catalog::{Badge, RiskSource};
use asepsis_report::words;
use axum::extract::Query;
use axum::response::Response;
use maud::{Markup, html};

use crate::web::error::PageError;
use crate::web::rights::Right;
use crate::web::routes::{Route, get};
use crate::web::ui::{self, Frame, Place};
use crate::web::visit::Visit;
use english as say;

/// Most sources that are picked out for one number.
const MOST: usize = 100;

pub(super) fn routes() -> Vec<Route> {
    vec![get("/sources", Right::Sheet, show)]
}

/// The sources of one number, by id, with dots between.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
struct Asked {
    of: String,
}

async fn show(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    let catalog = visit.catalog();
    let people = ui::people_word(visit.app.sector());
    let picked: Vec<&RiskSource> =
        asked.of.split('.').take(MOST).filter_map(|id| catalog.risk_source(id)).collect();
    let body = html! {
        @if !picked.is_empty() { (rests(&picked)) }
        section.stack.tight aria-labelledby="words" {
            h2 #words { (say::WORDS) }
            dl.pairs {
                @for badge in [Badge::Data, Badge::Survey, Badge::Judgment] {
                    div { dt { span class={ "badge " (badge.word()) } { (badge.word()) } } dd { (say::meaning(badge)) } }
                }
            }
            p { (say::WEAKEST) }
        }
        section.stack.tight aria-labelledby="sources" {
            h2 #sources { (say::SOURCES) }
            @if catalog.risk_sources.is_empty() { p { (say::NONE) } }
            ul.lines { @for it in &catalog.risk_sources { (source(it)) } }
        }
        section.stack.tight aria-labelledby="formulas" {
            h2 #formulas { (say::FORMULAS) }
            dl.pairs { @for (what, how) in say::formulas(people) { div { dt { (what) } dd { (how) } } } }
        }
        section.stack.tight aria-labelledby="not-known" {
            h2 #not-known { (say::UNKNOWN) }
            ul.points { @for it in say::unknown(people) { li { (it) } } }
        }
        @if let Some(priors) = &catalog.priors {
            p.quiet.small {
                (say::VERSION) " " (words::number(u64::from(priors.version))) ", " (say::AS_OF) " "
                time datetime=(priors.as_of) { (ui::civil_day(&priors.as_of)) } "."
            }
        }
    };
    let above = html! { a href="/threats" { (say::THREATS) } };
    let frame = Frame::new(Place::Threats, say::TITLE).above(above);
    Ok(ui::shown(ui::page(&visit, &frame, &body)))
}

/// What one number rests on.
fn rests(picked: &[&RiskSource]) -> Markup {
    html! {
        section.sheet aria-labelledby="rests" {
            h2 #rests tabindex="-1" { (say::RESTS) }
            p { (say::RESTS_LEAD) }
            ul.points {
                @for it in picked { li { a href={ "#" (it.id) } { (it.title) } " " span.quiet.small { (it.date) } } }
            }
        }
    }
}

/// One source. Its address is given as text to follow: nothing is asked from there by the page.
fn source(it: &RiskSource) -> Markup {
    html! {
        li id=(it.id) tabindex="-1" {
            p { b { (it.title) } " " span.quiet.small { (it.date) } }
            p.small { (it.note) }
            @if let Some(url) = &it.url {
                p.small {
                    @if url.starts_with("https://") { a href=(url) rel="noreferrer" { (url) } } @else { (url) }
                }
            }
        }
    }
}

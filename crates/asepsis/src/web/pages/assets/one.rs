//! One thing that is looked at: what checks say of it, what its newest look saw, its looks over time.

use asepsis_core::evidence::Record;
use asepsis_core::observation::{Body, Observation};
use asepsis_report::{prose, words};
use asepsis_store::lines::{Line, Topic, Wanted};
use axum::extract::Query;
use axum::response::Response;
use maud::{Markup, html};

use super::english as say;
use crate::ops::{Asset, Book};
use crate::web::error::PageError;
use crate::web::ui::{self, Frame, Place};
use crate::web::visit::Visit;

/// How many looks are listed, and how many facts and checks at once.
const LOOKS: u32 = 12;
const FACTS: usize = 30;
const CHECKS: usize = 30;

/// Which thing, and from which check on.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    subject: String,
    page: String,
}

pub(super) async fn page(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    if asked.subject.is_empty() {
        return Ok(ui::go("/assets", None));
    }
    let book = visit.book().await?;
    let assets = book.assets_of(&asked.subject);
    let first = assets.first().ok_or(PageError::NotFound)?;
    let looks = looks(&visit, book.keys_of(&asked.subject)).await?;
    let seen = newest(&visit, &looks).await?;
    let schemas = &visit.catalog().schemas;
    let noun = schemas.get(&first.schema).map_or("", |it| words::subject(&it.subject));
    let address = ui::address("/assets/one", &[("subject", &asked.subject)]);
    let body = html! {
        (summary(&book, &asked.subject, assets, noun))
        (checks(&visit, &book, &asked, assets, &address))
        @if let Some((seq, look)) = &seen { (facts(&visit, &book, *seq, look)) }
        (over_time(&book, &asked.subject, &looks))
    };
    let above = html! { a href="/assets" { (say::TITLE) } };
    let frame = Frame::new(Place::Assets, &first.label).above(above).wide();
    Ok(ui::shown(ui::page(&visit, &frame, &body)))
}

/// The newest looks at it, in vain or not.
async fn looks(visit: &Visit, subjects: Vec<String>) -> Result<Vec<Line>, PageError> {
    let wanted = Wanted {
        kinds: vec!["observation".to_owned()],
        topic: Some(Topic { subjects, ..Topic::default() }),
        before: None,
    };
    let home = visit.home();
    Ok(home.store.lines(&home.organization, &wanted, LOOKS).await?)
}

/// Whether a look saw anything; a long body always did.
fn saw(line: &Line) -> bool {
    let reads = |body: &str| {
        let body: serde_json::Value = serde_json::from_str(body).unwrap_or_default();
        body.pointer("/body/saw").is_some()
    };
    line.body.as_deref().is_none_or(reads)
}

/// The newest of the looks that saw something, whole.
async fn newest(visit: &Visit, looks: &[Line]) -> Result<Option<(u64, Observation)>, PageError> {
    let Some(line) = looks.iter().filter(|it| saw(it)).max_by_key(|it| (it.at, it.seq)) else {
        return Ok(None);
    };
    let home = visit.home();
    let entries = home.store.entries(&home.organization, line.seq, 1).await?;
    let body = entries.first().and_then(asepsis_store::Entry::value);
    let record = body.and_then(|body| Record::from_body(&line.kind, body).ok().flatten());
    Ok(match record {
        Some(Record::Observation(look)) => Some((line.seq, look)),
        _ => None,
    })
}

fn summary(book: &Book, subject: &str, assets: &[Asset], noun: &str) -> Markup {
    html! {
        section.sheet aria-labelledby="summary" {
            h2 #summary { (say::SUMMARY) }
            dl.pairs {
                div { dt { (say::KIND) } dd { (noun) } }
                div { dt { (say::KNOWN_AS) } dd { code { (subject) } } }
                @for asset in assets {
                    div { dt { (say::LOOKED) } dd { (super::looked(book, asset)) } }
                }
                @if let Some(asset) = assets.first() { div { dt { (say::CHECKS) } dd { (super::counts(asset)) } } }
            }
            @if assets.iter().any(|it| it.seen_at != Some(it.looked_at)) { p.quiet { (say::MISSED_MEANS) } }
        }
    }
}

/// What each check says of it, what needs work first.
fn checks(visit: &Visit, book: &Book, asked: &Asked, assets: &[Asset], address: &str) -> Markup {
    let catalog = visit.catalog();
    let readers = assets.iter().flat_map(|it| catalog.index.readers(&it.schema));
    let checks = readers.filter_map(|at| catalog.checks.get(*at));
    let mut found: Vec<_> = checks
        .filter_map(|check| {
            Some((check, book.assessment.finding(&check.id, book.subject(&asked.subject))?))
        })
        .collect();
    found.sort_by_key(|(check, it)| (ui::urgency(it.outcome), std::cmp::Reverse(check.severity)));
    let pages = found.len().div_ceil(CHECKS).max(1);
    let page = asked.page.parse().unwrap_or(1).clamp(1, pages);
    html! {
        section.sheet aria-labelledby="checks" {
            h2 #checks { (say::CHECKS_ON_IT) }
            @if found.is_empty() { p { (say::NO_CHECKS) } }
            ul.lines {
                @for (check, it) in found.iter().skip((page - 1) * CHECKS).take(CHECKS) {
                    li {
                        div.sub-head {
                            a href={ "/checks/" (check.id) } { (check.title) }
                            span {
                                (ui::outcome(it.outcome))
                                @if let Some(seq) = it.waived_by { " " a.chip href={ "/evidence/" (seq) } { (say::ACCEPTED) } }
                            }
                        }
                        @if it.reason.is_some() || it.evidence.is_some() {
                            p.how {
                                @if let Some(reason) = &it.reason { (prose::spans(&ui::why(reason))) ". " }
                                @if let Some(seq) = it.evidence { span.source { (ui::entry(seq)) } }
                            }
                        }
                    }
                }
            }
            (ui::pager(address, page, pages))
        }
    }
}

fn facts(visit: &Visit, book: &Book, seq: u64, look: &Observation) -> Markup {
    let Body::Saw { fact, seen } = &look.body else { return html! {} };
    let mut facts = ui::facts(fact, seen);
    let all = facts.len();
    facts.truncate(FACTS);
    let schema = visit.catalog().schemas.get(&look.schema);
    let whole = format!("/evidence/{seq}");
    html! {
        section.sheet aria-labelledby="facts" {
            h2 #facts { (say::FACTS) }
            p.source { (ui::day(book, look.observed_at)) ", " (look.collector) " " (look.version) ", " (ui::entry(seq)) }
            (ui::facts_table(&html! { (say::FACTS_CAPTION) }, &facts, schema, |path| ui::address(&whole, &[("fact", path)])))
            @if all > FACTS { p { a href=(whole) { (say::all_facts(all)) } } }
        }
    }
}

fn over_time(book: &Book, subject: &str, looks: &[Line]) -> Markup {
    html! {
        section.sheet aria-labelledby="looks" {
            h2 #looks { (say::OVER_TIME) }
            ul.lines {
                @for line in looks {
                    li {
                        p {
                            @if saw(line) { span.key.measured { (say::MEASURED) } } @else { span.key { (say::MISSED) } }
                            " " (ui::day(book, line.at.unwrap_or(line.recorded_at)))
                            " " span.source { (ui::entry(line.seq)) }
                        }
                    }
                }
            }
            p { a href=(ui::address("/evidence", &[("subject", subject)])) { (say::ALL_LOOKS) } }
        }
    }
}

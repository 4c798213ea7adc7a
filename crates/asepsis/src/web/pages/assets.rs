//! What is looked at: computers and mail domains, how many of them, and each alone (`one`).

mod english;
mod one;

use asepsis_core::catalog::Schema;
use asepsis_core::observation::Subject;
use asepsis_report::words;
use axum::extract::Query;
use axum::response::Response;
use maud::{Markup, html};

use crate::ops::{Asset, Book};
use crate::web::error::PageError;
use crate::web::rights::Right;
use crate::web::routes::{Route, get};
use crate::web::ui::{self, Choice, Column, Frame, Place};
use crate::web::visit::Visit;
use english as say;

/// How many things one page lists.
const PAGE: usize = 50;
/// The most domains that are named as never looked at.
const NAMED: usize = 12;

pub(super) fn routes() -> Vec<Route> {
    vec![get("/assets", Right::See, list), get("/assets/one", Right::See, one::page)]
}

/// What the list is narrowed down to.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
struct Asked {
    kind: String,
    q: String,
    page: String,
}

async fn list(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    let book = visit.book().await?;
    let schemas = &visit.catalog().schemas;
    let kind_of = |asset: &Asset| schemas.get(&asset.schema).map_or("", |it| it.subject.as_str());
    let word = asked.q.trim().to_lowercase();
    let has = |text: &str| text.to_lowercase().contains(&word);
    let mut found: Vec<&Asset> = book
        .assets
        .iter()
        .filter(|it| asked.kind.is_empty() || kind_of(it) == asked.kind)
        .filter(|it| word.is_empty() || has(&it.label) || has(&it.subject))
        .collect();
    let (all, pages) = (found.len(), found.len().div_ceil(PAGE).max(1));
    let page = asked.page.parse().unwrap_or(1).clamp(1, pages);
    // Those that need work first. Only the pages up to this one are put in order.
    let order = |a: &&Asset, b: &&Asset| {
        (b.fail, &a.label, &a.subject).cmp(&(a.fail, &b.label, &b.subject))
    };
    let end = (page * PAGE).min(all);
    if end < all {
        found.select_nth_unstable_by(end, order);
        found.truncate(end);
    }
    found.sort_unstable_by(order);
    let shown = found.into_iter().skip((page - 1) * PAGE);
    let address = ui::address("/assets", &[("kind", &asked.kind), ("q", &asked.q)]);
    let rows = shown.map(|asset| row(&book, asset, kind_of(asset)));
    let columns = [Column(say::NAME), Column(say::KIND), Column(say::LOOKED), Column(say::CHECKS)];
    let body = html! {
        p { (say::LEAD) }
        div.cards { @for schema in schemas.values() { (expected(&visit, &book, schema)) } }
        (filter(&visit, &asked))
        @if all == 0 { p { (if book.assets.is_empty() { say::NOTHING_YET } else { say::NOTHING }) } } @else {
            (ui::table(&html! { (say::caption(all)) }, &columns, rows))
        }
        (ui::pager(&address, page, pages))
    };
    let frame = Frame::new(Place::Assets, say::TITLE).wide();
    Ok(ui::shown(ui::page(&visit, &frame, &body)))
}

fn filter(visit: &Visit, asked: &Asked) -> Markup {
    let choice = |value, label| Choice { value, label, hint: "", chosen: asked.kind == value };
    let kinds: Vec<(&str, String)> = visit
        .home()
        .catalog
        .schemas
        .values()
        .map(|it| (it.subject.as_str(), say::plural(words::subject(&it.subject))))
        .collect();
    let mut all = vec![choice("", say::EVERYTHING)];
    all.extend(kinds.iter().map(|(kind, label)| choice(kind, label)));
    ui::find(
        "/assets",
        &html! {
            (ui::select(say::KIND, "kind", &all))
            (ui::search(say::SEARCH, "q", &asked.q))
            (ui::button(say::SHOW, "plain"))
        },
    )
}

fn row(book: &Book, asset: &Asset, kind: &str) -> Vec<Markup> {
    vec![
        html! { a href=(ui::address("/assets/one", &[("subject", &asset.subject)])) { (ui::cut(&asset.label, 80)) } },
        html! { (words::subject(kind)) },
        looked(book, asset),
        counts(asset),
    ]
}

/// When it was last looked at, and whether in vain.
pub(super) fn looked(book: &Book, asset: &Asset) -> Markup {
    let vain = asset.seen_at != Some(asset.looked_at);
    html! {
        @match asset.seen_at {
            Some(at) => (ui::day(book, at)),
            None => (say::NEVER_SEEN),
        }
        @if vain {
            span.aside { span.key { (say::MISSED) } " " (ui::day(book, asset.looked_at)) ", " (ui::entry(asset.entry)) }
        } @else { span.aside { (ui::entry(asset.entry)) } }
    }
}

pub(super) fn counts(asset: &Asset) -> Markup {
    html! {
        @if asset.fail > 0 { b.missing { (words::count(asset.fail)) " " (say::FAIL) } ", " }
        span.in-place { (words::count(asset.pass)) " " (say::PASS) }
        @if asset.unknown > 0 { ", " span.unknown { (words::count(asset.unknown)) " " (say::UNKNOWN) } }
    }
}

/// How many are expected and how many were seen, and how to bring the others.
fn expected(visit: &Visit, book: &Book, schema: &Schema) -> Markup {
    let catalog = visit.catalog();
    let noun = words::subject(&schema.subject);
    let of_schema = || book.assets.iter().filter(|it| it.schema == schema.schema);
    let heading = html! { h2 { (say::heading(noun)) } };
    if schema.expected == "domains" {
        let named: Vec<String> =
            book.organization.domains.iter().map(|it| Subject::domain(it).0).collect();
        let unseen: Vec<&String> = named
            .iter()
            .filter(|it| !book.assets_of(it).iter().any(|it| it.schema == schema.schema))
            .collect();
        return html! {
            section.sheet {
                (heading)
                @if named.is_empty() {
                    p { (say::NO_DOMAINS) }
                    @if visit.may(Right::Manage) { p { a href="/settings/organization" { (say::NAME_DOMAINS) } } }
                } @else {
                    p { (say::seen_of(named.len() - unseen.len(), named.len(), noun)) }
                    @if !unseen.is_empty() {
                        p { (say::NOT_LOOKED_AT) }
                        ul.points.small {
                            @for it in unseen.iter().take(NAMED) { li { (it.split_once(':').map_or(it.as_str(), |(_, name)| name)) } }
                            @if unseen.len() > NAMED { li { (say::and_more(unseen.len() - NAMED)) } }
                        }
                        @if visit.may(Right::Measure) { (measure(visit, book)) }
                    }
                }
            }
        };
    }
    let seen = of_schema().count();
    if schema.expected == "listed" {
        return html! { @if seen > 0 { section.sheet { (heading) p { (say::seen_alone(seen, noun)) } } } };
    }
    let reader = catalog.index.readers(&schema.schema).first();
    let tally = reader
        .and_then(|at| book.assessment.tallies.get(&catalog.checks.get(*at)?.id))
        .copied()
        .unwrap_or_default();
    let question = catalog.questions.iter().find(|it| it.sets.as_deref() == Some(&schema.expected));
    html! {
        section.sheet {
            (heading)
            @if tally.expected_known {
                p { (say::seen_of(seen, seen + tally.unseen, noun)) }
                @if tally.unseen > 0 { (bring(visit)) }
            } @else {
                p { (say::seen_alone(seen, noun)) }
                @if let Some(question) = question.filter(|_| visit.may(Right::Answer)) {
                    p { a href={ "/questions/" (question.id) } { (question.ask) } }
                }
                (bring(visit))
            }
        }
    }
}

/// How facts of another computer come here.
fn bring(visit: &Visit) -> Markup {
    html! {
        p { (say::BRING) " " code { (say::BRING_COMMAND) } }
        @if visit.may(Right::Import) { p { a href="/import" { (say::BRING_FILE) } } }
    }
}

fn measure(visit: &Visit, book: &Book) -> Markup {
    let body = html! {
        @for domain in &book.organization.domains { (ui::hidden("domain", domain)) }
        (ui::button(say::MEASURE_MAIL, "plain"))
    };
    ui::form(visit, "/looks", &body)
}

//! When the book looks again by itself, how often, and what is due next.

use asepsis_core::observation::Subject;
use asepsis_core::time::{Days, Timestamp};
use asepsis_report::words;
use axum::extract::Query;
use axum::response::Response;
use maud::html;

use super::{Asked, say};
use crate::ops::{Asset, Book};
use crate::web::error::PageError;
use crate::web::fields::Fields;
use crate::web::pages::first_run;
use crate::web::rights::Right;
use crate::web::routes::{Route, get, post};
use crate::web::ui::{self, Choice, Column, Faults, Said};
use crate::web::visit::Visit;
use crate::web::worker::AUTOMATIC;

const HERE: &str = "/settings/looks";
/// Things on one page.
const EACH: usize = 50;
/// The schema of a mail domain.
const MAIL: &str = "email-domain/1";

pub(super) fn routes() -> Vec<Route> {
    vec![get(HERE, Right::Manage, page), post(HERE, Right::Manage, save)]
}

/// Something that is looked at, and when it is due.
#[derive(Debug, PartialEq)]
struct Line<'a> {
    label: &'a str,
    /// Its address among the assets; `None` while nobody has looked.
    subject: Option<&'a str>,
    seen: Option<Timestamp>,
    /// `None`: now.
    due: Option<Timestamp>,
}

async fn page(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    let (home, book) = (visit.home(), visit.book().await?);
    let kept = home.store.setting(&home.organization, AUTOMATIC).await?;
    let on = kept.as_deref() == Some("on");
    let zone = crate::ops::zone(&book.organization.zone);
    let cadence = |schema: &str| home.catalog.cadence(schema);
    let lines = lines(&book, &cadence, visit.now);
    let (page, pages) = asked.of(lines.len(), EACH);
    let shown = lines.iter().skip((page - 1) * EACH).take(EACH);
    let row = |line: &Line<'_>| {
        vec![
            html! { @match line.subject { Some(subject) => a href=(ui_asset(subject)) { (line.label) }, None => (line.label) } },
            html! { @match line.seen { Some(at) => { (say::SEEN) " " (words::day(&zone, at)) }, None => (say::NEVER) } },
            html! { @match line.due { Some(at) => { (say::DUE) " " (words::day(&zone, at)) }, None => (say::DUE_NOW) } },
        ]
    };
    let tick =
        [Choice { value: "on", label: say::BY_ITSELF, hint: say::BY_ITSELF_HOW, chosen: on }];
    let fields = html! {
        (ui::choices(&html! { (say::LOOK_AGAIN) }, "automatic", true, &tick, &Faults::default()))
        (ui::button(say::SAVE, ""))
    };
    let body = html! {
        (ui::form(&visit, HERE, &fields))
        section.stack aria-labelledby="often" {
            h2 #often { (say::HOW_OFTEN) }
            p { (say::HOW_OFTEN_WHY) }
            ul.points {
                @for schema in home.catalog.schemas.values() {
                    @if let Some(Days(days)) = cadence(&schema.schema) {
                        li { (first_run::english::capital(&say::every(words::subject(&schema.subject), days))) }
                    }
                }
            }
            p { (say::SCHEDULE) }
            p { code { (say::SCHEDULE_VERB) } }
        }
        section.stack aria-labelledby="due" {
            h2 #due { (say::DUE_NEXT) }
            p { (say::DUE_NEXT_HOW) }
            @if lines.is_empty() { p { (say::NOTHING_DUE) } }
            @else {
                (ui::table(&html! { (say::looked_at(lines.len())) }, &say::DUE_COLUMNS.map(Column), shown.map(row)))
                (ui::pager(HERE, page, pages))
            }
        }
    };
    Ok(ui::shown(super::framed(&visit, say::LOOKS, &body)))
}

/// The page of one asset.
fn ui_asset(subject: &str) -> String {
    let encoded: String = form_urlencoded::byte_serialize(subject.as_bytes()).collect();
    format!("/assets/one?subject={encoded}")
}

/// Everything that is looked at here, the most urgent first.
fn lines<'a>(
    book: &'a Book,
    cadence: &dyn Fn(&str) -> Option<Days>,
    now: Timestamp,
) -> Vec<Line<'a>> {
    let due = |schema: &str, seen: Option<Timestamp>| {
        let due = seen?.plus_days(i64::from(cadence(schema)?.0));
        (due > now).then_some(due)
    };
    let of = |asset: &'a Asset| Line {
        label: &asset.label,
        subject: Some(&asset.subject),
        seen: asset.seen_at,
        due: due(&asset.schema, asset.seen_at),
    };
    let own = &book.organization.domains;
    let is_own = |asset: &&Asset| {
        asset.schema != MAIL || own.iter().any(|it| Subject::domain(it).0 == asset.subject)
    };
    let known = |domain: &&String| {
        let subject = Subject::domain(domain);
        !book.assets.iter().any(|it| it.schema == MAIL && it.subject == subject.0)
    };
    let never = own.iter().filter(known);
    let never = never.map(|it| Line { label: it, subject: None, seen: None, due: None });
    let seen = book.assets.iter().filter(is_own).filter(|it| cadence(&it.schema).is_some());
    let mut lines: Vec<Line<'a>> = never.chain(seen.map(of)).collect();
    lines.sort_by(|a, b| (a.due, a.seen, a.label).cmp(&(b.due, b.seen, b.label)));
    lines
}

async fn save(visit: Visit, fields: Fields) -> Result<Response, PageError> {
    let home = visit.home();
    let word = if fields.has("automatic") { "on" } else { "off" };
    home.store.set_setting(&home.organization, AUTOMATIC, word).await?;
    Ok(ui::go(HERE, Some(Said::Saved)))
}

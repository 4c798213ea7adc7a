//! Links by which a vendor answers without an account: made and ended here, followed in `open`.

mod english;
mod open;

use std::collections::BTreeSet;

use asepsis_report::vendor_sheet::VendorSheet;
use asepsis_store::vendor_links::{VendorLink, VendorScope};
use axum::extract::{Path, Query};
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use super::vendor_sheet;
use crate::ops::{Book, LinkError};
use crate::web::error::PageError;
use crate::web::fields::Fields;
use crate::web::rights::Right;
use crate::web::routes::{Route, get, post};
use crate::web::token;
use crate::web::ui::{self, Choice, Column, Faults, Field, Frame, Kind, Place, Said};
use crate::web::visit::Visit;
use english as say;

/// So many links on one page.
const MOST: usize = 10;
/// A link lasts so many days unless somebody says otherwise.
const DAYS: &str = "14";

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/vendor-links", Right::Share, page),
        post("/vendor-links", Right::Share, make),
        post("/vendor-links/{id}/end", Right::Share, end),
        get("/v/{token}", Right::Open, open::page),
        post("/v/{token}", Right::Open, open::say_so),
    ]
}

#[derive(Debug, Deserialize)]
struct Which {
    page: Option<String>,
}

/// What is typed into the form.
struct Wanted {
    vendor: String,
    days: String,
    /// The ids that are ticked; all of them before anybody chose.
    chosen: Option<BTreeSet<String>>,
}

async fn page(visit: Visit, Query(which): Query<Which>) -> Result<Response, PageError> {
    let page = which.page.and_then(|it| it.parse().ok()).unwrap_or(1);
    let wanted = Wanted { vendor: String::new(), days: DAYS.to_owned(), chosen: None };
    Ok(ui::shown(shown(&visit, page, &wanted, &Faults::default(), None).await?))
}

async fn shown(
    visit: &Visit,
    page: usize,
    wanted: &Wanted,
    faults: &Faults,
    made: Option<(&VendorLink, String)>,
) -> Result<Markup, PageError> {
    let (book, home) = (visit.book().await?, visit.home());
    let links = home.store.vendor_links(&home.organization).await?;
    let pages = links.len().div_ceil(MOST).max(1);
    let page = page.clamp(1, pages);
    let here = links.iter().skip((page - 1) * MOST).take(MOST);
    let sheet = vendor_sheet::of(visit, &book);
    let body = html! {
        @if let Some((link, address)) = &made { (once(visit, &book, link, address)) }
        section.stack {
            p.lead { (say::LEAD) }
            @if !visit.app.options.beyond && made.is_none() {
                p.notice { (say::ONLY_HERE) " " a href="/vendor-sheet" { (say::THE_SHEET) } }
            }
        }
        @if !links.is_empty() {
            section.stack aria-labelledby="links" {
                h2 #links { (say::LINKS) }
                (table(visit, &book, here))
                (ui::pager("/vendor-links", page, pages))
            }
        }
        section.stack aria-labelledby="make" {
            h2 #make { (say::MAKE) }
            @if sheet.areas.is_empty() {
                p { (say::NOTHING_TO_ASK) }
            } @else {
                (ui::form(visit, "/vendor-links", &form(&sheet, wanted, faults)))
            }
        }
    };
    Ok(ui::page(visit, &Frame::new(Place::VendorSheet, say::TITLE), &body))
}

/// The address, shown this once.
fn once(visit: &Visit, book: &Book, link: &VendorLink, address: &str) -> Markup {
    html! {
        section.sheet aria-labelledby="made" {
            h2 #made { (say::made_for(&link.vendor)) }
            p { (say::ONCE) }
            pre { (address) }
            p.quiet { (say::lasts_until(&ui::day(book, link.expires_at))) }
            @if !visit.app.options.beyond { p.quiet { (say::ONLY_HERE) } }
        }
    }
}

fn table<'a>(visit: &Visit, book: &Book, links: impl Iterator<Item = &'a VendorLink>) -> Markup {
    let columns = say::COLUMNS.map(Column);
    let rows = links.map(|link| {
        let runs = link.revoked_at.is_none() && link.expires_at > visit.now;
        vec![
            html! { (link.vendor) },
            html! { (say::asks(link.scope.checks.len(), link.scope.questions.len())) },
            html! {
                @if let Some(at) = link.revoked_at { (say::ended(&ui::day(book, at))) }
                @else if runs { (say::until(&ui::day(book, link.expires_at))) }
                @else { (say::expired(&ui::day(book, link.expires_at))) }
            },
            html! {
                @if let Some(at) = link.last_used_at { (say::LAST_USED) " " (ui::day(book, at)) } @else { (say::NEVER) }
            },
            html! {
                @if runs {
                    (ui::form(visit, &format!("/vendor-links/{}/end", link.id), &html! {
                        button.button.plain type="submit" { (say::END) span.away { ": " (link.vendor) } }
                    }))
                }
            },
        ]
    });
    ui::table(&html! { (say::CAPTION) }, &columns, rows)
}

fn form(sheet: &VendorSheet, wanted: &Wanted, faults: &Faults) -> Markup {
    let chosen = |id: &str| wanted.chosen.as_ref().is_none_or(|all| all.contains(id));
    let choice = |value, label| Choice { value, label, hint: "", chosen: chosen(value) };
    html! {
        (faults.summary())
        (Field::new(say::FOR, "vendor", Kind::Text).hint(say::FOR_HINT).value(&wanted.vendor).show(faults))
        (Field::new(say::DAYS, "days", Kind::Number).hint(say::DAYS_HINT).value(&wanted.days).show(faults))
        @for area in &sheet.areas {
            @let name = format!("scope-{}", area.number);
            @let asks = area.asks.iter().map(|it| choice(&it.check, &it.title));
            @let questions = area.questions.iter().map(|it| choice(&it.id, &it.ask));
            @let all: Vec<_> = asks.chain(questions).collect();
            (ui::choices(&html! { @if area.number > 0 { (area.number) " " } (area.name) }, &name, true, &all, faults))
        }
        p.hint { (say::SCOPE_HINT) }
        (ui::button(say::MAKE_IT, ""))
    }
}

async fn make(visit: Visit, fields: Fields) -> Result<Response, PageError> {
    let book = visit.book().await?;
    let sheet = vendor_sheet::of(&visit, &book);
    let chosen: BTreeSet<String> =
        fields.beginning("scope-").map(|(_, id)| id.to_owned()).collect();
    let wanted = Wanted {
        vendor: fields.text("vendor").to_owned(),
        days: fields.text("days").to_owned(),
        chosen: Some(chosen),
    };
    let scope = scope(&sheet, wanted.chosen.as_ref());
    let by = &visit.account()?.id;
    let secret = token::new(visit.home().random());
    let days = wanted.days.parse().unwrap_or(0);
    let (kept, now) = (token::kept(&secret), visit.now);
    match visit.home().make_link(kept, &wanted.vendor, scope, days, by, now).await {
        Ok(link) => {
            let (hosts, beyond) = (&visit.app.options.hosts, visit.app.options.beyond);
            let host = if beyond { hosts.public_address() } else { hosts.address() };
            let address = format!("{host}/v/{secret}");
            let blank = Wanted { vendor: String::new(), days: DAYS.to_owned(), chosen: None };
            let made = Some((&link, address));
            Ok(ui::shown(shown(&visit, 1, &blank, &Faults::default(), made).await?))
        }
        Err(error) => {
            let first = sheet.areas.first().map_or(0, |it| it.number);
            let mut faults = Faults::default();
            match error {
                LinkError::Vendor => faults.add("vendor", say::WHO),
                LinkError::Days => faults.add("days", say::HOW_LONG),
                LinkError::Scope => faults.add(&format!("scope-{first}"), say::WHAT),
                other => return Err(other.into()),
            }
            Ok(ui::again(shown(&visit, 1, &wanted, &faults, None).await?))
        }
    }
}

/// What was ticked of what the sheet asks now.
fn scope(sheet: &VendorSheet, chosen: Option<&BTreeSet<String>>) -> VendorScope {
    let ticked = |id: &&String| chosen.is_some_and(|all| all.contains(*id));
    let checks = sheet.areas.iter().flat_map(|it| &it.asks).map(|it| &it.check);
    let questions = sheet.areas.iter().flat_map(|it| &it.questions).map(|it| &it.id);
    VendorScope {
        checks: checks.filter(ticked).cloned().collect(),
        questions: questions.filter(ticked).cloned().collect(),
    }
}

async fn end(visit: Visit, Path(id): Path<String>) -> Result<Response, PageError> {
    let home = visit.home();
    if home.store.vendor_link(&home.organization, &id).await?.is_none() {
        return Err(PageError::NotFound);
    }
    home.store.revoke_vendor_link(&home.organization, &id, visit.now).await?;
    Ok(ui::go("/vendor-links", Some(Said::LinkEnded)))
}

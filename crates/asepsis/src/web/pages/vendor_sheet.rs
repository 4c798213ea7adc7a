//! The vendor sheet: what we saw, what we ask, how to fix it; on paper, as a workbook, and back again.

mod english;

use asepsis_report::Report;
use asepsis_report::vendor::{self, To};
use asepsis_report::vendor_sheet::{Area, VendorSheet, xlsx};
use axum::extract::Query;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use maud::{Markup, html};
use serde::Deserialize;

use super::import;
use crate::ops::Book;
use crate::web::error::PageError;
use crate::web::fields::Fields;
use crate::web::rights::Right;
use crate::web::routes::{Route, get, post};
use crate::web::ui::{self, Faults, Field, Frame, Kind, Place};
use crate::web::visit::Visit;
use english as say;

/// The largest sheet that is taken back.
const LARGEST: usize = 4 << 20;
/// So much markup of asks and questions stands on one page of the book, in bytes. With the style
/// sheet, the frame and one more ask it stays under 60 kB.
const ROOM: usize = 32_000;
/// The kind of file.
const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/vendor-sheet", Right::Sheet, page),
        get("/vendor-sheet.xlsx", Right::Sheet, workbook),
        post("/vendor-sheet/read", Right::Import, read).taking(LARGEST),
    ]
}

/// The sheet of now.
pub(super) fn of(visit: &Visit, book: &Book) -> VendorSheet {
    VendorSheet::of(&Report {
        catalog: visit.catalog(),
        assessment: &book.assessment,
        next: &book.next,
        interview: &book.interview,
        program: concat!("asepsis ", env!("CARGO_PKG_VERSION")),
        zone: crate::ops::zone(&book.organization.zone),
    })
}

#[derive(Debug, Deserialize)]
struct Which {
    page: Option<String>,
}

async fn page(visit: Visit, Query(which): Query<Which>) -> Result<Response, PageError> {
    let page = which.page.and_then(|it| it.parse().ok()).unwrap_or(1);
    Ok(ui::shown(shown(&visit, page, &Faults::default()).await?))
}

async fn shown(visit: &Visit, page: usize, faults: &Faults) -> Result<Markup, PageError> {
    let book = visit.book().await?;
    let sheet = of(visit, &book);
    let (asks, questions) = counts(&sheet);
    let pages = pages(&sheet, ROOM);
    let page = page.clamp(1, pages.len());
    let links = |to: To<'_>| match to {
        To::Check(id) => Some(format!("/checks/{id}")),
        To::Question(id) => visit.may(Right::Answer).then(|| format!("/questions/{id}")),
        To::Entry(seq) => visit.may(Right::See).then(|| format!("/evidence/{seq}")),
    };
    let body = html! {
        section.stack.screen-only {
            p { (say::intro(asks, questions)) }
            p.row {
                a.button href="/vendor-sheet.xlsx" { (say::SAVE) }
                @if visit.may(Right::Share) { a href="/vendor-links" { (say::LINKS) } }
            }
            p.hint { (say::PRINT) @if pages.len() > 1 { " " (say::several_pages(pages.len())) } }
        }
        section.stack aria-labelledby="asked" {
            h2 #asked { (say::ASKED) }
            (vendor::lead(&sheet))
            @if let Some(sheet) = pages.get(page - 1) { (vendor::areas(sheet, &links)) }
            div.screen-only { (ui::pager("/vendor-sheet", page, pages.len())) }
        }
        @if visit.may(Right::Import) { (back(visit, faults)) }
    };
    Ok(ui::page(visit, &Frame::new(Place::VendorSheet, say::TITLE), &body))
}

/// How many things to do and questions.
fn counts(sheet: &VendorSheet) -> (usize, usize) {
    let asks = sheet.areas.iter().map(|it| it.asks.len()).sum();
    (asks, sheet.areas.iter().map(|it| it.questions.len()).sum())
}

/// The form by which a filled sheet comes back.
fn back(visit: &Visit, faults: &Faults) -> Markup {
    let field = html! {
        (faults.summary())
        (Field::new(say::FILE, "file", Kind::File).hint(say::FILE_HINT).show(faults))
    };
    html! {
        section.sheet.screen-only aria-labelledby="back" {
            h2 #back { (say::BACK) }
            p { (say::BACK_LEAD) }
            (ui::upload(visit, "/vendor-sheet/read", &field, &ui::button(say::READ, "")))
        }
    }
}

/// The sheet in pieces that are each small enough for one page.
pub(super) fn pages(sheet: &VendorSheet, room: usize) -> Vec<VendorSheet> {
    let empty = || VendorSheet { areas: Vec::new(), ..sheet.clone() };
    let weigh = |area: Area| {
        let sheet = VendorSheet { areas: vec![area], ..empty() };
        vendor::areas(&sheet, &|_| None).into_string().len()
    };
    let (mut pages, mut full) = (vec![empty()], 0);
    for area in &sheet.areas {
        let bare = || Area { asks: Vec::new(), questions: Vec::new(), ..area.clone() };
        let asks = area.asks.iter().map(|it| Area { asks: vec![it.clone()], ..bare() });
        let questions =
            area.questions.iter().map(|it| Area { questions: vec![it.clone()], ..bare() });
        for piece in asks.chain(questions) {
            let weight = weigh(piece.clone());
            if full > 0 && full + weight > room {
                pages.push(empty());
                full = 0;
            }
            full += weight;
            let Some(page) = pages.last_mut() else { continue };
            match page.areas.last_mut().filter(|it| it.number == piece.number) {
                Some(same) => {
                    same.asks.extend(piece.asks);
                    same.questions.extend(piece.questions);
                }
                None => page.areas.push(piece),
            }
        }
    }
    pages
}

async fn workbook(visit: Visit) -> Result<Response, PageError> {
    let book = visit.book().await?;
    let sheet = of(&visit, &book);
    let day = crate::ops::day(sheet.as_of, &crate::ops::zone(&book.organization.zone));
    let bytes = tokio::task::spawn_blocking(move || xlsx(&sheet)).await??;
    let name = format!("attachment; filename=\"vendor-sheet-{day}.xlsx\"");
    Ok(([(CONTENT_TYPE, WORKBOOK.to_owned()), (CONTENT_DISPOSITION, name)], bytes).into_response())
}

/// Reads a filled sheet and lets it wait until the person has looked it over.
async fn read(visit: Visit, fields: Fields) -> Result<Response, PageError> {
    let mut faults = Faults::default();
    let files: Vec<_> = fields.files("file").cloned().collect();
    if files.is_empty() {
        faults.add("file", say::NO_FILE);
    } else if let Err(what) = import::keep(&visit, &files).await? {
        faults.add("file", what);
    }
    if !faults.is_empty() {
        return Ok(ui::again(shown(&visit, 1, &faults).await?));
    }
    Ok(ui::go("/import/waiting", None))
}

#[cfg(test)]
mod tests {
    use asepsis_core::catalog::Severity;
    use asepsis_report::vendor_sheet::Ask;

    use super::*;

    fn ask(check: String) -> Ask {
        Ask {
            check,
            title: "x".repeat(400),
            severity: Severity::Low,
            saw: Vec::new(),
            more: 0,
            failing: 1,
            applicable: 1,
            noun: "computer".to_owned(),
            hours: 1.0,
            dollars: 0.0,
            serves: Vec::new(),
            fix: String::new(),
            sources: Vec::new(),
        }
    }

    #[test]
    fn a_long_sheet_is_cut_into_pages_and_nothing_is_lost() {
        let area = |number: u8| Area {
            number,
            name: "An area".to_owned(),
            asks: (0..9).map(|at| ask(format!("check.{number}-{at}"))).collect(),
            questions: Vec::new(),
        };
        let sheet = VendorSheet {
            organization: "Clinic".to_owned(),
            as_of: asepsis_core::time::Timestamp::from_millis(0),
            day: "Jan 1, 1970".to_owned(),
            areas: vec![area(1), area(2), area(3)],
        };
        let pages = pages(&sheet, 6_000);
        assert!(pages.len() > 3, "{}", pages.len());
        let all = |sheet: &VendorSheet| {
            let asks = sheet.areas.iter().flat_map(|it| &it.asks);
            asks.map(|it| it.check.clone()).collect::<Vec<_>>()
        };
        let mut kept = Vec::new();
        for page in &pages {
            assert!(vendor::areas(page, &|_| None).into_string().len() < 6_000);
            kept.extend(all(page));
        }
        assert_eq!(kept, all(&sheet));
        let empty = VendorSheet { areas: Vec::new(), ..sheet };
        assert_eq!(super::pages(&empty, 6_000), [empty]);
    }
}

//! What comes in a file: looked over first, brought in when the person says so.

mod columns;
mod english;
mod history;
mod one;
mod preview;

use asepsis_core::random::new_id;
use asepsis_store::uploads;
use axum::response::Response;
use maud::{Markup, html};

use crate::ops::{Ask, By, Given, ImportError, ReadError, recognize, understand};
use crate::web::error::PageError;
use crate::web::fields::{Fields, Upload};
use crate::web::rights::Right;
use crate::web::routes::{Route, get, post};
use crate::web::ui::{self, Faults, Field, Frame, Kind, Place, Said};
use crate::web::visit::Visit;
use english as say;

/// The most that can be sent at once.
const LARGEST: usize = 16 << 20;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/import", Right::Import, page),
        post("/import", Right::Import, send).taking(LARGEST),
        get("/import/waiting", Right::Import, waiting),
        post("/import/record", Right::Import, record),
        post("/import/drop", Right::Import, drop_waiting),
        get("/import/history", Right::Import, history::page),
        get("/import/one", Right::Import, one::page),
        post("/import/undo", Right::Import, history::undo),
        get("/import/columns", Right::Import, columns::page),
        post("/import/columns", Right::Import, columns::send).taking(LARGEST),
        post("/import/columns/keep", Right::Import, columns::keep),
        post("/import/columns/forget", Right::Import, columns::forget),
        get("/import/columns/file", Right::Import, columns::file),
    ]
}

async fn page(visit: Visit) -> Result<Response, PageError> {
    Ok(ui::shown(shown(&visit, &Faults::default()).await?))
}

async fn shown(visit: &Visit, faults: &Faults) -> Result<Markup, PageError> {
    let (store, account) = (&visit.home().store, visit.account()?);
    let waiting = store.uploads(&visit.home().organization, &account.id, visit.now).await?;
    let field = html! {
        (faults.summary())
        (Field::new(say::FILES, "files", Kind::Files).hint(say::FILES_HINT).show(faults))
    };
    let body = html! {
        @if visit.said == Some(Said::Imported) {
            p { (say::THEN) @for (to, name) in say::THEN_WHERE { " " a href=(to) { (name) } } }
        }
        @if !waiting.is_empty() {
            p.notice { (say::some_wait(waiting.len())) " " a href="/import/waiting" { (say::LOOK_OVER) } }
        }
        section.stack {
            p.lead { (say::LEAD) }
            (ui::upload(visit, "/import", &field, &ui::button(say::READ, "")))
        }
        section.stack aria-labelledby="what" {
            h2 #what { (say::WHAT) }
            dl.pairs {
                div { dt { (say::FACTS) } dd { (say::how_facts()) } }
                div { dt { (say::SHEET) } dd { (say::how_sheet()) } }
                @for (what, how) in say::HOW { div { dt { (what) } dd { (how) } } }
            }
            p.quiet { (say::NOTHING_ELSE) }
            p { a href="/import/columns" { (say::COLUMNS) } }
            p { a href="/import/history" { (say::HISTORY) } }
        }
    };
    Ok(ui::page(visit, &Frame::new(Place::Files, say::TITLE), &body))
}

async fn send(visit: Visit, fields: Fields) -> Result<Response, PageError> {
    let mut faults = Faults::default();
    let files: Vec<_> = fields.files("files").cloned().collect();
    if files.is_empty() {
        faults.add("files", say::NO_FILE);
    } else if let Err(what) = keep(&visit, &files).await? {
        faults.add("files", what);
    }
    if !faults.is_empty() {
        return Ok(ui::again(shown(&visit, &faults).await?));
    }
    Ok(ui::go("/import/waiting", None))
}

/// Finds out what files are, and lets them wait; if one is nothing that can be taken, none waits, and
/// the text says which and why.
pub(super) async fn keep(visit: &Visit, files: &[Upload]) -> Result<Result<(), String>, PageError> {
    let home = visit.home();
    for file in files {
        let told = home.told(None, None, visit.now).await?;
        let sound = match read(&file.name, file.bytes.clone()).await? {
            Ok(Given::File(it)) => home.plan_import(&it, &told).await.map(drop),
            Ok(Given::Sheet(_)) => Ok(()),
            Err(error) => Err(error),
        };
        match sound {
            Ok(()) => {}
            Err(ImportError::Read(ReadError::NoMapping { titles, .. })) => {
                return Ok(Err(say::no_mapping(&file.name, &titles)));
            }
            Err(error) => return Ok(Err(say::not_taken(&file.name, &error.to_string()))),
        }
    }
    for file in files {
        let upload = uploads::Upload {
            id: new_id("upload", home.random()),
            account: visit.account()?.id.clone(),
            name: file.name.clone(),
            content: file.bytes.clone(),
            created_at: visit.now,
        };
        if !home.store.keep_upload(&home.organization, &upload).await? {
            return Ok(Err(say::FULL.to_owned()));
        }
    }
    Ok(Ok(()))
}

/// Reads a file on a thread of its own: a large one takes a while.
async fn read(name: &str, bytes: Vec<u8>) -> Result<Result<Given, ImportError>, PageError> {
    let name = name.to_owned();
    Ok(tokio::task::spawn_blocking(move || recognize(&name, bytes)).await?)
}

/// A file that waits, read once more.
async fn waiting_file(
    visit: &Visit,
    id: &str,
) -> Result<Option<(uploads::Upload, Given)>, PageError> {
    let (home, account) = (visit.home(), visit.account()?);
    let found = home.store.upload(&home.organization, &account.id, id, visit.now).await?;
    let Some(mut upload) = found else { return Ok(None) };
    let given = read(&upload.name, std::mem::take(&mut upload.content)).await?;
    Ok(given.ok().map(|given| (upload, given)))
}

async fn waiting(visit: Visit) -> Result<Response, PageError> {
    Ok(ui::shown(shown_waiting(&visit, &Faults::default()).await?))
}

async fn shown_waiting(visit: &Visit, faults: &Faults) -> Result<Markup, PageError> {
    let (home, account) = (visit.home(), visit.account()?);
    let book = visit.book().await?;
    let mut files = Vec::new();
    for file in home.store.uploads(&home.organization, &account.id, visit.now).await? {
        if let Some((upload, given)) = waiting_file(visit, &file.id).await? {
            files.push(preview::File::of(visit, upload, given).await?);
        }
    }
    let fields = html! {
        (faults.summary())
        @for (at, file) in files.iter().enumerate() { (file.show(visit, &book, at, files.len() == 1, faults)) }
        div.row {
            (ui::button(say::BRING_IN, ""))
            button.button.plain type="submit" formaction="/import/drop" formnovalidate { (say::DROP) }
        }
        p.hint { (say::WAITS) }
    };
    let body = html! {
        @if files.is_empty() {
            p { (say::NOTHING_WAITS) }
        } @else {
            p.lead { (say::PREVIEW_LEAD) }
            (ui::form(visit, "/import/record", &fields))
        }
        p { a href="/import" { (say::ANOTHER) } }
    };
    Ok(ui::page(visit, &Frame::new(Place::Files, say::PREVIEW), &body))
}

async fn record(visit: Visit, fields: Fields) -> Result<Response, PageError> {
    let (home, account) = (visit.home(), visit.account()?);
    let mut recorded = false;
    let mut faults = Faults::default();
    for (_, id) in fields.beginning("file-") {
        let Some((upload, given)) = waiting_file(&visit, id).await? else { continue };
        match given {
            Given::File(file) => {
                let text = |what: &str| fields.text(&format!("{what}-{}", upload.id));
                let (date, host) = (text("date"), text("host"));
                let date = Some(date).filter(|it| !it.is_empty());
                let told = home.told(date, Some(host), visit.now).await;
                let taken = match told {
                    Ok(told) => {
                        home.import_file(&file, &told, By::Person(&account.person), None).await
                    }
                    Err(error) => Err(error),
                };
                if let Err(error) = taken {
                    add(&mut faults, &upload.id, error)?;
                    continue;
                }
            }
            Given::Sheet(filled) => {
                let taken = understand(visit.catalog(), filled);
                let by = preview::name(fields.text(&format!("by-{}", upload.id)));
                let taken = if by.is_empty() { taken } else { taken.signed(&by) };
                home.import_sheet(&taken, Some(&account.person), visit.now).await?;
            }
        }
        home.store.drop_upload(&home.organization, &account.id, &upload.id).await?;
        recorded = true;
    }
    if !faults.is_empty() {
        return Ok(ui::again(shown_waiting(&visit, &faults).await?));
    }
    let left = home.store.uploads(&home.organization, &account.id, visit.now).await?;
    let to = if left.is_empty() { "/import" } else { "/import/waiting" };
    Ok(ui::go(to, recorded.then_some(Said::Imported)))
}

/// What somebody has to say or to put right before a file can be brought in; anything else is no fault
/// of theirs.
fn add(faults: &mut Faults, upload: &str, error: ImportError) -> Result<(), PageError> {
    let (date, host) = (format!("date-{upload}"), format!("host-{upload}"));
    match error {
        ImportError::Asks(asks) => {
            for ask in asks {
                match ask {
                    Ask::Date => faults.add(&date, say::NO_DATE),
                    Ask::Host => faults.add(&host, say::NO_HOST),
                }
            }
        }
        ImportError::Moment(_) | ImportError::Future { .. } => faults.add(&date, error.to_string()),
        other => return Err(other.into()),
    }
    Ok(())
}

async fn drop_waiting(visit: Visit, fields: Fields) -> Result<Response, PageError> {
    let (home, account) = (visit.home(), visit.account()?);
    let mut dropped = false;
    for (_, id) in fields.beginning("file-") {
        dropped |= home.store.drop_upload(&home.organization, &account.id, id).await?;
    }
    Ok(ui::go("/import", dropped.then_some(Said::Removed)))
}

//! What the columns of a table mean: a draft made from a table, put right by a person, kept and handed on.

use axum::extract::Query;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use maud::{Markup, html};

use super::english as say;
use crate::ops::{Given, ImportError, KnownMapping, draft};
use crate::web::error::PageError;
use crate::web::fields::{Fields, Upload};
use crate::web::ui::{self, Column, Faults, Field, Frame, Kind, Place, Said};
use crate::web::visit::Visit;

/// Most bytes of a mapping on a page: what one field of a form may hold.
const LARGEST: usize = 64 << 10;

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    id: String,
}

pub(super) async fn page(visit: Visit) -> Result<Response, PageError> {
    Ok(ui::shown(shown(&visit, "", &Faults::default()).await?))
}

/// A table, for a draft; or a mapping that somebody else made.
pub(super) async fn send(visit: Visit, fields: Fields) -> Result<Response, PageError> {
    let mut faults = Faults::default();
    let text = match fields.files("table").next() {
        None => {
            faults.add("table", say::NO_TABLE);
            String::new()
        }
        Some(file) => match text_of(file).await? {
            Ok(text) => text,
            Err(error) => {
                faults.add("table", say::not_taken(&file.name, &error.to_string()));
                String::new()
            }
        },
    };
    Ok(ui::again(shown(&visit, &text, &faults).await?))
}

async fn text_of(file: &Upload) -> Result<Result<String, ImportError>, PageError> {
    // A mapping says in its first lines that it is one. Larger ones than a form sends back are brought in
    // by the command line.
    if file.bytes.len() <= LARGEST
        && let Ok(text) = std::str::from_utf8(&file.bytes)
        && text.contains(say::MAPPING_FORMAT)
    {
        return Ok(Ok(text.to_owned()));
    }
    Ok(match super::read(&file.name, file.bytes.clone()).await? {
        Ok(Given::File(it)) => tokio::task::spawn_blocking(move || draft(&it)).await?,
        Ok(Given::Sheet(_)) => Ok(String::new()),
        Err(error) => Err(error),
    })
}

pub(super) async fn keep(visit: Visit, fields: Fields) -> Result<Response, PageError> {
    let text = fields.raw("mapping").replace("\r\n", "\n");
    match visit.home().keep_mapping(text.as_bytes()).await {
        Ok(_) => Ok(ui::go("/import/columns", Some(Said::Saved))),
        Err(error @ (ImportError::Mapping(_) | ImportError::Busy)) => {
            let mut faults = Faults::default();
            faults.add("mapping", error.to_string());
            Ok(ui::again(shown(&visit, &text, &faults).await?))
        }
        Err(other) => Err(other.into()),
    }
}

pub(super) async fn forget(visit: Visit, fields: Fields) -> Result<Response, PageError> {
    match visit.home().forget_mapping(fields.text("id")).await {
        Ok(()) => Ok(ui::go("/import/columns", Some(Said::Removed))),
        Err(ImportError::Mapping(_)) => Err(PageError::NotFound),
        Err(other) => Err(other.into()),
    }
}

/// The file of a mapping that is kept, to be handed on.
pub(super) async fn file(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    let known = visit.home().mappings().await?;
    let kept = known.into_iter().find(|it| it.mapping.id == asked.id && it.text.is_some());
    let Some(KnownMapping { mapping, text: Some(text) }) = kept else {
        return Err(PageError::NotFound);
    };
    // An id is small letters, digits and hyphens.
    let name = format!("attachment; filename=\"{}.toml\"", mapping.id);
    let kind = (header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned());
    Ok(([kind, (header::CONTENT_DISPOSITION, name)], text).into_response())
}

async fn shown(visit: &Visit, text: &str, faults: &Faults) -> Result<Markup, PageError> {
    let known = visit.home().mappings().await?;
    let field = html! {
        (Field::new(say::TABLE, "table", Kind::File).hint(say::TABLE_HINT).show(faults))
    };
    let keep = html! {
        (Field::new(say::MEANING, "mapping", Kind::Lines).value(text).hint(say::MEANING_HINT).show(faults))
        (ui::button(say::KEEP, ""))
    };
    let body = html! {
        (faults.summary())
        p.lead { (say::COLUMNS_LEAD) }
        (ui::upload(visit, "/import/columns", &field, &ui::button(say::DRAFT, "")))
        @if !text.is_empty() || !faults.is_empty() {
            section.sheet aria-labelledby="meaning" {
                h2 #meaning { (say::MEANING) }
                (ui::form(visit, "/import/columns/keep", &keep))
            }
        }
        section.stack aria-labelledby="known" {
            h2 #known { (say::KNOWN) }
            (table(visit, &known))
        }
        p { a href="/import" { (say::ANOTHER) } }
    };
    Ok(ui::page(visit, &Frame::new(Place::Files, say::COLUMNS).wide(), &body))
}

fn table(visit: &Visit, known: &[KnownMapping]) -> Markup {
    let columns = [Column(say::IS_TABLE), Column(say::KNOWN_FROM), Column(say::TO_DO)];
    let row = |it: &KnownMapping| {
        let it_is = &it.mapping;
        vec![
            html! { (ui::cut(&it_is.title, 80)) span.aside { (it_is.id) } },
            html! {
                @if it_is.source.is_empty() { (say::NOT_SAID) } @else { (ui::cut(&it_is.source, 120)) }
            },
            html! {
                @if it.text.is_some() {
                    a href=(ui::address("/import/columns/file", &[("id", &it_is.id)])) { (say::HAND_ON) } " "
                    (ui::form(visit, "/import/columns/forget", &html! {
                        (ui::hidden("id", &it_is.id))
                        (ui::button(&say::forget(&it_is.id), "plain"))
                    }))
                } @else { (say::SHIPPED) }
            },
        ]
    };
    ui::table(&html! { (say::KNOWN_ROWS) }, &columns, known.iter().map(row))
}

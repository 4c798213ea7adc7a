//! Files that were brought in before, and taking one back.

use axum::response::Response;
use maud::{Markup, html};

use super::english as say;
use crate::ops::{By, ImportError, PastImport};
use crate::web::error::PageError;
use crate::web::fields::Fields;
use crate::web::ui::{self, Choice, Column, Faults, Field, Frame, Kind, Place, Said};
use crate::web::visit::Visit;

/// Most files that are listed; the newest come first.
const MOST: usize = 60;

pub(super) async fn page(visit: Visit) -> Result<Response, PageError> {
    Ok(ui::shown(shown(&visit, &Faults::default()).await?))
}

async fn shown(visit: &Visit, faults: &Faults) -> Result<Markup, PageError> {
    let past = visit.home().past_imports().await?;
    let book = visit.book().await?;
    let columns =
        [Column(say::FILE), Column(say::STATE_OF), Column(say::ADDED), Column(say::BROUGHT_IN)];
    let row = |it: &PastImport| {
        let left: u64 = it.import.left.iter().map(|left| left.count).sum();
        let made_by = match it.import.made_by.as_str() {
            "" => it.import.format.as_str(),
            made_by => made_by,
        };
        vec![
            html! {
                a href=(ui::address("/import/one", &[("entry", &it.seq.to_string())])) { (ui::cut(&it.import.file, 60)) }
                span.aside { (ui::cut(made_by, 60)) }
            },
            html! { (ui::day(&book, it.import.effective)) },
            html! {
                @if let Some(undone) = &it.undone {
                    span.chip { (say::TAKEN_BACK) } " " (ui::cut(&undone.reason, 80))
                    span.aside { (ui::entry(undone.seq)) }
                } @else {
                    (say::added(it.import.entries, it.import.again.len()))
                    @if left > 0 { span.aside { (say::left_out(left)) } }
                }
            },
            html! {
                (ui::day(&book, it.recorded_at)) ", " (ui::person(&book, &it.author))
                span.aside { (ui::entry(it.seq)) }
            },
        ]
    };
    let counting = past.iter().take(MOST).filter(|it| it.undone.is_none());
    let counting: Vec<(String, String)> = counting
        .map(|it| {
            let label = format!("{} ({})", it.import.file, it.import.effective.date());
            (it.seq.to_string(), label)
        })
        .collect();
    let choices: Vec<Choice<'_>> = counting
        .iter()
        .map(|(value, label)| Choice { value, label, hint: "", chosen: false })
        .collect();
    let fields = html! {
        (ui::select(say::WHICH_FILE, "import", &choices))
        (Field::new(say::WHY, "reason", Kind::Text).hint(say::WHY_HINT).show(faults))
        (ui::button(say::TAKE_BACK, "danger"))
    };
    let body = html! {
        (faults.summary())
        @if past.is_empty() { p { (say::NO_HISTORY) } } @else {
            (ui::table(&html! { (say::HISTORY) }, &columns, past.iter().take(MOST).map(row)))
        }
        @if !choices.is_empty() {
            section.sheet aria-labelledby="back" {
                h2 #back { (say::TAKE_BACK) }
                p { (say::TAKE_BACK_LEAD) }
                (ui::form(visit, "/import/undo", &fields))
            }
        }
        p { a href="/import" { (say::ANOTHER) } }
    };
    Ok(ui::page(visit, &Frame::new(Place::Files, say::HISTORY).wide(), &body))
}

pub(super) async fn undo(visit: Visit, fields: Fields) -> Result<Response, PageError> {
    let Ok(import) = fields.text("import").parse::<u64>() else { return Err(PageError::NotFound) };
    let by = By::Person(&visit.account()?.person);
    let undone = visit.home().undo_import(import, fields.text("reason"), by, visit.now).await;
    match undone {
        Ok(_) => Ok(ui::go("/import/history", Some(Said::Removed))),
        Err(error @ (ImportError::Reason { .. } | ImportError::NoImport { .. })) => {
            let mut faults = Faults::default();
            faults.add("reason", error.to_string());
            Ok(ui::again(shown(&visit, &faults).await?))
        }
        Err(other) => Err(other.into()),
    }
}

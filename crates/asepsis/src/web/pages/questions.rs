//! Questions: one a page, those that settle most first, ten at a sitting; what was answered, by whom;
//! and the same on paper.

mod all;
pub(super) mod answer;
mod english;
mod one;
mod paper;
mod pause;
mod sitting;
mod start;

use asepsis_core::catalog::Question;
use asepsis_core::statement::{Answer, Sureness};
use axum::extract::{Path, Query};
use axum::response::Response;

use crate::ops::{Answering, Book, Refused};
use crate::web::error::PageError;
use crate::web::fields::Fields;
use crate::web::rights::Right;
use crate::web::routes::{Route, get, post};
use crate::web::ui::{self, Faults, Said};
use crate::web::visit::Visit;
use answer::Typed;
use english as say;
use one::{Filled, Page};
use sitting::{Address, Line, Sitting, TEN};

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/questions", Right::Answer, start::page),
        get("/questions/next", Right::Answer, next),
        get("/questions/pause", Right::Answer, pause::page),
        get("/questions/all", Right::Answer, all::page),
        get("/questions/paper", Right::Answer, paper::page),
        get("/questions/{id}", Right::Answer, question),
        post("/questions/{id}", Right::Answer, save),
    ]
}

/// Leads to the next question of a sitting, or to its end.
async fn next(visit: Visit, Query(address): Query<Address>) -> Result<Response, PageError> {
    let book = visit.book().await?;
    let catalog = visit.catalog();
    let sitting = Sitting::begun(&address, catalog, &book);
    let line = Line::of(visit.account()?, catalog, &book);
    let next = line.next(&sitting);
    let to = match next.filter(|_| sitting.n <= TEN) {
        Some(question) => one::path(question, Some(&sitting)),
        None => format!("/questions/pause{}", sitting.query()),
    };
    // What the answer before came to is said on the next page.
    Ok(ui::go(&to, visit.said))
}

async fn question(
    visit: Visit,
    Path(id): Path<String>,
    Query(address): Query<Address>,
) -> Result<Response, PageError> {
    let book = visit.book().await?;
    let question = visit.question(&id)?;
    let sitting = Sitting::of(&address, visit.catalog(), &book);
    let page = Page {
        visit: &visit,
        book: &book,
        question,
        sitting: sitting.as_ref(),
        change: address.change.is_some(),
        sent: None,
        faults: &Faults::default(),
    };
    Ok(ui::shown(page.show()?))
}

async fn save(
    visit: Visit,
    Path(id): Path<String>,
    Query(address): Query<Address>,
    fields: Fields,
) -> Result<Response, PageError> {
    let book = visit.book().await?;
    let question = visit.question(&id)?;
    let account = visit.account()?;
    let sitting = Sitting::of(&address, visit.catalog(), &book);
    let sent = Filled {
        typed: Typed::read(question, &fields, "answer"),
        fairly: fields.text("sure") == "fairly-sure",
        note: fields.text("note").to_owned(),
    };
    let Some(role) = sitting::role(account, question) else {
        return again(&visit, &book, question, sitting.as_ref(), sent, &Faults::default());
    };
    let mut faults = Faults::default();
    let answer = match (fields.text("do"), sent.typed.answer(question)) {
        ("dont-know", _) => Answer::DontKnow,
        (_, Ok(Some(answer))) => answer,
        (_, Ok(None)) => {
            faults.add("answer", say::NOTHING);
            return again(&visit, &book, question, sitting.as_ref(), sent, &faults);
        }
        (_, Err(what)) => {
            faults.add("answer", what);
            return again(&visit, &book, question, sitting.as_ref(), sent, &faults);
        }
    };
    let sure = if sent.fairly { Sureness::FairlySure } else { Sureness::Sure };
    let answering = Answering { question: id, answer, note: sent.note.clone(), sure };
    let read = fields.text("read").parse().ok();
    let (home, now) = (visit.home(), visit.now);
    match home.answer_what_was_read(&answering, read, &account.person, role, now).await {
        Ok(_) => {
            let to = match &sitting {
                Some(sitting) => format!("/questions/next{}", sitting.next().query()),
                None => format!("/questions/{}", question.id),
            };
            Ok(ui::go(&to, Some(Said::Saved)))
        }
        Err(Refused::Newer { .. }) => {
            let book = visit.book().await?;
            again(&visit, &book, question, sitting.as_ref(), sent, &faults)
        }
        Err(refused) => {
            let (field, what) = fault(refused)?;
            faults.add(field, what);
            again(&visit, &book, question, sitting.as_ref(), sent, &faults)
        }
    }
}

/// Which field is not right, and what to do.
fn fault(refused: Refused) -> Result<(&'static str, String), PageError> {
    match refused {
        Refused::PatientData { found, .. } => Ok(("note", say::patient_data(&found))),
        Refused::TooLong { .. } => Ok(("note", say::TOO_LONG.to_owned())),
        Refused::NotOffered { .. } => Ok(("answer", say::NOTHING.to_owned())),
        other => Err(other.into()),
    }
}

fn again(
    visit: &Visit,
    book: &Book,
    question: &Question,
    sitting: Option<&Sitting>,
    sent: Filled,
    faults: &Faults,
) -> Result<Response, PageError> {
    let page = Page { visit, book, question, sitting, change: true, sent: Some(sent), faults };
    Ok(ui::again(page.show()?))
}

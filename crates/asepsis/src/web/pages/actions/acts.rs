//! What people decide about an action. Nobody's words are lost: what is not taken comes back as typed.

use asepsis_core::decision::Decided;
use axum::extract::Path;
use axum::response::Response;

use super::{Typed, english as say, shown};
use crate::ops::{By, DecideError};
use crate::web::error::PageError;
use crate::web::fields::Fields;
use crate::web::rights::Right;
use crate::web::ui::{self, Faults, Said};
use crate::web::visit::Visit;

/// The fields in which a decision's words, day and person were typed.
struct Named {
    words: &'static str,
    day: &'static str,
}

pub(super) async fn choose(
    visit: Visit,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, PageError> {
    let some = |name: &str| Some(fields.text(name).to_owned()).filter(|it| !it.is_empty());
    let home = visit.home();
    let accounts = home.store.accounts(&home.organization).await?;
    let to = some("to");
    let known =
        |id: &String| accounts.iter().any(|it| it.person == *id && it.disabled_at.is_none());
    if to.as_ref().is_some_and(|it| !known(it)) {
        let mut faults = Faults::default();
        faults.add("to", say::CHOOSE_SOMEBODY);
        return again(&visit, &id, &fields, &faults).await;
    }
    let decided = Decided::Chosen { to, due: some("due") };
    act(&visit, &id, &fields, decided, &Named { words: "to", day: "due" }, Said::Saved).await
}

pub(super) async fn postpone(
    visit: Visit,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, PageError> {
    let text = |name: &str| fields.text(name).to_owned();
    let decided = Decided::Postponed { reason: text("later-reason"), until: text("later-until") };
    let named = Named { words: "later-reason", day: "later-until" };
    act(&visit, &id, &fields, decided, &named, Said::Saved).await
}

pub(super) async fn accept(
    visit: Visit,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, PageError> {
    let text = |name: &str| fields.text(name).to_owned();
    let decided = Decided::Accepted { reason: text("accept-reason"), until: text("accept-until") };
    let named = Named { words: "accept-reason", day: "accept-until" };
    act(&visit, &id, &fields, decided, &named, Said::Accepted).await
}

pub(super) async fn done(
    visit: Visit,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, PageError> {
    let decided = Decided::Done { note: fields.text("note").to_owned() };
    act(&visit, &id, &fields, decided, &Named { words: "note", day: "note" }, Said::Done).await
}

pub(super) async fn reopen(
    visit: Visit,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, PageError> {
    let decided = Decided::Reopened { reason: fields.text("again-reason").to_owned() };
    let named = Named { words: "again-reason", day: "again-reason" };
    act(&visit, &id, &fields, decided, &named, Said::Saved).await
}

async fn act(
    visit: &Visit,
    id: &str,
    fields: &Fields,
    decided: Decided,
    named: &Named,
    said: Said,
) -> Result<Response, PageError> {
    let by = By::Person(&visit.account()?.person);
    let mut faults = Faults::default();
    match visit.home().decide(id, decided, by, visit.now).await {
        Ok(_) if visit.may(Right::See) => {
            return Ok(ui::go(&format!("/actions/{id}#said"), Some(said)));
        }
        Ok(_) => return Ok(ui::go("/vendor-sheet", Some(said))),
        Err(DecideError::NoAction(_)) => return Err(PageError::NotFound),
        Err(DecideError::Home(error)) => return Err(error.into()),
        Err(DecideError::NoReason) => faults.add(named.words, say::NO_REASON),
        Err(DecideError::TooLong) => faults.add(named.words, say::TOO_LONG),
        Err(DecideError::PatientData(found)) => {
            let sector = visit.book().await?.organization.sector;
            faults.add(named.words, say::held_back(&found, ui::data_word(sector)));
        }
        Err(DecideError::Day(_)) => faults.add(named.day, say::NOT_A_DAY),
        Err(DecideError::Reach(_)) => faults.add(named.day, say::OUT_OF_REACH),
        Err(DecideError::Nobody(_)) => faults.add("to", say::CHOOSE_SOMEBODY),
    }
    again(visit, id, fields, &faults).await
}

/// The page once more, with what is wrong and with all that was typed.
async fn again(
    visit: &Visit,
    id: &str,
    fields: &Fields,
    faults: &Faults,
) -> Result<Response, PageError> {
    Ok(ui::again(shown(visit, id, Some(&Typed { fields, faults })).await?))
}

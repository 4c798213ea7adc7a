//! What people send about a thing to do. Nobody's words are lost: where somebody else wrote meanwhile, the
//! page comes back with both.

use asepsis_core::action::ActionChange;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};

use super::english as say;
use super::one::{self, Typed};
use crate::ops::{ActionError, By};
use crate::web::error::PageError;
use crate::web::fields::Fields;
use crate::web::rights::Right;
use crate::web::ui::{self, Faults, Said};
use crate::web::visit::Visit;

pub(super) async fn plan(
    visit: Visit,
    Path(check): Path<String>,
    fields: Fields,
) -> Result<Response, PageError> {
    act(&visit, &check, &fields, ActionChange::Planned, Said::Saved).await
}

pub(super) async fn assign(
    visit: Visit,
    Path(check): Path<String>,
    fields: Fields,
) -> Result<Response, PageError> {
    let home = visit.home();
    let accounts = home.store.accounts(&home.organization).await?;
    let to = fields.text("to").to_owned();
    let known = accounts.iter().any(|it| it.person == to && it.disabled_at.is_none());
    if !known {
        let mut faults = Faults::default();
        faults.add("to", say::CHOOSE_SOMEBODY);
        return again(&visit, &check, &fields, &faults).await;
    }
    let due = Some(fields.text("due").to_owned()).filter(|it| !it.is_empty());
    act(&visit, &check, &fields, ActionChange::Assigned { to, due }, Said::Saved).await
}

pub(super) async fn done(
    visit: Visit,
    Path(check): Path<String>,
    fields: Fields,
) -> Result<Response, PageError> {
    let note = fields.text("note").to_owned();
    act(&visit, &check, &fields, ActionChange::Done { note }, Said::Done).await
}

pub(super) async fn reopen(
    visit: Visit,
    Path(check): Path<String>,
    fields: Fields,
) -> Result<Response, PageError> {
    let reason = fields.text("reason").to_owned();
    act(&visit, &check, &fields, ActionChange::Reopened { reason }, Said::Saved).await
}

pub(super) async fn comment(
    visit: Visit,
    Path(check): Path<String>,
    fields: Fields,
) -> Result<Response, PageError> {
    let text = fields.text("text").to_owned();
    act(&visit, &check, &fields, ActionChange::Commented { text }, Said::Commented).await
}

/// The field in which the words of a change were typed.
const fn field(change: &ActionChange) -> &'static str {
    match change {
        ActionChange::Planned => "plan",
        ActionChange::Assigned { .. } => "due",
        ActionChange::Done { .. } => "note",
        ActionChange::Reopened { .. } => "reason",
        ActionChange::Commented { .. } => "text",
    }
}

async fn act(
    visit: &Visit,
    check: &str,
    fields: &Fields,
    change: ActionChange,
    said: Said,
) -> Result<Response, PageError> {
    let field = field(&change);
    let by = By::Person(&visit.account()?.person);
    let mut faults = Faults::default();
    match visit.home().act(check, change, read(fields), by, visit.now).await {
        Ok(_) if visit.may(Right::See) => {
            return Ok(ui::go(&format!("/plan/{check}#said"), Some(said)));
        }
        Ok(_) => return Ok(ui::go("/vendor-sheet", Some(said))),
        Err(ActionError::NoCheck(_)) => return Err(PageError::NotFound),
        Err(ActionError::Home(error)) => return Err(error.into()),
        Err(ActionError::Newer) => return newer(visit, check, fields).await,
        Err(ActionError::Empty) => faults.add(field, say::EMPTY),
        Err(ActionError::TooLong) => faults.add(field, say::TOO_LONG),
        Err(ActionError::PatientData(found)) => {
            let sector = visit.book().await?.organization.sector;
            faults.add(field, say::held_back(&found, ui::data_word(sector)));
        }
        Err(ActionError::Day(_)) => faults.add(field, say::NOT_A_DAY),
    }
    again(visit, check, fields, &faults).await
}

/// The last entry that the writer had seen.
fn read(fields: &Fields) -> Option<u64> {
    fields.text("read").parse().ok()
}

/// The page once more, with what is wrong and with all that was typed.
async fn again(
    visit: &Visit,
    check: &str,
    fields: &Fields,
    faults: &Faults,
) -> Result<Response, PageError> {
    let typed = Typed { fields, faults, read: read(fields), newer: false };
    Ok(ui::again(one::shown(visit, check, 1, Some(&typed)).await?))
}

/// The page once more, because somebody else wrote meanwhile.
async fn newer(visit: &Visit, check: &str, fields: &Fields) -> Result<Response, PageError> {
    let typed = Typed { fields, faults: &Faults::default(), read: read(fields), newer: true };
    let page = one::shown(visit, check, 1, Some(&typed)).await?;
    Ok((StatusCode::CONFLICT, ui::shown(page)).into_response())
}

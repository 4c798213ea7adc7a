//! One person who may use the book: what they may do, and help when they cannot sign in.

use asepsis_report::words;
use asepsis_store::accounts::{Account, AccountError, Rights};
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};

use super::people::{Typed, field_of};
use super::say;
use crate::ops::AccountOpError;
use crate::web::error::PageError;
use crate::web::fields::Fields;
use crate::web::rights::Right;
use crate::web::routes::{Route, get, post};
use crate::web::ui::{self, Faults, Field, Kind, Said};
use crate::web::visit::Visit;

const NEW: &str = "new-passphrase";
const OWN: &str = "passphrase";
const DO: &str = "do";
const PASSPHRASE: &str = "passphrase";
const FACTOR: &str = "factor";
const STOP: &str = "stop";

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/settings/people/{id}", Right::Manage, page),
        post("/settings/people/{id}", Right::Manage, change),
        post("/settings/people/{id}/help", Right::Manage, help),
        post("/settings/people/{id}/stop", Right::Manage, stop),
        post("/settings/people/{id}/sign-out", Right::Manage, sign_out),
    ]
}

async fn found(visit: &Visit, id: &str) -> Result<Account, PageError> {
    let home = visit.home();
    home.store.account(&home.organization, id).await?.ok_or(PageError::NotFound)
}

fn path(account: &Account, rest: &str) -> String {
    format!("/settings/people/{}{rest}", account.id)
}

fn typed(account: &Account) -> Typed<'_> {
    Typed {
        name: &account.name,
        sign_in: &account.sign_in,
        rights: Some(account.rights),
        roles: account.roles.iter().map(String::as_str).collect(),
    }
}

async fn page(visit: Visit, Path(id): Path<String>) -> Result<Response, PageError> {
    let account = found(&visit, &id).await?;
    Ok(ui::shown(show(&visit, &account, &typed(&account), &Faults::default()).await?))
}

async fn show(
    visit: &Visit,
    account: &Account,
    typed: &Typed<'_>,
    faults: &Faults,
) -> Result<Markup, PageError> {
    let zone = crate::ops::zone(&visit.book().await?.organization.zone);
    let fields = html! {
        (typed.name_field(faults))
        (typed.rights_field(faults))
        (typed.roles_field(faults))
        (ui::button(say::SAVE, ""))
    };
    let own = visit.account()?.id == account.id;
    let body = html! {
        (faults.summary())
        dl.pairs {
            div { dt { (say::SIGN_IN_NAME) } dd { (account.sign_in) } }
            div { dt { (say::FACTOR) } dd { @if account.totp.is_some() { (say::ON) } @else { (say::OFF) } } }
            div { dt { (say::HERE_SINCE) } dd { (words::day(&zone, account.created_at)) } }
            @if let Some(since) = account.disabled_at {
                div { dt { (say::STOPPED_SINCE) } dd { (words::day(&zone, since)) } }
            }
        }
        section.stack aria-labelledby="who" {
            h2 #who { (say::WHO_AND_WHAT) }
            (ui::form(visit, &path(account, ""), &fields))
        }
        @if own {
            p { (say::THIS_IS_YOU) " " a href="/settings/sign-in" { (say::SIGN_IN) } " · " a href="/settings/second-factor" { (say::FACTOR) } }
        } @else {
            (cannot_sign_in(visit, account, faults))
            (no_more(visit, account))
        }
    };
    Ok(super::below(visit, ("/settings/people", say::PEOPLE), &account.name, &body))
}

/// A new passphrase, and the second step taken away: both open the account to whoever does it, so
/// that the owner's own passphrase is asked.
fn cannot_sign_in(visit: &Visit, account: &Account, faults: &Faults) -> Markup {
    let fields = html! {
        (Field::new(say::NEW_PASSPHRASE_FOR_THEM, NEW, Kind::Passphrase).optional().hint(say::FIRST_PASSPHRASE_HINT).autofill("new-password").show(faults))
        (Field::new(say::OWN_PASSPHRASE, OWN, Kind::Passphrase).autofill("current-password").show(faults))
        div.row {
            button.button type="submit" name=(DO) value=(PASSPHRASE) { (say::SET_PASSPHRASE) }
            @if account.totp.is_some() {
                button.button.danger type="submit" name=(DO) value=(FACTOR) { (say::DROP_FACTOR) }
            }
        }
    };
    html! {
        section.stack aria-labelledby="help" {
            h2 #help { (say::CANNOT_SIGN_IN) }
            p { (say::CANNOT_SIGN_IN_HOW) }
            (ui::form(visit, &path(account, "/help"), &fields))
        }
    }
}

fn no_more(visit: &Visit, account: &Account) -> Markup {
    let stopped = account.disabled_at.is_some();
    let label = if stopped { say::LET_IN_AGAIN } else { say::STOP };
    let stop = html! {
        (ui::hidden(STOP, if stopped { "no" } else { "yes" }))
        (ui::button(label, if stopped { "plain" } else { "danger" }))
    };
    html! {
        section.stack aria-labelledby="end" {
            h2 #end { (say::NO_MORE) }
            p { (say::NO_MORE_HOW) }
            div.row {
                @if !stopped { (ui::form(visit, &path(account, "/sign-out"), &ui::button(say::SIGN_OUT_EVERYWHERE, "plain"))) }
                (ui::form(visit, &path(account, "/stop"), &stop))
            }
        }
    }
}

async fn change(
    visit: Visit,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, PageError> {
    let account = found(&visit, &id).await?;
    let (typed, mut faults) = (Typed::of(&fields), Faults::default());
    let Some(rights) = typed.rights else {
        faults.add("rights", say::CHOOSE_RIGHTS);
        return Ok(ui::again(show(&visit, &account, &typed, &faults).await?));
    };
    let (me, roles) = (visit.account()?, typed.owned_roles());
    let given = (typed.name, rights, roles.as_slice());
    match visit.home().change_account(&account, given, &me.person, visit.now).await {
        Ok(()) => {
            // Who is no owner any more may not see this page again.
            let left = account.id == me.id && rights != Rights::Owner;
            let to = if left { "/settings".to_owned() } else { path(&account, "") };
            return Ok(ui::go(&to, Some(Said::Saved)));
        }
        Err(AccountOpError::Field(field, what)) => faults.add(field_of(field), what),
        Err(AccountOpError::Account(AccountError::LastOwner { .. })) => {
            faults.add("rights", say::LAST_OWNER);
        }
        Err(other) => return Err(other.into()),
    }
    Ok(ui::again(show(&visit, &account, &typed, &faults).await?))
}

async fn help(visit: Visit, Path(id): Path<String>, fields: Fields) -> Result<Response, PageError> {
    let account = found(&visit, &id).await?;
    // One's own goes the way that asks for the second step too.
    if account.id == visit.account()?.id {
        return Ok(ui::go("/settings/sign-in", None));
    }
    let mut faults = Faults::default();
    if !super::is_own_passphrase(&visit, &fields, OWN, &mut faults).await? {
        return Ok(ui::again(show(&visit, &account, &typed(&account), &faults).await?));
    }
    let home = visit.home();
    if fields.text(DO) == FACTOR {
        home.drop_factor(&account).await?;
        home.store.end_sessions_of(&home.organization, &account.id, None).await?;
        return Ok(ui::go(&path(&account, ""), Some(Said::FactorOff)));
    }
    let kept = visit.app.options.kept;
    match home.change_passphrase(&account.id, fields.raw(NEW), kept, None).await {
        Ok(()) => Ok(ui::go(&path(&account, ""), Some(Said::PassphraseSet))),
        Err(AccountOpError::Field(_, what)) => {
            faults.add(NEW, what);
            Ok(ui::again(show(&visit, &account, &typed(&account), &faults).await?))
        }
        Err(other) => Err(other.into()),
    }
}

async fn stop(visit: Visit, Path(id): Path<String>, fields: Fields) -> Result<Response, PageError> {
    let (account, home) = (found(&visit, &id).await?, visit.home());
    let since = match fields.text(STOP) {
        "yes" => Some(visit.now),
        "no" => None,
        _ => return Ok(ui::go(&path(&account, ""), None)),
    };
    match home.store.set_disabled(&home.organization, &account.id, since).await {
        Ok(_) => Ok(ui::go(&path(&account, ""), Some(Said::Saved))),
        Err(AccountError::LastOwner { .. }) => {
            let mut faults = Faults::default();
            faults.add("rights", say::LAST_OWNER);
            Ok(ui::again(show(&visit, &account, &typed(&account), &faults).await?))
        }
        Err(other) => Err(other.into()),
    }
}

async fn sign_out(visit: Visit, Path(id): Path<String>) -> Result<Response, PageError> {
    let (account, home) = (found(&visit, &id).await?, visit.home());
    home.store.end_sessions_of(&home.organization, &account.id, None).await?;
    Ok(ui::go(&path(&account, ""), Some(Said::SignedOutEverywhere)))
}

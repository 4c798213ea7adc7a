//! The way in and out: the first page, signing in with both factors, signing out.

mod english;

use axum::http::HeaderMap;
use axum::http::header::{SET_COOKIE, USER_AGENT};
use axum::response::{IntoResponse as _, Response};
use maud::html;

use crate::ops::{FactorError, SignIn, SignInError};
use crate::web::cookies::{self, Name};
use crate::web::error::PageError;
use crate::web::fields::Fields;
use crate::web::rights::Right;
use crate::web::routes::{Route, get, post};
use crate::web::token;
use crate::web::ui::{self, Faults, Field, Kind, Said};
use crate::web::visit::Visit;
use asepsis_store::accounts::Account;
use english as say;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/", Right::Open, first),
        get("/sign-in", Right::Open, sign_in_page),
        post("/sign-in", Right::Open, sign_in),
        get("/second-factor", Right::Open, factor_page),
        post("/second-factor", Right::Open, factor),
        post("/sign-out", Right::Own, sign_out),
    ]
}

/// Leads on to where the visitor belongs.
async fn first(visit: Visit) -> Result<Response, PageError> {
    if visit.half.is_some() {
        return Ok(ui::go("/second-factor", None));
    }
    let Some(who) = &visit.who else {
        let home = visit.home();
        let accounts = home.store.accounts(&home.organization).await?;
        return Ok(ui::go(if accounts.is_empty() { "/first-run" } else { "/sign-in" }, None));
    };
    let vendor = who.account.rights == asepsis_store::accounts::Rights::Vendor;
    Ok(ui::go(if vendor { "/vendor-sheet" } else { "/today" }, None))
}

async fn sign_in_page(visit: Visit) -> Result<Response, PageError> {
    Ok(ui::shown(sign_in_form(&visit, "", &Faults::default())))
}

fn sign_in_form(visit: &Visit, name: &str, faults: &Faults) -> maud::Markup {
    let fields = html! {
        (faults.summary())
        (Field::new(say::NAME, "sign-in", Kind::Text).value(name).autofill("username").show(faults))
        (Field::new(say::PASSPHRASE, "passphrase", Kind::Passphrase).autofill("current-password").show(faults))
        (ui::button(say::SIGN_IN, ""))
    };
    ui::plain(
        visit,
        say::SIGN_IN,
        &html! {
            (ui::form(visit, "/sign-in", &fields))
            p.quiet { (say::FORGOTTEN) }
        },
    )
}

async fn sign_in(visit: Visit, headers: HeaderMap, fields: Fields) -> Result<Response, PageError> {
    let name = fields.text("sign-in");
    let typed = SignIn {
        name,
        passphrase: fields.raw("passphrase"),
        address: visit.address,
        kept: visit.app.options.kept,
    };
    match visit.home().sign_in(typed, visit.now).await {
        Ok(account) => {
            let whole = account.totp.is_none();
            let cookie = begin(&visit, &account, whole, &headers).await?;
            let to = if whole { "/" } else { "/second-factor" };
            Ok(([(SET_COOKIE, cookie)], ui::go(to, None)).into_response())
        }
        Err(SignInError::Wrong) => {
            let mut faults = Faults::default();
            faults.add("passphrase", say::WRONG);
            Ok(ui::again(sign_in_form(&visit, name, &faults)))
        }
        Err(SignInError::Wait(seconds)) => Err(PageError::Wait(seconds)),
        Err(SignInError::Store(error)) => Err(error.into()),
    }
}

/// Begins a session with a new token, so that a cookie planted before is worth nothing, and ends the
/// one this browser had. Gives the cookie.
pub(super) async fn begin(
    visit: &Visit,
    account: &Account,
    second_factor: bool,
    headers: &HeaderMap,
) -> Result<String, PageError> {
    let home = visit.home();
    for old in visit.who.iter().chain(&visit.half) {
        home.store.end_session(&home.organization, old.kept).await?;
    }
    let token = token::new(home.random());
    let agent = headers.get(USER_AGENT).and_then(|it| it.to_str().ok()).unwrap_or_default();
    let kept = token::kept(&token);
    home.begin_session(account, kept, second_factor, agent, visit.now).await?;
    Ok(cookies::set(Name::Session, &token, Some(7 * 86_400), visit.app.options.tls))
}

async fn factor_page(visit: Visit) -> Result<Response, PageError> {
    if visit.half.is_none() {
        return Ok(ui::go("/", None));
    }
    Ok(ui::shown(factor_form(&visit, &Faults::default())))
}

fn factor_form(visit: &Visit, faults: &Faults) -> maud::Markup {
    let fields = html! {
        (faults.summary())
        (Field::new(say::CODE, "code", Kind::Text).hint(say::CODE_HINT).autofill("one-time-code").show(faults))
        (ui::button(say::GO_ON, ""))
    };
    ui::plain(visit, say::SECOND_STEP, &ui::form(visit, "/second-factor", &fields))
}

async fn factor(visit: Visit, headers: HeaderMap, fields: Fields) -> Result<Response, PageError> {
    let Some(half) = &visit.half else { return Ok(ui::go("/", None)) };
    match visit.home().second_factor(&half.account, fields.text("code"), visit.now).await {
        Ok(()) => {
            let cookie = begin(&visit, &half.account, true, &headers).await?;
            Ok(([(SET_COOKIE, cookie)], ui::go("/", None)).into_response())
        }
        Err(FactorError::Wrong) => {
            let mut faults = Faults::default();
            faults.add("code", say::WRONG_CODE);
            Ok(ui::again(factor_form(&visit, &faults)))
        }
        Err(FactorError::Wait(seconds)) => Err(PageError::Wait(seconds)),
        Err(FactorError::Store(error)) => Err(error.into()),
    }
}

async fn sign_out(visit: Visit) -> Result<Response, PageError> {
    let home = visit.home();
    for old in visit.who.iter().chain(&visit.half) {
        home.store.end_session(&home.organization, old.kept).await?;
    }
    let cookie = cookies::forget(Name::Session, visit.app.options.tls);
    Ok(([(SET_COOKIE, cookie)], ui::go("/sign-in", Some(Said::SignedOut))).into_response())
}

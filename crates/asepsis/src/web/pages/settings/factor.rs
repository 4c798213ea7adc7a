//! The second step of the sign-in: set it up with a telephone, get new recovery codes, take it off.

use axum::response::Response;
use maud::{Markup, html};

use super::{qr, say};
use crate::ops::{Enrollment, FactorError, Home};
use crate::web::error::PageError;
use crate::web::fields::Fields;
use crate::web::rights::Right;
use crate::web::routes::{Route, get, post};
use crate::web::ui::{self, Faults, Field, Kind, Said};
use crate::web::visit::Visit;

const HERE: &str = "/settings/second-factor";
const ON: &str = "/settings/second-factor/on";
const CHANGE: &str = "/settings/second-factor/change";
const PASSPHRASE: &str = "passphrase";
const CODE: &str = "code";
const SECRET: &str = "secret";
const DO: &str = "do";
const OFF: &str = "off";
const CODES: &str = "codes";

pub(super) fn routes() -> Vec<Route> {
    vec![get(HERE, Right::Own, page), post(ON, Right::Own, on), post(CHANGE, Right::Own, change)]
}

async fn page(visit: Visit) -> Result<Response, PageError> {
    let (account, none) = (visit.account()?, Faults::default());
    Ok(ui::shown(match account.totp {
        Some(_) => is_on(&visit, &none),
        None => set_up(&visit, &visit.home().enrollment(account), &none),
    }))
}

fn own_passphrase(faults: &Faults) -> Markup {
    let field = Field::new(say::OWN_PASSPHRASE, PASSPHRASE, Kind::Passphrase);
    field.autofill("current-password").show(faults)
}

fn code(label: &str, hint: &str, faults: &Faults) -> Markup {
    let field = Field::new(label, CODE, Kind::Text).hint(hint).autofill("one-time-code");
    field.show(faults)
}

fn set_up(visit: &Visit, new: &Enrollment, faults: &Faults) -> Markup {
    let fields = html! {
        (faults.summary())
        // Not kept here until a code shows that the telephone has it.
        (ui::hidden(SECRET, &new.secret))
        (code(say::CODE, "", faults))
        (own_passphrase(faults))
        (ui::button(say::FACTOR_ON, ""))
    };
    let body = html! {
        @if visit.app.options.beyond { p.notice { (say::ASKED_OF_ALL) } }
        p.lead { (say::FACTOR_WHY) }
        section.stack aria-labelledby="scan" {
            h2 #scan { (say::SCAN) }
            p { (say::SCAN_HOW) }
            @if let Some(drawing) = qr::code(&new.address, say::QR) { (drawing) }
            details {
                summary { (say::NO_CAMERA) }
                p { (say::TYPE_SECRET) }
                p { code { (say::spaced(&new.secret)) } }
                p { (say::OPEN_ADDRESS) }
                p { code { (new.address) } }
            }
        }
        section.stack aria-labelledby="confirm" {
            h2 #confirm { (say::CONFIRM) }
            (ui::form(visit, ON, &fields))
        }
    };
    super::framed(visit, say::FACTOR, &body)
}

async fn on(visit: Visit, fields: Fields) -> Result<Response, PageError> {
    let who = visit.who.as_ref().ok_or(PageError::SignIn)?;
    if who.account.totp.is_some() {
        return Ok(ui::go(HERE, None));
    }
    let mut faults = Faults::default();
    let Some(new) = Home::enrollment_of(&who.account, fields.text(SECRET)) else {
        faults.add(CODE, say::BEGIN_AGAIN);
        return Ok(ui::again(set_up(&visit, &visit.home().enrollment(&who.account), &faults)));
    };
    if !super::is_own_passphrase(&visit, &fields, PASSPHRASE, &mut faults).await? {
        return Ok(ui::again(set_up(&visit, &new, &faults)));
    }
    match visit.home().enroll(&who.account, &new.secret, fields.text(CODE), visit.now).await {
        Ok(codes) => {
            // Whoever came in without the second step goes through it now.
            let (home, id) = (visit.home(), &who.account.id);
            home.store.end_sessions_of(&home.organization, id, Some(who.kept)).await?;
            Ok(ui::shown(recovery(&visit, say::FACTOR_IS_ON, &codes)))
        }
        Err(FactorError::Wrong) => {
            faults.add(CODE, say::WRONG_CODE);
            Ok(ui::again(set_up(&visit, &new, &faults)))
        }
        Err(FactorError::Wait(seconds)) => Err(PageError::Wait(seconds)),
        Err(FactorError::Store(error)) => Err(error.into()),
    }
}

/// The recovery codes, shown this once.
fn recovery(visit: &Visit, lead: &str, codes: &[String]) -> Markup {
    let body = html! {
        p.lead { (lead) }
        section.sheet aria-labelledby="codes" {
            h2 #codes { (say::RECOVERY) }
            p { (say::RECOVERY_HOW) }
            ul.points { @for code in codes { li { code { (code) } } } }
        }
        p { a.button href="/settings" { (say::KEPT) } }
    };
    super::framed(visit, say::FACTOR, &body)
}

fn is_on(visit: &Visit, faults: &Faults) -> Markup {
    let fields = html! {
        (faults.summary())
        (own_passphrase(faults))
        (code(say::CODE, say::CODE_OR_RECOVERY, faults))
        div.row {
            button.button type="submit" name=(DO) value=(CODES) { (say::NEW_CODES) }
            button.button.danger type="submit" name=(DO) value=(OFF) { (say::FACTOR_OFF) }
        }
    };
    let body = html! {
        p.lead { (say::FACTOR_IS_ON) }
        section.stack aria-labelledby="change" {
            h2 #change { (say::CHANGE_FACTOR) }
            p { (say::CHANGE_FACTOR_HOW) }
            @if visit.app.options.beyond { p { (say::OFF_BEYOND) } }
            (ui::form(visit, CHANGE, &fields))
        }
    };
    super::framed(visit, say::FACTOR, &body)
}

async fn change(visit: Visit, fields: Fields) -> Result<Response, PageError> {
    let who = visit.who.as_ref().ok_or(PageError::SignIn)?;
    if who.account.totp.is_none() {
        return Ok(ui::go(HERE, None));
    }
    let mut faults = Faults::default();
    if !super::is_own_passphrase(&visit, &fields, PASSPHRASE, &mut faults).await? {
        return Ok(ui::again(is_on(&visit, &faults)));
    }
    let (home, account) = (visit.home(), &who.account);
    match home.second_factor(account, fields.text(CODE), visit.now).await {
        Ok(()) => {}
        Err(FactorError::Wrong) => {
            faults.add(CODE, say::WRONG_CODE);
            return Ok(ui::again(is_on(&visit, &faults)));
        }
        Err(FactorError::Wait(seconds)) => return Err(PageError::Wait(seconds)),
        Err(FactorError::Store(error)) => return Err(error.into()),
    }
    if fields.text(DO) == OFF {
        home.drop_factor(account).await?;
        home.store.end_sessions_of(&home.organization, &account.id, Some(who.kept)).await?;
        return Ok(ui::go(HERE, Some(Said::FactorOff)));
    }
    let codes = home.new_recovery_codes(account).await?;
    Ok(ui::shown(recovery(&visit, say::OLD_CODES_GONE, &codes)))
}

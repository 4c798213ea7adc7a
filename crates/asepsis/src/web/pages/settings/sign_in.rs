//! One's own sign-in: the passphrase, and where one is signed in.

use asepsis_core::hash::Hash;
use asepsis_report::words;
use asepsis_store::sessions::Session;
use axum::response::Response;
use maud::{Markup, html};

use super::say;
use crate::ops::{AccountOpError, weak};
use crate::web::error::PageError;
use crate::web::fields::Fields;
use crate::web::rights::Right;
use crate::web::routes::{Route, get, post};
use crate::web::ui::{self, Faults, Field, Kind, Said};
use crate::web::visit::Visit;

const HERE: &str = "/settings/sign-in";
const OLD: &str = "passphrase";
const NEW: &str = "new-passphrase";
const SESSION: &str = "session";
/// The most sessions shown.
const MOST: usize = 50;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get(HERE, Right::Own, page),
        post("/settings/sign-in/passphrase", Right::Own, change),
        post("/settings/sign-in/end", Right::Own, end),
        post("/settings/sign-in/end-others", Right::Own, end_others),
    ]
}

async fn page(visit: Visit) -> Result<Response, PageError> {
    Ok(ui::shown(form(&visit, &Faults::default()).await?))
}

async fn form(visit: &Visit, faults: &Faults) -> Result<Markup, PageError> {
    let account = visit.account()?;
    let passphrase = html! {
        (faults.summary())
        (Field::new(say::PASSPHRASE_NOW, OLD, Kind::Passphrase).autofill("current-password").show(faults))
        (Field::new(say::PASSPHRASE_NEW, NEW, Kind::Passphrase).hint(say::PASSPHRASE_RULE).autofill("new-password").show(faults))
        (ui::button(say::CHANGE_PASSPHRASE, ""))
    };
    let body = html! {
        dl.pairs {
            div { dt { (say::NAME) } dd { (account.name) } }
            div { dt { (say::SIGN_IN_NAME) } dd { (account.sign_in) } }
            div { dt { (say::YOU_MAY) } dd { (say::rights(account.rights).1) } }
        }
        section.stack aria-labelledby="passphrase" {
            h2 #passphrase { (say::PASSPHRASE) }
            (ui::form(visit, "/settings/sign-in/passphrase", &passphrase))
        }
        section.stack aria-labelledby="sessions" {
            h2 #sessions { (say::SESSIONS) }
            (sessions(visit).await?)
        }
    };
    Ok(super::framed(visit, say::SIGN_IN, &body))
}

async fn sessions(visit: &Visit) -> Result<Markup, PageError> {
    let (home, who) = (visit.home(), visit.who.as_ref().ok_or(PageError::SignIn)?);
    let zone = crate::ops::zone(&visit.book().await?.organization.zone);
    let all = home.store.sessions_of(&home.organization, &who.account.id, visit.now).await?;
    let one = |(kept, session): &(Hash, Session)| {
        let agent = say::agent(&session.agent);
        html! {
            li {
                p { strong { (agent) } @if *kept == who.kept { " " span.chip { (say::THIS_ONE) } } }
                p.quiet.small {
                    (say::SINCE) " " (words::moment(&zone, session.created_at)) ", "
                    (say::LAST_SEEN) " " (words::moment(&zone, session.seen_at))
                }
                @if *kept != who.kept {
                    (ui::form(visit, "/settings/sign-in/end", &html! {
                        (ui::hidden(SESSION, &kept.to_string()))
                        button.button.plain type="submit" {
                            (say::END) span.away { " " (agent) ", " (words::moment(&zone, session.created_at)) }
                        }
                    }))
                }
            }
        }
    };
    Ok(html! {
        ul.lines { @for session in all.iter().take(MOST) { (one(session)) } }
        @if all.len() > 1 {
            (ui::form(visit, "/settings/sign-in/end-others", &ui::button(say::END_OTHERS, "plain")))
        }
    })
}

async fn change(visit: Visit, fields: Fields) -> Result<Response, PageError> {
    let who = visit.who.as_ref().ok_or(PageError::SignIn)?;
    let mut faults = Faults::default();
    if let Some(what) = weak(fields.raw(NEW)) {
        faults.add(NEW, what);
    }
    if !super::is_own_passphrase(&visit, &fields, OLD, &mut faults).await? || !faults.is_empty() {
        return Ok(ui::again(form(&visit, &faults).await?));
    }
    let kept = visit.app.options.kept;
    let (id, new) = (&who.account.id, fields.raw(NEW));
    match visit.home().change_passphrase(id, new, kept, Some(who.kept)).await {
        Ok(()) => Ok(ui::go(HERE, Some(Said::PassphraseChanged))),
        Err(AccountOpError::Field(_, what)) => {
            faults.add(NEW, what);
            Ok(ui::again(form(&visit, &faults).await?))
        }
        Err(other) => Err(other.into()),
    }
}

async fn end(visit: Visit, fields: Fields) -> Result<Response, PageError> {
    let (home, account) = (visit.home(), visit.account()?);
    let own = home.store.sessions_of(&home.organization, &account.id, visit.now).await?;
    let asked = fields.text(SESSION);
    let Some((kept, _)) = own.iter().find(|(kept, _)| kept.to_string() == asked) else {
        return Ok(ui::go(HERE, None));
    };
    home.store.end_session(&home.organization, *kept).await?;
    Ok(ui::go(HERE, Some(Said::SessionEnded)))
}

async fn end_others(visit: Visit) -> Result<Response, PageError> {
    let (home, who) = (visit.home(), visit.who.as_ref().ok_or(PageError::SignIn)?);
    home.store.end_sessions_of(&home.organization, &who.account.id, Some(who.kept)).await?;
    Ok(ui::go(HERE, Some(Said::SessionsEnded)))
}

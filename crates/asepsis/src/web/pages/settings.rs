//! Settings: one's own sign-in, and for the owner the people, the organization, the looks, the
//! backups, and what was asked over the network.

mod backup;
mod connections;
mod english;
mod factor;
mod looks;
mod organization;
mod people;
mod person;
mod qr;
mod sent_file;
mod sign_in;

use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use crate::ops::{SignIn, SignInError};
use crate::web::error::PageError;
use crate::web::fields::Fields;
use crate::web::rights::Right;
use crate::web::routes::{Route, get};
use crate::web::ui::{self, Faults, Frame, Place};
use crate::web::visit::Visit;
use english as say;

pub(super) fn routes() -> Vec<Route> {
    let mut all = vec![get("/settings", Right::Own, overview)];
    all.extend(sign_in::routes());
    all.extend(factor::routes());
    all.extend(people::routes());
    all.extend(person::routes());
    all.extend(organization::routes());
    all.extend(looks::routes());
    all.extend(backup::routes());
    all.extend(connections::routes());
    all
}

async fn overview(visit: Visit) -> Result<Response, PageError> {
    let account = visit.account()?;
    let factor = if account.totp.is_some() { say::FACTOR_IS_ON } else { say::FACTOR_IS_OFF };
    let own = [
        ("/settings/sign-in", say::SIGN_IN, say::SIGN_IN_HOLDS),
        ("/settings/second-factor", say::FACTOR, factor),
    ];
    let owners = [
        ("/settings/people", say::PEOPLE, say::PEOPLE_HOLDS),
        ("/settings/organization", say::ORGANIZATION, say::ORGANIZATION_HOLDS),
        ("/settings/looks", say::LOOKS, say::LOOKS_HOLDS),
        ("/settings/backup", say::BACKUP, say::BACKUP_HOLDS),
        ("/settings/connections", say::CONNECTIONS, say::CONNECTIONS_HOLDS),
    ];
    let list = |links: &[(&str, &str, &str)]| {
        html! {
            ul.cards {
                @for (path, name, holds) in links {
                    li.sheet { h3 { a href=(path) { (name) } } p { (holds) } }
                }
            }
        }
    };
    let body = html! {
        section.stack aria-labelledby="own" { h2 #own { (say::YOURS) } (list(&own)) }
        @if visit.may(Right::Manage) {
            section.stack aria-labelledby="all" { h2 #all { (say::OF_ALL) } (list(&owners)) }
        }
    };
    Ok(ui::shown(ui::page(&visit, &Frame::new(Place::Settings, say::SETTINGS), &body)))
}

/// One of the pages under Settings.
fn framed(visit: &Visit, title: &str, body: &Markup) -> Markup {
    below(visit, ("/settings", say::SETTINGS), title, body)
}

/// A page below another.
fn below(visit: &Visit, (path, name): (&str, &str), title: &str, body: &Markup) -> Markup {
    let back = html! { a href=(path) { (name) } };
    ui::page(visit, &Frame::new(Place::Settings, title).above(back), body)
}

/// Whether the visitor typed their own passphrase into a field. Wrong ones are slowed down as at the
/// door.
async fn is_own_passphrase(
    visit: &Visit,
    fields: &Fields,
    field: &str,
    faults: &mut Faults,
) -> Result<bool, PageError> {
    if fields.raw(field).is_empty() {
        faults.add(field, say::TYPE_OWN);
        return Ok(false);
    }
    let account = visit.account()?;
    let typed = SignIn {
        name: &account.sign_in,
        passphrase: fields.raw(field),
        address: visit.address,
        kept: visit.app.options.kept,
    };
    match visit.home().sign_in(typed, visit.now).await {
        Ok(found) => Ok(found.id == account.id),
        Err(SignInError::Wrong) => {
            faults.add(field, say::WRONG_OWN);
            Ok(false)
        }
        Err(SignInError::Wait(seconds)) => Err(PageError::Wait(seconds)),
        Err(SignInError::Store(error)) => Err(error.into()),
    }
}

/// Which page of a long list is asked for.
#[derive(Debug, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    page: String,
}

impl Asked {
    /// The page, from 1 to as many as there are, and how many those are.
    fn of(&self, things: usize, each: usize) -> (usize, usize) {
        let pages = things.div_ceil(each).max(1);
        (self.page.parse().unwrap_or(1).clamp(1, pages), pages)
    }
}

#[cfg(test)]
mod tests {
    use super::Asked;

    #[test]
    fn a_page_is_one_that_exists() {
        let of = |page: &str, things| Asked { page: page.to_owned() }.of(things, 50);
        assert_eq!(of("", 0), (1, 1));
        assert_eq!(of("2", 51), (2, 2));
        assert_eq!(of("3", 100), (2, 2));
        assert_eq!(of("0", 100), (1, 2));
        assert_eq!(of("x", 101), (1, 3));
    }
}

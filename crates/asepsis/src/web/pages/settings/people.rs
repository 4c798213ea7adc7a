//! The people who may use the book: who they are, and somebody new.

use asepsis_report::words;
use asepsis_store::accounts::{Account, AccountError, Rights};
use axum::extract::Query;
use axum::response::Response;
use maud::{Markup, html};

use super::{Asked, say};
use crate::ops::{AccountOpError, NewPerson, ROLES};
use crate::web::error::PageError;
use crate::web::fields::Fields;
use crate::web::pages::first_run::english as first;
use crate::web::rights::Right;
use crate::web::routes::{Route, get, post};
use crate::web::ui::{self, Choice, Column, Faults, Field, Kind, Said};
use crate::web::visit::Visit;

const HERE: &str = "/settings/people";
/// People on one page.
const EACH: usize = 50;

pub(super) fn routes() -> Vec<Route> {
    vec![get(HERE, Right::Manage, page), post(HERE, Right::Manage, add)]
}

/// What was typed about somebody.
pub(super) struct Typed<'a> {
    pub(super) name: &'a str,
    pub(super) sign_in: &'a str,
    pub(super) rights: Option<Rights>,
    pub(super) roles: Vec<&'a str>,
}

impl<'a> Typed<'a> {
    pub(super) fn of(fields: &'a Fields) -> Self {
        Self {
            name: fields.text("name"),
            sign_in: fields.text("sign-in"),
            rights: fields.text("rights").parse().ok(),
            roles: fields.all("role").collect(),
        }
    }

    /// The fields for name, rights and roles.
    pub(super) fn name_field(&self, faults: &Faults) -> Markup {
        Field::new(say::NAME, "name", Kind::Text).value(self.name).show(faults)
    }

    pub(super) fn rights_field(&self, faults: &Faults) -> Markup {
        let all = Rights::ALL.map(|rights| {
            let (label, hint) = say::rights(rights);
            Choice { value: rights.word(), label, hint, chosen: self.rights == Some(rights) }
        });
        ui::choices(&html! { (say::MAY) }, "rights", false, &all, faults)
    }

    pub(super) fn roles_field(&self, faults: &Faults) -> Markup {
        let all = ROLES.map(|role| {
            let (label, chosen) = (first::role(role), self.roles.contains(&role));
            Choice { value: role, label, hint: "", chosen }
        });
        ui::choices(&html! { (say::ROLES) }, "role", true, &all, faults)
    }

    pub(super) fn owned_roles(&self) -> Vec<String> {
        self.roles.iter().map(|role| (*role).to_owned()).collect()
    }
}

async fn page(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    let new = Typed { name: "", sign_in: "", rights: Some(Rights::Staff), roles: Vec::new() };
    Ok(ui::shown(show(&visit, &asked, &new, &Faults::default()).await?))
}

async fn show(
    visit: &Visit,
    asked: &Asked,
    new: &Typed<'_>,
    faults: &Faults,
) -> Result<Markup, PageError> {
    let home = visit.home();
    let all = home.store.accounts(&home.organization).await?;
    let (page, pages) = asked.of(all.len(), EACH);
    let zone = crate::ops::zone(&visit.book().await?.organization.zone);
    let mut rows = Vec::new();
    for account in all.iter().skip((page - 1) * EACH).take(EACH) {
        rows.push(row(visit, &zone, account).await?);
    }
    let columns = say::PEOPLE_COLUMNS.map(Column);
    let fields = html! {
        (faults.summary())
        (new.name_field(faults))
        (Field::new(say::SIGN_IN_NAME, "sign-in", Kind::Text).value(new.sign_in).hint(say::SIGN_IN_HINT).show(faults))
        (Field::new(say::FIRST_PASSPHRASE, "passphrase", Kind::Passphrase).hint(say::FIRST_PASSPHRASE_HINT).autofill("new-password").show(faults))
        (new.rights_field(faults))
        (new.roles_field(faults))
        (ui::button(say::ADD, ""))
    };
    let body = html! {
        (ui::table(&html! { (say::people_known(all.len())) }, &columns, rows.into_iter()))
        (ui::pager(HERE, page, pages))
        section.stack aria-labelledby="add" {
            h2 #add { (say::ADD_SOMEBODY) }
            p { (say::FOR_VENDORS) }
            (ui::form(visit, HERE, &fields))
        }
    };
    Ok(super::framed(visit, say::PEOPLE, &body))
}

async fn row(
    visit: &Visit,
    zone: &jiff::tz::TimeZone,
    account: &Account,
) -> Result<Vec<Markup>, PageError> {
    let home = visit.home();
    let sessions = home.store.sessions_of(&home.organization, &account.id, visit.now).await?;
    let seen = sessions.iter().map(|(_, session)| session.seen_at).max();
    let (may, _) = say::rights(account.rights);
    let factor = if account.totp.is_some() { say::STEP_ON } else { say::STEP_OFF };
    // Each cell says what it holds, since a narrow screen hides the headings.
    Ok(vec![
        html! { a href={ (HERE) "/" (account.id) } { (account.name) } span.aside { (account.sign_in) } },
        html! {
            (may)
            @if let Some(since) = account.disabled_at {
                span.aside { (say::STOPPED_SINCE) " " (words::day(zone, since)) }
            }
        },
        html! {
            @if account.roles.is_empty() { (say::NO_ROLE) }
            @else { (say::AS) " " (words::roles(&account.roles)) }
        },
        html! {
            @match seen { Some(at) => { (say::USED) " " (words::moment(zone, at)) }, None => (say::NOT_SIGNED_IN) }
            span.aside { (factor) }
        },
    ])
}

async fn add(visit: Visit, fields: Fields) -> Result<Response, PageError> {
    let (typed, mut faults) = (Typed::of(&fields), Faults::default());
    let Some(rights) = typed.rights else {
        faults.add("rights", say::CHOOSE_RIGHTS);
        return Ok(ui::again(show(&visit, &Asked::default(), &typed, &faults).await?));
    };
    let person = NewPerson {
        name: typed.name.to_owned(),
        sign_in: typed.sign_in.to_owned(),
        passphrase: fields.raw("passphrase").to_owned(),
        rights,
        roles: typed.owned_roles(),
    };
    let by = &visit.account()?.person;
    match visit.home().add_account(person, by, visit.app.options.kept, visit.now).await {
        Ok(_) => return Ok(ui::go(HERE, Some(Said::Added))),
        Err(AccountOpError::Field(field, what)) => faults.add(field_of(field), what),
        Err(AccountOpError::Account(AccountError::Taken { .. })) => {
            faults.add("sign-in", say::TAKEN);
        }
        Err(other) => return Err(other.into()),
    }
    Ok(ui::again(show(&visit, &Asked::default(), &typed, &faults).await?))
}

/// The field of the form that a fault speaks of.
pub(super) fn field_of(name: &str) -> &str {
    if name == "roles" { "role" } else { name }
}

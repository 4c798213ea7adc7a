//! The first run: who you are, how large, which mail is yours. Three short forms, the last of which
//! starts the first look.

mod english;

use axum::extract::Path;
use axum::http::HeaderMap;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse as _, Response};
use maud::{Markup, html};

use asepsis_core::catalog::SizeAttribute;
use asepsis_core::organization::{Sector, Size};
use asepsis_store::accounts::Rights;

use super::door;
use crate::ops::{AccountOpError, By, Change, ChangeError, Look, NewPerson, ROLES};
use crate::web::error::PageError;
use crate::web::fields::Fields;
use crate::web::rights::Right;
use crate::web::routes::{Route, get, post};
use crate::web::ui::{self, Choice, Faults, Field, Kind, Said};
use crate::web::visit::Visit;
use crate::web::worker::AUTOMATIC;
use english as say;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/claim/{code}", Right::Open, claim),
        get("/first-run", Right::Open, who_page),
        post("/first-run", Right::Open, who),
        get("/first-run/size", Right::Manage, size_page),
        post("/first-run/size", Right::Manage, size),
        get("/first-run/mail", Right::Manage, mail_page),
        post("/first-run/mail", Right::Manage, mail),
    ]
}

/// The address that the program printed: takes the first run for this browser.
async fn claim(visit: Visit, Path(code): Path<String>) -> Result<Response, PageError> {
    if visit.app.claim.take(&code, &visit.visit) || visit.app.claim.taken_by(&visit.visit) {
        return Ok(ui::go("/first-run", None));
    }
    if accounts(&visit).await? {
        return Ok(ui::go("/", None));
    }
    Ok(ui::shown(ui::plain(&visit, say::NOT_YOURS, &html! { p { (say::START_AGAIN) } })))
}

/// Whether anybody has an account already.
async fn accounts(visit: &Visit) -> Result<bool, PageError> {
    let home = visit.home();
    Ok(!home.store.accounts(&home.organization).await?.is_empty())
}

/// What was typed on the first form.
#[derive(Default)]
struct Typed<'a> {
    organization: &'a str,
    name: &'a str,
    sign_in: &'a str,
    other_sector: bool,
    roles: Vec<&'a str>,
}

async fn who_page(visit: Visit) -> Result<Response, PageError> {
    if let Some(elsewhere) = not_here(&visit).await? {
        return Ok(elsewhere);
    }
    let typed = Typed { roles: vec!["manager"], ..Typed::default() };
    Ok(ui::shown(who_form(&visit, &typed, &Faults::default())))
}

/// Where to send somebody who may not make the first account.
async fn not_here(visit: &Visit) -> Result<Option<Response>, PageError> {
    if accounts(visit).await? {
        return Ok(Some(ui::go("/", None)));
    }
    if visit.app.claim.taken_by(&visit.visit) {
        return Ok(None);
    }
    let page = ui::plain(visit, say::OPEN_PRINTED, &html! { p { (say::OPEN_PRINTED_HOW) } });
    Ok(Some(ui::shown(page)))
}

fn who_form(visit: &Visit, typed: &Typed<'_>, faults: &Faults) -> Markup {
    let sector = |value, label, chosen| Choice { value, label, hint: "", chosen };
    let sectors = [
        sector("health-care", say::HEALTH_CARE, !typed.other_sector),
        sector("other", say::OTHER_SECTOR, typed.other_sector),
    ];
    let roles = ROLES.map(|role| Choice {
        value: role,
        label: say::role(role),
        hint: "",
        chosen: typed.roles.contains(&role),
    });
    let fields = html! {
        (faults.summary())
        (Field::new(say::ORGANIZATION, "organization", Kind::Text).value(typed.organization).autofill("organization").show(faults))
        (ui::choices(&html! { (say::SECTOR) }, "sector", false, &sectors, faults))
        (Field::new(say::NAME, "name", Kind::Text).value(typed.name).autofill("name").show(faults))
        (Field::new(say::SIGN_IN, "sign-in", Kind::Text).value(typed.sign_in).hint(say::SIGN_IN_HINT).autofill("username").show(faults))
        (Field::new(say::PASSPHRASE, "passphrase", Kind::Passphrase).hint(say::PASSPHRASE_HINT).autofill("new-password").show(faults))
        (ui::choices(&html! { (say::ROLES) }, "role", true, &roles, faults))
        (ui::button(say::GO_ON, ""))
    };
    ui::plain(
        visit,
        say::WHO,
        &html! {
            p.lead { (say::WHO_LEAD) }
            (ui::form(visit, "/first-run", &fields))
        },
    )
}

async fn who(visit: Visit, headers: HeaderMap, fields: Fields) -> Result<Response, PageError> {
    if let Some(elsewhere) = not_here(&visit).await? {
        return Ok(elsewhere);
    }
    let typed = Typed {
        organization: fields.text("organization"),
        name: fields.text("name"),
        sign_in: fields.text("sign-in"),
        other_sector: fields.text("sector") == "other",
        roles: fields.all("role").collect(),
    };
    let mut faults = Faults::default();
    if typed.organization.is_empty() || typed.organization.chars().count() > 200 {
        faults.add("organization", say::ORGANIZATION_FAULT);
        return Ok(ui::again(who_form(&visit, &typed, &faults)));
    }
    let owner = NewPerson {
        name: typed.name.to_owned(),
        sign_in: typed.sign_in.to_owned(),
        passphrase: fields.raw("passphrase").to_owned(),
        rights: Rights::Owner,
        roles: typed.roles.iter().map(|role| (*role).to_owned()).collect(),
    };
    let organization = Change {
        name: Some(typed.organization.to_owned()),
        sector: typed.other_sector.then_some(Sector::Other),
        ..Change::default()
    };
    match visit.home().claim(organization, owner, visit.app.options.kept, visit.now).await {
        Ok(account) => {
            let cookie = door::begin(&visit, &account, true, &headers).await?;
            Ok(([(SET_COOKIE, cookie)], ui::go("/first-run/size", None)).into_response())
        }
        Err(AccountOpError::Field(field, what)) => {
            faults.add(if field == "roles" { "role" } else { field }, what);
            Ok(ui::again(who_form(&visit, &typed, &faults)))
        }
        Err(AccountOpError::Claimed) => Ok(ui::go("/", None)),
        Err(other) => Err(other.into()),
    }
}

async fn size_page(visit: Visit) -> Result<Response, PageError> {
    let record = visit.home().organization_record().await?;
    let chosen = |row: &SizeAttribute| record.attributes.get(&row.id).copied();
    Ok(ui::shown(size_form(&visit, &chosen)))
}

fn size_form(visit: &Visit, chosen: &dyn Fn(&SizeAttribute) -> Option<Size>) -> Markup {
    let none = Faults::default();
    let fields = html! {
        @for row in &visit.home().catalog.sizes.attributes {
            (ui::choices(&html! { (say::capital(&row.title)) }, &row.id, false, &columns(row, chosen(row)), &none))
        }
        div.row { (ui::button(say::GO_ON, "")) }
    };
    ui::plain(
        visit,
        say::SIZE,
        &html! {
            p.lead { (say::SIZE_LEAD) }
            (ui::form(visit, "/first-run/size", &html! { (ui::button(say::SIZE_LATER, "plain")) }))
            (ui::form(visit, "/first-run/size", &fields))
        },
    )
}

/// The columns of a row that have words, smallest first.
fn columns(row: &SizeAttribute, chosen: Option<Size>) -> Vec<Choice<'_>> {
    let words = [(Size::Small, &row.small), (Size::Medium, &row.medium), (Size::Large, &row.large)];
    words
        .into_iter()
        .filter(|(_, words)| !words.is_empty())
        .map(|(size, label)| {
            let (value, chosen) = (size.word(), chosen == Some(size));
            Choice { value, label, hint: "", chosen }
        })
        .collect()
}

async fn size(visit: Visit, fields: Fields) -> Result<Response, PageError> {
    let rows = &visit.home().catalog.sizes.attributes;
    let picked = rows.iter().filter(|row| fields.has(&row.id));
    let attributes: Vec<_> =
        picked.map(|row| (row.id.clone(), fields.text(&row.id).to_owned())).collect();
    if !attributes.is_empty() {
        let change = Change { attributes, ..Change::default() };
        let by = By::Person(&visit.account()?.person);
        match visit.home().change(change, by, visit.now).await {
            Ok(_) => {}
            Err(error @ (ChangeError::Attribute { .. } | ChangeError::Column { .. })) => {
                return Err(PageError::Unreadable(error.to_string()));
            }
            Err(other) => return Err(other.into()),
        }
    }
    Ok(ui::go("/first-run/mail", None))
}

async fn mail_page(visit: Visit) -> Result<Response, PageError> {
    let book = visit.book().await?;
    let known = book.organization.domains.join("\n");
    let size = say::size(&book.assessment.size.sentence);
    Ok(ui::shown(mail_form(&visit, &known, Some(&size), &Faults::default())))
}

fn mail_form(visit: &Visit, domains: &str, size: Option<&str>, faults: &Faults) -> Markup {
    // Both boxes are ticked at first.
    let first = size.is_some();
    let tick = |value, label, hint, chosen| Choice { value, label, hint, chosen };
    let looks = [
        tick("computer", say::COMPUTER, say::COMPUTER_HINT, first),
        tick("automatic", say::AUTOMATIC, say::AUTOMATIC_HINT, first),
    ];
    let fields = html! {
        (faults.summary())
        (Field::new(say::DOMAINS, "domains", Kind::Area).optional().value(domains).hint(say::DOMAINS_HINT).show(faults))
        div.sheet { h2 { (say::ASKED) } p { (say::ASKED_HOW) } }
        (ui::choices(&html! { (say::LOOKS) }, "look", true, &looks, faults))
        (ui::button(say::MEASURE, ""))
    };
    ui::plain(
        visit,
        say::MAIL,
        &html! {
            (ui::form(visit, "/first-run/mail", &fields))
            p { a href="/today" { (say::NOT_NOW) } }
        },
    )
}

async fn mail(visit: Visit, fields: Fields) -> Result<Response, PageError> {
    let (home, typed) = (visit.home(), fields.text("domains"));
    let person = visit.account()?.person.clone();
    let words = typed.split([',', ';', ' ', '\n', '\t']).map(str::trim);
    // An address does as well: what is behind the sign counts.
    let domain = |word: &str| word.rsplit('@').next().unwrap_or_default().to_owned();
    let domains: Vec<String> = words.filter(|it| !it.is_empty()).map(domain).collect();
    let change = Change { domains, ..Change::default() };
    let record = match home.change(change, By::Person(&person), visit.now).await {
        Ok(record) => record,
        Err(error @ ChangeError::Domain { .. }) => {
            let mut faults = Faults::default();
            faults.add("domains", say::domain_fault(&error.to_string()));
            return Ok(ui::again(mail_form(&visit, typed, None, &faults)));
        }
        Err(other) => return Err(other.into()),
    };
    let ticked = |what: &str| fields.all("look").any(|it| it == what);
    let automatic = if ticked("automatic") { "on" } else { "off" };
    home.store.set_setting(&home.organization, AUTOMATIC, automatic).await?;
    let look = Look { computer: ticked("computer"), domains: record.domains };
    if !look.computer && look.domains.is_empty() {
        return Ok(ui::go("/today", Some(Said::Saved)));
    }
    let job = home.start_look(&look, &person, Some("first-run"), visit.now).await?;
    Ok(ui::go(&format!("/looks/{job}?then=today"), None))
}

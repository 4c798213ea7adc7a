//! The first run: who you are, how large, which mail is yours. Three short forms, the last of which
//! starts the first look.

pub(super) mod english;

use axum::extract::Path;
use axum::http::HeaderMap;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse as _, Response};
use maud::{Markup, html};

use asepsis_core::catalog::{Catalog, SizeAttribute};
use asepsis_core::organization::{Organization, Sector, Size};
use asepsis_core::statement::{Answer, Sureness};
use asepsis_store::accounts::Rights;

use super::door;
use crate::ops::{
    AccountOpError, Answering, Book, By, Change, ChangeError, Look, NewPerson, ROLES, Refused,
    size_rows,
};
use crate::web::cookies::{self, Name};
use crate::web::error::PageError;
use crate::web::fields::Fields;
use crate::web::rights::Right;
use crate::web::routes::{Route, get, post};
use crate::web::token;
use crate::web::ui::{self, Choice, Faults, Field, Kind, Said};
use crate::web::visit::Visit;
use crate::web::worker::AUTOMATIC;
use english as say;

/// The question that asks for the number of computers, and its field.
const HOW_MANY: &str = "org.computers";
const COMPUTERS: &str = "computers";

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
    // It belongs to a cookie that nobody can have planted before.
    let mine = token::new(visit.home().random());
    if visit.app.claim.take(&code, &mine) {
        let cookie = cookies::set(Name::Visit, &mine, None, visit.app.options.tls);
        return Ok(([(SET_COOKIE, cookie)], ui::go("/first-run", None)).into_response());
    }
    if visit.app.claim.taken_by(&visit.visit) {
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
    Ok(ui::shown(size_form(&visit, &record, "", &Faults::default())))
}

fn size_form(visit: &Visit, record: &Organization, computers: &str, faults: &Faults) -> Markup {
    let fields = html! {
        (faults.summary())
        (Field::new(say::COMPUTERS, COMPUTERS, Kind::Number).optional().value(computers).hint(say::COMPUTERS_HINT).show(faults))
        (size_table(visit.catalog(), record, None))
        (ui::button(say::GO_ON, ""))
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

/// The rows of the size table that the organization is asked, as choices. `none` is what to call a row
/// of which nothing is known; without it such a row has no choice of its own.
pub(super) fn size_table(
    catalog: &Catalog,
    record: &Organization,
    none: Option<&'static str>,
) -> Markup {
    let faults = Faults::default();
    html! {
        div.columns { @for row in size_rows(catalog, record.sector) {
            @let chosen = record.attributes.get(&row.id).copied();
            @let none = none.map(|label| Choice { value: "", label, hint: "", chosen: chosen.is_none() });
            @let all: Vec<Choice<'_>> = columns(row, chosen).into_iter().chain(none).collect();
            (ui::choices(&html! { (say::capital(&row.title)) }, &row.id, false, &all, &faults))
        } }
    }
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
    let (home, typed) = (visit.home(), fields.text(COMPUTERS));
    let record = home.organization_record().await?;
    let rows = size_rows(&home.catalog, record.sector);
    let picked = rows.filter(|row| fields.has(&row.id));
    let attributes: Vec<_> =
        picked.map(|row| (row.id.clone(), fields.text(&row.id).to_owned())).collect();
    if !typed.is_empty() && !computers(&visit, typed).await? {
        let mut faults = Faults::default();
        faults.add(COMPUTERS, say::COMPUTERS_FAULT);
        return Ok(ui::again(size_form(&visit, &record, typed, &faults)));
    }
    if !attributes.is_empty() {
        let change = Change { attributes, ..Change::default() };
        let by = By::Person(&visit.account()?.person);
        match home.change(change, by, visit.now).await {
            Ok(_) => {}
            Err(error @ (ChangeError::Attribute { .. } | ChangeError::Column { .. })) => {
                return Err(PageError::Unreadable(error.to_string()));
            }
            Err(other) => return Err(other.into()),
        }
    }
    Ok(ui::go("/first-run/mail", None))
}

/// Records how many computers there are; false if it is not a number that can be.
async fn computers(visit: &Visit, typed: &str) -> Result<bool, PageError> {
    let Ok(number) = typed.parse() else { return Ok(false) };
    let answering = Answering {
        question: HOW_MANY.to_owned(),
        answer: Answer::Number(number),
        note: String::new(),
        sure: Sureness::Sure,
    };
    let account = visit.account()?;
    let role = account.roles.first().map_or("manager", String::as_str);
    let by = By::Person(&account.person);
    match visit.home().answer(&[answering], by, role, visit.now).await {
        Ok(_) => Ok(true),
        Err(Refused::NotOffered { .. }) => Ok(false),
        Err(other) => Err(other.into()),
    }
}

async fn mail_page(visit: Visit) -> Result<Response, PageError> {
    let book = visit.book().await?;
    let ticked = ["computer", "automatic"];
    let known = book.organization.domains.join("\n");
    Ok(ui::shown(mail_form(&visit, &book, &known, &ticked, &Faults::default())))
}

fn mail_form(
    visit: &Visit,
    book: &Book,
    domains: &str,
    ticked: &[&str],
    faults: &Faults,
) -> Markup {
    let tick = |value, label, hint| Choice { value, label, hint, chosen: ticked.contains(&value) };
    let looks = [
        tick("computer", say::COMPUTER, say::COMPUTER_HINT),
        tick("automatic", say::AUTOMATIC, say::AUTOMATIC_HINT),
    ];
    let fields = html! {
        (faults.summary())
        (Field::new(say::DOMAINS, "domains", Kind::Area).optional().value(domains).hint(say::DOMAINS_HINT).show(faults))
        div.sheet { h2 { (say::ASKED) } p { (say::asked_how(ui::people_word(book.organization.sector))) } }
        (ui::choices(&html! { (say::LOOKS) }, "look", true, &looks, faults))
        (ui::button(say::MEASURE, ""))
    };
    ui::plain(
        visit,
        say::MAIL,
        &html! {
            p.quiet { (say::size(&book.assessment.size.sentence)) }
            (ui::form(visit, "/first-run/mail", &fields))
            p { a href="/today" { (say::NOT_NOW) } }
        },
    )
}

async fn mail(visit: Visit, fields: Fields) -> Result<Response, PageError> {
    let (home, typed) = (visit.home(), fields.text("domains"));
    let person = visit.account()?.person.clone();
    let change = Change { domains: domains(typed), ..Change::default() };
    let record = match home.change(change, By::Person(&person), visit.now).await {
        Ok(record) => record,
        Err(error @ ChangeError::Domain { .. }) => {
            let mut faults = Faults::default();
            faults.add("domains", say::domain_fault(&error.to_string()));
            let (book, ticked) = (visit.book().await?, fields.all("look").collect::<Vec<_>>());
            return Ok(ui::again(mail_form(&visit, &book, typed, &ticked, &faults)));
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

/// The domains in a text: one in each line, or with commas or spaces between. An address does as well:
/// what is behind the sign counts.
pub(super) fn domains(text: &str) -> Vec<String> {
    let words = text.split([',', ';', ' ', '\n', '\t']).map(str::trim);
    let domain = |word: &str| word.rsplit('@').next().unwrap_or_default().to_lowercase();
    words.filter(|it| !it.is_empty()).map(domain).collect()
}

#[cfg(test)]
mod tests {
    use super::domains;

    #[test]
    fn domains_are_read_from_lines_lists_and_addresses() {
        let text = "Clinic.example\n front@desk.example, third.example;\t\n";
        assert_eq!(domains(text), ["clinic.example", "desk.example", "third.example"]);
        assert!(domains(" \n").is_empty());
    }
}

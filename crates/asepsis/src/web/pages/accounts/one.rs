//! One account: what it is, whose, what should be looked at; saying what it is for and whose it is.

use asepsis_core::account::{AccountKind, Belongs, Mark};
use asepsis_core::engine::access::Whose;
use asepsis_core::observation::Subject;
use axum::extract::Query;
use axum::response::Response;
use maud::{Markup, html};

use super::english as say;
use crate::ops::{AccessError, AccountRow, Book, By};
use crate::web::error::PageError;
use crate::web::fields::Fields;
use crate::web::ui::{self, Choice, Faults, Field, Frame, Kind, Place, Said};
use crate::web::visit::Visit;

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    subject: String,
}

pub(super) async fn page(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    Ok(ui::shown(shown(&visit, &asked.subject, &Faults::default()).await?))
}

async fn shown(visit: &Visit, subject: &str, faults: &Faults) -> Result<Markup, PageError> {
    let book = visit.book().await?;
    let subject = book.subject(subject);
    let row = book.access.row(subject).ok_or(PageError::NotFound)?;
    let body = html! {
        (faults.summary())
        (summary(&book, row))
        (what_for(visit, &book, row, faults))
        (whose(visit, &book, row, faults))
        p { a href=(ui::address("/assets/one", &[("subject", &row.subject)])) { (say::FACTS) } }
    };
    Ok(ui::page(visit, &Frame::new(Place::Accounts, &row.name), &body))
}

fn summary(book: &Book, row: &AccountRow) -> Markup {
    let account = book.access.account(&row.subject);
    html! {
        section.sheet aria-labelledby="short" {
            h2 #short { (say::IN_SHORT) }
            dl.pairs {
                @if !row.login.is_empty() { div { dt { (say::SIGNS_IN_AS) } dd { (row.login) } } }
                div { dt { (say::LIVES_IN) } dd { (say::source(&row.source)) } }
                @if let Some(kind) = row.kind { div { dt { (say::IS_FOR) } dd { (say::kind(kind)) } } }
                @if let Some(Whose::Person { person, by }) = account.map(|it| &it.whose) {
                    div { dt { (say::WHOSE) } dd { (book.access.person(person)) } }
                    div { dt { (say::FOUND_BY) } dd { (say::found_by(*by)) } }
                }
                @if let Some(mark) = account.and_then(|it| it.mark.as_ref()).filter(|it| !it.owner.is_empty()) {
                    div { dt { (say::OWNER) } dd { (mark.owner) } }
                }
                div { dt { (say::SEEN) } dd { (ui::day(book, row.at)) " " (ui::entry(row.seq)) } }
            }
            @if row.flags.is_empty() { p { (say::NOTHING_WRONG) } } @else {
                h3 { (say::LOOK_AT) }
                ul.points { @for flag in &row.flags { li { (say::flag(*flag)) } } }
            }
        }
    }
}

fn what_for(visit: &Visit, book: &Book, row: &AccountRow, faults: &Faults) -> Markup {
    let mark = book.access.account(&row.subject).and_then(|it| it.mark.as_ref());
    let choices: Vec<Choice<'_>> = AccountKind::ALL
        .iter()
        .map(|kind| Choice {
            value: kind.word(),
            label: say::kind(*kind),
            hint: "",
            chosen: mark.map(|it| it.kind).or(row.kind) == Some(*kind),
        })
        .collect();
    let owner = mark.map_or("", |it| it.owner.as_str());
    let fields = html! {
        (ui::hidden("subject", &row.subject))
        (ui::select(say::IS_FOR, "kind", &choices))
        (Field::new(say::OWNER, "owner", Kind::Text).optional().hint(say::OWNER_HINT).value(owner).show(faults))
        (Field::new(say::NOTE, "note", Kind::Text).optional().show(faults))
        (ui::button(say::SAVE, ""))
    };
    html! {
        section.sheet aria-labelledby="what" {
            h2 #what { (say::SAY_WHAT) }
            (ui::form(visit, "/accounts/mark", &fields))
        }
    }
}

fn whose(visit: &Visit, book: &Book, row: &AccountRow, faults: &Faults) -> Markup {
    let Some(account) = book.access.account(&row.subject) else { return html! {} };
    if book.access.accounts.people.is_empty() {
        return html! {};
    }
    let say_so = |person: &Subject, same: &str, label: &str| {
        let fields = html! {
            (ui::hidden("subject", &row.subject))
            (ui::hidden("person", &person.0))
            (ui::hidden("same", same))
            (ui::button(label, "plain"))
        };
        ui::form(visit, "/accounts/belongs", &fields)
    };
    let by_number = html! {
        (ui::hidden("subject", &row.subject))
        (ui::hidden("same", "yes"))
        (Field::new(say::KNOWN_AS, "known", Kind::Text).hint(say::KNOWN_AS_HINT).show(faults))
        (ui::button(say::SAVE, ""))
    };
    html! {
        section.sheet aria-labelledby="whose" {
            h2 #whose { (say::SAY_WHOSE) }
            @match &account.whose {
                Whose::Unclear(people) => {
                    p { (say::MAY_BE) }
                    @for person in people {
                        p { strong { (book.access.person(person)) } }
                        div.row { (say_so(person, "yes", say::IT_IS)) (say_so(person, "no", say::IT_IS_NOT)) }
                    }
                }
                Whose::Person { person, .. } => {
                    p { strong { (book.access.person(person)) } }
                    (say_so(person, "no", say::IT_IS_NOT))
                }
                Whose::Nobody => {}
            }
            (ui::form(visit, "/accounts/belongs", &by_number))
        }
    }
}

fn address(subject: &str) -> String {
    ui::address("/accounts/one", &[("subject", subject)])
}

/// Says what an account is for.
pub(super) async fn mark(visit: Visit, fields: Fields) -> Result<Response, PageError> {
    let subject = fields.text("subject").to_owned();
    let book = visit.book().await?;
    let word = fields.text("kind");
    let Some(kind) = AccountKind::ALL.into_iter().find(|it| it.word() == word) else {
        let mut faults = Faults::default();
        faults.add("kind", say::CHOOSE_KIND);
        return Ok(ui::again(shown(&visit, &subject, &faults).await?));
    };
    let mark = Mark {
        account: Subject(book.subject(&subject).to_owned()),
        kind,
        owner: fields.text("owner").trim().to_owned(),
        note: fields.text("note").trim().to_owned(),
    };
    let by = By::Person(&visit.account()?.person);
    let said = visit.home().mark(&book.access, mark, by, visit.now).await;
    answer(&visit, &subject, "owner", said).await
}

/// Says whose an account is.
pub(super) async fn belongs(visit: Visit, fields: Fields) -> Result<Response, PageError> {
    let subject = fields.text("subject").to_owned();
    let book = visit.book().await?;
    let person = match fields.text("person") {
        "" => book.access.people_known_as(fields.text("known")).into_iter().next(),
        person => Some(Subject(person.to_owned())),
    };
    let said = match person {
        Some(person) => {
            let account = Subject(book.subject(&subject).to_owned());
            let said = Belongs { account, person, same: fields.text("same") == "yes" };
            let by = By::Person(&visit.account()?.person);
            visit.home().belongs(&book.access, said, by, visit.now).await
        }
        None => Err(AccessError::NoPerson),
    };
    answer(&visit, &subject, "known", said).await
}

async fn answer(
    visit: &Visit,
    subject: &str,
    field: &str,
    said: Result<(), AccessError>,
) -> Result<Response, PageError> {
    let mut faults = Faults::default();
    match said {
        Ok(()) => return Ok(ui::go(&address(subject), Some(Said::Saved))),
        Err(AccessError::NoPerson) => faults.add(field, say::NOBODY_SO),
        Err(AccessError::NoAccount(_)) => return Err(PageError::NotFound),
        Err(AccessError::Home(error)) => return Err(error.into()),
        Err(other) => faults.add(field, other.to_string()),
    }
    Ok(ui::again(shown(visit, subject, &faults).await?))
}

//! Going through all accounts that can be used, and signing that one did.

use axum::response::Response;
use maud::{Markup, html};

use super::english as say;
use crate::ops::{AccessError, AccountRow, By};
use crate::web::error::PageError;
use crate::web::fields::Fields;
use crate::web::ui::{self, Choice, Faults, Frame, Place, Said};
use crate::web::visit::Visit;

/// Most accounts of one list that is signed here.
const MOST: usize = 150;

pub(super) async fn page(visit: Visit) -> Result<Response, PageError> {
    Ok(ui::shown(shown(&visit, &Faults::default()).await?))
}

async fn shown(visit: &Visit, faults: &Faults) -> Result<Markup, PageError> {
    let book = visit.book().await?;
    let view = &book.access;
    let usable: Vec<&AccountRow> =
        view.rows.iter().filter(|it| it.enabled != Some(false)).collect();
    let last = view.accounts.review.as_ref();
    let choice = |it: &AccountRow| {
        let whose = it.person.clone().or(it.kind.map(|kind| say::kind(kind).to_owned()));
        (it.subject.clone(), say::remove(&it.name, &it.login, whose.as_deref()))
    };
    let choices: Vec<(String, String)> = usable.iter().take(MOST).map(|it| choice(it)).collect();
    let fields = html! {
        (faults.summary())
        (ui::hidden("list", &view.accounts.digest().to_string()))
        @for (at, (subject, label)) in choices.iter().enumerate() {
            (ui::choices(&html! {}, &format!("remove-{at}"), true, &[Choice { value: subject, label, hint: "", chosen: false }], &Faults::default()))
        }
        (ui::button(say::SIGN, ""))
    };
    let body = html! {
        @if let Some(last) = last { p.quiet { (say::LAST_REVIEW) ": " (ui::day(&book, last.at)) } }
        @if usable.is_empty() {
            p { (say::NONE_YET) }
        } @else if usable.len() > MOST {
            p { (say::TOO_LONG) " " (MOST) }
        } @else {
            p.lead { (say::REVIEW_LEAD) }
            (ui::form(visit, "/accounts/review", &fields))
        }
    };
    Ok(ui::page(visit, &Frame::new(Place::Accounts, say::REVIEW), &body))
}

pub(super) async fn sign(visit: Visit, fields: Fields) -> Result<Response, PageError> {
    let book = visit.book().await?;
    let remove: Vec<String> = fields.beginning("remove-").map(|(_, it)| it.to_owned()).collect();
    let by = By::Person(&visit.account()?.person);
    let signed =
        visit.home().review(&book.access, fields.text("list"), &remove, by, visit.now).await;
    match signed {
        Ok(()) => Ok(ui::go("/accounts", Some(Said::Saved))),
        Err(AccessError::OtherList) => {
            let mut faults = Faults::default();
            faults.add("list", say::OTHER_LIST);
            Ok(ui::again(shown(&visit, &faults).await?))
        }
        Err(other) => Err(other.into()),
    }
}

//! The parts that pages are made of: the frame, forms, notices, marks. Knows no page.

mod facts;
mod figure;
mod find;
mod form;
mod frame;
mod said;
mod show;
mod table;

pub(super) use facts::{Fact, cut, facts, facts_table};
pub(super) use figure::{Unit, badge, dollars, effort, effort_in_list, figure};
pub(super) use find::{address, find, search};
pub(super) use form::{
    Choice, Faults, Field, Kind, TOKEN, button, choices, form, hidden, select, upload,
};
pub(super) use frame::{Frame, Place, bare, page, plain};
pub(super) use said::Said;
pub(super) use show::{
    civil_day, data_word, day, entry, outcome, people_word, person, short, sure, urgency, why,
};
pub(super) use table::{Column, pager, table};

use axum::response::{Html, IntoResponse as _, Redirect, Response};
use maud::Markup;

use crate::text::clean;

/// A page that is shown.
pub(super) fn shown(page: Markup) -> Response {
    // Names from outside must not turn the direction of the text around them.
    Html(clean(&page.into_string())).into_response()
}

/// A page that is shown again with what is wrong on it.
pub(super) fn again(page: Markup) -> Response {
    (axum::http::StatusCode::UNPROCESSABLE_ENTITY, shown(page)).into_response()
}

/// After a form: on to a page, which says what was done.
pub(super) fn go(path: &str, said: Option<Said>) -> Response {
    let (path, anchor) = path.split_once('#').map_or((path, None), |(a, b)| (a, Some(b)));
    let mut to = path.to_owned();
    if let Some(said) = said {
        to.push(if path.contains('?') { '&' } else { '?' });
        to.push_str("said=");
        to.push_str(said.word());
    }
    if let Some(anchor) = anchor {
        to.push('#');
        to.push_str(anchor);
    }
    Redirect::to(&to).into_response()
}

//! What happened here: the events that somebody remembers, which move the numbers.

use std::collections::BTreeMap;

use asepsis_core::decision::LossHistory;
use axum::response::Response;
use maud::{Markup, html};

use super::say;
use crate::ops::{By, HistoryError};
use crate::web::error::PageError;
use crate::web::fields::Fields;
use crate::web::pages::check::View;
use crate::web::rights::Right;
use crate::web::ui::{self, Faults, Field, Kind, Said};
use crate::web::visit::Visit;

/// The field of a threat's count.
fn field(threat: &str) -> String {
    format!("events-{threat}")
}

/// What is remembered, and the form with which it is said.
pub(super) fn section(view: &View<'_>, typed: Option<(&Fields, &Faults)>) -> Markup {
    let told = view.book.risk.as_ref().and_then(|it| it.history.as_ref());
    let threats = || view.catalog().threats.iter();
    let none = Faults::default();
    let faults = typed.map_or(&none, |it| it.1);
    let text = |name: &str, known: String| typed.map_or(known, |it| it.0.text(name).to_owned());
    let years = text("years", told.map_or_else(String::new, |(_, it)| it.years.to_string()));
    html! {
        section.sheet.asked aria-labelledby="history" {
            h2 #history { (say::HISTORY) }
            p { (say::HISTORY_LEAD) }
            @if let Some((seq, it)) = told {
                p {
                    (say::remembered(it.years)) " "
                    @for (at, threat) in threats().filter(|threat| it.events.get(&threat.id).is_some_and(|n| *n > 0)).enumerate() {
                        @if at > 0 { ", " }
                        (it.events.get(&threat.id).copied().unwrap_or_default()) " × " (threat.name)
                    }
                    @if it.events.values().all(|n| *n == 0) { (say::NO_EVENTS) }
                    ". " span.source { (ui::day(&view.book, it.at)) ", " (ui::entry(*seq)) }
                }
            } @else { p.quiet { (say::NOT_REMEMBERED) } }
            @if view.visit.may(Right::Plan) {
                details open[typed.is_some()] {
                    summary { (say::REMEMBER) }
                    (faults.summary())
                    (ui::form(view.visit, "/threats/history", &html! {
                        (Field::new(say::YEARS, "years", Kind::Number).value(&years).show(faults))
                        div.columns { fieldset {
                            legend { (say::EVENTS) }
                            @for threat in threats() {
                                @let name = field(&threat.id);
                                @let known = told.and_then(|(_, it)| it.events.get(&threat.id)).filter(|it| **it > 0);
                                (Field::new(&threat.name, &name, Kind::Number).optional().value(&text(&name, known.map_or_else(String::new, u32::to_string))).show(faults))
                            }
                        } }
                        (ui::button(say::REMEMBER_BUTTON, ""))
                    }))
                }
            }
        }
    }
}

pub(super) async fn remember(visit: Visit, fields: Fields) -> Result<Response, PageError> {
    let mut faults = Faults::default();
    let years = fields.text("years").parse().unwrap_or(-1.0);
    let mut events = BTreeMap::new();
    for threat in &visit.catalog().threats {
        let name = field(&threat.id);
        match fields.text(&name) {
            "" => {}
            text => match text.parse() {
                Ok(0) => {}
                Ok(n) => {
                    events.insert(threat.id.clone(), n);
                }
                Err(_) => faults.add(&name, say::NOT_A_COUNT),
            },
        }
    }
    if faults.is_empty() {
        let history = LossHistory { years, events, at: visit.now };
        let by = By::Person(&visit.account()?.person);
        match visit.home().remember(history, by, visit.now).await {
            Ok(_) => return Ok(ui::go("/threats#history", Some(Said::Saved))),
            Err(HistoryError::Home(error)) => return Err(error.into()),
            Err(HistoryError::Years) => faults.add("years", say::NOT_YEARS),
            Err(HistoryError::Events(threat) | HistoryError::Threat { given: threat, .. }) => {
                faults.add(&field(&threat), say::TOO_MANY);
            }
        }
    }
    let view = View::of(&visit).await?;
    super::curve::work_out(&view).await?;
    Ok(ui::again(super::shown(&view, Some((&fields, &faults)))))
}

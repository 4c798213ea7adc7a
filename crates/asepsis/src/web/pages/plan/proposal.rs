//! The plan: what to do with so many dollars and hours, month by month. The limits come in the address,
//! so that another amount is one click, needs no script, and can be kept as a link.

mod changed;
mod english;
pub(super) mod left;
mod months;
pub(super) mod sure;

use asepsis_core::risk::{Horizon, Limits, Proposal};
use axum::extract::Query;
use axum::response::Response;
use maud::{Markup, html};

use crate::ops::{By, PlanError, RiskView, limits};
use crate::web::error::PageError;
use crate::web::fields::Fields;
use crate::web::pages::actions;
use crate::web::pages::check::View;
use crate::web::rights::Right;
use crate::web::ui::{self, Faults, Field, Frame, Kind, Place, Said, Unit};
use crate::web::visit::Visit;
use english as say;

pub(in crate::web::pages) use months::{first_lines, month_name};

/// Amounts to try, by how they compare to the present ones.
const STEPS: [f64; 3] = [0.5, 2.0, 4.0];

/// What may be spent, as asked for in the address; empty for the usual.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    dollars: String,
    hours: String,
    page: String,
}

/// An amount as people type it: `$2,000`.
fn amount(text: &str) -> Option<f64> {
    let plain: String = text.chars().filter(|c| !matches!(c, '$' | ',' | ' ')).collect();
    plain.parse().ok().filter(|it: &f64| it.is_finite())
}

/// The limits that were asked for; what is empty is as usual.
fn wanted(usual: Limits, dollars: &str, hours: &str) -> Result<Limits, Faults> {
    let of = |text: &str, usual: f64| {
        if text.trim().is_empty() { Some(usual) } else { amount(text) }
    };
    let mut faults = Faults::default();
    let dollars = of(dollars, usual.dollars).and_then(|it| Some(limits(it, 0.0).ok()?.dollars));
    let hours = of(hours, usual.hours).and_then(|it| Some(limits(0.0, it).ok()?.hours));
    if dollars.is_none() {
        faults.add("dollars", say::NO_DOLLARS);
    }
    if hours.is_none() {
        faults.add("hours", say::NO_HOURS);
    }
    match (dollars, hours) {
        (Some(dollars), Some(hours)) => Ok(Limits { dollars, hours }),
        _ => Err(faults),
    }
}

pub(super) async fn page(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    let view = View::of(&visit).await?;
    let frame = Frame::new(Place::Plan, say::TITLE);
    let Some(risk) = &view.book.risk else {
        let body = html! { p { (say::NO_PRIORS) " " a href="/plan/checks" { (say::CHECKS) } } };
        return Ok(ui::shown(ui::page(&visit, &frame, &body)));
    };
    let (limits, faults) = match wanted(risk.limits, &asked.dollars, &asked.hours) {
        Ok(limits) => (limits, Faults::default()),
        Err(faults) => (risk.limits, faults),
    };
    let plan = visit.proposal(&view.book, limits).await?.ok_or(PageError::NotFound)?;
    let typed = (asked.dollars.as_str(), asked.hours.as_str());
    let body = html! {
        (form(&view, risk, limits, typed, &faults))
        @if risk.study.model.controls.is_empty() || plan.picks.is_empty() && plan.left.is_empty() { p { (say::NOTHING) } }
        @else {
            (horizons(&plan))
            (taking(&visit, risk, &plan))
            (changed::section(&view, risk, &plan))
            (months::section(&view, &plan, &asked, limits))
            (left::section(&view, &plan))
            (sure::short(&view))
        }
        section.stack.tight aria-labelledby="checks" {
            h2 #checks { (say::CHECKS) }
            p { (say::checks(view.book.next.len())) " " a href="/plan/checks" { (say::SEE_CHECKS) } }
        }
    };
    let page = ui::page(&visit, &frame, &body);
    Ok(if faults.is_empty() { ui::shown(page) } else { ui::again(page) })
}

/// The address of the plan under limits.
fn address(limits: Limits) -> String {
    under("/plan", limits)
}

/// The address of a page about the plan under limits.
fn under(path: &str, limits: Limits) -> String {
    let (dollars, hours) = (limits.dollars.to_string(), limits.hours.to_string());
    ui::address(path, &[("dollars", &dollars), ("hours", &hours)])
}

/// What may be spent, to be changed.
fn form(
    view: &View<'_>,
    risk: &RiskView,
    limits: Limits,
    typed: (&str, &str),
    faults: &Faults,
) -> Markup {
    let shown = |typed: &str, value: f64| {
        if typed.is_empty() { value.to_string() } else { typed.to_owned() }
    };
    let (dollars, hours) = (shown(typed.0, limits.dollars), shown(typed.1, limits.hours));
    let body = html! {
        (Field::new(say::DOLLARS, "dollars", Kind::Number).value(&dollars).show(faults))
        (Field::new(say::HOURS, "hours", Kind::Number).value(&hours).show(faults))
        (ui::button(say::WORK_OUT, ""))
    };
    html! {
        section.sheet.stack.asked aria-labelledby="limits" {
            h2 #limits { (say::LIMITS) }
            (faults.summary())
            (ui::find("/plan", &body))
            p.row.small.screen-only {
                span.quiet { (say::TRY) }
                @for times in STEPS {
                    @let other = Limits { dollars: (limits.dollars * times).round(), hours: limits.hours * times };
                    @if self::limits(other.dollars, other.hours).is_ok() && other != limits {
                        a href=(address(other)) { (say::amounts(other)) }
                    }
                }
                @if limits != risk.limits { a href="/plan" { (say::USUAL) } }
            }
            p.quiet.small {
                @match &risk.parent {
                    Some((seq, it)) => { (say::AS_TAKEN) " " (ui::day(&view.book, it.at)) ", " (ui::entry(*seq)) "." },
                    None => (say::OUR_GUESS),
                }
            }
        }
    }
}

/// What is reached in a month, a quarter and a year.
fn horizons(plan: &Proposal) -> Markup {
    let all = [(say::MONTH, &plan.month), (say::QUARTER, &plan.quarter), (say::YEAR, &plan.year)];
    html! {
        section.stack.tight aria-labelledby="reach" {
            h2 #reach { (say::REACH) }
            div.cards { @for (title, it) in all { (horizon(title, it)) } }
            p { b { (say::proof(plan.proved, plan.gap)) } " " span.quiet.small { (say::ESTIMATES) } }
        }
    }
}

fn horizon(title: &str, it: &Horizon) -> Markup {
    html! {
        div.sheet {
            h3 { (title) }
            @if it.actions.is_empty() { p { (say::NOTHING_FITS) } } @else {
                p { (say::actions(it.actions.len())) }
                dl.pairs.narrow {
                    div { dt { (say::AVOIDS) } dd { @if it.avoided.value > 0.0 { (ui::figure(&it.avoided, Unit::DollarsAYear)) } @else { (say::NOT_YET) } } }
                    div { dt { (say::LEAVES) } dd { (ui::figure(&it.remaining, Unit::DollarsAYear)) } }
                    div { dt { (say::TAKES) } dd {
                        @match ui::effort(it.hours, Unit::Hours) { Some(hours) => (hours), None => (say::NO_WORK) }
                    } }
                    div { dt { (say::COSTS) } dd {
                        @match ui::effort(it.dollars, Unit::Dollars) { Some(dollars) => (dollars), None => (say::NOTHING_TO_BUY) }
                    } }
                }
            }
        }
    }
}

/// Whose plan it is, and the button that makes it theirs.
fn taking(visit: &Visit, risk: &RiskView, plan: &Proposal) -> Markup {
    let same = risk.parent.is_some() && plan.limits == risk.limits && plan.changes.is_empty();
    let body = html! {
        (ui::hidden("dollars", &plan.limits.dollars.to_string()))
        (ui::hidden("hours", &plan.limits.hours.to_string()))
        (ui::button(say::TAKE, ""))
    };
    html! {
        @if same { p { (say::TAKEN) } } @else if visit.may(Right::Plan) && !plan.picks.is_empty() {
            div.row.screen-only { (ui::form(visit, "/plan/take", &body)) p.quiet.small { (say::TAKE_LEAD) } }
        }
    }
}

pub(super) async fn take(visit: Visit, fields: Fields) -> Result<Response, PageError> {
    let book = visit.book().await?;
    let Some(risk) = &book.risk else { return Err(PageError::NotFound) };
    let Ok(limits) = wanted(risk.limits, fields.text("dollars"), fields.text("hours")) else {
        return Ok(ui::go("/plan", None));
    };
    let catalog = visit.home().wording(book.organization.sector);
    let plan = visit.proposal(&book, limits).await?.ok_or(PageError::NotFound)?;
    let taken = risk.taken(catalog, &book.assessment, &plan, visit.now);
    let by = By::Person(&visit.account()?.person);
    match visit.home().take_plan(taken, by, visit.now).await {
        Ok(_) => Ok(ui::go("/plan", Some(Said::PlanTaken))),
        Err(PlanError::Home(error)) => Err(error.into()),
        // Made a moment ago, of amounts that were looked at: the catalog was changed meanwhile.
        Err(PlanError::Limits(_) | PlanError::Other) => Ok(ui::go("/plan", None)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_people_type_them() {
        assert_eq!(amount("$2,000"), Some(2000.0));
        assert_eq!((amount("4.5"), amount(" 0 ")), (Some(4.5), Some(0.0)));
        assert_eq!((amount("much"), amount("inf"), amount("NaN")), (None, None, None));
    }

    #[test]
    fn what_is_empty_is_as_usual_and_what_cannot_be_is_said() {
        let usual = Limits { dollars: 2000.0, hours: 4.0 };
        assert_eq!(wanted(usual, "", "").unwrap(), usual);
        assert_eq!(wanted(usual, "500", "").unwrap(), Limits { dollars: 500.0, hours: 4.0 });
        for (dollars, hours) in [("-1", ""), ("", "-1"), ("x", "1"), ("1e99", "1"), ("1", "1e9")] {
            assert!(wanted(usual, dollars, hours).is_err(), "{dollars} {hours}");
        }
    }
}

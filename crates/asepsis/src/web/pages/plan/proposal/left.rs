//! What is left out of the plan, by why: what the law asks for and does not fit, what goes further
//! elsewhere, what costs more than it avoids, what somebody decided.

use asepsis_core::risk::{LeftOut, Proposal, Why};
use axum::extract::Query;
use axum::response::Response;
use maud::{Markup, html};

use super::{actions, say, under, wanted};
use crate::web::error::PageError;
use crate::web::pages::check::View;
use crate::web::ui::{self, Frame, Place, Unit};
use crate::web::visit::Visit;

/// How many of a group stand on the plan's own page.
const FIRST: usize = 4;
/// How many one page lists.
const PAGE: usize = 40;

/// A page of what is left out.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(in crate::web::pages::plan) struct Part {
    dollars: String,
    hours: String,
    page: String,
}

/// The place of a group: what wants a decision comes first.
const fn group(why: &Why) -> u8 {
    match why {
        Why::LawNoRoom(_) => 0,
        Why::NoRoom => 1,
        Why::CostsMore => 2,
        Why::NoFigure => 3,
        Why::Postponed { .. } => 4,
        Why::Accepted { .. } => 5,
        Why::SaidDone { .. } => 6,
    }
}

/// By group, and in it what avoids most first.
fn grouped<'a>(view: &View<'_>, plan: &'a Proposal) -> Vec<&'a LeftOut> {
    let outlook = view.book.risk.as_ref().map(|it| &it.outlook);
    let worth = |it: &LeftOut| {
        outlook.and_then(|all| all.action(&it.action)).map_or(0.0, |it| it.avoided.value)
    };
    let mut all: Vec<&LeftOut> = plan.left.iter().collect();
    all.sort_by(|a, b| {
        group(&a.why).cmp(&group(&b.why)).then_with(|| worth(b).total_cmp(&worth(a)))
    });
    all
}

/// What all that the law asks for would take, where it does not fit.
fn law(view: &View<'_>, plan: &Proposal) -> Markup {
    let work = view.book.risk.as_ref().and_then(|it| it.law_work(view.catalog(), plan));
    html! {
        @if let Some(it) = work {
            p {
                @if let Some(hours) = ui::effort(it.hours, Unit::Hours) { (say::LAW_TAKES) " " (hours) }
                @if let Some(monthly) = ui::effort(it.monthly, Unit::HoursAMonth) { " " (say::LAW_MONTHLY) " " (monthly) }
            }
        }
    }
}

/// The first of each group, and how many there are.
pub(super) fn section(view: &View<'_>, plan: &Proposal) -> Markup {
    let all = grouped(view, plan);
    html! {
        @if !all.is_empty() {
            section.stack.tight aria-labelledby="left" {
                h2 #left { (say::LEFT) }
                (law(view, plan))
                dl.pairs {
                    @for same in all.chunk_by(|a, b| group(&a.why) == group(&b.why)) {
                        @if let Some(first) = same.first() {
                            div {
                                dt { (say::left(&first.why)) " " span.quiet { "(" (same.len()) ")" } }
                                dd {
                                    @for (at, it) in same.iter().take(FIRST).enumerate() { @if at > 0 { "; " } (actions::link(view, &it.action)) }
                                    @if same.len() > FIRST { "; " (say::and_more(same.len() - FIRST)) }
                                }
                            }
                        }
                    }
                }
                p { a href=(under("/plan/left", plan.limits)) { (say::SEE_LEFT) } }
            }
        }
    }
}

pub(in crate::web::pages::plan) async fn page(
    visit: Visit,
    Query(part): Query<Part>,
) -> Result<Response, PageError> {
    let view = View::of(&visit).await?;
    // What was asked for on the plan's page holds here too; what cannot be is as usual.
    let limits = view
        .book
        .risk
        .as_ref()
        .map(|risk| wanted(risk.limits, &part.dollars, &part.hours).unwrap_or(risk.limits));
    let plan = match limits {
        Some(limits) => visit.proposal(&view.book, limits).await?,
        None => None,
    };
    let plan = plan.as_ref();
    let of = |path: &str| limits.map_or_else(|| path.to_owned(), |it| under(path, it));
    let all = plan.map(|it| grouped(&view, it)).unwrap_or_default();
    let pages = all.len().div_ceil(PAGE).max(1);
    let page = part.page.parse().unwrap_or(1).clamp(1, pages);
    let shown: Vec<&LeftOut> = all.into_iter().skip((page - 1) * PAGE).take(PAGE).collect();
    let body = html! {
        p { (say::LEFT_LEAD) }
        @if shown.is_empty() { p { (say::NONE_LEFT) } }
        @for (at, same) in shown.chunk_by(|a, b| group(&a.why) == group(&b.why)).enumerate() {
            @if let Some(first) = same.first() {
                @let id = format!("group-{at}");
                section.stack.tight aria-labelledby=(id) {
                    h2 id=(id) { (say::left(&first.why)) }
                    @if let (Why::LawNoRoom(_), Some(plan)) = (&first.why, plan) { (law(&view, plan)) }
                    ul.lines.sheet { @for it in same { li { (line(&view, it)) } } }
                }
            }
        }
        (ui::pager(&of("/plan/left"), page, pages))
    };
    let frame =
        Frame::new(Place::Plan, say::LEFT).above(html! { a href=(of("/plan")) { (say::TITLE) } });
    Ok(ui::shown(ui::page(&visit, &frame, &body)))
}

fn line(view: &View<'_>, it: &LeftOut) -> Markup {
    let action = view.catalog().action(&it.action);
    let value = view.book.risk.as_ref().and_then(|risk| risk.outlook.action(&it.action));
    html! {
        p { (actions::link(view, &it.action)) }
        @match &it.why {
            Why::Accepted { reason, until } | Why::Postponed { reason, until } => {
                p.small { (say::UNTIL) " " time.num datetime=(until) { (ui::civil_day(until)) } ". " span.asked { (reason) } }
            },
            Why::SaidDone { at } => { p.small { (say::SAID_DONE) " " (ui::day(&view.book, *at)) } },
            Why::CostsMore | Why::LawNoRoom(_) | Why::NoRoom => {
                @if let Some(value) = value.filter(|it| it.avoided.value > 0.0) {
                    p.small { (say::ALONE) " " (ui::figure(&value.avoided, Unit::DollarsAYear)) }
                }
                (takes(view, it))
                @if let Some(keep) = action.and_then(|it| it.keep.as_ref()) { p.small.quoted { b { (say::KEPT) } " " (keep) } }
            },
            Why::NoFigure => {
                @if let Some(keep) = action.and_then(|it| it.keep.as_ref()) { p.small.quoted { b { (say::KEPT) } " " (keep) } }
            },
        }
    }
}

/// What it takes: the hours of what the law asks for, the yearly cost of what costs too much.
fn takes(view: &View<'_>, it: &LeftOut) -> Markup {
    let risk = view.book.risk.as_ref();
    let control =
        risk.and_then(|risk| risk.study.model.controls.iter().find(|of| of.action == it.action));
    let work = control.map(|it| it.work);
    let hours = work.filter(|_| matches!(it.why, Why::LawNoRoom(_)));
    let hours = hours.and_then(|it| ui::effort(it.hours, Unit::Hours));
    let costs = work.filter(|_| matches!(it.why, Why::CostsMore));
    let costs = costs.map(|it| it.first.times(1.0 / it.life).plus(it.yearly));
    let costs = costs.and_then(|it| ui::effort(it, Unit::DollarsAYear));
    html! {
        @if let Some(hours) = hours { p.small { (say::TAKES_WORK) " " (hours) } }
        @if let Some(costs) = costs { p.small { (say::YEARLY_COST) " " (costs) } }
    }
}

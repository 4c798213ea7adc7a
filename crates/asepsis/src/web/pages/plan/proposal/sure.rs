//! How sure the plan is: in how many plausible worlds each action is in it, what moves the numbers most,
//! what would put another action first, and what to find out next.

use asepsis_core::catalog::Catalog;
use asepsis_core::risk::{Ask, Asks, InDoubt, Mark, Sureness, Swing};
use asepsis_report::chart::{Bar, tornado};
use axum::response::Response;
use maud::{Markup, html};

use super::{actions, say};
use crate::ops::{Book, Further, RiskView};
use crate::web::error::PageError;
use crate::web::pages::check::View;
use crate::web::rights::Right;
use crate::web::ui::{self, Column, Frame, Place, Unit};
use crate::web::visit::Visit;

/// How many things to find out are told.
const ASKS: usize = 8;
/// How many actions of each mark are told.
const ACTIONS: usize = 12;

/// On the plan's own page: what to ask next where that is worked out, and the way to the rest.
pub(super) fn short(view: &View<'_>) -> Markup {
    html! {
        section.stack.tight aria-labelledby="sure" {
            h2 #sure { (say::SURE) }
            @if let Some(sure) = view.book.risk.as_ref().and_then(RiskView::known_further) {
                p { (if sure.asks.further { say::FURTHER } else { say::NO_FURTHER }) }
            } @else { p { (say::SURE_LEAD) } }
            p { a href="/plan/sure" { (say::SEE_SURE) } }
        }
    }
}

pub(in crate::web::pages::plan) async fn page(visit: Visit) -> Result<Response, PageError> {
    let view = View::of(&visit).await?;
    let work = |book: &Book, catalog: &Catalog| {
        let risk = book.risk.as_ref();
        risk.map(|it| it.further(catalog, &book.assessment)).is_some()
    };
    visit.work_out(&view.book, work).await?;
    let risk = view.book.risk.as_ref();
    let sure = risk.map(|it| it.further(visit.catalog(), &view.book.assessment));
    let body = html! {
        @match sure {
            Some(sure) => {
                (ask(&view, &sure.asks))
                (marks(&view, sure))
                (flip(&view, sure))
                (swings(&view, &sure.swings))
            },
            None => p { (say::NO_PRIORS) },
        }
    };
    let frame = Frame::new(Place::Plan, say::SURE).above(html! { a href="/plan" { (say::TITLE) } });
    Ok(ui::shown(ui::page(&visit, &frame, &body)))
}

/// What to find out next, if that is worth its minutes.
fn ask(view: &View<'_>, asks: &Asks) -> Markup {
    let minute = view.catalog().priors.as_ref().map_or(0.0, |it| it.ask.minute);
    let worth_it = |it: &&Ask| it.worth.value > minute * it.minutes.value;
    html! {
        section.stack.tight aria-labelledby="ask" {
            h2 #ask { (say::ASK) }
            p { (if asks.further { say::FURTHER } else { say::NO_FURTHER }) }
            @if asks.further {
                ul.lines.sheet { @for it in asks.asks.iter().filter(worth_it).take(ASKS) { li { (one_ask(view, it)) } } }
            }
        }
    }
}

fn one_ask(view: &View<'_>, it: &Ask) -> Markup {
    let question = it.questions.first().and_then(|id| view.catalog().question(id));
    let check = it.checks.first().and_then(|id| view.catalog().check(id));
    html! {
        p {
            @match (check, question) {
                (Some(check), _) => { (say::LOOK) " " a href={ "/checks/" (check.id) } { (check.title) } },
                (None, Some(question)) => {
                    @if view.visit.may(Right::Answer) { a href={ "/questions/" (question.id) } { (question.ask) } } @else { (question.ask) }
                },
                (None, None) => (actions::link(view, &it.action)),
            }
        }
        p.small { (say::KNOWING) " " (ui::figure(&it.worth, Unit::DollarsAYear)) }
        p.small { (say::MINUTES) " " (ui::figure(&it.minutes, Unit::Minutes)) ". " (say::ABOUT) " " (actions::link(view, &it.action)) }
    }
}

/// The actions by how sure they are.
fn marks(view: &View<'_>, sure: &Further) -> Markup {
    let of = |mark: Mark| {
        let mut all: Vec<&Sureness> = sure.sureness.iter().filter(|it| it.mark == mark).collect();
        all.sort_by(|a, b| b.in_plan.value.total_cmp(&a.in_plan.value));
        all
    };
    html! {
        section.stack.tight aria-labelledby="marks" {
            h2 #marks { (say::MARKS) }
            p { (say::MARKS_LEAD) }
            @for mark in [Mark::DoNow, Mark::Depends, Mark::NotNow] {
                @let all = of(mark);
                h3 { (say::mark(mark)) " " span.quiet { "(" (all.len()) ")" } }
                @if mark == Mark::NotNow { p.small { (say::NOT_NOW_LEAD) } } @else {
                    ul.lines {
                        @for it in all.iter().take(ACTIONS) {
                            li {
                                p { (actions::link(view, &it.action)) }
                                p.small { (say::IN_PLAN) " " (ui::figure(&it.in_plan, Unit::Worlds)) @if let Some(on) = &it.on { ". " (say::DEPENDS) " " (its_doubt(view, &it.action, on)) } }
                            }
                        }
                    }
                    @if all.len() > ACTIONS { p.small { (say::and_more(all.len() - ACTIONS)) } }
                }
            }
        }
    }
}

/// What would put another action first.
fn flip(view: &View<'_>, sure: &Further) -> Markup {
    html! {
        section.stack.tight aria-labelledby="flip" {
            h2 #flip { (say::FLIP) }
            @match &sure.flip {
                Some(it) => p {
                    (actions::link(view, &it.first)) " " (say::COMES_FIRST) " " (actions::link(view, &it.then)) " "
                    (say::WOULD_BE_FIRST) " " (doubt(view, &it.input)) ", " (ui::figure(&it.to, unit(&it.input)))
                },
                None => p { (say::NO_FLIP) },
            }
        }
    }
}

/// What moves the expected loss most.
fn swings(view: &View<'_>, all: &[Swing]) -> Markup {
    let bars: Vec<Bar> =
        all.iter().map(|it| Bar { low: it.loss.low, high: it.loss.high }).collect();
    let middle = all.first().map_or(0.0, |it| it.loss.value);
    let drawn = tornado(middle, &bars);
    let columns = [Column(say::DOUBT), Column(say::MOVES), Column(say::LOSS)];
    let rows = all.iter().zip(drawn).map(|(it, bar)| {
        vec![
            html! { (doubt(view, &it.input)) span.aside { (ui::figure(&it.at, unit(&it.input))) } },
            bar,
            ui::figure(&it.loss, Unit::DollarsAYear),
        ]
    });
    html! {
        @if !all.is_empty() {
            section.stack.tight aria-labelledby="swings" {
                h2 #swings { (say::SWINGS) }
                (ui::table(&html! { (say::SWINGS_LEAD) }, &columns, rows))
            }
        }
    }
}

/// What is in doubt, where the action was just named.
fn its_doubt(view: &View<'_>, own: &str, it: &InDoubt) -> Markup {
    html! {
        @match it {
            InDoubt::InPlace { action } if action == own => (say::ITS_PLACE),
            InDoubt::Effect { action, threat, .. } if action == own => { (say::ITS_EFFECT) " " (actions::threat_link(view, threat)) },
            other => (doubt(view, other)),
        }
    }
}

/// What is in doubt, in words.
fn doubt(view: &View<'_>, it: &InDoubt) -> Markup {
    let threat = |id: &str| actions::threat_link(view, id);
    html! {
        @match it {
            InDoubt::Frequency { threat: id } => { (say::HOW_OFTEN) " " (threat(id)) },
            InDoubt::MedianLoss { threat: id } => { (say::HOW_MUCH) " " (threat(id)) },
            InDoubt::LossSpread { threat: id } => { (say::HOW_WIDE) " " (threat(id)) },
            InDoubt::Overlap { threat: id } => { (say::HOW_OVERLAP) " " (threat(id)) },
            InDoubt::VendorShare => (say::BY_VENDOR),
            InDoubt::InPlace { action } => { (say::HOW_IN_PLACE) " “" (actions::link(view, action)) "”" },
            InDoubt::Effect { action, threat: id, .. } => { (say::HOW_EFFECTIVE) " “" (actions::link(view, action)) "” " (say::AGAINST) " " (threat(id)) },
        }
    }
}

/// What a doubt is counted in.
const fn unit(it: &InDoubt) -> Unit {
    match it {
        InDoubt::Frequency { .. } => Unit::Times,
        InDoubt::MedianLoss { .. } => Unit::Dollars,
        InDoubt::LossSpread { .. } => Unit::Plain,
        InDoubt::Overlap { .. }
        | InDoubt::VendorShare
        | InDoubt::InPlace { .. }
        | InDoubt::Effect { .. } => Unit::Share,
    }
}

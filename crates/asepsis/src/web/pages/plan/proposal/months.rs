//! The chosen actions as a calendar: each in the month in which it begins.

use asepsis_core::risk::{Limits, Pick, Reason};
use asepsis_report::words;
use jiff::ToSpan as _;
use maud::{Markup, html};

use super::{Asked, actions, address, say};
use crate::ops::RiskView;
use crate::web::pages::check::View;
use crate::web::ui::{self, Unit};

/// How many actions one page lists.
const PAGE: usize = 12;

pub(super) fn section(
    view: &View<'_>,
    plan: &asepsis_core::risk::Proposal,
    asked: &Asked,
    limits: Limits,
) -> Markup {
    let pages = plan.picks.len().div_ceil(PAGE).max(1);
    let page = asked.page.parse().unwrap_or(1).clamp(1, pages);
    let shown: Vec<&Pick> = plan.picks.iter().skip((page - 1) * PAGE).take(PAGE).collect();
    html! {
        @if !shown.is_empty() {
            section.stack aria-labelledby="months" {
                div.stack.tight { h2 #months { (say::MONTHS) } p.quiet.small { (say::MONTHS_LEAD) } }
                @for month in shown.chunk_by(|a, b| a.begins == b.begins) {
                    div.stack.tight {
                        h3 { @if let Some(it) = month.first() { (month_name(view, it.begins)) } }
                        ol.lines.sheet { @for it in month { li { (line(view, it)) } } }
                    }
                }
                (ui::pager(&address(limits), page, pages))
            }
        }
    }
}

/// The month of a plan by its name: month 1 is the present one.
pub(in crate::web::pages) fn month_name(view: &View<'_>, month: u32) -> String {
    let today = jiff::Timestamp::from_millisecond(view.visit.now.as_millis());
    let today = today.map(|it| it.to_zoned_datetime(view.zone.clone()).date());
    let then =
        today.and_then(|it| it.first_of_month().checked_add((i64::from(month) - 1).months()));
    let name = then.map(|it| it.strftime("%B %Y").to_string()).unwrap_or_default();
    say::month(month, &name)
}

/// One action: what it takes, what it adds, why it is in, whose it is.
fn line(view: &View<'_>, it: &Pick) -> Markup {
    let action = view.catalog().action(&it.action);
    let risk = view.book.risk.as_ref();
    let value = risk.and_then(|risk| risk.outlook.action(&it.action));
    // What is in the plan in any case is in it in every world.
    let forced = matches!(it.reason, Reason::Law(_) | Reason::Chosen);
    let further = risk.and_then(RiskView::known_further).filter(|_| !forced);
    let sure = further.and_then(|known| known.action(&it.action));
    html! {
        div.sub-head { b { (actions::link(view, &it.action)) } (state(view, it)) }
        p.small { (say::ADDS) " " (ui::figure(&it.adds, Unit::DollarsAYear)) }
        ul.facts {
            li { b { (whose(view, it)) } }
            @if let Some(due) = &it.due { li { (say::DUE) " " time.num datetime=(due) { (ui::civil_day(due)) } } }
            (actions::effort(it.hours, it.monthly, it.first, it.yearly))
            @if it.ends > it.begins { li { (say::until_month(&month_name(view, it.ends))) } }
            @if let Some(value) = value.filter(|it| !it.by_threat.is_empty()) {
                li {
                    (say::AGAINST) " "
                    @for (at, (threat, _)) in value.by_threat.iter().enumerate() { @if at > 0 { ", " } (actions::threat_link(view, threat)) }
                }
            }
            @if let Some(sure) = sure { li { (say::mark(sure.mark)) } }
        }
        @match &it.reason {
            Reason::Worth => {},
            Reason::Law(_) => p.small { (say::BY_LAW) @if let Some(keep) = action.and_then(|it| it.keep.as_ref()) { " " span.quoted { (keep) } } },
            Reason::Chosen => p.small { (say::BY_CHOICE) },
            Reason::Needed(by) => p.small { (say::NEEDED) " " @for (at, id) in by.iter().enumerate() { @if at > 0 { "; " } (actions::link(view, id)) } },
        }
    }
}

/// Whoever took it on, else whose work it is.
fn whose<'a>(view: &'a View<'_>, it: &'a Pick) -> &'a str {
    let who = view.catalog().action(&it.action).map_or("", |it| it.who.as_str());
    it.to.as_ref().map_or_else(|| words::role(who), |id| ui::person(&view.book, id))
}

fn state(view: &View<'_>, it: &Pick) -> Markup {
    let chosen =
        view.book.risk.as_ref().is_some_and(|risk| risk.decisions.contains_key(&it.action));
    html! {
        @if it.not_seen_done { span.chip.partly { (say::NOT_SEEN_DONE) } }
        @else if matches!(it.reason, Reason::Law(_)) { span.chip { (say::LAW) } }
        @else if chosen { span.chip.in-place { (say::CHOSEN) } }
    }
}

/// The first lines of the plan, for Today.
pub(in crate::web::pages) fn first_lines(view: &View<'_>, most: usize) -> Markup {
    let picks = view.book.risk.as_ref().map_or(&[][..], |it| it.proposal.picks.as_slice());
    html! {
        ol.cards {
            @for it in picks.iter().take(most) {
                @let action = view.catalog().action(&it.action);
                li.sheet {
                    h3 { (action.map_or(it.action.as_str(), |it| it.title.as_str())) }
                    @if let Some(action) = action { p.quoted { (action.why) } }
                    p.small { (say::ADDS) " " (ui::figure(&it.adds, Unit::DollarsAYear)) }
                    ul.facts {
                        li { b { (whose(view, it)) } }
                        @if let Some(due) = &it.due { li { (say::DUE) " " time.num datetime=(due) { (ui::civil_day(due)) } } }
                        (actions::effort(it.hours, it.monthly, it.first, it.yearly))
                    }
                    @if it.not_seen_done { p.small { span.chip.partly { (say::NOT_SEEN_DONE) } } }
                    @match &it.reason {
                        Reason::Law(_) => p.small { (say::BY_LAW) },
                        Reason::Chosen => p.small { (say::BY_CHOICE) },
                        Reason::Worth | Reason::Needed(_) => {},
                    }
                    div.row { a.button href={ "/actions/" (it.action) } { (say::SEE_HOW) span.away { ": " (action.map_or("", |it| it.title.as_str())) } } }
                }
            }
        }
    }
}

//! What is different from the plan that was taken, in words, each with its cause.

use asepsis_core::risk::{Because, Change, Proposal};
use maud::{Markup, html};

use super::{actions, say};
use crate::ops::RiskView;
use crate::web::pages::check::View;
use crate::web::ui;

/// How many changes are told.
const TOLD: usize = 12;

pub(super) fn section(view: &View<'_>, risk: &RiskView, plan: &Proposal) -> Markup {
    let Some((_, parent)) = &risk.parent else { return html! {} };
    html! {
        section.sheet aria-labelledby="changed" {
            h2 #changed { (say::CHANGED) " " (ui::day(&view.book, parent.at)) }
            @if plan.changes.is_empty() { p { (say::UNCHANGED) } }
            ul.lines.small { @for it in plan.changes.iter().take(TOLD) { li { (one(view, it)) } } }
            @if plan.changes.len() > TOLD { p.small { (say::and_more(plan.changes.len() - TOLD)) } }
        }
    }
}

fn one(view: &View<'_>, it: &Change) -> Markup {
    html! {
        p {
            (actions::link(view, &it.action)) " " (say::moved(it.moved))
            @for (at, why) in it.because.iter().enumerate() {
                (if at == 0 { say::BECAUSE } else { say::AND }) (because(view, why))
            }
            "."
        }
    }
}

fn because(view: &View<'_>, it: &Because) -> Markup {
    let checks = |ids: &[String]| {
        html! {
            @for (at, id) in ids.iter().enumerate() {
                @if at > 0 { ", " }
                "“" a href={ "/checks/" (id) } { (view.catalog().check(id).map_or(id.as_str(), |it| it.title.as_str())) } "”"
            }
        }
    };
    html! {
        @match it {
            Because::FailsNow(ids) => { (checks(ids)) " " (say::fails_now(ids.len())) },
            Because::FailsNoMore(ids) => { (checks(ids)) " " (say::fails_no_more(ids.len())) },
            other => span.asked { (say::because(other)) },
        }
    }
}

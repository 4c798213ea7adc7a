//! What to do next: five steps in full, the rest in a list.

use asepsis_core::engine::NextStep;
use maud::{Markup, html};

use crate::facts::Facts;
use crate::{prose, words};

/// How many steps are shown in full.
const FIRST: usize = 5;

pub(crate) fn section(facts: &Facts<'_>) -> Markup {
    let (first, rest) = facts.report.next.split_at(facts.report.next.len().min(FIRST));
    html! {
        section.stack #next aria-labelledby="next-title" {
            h2 #next-title { "Do next" }
            @if first.is_empty() {
                p { "Nothing that was looked at needs work now. What nobody knows yet is " a href="#open" { "still open" } "." }
            } @else {
                p.quiet { "Each heading is what will be true once it is done. Most serious first, among equals the cheapest; hours and dollars are our estimates." }
                ol.cards { @for step in first { li.sheet { (card(facts, step)) } } }
            }
            @if !rest.is_empty() {
                details {
                    summary { (words::many(rest.len(), "further step")) }
                    ol.further start=(FIRST + 1) {
                        @for step in rest {
                            li { p { b { (step.title) } } (effort(facts, step)) }
                        }
                    }
                }
            }
        }
    }
}

fn card(facts: &Facts<'_>, step: &NextStep) -> Markup {
    let check = facts.check(&step.check);
    html! {
        h3 { (step.title) }
        @if let Some(check) = check { p { (prose::spans(&check.why)) } }
        (effort(facts, step))
        @if let Some(check) = check {
            details { summary { "How" } div.stack.small { (prose::prose(&check.fix)) } }
        }
    }
}

fn effort(facts: &Facts<'_>, step: &NextStep) -> Markup {
    let applicable = facts.tally(&step.check).applicable();
    let noun = facts.check(&step.check).map_or("subject", |check| facts.subject(check));
    html! {
        ul.facts {
            li { b.num { (words::hours(step.effort.hours)) } }
            li { b.num { (words::dollars(step.effort.dollars)) } }
            li { (words::role(&step.effort.who)) }
            li { (words::count(step.subjects)) " of " (words::many(applicable, noun)) }
            li { "severity " (step.severity.word()) }
            li.ids { "serves " (serves(&step.serves)) }
        }
    }
}

/// Sub-practices, each a link to its place.
pub(crate) fn serves(ids: &[String]) -> Markup {
    html! {
        @for (at, id) in ids.iter().enumerate() {
            @if at > 0 { ", " }
            a href={ "#" (words::anchor("s", id)) } { (id) }
        }
    }
}

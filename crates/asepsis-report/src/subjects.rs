//! The subjects on which a check fails: at most ten by name, the others by number.

use asepsis_core::engine::Finding;
use maud::{Markup, html};

use crate::facts::{CheckFacts, Facts, NAMED};
use crate::{prose, words};

/// All that fail: those to be fixed first, then those somebody accepted.
pub(crate) fn failing(facts: &Facts<'_>, found: &CheckFacts<'_>) -> Markup {
    let accepted: usize = found.accepts.values().sum();
    let room = NAMED.saturating_sub(found.failing.len());
    let shown = found.failing.len() + accepted.min(room);
    let more = (found.fails + accepted).saturating_sub(shown);
    html! {
        @if found.fails + accepted > 0 {
            ul.subjects {
                @for finding in &found.failing { li { (one(facts, finding)) } }
                @for finding in found.accepted.iter().take(room) {
                    li { (one(facts, finding)) " " span.chip { "accepted" } }
                }
                @if more > 0 { li.more { "and " (words::count(more)) " more" } }
            }
            @for (seq, n) in &found.accepts {
                @if let Some(it) = facts.acceptance(*seq) {
                    p.how {
                        span.chip { "accepted" } " "
                        (words::count(*n)) " accepted by " (facts.report.assessment.name_of(&it.waiver.owner)) " until " (words::day(&facts.report.zone, it.waiver.expires))
                        ": " (it.waiver.reason) " " span.source { "entry " (seq) }
                    }
                }
            }
        }
    }
}

fn one(facts: &Facts<'_>, finding: &Finding) -> Markup {
    html! {
        b.label { (&*finding.label) }
        @if let Some(detail) = &finding.reason { ": " (prose::spans(detail)) }
        span.source {
            @if let Some(at) = finding.observed_at { (words::day(&facts.report.zone, at)) }
            @if let Some(seq) = finding.evidence { ", " span.num { "evidence " (seq) } }
        }
    }
}

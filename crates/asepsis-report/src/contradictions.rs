//! You told us one thing, we saw another: shown before everything else, never averaged away.

use asepsis_core::engine::Contradiction;
use maud::{Markup, html};

use crate::facts::Facts;
use crate::marks::Mark;
use crate::words;

/// How many ledger entries are named for one contradiction.
const ENTRIES: usize = 6;

pub(crate) fn section(facts: &Facts<'_>) -> Markup {
    let all = &facts.report.assessment.contradictions;
    html! {
        @if !all.is_empty() {
            section.sheet.alert #contradictions aria-labelledby="contradictions-title" {
                h2 #contradictions-title {
                    (Mark::Contradicted.silent()) " You told us one thing, we saw another"
                }
                p.quiet { "Nothing bad about it: things change, and nobody sees everything. What was seen is what counts below." }
                ul.plain { @for it in all { (one(facts, it)) } }
            }
        }
    }
}

fn one(facts: &Facts<'_>, it: &Contradiction) -> Markup {
    let question = facts.report.catalog.question(&it.question);
    html! {
        li.versus {
            h3 { (question.map_or(it.question.as_str(), |question| question.ask.as_str())) }
            dl {
                div {
                    dt { "Told" }
                    dd {
                        p { "“" (it.said) "”" }
                        p.source { (words::the_role(&it.role)) ", " (words::day(&facts.report.zone, it.stated_at)) ", answer " (it.answer) }
                    }
                }
                div {
                    dt { "Seen" }
                    dd {
                        p { (it.seen) "." }
                        @if !it.evidence.is_empty() { p.source { (entries(&it.evidence)) } }
                    }
                }
            }
            @if !it.parts.is_empty() {
                p.source {
                    "Details: "
                    @for (at, part) in it.parts.iter().enumerate() {
                        @if at > 0 { ", " }
                        a href={ "#" (words::anchor("p", &part.to_string())) } { (part.sub_practice) }
                    }
                }
            }
        }
    }
}

/// `evidence 412, 413 and 5 more`.
fn entries(all: &[u64]) -> String {
    let named: Vec<String> = all.iter().take(ENTRIES).map(u64::to_string).collect();
    let more = all.len().saturating_sub(ENTRIES);
    let more = if more > 0 { format!(" and {} more", words::count(more)) } else { String::new() };
    format!("evidence {}{more}", named.join(", "))
}

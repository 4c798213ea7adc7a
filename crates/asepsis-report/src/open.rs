//! What is still open: which questions settle most, who can answer, and what was not asked, and why.

use asepsis_core::engine::OpenQuestion;
use maud::{Markup, html};

use crate::facts::Facts;
use crate::words;

/// How many open questions are shown.
const FIRST: usize = 10;

pub(crate) fn section(facts: &Facts<'_>) -> Markup {
    let interview = facts.report.interview;
    let (open, answered) = (interview.open.len(), interview.answered.len());
    html! {
        section.stack #open aria-labelledby="open-title" {
            h2 #open-title { "Still open" }
            p.lead {
                @if open == 0 { "No question is open." } @else {
                    (words::capital(open)) (if open == 1 { " question is" } else { " questions are" }) " open. "
                }
                @if answered > 0 { " " (words::capital(answered)) (if answered == 1 { " is" } else { " are" }) " answered." }
            }
            @if open > 0 { (table(facts, &interview.open)) }
            @if !interview.unknown.is_empty() {
                div.stack {
                    h3 { "Answered with “I don't know”" }
                    p.quiet { "That is a good answer: it goes to whoever may know." }
                    ul.points {
                        @for id in &interview.unknown {
                            @if let Some(question) = facts.report.catalog.question(id) {
                                li { (question.ask) " " span.source { (words::roles(&question.roles)) } }
                            }
                        }
                    }
                }
            }
            (skipped(facts))
        }
    }
}

fn table(facts: &Facts<'_>, open: &[OpenQuestion]) -> Markup {
    let first: Vec<_> = open.iter().take(FIRST).collect();
    html! {
        table role="table" {
            caption {
                @if open.len() > FIRST { "The " (first.len()) " that settle most" } @else { "Those that settle most first" }
            }
            thead role="rowgroup" {
                tr role="row" {
                    th scope="col" role="columnheader" { "Question" }
                    th scope="col" role="columnheader" { "Who can answer" }
                    th scope="col" role="columnheader" { "Settles" }
                }
            }
            tbody role="rowgroup" {
                @for it in first {
                    @if let Some(question) = facts.report.catalog.question(&it.id) {
                        tr role="row" {
                            th.light scope="row" role="rowheader" { (question.ask) }
                            td role="cell" { (words::roles(&question.roles)) }
                            td role="cell" {
                                @if question.sets.is_some() { "which parts apply" }
                                @else { (words::many(it.settles, "part")) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn skipped(facts: &Facts<'_>) -> Markup {
    let skipped = &facts.report.interview.skipped;
    html! {
        @if !skipped.is_empty() {
            details {
                summary { (words::many(skipped.len(), "question")) " not asked, and why" }
                ul.points.small {
                    @for it in skipped {
                        li {
                            (facts.report.catalog.question(&it.id).map_or(it.id.as_str(), |question| question.ask.as_str()))
                            " " span.quiet { (it.reason) }
                        }
                    }
                }
            }
        }
    }
}

//! You told us one thing, we saw another: shown before everything else.

use asepsis_core::engine::Contradiction;
use asepsis_report::marks::Mark;
use asepsis_report::words;
use maud::{Markup, html};

use super::{View, place, say};
use crate::web::rights::Right;
use crate::web::ui;

/// How many are shown in full.
const FULL: usize = 3;
/// How many of the others are named.
const NAMED: usize = 12;
/// How many entries are named for one.
const ENTRIES: usize = 6;

pub(super) fn section(view: &View<'_>) -> Markup {
    let all = &view.book.assessment.contradictions;
    let (first, rest) = all.split_at(all.len().min(FULL));
    html! {
        @if !first.is_empty() {
            section.sheet.alert aria-labelledby="differ" {
                h2 #differ { (Mark::Contradicted.silent()) " " (say::TOLD_AND_SEEN) }
                p.quiet { (say::NOTHING_BAD) }
                ul.lines { @for it in first { li { div.stack.tight { (one(view, it)) } } } }
                @if !rest.is_empty() {
                    details {
                        summary { (say::more_differ(rest.len())) }
                        ul.points {
                            @for it in rest.iter().take(NAMED) {
                                li { a href={ "/questions/" (it.question) } { (ask(view, it)) } }
                            }
                            @if rest.len() > NAMED { li { (say::and_more(rest.len() - NAMED)) } }
                        }
                    }
                }
            }
        }
    }
}

fn ask<'a>(view: &'a View<'_>, it: &'a Contradiction) -> &'a str {
    let question = view.visit.catalog().question(&it.question);
    question.map_or(it.question.as_str(), |question| question.ask.as_str())
}

fn one(view: &View<'_>, it: &Contradiction) -> Markup {
    let ask = ask(view, it);
    let said = view.book.assessment.answers.get(&it.answer);
    let see = match (it.parts.first(), it.evidence.first()) {
        (Some(part), _) => Some(place("p", &part.sub_practice, &part.to_string())),
        (None, Some(seq)) => Some(format!("/evidence/{seq}")),
        (None, None) => None,
    };
    html! {
        h3 { (ask) }
        dl.versus {
            div {
                dt { (say::TOLD) }
                dd {
                    p { "“" (it.said) "”" }
                    p.source {
                        @if let Some(said) = said { (ui::person(view.book, &said.author)) " (" (words::role(&it.role)) ")" }
                        @else { (words::the_role(&it.role)) }
                        ", " (words::day(&view.zone, it.stated_at)) ", " (ui::entry(it.answer))
                    }
                }
            }
            div {
                dt { (say::SEEN) }
                dd {
                    p { (it.seen) "." }
                    p.source {
                        @for (at, seq) in it.evidence.iter().take(ENTRIES).enumerate() {
                            @if at > 0 { ", " }
                            (ui::entry(*seq))
                        }
                        @if it.evidence.len() > ENTRIES { " " (say::and_more(it.evidence.len() - ENTRIES)) }
                    }
                }
            }
        }
        div.row {
            @if view.visit.may(Right::Answer) {
                a.button href={ "/questions/" (it.question) } { (say::CORRECT) span.away { ": " (ask) } }
            }
            @if let Some(see) = see { a.button.plain href=(see) { (say::SEE_IT) span.away { ": " (ask) } } }
        }
    }
}

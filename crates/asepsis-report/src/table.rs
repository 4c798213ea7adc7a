//! The ten practices in one table: a mark per sub-practice, the standing, how we know, what was seen.

use asepsis_core::engine::{Basis, PracticeStanding};
use maud::{Markup, html};

use crate::facts::Facts;
use crate::marks::{Mark, class};
use crate::words;

pub(crate) fn section(facts: &Facts<'_>) -> Markup {
    html! {
        section.sheet #table aria-labelledby="table-title" {
            h2 #table-title { "How you stand on the ten practices" }
            table role="table" {
                caption { "One mark for each sub-practice. Filled: we saw it. Outlined: you told us. Ringed: some seen, the rest told." }
                thead role="rowgroup" {
                    tr role="row" {
                        th scope="col" role="columnheader" { "Practice" }
                        th scope="col" role="columnheader" { "Sub-practices" }
                        th scope="col" role="columnheader" { "Standing" }
                        th scope="col" role="columnheader" { "How we know" }
                    }
                }
                tbody role="rowgroup" {
                    @for practice in &facts.report.assessment.practices { (row(facts, practice)) }
                }
            }
        }
    }
}

fn row(facts: &Facts<'_>, practice: &PracticeStanding) -> Markup {
    html! {
        tr role="row" {
            th scope="row" role="rowheader" {
                span.n { (practice.number) } a href={ "#practice-" (practice.number) } { (practice.name) }
            }
            td role="cell" {
                span.marks {
                    @for sub in &practice.sub_practices {
                        (Mark::of(sub.state, sub.basis, sub.contradicted).named(&format!("{} {}", sub.id, sub.title)))
                    }
                    @if practice.sub_practices.is_empty() { span.quiet { "none for your size" } }
                }
            }
            td role="cell" { (standing(practice)) }
            td.quiet role="cell" { (how(facts, practice)) }
        }
    }
}

/// The practice's own word; a contradiction inside is said beside it, never instead of it.
pub fn standing(practice: &PracticeStanding) -> Markup {
    html! {
        b class=(class(practice.state)) { (Mark::of(practice.state, practice.basis, false).words()) }
        @if practice.contradicted { span.aside.contradicted { "told and seen differ" } }
    }
}

/// When it was measured, that it was told, and how many parts were seen.
pub(crate) fn how(facts: &Facts<'_>, practice: &PracticeStanding) -> Markup {
    let parts = || practice.sub_practices.iter().flat_map(|sub| &sub.parts);
    let seen: usize = practice.sub_practices.iter().map(|sub| sub.parts_measured).sum();
    let of: usize = practice.sub_practices.iter().map(|sub| sub.parts_applicable).sum();
    let looked = facts.looked(parts());
    let answers: std::collections::BTreeSet<u64> =
        parts().flat_map(|part| part.answers.iter().copied()).collect();
    html! {
        @match (practice.basis, looked) {
            (Basis::Measured | Basis::Both, Some(span)) => { "measured " (words::days(&facts.report.zone, span)) },
            (Basis::Measured | Basis::Both, None) => "measured",
            _ => {},
        }
        @if practice.basis == Basis::Both { ", the rest told" }
        @if practice.basis == Basis::Told {
            "told"
            @if !answers.is_empty() { " in " (words::many(answers.len(), "answer")) }
        }
        @if of > 0 && practice.basis == Basis::Nothing { "0 of " (words::many(of, "part")) " seen or told" }
        @else if of > 0 { span.aside { (seen) " of " (words::many(of, "part")) " seen" } }
    }
}

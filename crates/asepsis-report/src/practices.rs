//! One section per practice: what it is, and every part with its mark and how we know.

use asepsis_core::catalog::{Level, SubPractice};
use asepsis_core::engine::{PartStanding, PracticeStanding, SubPracticeStanding};
use maud::{Markup, html};

use crate::facts::Facts;
use crate::marks::Mark;
use crate::{evidence, prose, table, words};

pub(crate) fn section(facts: &Facts<'_>) -> Markup {
    html! {
        div.practices {
            @for it in &facts.report.assessment.practices { (practice(facts, it)) }
        }
    }
}

/// Items that only the 2023 edition may have: after the ten, under a heading that says so.
pub(crate) fn apart(facts: &Facts<'_>) -> Markup {
    let apart = &facts.report.assessment.apart;
    html! {
        @if !apart.is_empty() {
            section.practice.apart #apart aria-labelledby="apart-title" {
                h2 #apart-title { "Not counted: what the 2023 edition may add" }
                p.lead { "Our reading of the 2023 edition, unconfirmed. These items are counted nowhere in this report." }
                @for sub in apart { (sub_practice(facts, sub)) }
            }
        }
    }
}

fn practice(facts: &Facts<'_>, it: &PracticeStanding) -> Markup {
    let full = facts.report.catalog.practices.iter().find(|full| full.number == it.number);
    let id = format!("practice-{}", it.number);
    html! {
        section.practice #(id) aria-labelledby={ (id) "-title" } {
            h2 id={ (id) "-title" } { span.n { (it.number) } " " (it.name) }
            p.stand { (table::standing(it)) span.quiet { (table::how(facts, it)) } }
            @if let Some(full) = full { div.stack.intro { (prose::prose(&full.text)) } }
            @for sub in &it.sub_practices { (sub_practice(facts, sub)) }
        }
    }
}

fn sub_practice(facts: &Facts<'_>, sub: &SubPracticeStanding) -> Markup {
    let full = facts.report.catalog.sub_practice(&sub.id).map(|(_, full)| full);
    let usual = full.and_then(SubPractice::usual_level);
    let id = words::anchor("s", &sub.id);
    html! {
        section.sub #(id) aria-labelledby={ (id) "-title" } {
            div.sub-head {
                h3 id={ (id) "-title" } { (sub.title) " " span.id { (sub.id) } }
                (Mark::of(sub.state, sub.basis, sub.contradicted).spoken())
            }
            p.quiet {
                (sub.parts_measured) " of " (words::many(sub.parts_applicable, "part")) " seen, "
                (sub.parts_known) " known"
                @if sub.adopted { "; taken on by your choice, from a larger size" }
            }
            @if let Some(full) = full { p { (prose::spans(&full.summary)) } }
            ul.parts { @for part in &sub.parts { (one(facts, part, full, usual)) } }
            @if let Some(full) = full { (sureness(full, usual)) }
        }
    }
}

fn one(
    facts: &Facts<'_>,
    it: &PartStanding,
    sub: Option<&SubPractice>,
    usual: Option<Level>,
) -> Markup {
    let full = sub.and_then(|sub| sub.parts.iter().find(|part| part.id == it.part.part));
    let level = full.map(|part| part.certainty.level).filter(|level| Some(*level) != usual);
    html! {
        li #(words::anchor("p", &it.part.to_string())) {
            (Mark::of(it.state, it.basis, false).silent())
            div {
                p.part {
                    span { (prose::spans(&it.text)) @if let Some(level) = level { " " (sure(level)) } }
                    b class=(Mark::of(it.state, it.basis, false).class()) {
                        (Mark::of(it.state, it.basis, false).words())
                    }
                }
                (evidence::lines(facts, it))
            }
        }
    }
}

fn sureness(sub: &SubPractice, parts: Option<Level>) -> Markup {
    let level = |field: &str| sub.certainty.get(field).map(|it| it.level);
    let said = [("Title", level("title")), ("Id", level("id")), ("Parts", parts)];
    let said: Vec<_> = said
        .into_iter()
        .filter_map(|(what, level)| Some((what, level.filter(|level| *level != Level::Sourced)?)))
        .collect();
    html! {
        @if !said.is_empty() {
            p.certainty {
                @for (at, (what, level)) in said.into_iter().enumerate() {
                    @if at > 0 { " · " }
                    (what) ": " (sure(level))
                }
            }
        }
    }
}

/// A word of certainty; leads to what the five words mean.
pub(crate) fn sure(level: Level) -> Markup {
    html! { a.sure href="#certainty" { (level) } }
}

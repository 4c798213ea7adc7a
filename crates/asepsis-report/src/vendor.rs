//! The vendor sheet: what we saw, what we ask, how to fix it, and space to answer; an area per page.

use std::collections::BTreeMap;

use asepsis_core::engine::NextStep;
use maud::{Markup, html};

use crate::facts::Facts;
use crate::{next, prose, subjects, words};

pub(crate) fn section(facts: &Facts<'_>) -> Markup {
    let assessment = facts.report.assessment;
    html! {
        section.vendor #vendor aria-labelledby="vendor-title" {
            h2 #vendor-title { "Vendor sheet" }
            p.lead {
                "For the person or company that looks after the computers of " strong { (facts.organization()) }
                ". What we saw until " (words::day(&facts.report.zone, assessment.as_of)) ", what we ask, and space to answer."
            }
            @if facts.report.next.is_empty() { p { "Nothing that was looked at needs work now." } }
            @for (area, steps) in areas(facts) {
                section.area aria-labelledby={ "area-" (area) } {
                    h3 id={ "area-" (area) } { (name(facts, area)) }
                    @for step in steps { (item(facts, step)) }
                }
            }
            (questions(facts))
        }
    }
}

/// Steps by the practice that they serve first; in it, worst first as they came.
fn areas<'a>(facts: &Facts<'a>) -> BTreeMap<u8, Vec<&'a NextStep>> {
    let mut areas: BTreeMap<u8, Vec<&NextStep>> = BTreeMap::new();
    for step in facts.report.next {
        let practice = step.serves.first().and_then(|id| facts.report.catalog.sub_practice(id));
        areas.entry(practice.map_or(0, |(practice, _)| practice.number)).or_default().push(step);
    }
    areas
}

fn name(facts: &Facts<'_>, area: u8) -> String {
    let practice = facts.report.catalog.practices.iter().find(|it| it.number == area);
    practice.map_or_else(|| "Other".to_owned(), |it| format!("{} {}", it.number, it.name))
}

fn item(facts: &Facts<'_>, step: &NextStep) -> Markup {
    let check = facts.check(&step.check);
    let noun = check.map_or("subject", |check| facts.subject(check));
    html! {
        article.ask {
            h4 { (step.title) " " span.id { (step.check) } }
            ul.facts {
                li { "severity " (step.severity.word()) }
                li { "fails on " (words::count(step.subjects)) " of " (words::many(facts.tally(&step.check).applicable(), noun)) }
                li { "about " b.num { (words::hours(step.effort.hours)) } ", " b.num { (words::dollars(step.effort.dollars)) } }
                li.ids { (next::serves(&step.serves)) }
            }
            div.pair {
                div {
                    h5 { "What we saw" }
                    @if let Some(found) = facts.found(&step.check) { (subjects::to_fix(facts, found)) }
                }
                @if let Some(check) = check {
                    div { h5 { "What we ask" } div.stack.small { (prose::prose(&check.fix)) } }
                }
            }
            @if let Some(check) = check.filter(|it| !it.sources.is_empty()) {
                p.source { "Rests on " (check.sources.join("; ")) }
            }
            (answer(&["Done on", "By", "If not: why, and until when"]))
        }
    }
}

/// Lines to write on.
fn answer(labels: &[&str]) -> Markup {
    html! { ul.answer { @for label in labels { li { span { (label) } } } } }
}

/// Questions that the vendor may answer: those nobody else could.
fn questions(facts: &Facts<'_>) -> Markup {
    let may = |id: &&String| {
        let question = facts.report.catalog.question(id);
        question.is_some_and(|it| it.roles.iter().any(|role| role == "vendor" || role == "it"))
    };
    let asked: Vec<&String> = facts.report.interview.unknown.iter().filter(may).collect();
    html! {
        @if !asked.is_empty() {
            section.area aria-labelledby="area-questions" {
                h3 #area-questions { "What we could not answer ourselves" }
                @for id in asked {
                    @if let Some(question) = facts.report.catalog.question(id) {
                        article.ask {
                            h4 { (question.ask) " " span.id { (question.id) } }
                            p.quiet { "What would show it: " (question.evidence) }
                            @if !question.answers.is_empty() {
                                ul.boxes { @for choice in &question.answers { li { (choice.text) } } }
                            }
                            (answer(&["Answer", "By, on"]))
                        }
                    }
                }
            }
        }
    }
}

//! About this report: what it rests on, what its words mean, and what it never says.

use asepsis_core::catalog::Level;
use asepsis_core::engine::{Basis, State};
use maud::{Markup, html};

use crate::facts::Facts;
use crate::marks::Mark;
use crate::words;

pub(crate) fn section(facts: &Facts<'_>) -> Markup {
    html! {
        section.practice.about #about aria-labelledby="about-title" {
            h2 #about-title { "About this report" }
            p {
                "This report measures an organization on "
                cite { (facts.report.catalog.editions.title) }
                " (HICP), a publication of the US Department of Health and Human Services. It says what was shown, partly shown or not shown on its day. It never says that an organization satisfies a law, and it is no legal advice."
            }
            (meanings())
            (certainty(facts))
            (rests_on(facts))
            (sources(facts))
        }
    }
}

fn meanings() -> Markup {
    let mark = |state, basis| Mark::Stands(state, basis).silent();
    html! {
        h3 { "What the marks mean" }
        dl.legend {
            div { dt { (mark(State::InPlace, Basis::Measured)) (mark(State::Partly, Basis::Measured)) (mark(State::NotInPlace, Basis::Measured)) " Measured" }
                dd { "A program looked, on the day named. Filled marks: in place, partly, not in place." } }
            div { dt { (mark(State::InPlace, Basis::Told)) (mark(State::Partly, Basis::Told)) (mark(State::NotInPlace, Basis::Told)) " Told" }
                dd { "A person answered a question. Outlined marks. Measured beats told." } }
            div { dt { (mark(State::InPlace, Basis::Both)) (mark(State::Partly, Basis::Both)) (mark(State::NotInPlace, Basis::Both)) " Seen and told" }
                dd { "Some of it was seen, the rest was told. Ringed marks." } }
            div { dt { (mark(State::Unknown, Basis::Nothing)) " Unknown" }
                dd { "Nobody looked or answered, or it is too long ago. Neither good nor bad news." } }
            div { dt { (Mark::Contradicted.silent()) " Told and seen differ" }
                dd { "An answer says one thing, a look another. What was seen counts." } }
            div { dt { (mark(State::NotApplicable, Basis::Nothing)) " Does not apply" }
                dd { "What it protects does not exist here, by your own answer." } }
        }
    }
}

fn certainty(facts: &Facts<'_>) -> Markup {
    let means = &facts.report.catalog.editions.certainty_words;
    let levels =
        [Level::Sourced, Level::Derived, Level::GeneralKnowledge, Level::Low, Level::Judged];
    html! {
        h3 #certainty tabindex="-1" { "How sure we are of what HICP says" }
        p { "Its printed ids and titles were collected from sources named below. Where a small word stands beside a statement, it is one of these five; no word means sourced." }
        dl.legend {
            @for level in levels {
                @let word = if level == Level::Judged { "judged".to_owned() } else { level.to_string() };
                div { dt { (level) } dd { (means.get(&word).map_or("", String::as_str)) } }
            }
        }
    }
}

fn rests_on(facts: &Facts<'_>) -> Markup {
    let (catalog, assessment) = (facts.report.catalog, facts.report.assessment);
    html! {
        h3 { "What it rests on" }
        dl.legend {
            div { dt { "As of" } dd { (words::full_day(&facts.report.zone, assessment.as_of)) span.source { (assessment.as_of) } } }
            div { dt { "Records" } dd { (words::number(assessment.ledger_size)) " entries of the ledger. “Evidence 412” and “answer 96” are numbers of entries in it." } }
            div { dt { "Catalog" } dd { (assessment.edition) " " code { (assessment.catalog) } } }
            div { dt { "Editions" } dd {
                @for (at, edition) in catalog.editions.editions.iter().enumerate() {
                    @if at > 0 { "; " }
                    (edition.year) " (released " (edition.released)
                    @if !edition.note.is_empty() { ", " (edition.note) } ")"
                }
            } }
            div { dt { "Made by" } dd { (facts.report.program) } }
            div { dt { "Days" } dd { "Days begin and end in the time zone that the organization named. The same catalog, records and day give this same file, byte for byte." } }
        }
    }
}

fn sources(facts: &Facts<'_>) -> Markup {
    let sources = &facts.report.catalog.editions.sources;
    html! {
        @if !sources.is_empty() {
            details {
                summary { "Sources of the catalog (" (sources.len()) ")" }
                dl.sources {
                    @for (key, place) in sources {
                        div { dt { code { (key) } } dd { (source(place)) } }
                    }
                }
            }
        }
    }
}

/// A place; a web address can be followed, and tells nobody where the reader came from.
fn source(place: &str) -> Markup {
    let (address, rest) = match place.split_once(' ') {
        Some((address, rest)) => (address, rest),
        None => (place, ""),
    };
    html! {
        @if address.starts_with("https://") {
            a href=(address) rel="noreferrer" { (address) } " " (rest)
        } @else { (place) }
    }
}

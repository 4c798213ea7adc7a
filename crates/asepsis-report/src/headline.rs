//! The first thing read: how the organization stands, in a sentence that counts what the table counts.

use std::collections::BTreeMap;

use asepsis_core::engine::{Assessment, Basis, State};
use maud::{Markup, html};

use crate::facts::Facts;
use crate::marks::Mark;
use crate::words;

pub(crate) fn section(facts: &Facts<'_>) -> Markup {
    let assessment = facts.report.assessment;
    let marks = tally(assessment);
    let total: usize = marks.values().map(|(_, n)| n).sum();
    html! {
        section.head #stand aria-labelledby="headline" {
            p.who { strong { (facts.organization()) } }
            h1 #headline { (sentence(assessment)) }
            p.lead { (rest(assessment)) }
            @if total > 0 {
                div.strip {
                    p.quiet #strip { "The " (words::many(total, "sub-practice")) " that apply to your size" }
                    ul.counts aria-labelledby="strip" {
                        @for (mark, n) in marks.values() {
                            li { (mark.silent()) " " b.num { (words::count(*n)) } " " span { (mark.words()) } }
                        }
                    }
                }
            }
            p.facts-line {
                (words::size(assessment.size.size)) ", " (decided(assessment)) " · as of " (words::full_day(&facts.report.zone, assessment.as_of))
            }
            (size(assessment))
        }
    }
}

/// Contradictions first, then what is in place. Counts practices, as the table's rows do.
pub fn sentence(assessment: &Assessment) -> String {
    let told = match assessment.contradictions.len() {
        0 => String::new(),
        1 => "One answer does not match what we saw. ".to_owned(),
        n => format!("{} answers do not match what we saw. ", words::capital(n)),
    };
    let total = practices(assessment, |state| state != State::NotApplicable);
    let in_place = practices(assessment, |state| state == State::InPlace);
    let known = practices(assessment, |state| state.is_known() && state != State::NotApplicable);
    let stand = match in_place {
        _ if known == 0 => "Nobody can tell yet how you stand.".to_owned(),
        0 => format!("None of {} is fully in place yet.", words::many(total, "practice")),
        n if n == total => format!("All {} are in place.", words::many(total, "practice")),
        1 => format!("One of {} is in place.", words::many(total, "practice")),
        n => format!("{} of {} are in place.", words::capital(n), words::many(total, "practice")),
    };
    format!("{told}{stand}")
}

fn practices(assessment: &Assessment, is: impl Fn(State) -> bool) -> usize {
    assessment.practices.iter().filter(|practice| is(practice.state)).count()
}

/// The rest of the table's rows, and how many rest on words alone.
pub fn rest(assessment: &Assessment) -> String {
    let with = |state| practices(assessment, |it| it == state);
    let said = [
        (with(State::Partly), "is partly in place", "are partly in place"),
        (with(State::NotInPlace), "is not in place", "are not in place"),
        (with(State::Unknown), "is unknown so far", "are unknown so far"),
        (with(State::NotApplicable), "does not apply to you", "do not apply to you"),
    ];
    let said: Vec<String> = said
        .into_iter()
        .filter(|(n, ..)| *n > 0)
        .enumerate()
        .map(|(at, (n, one, several))| {
            let number = words::capital(n);
            let number = if at == 0 { number } else { number.to_lowercase() };
            format!("{number} {}", if n == 1 { one } else { several })
        })
        .collect();
    let mut out = if said.is_empty() { String::new() } else { format!("{}.", said.join(", ")) };
    let only_told = assessment
        .practices
        .iter()
        .filter(|it| it.state == State::InPlace && it.basis == Basis::Told)
        .count();
    match only_told {
        0 => {}
        1 => out.push_str(" One of those in place rests on answers alone."),
        n => out
            .push_str(&format!(" {} of those in place rest on answers alone.", words::capital(n))),
    }
    out
}

/// How many sub-practices have which mark.
pub fn tally(assessment: &Assessment) -> BTreeMap<(u8, u8), (Mark, usize)> {
    let mut marks = BTreeMap::new();
    for sub in assessment.practices.iter().flat_map(|it| &it.sub_practices) {
        let mark = Mark::of(sub.state, sub.basis, sub.contradicted);
        marks.entry(mark.rank()).or_insert((mark, 0)).1 += 1;
    }
    marks
}

/// What decided the size, in a few words.
pub fn decided(assessment: &Assessment) -> String {
    let size = &assessment.size;
    let (rows, all) = (size.deciding.len(), size.deciding.len() + size.against.len());
    match size.by {
        "chosen" => "by your choice".to_owned(),
        "table" => format!("by {rows} of {} of HICP's size table", words::many(all, "row")),
        _ => "assumed until you say more".to_owned(),
    }
}

fn size(assessment: &Assessment) -> Markup {
    let size = &assessment.size;
    html! {
        details {
            summary { "Why " (size.size.word()) }
            div.stack {
                @match size.by {
                    "chosen" => p { "You chose this size." },
                    "table" => p { "More rows of HICP's table “where do you fit” stand for " (size.size.word()) " than for another size." },
                    _ => p { "Assumed until you say more about your organization." },
                }
                @if !size.deciding.is_empty() {
                    p { b { "For it: " } (size.deciding.join("; ")) "." }
                }
                @if !size.against.is_empty() {
                    p { b { "For another size: " } (size.against.join("; ")) "." }
                }
            }
        }
    }
}

//! Where an entry counts today: the checks that rest on it, the parts it speaks of.

use asepsis_core::catalog::PartRef;
use asepsis_core::engine::{Assessment, PartStanding};
use asepsis_core::evidence::Record;
use asepsis_core::outcome::Outcome;
use asepsis_core::statement::{Answer, Attestation};
use asepsis_report::words;
use maud::{Markup, html};

use super::english as say;
use crate::ops::Book;
use crate::web::ui;
use crate::web::visit::Visit;

/// The most checks and parts that are named.
const NAMED: usize = 40;

/// A check that rests on the entry, with what it says.
struct Rests<'a> {
    id: &'a str,
    title: &'a str,
    outcome: Outcome,
}

/// Where the entry counts; says so too where it does not.
pub(super) fn section(visit: &Visit, book: &Book, seq: u64, record: &Record) -> Markup {
    let body = match record {
        Record::Observation(look) => look_counts(visit, book, seq, &look.schema, &look.subject.0),
        Record::Attestation(it) => answer_counts(book, seq, it),
        Record::Waiver(it) => {
            let used = book.assessment.waivers.iter().find(|it| it.seq == seq);
            html! {
                p {
                    @match used {
                        Some(used) if used.expired => (say::ACCEPTANCE_OVER),
                        Some(used) => (say::accepts(used.accepts)),
                        None => (say::COUNTS_NOT),
                    }
                    " " a href={ "/checks/" (it.check) } { (say::TO_CHECK) }
                }
            }
        }
        Record::Action(it) => {
            html! { p { (say::WORD_COUNTS) " " a href={ "/plan/" (it.check) } { (say::TO_PLAN) } } }
        }
        Record::Decision(it) => {
            html! { p { (say::DECISION_COUNTS) " " a href={ "/actions/" (it.action) } { (say::TO_ACTION) } } }
        }
        Record::Plan(_) => {
            html! { p { (say::PLAN_COUNTS) " " a href="/plan" { (say::TO_PLAN) } } }
        }
        Record::History(_) => {
            html! { p { (say::HISTORY_COUNTS) " " a href="/threats" { (say::TO_THREATS) } } }
        }
        Record::Catalog(it) => {
            let now = it.hash == book.assessment.catalog;
            html! { p { (if now { say::CATALOG_NOW } else { say::CATALOG_THEN }) } }
        }
        Record::Organization(it) => {
            let now = *it == book.organization;
            html! { p { (if now { say::ORGANIZATION_NOW } else { say::ORGANIZATION_THEN }) } }
        }
        Record::Mark(_) | Record::Belongs(_) => html! { p { (say::MARK_COUNTS) } },
        Record::Review(_) => html! { p { (say::REVIEW_COUNTS) } },
        Record::Identity(_) => html! { p { (say::IDENTITY_COUNTS) } },
        Record::Import(_) => html! { p { (say::IMPORT_COUNTS) } },
        Record::Undo(it) => {
            html! { p { (say::UNDO_COUNTS) " " a href=(format!("/evidence/{}", it.import)) { (it.import) } } }
        }
        Record::Person(it) => {
            let now = book.assessment.people.get(&it.id) == Some(&it.name);
            html! { p { (if now { say::PERSON_NOW } else { say::PERSON_THEN }) } }
        }
    };
    html! {
        section.sheet aria-labelledby="counts" {
            h2 #counts { (say::WHERE_IT_COUNTS) }
            (body)
        }
    }
}

fn look_counts(visit: &Visit, book: &Book, seq: u64, schema: &str, subject: &str) -> Markup {
    let catalog = visit.catalog();
    let readers = catalog.index.readers(schema).iter().filter_map(|at| catalog.checks.get(*at));
    let mut rests: Vec<Rests<'_>> = readers
        .filter_map(|check| {
            let finding = book.assessment.finding(&check.id, subject)?;
            let here = finding.evidence == Some(seq);
            here.then_some(Rests { id: &check.id, title: &check.title, outcome: finding.outcome })
        })
        .collect();
    rests.sort_by_key(|it| ui::urgency(it.outcome));
    let looked = rests.len();
    rests.retain(|it| it.outcome != Outcome::Unknown);
    let untold = looked - rests.len();
    let more = rests.len().saturating_sub(NAMED);
    html! {
        @if rests.is_empty() { p { (say::LOOK_COUNTS_NOT) } } @else {
            p { (say::checks_rest(rests.len())) }
            ul.points.small {
                @for it in rests.iter().take(NAMED) {
                    li { a href={ "/checks/" (it.id) } { (it.title) } ": " (ui::outcome(it.outcome)) }
                }
                @if more > 0 { li { (say::and_more(more)) } }
            }
        }
        @if untold > 0 { p.quiet { (say::could_not_tell(untold)) } }
    }
}

fn answer_counts(book: &Book, seq: u64, said: &Attestation) -> Markup {
    let parts = parts_of(&book.assessment, seq);
    let in_force = book.assessment.answers.contains_key(&seq);
    let against = book.assessment.contradictions.iter().filter(|it| it.answer == seq);
    let open = said.answer == Answer::DontKnow
        && book.interview.unknown.contains(&said.question)
        && book.told.get(&said.question).is_none_or(|told| told.seq == seq);
    html! {
        p {
            @if open { (say::KNOWS_NOT) " " a href="/vendor-sheet" { (say::TO_SHEET) } }
            @else if !in_force { (say::ANSWER_COUNTS_NOT) }
            @else if parts.is_empty() { (say::ANSWER_SETS) }
            @else { (say::parts_rest(parts.len())) }
        }
        @if !parts.is_empty() {
            ul.points.small {
                @for part in parts.iter().take(NAMED) {
                    li { a href=(to_part(&part.part)) { (part.text) } " " span.id { (part.part.sub_practice) } }
                }
            }
        }
        @for it in against {
            p.contradicted { (say::CONTRADICTED) " " (it.seen) }
        }
    }
}

/// The parts of which an answer speaks.
fn parts_of(assessment: &Assessment, seq: u64) -> Vec<&PartStanding> {
    let subs = assessment.practices.iter().flat_map(|it| &it.sub_practices);
    let parts = subs.chain(&assessment.apart).flat_map(|sub| &sub.parts);
    parts.filter(|part| part.answers.contains(&seq)).collect()
}

fn to_part(part: &PartRef) -> String {
    let practice = part.sub_practice.split('.').next().unwrap_or_default();
    format!("/practices/{practice}#{}", words::anchor("p", &part.to_string()))
}

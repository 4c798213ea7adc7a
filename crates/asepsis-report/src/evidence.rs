//! How we know of one part: what each check saw, what was answered, why nobody knows.

use asepsis_core::catalog::Check;
use asepsis_core::engine::{PartStanding, State};
use maud::{Markup, html};

use crate::facts::{CheckFacts, Facts};
use crate::{subjects, words};

/// How many reasons for "unknown" are named for one check.
const REASONS: usize = 3;

pub(crate) fn lines(facts: &Facts<'_>, part: &PartStanding) -> Markup {
    let checks = part.checks.iter().filter_map(|it| facts.check(&it.check));
    let listed = |reason: &&str| {
        let mut found = part.checks.iter().filter_map(|it| facts.found(&it.check));
        found.any(|found| found.unknown.len() <= REASONS && found.unknown.contains_key(reason))
    };
    html! {
        @for check in checks { (measured(facts, part, check)) }
        @for seq in &part.answers { (told(facts, *seq)) }
        @if part.contradicted {
            p.how.contradicted { "Told and seen differ: " a href="#contradictions" { "see above" } "." }
        }
        @if let Some(reason) = part.reason.as_deref().filter(|it| !it.is_empty() && !listed(it)) {
            p.how {
                @if part.state == State::NotApplicable { "Does not apply: " } @else { "Why: " }
                (reason)
            }
        }
    }
}

fn measured(facts: &Facts<'_>, part: &PartStanding, check: &Check) -> Markup {
    let tally = facts.tally(&check.id);
    let noun = facts.subject(check);
    let found = facts.found(&check.id);
    let id = words::anchor("c", &check.id);
    let home = facts.home(&check.id) == Some(&part.part);
    let nothing = tally.applicable() == 0;
    html! {
        div.how id=[home.then_some(&id)] {
            p {
                @if tally.pass + tally.fail + tally.not_applicable > 0 {
                    span.key.measured { "Measured" }
                } @else {
                    span.key.told { "Not seen" }
                }
                " " (check.title) ": "
                @if nothing {
                    @if tally.not_applicable > 0 { "does not apply to what we saw." } @else { "not looked at yet." }
                } @else {
                    b.num { (words::count(tally.pass)) " of " (words::many(tally.applicable(), noun)) }
                    (remainder(tally.fail, tally.unknown, tally.unseen))
                    @if !tally.expected_known { " How many " (words::plural(noun)) " there are, nobody has said." }
                    @if let Some(share) = &check.share {
                        " Asked for: " (format!("{:.0}", share.required * 100.0)) " %."
                    }
                }
                @if let Some(found) = found { " " (looked(facts, found)) }
                @if !home && tally.fail > 0 { " " a href={ "#" (id) } { "Which ones" } }
            }
            @if let Some(found) = found.filter(|_| home) {
                (subjects::failing(facts, found))
            }
            @if let Some(found) = found { (unknown(found)) }
        }
    }
}

/// What became of those that did not pass.
fn remainder(fail: usize, unknown: usize, unseen: usize) -> String {
    let said: Vec<String> = [(fail, "not"), (unknown, "unknown"), (unseen, "never looked at")]
        .into_iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, what)| format!("{} {what}", words::count(n)))
        .collect();
    if said.is_empty() { ".".to_owned() } else { format!("; {}.", said.join(", ")) }
}

fn looked(facts: &Facts<'_>, found: &CheckFacts<'_>) -> Markup {
    html! {
        @if let Some(span) = found.looked {
            span.source {
                (words::days(&facts.report.zone, span))
                @if found.fails == 0 && found.accepts.is_empty() && !found.entries.is_empty() {
                    ", evidence " (found.entries.iter().map(u64::to_string).collect::<Vec<_>>().join(", "))
                    @if found.entries.len() == 3 { " …" }
                }
            }
        }
    }
}

fn unknown(found: &CheckFacts<'_>) -> Markup {
    let mut reasons: Vec<_> = found.unknown.iter().filter(|(why, _)| !why.is_empty()).collect();
    reasons.sort_by_key(|(why, n)| (std::cmp::Reverse(**n), **why));
    let more = reasons.len().saturating_sub(REASONS);
    html! {
        @if !reasons.is_empty() {
            ul.reasons {
                @for (why, n) in reasons.into_iter().take(REASONS) {
                    li { (words::count(*n)) " unknown: " (why) }
                }
                @if more > 0 { li { "and " (words::many(more, "other reason")) } }
            }
        }
    }
}

fn told(facts: &Facts<'_>, seq: u64) -> Markup {
    html! {
        p.how {
            span.key.told { "Told" } " "
            @if let Some(question) = facts.answered(seq) { "“" (question.ask) "” " }
            span.source {
                @if let Some((at, role)) = facts.stated(seq) { (words::the_role(role)) ", " (words::day(&facts.report.zone, at)) ", " }
                span.num { "answer " (seq) }
            }
        }
    }
}

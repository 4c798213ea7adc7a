//! Small things that many pages show: days, people, links to evidence, marks.

use asepsis_core::catalog::Level;
use asepsis_core::organization::Sector;
use asepsis_core::outcome::Outcome;
use asepsis_core::time::Timestamp;
use asepsis_report::words;
use maud::{Markup, html};

use crate::ops::{Book, zone};

/// A day in the organization's own time zone.
pub(in crate::web) fn day(book: &Book, at: Timestamp) -> Markup {
    words::day(&zone(&book.organization.zone), at)
}

/// A day that somebody typed, as in `2026-12-01`, for people.
pub(in crate::web) fn civil_day(day: &str) -> String {
    let known = day.parse::<jiff::civil::Date>();
    known.map_or_else(|_| day.to_owned(), |day| day.strftime("%b %-d, %Y").to_string())
}

/// Leads to an entry of the ledger.
pub(in crate::web) fn entry(seq: u64) -> Markup {
    html! { a href={ "/evidence/" (seq) } { "entry " (seq) } }
}

/// A person's name; where none is on record, the role or what the program calls itself.
pub(in crate::web) fn person<'a>(book: &'a Book, id: &'a str) -> &'a str {
    match book.assessment.name_of(id) {
        name if id.starts_with("program-") && name == id => "asepsis",
        "" => "somebody",
        name => name,
    }
}

/// The beginning of a text, up to a whole word, where the whole of it is a link away.
pub(in crate::web) fn short(text: &str, most: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(most) else { return text.to_owned() };
    let begun = text.get(..end).unwrap_or_default();
    let whole = begun.rfind(' ').and_then(|at| begun.get(..at)).unwrap_or(begun);
    format!("{}…", whole.trim_end_matches([',', ';', ':', ' ']))
}

/// Why something is unknown, for people: a fact that is missing was not read.
pub(in crate::web) fn why(reason: &str) -> String {
    match reason.strip_suffix(" was not seen") {
        Some(path) => format!("could not be read there ({path})"),
        None => reason.to_owned(),
    }
}

/// How sure we are of a statement; leads to what the five words mean.
pub(in crate::web) fn sure(level: Level) -> Markup {
    html! { a.sure href="/resources#certainty" { (level) } }
}

/// What a check says of one thing, in a word.
pub(in crate::web) fn outcome(outcome: Outcome) -> Markup {
    let (class, word) = match outcome {
        Outcome::Pass => ("in-place", "in order"),
        Outcome::Fail => ("missing", "not in order"),
        Outcome::Unknown => ("unknown", "not known"),
        Outcome::NotApplicable => ("not-applicable", "does not apply"),
    };
    html! { b class=(class) { (word) } }
}

/// What needs work comes first.
pub(in crate::web) const fn urgency(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Fail => 0,
        Outcome::Unknown => 1,
        Outcome::Pass => 2,
        Outcome::NotApplicable => 3,
    }
}

/// What must stay private: `patient data`, or what stands for it outside health care.
pub(in crate::web) const fn data_word(sector: Sector) -> &'static str {
    match sector {
        Sector::HealthCare => "patient data",
        Sector::Other => "client data",
    }
}

/// Those who are cared for: `patients`, or who stands for them outside health care.
pub(in crate::web) const fn people_word(sector: Sector) -> &'static str {
    match sector {
        Sector::HealthCare => "patients",
        Sector::Other => "clients",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_after_a_whole_word() {
        assert_eq!(short("All of it.", 10), "All of it.");
        assert_eq!(short("The list; and more of it", 12), "The list…");
        assert_eq!(short("Unbroken", 3), "Unb…");
    }

    #[test]
    fn a_fact_that_is_missing_was_not_read() {
        assert_eq!(why("logs.sent was not seen"), "could not be read there (logs.sent)");
        assert_eq!(why("the policy is none"), "the policy is none");
    }
}

//! The English words of the ten practices.

use asepsis_core::engine::SizeBasis;
use asepsis_core::organization::Size;
use asepsis_report::words::{capital, count, many};

pub(super) const PRACTICES: &str = "The ten practices";
pub(super) const LEAD: &str = "HICP sorts what protects an organization into ten practices. Each is cut into sub-practices, and those into parts that are in place or not.";
pub(super) const MARKS: &str =
    "Filled: we saw it. Outlined: you told us. Ringed: some seen, the rest told.";
pub(super) const PRACTICE: &str = "Practice";
pub(super) const SUB_PRACTICES: &str = "What applies to your size";
pub(super) const STANDS: &str = "How it stands";
pub(super) const KNOW: &str = "How we know";
pub(super) const NONE_FOR_SIZE: &str = "none for your size";
pub(super) const CHANGE_SIZE: &str = "Say more about your size";

pub(super) const NOT_COUNTED: &str = "Not counted: what the 2023 edition may add";
pub(super) const UNCONFIRMED: &str =
    "Our reading of the 2023 edition, unconfirmed. These are asked and shown, and counted nowhere.";

pub(super) const LOWERS: &str = "Lowers:";
pub(super) const MORE_WHY: &str = "More about what it is and why";
pub(super) const MEASURED: &str = "measured";
pub(super) const REST_TOLD: &str = "the rest told";
pub(super) const TOLD_ONLY: &str = "told";
pub(super) const BY_CHOICE: &str = "taken on by your choice, from a larger size";
pub(super) const TOLD: &str = "Told";
pub(super) const DIFFER: &str = "Told and seen differ. What was seen is what counts.";
pub(super) const CORRECT: &str = "Correct the answer";
pub(super) const NO_PLACE: &str = "Does not apply:";
pub(super) const WHY: &str = "Why:";
pub(super) const ASK_NOW: &str = "Ask now:";
pub(super) const OPEN: &str = "Not asked yet:";
pub(super) const NOT_KNOWN_HERE: &str =
    "Nobody here knew the answer. It is asked on the vendor sheet:";
pub(super) const MEASURE_NOW: &str = "Measure now";
pub(super) const TO_DO: &str = "What to do";
pub(super) const PLANNED: &str = "planned";
pub(super) const SAID_DONE: &str = "said to be done; the next look tells";
pub(super) const BY_DAY: &str = "by";
pub(super) const WOULD_SHOW: &str = "What would show it";
pub(super) const HOW_SURE: &str = "How sure we are of what HICP says here:";
pub(super) const TITLE: &str = "title";
pub(super) const ID: &str = "number";
pub(super) const PARTS: &str = "parts";
pub(super) const LOOK: &str = "Look again";
pub(super) const LOOK_HELP: &str = "Some of this practice can be measured.";
pub(super) const NEXT_TO: &str = "Other practices";
pub(super) const ALL: &str = "All ten";

/// The place of a page among the ten.
pub(super) fn place(number: u8) -> String {
    format!("Practice {number} of ten")
}

pub(super) fn applies(n: usize, size: Size) -> String {
    let which = match size {
        Size::Small => "a small organization",
        Size::Medium => "a medium organization",
        Size::Large => "a large organization: those for medium ones, and those for large ones",
    };
    format!(
        "{} to {which}.",
        if n == 1 {
            "One sub-practice applies".to_owned()
        } else {
            format!("{} sub-practices apply", count(n))
        }
    )
}

pub(super) fn decided(size: &SizeBasis) -> &'static str {
    match size.by {
        "chosen" => "You chose this size.",
        "table" => "The size table decided it.",
        _ => "We assume this size until you say more.",
    }
}

pub(super) fn parts(seen: usize, known: usize, all: usize) -> String {
    let seen_of = format!("{} of {} seen", count(seen), many(all, "part"));
    match known.saturating_sub(seen) {
        0 if seen == 0 => format!("none of {} known yet", many(all, "part")),
        told if seen == 0 => format!("{} of {} told", count(told), many(all, "part")),
        0 => seen_of,
        told => format!("{seen_of}, {} more told", count(told)),
    }
}

pub(super) fn apply_to_nothing(checks: usize) -> String {
    match checks {
        1 => "One more check does not apply to what we saw".to_owned(),
        n => format!("{} more checks do not apply to what we saw", capital(n)),
    }
}

pub(super) fn more_to_do(steps: usize) -> String {
    format!("{} more in the plan", capital(steps))
}

pub(super) fn more_checks(checks: usize) -> String {
    match checks {
        1 => "One more check of this".to_owned(),
        n => format!("{} more checks of this", capital(n)),
    }
}

pub(super) fn wait_for_a_file(checks: usize) -> String {
    match checks {
        1 => "One more check waits for a file of another program".to_owned(),
        n => format!("{} more checks wait for a file of another program", capital(n)),
    }
}

/// What somebody answered, in a sentence.
pub(super) fn said(answer: &str) -> String {
    if answer.is_empty() { "not ticked".to_owned() } else { answer.to_owned() }
}

pub(super) const DONT_KNOW: &str = "I don't know";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_applies_is_counted() {
        assert_eq!(applies(1, Size::Small), "One sub-practice applies to a small organization.");
        assert_eq!(applies(19, Size::Small), "19 sub-practices apply to a small organization.");
        assert_eq!(apply_to_nothing(1), "One more check does not apply to what we saw");
        assert_eq!(apply_to_nothing(12), "12 more checks do not apply to what we saw");
        assert_eq!(parts(0, 0, 6), "none of 6 parts known yet");
        assert_eq!(parts(0, 2, 6), "2 of 6 parts told");
        assert_eq!(parts(3, 3, 6), "3 of 6 parts seen");
        assert_eq!(parts(3, 5, 6), "3 of 6 parts seen, 2 more told");
    }
}

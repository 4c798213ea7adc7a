//! The English words of Today.

use asepsis_report::words::{capital, count, many};

pub(super) const SIZE_ASSUMED: &str =
    "We take your organization for a small one until you say more.";
pub(super) const SAY_SIZE: &str = "Say how large it is";

pub(super) const TOLD_AND_SEEN: &str = "You told us one thing, we saw another";
pub(super) const NOTHING_BAD: &str = "Nothing bad about it: things change, and nobody sees everything. What was seen is what counts below.";
pub(super) const TOLD: &str = "Told";
pub(super) const SEEN: &str = "Seen";
pub(super) const CORRECT: &str = "Correct the answer";
pub(super) const SEE_IT: &str = "See it";

pub(super) const BEGIN: &str = "Begin here";
pub(super) const NOBODY_LOOKED: &str =
    "Nobody has looked yet. Measuring takes about a minute and changes nothing on your computers.";
pub(super) const MEASURE: &str = "Measure now";
pub(super) const ASK_TO_MEASURE: &str = "Ask the owner of this book or your IT person to measure: your sign-in only shows what was seen.";

pub(super) const DO_NEXT: &str = "Do next";
pub(super) const WHAT_COMES_FIRST: &str = "The first three of the plan: what avoids most for an hour of work. Hours and dollars are our estimates.";
pub(super) const NOTHING_TO_DO: &str =
    "Nothing that was looked at needs work now. What nobody knows yet, a few answers will settle.";

pub(super) const ANSWER_NEXT: &str = "Answer next";
pub(super) const ONLY_THIS: &str = "Only this one";
pub(super) const NONE_OPEN: &str = "Every question that needs you has an answer.";
pub(super) const VENDOR_SHEET: &str = "See the vendor sheet";

pub(super) const CHANGED: &str = "Changed since a week ago";
pub(super) const TOO_YOUNG: &str = "This book is younger than a week. After that, it says here what is different from the week before.";
pub(super) const NOTHING_CHANGED: &str = "Nothing. It is as it was a week ago.";
pub(super) const BETTER: &str = "Better, or found in order";
pub(super) const WORSE: &str = "Found not in order, or not known any more";
pub(super) const NOW: &str = "now";

pub(super) const ENDS: &str = "Ends this week";
pub(super) const NOTHING_ENDS: &str = "Nothing. What is known stays known for a week at least.";
pub(super) const WHY_ENDS: &str = "What was seen or said counts for a time; after that it is unknown again. Look or answer once more before the day.";
pub(super) const SEEN_OF: &str = "What was seen of";
pub(super) const ANSWER_TO: &str = "Your answer to";
pub(super) const ACCEPTED: &str = "Accepted for a time:";
pub(super) const COUNTS_UNTIL: &str = "counts until";

pub(super) const LOOKED: &str = "Last looked";
pub(super) const SEEN_NOTHING: &str = "Every look so far was in vain. The reasons stand below.";
pub(super) const GAPS: &str = "Not seen lately";
pub(super) const NOT_SEEN_LATELY: &str = "were not seen lately; for longest";
pub(super) const NOT_SEEN_SINCE: &str = "was last seen on";
pub(super) const NEVER_SEEN: &str = "could not be seen yet";
pub(super) const AGAIN: &str = "Measure again";
pub(super) const EVERYTHING_LOOKED_AT: &str = "Everything that is looked at";

pub(super) const HOW_WE_STAND: &str = "How you stand on the ten practices";
pub(super) const MARKS: &str = "One mark for each sub-practice. Filled: we saw it. Outlined: you told us. Ringed: some seen, the rest told.";
pub(super) const PRACTICE: &str = "Practice";
pub(super) const SUB_PRACTICES: &str = "Sub-practices";
pub(super) const STANDS: &str = "How it stands";
pub(super) const KNOW: &str = "How we know";
pub(super) const NONE_FOR_SIZE: &str = "none for your size";
pub(super) const MEASURED: &str = "measured";
pub(super) const TOLD_ONLY: &str = "told";
pub(super) const WERE_SEEN: &str = "seen";
pub(super) const WERE_TOLD: &str = "told";
pub(super) const ARE_UNKNOWN: &str = "not known yet";

/// Minutes for one question, our estimate: reading it, asking somebody now and then.
const MINUTES: f64 = 0.75;

pub(super) fn and_more(n: usize) -> String {
    format!("and {} more", count(n))
}

pub(super) fn more_differ(n: usize) -> String {
    format!("{} that do not match", many(n, "more answer"))
}

pub(super) fn waiting(n: usize) -> String {
    let (what, it) = if n == 1 { ("thing is", "it") } else { ("things are", "they") };
    format!(
        "{} {what} said to be done. The next look tells whether {it} hold{}.",
        capital(n),
        if n == 1 { "s" } else { "" }
    )
}

pub(super) fn whole_plan(n: usize) -> String {
    format!("All {} of the plan, and what they avoid", many(n, "action"))
}

pub(super) fn found(n: usize) -> String {
    match n {
        1 => "See the check that fails".to_owned(),
        n => format!("See the {} checks that fail", count(n)),
    }
}

pub(super) fn settles(parts: usize) -> String {
    match parts {
        0 => "The answer decides what else applies to you.".to_owned(),
        1 => "The answer settles one part that nobody knows yet.".to_owned(),
        n => format!("The answer settles {} that nobody knows yet.", many(n, "part")),
    }
}

pub(super) fn answer_some(n: usize) -> String {
    let minutes = (n as f64 * MINUTES).ceil() as usize;
    format!("Answer {}, about {}", many(n, "question"), many(minutes, "minute"))
}

pub(super) fn not_known(n: usize) -> String {
    format!("{} that you could not answer went to your IT vendor's sheet.", many(n, "question"))
}

pub(super) fn that_apply(n: usize) -> String {
    format!("The {} that apply to your size", many(n, "sub-practice"))
}

pub(super) fn chart(n: usize) -> String {
    format!("How much is known of their {}", many(n, "part"))
}

pub(super) fn parts(seen: usize, told: usize, unknown: usize) -> String {
    let all = many(seen + told + unknown, "part");
    format!("of {all} {} seen, {} told, {} not known yet", count(seen), count(told), count(unknown))
}

pub(super) fn known(seen: usize, told: usize, all: usize) -> String {
    let all = many(all, "part");
    match (seen, told) {
        (0, 0) => format!("none of {all} known yet"),
        (seen, 0) => format!("{} of {all} seen", count(seen)),
        (0, told) => format!("{} of {all} told", count(told)),
        (seen, told) => format!("{} of {all} seen, {} told", count(seen), count(told)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sitting_says_how_long_it_takes() {
        assert_eq!(answer_some(10), "Answer 10 questions, about 8 minutes");
        assert_eq!(answer_some(1), "Answer 1 question, about 1 minute");
    }

    #[test]
    fn what_is_known_is_said_without_zeros() {
        assert_eq!(known(0, 0, 16), "none of 16 parts known yet");
        assert_eq!(known(2, 0, 9), "2 of 9 parts seen");
        assert_eq!(known(0, 1, 1), "1 of 1 part told");
        assert_eq!(known(2, 3, 9), "2 of 9 parts seen, 3 told");
    }

    #[test]
    fn what_waits_for_a_look_is_counted() {
        assert_eq!(
            waiting(1),
            "One thing is said to be done. The next look tells whether it holds."
        );
        assert_eq!(
            waiting(2),
            "Two things are said to be done. The next look tells whether they hold."
        );
    }
}

//! The English words of the five threats.

use asepsis_core::engine::SizeBasis;
use asepsis_core::organization::Size;
use asepsis_report::words::{capital, count, many};

pub(super) const THREATS: &str = "The five threats";
pub(super) const WHY_NOW: &str = "Why act now?";
pub(super) const HOW_HELPS: &str = "How does this help me?";
pub(super) const TO_ME: &str = "Can it happen to me?";
pub(super) const WHERE_FIT: &str = "Where do I fit?";

pub(super) const ANYBODY: &str = "Attackers rarely choose a name. They try every door, and come in where one is open. A closed one costs little before, and much after.";
pub(super) const NOTHING_OPEN: &str = "Nothing that was looked at needs work now.";
pub(super) const NOBODY_LOOKED: &str =
    "Nobody has looked yet, so nobody can say what is open here.";
pub(super) const SEE_PLAN: &str = "See what there is to do";
pub(super) const SEE_TODAY: &str = "Look first";
pub(super) const CLOSES: &str =
    "Each part that is in place closes a way in, or makes what gets in do less harm.";
pub(super) const NEXT: &str = "The next step:";
pub(super) const SMALL_TOO: &str =
    "Yes, at any size. It is no judgment of you: it depends on what is open, and that can be seen.";
pub(super) const SEEN_HERE: &str = "Seen here, most serious first:";
pub(super) const NOT_SO_ON: &str = "Not so on";
pub(super) const DIFFER: &str = "See where told and seen differ";
pub(super) const FOR_IT: &str = "For it:";
pub(super) const AGAINST: &str = "For another size:";
pub(super) const CHANGE_SIZE: &str = "Say more about your size";

pub(super) const FIVE: &str = "Which of the five is least guarded against";
pub(super) const FIVE_LEAD: &str = "A threat is what may come. A vulnerability is what lets it in. An impact is what it does. Only the middle one is in your hands.";
pub(super) const ORDER: &str =
    "Those against which least is in place come first. How likely each is, this page does not say.";
pub(super) const AS_PRINTED: &str = "Nothing is known yet, so they stand in HICP's own order.";
pub(super) const LOWERED_BY: &str = "Lowered by";
pub(super) const DO_FIRST: &str = "Do first";
pub(super) const NO_PLACE: &str = "Does not apply to you.";
pub(super) const YOU_SAID: &str = "You answered";
pub(super) const CORRECT: &str = "Correct the answer";
pub(super) const STILL: &str = "If that changes, this page says what to do.";

pub(super) const CASE: &str = "A case, invented";
pub(super) const THREAT: &str = "The threat";
pub(super) const VULNERABILITY: &str = "What let it in";
pub(super) const IMPACT: &str = "What it did";
pub(super) const LETS_IN: &str = "What attackers use";
pub(super) const LOWERS: &str = "What lowers it, and how you stand";
pub(super) const HELPS_ANYWAY: &str = "What lowers it helps against the other threats too.";
pub(super) const NONE_FOR_SIZE: &str = "Nothing that applies to your size.";
pub(super) const JUDGED: &str = "Which of them help is:";
pub(super) const CONSIDER: &str = "What HICP asks to consider";
pub(super) const OTHERS: &str = "Other threats";
pub(super) const ALL: &str = "All five";

pub(super) const IN_PLACE_SEEN: &str = "in place, seen";
pub(super) const IN_PLACE_TOLD: &str = "in place, told";
pub(super) const PARTLY: &str = "partly";
pub(super) const MISSING: &str = "not in place";
pub(super) const UNKNOWN: &str = "not known yet";

/// What stops first; `people` are those who are cared for.
pub(super) fn work_stops(people: &str) -> String {
    format!(
        "Where it happens, {people} wait first: no schedule, no records, and nobody knows yet what was taken."
    )
}

pub(super) fn does(people: &str) -> String {
    format!("What it does to {people} and to you")
}

pub(super) fn place(at: usize) -> String {
    format!("Threat {at} of five")
}

/// How many things wait, and how many of them are serious.
pub(super) fn open(all: usize, serious: usize) -> String {
    let things = many(all, "thing");
    let are = if all == 1 { "is" } else { "are" };
    let rest = match serious {
        0 => String::new(),
        n if n == all => ", each of which opens a way in or loses data".to_owned(),
        1 => ", one of which opens a way in or loses data".to_owned(),
        n => format!(", {} of which open a way in or lose data", count(n)),
    };
    format!("Here {things} {are} not in order by what was seen{rest}.")
}

pub(super) fn in_place(seen: usize, told: usize, all: usize) -> String {
    let parts = many(all, "part");
    match seen + told {
        0 => format!("Of the {parts} that apply to you, none is known to be in place yet."),
        n => format!(
            "Of the {parts} that apply to you, {} {} in place: {} seen, {} told.",
            count(n),
            if n == 1 { "is" } else { "are" },
            count(seen),
            count(told)
        ),
    }
}

pub(super) fn differ(n: usize) -> String {
    match n {
        1 => "One answer does not match what we saw.".to_owned(),
        n => format!("{} answers do not match what we saw.", capital(n)),
    }
}

pub(super) fn fit(size: &SizeBasis, applies: usize) -> String {
    let class = match size.size {
        Size::Small => "a small organization",
        Size::Medium => "a medium organization",
        Size::Large => "a large organization",
    };
    let by = match size.by {
        "chosen" => "by your choice",
        "table" => "by HICP's size table",
        _ => "until you say more",
    };
    format!(
        "You count as {class}, {by}. {} to you.",
        if applies == 1 {
            "One sub-practice applies".to_owned()
        } else {
            format!("{} sub-practices apply", capital(applies))
        }
    )
}

/// Of a threat's parts, how many are in place.
pub(super) fn guarded(in_place: usize, all: usize) -> String {
    format!("{} of {} in place", count(in_place), many(all, "part"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_open_is_counted() {
        assert_eq!(open(1, 0), "Here 1 thing is not in order by what was seen.");
        assert!(open(4, 2).contains("4 things are not in order by what was seen, 2 of which open"));
        assert!(open(2, 2).contains("each of which opens"));
        assert!(in_place(0, 0, 9).ends_with("none is known to be in place yet."));
        assert!(in_place(1, 0, 9).contains("1 is in place: 1 seen, 0 told"));
    }
}

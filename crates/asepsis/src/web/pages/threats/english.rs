//! The English words of the five threats.

use asepsis_core::engine::SizeBasis;
use asepsis_core::organization::{Sector, Size};
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

pub(super) const FIVE: &str = "The five, and how you are guarded";
pub(super) const FIVE_LEAD: &str = "A threat is what may come. A vulnerability is what lets it in. An impact is what it does. Only the middle one is in your hands.";
pub(super) const ORDERS: &str = "In three orders";
pub(super) const OFTEN: &str = "How often";
pub(super) const MUCH: &str = "How much";
pub(super) const NONE_CAN: &str = "None of the five can happen here, as far as you told us.";
pub(super) const COSTLIEST: &str = "costs most in";
pub(super) const DAYS: &str =
    "Days of disturbed care stand beside the money. They are never turned into money.";
pub(super) const YEAR: &str = "A year here";
pub(super) const EXPECTED: &str = "Expected loss";
pub(super) const EXPECTED_MEANS: &str = "An expected loss is a mean over many years, good and bad. Most years cost nothing; a few cost far more.";
pub(super) const LOSS_FREE: &str = "Without any loss";
pub(super) const LISTED: &str =
    "Chance in a year of a breach on the federal list, with 500 people or more";
pub(super) const ARRAY: &str = "Organizations with a loss in a year";
pub(super) const ARRAY_KEY: &str = "Each dot is one organization. Filled: a loss in a year. Ringed: as many more as it may be. Small: none.";
pub(super) const CURVE: &str = "What a year may cost";
pub(super) const CURVE_LEAD: &str =
    "How likely a year is to cost more than an amount, as you stand now and after the plan.";
pub(super) const CURVE_DESCRIPTION: &str = "Two falling lines: the chance that a year costs more than an amount, now and after the plan, each in a grey band. The table below says the same in words.";
pub(super) const ACROSS: &str = "A year costs more than";
pub(super) const UP: &str = "Chance in a year";
pub(super) const BAND: &str =
    "The grey bands hold the middle 90 of a hundred plausible worlds. Both scales grow by tens.";
pub(super) const AS_TABLE: &str = "The same as a table";
pub(super) const TABLE: &str = "Chance that a year costs more, by amount.";
pub(super) const MORE_THAN: &str = "More than";
pub(super) const NOW: &str = "now";
pub(super) const AFTER: &str = "after the plan";
pub(super) const HISTORY: &str = "What happened here";
pub(super) const HISTORY_LEAD: &str = "Events that cost you something, in as many years as you remember. They move the numbers: a few years move them a little, many years more.";
pub(super) const NOT_REMEMBERED: &str =
    "Nobody has said it yet, so the numbers are those of organizations like yours.";
pub(super) const NO_EVENTS: &str = "none";
pub(super) const REMEMBER: &str = "Say what happened";
pub(super) const REMEMBER_BUTTON: &str = "Keep it";
pub(super) const YEARS: &str = "Years that you remember";
pub(super) const EVENTS: &str = "How many times in these years";
pub(super) const NOT_A_COUNT: &str = "Give a whole number, as in 2";
pub(super) const NOT_YEARS: &str = "Give the years that you remember, 0.1 to 30";
pub(super) const TOO_MANY: &str = "Give at most 52 in each year that you remember";
pub(super) const NOT_KNOWN: &str = "What we do not know";
pub(super) const SOURCES: &str = "Where the numbers come from";
pub(super) const ANALYSIS: &str = "The risk analysis, to print";
pub(super) const FIGURES: &str = "In figures, here";
pub(super) const COMES: &str = "It comes";
pub(super) const CHANCE: &str = "Chance of one or more in a year";
pub(super) const COSTS_MOST: &str = "Costs most of the five in";
pub(super) const WORTH: &str = "What lowers it most";
pub(super) const WORTH_LEAD: &str = "What each avoids of this threat, if it alone is done now.";
pub(super) const SEE_WHOLE: &str = "See what the plan takes first";
pub(super) const MOST: &str = "Lowers it most";
pub(super) const LOWERED_BY: &str = "Lowered by";
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

/// The third order.
pub(super) fn bad(people: &str) -> String {
    format!("How bad for {people}")
}

/// Days in which care, or what stands for it, is disturbed.
pub(super) fn care(people: &str) -> String {
    if people == "patients" {
        "Days of disturbed care".to_owned()
    } else {
        "Days of disturbed work".to_owned()
    }
}

/// A loss that is exceeded in one of so many years.
pub(super) fn bad_year(years: u32) -> String {
    format!("The worst year in {years} costs at least")
}

/// That one threat leads all orders.
pub(super) fn agree(threat: &str) -> String {
    format!("All three agree: {threat} comes first.")
}

/// That the orders disagree; `much` is empty where it is undecided, and `bad` may be.
pub(super) fn differ_in_order(often: &str, much: &str, bad: &str, people: &str) -> String {
    let told = |what: &str, name: &str| {
        if name.is_empty() { String::new() } else { format!(" {what}: {name}.") }
    };
    let (much, bad) = (told("Most expensive", much), told(&format!("Worst for {people}"), bad));
    format!("They do not agree. Most often: {often}.{much}{bad}")
}

pub(super) fn too_close(threats: &[&str]) -> String {
    match threats.split_last() {
        Some((last, rest)) if !rest.is_empty() => {
            format!("Which costs most is too close to call: {} or {last}.", rest.join(", "))
        }
        _ => String::new(),
    }
}

/// So many of a hundred have a loss in a year.
pub(super) fn of_a_hundred(
    sector: Sector,
    about: usize,
    low: usize,
    high: usize,
    of: usize,
) -> String {
    let who = match sector {
        Sector::HealthCare => "clinics and practices",
        Sector::Other => "organizations",
    };
    let have = if about == 1 { "has" } else { "have" };
    format!(
        "Of {} {who} like yours, about {} {have} a loss in a year; it may be {} to {}.",
        count(of),
        count(about),
        count(low),
        count(high)
    )
}

pub(super) fn remembered(years: f64) -> String {
    format!("In {years} {}:", if years == 1.0 { "year" } else { "years" })
}

pub(super) fn unknown(people: &str) -> [String; 4] {
    [
        "Attacks on medical devices: no public list counts them, so every number about them is our judgment.".to_owned(),
        "How your size changes things: the federal list does not say who is how large.".to_owned(),
        "Events with fewer than 500 people: only their yearly total is public.".to_owned(),
        format!("Harm to {people}: there is no accepted rate of it. We show days, and stop there."),
    ]
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

//! The English words of what one check looks at.

use asepsis_report::words::{count, many, plural};

pub(super) const WHAT_WE_SAW: &str = "What we saw";
pub(super) const SO_ON: &str = "It is so on";
pub(super) const HERE_IT_IS_SO: &str = "so";
pub(super) const NOT_SO: &str = "not so";
pub(super) const NOT_SO_ACCEPTED: &str = "not so, accepted for a time";
pub(super) const UNKNOWN: &str = "not known";
pub(super) const NEVER_LOOKED: &str = "never looked at";
pub(super) const DOES_NOT_APPLY: &str = "does not apply";
pub(super) const NO_PLACE: &str = "does not apply to what we saw.";
pub(super) const NOT_LOOKED: &str = "not looked at yet.";
pub(super) const NOBODY_LOOKED: &str = "Nobody has looked yet.";
pub(super) const NO_PLACE_HERE: &str = "It does not apply to anything that we saw.";
pub(super) const LOOKED: &str = "Looked at";
pub(super) const MEASURED: &str = "Measured";
pub(super) const NOT_SEEN: &str = "Not seen";
pub(super) const ACCEPTED: &str = "accepted";
pub(super) const ENTRY: &str = "entry";

pub(super) const MEASURE_AGAIN: &str = "Measure again";
pub(super) const MEASURE_NOW: &str = "Measure now";
pub(super) const NO_DOMAIN: &str =
    "No mail domain of yours is known yet, so nothing can be asked about your mail.";
pub(super) const SAY_DOMAIN: &str = "Say which mail domains are yours";
pub(super) const MANY_DOMAINS: &str =
    "You have many mail domains. They are looked at together from";
pub(super) const TODAY: &str = "Today";
pub(super) const SEE_PLAN: &str = "See it in the plan";
pub(super) const PUT_IN_PLAN: &str = "Put in the plan";
pub(super) const SEE_SHEET: &str = "See the vendor sheet";
pub(super) const ON_SHEET: &str = "While it is not so, it stands on the vendor sheet by itself: with what we saw, these steps, and space to answer.";

pub(super) const WHY: &str = "Why it matters";
pub(super) const HOW: &str = "How to put it right";
pub(super) const WHAT_IT_TAKES: &str = "What it takes";
pub(super) const RESTS_ON: &str = "Rests on";
pub(super) const ESTIMATE: &str = "How sure of this:";

pub(super) const WHAT_IT_LOOKS_AT: &str = "What it looks at";
pub(super) const READS: &str = "Looks at";
pub(super) const COUNTS_FOR: &str = "What was seen counts for";
pub(super) const HELPS: &str = "What it helps to show";
pub(super) const OTHER_SIZES: &str = "Nothing that applies to your size; it is asked of others.";

pub(super) const ACCEPTED_GAPS: &str = "Accepted for a time";
pub(super) const STAYS_A_GAP: &str =
    "Somebody answers for it until a day. It is still counted as a gap.";
pub(super) const WHERE: &str = "Where";
pub(super) const REASON: &str = "Why";
pub(super) const WHO: &str = "Who answers for it";
pub(super) const UNTIL: &str = "Until";
pub(super) const EVERYWHERE: &str = "Everywhere";
pub(super) const OVER: &str = "over: no longer accepted";

pub(super) const ACCEPT: &str = "Accept this gap for a time";
pub(super) const ACCEPT_HELP: &str = "Some things cannot be put right now. Then say why, who answers for it, and until when. It stays a gap, and it is shown as one that somebody decided about.";
pub(super) const SUBJECT: &str = "Which of them";
pub(super) const OTHER: &str = "Somebody else, by name";
pub(super) const OTHER_HINT: &str = "Only if the person is not in the list above.";
pub(super) const UNTIL_HINT: &str =
    "After today, and within a year. On that day it is asked again.";
pub(super) const DO_ACCEPT: &str = "Accept it";

pub(super) const NEEDS_REASON: &str = "Write in a sentence why it is accepted.";
pub(super) const NEEDS_OWNER: &str = "Choose who answers for it, or write a name.";
pub(super) const NEEDS_DAY: &str = "Give a day as in 2026-12-01.";
pub(super) const WRONG_DAY: &str = "Choose a day after today and within a year.";
pub(super) const NOT_FAILING: &str =
    "This one is in order by now, or is accepted already. Choose another one.";
pub(super) const NOTHING_FAILS: &str =
    "Nothing fails here any more that is not accepted already. Nothing was changed.";

pub(super) const DECIDE: &str = "Decide about it";
pub(super) const WHY_ACCEPTED: &str = "by whom, and why";
pub(super) const NONE_SUCH: &str = "None.";
pub(super) const BACK: &str = "Back to everything about it";

/// The kinds of subjects that can be listed.
pub(super) fn title(show: &str, noun: &str) -> String {
    match show {
        "pass" => format!("Where it is so: {}", plural(noun)),
        "unknown" => format!("Where it is not known: {}", plural(noun)),
        "accepted" => format!("Where it is not so, but accepted: {}", plural(noun)),
        _ => format!("Where it is not so: {}", plural(noun)),
    }
}

pub(super) fn and_more(n: usize) -> String {
    format!("and {} more", count(n))
}

pub(super) fn see_all(n: usize) -> String {
    format!("See all {}", count(n))
}

pub(super) fn of(pass: usize, all: usize, noun: &str) -> String {
    format!("{} of {}", count(pass), many(all, noun))
}

/// What became of those that did not pass.
pub(super) fn remainder(fail: usize, unknown: usize, unseen: usize) -> String {
    let said: Vec<String> = [(fail, "not so"), (unknown, "unknown"), (unseen, "never looked at")]
        .into_iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, what)| format!("{} {what}", count(n)))
        .collect();
    if said.is_empty() { ".".to_owned() } else { format!("; {}.", said.join(", ")) }
}

pub(super) fn how_many(noun: &str) -> String {
    format!("How many {} there are, nobody has said.", plural(noun))
}

pub(super) fn asked_for(share: f64) -> String {
    format!("Asked for: {:.0} %.", share * 100.0)
}

pub(super) fn because(n: usize, why: &str) -> String {
    format!("{} unknown: {why}", count(n))
}

pub(super) fn reads(title: &str, noun: &str) -> String {
    format!("{title}, each {noun} by itself")
}

pub(super) fn days(n: u32) -> String {
    format!("{}; after that it is unknown again", many(n as usize, "day"))
}

pub(super) fn matters(severity: &str) -> &'static str {
    match severity {
        "critical" => "Critical: it is being used against organizations like this one.",
        "high" => "High: it opens a way in, or loses data.",
        "medium" => "Medium: it makes other things worse.",
        _ => "Low: good to have.",
    }
}

pub(super) fn all_failing(n: usize, noun: &str) -> String {
    if n == 1 {
        format!("The one {noun} and those to come")
    } else {
        format!("All {} and those to come", many(n, noun))
    }
}

pub(super) fn too_long(most: usize) -> String {
    format!("Write at most {most} characters.")
}

/// `people` are those who are cared for.
pub(super) fn reason_hint(people: &str) -> String {
    format!("In your own words, for whoever asks in a year. No names of {people}.")
}

pub(super) fn private(found: &str, people: &str) -> String {
    format!("This seems to hold {found}. Please leave it out; nothing about {people} is kept here.")
}

pub(super) fn accepts(n: usize) -> String {
    format!("{} now", count(n))
}

/// What a look will do, said before it is started.
pub(super) fn announced(computer: bool, domains: &[String], offline: bool) -> String {
    let here =
        if computer { "Looks at this computer, which asks nobody over the network." } else { "" };
    let (first, rest) = domains.split_at(domains.len().min(3));
    let more =
        if rest.is_empty() { String::new() } else { format!(" and {} more", count(rest.len())) };
    let mail = match (domains.is_empty(), offline) {
        (true, _) => String::new(),
        (false, true) => "The program was started with the network switched off, so nothing is asked about your mail.".to_owned(),
        (false, false) => format!("Asks DNS about {}{more}, and fetches a mail policy from its site if one is announced there. Nothing about you is sent.", first.join(", ")),
    };
    [here, &mail].into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_is_named() {
        assert_eq!(remainder(0, 0, 0), ".");
        assert_eq!(remainder(2, 0, 1200), "; 2 not so, 1,200 never looked at.");
        assert_eq!(asked_for(0.95), "Asked for: 95 %.");
    }

    #[test]
    fn a_look_is_announced() {
        let domains = ["a.example", "b.example", "c.example", "d.example"].map(str::to_owned);
        assert_eq!(
            announced(true, &[], false),
            "Looks at this computer, which asks nobody over the network."
        );
        let mail = announced(false, &domains, false);
        assert!(
            mail.starts_with("Asks DNS about a.example, b.example, c.example and 1 more,"),
            "{mail}"
        );
        assert!(announced(true, &domains, true).contains("nothing is asked about your mail"));
    }
}

//! The English words of the assets.

use asepsis_report::words;

pub(super) const TITLE: &str = "Assets";
pub(super) const LEAD: &str = "What your organization has, as far as it was looked at. What is missing here is not measured by anything.";
pub(super) const NAME: &str = "Name";
pub(super) const KIND: &str = "Kind";
pub(super) const LOOKED: &str = "Last seen";
pub(super) const CHECKS: &str = "Checks";
pub(super) const EVERYTHING: &str = "Everything";
pub(super) const SEARCH: &str = "Name";
pub(super) const SHOW: &str = "Show";
pub(super) const NOTHING: &str = "Nothing fits. Choose another kind, or look for a shorter name.";
pub(super) const NOTHING_YET: &str =
    "Nothing was looked at yet. Measure this computer and your mail domains from Today.";
pub(super) const NEVER_SEEN: &str = "never";
pub(super) const MISSED: &str = "Missed look";
pub(super) const FAIL: &str = "not in order";
pub(super) const PASS: &str = "in order";
pub(super) const UNKNOWN: &str = "not known";
pub(super) const NO_DOMAINS: &str =
    "Nobody has said which mail domains are yours, so none can be called seen.";
pub(super) const NAME_DOMAINS: &str = "Name your mail domains";
pub(super) const NOT_LOOKED_AT: &str = "Not looked at yet:";
pub(super) const MEASURE_MAIL: &str = "Measure mail now";
pub(super) const BRING: &str = "To bring another computer, run this on it and take the file here:";
pub(super) const BRING_COMMAND: &str = "asepsis check --save facts.json";
pub(super) const BRING_FILE: &str = "Bring in the file";

pub(super) const SUMMARY: &str = "In short";
pub(super) const KNOWN_AS: &str = "Known as";
pub(super) const MISSED_MEANS: &str =
    "The newest look saw nothing. What was seen before counts until it is too old.";
pub(super) const CHECKS_ON_IT: &str = "What checks say of it";
pub(super) const NO_CHECKS: &str =
    "No check counts it now: it is not among the things your organization named.";
pub(super) const ACCEPTED: &str = "gap accepted";
pub(super) const FACTS: &str = "What the newest look saw";
pub(super) const FACTS_CAPTION: &str = "What was read, and how.";
pub(super) const OVER_TIME: &str = "Looks over time";
pub(super) const MEASURED: &str = "Measured";
pub(super) const ALL_LOOKS: &str = "All looks at it";

pub(super) fn plural(noun: &str) -> String {
    capital(&words::plural(noun))
}

pub(super) fn heading(noun: &str) -> String {
    plural(noun)
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

pub(super) fn caption(all: usize) -> String {
    format!("{}; those that need work first.", words::many(all, "thing"))
}

pub(super) fn seen_of(seen: usize, of: usize, noun: &str) -> String {
    let rest = if seen < of { ": look at the others too." } else { "." };
    format!("{} of {} seen{rest}", words::count(seen), words::many(of, noun))
}

pub(super) fn seen_alone(seen: usize, noun: &str) -> String {
    format!("{} seen. How many there are, nobody has said.", words::many(seen, noun))
}

pub(super) fn and_more(n: usize) -> String {
    format!("and {} more", words::count(n))
}

pub(super) fn all_facts(n: usize) -> String {
    format!("All {} facts of this look", words::count(n))
}

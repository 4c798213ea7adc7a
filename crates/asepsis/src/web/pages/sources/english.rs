//! The English words of the sources of numbers.

use asepsis_core::catalog::Badge;

pub(super) const THREATS: &str = "The five threats";
pub(super) const TITLE: &str = "Where the numbers come from";
pub(super) const RESTS: &str = "What this number rests on";
pub(super) const RESTS_LEAD: &str =
    "All of these went into it. It is as weak as the weakest of them.";
pub(super) const WORDS: &str = "How strong a number is";
pub(super) const WEAKEST: &str =
    "A number that is made of several carries the word of the weakest.";
pub(super) const SOURCES: &str = "Sources";
pub(super) const NONE: &str = "This catalog holds no numbers about threats.";
pub(super) const FORMULAS: &str = "How a number is worked out";
pub(super) const UNKNOWN: &str = "What we do not know";
pub(super) const VERSION: &str = "Version of the numbers:";
pub(super) const AS_OF: &str = "frequencies as of";

pub(super) const fn meaning(badge: Badge) -> &'static str {
    match badge {
        Badge::Data => "Counted: in a public list, or in a trial.",
        Badge::Survey => {
            "Told by insurers, vendors or people who were asked. Those are no fair sample of everybody."
        }
        Badge::Judgment => {
            "Our judgment. Nobody has counted it in public. Wide on purpose, and open to be corrected."
        }
    }
}

/// What is worked out, and how, in plain words; `people` are those who are cared for.
pub(super) fn formulas(people: &str) -> [(&'static str, String); 9] {
    let of = |text: &str| text.to_owned();
    [
        (
            "Range",
            of(
                "Every number stands for hundreds of plausible worlds, each with its own rates, losses and effects. The range is the middle 90 of 100 of them. The number itself is the mean, worked out exactly.",
            ),
        ),
        (
            "How often",
            of(
                "A threat comes to organizations of your size so many times a year, and that rate itself is in doubt. What you remember is added: your events to the counts, your years to the time. Each year since the count widens the range and moves no mean. A bad year moves phishing and ransomware together.",
            ),
        ),
        (
            "How much",
            of(
                "Losses of an event spread widely: most are small, a few are very large, none is larger than a set most. We give the mean over all of them.",
            ),
        ),
        (
            "Days of care",
            format!(
                "Ransomware and attacks on medical devices also disturb the care of {people} for some days. Days stand beside the money. They are never turned into money."
            ),
        ),
        (
            "How much is in place",
            of(
                "We begin with what most organizations of your size have. A look counts much, a word counts a little, an unknown counts nothing, and an old look fades. So better evidence never makes a number worse.",
            ),
        ),
        (
            "What it leaves",
            of(
                "Sector's rate, times what your safeguards leave of it, over what the average organization's leave. An organization like the average has the sector's rate exactly. Safeguards overlap, so two of them do less than their sum.",
            ),
        ),
        (
            "What an action avoids",
            of(
                "The expected loss of a year without it, less the same with it. Vendors' ways in are touched only by what works on vendors. Training and lists work through other actions: they make those cover more.",
            ),
        ),
        (
            "The plan",
            of(
                "Of all sets of actions that fit your dollars and hours, the one whose avoided loss less its cost is largest. What the law requires and what you chose goes in first. The search proves that no set is better, or says how far off it may be.",
            ),
        ),
        (
            "What to ask next",
            of(
                "How much better the plan would be, on average, if we knew the answer before choosing. Where no answer would change the plan, asking is worth nothing.",
            ),
        ),
    ]
}

/// What nobody knows, or not well.
pub(super) fn unknown(people: &str) -> [String; 6] {
    [
        "Attacks on medical devices: no public list counts them. All numbers about them are our judgment.".to_owned(),
        "How the federal list falls on small, medium and large organizations: it does not say who is how large.".to_owned(),
        "Events with fewer than 500 people: only their yearly total is public.".to_owned(),
        "What most safeguards do: only a few were ever measured, and insurers' figures mix careful firms with what they bought.".to_owned(),
        format!("Harm to {people}: nobody has an accepted rate of it. We show days, and stop there."),
        "Next year: rates have moved by half and more from one year to the next.".to_owned(),
    ]
}

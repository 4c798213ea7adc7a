//! The English words of one action.

use asepsis_core::decision::Decided;
use asepsis_report::words::{count, many};

pub(super) const PLAN: &str = "Plan";
pub(super) const VENDOR_SHEET: &str = "Vendor sheet";
pub(super) const STEPS: &str = "What to do";
pub(super) const RESTS_ON: &str = "Rests on:";
pub(super) const EFFORT: &str = "Hours and dollars are";
pub(super) const IN_FIRST_YEAR: &str = " in the first year";
pub(super) const ONCE: &str = " once";
pub(super) const NOTHING_TO_BUY: &str = "nothing to buy";
pub(super) const NO_PLACE: &str = "has no place here";
pub(super) const LAW: &str = "HIPAA asks for it:";
pub(super) const FIRST: &str = "Do first:";
pub(super) const WAITING: &str = "Waits for this:";

pub(super) const DOES: &str = "What it does";
pub(super) const AVOIDS: &str = "Done now, it avoids";
pub(super) const AMONG_BEST: &str = "It is among the best five in";
pub(super) const NO_FIGURE: &str = "It avoids nothing that can be put in figures. That does not make it useless: it helps others work, or is good order.";
pub(super) const NOTHING_LEFT: &str = "As far as we know, nothing of it is left to do here.";
pub(super) const KEPT: &str = "Why it is kept:";
pub(super) const EFFECTS: &str = "How we know";
pub(super) const STOPS: &str = "fully in place, it stops";
pub(super) const TAKES_OFF: &str = "fully in place, it takes off";
pub(super) const OWN_DOORS: &str = "events that come in through your own doors.";
pub(super) const BY_VENDOR: &str = "events that come in through a vendor.";
pub(super) const EVENTS: &str = "events.";
pub(super) const OF_EACH: &str = "dollars and days of each event.";
pub(super) const RAISES: &str = "What it makes work better";

pub(super) const VERIFIED: &str = "How it will be verified";
pub(super) const OTHER_SIZES: &str = "None of its parts counts for your size.";
pub(super) const BY_WORD: &str = "No check can see it: an answer with its proof settles it.";
pub(super) const TURNS_GREEN: &str = "Turns green:";

pub(super) const WORTH: &str = "It avoids more than it costs.";
pub(super) const BY_LAW: &str = "The law requires it, so it goes in first.";
pub(super) const BY_CHOICE: &str = "Somebody here chose it.";
pub(super) const NEEDED: &str = "Something else in the plan needs it first.";
pub(super) const LAW_NO_ROOM: &str =
    "Not in the plan: the law requires it, and it does not fit the dollars and hours.";
pub(super) const COSTS_MORE: &str = "Not in the plan: it costs more than it avoids.";
pub(super) const NO_ROOM: &str =
    "Not in the plan: it would be worth it, and the hours and dollars go further elsewhere.";
pub(super) const IS_ACCEPTED: &str = "Not in the plan: the gap is accepted for a time.";
pub(super) const IS_POSTPONED: &str = "Not in the plan: it is put off for a time.";
pub(super) const IS_SAID_DONE: &str =
    "Not in the plan: it is said to be done. Looks and answers will tell.";

pub(super) const LOG: &str = "What was decided";
pub(super) const DECIDE: &str = "Decide";
pub(super) const DO_IT: &str = "Do it";
pub(super) const DO_IT_LEAD: &str = "It goes into the plan, wherever it ranks.";
pub(super) const DO_IT_BUTTON: &str = "We do it";
pub(super) const TO_WHOM: &str = "Who does it";
pub(super) const NOBODY_YET: &str = "Nobody yet";
pub(super) const BY_WHEN: &str = "By which day";
pub(super) const DONE: &str = "It is done";
pub(super) const DONE_LEAD: &str = "It leaves the plan. Looks and answers tell whether it holds.";
pub(super) const DONE_BUTTON: &str = "Say that it is done";
pub(super) const NOTE: &str = "What was done";
pub(super) const LATER: &str = "Not now";
pub(super) const LATER_LEAD: &str = "No plan holds it before the day. Then it comes back.";
pub(super) const LATER_BUTTON: &str = "Put it off";
pub(super) const ACCEPT: &str = "Live with the gap";
pub(super) const ACCEPT_LEAD: &str = "It stays a gap, and one that somebody decided about.";
pub(super) const ACCEPT_BUTTON: &str = "Accept the gap";
pub(super) const REOPEN: &str = "Take the decision back";
pub(super) const REOPEN_LEAD: &str = "As if nothing had been decided. The record stays.";
pub(super) const REOPEN_BUTTON: &str = "Take it back";
pub(super) const REASON: &str = "Why";
pub(super) const UNTIL: &str = "Until which day";

pub(super) const CHOOSE_SOMEBODY: &str = "Choose somebody who can sign in";
pub(super) const NO_REASON: &str = "Say why, in a few words";
pub(super) const TOO_LONG: &str = "Write at most 4,000 characters";
pub(super) const NOT_A_DAY: &str = "Give a day, as in 2026-12-01";
pub(super) const OUT_OF_REACH: &str = "Give a day from today on, at most a year ahead";

pub(super) fn not_here(data: &str) -> String {
    format!("No {data} here.")
}

pub(super) fn held_back(found: &str, data: &str) -> String {
    format!("This seems to hold {found}. No {data} belongs here")
}

pub(super) fn fails(fails: usize, of: usize, noun: &str) -> String {
    format!("not so on {} of {}", count(fails), many(of, noun))
}

pub(super) fn in_plan(month: u32) -> String {
    match month {
        1 => "In the plan for this month.".to_owned(),
        n => format!("In the plan, from month {n} on."),
    }
}

/// What was decided, as the rest of a sentence that begins with whoever decided.
pub(super) fn decided(
    it: &Decided,
    person: impl Fn(&str) -> String,
    day: impl Fn(&str) -> String,
) -> String {
    match it {
        Decided::Chosen { to, due } => {
            let who = to.as_ref().map(|it| format!(", {} does it", person(it)));
            let by = due.as_ref().map(|it| format!(", by {}", day(it)));
            format!("chose it{}{}.", who.unwrap_or_default(), by.unwrap_or_default())
        }
        Decided::Accepted { until, .. } => format!("accepted the gap until {}.", day(until)),
        Decided::Postponed { until, .. } => format!("put it off until {}.", day(until)),
        Decided::Done { .. } => "said that it is done.".to_owned(),
        Decided::Reopened { .. } => "took the decision back.".to_owned(),
    }
}

/// The words that came with a decision.
pub(super) fn text(it: &Decided) -> &str {
    match it {
        Decided::Chosen { .. } => "",
        Decided::Accepted { reason, .. }
        | Decided::Postponed { reason, .. }
        | Decided::Reopened { reason } => reason,
        Decided::Done { note } => note,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_is_told_as_the_rest_of_a_sentence() {
        let told = |it: &Decided| decided(it, str::to_uppercase, |day| format!("<{day}>"));
        let chosen = Decided::Chosen { to: Some("pat".to_owned()), due: Some("d".to_owned()) };
        assert_eq!(told(&chosen), "chose it, PAT does it, by <d>.");
        assert_eq!(told(&Decided::Chosen { to: None, due: None }), "chose it.");
        let later = Decided::Postponed { reason: "why".to_owned(), until: "d".to_owned() };
        assert_eq!((told(&later).as_str(), text(&later)), ("put it off until <d>.", "why"));
    }
}

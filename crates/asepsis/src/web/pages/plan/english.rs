//! The English words of the plan.

use asepsis_core::action::ActionChange;
use asepsis_core::catalog::Severity;
use asepsis_core::engine::{ActionStanding, ActionState, Tally};
use asepsis_report::words;

use super::group::Group;
use crate::web::ui;

pub(super) const PLAN: &str = "Plan";
pub(super) const TITLE: &str = "What looks found";
pub(super) const VENDOR_SHEET: &str = "Vendor sheet";
pub(super) const NOTHING: &str = "Nothing that was looked at needs work now. What nobody knows yet is under Questions and Assets.";
pub(super) const NOTHING_FOR: &str = "Nothing here. Choose All to see what there is for others.";
pub(super) const ORDER: &str = "Each is a check that fails somewhere. Those whose action avoids most for an hour of work come first. Hours and dollars are our estimates.";
pub(super) const TO_DO: &str = "to do";
pub(super) const OF_THESE_PLANNED: &str = "of these in the plan";
pub(super) const WHOSE: &str = "Whose work";
pub(super) const ALL: &str = "All";
pub(super) const MINE: &str = "Mine";
pub(super) const DUE: &str = "by";
pub(super) const SERVES: &str = "serves";
pub(super) const SAID_BY: &str = "Said done by";
pub(super) const ACCEPTED_BY: &str = "Accepted by";
pub(super) const UNTIL: &str = "until";
pub(super) const SEEN_IN_ORDER: &str = "Seen in order";
pub(super) const NEXT_LOOK: &str = "The next look is due";
pub(super) const LOOK_IS_DUE: &str = "A look is due now.";
pub(super) const NEVER_LOOKED: &str = "Nobody has looked yet.";

pub(super) const HOW_IT_STANDS: &str = "How it stands";
pub(super) const WORK_OF: &str = "work of";
pub(super) const GIVEN_TO: &str = "given to";
pub(super) const IN_THE_PLAN: &str = "in the plan, given to nobody yet";
pub(super) const WHERE: &str = "Where it is not in order";
pub(super) const ALL_OF_THEM: &str = "See all of them";
pub(super) const WHY_AND_HOW: &str = "Why, and how";
pub(super) const STEPS: &str = "How to do it";
pub(super) const HOW_VERIFIED: &str = "How it will be verified";
pub(super) const WHAT_IT_LOOKS_AT: &str = "What it looks at, and what it found";
pub(super) const MEASURE_HERE: &str = "Measure this computer again";
pub(super) const MEASURE_MAIL: &str = "Measure mail again";
pub(super) const WHAT_WAS_SAID: &str = "What was said";
pub(super) const NOBODY_SPOKE: &str = "Nothing yet.";
pub(super) const NEWEST_PART: &str =
    "Page 1 holds the newest words; inside a page the oldest come first.";
pub(super) const VENDOR: &str = "vendor";
pub(super) const NEW: &str = "new since you opened the page";

pub(super) const SOMEBODY_WROTE: &str = "Somebody else wrote about this while you were writing.";
pub(super) const READ_AND_SEND: &str = "Nothing of yours is recorded yet, and nothing is lost: what you typed is still in its field below. Read the new words, then send it again if it still fits.";
pub(super) const SEND_AGAIN: &str = "Nothing of yours is recorded yet, and nothing is lost: what you typed is still in its field below. Send it again if it still fits.";
pub(super) const TO_NEW_WORDS: &str = "To the new words";

pub(super) const DECIDE: &str = "Plan it";
pub(super) const PLAN_IT: &str = "Put it in the plan";
pub(super) const TO_WHOM: &str = "Who does it";
pub(super) const BY_WHEN: &str = "By which day";
pub(super) const GIVE: &str = "Give it to this person";
pub(super) const ACCEPT_INSTEAD: &str = "Accept the gap for a time instead";
pub(super) const CHOOSE_SOMEBODY: &str = "Choose somebody who can sign in.";
pub(super) const FINISH: &str = "It is done";
pub(super) const FINISH_LEAD: &str =
    "Say so here. It counts as done once a look made after that finds it in order everywhere.";
pub(super) const NOTE: &str = "What was done";
pub(super) const IT_IS_DONE: &str = "Say that it is done";
pub(super) const REOPEN: &str = "Not done after all";
pub(super) const REOPEN_WHY: &str = "What is still missing";
pub(super) const REOPEN_BUTTON: &str = "Open it again";
pub(super) const COMMENT: &str = "Comment";
pub(super) const COMMENT_LABEL: &str = "Your comment";
pub(super) const COMMENT_BUTTON: &str = "Keep the comment";
pub(super) const EMPTY: &str = "Write a few words.";
pub(super) const TOO_LONG: &str = "Write at most 4,000 characters.";
pub(super) const NOT_A_DAY: &str = "Give a day as in 2026-12-01.";

/// What must not be written; `data` is `patient data` or what stands for it.
pub(super) fn not_here(data: &str) -> String {
    format!("Write no {data} here.")
}

pub(super) fn held_back(found: &str, data: &str) -> String {
    format!("This seems to hold {found}. Take it out: no {data} is kept here.")
}

pub(super) fn of_role(role: &str) -> String {
    let name = words::role(role);
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

pub(super) const fn group(group: Group) -> (&'static str, &'static str) {
    match group {
        Group::Overdue => ("Past its day", ""),
        Group::StillFails => {
            ("Said done, not seen done", "A look made after that still does not find it in order.")
        }
        Group::Planned => ("In the plan", ""),
        Group::Open => ("Not planned yet", ""),
        Group::Waiting => {
            ("Said done, waiting for a look", "A look made after that tells whether it holds.")
        }
        Group::InOrder => ("In order now", "Spoken of in the last 60 days, and seen in order."),
        Group::Accepted => {
            ("Accepted gaps", "Somebody answers for these until a day. They are still gaps.")
        }
    }
}

pub(super) const fn state(state: ActionState) -> &'static str {
    match state {
        ActionState::Open => "to do",
        ActionState::SaidDone => "said done",
        ActionState::NotSeenDone => "not seen done",
        ActionState::Verified => "done, seen",
        ActionState::InOrder => "in order",
        ActionState::Accepted => "gap accepted",
    }
}

/// How it stands, as a sentence.
pub(super) fn sentence(action: &ActionStanding, tally: Tally, noun: &str) -> String {
    let of = not_in_order(tally.fail, tally.applicable(), noun);
    match action.state {
        ActionState::Open if tally.fail > 0 => format!("Still to do: {of}."),
        ActionState::Open => {
            "Nobody knows yet whether it is in order: not everything was looked at.".to_owned()
        }
        ActionState::SaidDone => {
            "Somebody said that it is done. No look made after that has told yet.".to_owned()
        }
        ActionState::NotSeenDone => {
            format!("Somebody said that it is done; a look made after that says no: {of}.")
        }
        ActionState::Verified => {
            "Done: looks made after that find it in order everywhere.".to_owned()
        }
        ActionState::InOrder => "Nothing to do: it is in order, or does not apply here.".to_owned(),
        ActionState::Accepted => format!("The gap is accepted for a time: {of}."),
    }
}

pub(super) fn not_in_order(fail: usize, of: usize, noun: &str) -> String {
    format!("{} of {} not in order", words::count(fail), words::many(of, noun))
}

pub(super) const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "critical: used against organizations like yours",
        Severity::High => "high: opens a way in or loses data",
        Severity::Medium => "medium: makes other things worse",
        Severity::Low => "low: good to have",
    }
}

pub(super) fn verified_by(noun: &str) -> String {
    format!(
        "A check looks at every {noun} and passes when this is so. A word alone never makes it pass."
    )
}

pub(super) fn cadence(every: u32, fresh: u32, alone: bool) -> String {
    let days = |n: u32| if n == 1 { "every day".to_owned() } else { format!("every {n} days") };
    let looks = if alone { "The book looks by itself" } else { "A look is asked for" };
    format!(
        "{looks} {}; what was seen counts for {}.",
        days(every),
        words::many(fresh as usize, "day")
    )
}

pub(super) fn and_more(n: usize) -> String {
    format!("and {} more.", words::count(n))
}

/// What somebody did, after their name.
pub(super) fn change(change: &ActionChange, name: impl Fn(&str) -> String) -> String {
    match change {
        ActionChange::Planned => "put it in the plan".to_owned(),
        ActionChange::Assigned { to, due: None } => format!("gave it to {}", name(to)),
        ActionChange::Assigned { to, due: Some(due) } => {
            format!("gave it to {}, by {}", name(to), ui::civil_day(due))
        }
        ActionChange::Done { .. } => "said that it is done".to_owned(),
        ActionChange::Reopened { .. } => "said that it is not done after all".to_owned(),
        ActionChange::Commented { .. } => "wrote".to_owned(),
    }
}

/// The words somebody wrote; may be empty.
pub(super) fn text(change: &ActionChange) -> &str {
    match change {
        ActionChange::Planned | ActionChange::Assigned { .. } => "",
        ActionChange::Done { note } => note,
        ActionChange::Reopened { reason } => reason,
        ActionChange::Commented { text } => text,
    }
}

//! The English words of the plan under dollars and hours.

use asepsis_core::decision::Decided;
use asepsis_core::risk::{Because, Limits, Mark, Moved, Why};
use asepsis_report::words::{count, dollars, hours, many};

pub(super) const TITLE: &str = "Plan";
pub(super) const NO_PRIORS: &str =
    "This catalog says nothing of how likely threats are, so no plan can be worked out.";
pub(super) const NOTHING: &str = "As far as we know, nothing is left to do. Look again, and answer what is open: a plan is as good as what is known.";

pub(super) const LIMITS: &str = "What can you spend?";
pub(super) const DOLLARS: &str = "US dollars in the first year";
pub(super) const HOURS: &str = "Hours of work in a month";
pub(super) const WORK_OUT: &str = "Work it out";
pub(super) const NO_DOLLARS: &str = "Give an amount from 0 on, as in 2000";
pub(super) const NO_HOURS: &str = "Give hours from 0 on, as in 4";
pub(super) const TRY: &str = "Try";
pub(super) const USUAL: &str = "Back to the usual";
pub(super) const OUR_GUESS: &str = "Nobody has taken a plan yet. We begin with what a small clinic or organization can often spare. Change it; the plan follows at once.";
pub(super) const AS_TAKEN: &str = "As in the plan that was taken on";

pub(super) const REACH: &str = "What it reaches";
pub(super) const MONTH: &str = "This month";
pub(super) const QUARTER: &str = "This quarter";
pub(super) const YEAR: &str = "This year";
pub(super) const NOTHING_FITS: &str = "Nothing fits into these dollars and hours.";
pub(super) const AVOIDS: &str = "It avoids";
pub(super) const NOT_YET: &str = "nothing yet: what begins is finished later";
pub(super) const LEAVES: &str = "Still expected to be lost";
pub(super) const TAKES: &str = "Work";
pub(super) const COSTS: &str = "First year";
pub(super) const NO_WORK: &str = "none";
pub(super) const NOTHING_TO_BUY: &str = "nothing to buy";
pub(super) const ESTIMATES: &str = "Given our numbers, which have wide ranges.";
pub(super) const TAKE: &str = "Take this plan";
pub(super) const TAKE_LEAD: &str =
    "It goes on record. Later plans are held against it, and say what changed and why.";
pub(super) const TAKEN: &str = "This is the plan that you took. Nothing has changed since.";

pub(super) const CHANGED: &str = "Changed since the plan of";
pub(super) const UNCHANGED: &str = "Nothing moved.";
pub(super) const BECAUSE: &str = ", because ";
pub(super) const AND: &str = ", and ";

pub(super) const MONTHS: &str = "Month by month";
pub(super) const MONTHS_LEAD: &str = "What others wait for comes first, then what avoids most for an hour of work. Each amount is on top of what begins before it.";
pub(super) const ADDS: &str = "It avoids";
pub(super) const DUE: &str = "by";
pub(super) const AGAINST: &str = "against";
pub(super) const BY_LAW: &str = "In the plan because the law requires it.";
pub(super) const BY_CHOICE: &str = "In the plan because somebody here chose it.";
pub(super) const NEEDED: &str = "In the plan because this needs it first:";
pub(super) const NOT_SEEN_DONE: &str = "said done, not seen done";
pub(super) const LAW: &str = "required by law";
pub(super) const CHOSEN: &str = "chosen";
pub(super) const SEE_HOW: &str = "See how";

pub(super) const LEFT: &str = "Not in the plan";
pub(super) const LEFT_LEAD: &str = "What is left to do and stays out of the plan, and why. More dollars or hours move things in; so does choosing one.";
pub(super) const NONE_LEFT: &str = "Nothing is left out.";
pub(super) const SEE_LEFT: &str = "All of it, with the reasons";
pub(super) const UNTIL: &str = "Until";
pub(super) const SAID_DONE: &str = "Said done on";
pub(super) const ALONE: &str = "Done alone, it avoids";
pub(super) const LAW_TAKES: &str = "All that the law asks for takes in the first year";
pub(super) const LAW_MONTHLY: &str = "or, spread over it,";
pub(super) const TAKES_WORK: &str = "It takes";
pub(super) const YEARLY_COST: &str = "It costs";
pub(super) const KEPT: &str = "Why do it:";

pub(super) const CHECKS: &str = "What looks found";
pub(super) const SEE_CHECKS: &str = "The checks, and what people said about them";

pub(super) const SURE: &str = "How sure this is, and what to ask next";
pub(super) const SURE_LEAD: &str = "In how many plausible worlds each action is in the plan, what would change the first one, and which answer is worth most. It takes a moment to work out.";
pub(super) const SEE_SURE: &str = "How sure, and what to ask";
pub(super) const ASK: &str = "What to find out next";
pub(super) const FURTHER: &str =
    "A few answers could still change the plan by more than the minutes they take.";
pub(super) const NO_FURTHER: &str = "Further answers would not change your plan.";
pub(super) const LOOK: &str = "Look:";
pub(super) const KNOWING: &str = "Knowing it is worth";
pub(super) const MINUTES: &str = "It takes";
pub(super) const ABOUT: &str = "It tells about:";
pub(super) const MARKS: &str = "How sure each action is";
pub(super) const MARKS_LEAD: &str = "Nobody knows the true rates. So we draw hundreds of plausible worlds and make a good plan in each.";
pub(super) const NOT_NOW_LEAD: &str = "In few worlds are these worth the hours or dollars now.";
pub(super) const IN_PLAN: &str = "In the plan in";
pub(super) const DEPENDS: &str = "It depends most on";
pub(super) const FLIP: &str = "What would put another action first";
pub(super) const COMES_FIRST: &str = "avoids most for an hour.";
pub(super) const WOULD_BE_FIRST: &str = "would, if one number were another:";
pub(super) const NO_FLIP: &str = "No single number does, wherever it lies within its range.";
pub(super) const SWINGS: &str = "What moves the expected loss most";
pub(super) const SWINGS_LEAD: &str = "Each line moves one number from low to high, where one world of ten is beyond, and leaves all others in doubt.";
pub(super) const DOUBT: &str = "In doubt";
pub(super) const MOVES: &str = "Moves";
pub(super) const LOSS: &str = "Expected loss";
pub(super) const HOW_OFTEN: &str = "how often this comes:";
pub(super) const HOW_MUCH: &str = "what half of these events cost at least:";
pub(super) const HOW_WIDE: &str = "how far losses spread:";
pub(super) const HOW_OVERLAP: &str = "how little safeguards overlap against:";
pub(super) const BY_VENDOR: &str = "how much comes in through vendors";
pub(super) const HOW_IN_PLACE: &str = "how far this is in place:";
pub(super) const HOW_EFFECTIVE: &str = "what this stops:";
pub(super) const ITS_PLACE: &str = "how far it is in place already";
pub(super) const ITS_EFFECT: &str = "what it stops, against";

pub(super) fn amounts(it: Limits) -> String {
    format!("{} and {} a month", dollars(it.dollars), hours(it.hours))
}

pub(super) fn actions(n: usize) -> String {
    many(n, "action")
}

pub(super) fn checks(n: usize) -> String {
    match n {
        0 => "No check fails.".to_owned(),
        1 => "One check fails somewhere.".to_owned(),
        n => format!("{} checks fail somewhere.", count(n)),
    }
}

/// How good the plan is.
pub(super) fn proof(proved: bool, gap: f64) -> String {
    if proved || gap <= 0.0 {
        return "No better plan fits.".to_owned();
    }
    let percent = (gap * 100.0).ceil().max(1.0);
    format!("The best possible plan would avoid at most {percent} % more.")
}

/// A month of the plan: 1 is the present one.
pub(super) fn month(number: u32, name: &str) -> String {
    if number <= 1 { format!("This month, {name}") } else { name.to_owned() }
}

pub(super) fn until_month(name: &str) -> String {
    format!("until {name}")
}

pub(super) const fn mark(mark: Mark) -> &'static str {
    match mark {
        Mark::DoNow => "do now",
        Mark::Depends => "depends",
        Mark::NotNow => "not now",
    }
}

/// The name of a group of what is left out.
pub(super) const fn left(why: &Why) -> &'static str {
    match why {
        Why::LawNoRoom(_) => "The law asks for it, and it does not fit",
        Why::NoRoom => "Worth it, but hours and dollars go further elsewhere",
        Why::CostsMore => "Costs more than it avoids",
        Why::NoFigure => "Avoids nothing that can be put in figures",
        Why::Postponed { .. } => "Put off",
        Why::Accepted { .. } => "Gaps that were accepted",
        Why::SaidDone { .. } => "Said to be done",
    }
}

pub(super) fn and_more(n: usize) -> String {
    format!("and {} more", count(n))
}

pub(super) fn moved(it: Moved) -> String {
    match it {
        Moved::Added { to } => format!("came in, to month {to}"),
        Moved::Dropped { from } => format!("was to begin in month {from} and dropped out"),
        Moved::Up { from, to } => format!("moved up from month {from} to month {to}"),
        Moved::Down { from, to } => format!("moved down from month {from} to month {to}"),
    }
}

pub(super) const fn fails_now(checks: usize) -> &'static str {
    if checks == 1 { "fails now" } else { "fail now" }
}

pub(super) const fn fails_no_more(checks: usize) -> &'static str {
    if checks == 1 { "does not fail any more" } else { "do not fail any more" }
}

/// A cause that names no check.
pub(super) fn because(it: &Because) -> String {
    let of = |text: &str| text.to_owned();
    match it {
        Because::Decided(Decided::Chosen { .. }) => of("somebody chose it"),
        Because::Decided(Decided::Accepted { .. }) => of("somebody accepted the gap"),
        Because::Decided(Decided::Postponed { .. }) => of("somebody put it off"),
        Because::Decided(Decided::Done { .. }) => of("somebody said that it is done"),
        Because::Decided(Decided::Reopened { .. }) => of("a decision was taken back"),
        Because::NothingLeft => of("nothing of it is left to do"),
        Because::FailsNow(_) => of("a check fails now"),
        Because::FailsNoMore(_) => of("a check does not fail any more"),
        Because::LessInPlace => of("less of it is known to be in place"),
        Because::MoreInPlace => of("more of it is known to be in place"),
        Because::NewHere => of("it had no place here then"),
        Because::OtherEffort => of("it takes other hours or dollars than then"),
        Because::Budget { from, to } => {
            format!("the budget went from {} to {}", dollars(*from), dollars(*to))
        }
        Because::Hours { from, to } => {
            format!("the hours went from {} to {} a month", hours(*from), hours(*to))
        }
        Because::Catalog => of("our numbers changed"),
        Because::Others => of("others moved"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_says_how_good_it_is() {
        assert_eq!(proof(true, 0.0), "No better plan fits.");
        assert_eq!(proof(false, 0.021), "The best possible plan would avoid at most 3 % more.");
    }
}

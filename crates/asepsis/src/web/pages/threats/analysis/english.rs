//! The English words of the printed risk analysis.

use asepsis_core::organization::Size;
use asepsis_core::risk::{Treatment, Why};
use asepsis_report::words::{count, many};

pub(super) const TITLE: &str = "Risk analysis under the HIPAA Security Rule";
pub(super) const TITLE_OTHER: &str = "Risk analysis";
pub(super) const LEAD: &str = "An analysis of the risks to electronic patient data, and what is done about each (45 CFR 164.308(a)(1)(ii)(A) and (B)). Every number carries its range; words are read off the numbers.";
pub(super) const LEAD_OTHER: &str = "The risks to client data, and what is done about each. Every number carries its range; words are read off the numbers.";
pub(super) const NO_PRIORS: &str =
    "This catalog says nothing of how likely threats are, so there is nothing to analyze.";
pub(super) const BANDS: &str = "Likelihood is how likely one or more are in a year. Impact and level are held against a year's revenue. The level is likelihood times impact.";
pub(super) const ASSUMED: &str = "Revenue, assumed from your size:";
pub(super) const REVENUE: &str = "Revenue, as you said:";
pub(super) const THREATS: &str = "Threats";
pub(super) const THREATS_LEAD: &str = "The threats that can happen here.";
pub(super) const THREAT: &str = "Threat";
pub(super) const LIKELIHOOD: &str = "Likelihood in a year";
pub(super) const IMPACT: &str = "Impact of an event";
pub(super) const LEVEL: &str = "Level";
pub(super) const ASSET: &str = "Asset";
pub(super) const VULNERABILITY: &str = "Vulnerability";
pub(super) const TREATMENT: &str = "Treatment";
pub(super) const OWNER: &str = "Owner";
pub(super) const DATE: &str = "Date";
pub(super) const NOT_KNOWN_IN_PLACE: &str = "Not known to be in place:";
pub(super) const STEPS: &str = "The five steps of HICP's Appendix E";
pub(super) const STEPS_OTHER: &str = "The five steps";
pub(super) const SEE_PRACTICES: &str = "How each stands";
pub(super) const SEE_PLAN: &str = "The plan";
pub(super) const AVOIDS: &str = "Together they avoid";
pub(super) const AGAIN: &str = "Again when something changes, and once a year at least.";
pub(super) const LAST_TAKEN: &str = "A plan was last taken on";
pub(super) const NEVER_TAKEN: &str = "No plan has been taken yet.";
pub(super) const KEPT_BY: &str = "Worked out by asepsis from what was seen and told. It helps those who decide; it does not decide.";
pub(super) const SOURCES: &str = "Where the numbers come from";

pub(super) fn wide(low: &str, high: &str) -> String {
    format!("which may be a third or three times of it ({low} to {high})")
}

pub(super) fn all_rows(n: usize) -> String {
    format!("All {}, to print", many(n, "row"))
}

pub(super) fn shown(shown: usize, all: usize) -> String {
    if shown == all {
        format!("{}, the greatest first.", many(all, "gap"))
    } else {
        format!("The greatest {} of {}.", count(shown), many(all, "gap"))
    }
}

pub(super) fn and_more(n: usize) -> String {
    format!("And {} more.", count(n))
}

/// What a practice protects; `name` where we have no word for it.
pub(super) fn asset(practice: u8, name: &str) -> String {
    match practice {
        1 => "Mail and mailboxes".to_owned(),
        2 => "Computers and phones".to_owned(),
        3 => "Accounts and sign-ins".to_owned(),
        4 => "Stored and sent data".to_owned(),
        5 => "Equipment and software, old and new".to_owned(),
        6 => "The network".to_owned(),
        7 => "Software with known weaknesses".to_owned(),
        8 => "The answer to an incident".to_owned(),
        9 => "Connected medical devices".to_owned(),
        10 => "Rules and people".to_owned(),
        _ => name.to_owned(),
    }
}

/// What is done about a gap, before the name of the action.
pub(super) const fn treatment(it: &Treatment) -> &'static str {
    match it {
        Treatment::Planned { .. } => "Reduce:",
        Treatment::Left(Why::Accepted { .. }) => "Accepted for a time, instead of:",
        Treatment::Left(Why::Postponed { .. }) => "Put off:",
        Treatment::Left(Why::SaidDone { .. }) => "Said done, to be verified:",
        Treatment::Left(Why::CostsMore) => "Not now, it costs more than it avoids:",
        Treatment::Left(Why::LawNoRoom(_)) => "Required by law, no room yet:",
        Treatment::Left(Why::NoRoom | Why::NoFigure) => "Not this year, others go first:",
    }
}

/// The day on which a decision ends.
pub(super) fn until(it: &Why) -> Option<&str> {
    match it {
        Why::Accepted { until, .. } | Why::Postponed { until, .. } => Some(until),
        _ => None,
    }
}

pub(super) fn practices(size: &Size, subs: usize) -> String {
    let size = match size {
        Size::Small => "small",
        Size::Medium => "medium",
        Size::Large => "large",
    };
    format!("{} apply to a {size} organization.", many(subs, "sub-practice"))
}

pub(super) fn gaps(actions: usize) -> String {
    format!("{} would close what is not known to be in place.", many(actions, "action"))
}

pub(super) fn planned(picks: usize, left: usize) -> String {
    format!("{} in the plan of this year, {} left out with a reason.", count(picks), count(left))
}

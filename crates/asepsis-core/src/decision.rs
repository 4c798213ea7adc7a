//! What people decide about actions and plans, and what they remember of losses. Each is one entry of
//! the ledger; none of it ever changes what was seen.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::hash::Hash;
use crate::time::Timestamp;

/// One decision about one action of the catalog.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// The action's id, as in `second-sign-in-step`.
    pub action: String,
    /// What was decided.
    pub decided: Decided,
    /// When.
    pub at: Timestamp,
}

/// What was decided.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Decided {
    /// It will be done, wherever it ranks.
    Chosen {
        /// Random id of the person who does it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<String>,
        /// By which day, as in `2026-12-01`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due: Option<String>,
    },
    /// The gap is accepted until a day: no plan holds the action before.
    Accepted {
        /// Why; holds no patient data.
        reason: String,
        /// Until which day, as in `2027-03-31`.
        until: String,
    },
    /// Not now: no plan holds the action before a day.
    Postponed {
        /// Why; holds no patient data.
        reason: String,
        /// Until which day, as in `2027-03-31`.
        until: String,
    },
    /// Somebody says that it is done; looks and answers will tell.
    Done {
        /// What was done; holds no patient data.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
    },
    /// As if nothing had been decided.
    Reopened {
        /// Why; holds no patient data.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
    },
}

/// A plan that somebody took: the parent that later plans are held against.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanTaken {
    /// US dollars of the first year.
    pub budget: f64,
    /// Hours in each month.
    pub hours: f64,
    /// The catalog it was made with.
    pub catalog: Hash,
    /// Version of the priors it was made with.
    pub priors: u32,
    /// What was chosen and what was left, by action: what it takes to say later why a plan changed.
    pub items: BTreeMap<String, PlannedItem>,
    /// When.
    pub at: Timestamp,
}

/// One action as a plan saw it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlannedItem {
    /// The month in which it begins, from 1; absent where it was left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub month: Option<u32>,
    /// Mean coverage then.
    pub coverage: f64,
    /// US dollars a year that it alone would have avoided.
    pub value: f64,
    /// Hours it took then.
    pub hours: f64,
    /// US dollars of the first year.
    pub dollars: f64,
    /// Checks that failed then.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub failing: Vec<String>,
}

/// What an organization remembers of its own past: it moves the priors.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LossHistory {
    /// How many years are remembered: 0.1 to 30.
    pub years: f64,
    /// Events with a loss in that time, by threat; a threat that is not named had none.
    pub events: BTreeMap<String, u32>,
    /// When it was said.
    pub at: Timestamp,
}

impl LossHistory {
    /// The most years that are remembered: before that, nothing was like now.
    pub const MOST_YEARS: f64 = 30.0;
    /// The fewest, a good month: of less nothing follows.
    pub const LEAST_YEARS: f64 = 0.1;
    /// The most events of one threat that are remembered of a year, one a week: more would be a slip of
    /// the pen, and would take minutes to simulate.
    pub const MOST_A_YEAR: f64 = 52.0;

    /// Whether it can be: an entry may have been written by another program.
    pub fn is_sound(&self) -> bool {
        self.can_be_remembered() && self.events.values().all(|it| self.can_happen(*it))
    }

    /// Whether so many years can be remembered.
    pub fn can_be_remembered(&self) -> bool {
        (Self::LEAST_YEARS..=Self::MOST_YEARS).contains(&self.years)
    }

    /// Whether one threat can have come so many times in these years.
    pub fn can_happen(&self, events: u32) -> bool {
        f64::from(events) <= Self::MOST_A_YEAR * self.years
    }
}

/// Whether a text is a day, as in `2026-12-01`: only such texts are in the order of time.
fn is_day(text: &str) -> bool {
    text.parse::<jiff::civil::Date>().is_ok_and(|it| it.to_string() == text)
}

/// The decision in force on each action at a moment: the newest one, unless its day is over or it
/// was reopened; a day that is none is over. `today` is the day of that moment where the organization is, as in `2026-11-25`.
pub fn in_force<'a>(
    decisions: impl Iterator<Item = (u64, &'a Decision)>,
    today: &str,
) -> BTreeMap<&'a str, (u64, &'a Decision)> {
    let mut newest: BTreeMap<&str, (u64, &Decision)> = BTreeMap::new();
    for (seq, it) in decisions {
        let old = newest.entry(it.action.as_str()).or_insert((seq, it));
        if (old.1.at, old.0) <= (it.at, seq) {
            *old = (seq, it);
        }
    }
    newest.retain(|_, (_, it)| match &it.decided {
        Decided::Accepted { until, .. } | Decided::Postponed { until, .. } => {
            is_day(until) && today <= until.as_str()
        }
        Decided::Chosen { .. } | Decided::Done { .. } => true,
        Decided::Reopened { .. } => false,
    });
    newest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decision(action: &str, decided: Decided, day: &str) -> Decision {
        let at = format!("{day}T12:00:00Z").parse().unwrap();
        Decision { action: action.to_owned(), decided, at }
    }

    fn postponed(until: &str) -> Decided {
        Decided::Postponed { reason: "no time".to_owned(), until: until.to_owned() }
    }

    #[test]
    fn the_newest_decision_counts_until_its_day_is_over() {
        let all = [
            decision("a", postponed("2026-12-31"), "2026-11-01"),
            decision("a", Decided::Done { note: String::new() }, "2026-11-02"),
            decision("b", postponed("2026-11-30"), "2026-11-01"),
            decision("c", Decided::Chosen { to: None, due: None }, "2026-11-01"),
            decision("c", Decided::Reopened { reason: String::new() }, "2026-11-03"),
        ];
        let on = |today: &str| {
            let numbered = all.iter().enumerate().map(|(seq, it)| (seq as u64, it));
            in_force(numbered, today)
                .into_iter()
                .map(|(id, (seq, _))| (id, seq))
                .collect::<Vec<_>>()
        };
        assert_eq!(on("2026-11-30"), [("a", 1), ("b", 2)]);
        assert_eq!(on("2026-12-01"), [("a", 1)], "the day itself still counts, the next does not");
    }

    #[test]
    fn what_another_program_wrote_holds_nothing_back_for_ever() {
        for day in ["soon", "9999", "2027-1-1", "2026-12-31T00:00:00Z", ""] {
            let all = [decision("a", postponed(day), "2026-11-01")];
            assert!(in_force([(1, &all[0])].into_iter(), "2026-11-30").is_empty(), "{day}");
        }
        let history = |years, n| LossHistory {
            years,
            events: [("T1".to_owned(), n)].into(),
            at: "2026-11-01T12:00:00Z".parse().unwrap(),
        };
        assert!(history(5.0, 2).is_sound());
        for (years, n) in
            [(0.0, 1), (-101.0, 1), (1e308, 1), (f64::NAN, 1), (1e-300, 0), (5.0, u32::MAX)]
        {
            assert!(!history(years, n).is_sound(), "{years} {n}");
        }
    }
}

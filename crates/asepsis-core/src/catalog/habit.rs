//! Habits: small things that people of a role do every day, week or month.

use serde::{Deserialize, Serialize};

use super::{Certainty, PartRef};

/// One habit.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Habit {
    /// As in `front-desk.lock-screen`: the role and a word.
    pub id: String,
    /// Whose habit: a role.
    pub role: String,
    /// How often.
    pub every: Every,
    /// What to do, in one short sentence.
    pub text: String,
    /// The parts it helps to keep in place.
    pub serves: Vec<PartRef>,
    /// How long it takes each time.
    pub minutes: u32,
    /// Where it comes from.
    pub sources: Vec<String>,
    /// How sure.
    pub certainty: Certainty,
}

/// How often a habit is due, most often first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Every {
    /// Each working day.
    Day,
    /// Once a week.
    Week,
    /// Once a month.
    Month,
}

impl Every {
    /// The word as in data.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
        }
    }
}

//! Actions: what an organization can do, what it takes, what it does to the five threats.
//!
//! An action is one control. It serves parts of sub-practices, and every part has exactly one action:
//! how far the action is in place is read off its parts, and whatever is missing has something to do.

use serde::{Deserialize, Serialize};

use super::{Badge, Certainty, PartRef};
use crate::organization::Size;
use crate::risk::number::Beta;

/// One action.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// Kebab-case; the file's name.
    pub id: String,
    /// What to do, as an order: "Encrypt every disk".
    pub title: String,
    /// What it is good for.
    pub why: String,
    /// The parts it brings in place.
    pub serves: Vec<PartRef>,
    /// Whose work: a role.
    pub who: String,
    /// What to do, step by step (Markdown).
    pub steps: String,
    /// Actions that come first.
    #[serde(default)]
    pub requires: Vec<String>,
    /// Years for which what was bought once lasts.
    pub life: u32,
    /// Why it stays in a plan though it stops little.
    #[serde(default)]
    pub keep: Option<String>,
    /// How sure of steps, hours and dollars.
    pub certainty: Certainty,
    /// What the advice rests on.
    pub sources: Vec<String>,
    /// What the HIPAA Security Rule requires of it.
    #[serde(default)]
    pub law: Vec<Law>,
    /// What it takes, by size.
    #[serde(rename = "size")]
    pub costs: Costs,
    /// What it does to threats when it is fully in place.
    #[serde(rename = "effect", default)]
    pub effects: Vec<Effect>,
    /// Other actions that it makes work better.
    #[serde(default)]
    pub raises: Vec<Raise>,
}

/// A specification of the HIPAA Security Rule that is required, not addressable.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Law {
    /// As in `164.308(a)(5)(i)`.
    pub rule: String,
    /// How sure.
    pub certainty: Certainty,
}

/// What it takes, by size of organization.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Costs {
    /// For a small one.
    #[serde(default)]
    pub small: Option<Cost>,
    /// For a medium one.
    #[serde(default)]
    pub medium: Option<Cost>,
    /// For a large one.
    #[serde(default)]
    pub large: Option<Cost>,
}

impl Costs {
    /// Exactly for this size.
    pub const fn of(&self, size: Size) -> Option<&Cost> {
        match size {
            Size::Small => self.small.as_ref(),
            Size::Medium => self.medium.as_ref(),
            Size::Large => self.large.as_ref(),
        }
    }

    /// For this size, else for the next larger one, else for the next smaller one: somebody who takes
    /// on a practice of another size pays what that size pays.
    pub fn near(&self, size: Size) -> Option<&Cost> {
        let larger = Size::ALL.into_iter().filter(|it| *it >= size);
        let smaller = Size::ALL.into_iter().rev().filter(|it| *it < size);
        larger.chain(smaller).find_map(|it| self.of(it))
    }
}

/// What an action takes, and how common it is.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cost {
    /// Hours of anybody's work, once.
    pub hours: Range,
    /// Hours of work in each month from then on.
    #[serde(default)]
    pub monthly: Range,
    /// US dollars, once.
    pub first: Range,
    /// US dollars in each year.
    #[serde(default)]
    pub yearly: Range,
    /// Share of the sector's organizations of this size that has it, between 0 and 1.
    pub adoption: f64,
    /// What the share rests on.
    pub adopted: Basis,
}

/// A badge and its source.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Basis {
    /// How strong.
    pub badge: Badge,
    /// Id of a source.
    pub source: String,
    /// What exactly was taken from it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// A likely number between a low and a high one (a 90 % range), written `[low, likely, high]`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(from = "[f64; 3]", into = "[f64; 3]")]
pub struct Range {
    /// In one case of twenty it is less.
    pub low: f64,
    /// The most likely.
    pub likely: f64,
    /// In one case of twenty it is more.
    pub high: f64,
}

impl From<[f64; 3]> for Range {
    fn from([low, likely, high]: [f64; 3]) -> Self {
        Self { low, likely, high }
    }
}

impl From<Range> for [f64; 3] {
    fn from(it: Range) -> Self {
        [it.low, it.likely, it.high]
    }
}

impl Range {
    /// Both ends and the middle by one factor.
    #[must_use]
    pub fn times(self, factor: f64) -> Self {
        Self { low: self.low * factor, likely: self.likely * factor, high: self.high * factor }
    }

    /// Both ends and the middle of two things that are done by the same people.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            low: self.low + other.low,
            likely: self.likely + other.likely,
            high: self.high + other.high,
        }
    }
}

/// What an action does to one threat when it is fully in place.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Effect {
    /// `T1` to `T5`.
    pub threat: String,
    /// On what.
    pub on: EffectOn,
    /// The share of events that it stops, or the share that it takes off each loss.
    pub beta: Beta,
    /// Which events it touches; those of its own doors for frequency, all for loss, unless said.
    #[serde(default)]
    pub route: Option<Route>,
    /// How strong the evidence is.
    pub badge: Badge,
    /// Id of a source.
    pub source: String,
    /// What is known.
    pub note: String,
}

impl Effect {
    /// Which events it touches.
    pub fn route(&self) -> Route {
        self.route.unwrap_or(match self.on {
            EffectOn::Frequency => Route::Own,
            EffectOn::Loss => Route::Both,
        })
    }
}

/// What an effect changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum EffectOn {
    /// How often it happens.
    Frequency,
    /// What it costs when it happens, in dollars and days of care.
    Loss,
}

/// The way an event comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Route {
    /// Through the organization's own doors.
    Own,
    /// Through a vendor.
    Vendor,
    /// Either.
    Both,
}

/// Another action that this one makes work better.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Raise {
    /// Id of the other action.
    pub action: String,
    /// Of what is missing there, this share gets covered; at most a half.
    pub share: f64,
    /// How strong the evidence is.
    pub badge: Badge,
    /// Id of a source.
    pub source: String,
    /// Why.
    pub note: String,
}

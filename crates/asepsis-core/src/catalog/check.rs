//! Checks: executable statements over one observation schema, each with its examples.

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use super::{Certainty, PartRef};
use crate::outcome::Outcome;
use crate::predicate::{Predicate, Template};
use crate::time::Days;

/// One check.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// As in `email.dmarc-enforced`.
    pub id: String,
    /// The state when it passes.
    pub title: String,
    /// The parts it speaks of.
    pub serves: Vec<PartRef>,
    /// The observation schema it reads.
    pub reads: String,
    /// How much a fail matters.
    pub severity: Severity,
    /// Older evidence is unknown.
    pub fresh: Days,
    /// False = not applicable.
    #[serde(default, deserialize_with = "optional_predicate")]
    pub applies: Option<Predicate>,
    /// True = pass, false = fail.
    #[serde(deserialize_with = "predicate")]
    pub pass: Predicate,
    /// Said beside the outcome.
    #[serde(default, deserialize_with = "template")]
    pub detail: Option<Template>,
    /// The share of subjects that must pass; all of them unless said.
    #[serde(default)]
    pub share: Option<Share>,
    /// What goes wrong without it.
    pub why: String,
    /// Steps for the person who will do it.
    pub fix: String,
    /// What it takes.
    pub effort: Effort,
    /// How sure of the effort.
    pub effort_certainty: Certainty,
    /// Where the rule comes from.
    pub sources: Vec<String>,
    /// Facts with the outcome they must have.
    #[serde(rename = "example")]
    pub examples: Vec<Example>,
}

/// How much a fail matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Good to have.
    Low,
    /// Makes other things worse.
    Medium,
    /// Opens a way in or loses data.
    High,
    /// Is being used against organizations like this one.
    Critical,
}

impl Severity {
    /// The word as in data.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }
}

impl std::str::FromStr for Severity {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        [Self::Low, Self::Medium, Self::High, Self::Critical]
            .into_iter()
            .find(|severity| severity.word() == text)
            .ok_or_else(|| format!("{text:?} is not a severity: low, medium, high or critical"))
    }
}

/// The share of subjects that must pass.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// From above 0 to 1.
    pub required: f64,
    /// Where the number comes from.
    pub source: String,
}

/// What a fix takes.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Effort {
    /// Hours of work.
    pub hours: f64,
    /// US dollars to spend.
    pub dollars: f64,
    /// Whose work: a role.
    pub who: String,
}

/// A fact with the outcome it must have.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The fact; whole numbers are CEL `int` here as in live facts.
    pub fact: Map<String, Value>,
    /// What the check must say.
    pub expect: Outcome,
}

fn predicate<'de, D: Deserializer<'de>>(from: D) -> Result<Predicate, D::Error> {
    let source = String::deserialize(from)?;
    Predicate::compile(&source, "fact").map_err(serde::de::Error::custom)
}

fn optional_predicate<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Predicate>, D::Error> {
    predicate(from).map(Some)
}

fn template<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Template>, D::Error> {
    let source = String::deserialize(from)?;
    Template::compile(&source, "fact").map(Some).map_err(serde::de::Error::custom)
}

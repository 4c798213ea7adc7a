//! The five threats: what makes them possible, what they do, and what is not the same about these.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Certainty;

/// One of the five threats.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Threat {
    /// `T1` to `T5`.
    pub id: String,
    /// File name.
    pub slug: String,
    /// Name in the 2023 edition.
    pub name: String,
    /// Name in the 2018 edition.
    pub name_2018: String,
    /// Numbers of the practices that mitigate it.
    pub practices: Vec<u8>,
    /// Sub-practices that help, by our judgment.
    pub sub_practices: Vec<String>,
    /// How sure, by field.
    pub certainty: BTreeMap<String, Certainty>,
    /// What makes it possible.
    #[serde(rename = "vulnerability")]
    pub vulnerabilities: Vec<Item>,
    /// What it does to an organization and its patients.
    #[serde(rename = "impact")]
    pub impacts: Vec<Item>,
    /// What the Main Document asks to consider.
    #[serde(rename = "action")]
    pub actions: Vec<Consideration>,
    /// An invented case.
    pub case: Case,
    /// What it is, for a manager (Markdown).
    #[serde(default)]
    pub text: String,
}

/// One vulnerability or impact.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// In our own words.
    pub text: String,
}

/// One thing the Main Document asks to consider.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Consideration {
    /// In our own words.
    pub text: String,
    /// Where it stands among the sub-practices.
    pub sub_practices: Vec<String>,
}

/// An invented case that shows that threat, vulnerability and impact are three things.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// What happened.
    pub story: String,
    /// Which of it was the threat.
    pub threat: String,
    /// Which of it was the vulnerability.
    pub vulnerability: String,
    /// Which of it was the impact.
    pub impact: String,
}

//! The ten practices, their sub-practices, and the parts these are cut into.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Certainty, Level};
use crate::organization::Size;
use crate::predicate::Predicate;

/// One of the ten practices.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Practice {
    /// 1 to 10.
    pub number: u8,
    /// File name.
    pub slug: String,
    /// Name in the 2023 edition.
    pub name: String,
    /// Name in Technical Volume 1 of 2018.
    pub name_2018_small: String,
    /// Name in Technical Volume 2 of 2018.
    pub name_2018_medium_large: String,
    /// Threats it mitigates.
    pub threats: Vec<String>,
    /// What it protects.
    pub data_at_risk: Vec<String>,
    /// How sure, by field.
    pub certainty: BTreeMap<String, Certainty>,
    /// Metrics of Technical Volume 2.
    #[serde(rename = "metric", default)]
    pub metrics: Vec<Metric>,
    /// Its sub-practices, small first.
    #[serde(rename = "sub_practice")]
    pub sub_practices: Vec<SubPractice>,
    /// What it is, for a manager (Markdown).
    #[serde(default)]
    pub text: String,
}

/// A metric that Technical Volume 2 suggests.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Metric {
    /// As in `m2.1`; ours.
    pub id: String,
    /// What is counted.
    pub text: String,
    /// How often.
    pub cadence: String,
    /// Which way is good.
    pub goal: String,
    /// How sure.
    pub certainty: Certainty,
}

/// A sub-practice, by its id as printed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubPractice {
    /// As in `1.S.A`.
    pub id: String,
    /// For which size of organization.
    pub size: Size,
    /// Editions that have it.
    pub editions: Vec<u16>,
    /// Title of 2018 (of 2023 for the newer items).
    pub title: String,
    /// Title of 2023 where it differs.
    #[serde(default)]
    pub title_2023: Option<String>,
    /// Remark on the id or title.
    #[serde(default)]
    pub note: Option<String>,
    /// What it asks, in our own words.
    pub summary: String,
    /// Threats it helps against, by our judgment.
    pub threats: Vec<String>,
    /// Metrics that speak of it.
    pub metrics: Vec<String>,
    /// What could show it.
    pub evidence_ideas: Vec<String>,
    /// How sure, by field.
    pub certainty: BTreeMap<String, Certainty>,
    /// The single controls it names.
    #[serde(rename = "part", default)]
    pub parts: Vec<Part>,
}

impl SubPractice {
    /// Whether it counts in the standing. Items whose id is of low certainty (the six that only
    /// the 2023 edition may have) are asked and shown, never counted, until sourced.
    pub fn counts(&self) -> bool {
        self.certainty.get("id").is_none_or(|certainty| certainty.level != Level::Low)
            && self.editions.contains(&2018)
    }

    /// Whether an organization of this size is asked for it: small S, medium M, large M and L.
    pub fn is_for(&self, size: Size) -> bool {
        match self.size {
            Size::Small => size == Size::Small,
            Size::Medium => size != Size::Small,
            Size::Large => size == Size::Large,
        }
    }

    /// How sure we are of most of its parts.
    pub fn usual_level(&self) -> Option<Level> {
        let mut levels: BTreeMap<Level, usize> = BTreeMap::new();
        for part in &self.parts {
            *levels.entry(part.certainty.level).or_default() += 1;
        }
        // Of as many, the surer one.
        levels.into_iter().max_by_key(|(level, n)| (*n, Reverse(*level))).map(|(level, _)| level)
    }

    /// The title in the newest edition.
    pub fn current_title(&self) -> &str {
        self.title_2023.as_deref().unwrap_or(&self.title)
    }
}

/// One control inside a sub-practice: the smallest thing that is in place or not.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Unique in its sub-practice.
    pub id: String,
    /// The state when it is in place.
    pub text: String,
    /// How sure.
    pub certainty: Certainty,
    /// Over organization attributes; false = not applicable.
    #[serde(default, deserialize_with = "org_predicate")]
    pub applies: Option<Predicate>,
    /// Why no check and no question serves it.
    #[serde(default)]
    pub excused: Option<String>,
}

fn org_predicate<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<Predicate>, D::Error> {
    let source = String::deserialize(from)?;
    Predicate::compile(&source, "org").map(Some).map_err(serde::de::Error::custom)
}

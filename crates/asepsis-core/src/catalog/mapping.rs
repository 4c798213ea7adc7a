//! Crosswalks to other frameworks, the glossary (Appendix A) and the resources (Appendix F).

use serde::Deserialize;

use super::Certainty;

/// One framework and where HICP's sub-practices stand in it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// As in `nist-csf-2.0`; also the file name.
    pub id: String,
    /// Its name.
    pub title: String,
    /// Remark.
    #[serde(default)]
    pub note: Option<String>,
    /// One line per sub-practice.
    #[serde(rename = "entry")]
    pub entries: Vec<MappingEntry>,
    /// What the ids stand for.
    #[serde(rename = "target")]
    pub targets: Vec<MappingTarget>,
}

/// Where one sub-practice stands in a framework.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MappingEntry {
    /// Which sub-practice.
    pub sub_practice: String,
    /// Ids in the framework.
    pub targets: Vec<String>,
    /// How sure.
    pub certainty: Certainty,
}

/// One item of a framework.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MappingTarget {
    /// Its id there.
    pub id: String,
    /// What it is, in our own words.
    pub title: String,
    /// Its tier, where the framework has tiers.
    #[serde(default)]
    pub tier: Option<String>,
    /// How sure.
    #[serde(default)]
    pub certainty: Option<Certainty>,
}

/// One glossary term.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// The word.
    pub term: String,
    /// What it means, in one or two plain sentences.
    pub means: String,
    /// Related terms.
    #[serde(default)]
    pub see: Vec<String>,
    /// How sure.
    pub certainty: Certainty,
}

/// Free help from others.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resource {
    /// Its name.
    pub name: String,
    /// Who gives it.
    pub issuer: String,
    /// What it is.
    pub what: String,
    /// For which practices.
    pub practices: Vec<u8>,
    /// Where.
    #[serde(default)]
    pub url: Option<String>,
    /// How sure.
    pub certainty: Certainty,
}

//! Which editions of HICP the catalog describes, what it cites, and the appendices' frame.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Certainty;

/// `catalog.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Editions {
    /// Title of the publication.
    pub title: String,
    /// Id of this catalog's edition; enters the ledger.
    pub id: String,
    /// The editions described.
    #[serde(rename = "edition")]
    pub editions: Vec<Edition>,
    /// What each word of certainty means.
    pub certainty_words: BTreeMap<String, String>,
    /// Where statements come from: short name → place.
    pub sources: BTreeMap<String, String>,
    /// The appendices of the Resources and Templates volume.
    #[serde(rename = "appendix")]
    pub appendices: Vec<Appendix>,
    /// The steps of Appendix E.
    #[serde(rename = "appendix_e_step")]
    pub steps: Vec<Step>,
}

/// One edition of the publication.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edition {
    /// Year by which it is called.
    pub year: u16,
    /// Day of release.
    pub released: String,
    /// Remark.
    pub note: String,
    /// Where the date comes from.
    pub source: String,
}

/// One appendix.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Appendix {
    /// Its letter.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Page in the 2018 volume.
    pub page: u16,
    /// How sure.
    pub certainty: Certainty,
}

/// One step of Appendix E.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Its number.
    pub number: u8,
    /// What to do.
    pub text: String,
    /// How sure.
    pub certainty: Certainty,
}

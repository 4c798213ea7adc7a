//! What a number rests on: data, a survey, or our judgment; and the sources that numbers name.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What a number rests on, strongest first: of several, the greatest is the weakest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Badge {
    /// Counted: in a public list, or in a trial.
    Data,
    /// Told by insurers, vendors or those they asked; those are not a fair sample.
    Survey,
    /// Our judgment; nobody has counted it in public.
    Judgment,
}

impl Badge {
    /// The word as in data and on screen.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Data => "data",
            Self::Survey => "survey",
            Self::Judgment => "judgment",
        }
    }
}

impl fmt::Display for Badge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// Where numbers come from: one publication, list or judgment.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct RiskSource {
    /// Kebab-case; the file's name.
    pub id: String,
    /// As cited.
    pub title: String,
    /// When it was published, as exactly as known: `2023`, `2024-09`, `2026-04-07`.
    pub date: String,
    /// Where it can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// What it is, and what is wrong with it.
    pub note: String,
}

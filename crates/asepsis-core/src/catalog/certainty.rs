//! How sure we are of a statement about the publication.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The five words of certainty, surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Level {
    /// Read in the page or repository named.
    #[serde(rename = "sourced")]
    Sourced,
    /// Worked out by us from other fields.
    #[serde(rename = "derived")]
    Derived,
    /// Known from the field; check before relying on it.
    #[serde(rename = "general knowledge")]
    GeneralKnowledge,
    /// As before; ids and wording may differ.
    #[serde(rename = "general knowledge (low)")]
    Low,
    /// Our judgment.
    #[serde(rename = "judged")]
    Judged,
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sourced => "sourced",
            Self::Derived => "derived",
            Self::GeneralKnowledge => "general knowledge",
            Self::Low => "general knowledge (low)",
            Self::Judged => "our judgment",
        })
    }
}

/// A level with its source or reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Certainty {
    /// How sure.
    pub level: Level,
    /// The source (a key of the catalog's sources) or the reason; may be empty.
    pub note: String,
}

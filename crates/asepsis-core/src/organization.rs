//! Who is assessed: name, size class and what decided it, mail domains, sites.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// HICP's size classes. Large means the M and the L items.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Size {
    /// Technical Volume 1.
    #[default]
    Small,
    /// The M items of Technical Volume 2.
    Medium,
    /// The M and the L items of Technical Volume 2.
    Large,
}

impl Size {
    /// All three, smallest first.
    pub const ALL: [Self; 3] = [Self::Small, Self::Medium, Self::Large];

    /// The word as written in data and on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Medium => "medium",
            Self::Large => "large",
        }
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Size {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|size| size.word() == text)
            .ok_or_else(|| format!("{text:?} is not a size: small, medium or large"))
    }
}

/// Whether patients are cared for. Decides words and what is told about laws, never what is measured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sector {
    /// HICP's own readers.
    #[default]
    HealthCare,
    /// Anybody else who wants to be as clean: client data instead of patient data, no HIPAA.
    Other,
}

impl Sector {
    /// The usual one, which is not written down.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
    fn is_usual(&self) -> bool {
        *self == Self::HealthCare
    }
}

/// Who is assessed. The newest record in the ledger is the one in force.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organization {
    /// What people call it.
    pub name: String,
    /// The attributes of the size table that are known: attribute id → the column that fits.
    #[serde(default)]
    pub attributes: BTreeMap<String, Size>,
    /// A size chosen by people instead of by the table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chosen_size: Option<Size>,
    /// Sub-practices of a larger size taken on by choice.
    #[serde(default)]
    pub adopted: Vec<String>,
    /// Mail domains, in lower case.
    #[serde(default)]
    pub domains: Vec<String>,
    /// Places of work; each may differ in size class.
    #[serde(default)]
    pub sites: Vec<Site>,
    /// In health care, or not.
    #[serde(default, skip_serializing_if = "Sector::is_usual")]
    pub sector: Sector,
    /// US dollars a year that it takes in; impact is held against it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revenue: Option<u64>,
    /// IANA time zone in which days begin and end, as in `America/Chicago`.
    pub zone: String,
}

/// One place of work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Site {
    /// What people call it.
    pub name: String,
    /// Its own size class, where it differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<Size>,
}

//! What people say about accounts: what one is for, whose it is, and that somebody went through the list.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::hash::Hash;
use crate::observation::Subject;
use crate::time::Timestamp;

/// What an account is for, as somebody says who knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mark {
    /// Which account.
    pub account: Subject,
    /// What it is for.
    pub kind: AccountKind,
    /// Who answers for it: a name of a role or a team, as in "the front desk's lead".
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub owner: String,
    /// Why it is there; holds no patient data.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// What an account can be for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AccountKind {
    /// One person's.
    Person,
    /// A program's.
    Service,
    /// Several people's.
    Shared,
    /// A vendor's.
    Vendor,
    /// A clinician's who helps out for a time.
    Locum,
    /// A guest's, from another organization.
    Guest,
    /// Kept for the day on which nothing else works.
    Emergency,
    /// A computer's or a device's.
    Computer,
}

impl AccountKind {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Person,
        Self::Service,
        Self::Shared,
        Self::Vendor,
        Self::Locum,
        Self::Guest,
        Self::Emergency,
        Self::Computer,
    ];

    /// The word in facts.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Service => "service",
            Self::Shared => "shared",
            Self::Vendor => "vendor",
            Self::Locum => "locum",
            Self::Guest => "guest",
            Self::Emergency => "emergency",
            Self::Computer => "computer",
        }
    }
}

/// Whether an account is that of a person of the personnel list. Says more than numbers and addresses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Belongs {
    /// Which account.
    pub account: Subject,
    /// Whose: a subject of `employee/1`.
    pub person: Subject,
    /// It is theirs, or just not.
    pub same: bool,
}

/// Somebody went through a list of accounts and said of each what shall become of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Review {
    /// The digest of the list as it was shown (`Accounts::digest` of the engine).
    pub list: Hash,
    /// When.
    pub at: Timestamp,
    /// What was said, by account.
    pub decisions: BTreeMap<String, Keep>,
}

/// What shall become of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Keep {
    /// It stays as it is.
    Keep,
    /// It is to be disabled.
    Remove,
    /// It is to have other rights.
    Change,
}

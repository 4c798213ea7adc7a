//! What came in with a file, and that somebody took it back. Knows no format.

use serde::{Deserialize, Serialize};

use crate::hash::Hash;
use crate::time::Timestamp;

/// One file that was brought in. It stands right behind the entries that came with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Import {
    /// The file's name, without folders.
    pub file: String,
    /// The digest of the file.
    pub hash: Hash,
    /// Its size in bytes.
    pub bytes: u64,
    /// What it is, as `osquery-log`.
    pub format: String,
    /// Which program made it, with its version, where the file says so.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub made_by: String,
    /// When the world was in that state; where each look has a time of its own, the newest.
    pub effective: Timestamp,
    /// That time was given by whoever brought the file, who was asked for it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub date_told: bool,
    /// How many entries right before this one came with the file.
    pub entries: u64,
    /// Observations of earlier entries that the file shows again, unchanged.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub again: Vec<SeenAgain>,
    /// What was not taken, and why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left: Vec<LeftOut>,
    /// The file lists all subjects whose keys begin so (`account:ad/`): what it does not hold is gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lists: Option<String>,
}

/// Observations that were seen again, unchanged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeenAgain {
    /// When: no later than any of them was, by the file.
    pub at: Timestamp,
    /// Ranges of the numbers of their entries, first and last.
    pub entries: Vec<(u64, u64)>,
}

/// Something in a file that was not taken.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeftOut {
    /// What: a place in the file, or a name of things in it.
    pub what: String,
    /// Why, in a sentence for people.
    pub why: String,
    /// How many such things.
    pub count: u64,
}

/// A file that was brought in is taken back: what came with it counts no longer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Undo {
    /// The ledger entry of the import.
    pub import: u64,
    /// Why.
    pub reason: String,
}

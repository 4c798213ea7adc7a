//! The four outcomes of a check on a subject.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What a check says of one subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It holds.
    Pass,
    /// It does not.
    Fail,
    /// It has no place here.
    NotApplicable,
    /// Nobody can tell yet: missing, stale or unreadable evidence.
    Unknown,
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::NotApplicable => "not applicable",
            Self::Unknown => "unknown",
        })
    }
}

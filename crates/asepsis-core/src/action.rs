//! What people decide and say about one thing to do. It never changes what was seen.

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// One word about one thing to do. A thing to do is a check that should pass.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActionEvent {
    /// The check's id, as in `email.dmarc-enforced`.
    pub check: String,
    /// What was decided or said.
    pub event: ActionChange,
    /// When.
    pub at: Timestamp,
}

/// What was decided or said.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum ActionChange {
    /// It will be done.
    Planned,
    /// Somebody does it.
    Assigned {
        /// Random id of that person.
        to: String,
        /// By which day, as in `2026-12-01`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due: Option<String>,
    },
    /// Somebody says that it is done; the next look will tell.
    Done {
        /// What was done; holds no patient data.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
    },
    /// It is not done after all.
    Reopened {
        /// Why.
        reason: String,
    },
    /// A remark; holds no patient data.
    Commented {
        /// In the person's words.
        text: String,
    },
}

//! What people say: answers to questions, and gaps they accept.

use serde::{Deserialize, Serialize};

use crate::observation::Subject;
use crate::time::Timestamp;

/// An answer to one question of the catalog.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attestation {
    /// The question's id, as in `email.business-agreement`.
    pub question: String,
    /// What was said.
    pub answer: Answer,
    /// When it was said.
    pub stated_at: Timestamp,
    /// In which capacity: `manager`, `front-desk`, `clinician`, `it`, `vendor`.
    pub role: String,
    /// How sure the person is.
    pub sure: Sureness,
    /// A remark in the person's words; holds no patient data.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// By which way it came; absent where its author said it in the program itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub via: Option<Via>,
    /// Random id of the person who brought in what somebody else had filled in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entered_by: Option<String>,
}

/// By which way an answer came, if not by its author in the program itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Via {
    /// A vendor followed a link that was made for them.
    VendorLink,
    /// A vendor filled in a sheet and sent it back.
    VendorSheet,
    /// It was written on paper.
    Paper,
}

/// What was said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// One of the answers, by its id.
    One(String),
    /// The boxes ticked, by their ids, in the catalog's order.
    Several(Vec<String>),
    /// A number.
    Number(i64),
    /// "I don't know": goes to whoever may.
    DontKnow,
}

/// How sure a person is of an answer. Shown beside it; does not change what it means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sureness {
    /// "I know it."
    #[default]
    Sure,
    /// "I believe so."
    FairlySure,
}

/// An accepted gap. It changes how a finding is treated, never the finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    /// The check whose findings are accepted.
    pub check: String,
    /// Only for this subject; for all where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<Subject>,
    /// Why the gap is accepted.
    pub reason: String,
    /// Random id of the person who answers for it; the name stands in that person's entry.
    pub owner: String,
    /// After this moment the waiver no longer counts.
    pub expires: Timestamp,
}

//! Questions for what cannot be measured: who can answer, and what each answer means.

use serde::{Deserialize, Deserializer, Serialize};

use super::PartRef;
use crate::predicate::Predicate;
use crate::time::Days;

/// One question.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// As in `email.business-agreement`.
    pub id: String,
    /// How it is answered.
    pub kind: Kind,
    /// The question itself.
    pub ask: String,
    /// Explains its words.
    #[serde(default)]
    pub help: Option<String>,
    /// Who can answer, best first.
    pub roles: Vec<String>,
    /// Why it is asked.
    pub why: String,
    /// What would replace the answer.
    pub evidence: String,
    /// How long an answer counts.
    #[serde(default = "a_year")]
    pub fresh: Days,
    /// The parts the whole answer settles (kinds `one` and `number`).
    #[serde(default)]
    pub serves: Vec<PartRef>,
    /// Asked only after this answer.
    #[serde(default)]
    pub ask_if: Option<AskIf>,
    /// How it could be seen one day.
    #[serde(default)]
    pub measured: Option<String>,
    /// The organization attribute that the answer sets.
    #[serde(default)]
    pub sets: Option<String>,
    /// Least number (kind `number`).
    #[serde(default)]
    pub min: Option<i64>,
    /// Greatest number (kind `number`).
    #[serde(default)]
    pub max: Option<i64>,
    /// The answers or boxes.
    #[serde(rename = "answer", default)]
    pub answers: Vec<AnswerChoice>,
}

/// An answer lasts a year unless the question says otherwise (our judgment: HICP's yearly cycle).
fn a_year() -> Days {
    Days(365)
}

impl Question {
    /// All parts that some answer settles.
    pub fn parts(&self) -> impl Iterator<Item = &PartRef> {
        self.serves.iter().chain(self.answers.iter().flat_map(|answer| &answer.serves))
    }

    /// An answer by its id.
    pub fn answer(&self, id: &str) -> Option<&AnswerChoice> {
        self.answers.iter().find(|answer| answer.id == id)
    }
}

/// How a question is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// One of the answers.
    One,
    /// Any of the boxes.
    Several,
    /// A whole number.
    Number,
}

/// An earlier answer on which a question depends.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AskIf {
    /// Of which question.
    pub question: String,
    /// One of these answers.
    pub answers: Vec<String>,
}

/// One answer, or one box.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerChoice {
    /// Unique in its question.
    pub id: String,
    /// What the person reads.
    pub text: String,
    /// What it means for the parts the question serves (kind `one`).
    #[serde(default)]
    pub means: Option<Means>,
    /// The parts this box settles (kind `several`).
    #[serde(default)]
    pub serves: Vec<PartRef>,
    /// A sighting that contradicts this answer.
    #[serde(default)]
    pub contradicted_by: Option<ContradictedBy>,
}

/// What an answer means for a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Means {
    /// The control is there.
    InPlace,
    /// For some, not for all.
    Partly,
    /// It is not there.
    NotInPlace,
    /// It has no place here.
    NotApplicable,
}

/// A fresh observation for which this holds contradicts the answer.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContradictedBy {
    /// Schema of the observation.
    pub reads: String,
    /// What is seen.
    #[serde(deserialize_with = "fact_predicate")]
    pub when: Predicate,
}

fn fact_predicate<'de, D: Deserializer<'de>>(from: D) -> Result<Predicate, D::Error> {
    let source = String::deserialize(from)?;
    Predicate::compile(&source, "fact").map_err(serde::de::Error::custom)
}

//! An assessment: all standings for one catalog, one ledger position and one date.

use serde::Serialize;
use serde_json::{Map, Value};

use super::findings::{Finding, WaiverUse};
use super::measure::Tally;
use super::size::SizeBasis;
use super::standing::{Basis, State};
use crate::canonical::canonical;
use crate::catalog::{PartRef, Severity};
use crate::hash::Hash;
use crate::statement::{Answer, Via};
use crate::time::Timestamp;

/// Everything the engine says. The same inputs give the same bytes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Assessment {
    /// Hash of the canonical catalog.
    pub catalog: Hash,
    /// The catalog's edition id.
    pub edition: String,
    /// How many ledger entries were known.
    pub ledger_size: u64,
    /// Which evidence time is judged.
    pub as_of: Timestamp,
    /// Name of the organization; empty until it is said.
    pub organization: String,
    /// Its size class and what decided it.
    pub size: SizeBasis,
    /// Told ≠ measured, most serious first.
    pub contradictions: Vec<Contradiction>,
    /// The ten practices.
    pub practices: Vec<PracticeStanding>,
    /// Items that only the 2023 edition may have: shown apart, counted nowhere.
    pub apart: Vec<SubPracticeStanding>,
    /// By check id: its outcomes over all subjects.
    pub tallies: std::collections::BTreeMap<String, Tally>,
    /// Answers that count, by ledger entry.
    pub answers: std::collections::BTreeMap<u64, AnswerInForce>,
    /// Names of all people who were known, by their random ids.
    pub people: std::collections::BTreeMap<String, String>,
    /// Waivers and what they accept.
    pub waivers: Vec<WaiverUse>,
    /// Every check on every subject: by check id, then by subject.
    pub findings: Vec<Finding>,
    /// What people answered about the organization itself and nothing that was seen contradicts, by
    /// attribute. The answers are already among the others, so it is not written out.
    #[serde(skip)]
    pub attributes: Map<String, Value>,
}

impl Assessment {
    /// The assessment as canonical JSON (RFC 8785).
    pub fn to_json(&self) -> String {
        let value = serde_json::to_value(self);
        canonical(&value.expect("an assessment has string keys only and always serializes"))
    }

    /// A sub-practice's standing, counted or shown apart.
    pub fn sub_practice(&self, id: &str) -> Option<&SubPracticeStanding> {
        let counted = self.practices.iter().flat_map(|practice| &practice.sub_practices);
        counted.chain(&self.apart).find(|sub| sub.id == id)
    }

    /// A person's name, or the id where the name is not known (any more).
    pub fn name_of<'a>(&'a self, id: &'a str) -> &'a str {
        self.people.get(id).map_or(id, String::as_str)
    }

    /// The findings of one check, found without walking over the others.
    pub fn findings_of(&self, check: &str) -> impl Iterator<Item = &Finding> {
        let start = self.findings.partition_point(|finding| *finding.check < *check);
        let rest = self.findings.get(start..).unwrap_or_default().iter();
        rest.take_while(move |finding| *finding.check == *check)
    }

    /// What one check says of one subject, found without walking over the others.
    pub fn finding(&self, check: &str, subject: &str) -> Option<&Finding> {
        let wanted = |it: &Finding| (&*it.check, &*it.subject).cmp(&(check, subject));
        let at = self.findings.binary_search_by(wanted).ok()?;
        self.findings.get(at)
    }
}

/// How one of the ten practices stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PracticeStanding {
    /// 1 to 10.
    pub number: u8,
    /// Its name.
    pub name: String,
    /// Its state, from its sub-practices.
    pub state: State,
    /// How we know.
    pub basis: Basis,
    /// Whether anything in it is contradicted.
    pub contradicted: bool,
    /// Its sub-practices that count for this size.
    pub sub_practices: Vec<SubPracticeStanding>,
}

/// How a sub-practice stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SubPracticeStanding {
    /// As printed.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Taken on by choice, from a larger size.
    pub adopted: bool,
    /// Its state, from its parts.
    pub state: State,
    /// How we know.
    pub basis: Basis,
    /// Whether anything in it is contradicted.
    pub contradicted: bool,
    /// Applicable parts that are known.
    pub parts_known: usize,
    /// Applicable parts that were seen, not only told.
    pub parts_measured: usize,
    /// Applicable parts.
    pub parts_applicable: usize,
    /// Its parts.
    pub parts: Vec<PartStanding>,
}

/// How one part stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PartStanding {
    /// Which part.
    pub part: PartRef,
    /// The state when it is in place, in words.
    pub text: String,
    /// Its state.
    pub state: State,
    /// How we know.
    pub basis: Basis,
    /// Whether told and measured disagree.
    pub contradicted: bool,
    /// Why it is unknown or does not apply.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Checks that speak of it, with what each measures.
    pub checks: Vec<CheckStanding>,
    /// Ledger entries of the answers that speak of it.
    pub answers: Vec<u64>,
}

/// What one check measures for a part.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CheckStanding {
    /// The check's id.
    pub check: String,
    /// What it measures.
    pub state: State,
}

/// Somebody said one thing, something else was seen.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Contradiction {
    /// The parts concerned; empty where an organization attribute is contradicted.
    pub parts: Vec<PartRef>,
    /// The question that was answered.
    pub question: String,
    /// What was said.
    pub said: String,
    /// When.
    pub stated_at: Timestamp,
    /// In which role.
    pub role: String,
    /// The ledger entry of the answer.
    pub answer: u64,
    /// What was seen, in words.
    pub seen: String,
    /// Ledger entries of what was seen.
    pub evidence: Vec<u64>,
    /// The worst severity among the checks concerned.
    pub severity: Severity,
}

/// An answer that counts: to what, by whom, when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AnswerInForce {
    /// The question's id.
    pub question: String,
    /// In which role.
    pub role: String,
    /// When.
    pub stated_at: Timestamp,
    /// Random id of the author.
    pub author: String,
    /// What was said.
    pub answer: Answer,
    /// A remark in the person's words.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// By which way it came; absent where its author said it in the program itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub via: Option<Via>,
}

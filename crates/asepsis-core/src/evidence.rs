//! What the ledger holds, as types: every entry's body is one of these records.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::account::{Belongs, Mark, Review};
use crate::action::ActionEvent;
use crate::decision::{Decision, LossHistory, PlanTaken};
use crate::hash::Hash;
use crate::identity::Identity;
use crate::import::{Import, Undo};
use crate::observation::{Body, Observation, Subject};
use crate::organization::Organization;
use crate::statement::{Attestation, Waiver};
use crate::time::Timestamp;

/// The body of one ledger entry, by kind.
#[derive(Clone, Debug, PartialEq)]
pub enum Record {
    /// Who is assessed, from here on.
    Organization(Organization),
    /// What a collector saw.
    Observation(Observation),
    /// What a person said.
    Attestation(Attestation),
    /// A gap that was accepted.
    Waiver(Waiver),
    /// What people decided or said about a thing to do.
    Action(ActionEvent),
    /// What people decided about an action of the catalog.
    Decision(Decision),
    /// A plan that somebody took.
    Plan(PlanTaken),
    /// What the organization remembers of its own losses.
    History(LossHistory),
    /// Which catalog and engine are in use from here on.
    Catalog(CatalogInUse),
    /// Who hides behind an author id.
    Person(Person),
    /// Who an account or a person of the roster is. Names stand in these two kinds, nowhere else.
    Identity(Identity),
    /// A file that was brought in.
    Import(Import),
    /// A file that was taken back.
    Undo(Undo),
    /// What an account is for.
    Mark(Mark),
    /// Whose an account is, or is not.
    Belongs(Belongs),
    /// Somebody went through the list of accounts.
    Review(Review),
}

/// The catalog in force from an entry on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CatalogInUse {
    /// Hash of the canonical catalog.
    pub hash: Hash,
    /// The catalog's edition id.
    pub edition: String,
    /// The program version whose engine evaluates.
    pub engine: String,
    /// The whole catalog: path in the folder → text.
    pub files: BTreeMap<String, String>,
}

/// A person, cited elsewhere by a random id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// The random id under which the person authors entries.
    pub id: String,
    /// Name as given.
    pub name: String,
    /// Role: `manager`, `front-desk`, `clinician`, `it`, `vendor`.
    pub role: String,
}

/// A body that is not what its kind says.
#[derive(Debug, thiserror::Error)]
#[error("the body of a {kind} entry is not readable")]
pub struct RecordError {
    kind: String,
    #[source]
    source: serde_json::Error,
}

impl Record {
    /// All kinds of records.
    pub const KINDS: [&str; 16] = [
        "organization",
        "observation",
        "attestation",
        "waiver",
        "action",
        "decision",
        "plan",
        "history",
        "catalog",
        "person",
        "identity",
        "import",
        "undo",
        "mark",
        "belongs",
        "review",
    ];

    /// The kind under which the ledger files it.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Organization(_) => "organization",
            Self::Observation(_) => "observation",
            Self::Attestation(_) => "attestation",
            Self::Waiver(_) => "waiver",
            Self::Action(_) => "action",
            Self::Decision(_) => "decision",
            Self::Plan(_) => "plan",
            Self::History(_) => "history",
            Self::Catalog(_) => "catalog",
            Self::Person(_) => "person",
            Self::Identity(_) => "identity",
            Self::Import(_) => "import",
            Self::Undo(_) => "undo",
            Self::Mark(_) => "mark",
            Self::Belongs(_) => "belongs",
            Self::Review(_) => "review",
        }
    }

    /// The body as JSON.
    pub fn to_body(&self) -> Value {
        let body = match self {
            Self::Organization(it) => serde_json::to_value(it),
            Self::Observation(it) => serde_json::to_value(it),
            Self::Attestation(it) => serde_json::to_value(it),
            Self::Waiver(it) => serde_json::to_value(it),
            Self::Action(it) => serde_json::to_value(it),
            Self::Decision(it) => serde_json::to_value(it),
            Self::Plan(it) => serde_json::to_value(it),
            Self::History(it) => serde_json::to_value(it),
            Self::Catalog(it) => serde_json::to_value(it),
            Self::Person(it) => serde_json::to_value(it),
            Self::Identity(it) => serde_json::to_value(it),
            Self::Import(it) => serde_json::to_value(it),
            Self::Undo(it) => serde_json::to_value(it),
            Self::Mark(it) => serde_json::to_value(it),
            Self::Belongs(it) => serde_json::to_value(it),
            Self::Review(it) => serde_json::to_value(it),
        };
        body.expect("these types have string keys only and always serialize")
    }

    /// Reads a body as text, for judging: an observation without how each of its facts was read, which
    /// nobody judges by and is the larger half. `None` as in [`Record::from_body`].
    pub fn for_judging(kind: &str, text: &str) -> Result<Option<Self>, RecordError> {
        let failed = |source| RecordError { kind: kind.to_owned(), source };
        if kind == "observation" {
            let seen: Judged = serde_json::from_str(text).map_err(failed)?;
            return Ok(Some(Self::Observation(seen.into())));
        }
        Self::from_body(kind, serde_json::from_str(text).map_err(failed)?)
    }

    /// Reads a body; `None` for kinds that only the ledger itself knows (redactions, key changes).
    pub fn from_body(kind: &str, body: Value) -> Result<Option<Self>, RecordError> {
        fn read<T: serde::de::DeserializeOwned>(kind: &str, body: Value) -> Result<T, RecordError> {
            serde_json::from_value(body)
                .map_err(|source| RecordError { kind: kind.to_owned(), source })
        }
        Ok(Some(match kind {
            "organization" => Self::Organization(read(kind, body)?),
            "observation" => Self::Observation(read(kind, body)?),
            "attestation" => Self::Attestation(read(kind, body)?),
            "waiver" => Self::Waiver(read(kind, body)?),
            "action" => Self::Action(read(kind, body)?),
            "decision" => Self::Decision(read(kind, body)?),
            "plan" => Self::Plan(read(kind, body)?),
            "history" => Self::History(read(kind, body)?),
            "catalog" => Self::Catalog(read(kind, body)?),
            "person" => Self::Person(read(kind, body)?),
            "identity" => Self::Identity(read(kind, body)?),
            "import" => Self::Import(read(kind, body)?),
            "undo" => Self::Undo(read(kind, body)?),
            "mark" => Self::Mark(read(kind, body)?),
            "belongs" => Self::Belongs(read(kind, body)?),
            "review" => Self::Review(read(kind, body)?),
            _ => return Ok(None),
        }))
    }
}

/// An observation as far as it is judged.
#[derive(Deserialize)]
struct Judged {
    schema: String,
    subject: Subject,
    #[serde(default)]
    also: Vec<Subject>,
    label: String,
    observed_at: Timestamp,
    collector: String,
    version: String,
    body: JudgedBody,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum JudgedBody {
    Saw { fact: Map<String, Value> },
    Skipped { reason: String },
    Failed { operation: String, cause: String },
}

impl From<Judged> for Observation {
    fn from(it: Judged) -> Self {
        let Judged { schema, subject, also, label, observed_at, collector, version, body } = it;
        let body = match body {
            JudgedBody::Saw { fact } => Body::Saw { fact, seen: BTreeMap::new() },
            JudgedBody::Skipped { reason } => Body::Skipped { reason },
            JudgedBody::Failed { operation, cause } => Body::Failed { operation, cause },
        };
        Self { schema, subject, also, label, observed_at, collector, version, body }
    }
}

/// A record with its place in the ledger.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// Its number in the ledger, from 0.
    pub seq: u64,
    /// When the ledger took it.
    pub recorded_at: Timestamp,
    /// Random id of the author.
    pub author: String,
    /// What it says.
    pub record: Record,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_judged_is_all_but_how_it_was_read() {
        let text = r#"{"schema":"a/1","subject":"host:a","also":["serial:1"],"label":"a",
            "observed_at":"2026-11-24T00:00:00Z","collector":"c","version":"1",
            "body":{"saw":{"fact":{"x":1},"seen":{"x":{"from":"/etc/x"}}}}}"#;
        let whole = Record::from_body("observation", serde_json::from_str(text).unwrap());
        let Some(Record::Observation(mut whole)) = whole.unwrap() else { panic!() };
        let Body::Saw { seen, .. } = &mut whole.body else { panic!() };
        assert_eq!(seen.len(), 1);
        seen.clear();
        let judged = Record::for_judging("observation", text).unwrap();
        assert_eq!(judged, Some(Record::Observation(whole)));
        assert_eq!(Record::for_judging("redaction", "{}").unwrap(), None);
        assert!(Record::for_judging("waiver", "{}").is_err());
    }

    #[test]
    fn every_kind_of_record_is_read_as_one() {
        for kind in Record::KINDS {
            assert!(Record::from_body(kind, Value::Null).is_err(), "{kind}");
        }
        assert_eq!(Record::from_body("redaction", Value::Null).unwrap(), None);
    }
}

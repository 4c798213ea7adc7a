//! What one collector saw of one subject at one time, or why it could not look.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::hash::Hash;
use crate::time::Timestamp;

/// What an observation is about: a kind and the key its source saw, as in `machine-id:4c4c…`
/// or `dns:clinic.example`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Subject(pub String);

impl Subject {
    /// A mail domain, by its name in lower case.
    pub fn domain(name: &str) -> Self {
        Self(format!("dns:{}", name.trim_end_matches('.').to_ascii_lowercase()))
    }

    /// A key that cannot be turned back into what the source saw (a serial number, a hardware id), and
    /// is the same wherever the same thing is seen: `serial:` and 16 hexadecimal digits.
    pub fn hashed(kind: &str, seen: &str) -> Self {
        let seen = seen.trim().to_ascii_uppercase();
        let hash = Hash::of(&[b"asepsis ", kind.as_bytes(), b"\0", seen.as_bytes()]).to_string();
        Self(format!("{kind}:{}", hash.chars().take(16).collect::<String>()))
    }

    /// A computer by its host name, in lower case and without its domain.
    pub fn host(name: &str) -> Self {
        let name = name.trim().split('.').next().unwrap_or_default();
        Self(format!("host:{}", name.to_ascii_lowercase()))
    }

    /// The key without its kind.
    pub fn key(&self) -> &str {
        self.0.split_once(':').map_or(self.0.as_str(), |(_, key)| key)
    }
}

/// One look at one subject.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Observation {
    /// Which schema the body follows, as in `email-domain/1`.
    pub schema: String,
    /// What was looked at.
    pub subject: Subject,
    /// Other keys under which the source knows the same subject: a serial number beside a host name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Subject>,
    /// A name for people: a host name, a domain.
    pub label: String,
    /// When the world was in this state, by the source's clock.
    pub observed_at: Timestamp,
    /// Who looked, as in `asepsis/computer`.
    pub collector: String,
    /// The version of the one who looked.
    pub version: String,
    /// What was seen.
    pub body: Body,
}

/// The outcome of a look. "We could not look" is evidence too.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Body {
    /// Facts, and how each was read.
    Saw {
        /// The values. Holds no null: what could not be read is absent.
        fact: Map<String, Value>,
        /// By path under `fact`: how it was read, or why it could not be.
        seen: BTreeMap<String, Seen>,
    },
    /// The collector did not look, by rule: no privilege, offline, not this system.
    Skipped {
        /// Why, in a sentence for people.
        reason: String,
    },
    /// The collector tried and could not.
    Failed {
        /// What was tried, as in `ask DNS for MX of clinic.example`.
        operation: String,
        /// What went wrong.
        cause: String,
    },
}

/// How one fact was read, or why it could not be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Seen {
    /// Read from this place, as in `/etc/os-release`.
    From(String),
    /// Not read, for this reason.
    Not(String),
}

/// Builds the body of a look: each fact is put together with how it was read.
#[derive(Debug, Default)]
pub struct BodyBuilder {
    fact: Map<String, Value>,
    seen: BTreeMap<String, Seen>,
}

impl BodyBuilder {
    /// Nothing seen yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Records a fact at a dotted path (`disk.encrypted`) and where it was read.
    ///
    /// A null is not recorded: absence says it.
    pub fn saw(&mut self, path: &str, value: impl Into<Value>, from: impl Into<String>) {
        let value = value.into();
        if value.is_null() {
            return;
        }
        let mut keys: Vec<&str> = path.split('.').collect();
        let Some(last) = keys.pop() else { return };
        let mut at = &mut self.fact;
        for key in keys {
            let next = at.entry(key).or_insert_with(|| Value::Object(Map::new()));
            if !next.is_object() {
                *next = Value::Object(Map::new());
            }
            let Value::Object(map) = next else { return };
            at = map;
        }
        at.insert(last.to_owned(), value);
        self.seen.insert(path.to_owned(), Seen::From(from.into()));
    }

    /// Records why the fact at a path could not be read.
    pub fn missed(&mut self, path: &str, why: impl Into<String>) {
        self.seen.insert(path.to_owned(), Seen::Not(why.into()));
    }

    /// The finished body.
    pub fn build(self) -> Body {
        Body::Saw { fact: self.fact, seen: self.seen }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_nests_its_paths_and_keeps_no_null() {
        let mut body = BodyBuilder::new();
        body.saw("disk.encrypted", true, "/sys/block");
        body.saw("disk.mounts", vec!["/", "/home"], "/proc/mounts");
        body.saw("tpm", Value::Null, "nowhere");
        body.missed("firewall.rules", "reading nftables needs an administrator");
        let Body::Saw { fact, seen } = body.build() else { panic!() };
        assert_eq!(
            Value::Object(fact),
            serde_json::json!({"disk": {"encrypted": true, "mounts": ["/", "/home"]}})
        );
        assert_eq!(seen.len(), 3);
    }
}

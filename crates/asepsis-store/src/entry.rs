//! One line of the ledger as a value: what goes in, what comes out, and its row in the table.

use serde_json::Value;
use sqlx::Row as _;
use sqlx::any::AnyRow;

use asepsis_core::hash::Hash;
use asepsis_core::time::Timestamp;

use crate::envelope::{Envelope, FORMAT, Salt};

/// What somebody wants recorded.
#[derive(Clone, Debug, PartialEq)]
pub struct NewEntry {
    /// What kind of body, as in `observation`.
    pub kind: String,
    /// Random id of the author.
    pub author: String,
    /// The body.
    pub body: Value,
    /// A key under which it is recorded once, however often it is sent.
    pub idempotency: Option<String>,
}

/// What was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Whose ledger.
    pub organization: String,
    /// Its number, from 0.
    pub seq: u64,
    /// What kind of body.
    pub kind: String,
    /// When the ledger took it.
    pub recorded_at: Timestamp,
    /// Random id of the author.
    pub author: String,
    /// The body as canonical JSON; `None` once redacted.
    pub body: Option<String>,
    /// The salt before the body; `None` once redacted.
    pub salt: Option<Salt>,
    /// SHA-256(salt ‖ body).
    pub body_hash: Hash,
    /// The hash of its leaf.
    pub leaf_hash: Hash,
    /// The key under which it is recorded once.
    pub idempotency: Option<String>,
}

impl Entry {
    /// The envelope that its leaf holds.
    pub fn envelope(&self) -> Envelope {
        Envelope {
            format: FORMAT.to_owned(),
            organization: self.organization.clone(),
            seq: self.seq,
            kind: self.kind.clone(),
            recorded_at: self.recorded_at,
            author: self.author.clone(),
            body_hash: self.body_hash,
        }
    }

    /// The body as a value; `None` once redacted, or if it is not JSON.
    pub fn value(&self) -> Option<Value> {
        self.body.as_deref().and_then(|body| serde_json::from_str(body).ok())
    }
}

/// The columns that [`Row::read`] wants, in its order.
pub(crate) const COLUMNS: &str = "organization_id, seq, kind, recorded_at, author, body, salt, \
                                  body_hash, leaf_hash, idempotency_key";

/// A row as it lies in the table: perhaps tampered with, so nothing of it is believed yet.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) organization: String,
    pub(crate) seq: i64,
    pub(crate) kind: String,
    pub(crate) recorded_at: i64,
    pub(crate) author: String,
    pub(crate) body: Option<String>,
    pub(crate) salt: Option<String>,
    pub(crate) body_hash: String,
    pub(crate) leaf_hash: String,
    pub(crate) idempotency: Option<String>,
}

impl Row {
    pub(crate) fn read(row: &AnyRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            organization: row.try_get(0)?,
            seq: row.try_get(1)?,
            kind: row.try_get(2)?,
            recorded_at: row.try_get(3)?,
            author: row.try_get(4)?,
            body: row.try_get(5)?,
            salt: row.try_get(6)?,
            body_hash: row.try_get(7)?,
            leaf_hash: row.try_get(8)?,
            idempotency: row.try_get(9)?,
        })
    }

    /// The entry, if the columns have the right form; says which has not.
    pub(crate) fn entry(self) -> Result<Entry, &'static str> {
        let salt = match self.salt {
            Some(text) => Some(Salt::parse(&text).ok_or("its salt is not 64 hexadecimal digits")?),
            None => None,
        };
        Ok(Entry {
            organization: self.organization,
            seq: u64::try_from(self.seq).map_err(|_| "its number is negative")?,
            kind: self.kind,
            recorded_at: Timestamp::from_millis(self.recorded_at),
            author: self.author,
            body: self.body,
            salt,
            body_hash: self.body_hash.parse().map_err(|_| "its body hash is not a hash")?,
            leaf_hash: self.leaf_hash.parse().map_err(|_| "its leaf hash is not a hash")?,
            idempotency: self.idempotency,
        })
    }
}

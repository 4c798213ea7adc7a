//! What a leaf of the tree says: the frozen format of `docs/ledger-format.md`. It knows the bytes
//! of one entry, not where they are kept.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use asepsis_core::canonical::canonical;
use asepsis_core::hash::Hash;
use asepsis_core::random::Random;
use asepsis_core::time::Timestamp;

use crate::merkle::leaf_hash;

/// The name of the format.
pub const FORMAT: &str = "asepsis-ledger/1";
/// The largest canonical body, in bytes. A catalog of 4 MiB fits several times.
pub const MAX_BODY: usize = 32 * 1024 * 1024;
/// The longest author or idempotency key, in bytes. Organization ids and kinds are at most 64.
pub const MAX_WORD: usize = 200;
/// Numbers above this have no exact canonical form (RFC 8785 section 3.2.2.3).
pub const MAX_SEQ: u64 = 1 << 53;

/// The envelope of one entry; its canonical JSON is the leaf data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Envelope {
    /// Always [`FORMAT`].
    pub format: String,
    /// Whose ledger.
    pub organization: String,
    /// The entry's number, from 0.
    pub seq: u64,
    /// What kind of body.
    pub kind: String,
    /// When the ledger took it.
    pub recorded_at: Timestamp,
    /// Random id of the author.
    pub author: String,
    /// SHA-256(salt ‖ canonical body).
    pub body_hash: Hash,
}

/// Leaf data that is not an envelope of this format.
#[derive(Debug, thiserror::Error)]
pub enum EnvelopeError {
    /// The bytes are not JSON of this shape.
    #[error("the envelope of an entry is not readable")]
    Json(#[source] serde_json::Error),
    /// The values are of this shape but not allowed, or the spelling is not canonical.
    #[error("the envelope of an entry is malformed: {why}")]
    Malformed {
        /// What is wrong with it.
        why: &'static str,
    },
}

impl Envelope {
    /// The leaf data: RFC 8785 canonical JSON.
    pub fn to_data(&self) -> String {
        // A time outside RFC 3339 would serialize as another word; `check` refuses it beforehand.
        canonical(&serde_json::json!({
            "format": self.format,
            "organization": self.organization,
            "seq": self.seq,
            "kind": self.kind,
            "recorded_at": self.recorded_at.to_string(),
            "author": self.author,
            "body_hash": self.body_hash.to_string(),
        }))
    }

    /// The leaf hash.
    pub fn leaf(&self) -> Hash {
        leaf_hash(self.to_data().as_bytes())
    }

    /// Reads leaf data; only the canonical spelling is taken.
    pub fn parse(data: &[u8]) -> Result<Self, EnvelopeError> {
        let envelope: Self = serde_json::from_slice(data).map_err(EnvelopeError::Json)?;
        envelope.check()?;
        if envelope.to_data().as_bytes() == data {
            Ok(envelope)
        } else {
            Err(EnvelopeError::Malformed { why: "it is not in canonical form" })
        }
    }

    /// Checks the values against the limits of the format.
    pub fn check(&self) -> Result<(), EnvelopeError> {
        let malformed = |why| Err(EnvelopeError::Malformed { why });
        if self.format != FORMAT {
            return malformed("its format is not asepsis-ledger/1");
        }
        if !is_organization(&self.organization) {
            return malformed("its organization id is not 1 to 64 of a-z, 0-9 and -");
        }
        if !is_kind(&self.kind) {
            return malformed("its kind is not a word of a-z, 0-9 and -");
        }
        if !is_word(&self.author) {
            return malformed("its author is empty, too long or holds control characters");
        }
        if self.seq >= MAX_SEQ {
            return malformed("its number is above 2^53");
        }
        if self.recorded_at.to_string().parse() != Ok(self.recorded_at) {
            return malformed("its time is outside the years 0001 to 9999");
        }
        Ok(())
    }
}

/// Whether a text can be an organization's id: it becomes a file name and a key's name.
pub fn is_organization(text: &str) -> bool {
    is_kind(text)
}

/// Whether a text can be the kind of an entry.
pub fn is_kind(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !text.starts_with('-')
}

/// Whether a text can be an author or an idempotency key.
pub fn is_word(text: &str) -> bool {
    (1..=MAX_WORD).contains(&text.len()) && !text.contains(char::is_control)
}

/// The 32 random bytes before a body, without which nobody can guess a short body from its hash.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Salt(pub [u8; 32]);

impl Salt {
    /// A new salt.
    pub fn new(random: &dyn Random) -> Self {
        let mut bytes = [0; 32];
        random.fill(&mut bytes);
        Self(bytes)
    }

    /// Reads 64 hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        text.parse::<Hash>().ok().map(|bytes| Self(bytes.0))
    }

    /// SHA-256(salt ‖ canonical body).
    pub fn body_hash(&self, canonical_body: &str) -> Hash {
        Hash::of(&[&self.0, canonical_body.as_bytes()])
    }
}

impl std::fmt::Display for Salt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        Hash(self.0).fmt(f)
    }
}

impl std::fmt::Debug for Salt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("salt")
    }
}

/// A body in canonical form, and the value that this form has: integers beyond ±2^53 become the
/// nearest double, so what is handed back equals what will be read later.
pub fn canonical_body(body: &Value) -> Result<(String, Value), EnvelopeError> {
    let text = canonical(body);
    if text.len() > MAX_BODY {
        return Err(EnvelopeError::Malformed { why: "its body is larger than 32 MiB" });
    }
    let value = serde_json::from_str(&text).map_err(EnvelopeError::Json)?;
    Ok((text, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn envelope() -> Envelope {
        Envelope {
            format: FORMAT.into(),
            organization: "clinic-1".into(),
            seq: 3,
            kind: "observation".into(),
            recorded_at: Timestamp::from_millis(1_795_511_640_000),
            author: "person-00".into(),
            body_hash: Hash([1; 32]),
        }
    }

    #[test]
    fn leaf_data_reads_back_in_its_one_spelling_only() {
        let data = envelope().to_data();
        assert!(data.contains(r#""recorded_at":"2026-11-24T0"#), "{data}");
        assert_eq!(Envelope::parse(data.as_bytes()).unwrap(), envelope());
        for wrong in [
            data.replace(":3", ": 3"),
            data.replace("asepsis-ledger/1", "asepsis-ledger/2"),
            data.replace(".000Z", "Z"),
            data.replace("clinic-1", "../clinic"),
            data.replace(":3", ":-3"),
            data.replace('}', ",\"more\":1}"),
        ] {
            assert!(Envelope::parse(wrong.as_bytes()).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_body_too_large_for_a_double_comes_back_as_it_is_kept() {
        let (text, value) = canonical_body(&serde_json::json!(9_007_199_254_740_993_u64)).unwrap();
        assert_eq!(text, "9007199254740992");
        assert_eq!(value, serde_json::json!(9_007_199_254_740_992_u64));
    }

    #[test]
    fn a_time_before_the_year_1_is_refused() {
        let early = Envelope { recorded_at: Timestamp::from_millis(i64::MIN), ..envelope() };
        assert!(early.check().is_err());
    }
}

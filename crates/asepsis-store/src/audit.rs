//! The check of one entry after another that `verify` and `import` share: numbers, times, hashes,
//! redactions, keys. It sees entries pass by and keeps only what O(log n) needs, besides the
//! numbers of redacted entries.

use std::collections::BTreeSet;
use std::fmt;

use serde::Deserialize;

use asepsis_core::hash::Hash;
use asepsis_core::time::Timestamp;

use crate::entry::Entry;
use crate::ledger::{KEY_CHANGE, REDACTION};
use crate::merkle::Frontier;
use crate::note::NoteError;
use crate::sign::KeyChange;

/// The first thing found wrong in a ledger.
#[derive(Debug, PartialEq, Eq)]
pub struct Fault {
    /// The entry, where it is one entry's.
    pub seq: Option<u64>,
    /// What is wrong.
    pub wrong: Wrong,
}

/// What can be wrong.
#[derive(Debug, PartialEq, Eq)]
pub enum Wrong {
    /// The entry is not there.
    Missing,
    /// The head counts fewer entries than there are.
    Beyond,
    /// A column of the row does not have its form.
    Form(String),
    /// The leaf hash is not that of number, kind, time, author and body hash.
    Leaf,
    /// The body is not the one that was recorded.
    Body,
    /// Body or salt is there without the other.
    HalfBody,
    /// The body is gone and no redaction says so.
    Vanished,
    /// The entry was redacted and has a body all the same.
    Unredacted,
    /// A redaction does not name an earlier entry.
    Redaction,
    /// It was recorded before the entry before it.
    Time,
    /// A change of key is not signed by the key before.
    Key(Option<NoteError>),
    /// The root of the entries is not the head's.
    Root,
    /// The head's own columns do not fit each other.
    Head(String),
    /// The entries do not lead to the signed head from outside.
    Outside {
        /// The size that was signed.
        signed: u64,
    },
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.seq {
            Some(seq) => write!(f, "entry {seq}: {}", self.wrong),
            None => fmt::Display::fmt(&self.wrong, f),
        }
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("it is missing"),
            Self::Beyond => f.write_str("it is there though the head does not count it"),
            Self::Form(what) => f.write_str(what),
            Self::Leaf => {
                f.write_str("its number, kind, time, author or hash is not what was recorded")
            }
            Self::Body => f.write_str("its body is not the one that was recorded"),
            Self::HalfBody => f.write_str("it has a body without a salt, or a salt without a body"),
            Self::Vanished => f.write_str("its body is gone, and no redaction says so"),
            Self::Unredacted => f.write_str("it was redacted, but its body is there"),
            Self::Redaction => f.write_str("it is a redaction that names no earlier entry"),
            Self::Time => f.write_str("it was recorded before the entry in front of it"),
            Self::Key(None) => f.write_str("it changes a key that was not in force"),
            Self::Key(Some(why)) => write!(f, "it changes the key, but {why}"),
            Self::Root => f.write_str("the entries do not lead to the root in the head"),
            Self::Head(what) => f.write_str(what),
            Self::Outside { signed } => {
                write!(f, "the first {signed} entries are not those of the signed head")
            }
        }
    }
}

/// The body of a `redaction` entry, as far as it matters here.
#[derive(Deserialize)]
struct Redaction {
    seq: u64,
}

/// The entries so far.
#[derive(Debug)]
pub(crate) struct Audit {
    organization: String,
    pub(crate) frontier: Frontier,
    pub(crate) last: Option<Timestamp>,
    pub(crate) gone: BTreeSet<u64>,
    redacted: BTreeSet<u64>,
    pub(crate) keys: Vec<String>,
    /// The size and root of a head from outside.
    outside: Option<(u64, Hash)>,
}

impl Audit {
    pub(crate) fn new(organization: &str, outside: Option<(u64, Hash)>) -> Self {
        Self {
            organization: organization.to_owned(),
            frontier: Frontier::new(),
            last: None,
            gone: BTreeSet::new(),
            redacted: BTreeSet::new(),
            keys: Vec::new(),
            outside,
        }
    }

    /// Checks the next entry.
    pub(crate) fn push(&mut self, entry: &Entry) -> Result<(), Fault> {
        let expected = self.frontier.size();
        let fault = |wrong| Fault { seq: Some(expected), wrong };
        if entry.seq != expected {
            return Err(fault(Wrong::Missing));
        }
        if let Err(error) = entry.envelope().check() {
            return Err(fault(Wrong::Form(error.to_string())));
        }
        if entry.organization != self.organization || entry.envelope().leaf() != entry.leaf_hash {
            return Err(fault(Wrong::Leaf));
        }
        if self.last.is_some_and(|last| entry.recorded_at < last) {
            return Err(fault(Wrong::Time));
        }
        match (&entry.body, &entry.salt) {
            (Some(body), Some(salt)) if salt.body_hash(body) == entry.body_hash => {}
            (Some(_), Some(_)) => return Err(fault(Wrong::Body)),
            (None, None) => drop(self.gone.insert(expected)),
            _ => return Err(fault(Wrong::HalfBody)),
        }
        match entry.kind.as_str() {
            REDACTION => {
                self.redaction(entry)
                    .filter(|seq| *seq < expected)
                    .ok_or_else(|| fault(Wrong::Redaction))?;
            }
            KEY_CHANGE => self.key_change(entry).map_err(fault)?,
            _ => {}
        }
        self.last = Some(entry.recorded_at);
        self.frontier.push(entry.leaf_hash);
        self.compare_outside()
    }

    /// Takes in a redaction, also one that came after the part of the ledger that is checked.
    pub(crate) fn redaction(&mut self, entry: &Entry) -> Option<u64> {
        let body = entry.body.as_deref()?;
        let redaction: Redaction = serde_json::from_str(body).ok()?;
        self.redacted.insert(redaction.seq);
        Some(redaction.seq)
    }

    fn key_change(&mut self, entry: &Entry) -> Result<(), Wrong> {
        let body = entry.body.as_deref().unwrap_or_default();
        let change: KeyChange = serde_json::from_str(body).map_err(|_| Wrong::Key(None))?;
        change.verify(&self.organization).map_err(|why| Wrong::Key(Some(why)))?;
        match self.keys.last() {
            None => self.keys.push(change.old),
            Some(last) if *last == change.old => {}
            Some(_) => return Err(Wrong::Key(None)),
        }
        self.keys.push(change.new);
        Ok(())
    }

    /// Compares with the head from outside at the moment when as many entries have passed.
    fn compare_outside(&self) -> Result<(), Fault> {
        match self.outside {
            Some((size, root)) if size == self.frontier.size() && root != self.frontier.root() => {
                Err(Fault { seq: None, wrong: Wrong::Outside { signed: size } })
            }
            _ => Ok(()),
        }
    }

    /// The last checks, once all entries have passed.
    pub(crate) fn finish(&self) -> Result<(), Fault> {
        let size = self.frontier.size();
        if size == 0 {
            self.compare_outside()?;
        }
        let at = |seq: u64, wrong| Err(Fault { seq: Some(seq), wrong });
        if self.outside.is_some_and(|(signed, _)| signed > size) {
            return at(size, Wrong::Missing);
        }
        if let Some(seq) = self.gone.difference(&self.redacted).next() {
            return at(*seq, Wrong::Vanished);
        }
        if let Some(seq) = self.redacted.difference(&self.gone).find(|seq| **seq < size) {
            return at(*seq, Wrong::Unredacted);
        }
        Ok(())
    }
}

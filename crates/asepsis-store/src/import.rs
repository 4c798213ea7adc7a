//! From an exported folder back into a database. Nothing in the folder is believed: every line is
//! bounded, every hash computed again, and a single fault keeps everything out.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;

use asepsis_core::canonical::canonical;
use asepsis_core::hash::Hash;
use asepsis_core::time::Timestamp;

use crate::audit::{Audit, Fault, Wrong};
use crate::checkpoint::{Checkpoint, CheckpointError};
use crate::db::DbError;
use crate::entry::Entry;
use crate::envelope::{Envelope, EnvelopeError, MAX_BODY, Salt, is_organization, is_word};
use crate::export::{BODIES, CHECKPOINT, PUBLIC_KEY};
use crate::ledger::{LedgerError, Store, index};
use crate::note::{MAX_NOTE, Verifier};
use crate::platform;
use crate::rows;
use crate::tile::{MAX_ENTRY, Tile, TileWriter, parse_bundle};

/// The longest line of bodies: a body, a salt, a key.
const MAX_LINE: u64 = MAX_BODY as u64 + 4096;
/// The largest bundle: 256 entries with their lengths.
const MAX_BUNDLE: u64 = 256 * (MAX_ENTRY as u64 + 2);
/// Bytes of bodies that are held before they go to the database.
const HELD: usize = 16 * 1024 * 1024;

/// A folder that is not taken in.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A file cannot be read.
    #[error("cannot read {path}")]
    File {
        /// Which one.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A file is not what an export writes.
    #[error("{path} is not part of an export: {why}")]
    Malformed {
        /// Which one.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
    /// A leaf is not an envelope.
    #[error("entry {seq} of the export is not readable")]
    Envelope {
        /// Which entry.
        seq: u64,
        /// Why.
        #[source]
        source: EnvelopeError,
    },
    /// The head is not signed by the key that was asked for.
    #[error("the head of the export in {path} is not accepted")]
    Checkpoint {
        /// Which folder.
        path: PathBuf,
        /// Why.
        #[source]
        source: CheckpointError,
    },
    /// The entries are not what was recorded.
    #[error("the export is not sound: {0}")]
    Unsound(Fault),
    /// There is a ledger already.
    #[error("the ledger of {organization} is not empty here; nothing was imported")]
    NotEmpty {
        /// Whose ledger.
        organization: String,
    },
    /// The ledger failed.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

impl From<DbError> for ImportError {
    fn from(error: DbError) -> Self {
        Self::Ledger(LedgerError::Db(error))
    }
}

/// One line of [`BODIES`].
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BodyLine {
    seq: u64,
    #[serde(default, deserialize_with = "present")]
    body: Option<Value>,
    #[serde(default)]
    salt: Option<String>,
    #[serde(default)]
    idempotency: Option<String>,
}

/// A body that is JSON's null is there all the same; only an absent one is redacted.
fn present<'de, D: serde::Deserializer<'de>>(value: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(value).map(Some)
}

/// The files of an export while they are read in step.
struct Reader<'a> {
    folder: &'a Path,
    bodies: BufReader<File>,
    next: u64,
}

impl Store {
    /// Verifies an exported folder and records it, number by number, in an organization that has no
    /// entries here. The head must be signed by `trusted`; without one the folder's own key is
    /// used, which proves only that the folder is whole. All or nothing.
    pub async fn import(
        &self,
        folder: &Path,
        trusted: Option<&Verifier>,
    ) -> Result<Checkpoint, ImportError> {
        let head = read_head(folder, trusted)?;
        let organization = head.origin.strip_prefix("asepsis/").unwrap_or_default().to_owned();
        if !is_organization(&organization) {
            let why = "its head names no organization".to_owned();
            return Err(ImportError::Malformed { path: folder.join(CHECKPOINT), why });
        }
        let mut reader = Reader::open(folder)?;
        let mut audit = Audit::new(&organization, Some((head.size, head.root)));
        let mut tiles = TileWriter::new();
        let mut tx = self.db().begin().await?;
        if rows::take_head(self.db(), &mut tx, &organization, 0).await?.size != 0 {
            return Err(ImportError::NotEmpty { organization });
        }
        let mut held: Vec<Entry> = Vec::new();
        let mut bytes = 0;
        for bundle in Tile::of_level(None, head.size) {
            for data in reader.bundle(bundle)? {
                let entry = reader.entry(&data)?;
                audit.push(&entry).map_err(ImportError::Unsound)?;
                for (tile, expected) in tiles.push(&data, entry.leaf_hash).unwrap_or_default() {
                    reader.compare(tile, &expected)?;
                }
                bytes += entry.body.as_ref().map_or(0, String::len);
                held.push(entry);
                if bytes > HELD {
                    let lines = index(&organization, &held)?;
                    rows::insert(self.db(), &mut tx, &held, &lines).await?;
                    held.clear();
                    bytes = 0;
                }
            }
            let lines = index(&organization, &held)?;
            rows::insert(self.db(), &mut tx, &held, &lines).await?;
            held.clear();
            bytes = 0;
        }
        for (tile, expected) in tiles.finish() {
            reader.compare(tile, &expected)?;
        }
        reader.finish()?;
        audit.finish().map_err(ImportError::Unsound)?;
        if audit.frontier.root() != head.root {
            return Err(ImportError::Unsound(Fault { seq: None, wrong: Wrong::Root }));
        }
        let last = audit.last.unwrap_or(Timestamp::from_millis(0));
        rows::put_head(self.db(), &mut tx, &organization, &audit.frontier, last).await?;
        tx.commit().await.map_err(|source| self.db().failed("commit an import", source))?;
        Ok(head)
    }
}

fn read_head(folder: &Path, trusted: Option<&Verifier>) -> Result<Checkpoint, ImportError> {
    let refused = |source| ImportError::Checkpoint { path: folder.to_owned(), source };
    let own;
    let verifier = match trusted {
        Some(verifier) => verifier,
        None => {
            let bytes = read(&folder.join(PUBLIC_KEY), 4096)?;
            own = Verifier::parse(&String::from_utf8_lossy(&bytes))
                .map_err(|source| refused(CheckpointError::Note(source)))?;
            &own
        }
    };
    let note = read(&folder.join(CHECKPOINT), MAX_NOTE as u64)?;
    Checkpoint::open(&note, verifier).map_err(refused)
}

impl<'a> Reader<'a> {
    fn open(folder: &'a Path) -> Result<Self, ImportError> {
        let path = folder.join(BODIES);
        let failed = |source| ImportError::File { path: path.clone(), source };
        if !path.symlink_metadata().map_err(failed)?.is_file() {
            return Err(malformed(&path, "it is not a plain file"));
        }
        let bodies = BufReader::new(File::open(&path).map_err(failed)?);
        Ok(Self { folder, bodies, next: 0 })
    }

    /// The leaf data of one bundle.
    fn bundle(&self, tile: Tile) -> Result<Vec<Vec<u8>>, ImportError> {
        let path = self.folder.join(tile.path());
        let bytes = read(&path, MAX_BUNDLE)?;
        let entries = parse_bundle(&bytes).map_err(|error| malformed(&path, error.to_string()))?;
        if entries.len() != usize::from(tile.width) {
            return Err(malformed(&path, "it holds another number of entries than its name says"));
        }
        Ok(entries.into_iter().map(<[u8]>::to_vec).collect())
    }

    /// The entry of some leaf data, with its body from the next line.
    fn entry(&mut self, data: &[u8]) -> Result<Entry, ImportError> {
        let seq = self.next;
        self.next += 1;
        let path = self.folder.join(BODIES);
        let envelope =
            Envelope::parse(data).map_err(|source| ImportError::Envelope { seq, source })?;
        let line =
            self.line()?.ok_or_else(|| malformed(&path, format!("entry {seq} is missing")))?;
        let line: BodyLine = serde_json::from_slice(&line)
            .map_err(|error| malformed(&path, format!("the line of entry {seq}: {error}")))?;
        if line.seq != seq || line.body.is_some() != line.salt.is_some() {
            let why = format!("the line of entry {seq} has another number, or lacks body or salt");
            return Err(malformed(&path, why));
        }
        if line.idempotency.as_deref().is_some_and(|key| !is_word(key)) {
            return Err(malformed(&path, format!("the key of entry {seq} is no key")));
        }
        let salt = match line.salt {
            Some(text) => Some(
                Salt::parse(&text)
                    .ok_or_else(|| malformed(&path, format!("the salt of entry {seq} is none")))?,
            ),
            None => None,
        };
        Ok(Entry {
            seq: envelope.seq,
            recorded_at: envelope.recorded_at,
            body: line.body.as_ref().map(canonical),
            salt,
            body_hash: envelope.body_hash,
            leaf_hash: envelope.leaf(),
            idempotency: line.idempotency,
            organization: envelope.organization,
            kind: envelope.kind,
            author: envelope.author,
        })
    }

    fn line(&mut self) -> Result<Option<Vec<u8>>, ImportError> {
        let path = self.folder.join(BODIES);
        let mut line = Vec::new();
        let read = self.bodies.by_ref().take(MAX_LINE).read_until(b'\n', &mut line);
        read.map_err(|source| ImportError::File { path: path.clone(), source })?;
        match line.pop() {
            None => Ok(None),
            Some(b'\n') => Ok(Some(line)),
            Some(_) => Err(malformed(&path, "a line is too long, or the last one does not end")),
        }
    }

    /// Compares a tile on disk with the one that the entries give.
    fn compare(&self, tile: Tile, expected: &[u8]) -> Result<(), ImportError> {
        let path = self.folder.join(tile.path());
        if tile.level.is_none() || read(&path, 256 * size_of::<Hash>() as u64)? == expected {
            Ok(())
        } else {
            Err(malformed(&path, "it is not the tile that the entries give"))
        }
    }

    fn finish(&mut self) -> Result<(), ImportError> {
        match self.line()? {
            None => Ok(()),
            Some(_) => {
                let path = self.folder.join(BODIES);
                Err(malformed(&path, "it has more lines than there are entries"))
            }
        }
    }
}

fn read(path: &Path, limit: u64) -> Result<Vec<u8>, ImportError> {
    platform::read_limited(path, limit)
        .map_err(|source| ImportError::File { path: path.to_owned(), source })
}

fn malformed(path: &Path, why: impl Into<String>) -> ImportError {
    ImportError::Malformed { path: path.to_owned(), why: why.into() }
}

//! Keys, signed heads and the change of a key. Keys and signed heads live in folders apart from
//! the ledger: whoever can rewrite the ledger must not be able to rewrite them too.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use asepsis_core::random::Random;
use asepsis_core::time::Timestamp;

use crate::checkpoint::{Checkpoint, CheckpointError, origin};
use crate::entry::{Entry, NewEntry};
use crate::envelope::is_organization;
use crate::ledger::{KEY_CHANGE, LedgerError, Store, empty_root};
use crate::note::{MAX_NOTE, Note, NoteError, Signer, Verifier};
use crate::platform;

/// The first line of what an old key signs when it hands over to a new one.
const HAND_OVER: &str = "asepsis-key-change/1";

/// A key or a signed head that cannot be made, kept or believed.
#[derive(Debug, thiserror::Error)]
pub enum SignError {
    /// The organization's id cannot be one.
    #[error("{organization:?} cannot be the id of an organization")]
    Organization {
        /// What was given.
        organization: String,
    },
    /// A file of a key or head.
    #[error("cannot {operation} {path}")]
    File {
        /// What was tried.
        operation: &'static str,
        /// Which file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The file holds no key of this ledger.
    #[error("the key in {path} is not usable")]
    Key {
        /// Which file.
        path: PathBuf,
        /// Why.
        #[source]
        source: NoteError,
    },
    /// A head cannot be read or trusted.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// The newest signed head knows of entries that the ledger no longer has, or of others.
    #[error(
        "the signed head in {path} is of {signed} entries and does not fit a ledger of {size}: entries were cut or changed"
    )]
    Behind {
        /// Which file.
        path: PathBuf,
        /// The size that was signed.
        signed: u64,
        /// The size now.
        size: u64,
    },
    /// The entries before the newest signed head are not those that were signed.
    #[error(
        "the first {signed} entries are not those whose head is kept in {path}: entries were changed"
    )]
    Changed {
        /// The file of the head.
        path: PathBuf,
        /// How many entries were signed.
        signed: u64,
    },
    /// Heads were signed, but the key that signed them is gone.
    #[error("the key {path} is missing, but heads were signed with it")]
    Lost {
        /// Where the key should be.
        path: PathBuf,
    },
    /// The ledger failed.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

/// The folder of keys.
#[derive(Clone, Debug)]
pub struct Keys {
    folder: PathBuf,
}

impl Keys {
    /// Keys in this folder, which is made (mode 0700) when the first key is.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    fn path(&self, organization: &str, suffix: &str) -> Result<PathBuf, SignError> {
        in_folder(&self.folder, organization, suffix)
    }

    /// The key of an organization's ledger; `None` if it was never made.
    pub fn existing(&self, organization: &str) -> Result<Option<Signer>, SignError> {
        let path = self.path(organization, "key")?;
        let bytes = match platform::read_limited(&path, 4096) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(SignError::File { operation: "read the key", path, source }),
        };
        let signer = Signer::parse(&String::from_utf8_lossy(&bytes))
            .map_err(|source| SignError::Key { path: path.clone(), source })?;
        if signer.verifier().name() == origin(organization) {
            Ok(Some(signer))
        } else {
            let source = NoteError::Key { why: "it is of another ledger" };
            Err(SignError::Key { path, source })
        }
    }

    /// The key of an organization's ledger, made on first use (mode 0600).
    ///
    /// Where `heads` were signed already, a missing key is an error: a new one made in silence
    /// would let whoever took the old one away sign whatever is there now.
    pub fn signer(
        &self,
        organization: &str,
        heads: &Heads,
        random: &dyn Random,
    ) -> Result<Signer, SignError> {
        if let Some(signer) = self.existing(organization)? {
            return Ok(signer);
        }
        let path = self.path(organization, "key")?;
        if heads.newest_text(organization)?.is_some() {
            return Err(SignError::Lost { path });
        }
        let signer = Signer::generate(&origin(organization), random)
            .map_err(|source| SignError::Key { path: path.clone(), source })?;
        match self.keep_new(&path, &signer) {
            Ok(()) => Ok(signer),
            // Another process was faster: its key counts.
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                self.existing(organization)?.ok_or(SignError::Lost { path })
            }
            Err(source) => Err(SignError::File { operation: "write the key", path, source }),
        }
    }

    fn keep_new(&self, path: &Path, signer: &Signer) -> std::io::Result<()> {
        platform::create_private_dir(&self.folder)?;
        let mut file = platform::open_private(path, true)?;
        file.write_all(signer.to_secret_text().as_bytes())?;
        file.sync_all()?;
        platform::sync_dir(path)
    }

    /// Makes a new key and records, signed by the old one, that it takes over. The old key is kept
    /// beside it as `<organization>.key.old`.
    ///
    /// The new key lies in `<organization>.key.next` until the entry is recorded, so a crash
    /// between the two loses neither.
    pub async fn change(
        &self,
        store: &Store,
        organization: &str,
        heads: &Heads,
        author: &str,
        now: Timestamp,
        random: &dyn Random,
    ) -> Result<(Signer, Entry), SignError> {
        let old = self.signer(organization, heads, random)?;
        let path = self.path(organization, "key")?;
        let next = self.path(organization, "key.next")?;
        let failed = |operation, path: &Path| {
            let path = path.to_owned();
            move |source| SignError::File { operation, path, source }
        };
        let new = Signer::generate(&origin(organization), random)
            .map_err(|source| SignError::Key { path: next.clone(), source })?;
        platform::write_private(&next, new.to_secret_text().as_bytes())
            .map_err(failed("write the new key", &next))?;
        let body = KeyChange::sign(&old, new.verifier()).map_err(CheckpointError::Note)?;
        let entry = NewEntry {
            kind: KEY_CHANGE.to_owned(),
            author: author.to_owned(),
            body: serde_json::json!(body),
            idempotency: None,
        };
        let written = store.write(organization, &[entry], None, now, random).await?;
        let kept = self.path(organization, "key.old")?;
        platform::write_private(&kept, old.to_secret_text().as_bytes())
            .map_err(failed("keep the old key", &kept))?;
        std::fs::rename(&next, &path)
            .and_then(|()| platform::sync_dir(&path))
            .map_err(failed("put the new key in place", &path))?;
        let entry = written.into_iter().next();
        let damaged = || crate::ledger::damaged(organization, "a key change was not recorded");
        Ok((new, entry.ok_or_else(damaged)?))
    }
}

/// The body of a `key-change` entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyChange {
    /// The key that hands over.
    pub old: String,
    /// The key that takes over.
    pub new: String,
    /// A signed note by the old key whose text names the new one.
    pub note: String,
}

impl KeyChange {
    fn text(name: &str, new: &Verifier) -> String {
        format!("{HAND_OVER}\n{name}\n{new}\n")
    }

    fn sign(old: &Signer, new: &Verifier) -> Result<Self, NoteError> {
        let note = old.sign(&Self::text(old.verifier().name(), new))?;
        Ok(Self { old: old.verifier().to_string(), new: new.to_string(), note })
    }

    /// Checks that the old key really names the new one, and both this ledger; hands back both.
    pub fn verify(&self, organization: &str) -> Result<(Verifier, Verifier), NoteError> {
        let (old, new) = (Verifier::parse(&self.old)?, Verifier::parse(&self.new)?);
        let note = Note::parse(self.note.as_bytes())?;
        let text = old.verify(&note)?;
        let name = origin(organization);
        if old.name() != name || new.name() != name || text != Self::text(&name, &new) {
            return Err(NoteError::Malformed { why: "it does not hand this ledger to that key" });
        }
        Ok((old, new))
    }
}

/// The folder of signed heads.
#[derive(Clone, Debug)]
pub struct Heads {
    folder: PathBuf,
}

impl Heads {
    /// Signed heads in this folder, which is made (mode 0700) when the first is written.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// Signs the head of a ledger as it is now and keeps it: as the newest in
    /// `<organization>.note`, and in `<organization>.history.jsonl`, one JSON text a line.
    ///
    /// Refused if the newest kept head is not older: then entries were cut or changed.
    pub async fn sign(
        &self,
        store: &Store,
        organization: &str,
        signer: &Signer,
        now: Timestamp,
    ) -> Result<String, SignError> {
        let head = store.head(organization).await?;
        let (size, root) = head.map_or_else(|| (0, empty_root()), |head| (head.size, head.root));
        let head = Checkpoint { origin: origin(organization), size, root };
        let path = in_folder(&self.folder, organization, "note")?;
        if let Some(kept) = self.kept(organization)?
            && (kept.size > size || (kept.size == size && kept.root != root))
        {
            return Err(SignError::Behind { path, signed: kept.size, size });
        }
        let note = head.sign(signer)?;
        let failed = |operation, path: &Path| {
            let path = path.to_owned();
            move |source| SignError::File { operation, path, source }
        };
        platform::create_private_dir(&self.folder)
            .map_err(failed("make the folder", &self.folder))?;
        let history = in_folder(&self.folder, organization, "history.jsonl")?;
        let line = serde_json::json!({ "signed_at": now, "note": note }).to_string();
        platform::open_private(&history, false)
            .and_then(|mut file| {
                file.write_all(format!("{line}\n").as_bytes())?;
                file.sync_all()
            })
            .map_err(failed("write the signed head to", &history))?;
        platform::write_private(&path, note.as_bytes())
            .map_err(failed("write the signed head", &path))?;
        Ok(note)
    }

    /// Holds the ledger against the newest signed head, by whichever key it was signed: the entries
    /// it speaks of must still be there, unchanged. To be called before entries are appended, so
    /// that no signature ever covers a change made behind the ledger's back.
    ///
    /// Costs one row while every append is followed by a signature; else the leaf hashes of the
    /// signed entries are read again.
    pub async fn check(&self, store: &Store, organization: &str) -> Result<(), SignError> {
        let Some(kept) = self.kept(organization)? else { return Ok(()) };
        let path = in_folder(&self.folder, organization, "note")?;
        let head = store.head(organization).await?;
        let (size, root) = head.map_or_else(|| (0, empty_root()), |head| (head.size, head.root));
        if kept.size > size {
            return Err(SignError::Behind { path, signed: kept.size, size });
        }
        let root =
            if kept.size == size { root } else { store.root_at(organization, kept.size).await? };
        if root == kept.root { Ok(()) } else { Err(SignError::Changed { path, signed: kept.size }) }
    }

    /// The newest signed head, its signature unchecked.
    fn kept(&self, organization: &str) -> Result<Option<Checkpoint>, SignError> {
        let Some(text) = self.newest_text(organization)? else { return Ok(None) };
        let note = Note::parse(text.as_bytes()).map_err(CheckpointError::Note)?;
        Ok(Some(Checkpoint::parse(note.unverified_text())?))
    }

    /// The newest signed head as text, unchecked; `None` if there is none.
    pub fn newest_text(&self, organization: &str) -> Result<Option<String>, SignError> {
        let path = in_folder(&self.folder, organization, "note")?;
        match platform::read_limited(&path, MAX_NOTE as u64) {
            Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(SignError::File { operation: "read the signed head", path, source }),
        }
    }

    /// The newest signed head, checked against a key; `None` if there is none.
    pub fn newest(
        &self,
        organization: &str,
        verifier: &Verifier,
    ) -> Result<Option<Checkpoint>, SignError> {
        let text = self.newest_text(organization)?;
        Ok(text.map(|text| Checkpoint::open(text.as_bytes(), verifier)).transpose()?)
    }
}

fn in_folder(folder: &Path, organization: &str, suffix: &str) -> Result<PathBuf, SignError> {
    if is_organization(organization) {
        Ok(folder.join(format!("{organization}.{suffix}")))
    } else {
        Err(SignError::Organization { organization: organization.to_owned() })
    }
}

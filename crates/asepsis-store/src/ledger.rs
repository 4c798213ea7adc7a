//! The ledger: append, read, redact. One transaction each; no database-specific word (see `db`).

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use sqlx::Row as _;

use asepsis_core::evidence::RecordError;
use asepsis_core::hash::Hash;
use asepsis_core::random::Random;
use asepsis_core::time::Timestamp;

use crate::db::{Db, DbError};
use crate::entry::{Entry, NewEntry};
use crate::envelope::{
    Envelope, EnvelopeError, FORMAT, MAX_SEQ, Salt, canonical_body, is_organization, is_word,
};
use crate::merkle::Frontier;
use crate::rows::{self, Indexed};

/// The kind of an entry that says that another lost its body.
pub const REDACTION: &str = "redaction";
/// The kind of an entry that hands the ledger to a new key.
pub const KEY_CHANGE: &str = "key-change";
/// The most entries in one append.
pub const MAX_BATCH: usize = 100_000;
/// Entries that are held at once while they come one after another.
const AT_ONCE: usize = 200;

/// An open store.
#[derive(Debug)]
pub struct Store {
    db: Db,
}

/// How long a ledger is, and its root.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// How many entries it holds.
    pub size: u64,
    /// The root of its tree.
    pub root: Hash,
    /// When its last entry was recorded.
    pub recorded_at: Timestamp,
}

/// Something that the ledger refuses or cannot do.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
    /// The organization's id cannot be one.
    #[error("{organization:?} cannot be the id of an organization: use 1 to 64 of a-z, 0-9 and -")]
    Organization {
        /// What was given.
        organization: String,
    },
    /// A value of the entry is outside the format's limits.
    #[error("the ledger of {organization} does not take an entry of kind {kind:?}")]
    Refused {
        /// Whose ledger.
        organization: String,
        /// The entry's kind.
        kind: String,
        /// Why.
        #[source]
        source: EnvelopeError,
    },
    /// The body is not what its kind says.
    #[error("the ledger of {organization} does not take the body of an entry")]
    Record {
        /// Whose ledger.
        organization: String,
        /// Why.
        #[source]
        source: RecordError,
    },
    /// A kind that only the ledger itself writes.
    #[error("entries of kind {kind} are written by the ledger itself")]
    Reserved {
        /// The kind.
        kind: String,
    },
    /// Too much at once.
    #[error("{count} entries are more than one append takes ({MAX_BATCH})")]
    TooMany {
        /// How many.
        count: usize,
    },
    /// Whoever hands in entries stopped half way.
    #[error("nothing was recorded")]
    Stopped(#[source] Stop),
    /// There is no such entry, or its body is gone or must stay.
    #[error("entry {seq} of {organization} cannot be redacted: {why}")]
    Unredactable {
        /// Whose ledger.
        organization: String,
        /// Which entry.
        seq: u64,
        /// Why.
        why: &'static str,
    },
    /// What is stored is not what was written; `verify` says more.
    #[error("the ledger of {organization} is damaged: {what}")]
    Damaged {
        /// Whose ledger.
        organization: String,
        /// What is wrong.
        what: String,
    },
}

/// Why whoever hands in entries one after another stopped.
pub type Stop = Box<dyn std::error::Error + Send + Sync>;

/// An entry with all that does not depend on its place.
struct Prepared {
    envelope: Envelope,
    body: String,
    salt: Salt,
    idempotency: Option<String>,
}

impl Store {
    /// Opens `sqlite:PATH` or `postgres://HOST/NAME` and makes the tables that are missing.
    pub async fn open(url: &str) -> Result<Self, DbError> {
        Ok(Self { db: Db::open(url).await? })
    }

    /// The database.
    pub const fn db(&self) -> &Db {
        &self.db
    }

    /// Closes all connections.
    pub async fn close(&self) {
        self.db.close().await;
    }

    /// Records entries, all or none, in one transaction.
    ///
    /// `recorded_at` is `now`, or the time of the entry before if that is later. An entry whose key
    /// is already recorded is not recorded again; the recorded one is handed back in its place.
    pub async fn append(
        &self,
        organization: &str,
        entries: Vec<NewEntry>,
        now: Timestamp,
        random: &dyn Random,
    ) -> Result<Vec<Entry>, LedgerError> {
        if let Some(entry) = entries.iter().find(|it| [REDACTION, KEY_CHANGE].contains(&&*it.kind))
        {
            return Err(LedgerError::Reserved { kind: entry.kind.clone() });
        }
        self.write(organization, &entries, None, now, random).await
    }

    /// Deletes body and salt of an entry, and records who did it and why. The leaf stays, and with
    /// it author, time and kind. Copies made earlier (exports, backups) keep the body.
    pub async fn redact(
        &self,
        organization: &str,
        seq: u64,
        reason: &str,
        author: &str,
        now: Timestamp,
        random: &dyn Random,
    ) -> Result<Entry, LedgerError> {
        let entry = NewEntry {
            kind: REDACTION.to_owned(),
            author: author.to_owned(),
            body: serde_json::json!({ "seq": seq, "reason": reason }),
            idempotency: None,
        };
        let written = self.write(organization, &[entry], Some(seq), now, random).await?;
        self.db.scrub().await?;
        let damaged = || damaged(organization, "a redaction was not recorded");
        written.into_iter().next().ok_or_else(damaged)
    }

    /// Writes entries of any kind, redacting one entry in the same transaction.
    pub(crate) async fn write(
        &self,
        organization: &str,
        entries: &[NewEntry],
        redact: Option<u64>,
        now: Timestamp,
        random: &dyn Random,
    ) -> Result<Vec<Entry>, LedgerError> {
        if !is_organization(organization) {
            return Err(LedgerError::Organization { organization: organization.to_owned() });
        }
        if entries.len() > MAX_BATCH {
            return Err(LedgerError::TooMany { count: entries.len() });
        }
        if entries.is_empty() {
            return Ok(Vec::new());
        }
        let prepared = entries
            .iter()
            .map(|entry| prepare(organization, entry, now, random))
            .collect::<Result<Vec<_>, _>>()?;
        let mut tried = 0;
        loop {
            match self.try_write(organization, &prepared, redact, now).await {
                Err(LedgerError::Db(error)) if self.db.try_again(tried, &error).await => tried += 1,
                done => return done,
            }
        }
    }

    async fn try_write(
        &self,
        organization: &str,
        prepared: &[Prepared],
        redact: Option<u64>,
        now: Timestamp,
    ) -> Result<Vec<Entry>, LedgerError> {
        let db = &self.db;
        let mut tx = db.begin().await?;
        let add = i64::try_from(prepared.len()).unwrap_or(i64::MAX);
        let head = rows::take_head(db, &mut tx, organization, add).await?;
        let size = u64::try_from(head.size - add)
            .map_err(|_| damaged(organization, "its size is negative"))?;
        let mut frontier = head
            .frontier(size)
            .ok_or_else(|| damaged(organization, "its head does not fit its size"))?;
        if size + u64::try_from(prepared.len()).unwrap_or(MAX_SEQ) >= MAX_SEQ {
            return Err(damaged(organization, "its size is above 2^53"));
        }
        let last = Timestamp::from_millis(head.recorded_at);
        let recorded_at = if size == 0 { now } else { now.max(last) };

        let keys: BTreeSet<&str> =
            prepared.iter().filter_map(|it| it.idempotency.as_deref()).collect();
        let keys: Vec<&str> = keys.into_iter().collect();
        let mut known = HashMap::new();
        for row in rows::by_idempotency(db, &mut tx, organization, &keys).await? {
            let entry = row.entry().map_err(|what| damaged(organization, what))?;
            known.insert(entry.idempotency.clone().unwrap_or_default(), entry);
        }

        let mut written = Vec::new();
        let mut answer = Vec::new();
        for it in prepared {
            let before = it.idempotency.as_ref().and_then(|key| known.get(key));
            if let Some(before) = before {
                answer.push(before.clone());
                continue;
            }
            let entry = it.at(frontier.size(), recorded_at);
            frontier.push(entry.leaf_hash);
            if let Some(key) = &entry.idempotency {
                known.insert(key.clone(), entry.clone());
            }
            answer.push(entry.clone());
            written.push(entry);
        }
        if written.is_empty() {
            // Nothing new: what the head was raised by is taken back.
            tx.rollback().await.map_err(|source| db.failed("roll back", source))?;
            return Ok(answer);
        }
        if let Some(seq) = redact {
            self.take_body(&mut tx, organization, seq).await?;
        }
        let indexed = index(organization, &written)?;
        rows::insert(db, &mut tx, &written, &indexed).await?;
        rows::put_head(db, &mut tx, organization, &frontier, recorded_at).await?;
        tx.commit().await.map_err(|source| db.failed("commit entries", source))?;
        Ok(answer)
    }

    /// Records entries one after another as they come, all or none, in one transaction, and holds few
    /// of them at once. Only if the ledger has `size` entries: `None` if it has grown
    /// meanwhile. Hands back the numbers of the new entries.
    ///
    /// Where one of them is a [`Stop`], nothing is recorded. Neither redactions nor keys against
    /// repetition are taken.
    pub async fn append_at(
        &self,
        organization: &str,
        size: u64,
        entries: &mut (dyn Iterator<Item = Result<NewEntry, Stop>> + Send),
        now: Timestamp,
        random: &dyn Random,
    ) -> Result<Option<Range<u64>>, LedgerError> {
        if !is_organization(organization) {
            return Err(LedgerError::Organization { organization: organization.to_owned() });
        }
        let db = &self.db;
        let mut tried = 0;
        let (mut tx, head) = loop {
            let mut tx = db.begin().await?;
            match rows::take_head(db, &mut tx, organization, 0).await {
                Ok(head) => break (tx, head),
                Err(error) if db.try_again(tried, &error).await => tried += 1,
                Err(error) => return Err(error.into()),
            }
        };
        if u64::try_from(head.size) != Ok(size) {
            return Ok(None);
        }
        let mut frontier = head
            .frontier(size)
            .ok_or_else(|| damaged(organization, "its head does not fit its size"))?;
        let last = Timestamp::from_millis(head.recorded_at);
        let recorded_at = if size == 0 { now } else { now.max(last) };
        loop {
            let mut chunk = Vec::with_capacity(AT_ONCE);
            while chunk.len() < AT_ONCE
                && let Some(entry) = entries.next()
            {
                let entry = entry.map_err(LedgerError::Stopped)?;
                if [REDACTION, KEY_CHANGE].contains(&&*entry.kind) {
                    return Err(LedgerError::Reserved { kind: entry.kind });
                }
                if frontier.size() >= MAX_SEQ - 1 {
                    return Err(damaged(organization, "its size is above 2^53"));
                }
                let entry = seal(organization, &entry, now, random)?;
                let entry = entry.at(frontier.size(), recorded_at);
                frontier.push(entry.leaf_hash);
                chunk.push(entry);
            }
            if chunk.is_empty() {
                break;
            }
            rows::insert(db, &mut tx, &chunk, &index(organization, &chunk)?).await?;
        }
        rows::put_head(db, &mut tx, organization, &frontier, recorded_at).await?;
        tx.commit().await.map_err(|source| db.failed("commit entries", source))?;
        Ok(Some(size..frontier.size()))
    }

    async fn take_body(
        &self,
        tx: &mut sqlx::Transaction<'static, sqlx::Any>,
        organization: &str,
        seq: u64,
    ) -> Result<(), LedgerError> {
        let failed = |source| self.db.failed("redact an entry", source);
        let refused =
            |why| LedgerError::Unredactable { organization: organization.to_owned(), seq, why };
        let rows = rows::page(&self.db, &mut **tx, organization, seq, 1).await?;
        let row = rows.into_iter().next().filter(|row| u64::try_from(row.seq) == Ok(seq));
        let row = row.ok_or_else(|| refused("there is no such entry"))?;
        if [REDACTION, KEY_CHANGE].contains(&&*row.kind) {
            return Err(refused("it says what became of the ledger itself"));
        }
        if row.body.is_none() {
            return Err(refused("its body is gone already"));
        }
        for sql in [
            "UPDATE ledger_entry SET body = NULL, salt = NULL \
             WHERE organization_id = $1 AND seq = $2",
            "DELETE FROM evidence_index WHERE organization_id = $1 AND seq = $2",
        ] {
            let query = sqlx::query(sql).bind(organization).bind(row.seq);
            query.execute(&mut **tx).await.map_err(failed)?;
        }
        Ok(())
    }

    /// How long a ledger is; 0 if there is none.
    pub async fn size(&self, organization: &str) -> Result<u64, LedgerError> {
        Ok(self.head(organization).await?.map_or(0, |head| head.size))
    }

    /// The head of a ledger; `None` while it is empty.
    pub async fn head(&self, organization: &str) -> Result<Option<Head>, LedgerError> {
        let Some(row) = rows::read_head(&self.db, self.db.reader(), organization).await? else {
            return Ok(None);
        };
        let size =
            u64::try_from(row.size).map_err(|_| damaged(organization, "its size is negative"))?;
        let root = row.root.parse().map_err(|_| damaged(organization, "its root is not a hash"))?;
        let recorded_at = Timestamp::from_millis(row.recorded_at);
        Ok((size > 0).then_some(Head { size, root, recorded_at }))
    }

    /// Entries from number `from` on, at most `limit`.
    pub async fn entries(
        &self,
        organization: &str,
        from: u64,
        limit: u32,
    ) -> Result<Vec<Entry>, LedgerError> {
        let rows = rows::page(&self.db, self.db.reader(), organization, from, limit).await?;
        let entries = rows.into_iter().map(rows_entry(organization));
        entries.collect()
    }

    /// The root of the first `size` entries, from their leaf hashes as stored.
    pub async fn root_at(&self, organization: &str, size: u64) -> Result<Hash, LedgerError> {
        let mut frontier = Frontier::new();
        while frontier.size() < size {
            let left = u32::try_from(size - frontier.size()).unwrap_or(u32::MAX);
            let page = self.entries(organization, frontier.size(), left.min(1_000)).await?;
            if page.is_empty() {
                return Err(damaged(organization, format!("entry {} is missing", frontier.size())));
            }
            page.iter().for_each(|entry| frontier.push(entry.leaf_hash));
        }
        Ok(frontier.root())
    }

    /// All organizations that have a ledger here, in order.
    pub async fn organizations(&self) -> Result<Vec<String>, LedgerError> {
        let failed = |source| self.db.failed("list the organizations", source);
        let query = sqlx::query("SELECT organization_id FROM ledger_head");
        let rows = query.fetch_all(self.db.reader()).await.map_err(failed)?;
        let ids = rows.iter().map(|row| row.try_get(0)).collect::<Result<Vec<String>, _>>();
        let mut ids = ids.map_err(failed)?;
        // Not in SQL: databases differ in their order of text.
        ids.sort_unstable();
        Ok(ids)
    }
}

impl Prepared {
    fn at(&self, seq: u64, recorded_at: Timestamp) -> Entry {
        let envelope = Envelope { seq, recorded_at, ..self.envelope.clone() };
        let leaf_hash = envelope.leaf();
        Entry {
            organization: envelope.organization,
            seq,
            kind: envelope.kind,
            recorded_at,
            author: envelope.author,
            body: Some(self.body.clone()),
            salt: Some(self.salt),
            body_hash: envelope.body_hash,
            leaf_hash,
            idempotency: self.idempotency.clone(),
        }
    }
}

/// What goes into the ledger for an entry, whatever its place.
fn prepare(
    organization: &str,
    entry: &NewEntry,
    now: Timestamp,
    random: &dyn Random,
) -> Result<Prepared, LedgerError> {
    let sealed = seal(organization, entry, now, random)?;
    // A body that could not be read back as evidence is refused now, not found out later.
    index(organization, &[sealed.at(0, now)])?;
    Ok(sealed)
}

/// The same before anybody has looked whether the body can be read back.
fn seal(
    organization: &str,
    entry: &NewEntry,
    now: Timestamp,
    random: &dyn Random,
) -> Result<Prepared, LedgerError> {
    let refused = |source| LedgerError::Refused {
        organization: organization.to_owned(),
        kind: entry.kind.clone(),
        source,
    };
    let (body, _) = canonical_body(&entry.body).map_err(refused)?;
    let salt = Salt::new(random);
    let envelope = Envelope {
        format: FORMAT.to_owned(),
        organization: organization.to_owned(),
        seq: 0,
        kind: entry.kind.clone(),
        recorded_at: now,
        author: entry.author.clone(),
        body_hash: salt.body_hash(&body),
    };
    envelope.check().map_err(refused)?;
    if entry.idempotency.as_deref().is_some_and(|key| !is_word(key)) {
        let why = "its key is empty, too long or holds control characters";
        return Err(refused(EnvelopeError::Malformed { why }));
    }
    Ok(Prepared { envelope, body, salt, idempotency: entry.idempotency.clone() })
}

pub(crate) fn index(organization: &str, entries: &[Entry]) -> Result<Vec<Indexed>, LedgerError> {
    let lines = entries.iter().filter_map(|entry| Indexed::of(entry).transpose());
    lines
        .collect::<Result<_, _>>()
        .map_err(|source| LedgerError::Record { organization: organization.to_owned(), source })
}

pub(crate) fn rows_entry(
    organization: &str,
) -> impl Fn(crate::entry::Row) -> Result<Entry, LedgerError> {
    move |row| {
        let seq = row.seq;
        row.entry().map_err(|what| damaged(organization, format!("entry {seq}: {what}")))
    }
}

pub(crate) fn damaged(organization: &str, what: impl Into<String>) -> LedgerError {
    LedgerError::Damaged { organization: organization.to_owned(), what: what.into() }
}

/// The root of an empty tree, for a ledger that does not exist yet.
pub fn empty_root() -> Hash {
    Frontier::new().root()
}

//! Is the ledger what was recorded? Everything is computed again from the rows, a page at a time,
//! and compared with the head, and with a signed head that was kept outside.

use std::fmt;

use sqlx::{AssertSqlSafe, Row as _};

use asepsis_core::hash::Hash;

use crate::audit::Audit;
pub use crate::audit::{Fault, Wrong};
use crate::checkpoint::{Checkpoint, origin};
use crate::entry::{COLUMNS, Row};
use crate::evidence::PAGE;
use crate::ledger::{LedgerError, REDACTION, Store, empty_root, rows_entry};
use crate::rows;

/// What is known of the end of the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tail {
    /// A signed head from outside vouches for this many entries.
    Held {
        /// How many entries were signed.
        signed: u64,
    },
    /// Nobody outside vouches for any length.
    Unknown,
}

/// The outcome of a verification.
#[derive(Debug, PartialEq, Eq)]
pub struct Verification {
    /// How many entries were checked.
    pub size: u64,
    /// The root they lead to.
    pub root: Hash,
    /// How many of them are redacted.
    pub redacted: u64,
    /// The public keys that the ledger itself names, in order; the last is in force. Empty if the
    /// key was never changed.
    pub keys: Vec<String>,
    /// What is known of its end.
    pub tail: Tail,
    /// The first fault, if there is one.
    pub fault: Option<Fault>,
}

impl Verification {
    /// Whether nothing is wrong.
    pub const fn is_sound(&self) -> bool {
        self.fault.is_none()
    }
}

impl fmt::Display for Tail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Held { signed } => {
                write!(f, "a signed head from outside vouches for the first {signed} entries")
            }
            Self::Unknown => {
                f.write_str("no signed head from outside: a cut tail cannot be excluded")
            }
        }
    }
}

impl fmt::Display for Verification {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.fault {
            None => {
                write!(f, "{} entries, {} redacted, sound; {}", self.size, self.redacted, self.tail)
            }
            Some(fault) => write!(f, "{fault}; {}", self.tail),
        }
    }
}

impl Store {
    /// Verifies a ledger. `outside` is a head whose signature has been checked
    /// ([`Checkpoint::open`]); a head of another ledger is a fault.
    ///
    /// Entries that are appended meanwhile are left for the next time.
    pub async fn verify(
        &self,
        organization: &str,
        outside: Option<&Checkpoint>,
    ) -> Result<Verification, LedgerError> {
        let mut audit = Audit::new(organization, outside.map(|head| (head.size, head.root)));
        let fault = match outside {
            Some(head) if head.origin != origin(organization) => {
                let what = format!("the signed head is of {}", head.origin);
                Some(Fault { seq: None, wrong: Wrong::Head(what) })
            }
            _ => self.walk(organization, &mut audit).await?.err(),
        };
        Ok(Verification {
            size: audit.frontier.size(),
            root: audit.frontier.root(),
            redacted: u64::try_from(audit.gone.len()).unwrap_or(u64::MAX),
            tail: outside.map_or(Tail::Unknown, |head| Tail::Held { signed: head.size }),
            keys: audit.keys,
            fault,
        })
    }

    async fn walk(
        &self,
        organization: &str,
        audit: &mut Audit,
    ) -> Result<Result<(), Fault>, LedgerError> {
        let of_head = |what: &str| Fault { seq: None, wrong: Wrong::Head(what.to_owned()) };
        let head = rows::read_head(self.db(), self.db().reader(), organization).await?;
        let size = match &head {
            None => 0,
            Some(row) => match u64::try_from(row.size) {
                Ok(size) => size,
                Err(_) => return Ok(Err(of_head("the head's size is negative"))),
            },
        };
        while audit.frontier.size() < size {
            let from = audit.frontier.size();
            let page = rows::page(self.db(), self.db().reader(), organization, from, PAGE).await?;
            if page.is_empty() {
                return Ok(Err(Fault { seq: Some(from), wrong: Wrong::Missing }));
            }
            for row in page {
                if audit.frontier.size() == size {
                    break;
                }
                let at = audit.frontier.size();
                if u64::try_from(row.seq) != Ok(at) {
                    return Ok(Err(Fault { seq: Some(at), wrong: Wrong::Missing }));
                }
                let checked = row
                    .entry()
                    .map_err(|what| Fault { seq: Some(at), wrong: Wrong::Form(what.to_owned()) })
                    .and_then(|entry| audit.push(&entry));
                if let Err(fault) = checked {
                    return Ok(Err(fault));
                }
            }
        }
        let root = audit.frontier.root();
        let stored = head.as_ref().map_or_else(|| empty_root().to_string(), |row| row.root.clone());
        if stored != root.to_string() {
            return Ok(Err(Fault { seq: None, wrong: Wrong::Root }));
        }
        if let Some(row) = &head {
            if row.frontier(size).as_ref() != Some(&audit.frontier) {
                return Ok(Err(of_head("the head's right edge does not fit its root")));
            }
            if audit.last.is_some_and(|last| last.as_millis() != row.recorded_at) {
                return Ok(Err(of_head("the head's time is not that of the last entry")));
            }
        }
        if let Some(fault) = self.beyond(organization, size, audit).await? {
            return Ok(Err(fault));
        }
        Ok(audit.finish())
    }

    /// Looks at what lies behind the head that was read: entries appended meanwhile are fine, and
    /// their redactions count; entries that no head counts are not.
    async fn beyond(
        &self,
        organization: &str,
        size: u64,
        audit: &mut Audit,
    ) -> Result<Option<Fault>, LedgerError> {
        let failed = |source| self.db().failed("look behind the head", source);
        let first = i64::try_from(size).unwrap_or(i64::MAX);
        let sql = format!(
            "SELECT {COLUMNS} FROM ledger_entry \
             WHERE organization_id = $1 AND kind = $2 AND seq >= $3 ORDER BY seq"
        );
        let query = sqlx::query(AssertSqlSafe(sql)).bind(organization).bind(REDACTION).bind(first);
        for row in query.fetch_all(self.db().reader()).await.map_err(failed)? {
            let entry = rows_entry(organization)(Row::read(&row).map_err(failed)?)?;
            audit.redaction(&entry);
        }
        // MAX first, head second: an append in between only makes the head larger.
        let sql = "SELECT COALESCE(MAX(seq), -1), COALESCE(MIN(seq), 0) FROM ledger_entry \
                   WHERE organization_id = $1";
        let query = sqlx::query(sql).bind(organization).fetch_one(self.db().reader());
        let row = query.await.map_err(failed)?;
        let last: i64 = row.try_get(0).map_err(failed)?;
        let lowest: i64 = row.try_get(1).map_err(failed)?;
        let now = rows::read_head(self.db(), self.db().reader(), organization)
            .await?
            .map_or(0, |row| row.size);
        if lowest < 0 {
            let what = format!("an entry has the number {lowest}");
            return Ok(Some(Fault { seq: None, wrong: Wrong::Head(what) }));
        }
        let uncounted = last >= now;
        Ok(uncounted.then(|| Fault { seq: u64::try_from(now).ok(), wrong: Wrong::Beyond }))
    }
}

//! Failed attempts to sign in, counted under a key that the caller makes (a name, an address). How
//! long somebody must wait is the caller's.

use sqlx::any::AnyRow;

use asepsis_core::time::Timestamp;

use crate::db::DbError;
use crate::ledger::Store;
use crate::statement::{count, time};

/// Failures in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failures {
    /// How many.
    pub count: u64,
    /// When the last was.
    pub last_at: Timestamp,
}

fn read(row: &AnyRow) -> Result<Failures, sqlx::Error> {
    Ok(Failures { count: count(row, 0)?, last_at: time(row, 1)? })
}

impl Store {
    /// The failures under a key; `None` if there was none, or none since a success.
    pub async fn failures(
        &self,
        organization: &str,
        key: &str,
    ) -> Result<Option<Failures>, DbError> {
        let sql = "SELECT failures, last_at FROM sign_in_failure \
                   WHERE organization_id = $1 AND who = $2";
        let query = sqlx::query(sql).bind(organization).bind(key);
        self.db().read_one("count failures to sign in", query, read).await
    }

    /// Counts one more failure. What is older than a day is forgotten, under every key, so the
    /// count begins anew.
    pub async fn note_failure(
        &self,
        organization: &str,
        key: &str,
        now: Timestamp,
    ) -> Result<Failures, DbError> {
        let mut tried = 0;
        loop {
            match self.try_note_failure(organization, key, now).await {
                Err(error) if self.db().try_again(tried, &error).await => tried += 1,
                done => return done,
            }
        }
    }

    async fn try_note_failure(
        &self,
        organization: &str,
        key: &str,
        now: Timestamp,
    ) -> Result<Failures, DbError> {
        let failed = |source| self.db().failed("note a failure to sign in", source);
        let mut tx = self.db().begin().await?;
        let sql = "DELETE FROM sign_in_failure WHERE organization_id = $1 AND last_at < $2";
        let query = sqlx::query(sql).bind(organization).bind(now.plus_days(-1).as_millis());
        query.execute(&mut *tx).await.map_err(failed)?;
        let sql = "INSERT INTO sign_in_failure (organization_id, who, failures, last_at) \
                   VALUES ($1, $2, 1, $3) ON CONFLICT (organization_id, who) DO UPDATE \
                   SET failures = sign_in_failure.failures + 1, last_at = excluded.last_at \
                   RETURNING failures, last_at";
        let query = sqlx::query(sql).bind(organization).bind(key).bind(now.as_millis());
        let row = query.fetch_one(&mut *tx).await.map_err(failed)?;
        tx.commit().await.map_err(failed)?;
        read(&row).map_err(failed)
    }

    /// Forgets the failures under a key: somebody signed in.
    pub async fn clear_failures(&self, organization: &str, key: &str) -> Result<(), DbError> {
        let sql = "DELETE FROM sign_in_failure WHERE organization_id = $1 AND who = $2";
        let query = || sqlx::query(sql).bind(organization).bind(key);
        self.db().change("forget failures to sign in", query).await.map(drop)
    }
}

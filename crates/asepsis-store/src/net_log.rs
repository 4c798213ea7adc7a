//! The private list of what this program asked of whom over the network. It is no evidence and
//! never enters the ledger.

use sqlx::Row as _;
use sqlx::any::AnyRow;

use asepsis_core::time::Timestamp;

use crate::db::DbError;
use crate::ledger::Store;

/// One question to somebody outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetCall {
    /// When it was asked.
    pub at: Timestamp,
    /// Over what: `dns` or `https`.
    pub protocol: String,
    /// Whom.
    pub peer: String,
    /// What, without secrets.
    pub what: String,
}

impl Store {
    /// Notes questions that were asked.
    pub async fn note_calls(&self, organization: &str, calls: &[NetCall]) -> Result<(), DbError> {
        let mut tried = 0;
        loop {
            match self.try_note_calls(organization, calls).await {
                Err(error) if self.db().try_again(tried, &error).await => tried += 1,
                done => return done,
            }
        }
    }

    async fn try_note_calls(&self, organization: &str, calls: &[NetCall]) -> Result<(), DbError> {
        let failed = |source| self.db().failed("note what was asked over the network", source);
        let mut tx = self.db().begin().await?;
        for call in calls {
            let sql = "INSERT INTO net_log (organization_id, at, protocol, peer, what) \
                       VALUES ($1, $2, $3, $4, $5)";
            let query = sqlx::query(sql)
                .bind(organization)
                .bind(call.at.as_millis())
                .bind(call.protocol.as_str())
                .bind(call.peer.as_str())
                .bind(call.what.as_str());
            query.execute(&mut *tx).await.map_err(failed)?;
        }
        tx.commit().await.map_err(failed)
    }

    /// What was asked at `since` or later, oldest first.
    pub async fn calls(
        &self,
        organization: &str,
        since: Timestamp,
        limit: u32,
    ) -> Result<Vec<NetCall>, DbError> {
        let failed = |source| self.db().failed("read what was asked over the network", source);
        let sql = "SELECT at, protocol, peer, what FROM net_log \
                   WHERE organization_id = $1 AND at >= $2 ORDER BY at LIMIT $3";
        let query =
            sqlx::query(sql).bind(organization).bind(since.as_millis()).bind(i64::from(limit));
        let rows = query.fetch_all(self.db().reader()).await.map_err(failed)?;
        rows.iter().map(read).collect::<Result<_, sqlx::Error>>().map_err(failed)
    }

    /// What was asked, newest first: `limit` questions after the first `skip`.
    pub async fn calls_page(
        &self,
        organization: &str,
        skip: u32,
        limit: u32,
    ) -> Result<Vec<NetCall>, DbError> {
        let sql = "SELECT at, protocol, peer, what FROM net_log WHERE organization_id = $1 \
                   ORDER BY at DESC, protocol, what, peer LIMIT $2 OFFSET $3";
        let query = sqlx::query(sql).bind(organization).bind(i64::from(limit));
        let query = query.bind(i64::from(skip));
        self.db().read("read what was asked over the network", query, read).await
    }

    /// How many questions were asked.
    pub async fn count_calls(&self, organization: &str) -> Result<u64, DbError> {
        let sql = "SELECT COUNT(*) FROM net_log WHERE organization_id = $1";
        let query = sqlx::query(sql).bind(organization);
        let count = |row: &AnyRow| row.try_get::<i64, _>(0);
        let counted = self.db().read_one("count what was asked", query, count).await?;
        Ok(counted.and_then(|it| u64::try_from(it).ok()).unwrap_or_default())
    }
}

fn read(row: &AnyRow) -> Result<NetCall, sqlx::Error> {
    Ok(NetCall {
        at: Timestamp::from_millis(row.try_get(0)?),
        protocol: row.try_get(1)?,
        peer: row.try_get(2)?,
        what: row.try_get(3)?,
    })
}

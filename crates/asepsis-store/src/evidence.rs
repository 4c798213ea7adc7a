//! From the ledger to the engine: evidence by way of its index, and the index made again.

use sqlx::Row as _;

use asepsis_core::evidence::{Evidence, Record};
use asepsis_core::time::Timestamp;

use crate::db::{NEWEST_LOOK, READ_INDEXES, READ_TABLES};
use crate::ledger::{LedgerError, Store, damaged, index, rows_entry};
use crate::rows;

/// Entries read at once.
pub(crate) const PAGE: u32 = 200;
/// Entries of evidence read at once.
const EVIDENCE_PAGE: u32 = 2_000;

impl Store {
    /// The evidence an assessment reads, in the ledger's order: of the first `known_at` entries (all
    /// if `None`) the observations made at `observed_since` or later, and every other record.
    /// Redacted bodies and kinds that are no evidence are left out, and how each fact was read.
    pub async fn evidence(
        &self,
        organization: &str,
        known_at: Option<u64>,
        observed_since: Option<Timestamp>,
    ) -> Result<Vec<Evidence>, LedgerError> {
        let failed = |source| self.db().failed("read evidence", source);
        let sql = "SELECT e.seq, e.kind, e.recorded_at, e.author, e.body FROM evidence_index i \
                   JOIN ledger_entry e ON e.organization_id = i.organization_id AND e.seq = i.seq \
                   WHERE i.organization_id = $1 AND i.seq < $2 AND i.seq > $4 \
                   AND (i.kind <> 'observation' OR i.at >= $3) AND e.body IS NOT NULL \
                   ORDER BY i.seq LIMIT $5";
        let (mut evidence, mut after) = (Vec::new(), -1_i64);
        loop {
            let query = sqlx::query(sql)
                .bind(organization)
                .bind(known_at.and_then(|size| i64::try_from(size).ok()).unwrap_or(i64::MAX))
                .bind(observed_since.map_or(i64::MIN, Timestamp::as_millis))
                .bind(after)
                .bind(i64::from(EVIDENCE_PAGE));
            // A page at a time, so that a fleet's bodies never stand in memory beside their records.
            let rows = query.fetch_all(self.db().reader()).await.map_err(failed)?;
            for row in &rows {
                let seq: i64 = row.try_get(0).map_err(failed)?;
                let kind: String = row.try_get(1).map_err(failed)?;
                let recorded_at = Timestamp::from_millis(row.try_get(2).map_err(failed)?);
                let author = row.try_get(3).map_err(failed)?;
                let body: String = row.try_get(4).map_err(failed)?;
                let record = Record::for_judging(&kind, &body).map_err(|source| {
                    LedgerError::Record { organization: organization.to_owned(), source }
                })?;
                after = seq;
                let seq = u64::try_from(seq)
                    .map_err(|_| damaged(organization, "a number is negative"))?;
                if let Some(record) = record {
                    evidence.push(Evidence { seq, recorded_at, author, record });
                }
            }
            if rows.len() < EVIDENCE_PAGE as usize {
                return Ok(evidence);
            }
        }
    }

    /// Makes the read tables of one organization again from its ledger.
    pub async fn rebuild(&self, organization: &str) -> Result<(), LedgerError> {
        let mut tried = 0;
        loop {
            match self.try_rebuild(organization).await {
                Err(LedgerError::Db(error)) if self.db().try_again(tried, &error).await => {
                    tried += 1;
                }
                done => return done,
            }
        }
    }

    async fn try_rebuild(&self, organization: &str) -> Result<(), LedgerError> {
        let db = self.db();
        let failed = |source| db.failed("rebuild the index of evidence", source);
        let mut tx = db.begin().await?;
        for sql in [READ_TABLES, READ_INDEXES, NEWEST_LOOK] {
            sqlx::raw_sql(sql).execute(&mut *tx).await.map_err(failed)?;
        }
        // Nobody appends meanwhile.
        rows::take_head(db, &mut tx, organization, 0).await?;
        for sql in [
            "DELETE FROM evidence_index WHERE organization_id = $1",
            "DELETE FROM newest_look WHERE organization_id = $1",
        ] {
            sqlx::query(sql).bind(organization).execute(&mut *tx).await.map_err(failed)?;
        }
        let mut from = 0;
        loop {
            let page = rows::page(db, &mut *tx, organization, from, PAGE).await?;
            let Some(last) = page.last() else { break };
            from = u64::try_from(last.seq).unwrap_or(u64::MAX).saturating_add(1);
            let entries =
                page.into_iter().map(rows_entry(organization)).collect::<Result<Vec<_>, _>>()?;
            rows::insert_index(db, &mut tx, &index(organization, &entries)?).await?;
        }
        tx.commit().await.map_err(failed)?;
        Ok(())
    }
}

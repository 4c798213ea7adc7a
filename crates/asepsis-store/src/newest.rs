//! The newest look at each subject by each collector: what a file is held against that brings in a
//! whole fleet. A read table, kept with each entry and made again by a rebuild.

use sqlx::Row as _;

use asepsis_core::evidence::Record;
use asepsis_core::observation::Observation;
use asepsis_core::time::Timestamp;

use crate::ledger::{LedgerError, Store, damaged};

/// Subjects read at once.
const PAGE: i64 = 500;

/// One look, where it stands in the ledger.
#[derive(Clone, Debug, PartialEq)]
pub struct NewestLook {
    /// Its entry.
    pub seq: u64,
    /// When the ledger took it.
    pub recorded_at: Timestamp,
    /// What was seen.
    pub observation: Observation,
}

impl Store {
    /// Hands over, subject by subject, the newest look of one collector under one schema. Redacted
    /// ones are left out.
    pub async fn newest_looks(
        &self,
        organization: &str,
        schema: &str,
        collector: &str,
        mut each: impl FnMut(NewestLook),
    ) -> Result<(), LedgerError> {
        let sql = "SELECT n.subject, e.seq, e.recorded_at, e.body FROM newest_look n \
                   JOIN ledger_entry e ON e.organization_id = n.organization_id AND e.seq = n.seq \
                   WHERE n.organization_id = $1 AND n.schema = $2 AND n.collector = $3 \
                   AND n.subject > $4 ORDER BY n.subject LIMIT $5";
        let mut after = String::new();
        loop {
            let query = sqlx::query(sql)
                .bind(organization)
                .bind(schema)
                .bind(collector)
                .bind(after.as_str())
                .bind(PAGE);
            let read = |row: &sqlx::any::AnyRow| {
                let (seq, recorded_at): (i64, i64) = (row.try_get(1)?, row.try_get(2)?);
                let (subject, body): (String, Option<String>) = (row.try_get(0)?, row.try_get(3)?);
                Ok((subject, seq, recorded_at, body))
            };
            let rows = self.db().read("read the newest looks", query, read).await?;
            let Some((last, ..)) = rows.last() else { return Ok(()) };
            after.clone_from(last);
            for (_, seq, recorded_at, body) in rows {
                let Some(body) = body else { continue };
                let wrong = || damaged(organization, format!("entry {seq} is no observation"));
                let value = serde_json::from_str(&body).map_err(|_| wrong())?;
                let Ok(Some(Record::Observation(observation))) =
                    Record::from_body("observation", value)
                else {
                    return Err(wrong());
                };
                each(NewestLook {
                    seq: u64::try_from(seq).map_err(|_| wrong())?,
                    recorded_at: Timestamp::from_millis(recorded_at),
                    observation,
                });
            }
        }
    }
}

impl Store {
    /// The looks at a subject, under one of its keys, of one moment.
    pub async fn looks_at(
        &self,
        organization: &str,
        subject: &str,
        at: Timestamp,
    ) -> Result<Vec<Observation>, LedgerError> {
        let sql = "SELECT e.body FROM evidence_index i JOIN ledger_entry e \
                   ON e.organization_id = i.organization_id AND e.seq = i.seq \
                   WHERE i.organization_id = $1 AND i.subject = $2 AND i.at = $3 \
                   AND i.kind = 'observation' AND e.body IS NOT NULL";
        let query = sqlx::query(sql).bind(organization).bind(subject).bind(at.as_millis());
        let read = |row: &sqlx::any::AnyRow| row.try_get::<String, _>(0);
        let bodies = self.db().read("read looks of one moment", query, read).await?;
        let looks = bodies.into_iter().filter_map(|body| {
            match Record::from_body("observation", serde_json::from_str(&body).ok()?) {
                Ok(Some(Record::Observation(it))) => Some(it),
                _ => None,
            }
        });
        Ok(looks.collect())
    }
}

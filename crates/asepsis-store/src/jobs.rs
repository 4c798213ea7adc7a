//! Long work that any process can claim and any process can go on with. Whoever claims a job has it
//! until its lease ends; then it is there for the next, as another attempt.

use std::fmt;
use std::str::FromStr;

use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row as _};

use asepsis_core::time::Timestamp;

use crate::db::DbError;
use crate::ledger::Store;
use crate::statement::{Statement, count, maybe_time, parsed, time};

/// How far a job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JobState {
    /// Nobody has claimed it.
    Queued,
    /// Somebody has, and works on it or died.
    Running,
    /// It is done.
    Done,
    /// It was given up.
    Failed,
}

impl JobState {
    /// All of them, in their order.
    pub const ALL: [Self; 4] = [Self::Queued, Self::Running, Self::Done, Self::Failed];

    /// The word as it is stored.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }

    /// Whether nothing more happens to it.
    pub const fn is_finished(self) -> bool {
        matches!(self, Self::Done | Self::Failed)
    }
}

impl fmt::Display for JobState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for JobState {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|state| state.word() == text).ok_or_else(|| {
            format!("{text:?} is not the state of a job: queued, running, done or failed")
        })
    }
}

/// Work that somebody wants done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewJob {
    /// Its random id.
    pub id: String,
    /// A key of which one job at a time is queued or running.
    pub key: Option<String>,
    /// What kind of work.
    pub kind: String,
    /// What exactly, as JSON.
    pub detail: String,
    /// Id of the account that wants it.
    pub created_by: String,
    /// When it was wanted.
    pub created_at: Timestamp,
}

/// Work as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Its random id.
    pub id: String,
    /// What kind of work.
    pub kind: String,
    /// What exactly, as JSON.
    pub detail: String,
    /// How far it is.
    pub state: JobState,
    /// How often it was claimed.
    pub attempt: u64,
    /// Until when it is claimed.
    pub lease_until: Option<Timestamp>,
    /// How far it came, as JSON; `{}` at first.
    pub progress: String,
    /// Id of the account that wants it.
    pub created_by: String,
    /// When it was wanted.
    pub created_at: Timestamp,
    /// When it was finished.
    pub finished_at: Option<Timestamp>,
    /// What came of it.
    pub outcome: Option<String>,
}

/// The columns that [`read`] wants, in its order.
const COLUMNS: &str = "id, kind, detail, state, attempt, lease_until, progress, created_by, \
                       created_at, finished_at, outcome";

/// What can be claimed at `$2`.
const CLAIMABLE: &str = "(state = 'queued' OR (state = 'running' AND lease_until <= $2))";

fn read(row: &AnyRow) -> Result<Job, sqlx::Error> {
    Ok(Job {
        id: row.try_get(0)?,
        kind: row.try_get(1)?,
        detail: row.try_get(2)?,
        state: parsed(row, 3)?,
        attempt: count(row, 4)?,
        lease_until: maybe_time(row, 5)?,
        progress: row.try_get(6)?,
        created_by: row.try_get(7)?,
        created_at: time(row, 8)?,
        finished_at: maybe_time(row, 9)?,
        outcome: row.try_get(10)?,
    })
}

fn number(attempt: u64) -> i64 {
    i64::try_from(attempt).unwrap_or(i64::MAX)
}

impl Store {
    /// Puts a job into the queue and hands back its id, or that of the job which is queued or
    /// running under the same key.
    pub async fn enqueue(&self, organization: &str, job: &NewJob) -> Result<String, DbError> {
        let insert = "INSERT INTO job (organization_id, id, job_key, kind, detail, state, attempt, \
                      progress, created_by, created_at) \
                      VALUES ($1, $2, $3, $4, $5, 'queued', 0, '{}', $6, $7) \
                      ON CONFLICT (organization_id, job_key) WHERE state IN ('queued', 'running') \
                      DO NOTHING";
        let query = || {
            sqlx::query(insert)
                .bind(organization)
                .bind(job.id.as_str())
                .bind(job.key.as_deref())
                .bind(job.kind.as_str())
                .bind(job.detail.as_str())
                .bind(job.created_by.as_str())
                .bind(job.created_at.as_millis())
        };
        loop {
            if self.db().change("put a job into the queue", query).await? > 0 {
                return Ok(job.id.clone());
            }
            let sql = "SELECT id FROM job WHERE organization_id = $1 AND job_key = $2 \
                       AND state IN ('queued', 'running')";
            let other = sqlx::query(sql).bind(organization).bind(job.key.as_deref());
            let other = self.db().read_one("look up a job by its key", other, |row| row.try_get(0));
            // None: it was finished in between, so there is room now.
            if let Some(id) = other.await? {
                return Ok(id);
            }
        }
    }

    /// Claims the oldest job that is queued or whose lease is over, for `lease_ms` from now on, as
    /// its next attempt; `None` if there is none.
    pub async fn claim_job(
        &self,
        organization: &str,
        now: Timestamp,
        lease_ms: i64,
    ) -> Result<Option<Job>, DbError> {
        // An empty queue is the rule, and looking at it takes no lock.
        let oldest = format!(
            "SELECT id, attempt FROM job WHERE organization_id = $1 AND {CLAIMABLE} \
             ORDER BY created_at, id LIMIT 1"
        );
        let claim = format!(
            "UPDATE job SET state = 'running', attempt = attempt + 1, lease_until = $3 \
             WHERE organization_id = $1 AND id = $4 AND attempt = $5 AND {CLAIMABLE} \
             RETURNING {COLUMNS}"
        );
        let until = now.as_millis().saturating_add(lease_ms);
        loop {
            let query = sqlx::query(AssertSqlSafe(oldest.as_str()));
            let query = query.bind(organization).bind(now.as_millis());
            let found = self.db().read_one("look for a job", query, |row| {
                Ok((row.try_get::<String, _>(0)?, row.try_get::<i64, _>(1)?))
            });
            let Some((id, attempt)) = found.await? else { return Ok(None) };
            let query = || {
                let query = sqlx::query(AssertSqlSafe(claim.as_str())).bind(organization);
                query.bind(now.as_millis()).bind(until).bind(id.as_str()).bind(attempt)
            };
            let row = self.db().change_returning("claim a job", query).await?;
            // No row: somebody else was faster, so look again.
            if let Some(row) = row {
                return read(&row)
                    .map(Some)
                    .map_err(|source| self.db().failed("claim a job", source));
            }
        }
    }

    /// Notes how far an attempt came and claims the job on until `lease_until`; `false` if the job
    /// is no longer this attempt's.
    pub async fn job_progress(
        &self,
        organization: &str,
        id: &str,
        attempt: u64,
        progress: &str,
        lease_until: Timestamp,
    ) -> Result<bool, DbError> {
        let sql = "UPDATE job SET progress = $4, lease_until = $5 WHERE organization_id = $1 \
                   AND id = $2 AND attempt = $3 AND state = 'running'";
        let query = || {
            let query = sqlx::query(sql).bind(organization).bind(id).bind(number(attempt));
            query.bind(progress).bind(lease_until.as_millis())
        };
        Ok(self.db().change("note the progress of a job", query).await? > 0)
    }

    /// Finishes a job as done or failed; `false` if it is no longer this attempt's, or the state is
    /// none that finishes.
    pub async fn finish_job(
        &self,
        organization: &str,
        id: &str,
        attempt: u64,
        state: JobState,
        outcome: &str,
        now: Timestamp,
    ) -> Result<bool, DbError> {
        if !state.is_finished() {
            return Ok(false);
        }
        let sql = "UPDATE job SET state = $4, outcome = $5, finished_at = $6, lease_until = NULL \
                   WHERE organization_id = $1 AND id = $2 AND attempt = $3 AND state = 'running'";
        let query = || {
            let query = sqlx::query(sql).bind(organization).bind(id).bind(number(attempt));
            query.bind(state.word()).bind(outcome).bind(now.as_millis())
        };
        Ok(self.db().change("finish a job", query).await? > 0)
    }

    /// One job by its id.
    pub async fn job(&self, organization: &str, id: &str) -> Result<Option<Job>, DbError> {
        let query = jobs("AND id = $2").bind(organization).bind(id);
        self.db().read_one("read a job", query, read).await
    }

    /// The newest jobs, newest first.
    pub async fn jobs(&self, organization: &str, limit: u32) -> Result<Vec<Job>, DbError> {
        let query = jobs("ORDER BY created_at DESC, id DESC LIMIT $2");
        let query = query.bind(organization).bind(i64::from(limit));
        self.db().read("read the jobs", query, read).await
    }

    /// The jobs that are queued or running, oldest first.
    pub async fn unfinished_jobs(&self, organization: &str) -> Result<Vec<Job>, DbError> {
        let query = jobs("AND state IN ('queued', 'running') ORDER BY created_at, id");
        self.db().read("read the unfinished jobs", query.bind(organization), read).await
    }
}

/// The jobs of an organization (`$1`), of which `rest` says which and in what order.
fn jobs(rest: &str) -> Statement {
    let sql = format!("SELECT {COLUMNS} FROM job WHERE organization_id = $1 {rest}");
    sqlx::query(AssertSqlSafe(sql))
}

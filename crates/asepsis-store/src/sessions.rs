//! Sessions: who is signed in, by the hash of a token that only the browser has.

use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row as _};

use asepsis_core::hash::Hash;
use asepsis_core::time::Timestamp;

use crate::accounts::{self, Account};
use crate::db::DbError;
use crate::ledger::Store;
use crate::statement::{parsed, time};

/// The most characters of [`Session::agent`] that are kept; a sender can make it as long as he likes.
pub const AGENT_LIMIT: usize = 200;

/// One browser that somebody signed in with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Id of the account.
    pub account: String,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last used, as far as it was noted.
    pub seen_at: Timestamp,
    /// From when on it counts no more.
    pub expires_at: Timestamp,
    /// Whether a second factor was given.
    pub second_factor: bool,
    /// What the browser called itself.
    pub agent: String,
}

/// The columns that [`read`] wants, in its order.
const COLUMNS: &str = "s.account, s.created_at, s.seen_at, s.expires_at, s.second_factor, s.agent";
/// How many those are.
const WIDTH: usize = 6;

fn read(row: &AnyRow) -> Result<Session, sqlx::Error> {
    Ok(Session {
        account: row.try_get(0)?,
        created_at: time(row, 1)?,
        seen_at: time(row, 2)?,
        expires_at: time(row, 3)?,
        second_factor: row.try_get::<i64, _>(4)? != 0,
        agent: row.try_get(5)?,
    })
}

impl Store {
    /// Begins a session under the hash of its token.
    pub async fn create_session(
        &self,
        organization: &str,
        hash: Hash,
        session: &Session,
    ) -> Result<(), DbError> {
        let sql = "INSERT INTO session (organization_id, hash, account, created_at, seen_at, \
                   expires_at, second_factor, agent) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        let agent: String = session.agent.chars().take(AGENT_LIMIT).collect();
        let query = || {
            sqlx::query(sql)
                .bind(organization)
                .bind(hash.to_string())
                .bind(session.account.as_str())
                .bind(session.created_at.as_millis())
                .bind(session.seen_at.as_millis())
                .bind(session.expires_at.as_millis())
                .bind(i64::from(session.second_factor))
                .bind(agent.as_str())
        };
        self.db().change("begin a session", query).await.map(drop)
    }

    /// The session of a token with its account; `None` if there is none, it is over, or the account
    /// is shut.
    pub async fn session(
        &self,
        organization: &str,
        hash: Hash,
        now: Timestamp,
    ) -> Result<Option<(Session, Account)>, DbError> {
        let sql = format!(
            "SELECT {COLUMNS}, {} FROM session s \
             JOIN account a ON a.organization_id = s.organization_id AND a.id = s.account \
             WHERE s.organization_id = $1 AND s.hash = $2 AND s.expires_at > $3 \
             AND a.disabled_at IS NULL",
            accounts::COLUMNS
        );
        let query = sqlx::query(AssertSqlSafe(sql))
            .bind(organization)
            .bind(hash.to_string())
            .bind(now.as_millis());
        let both = |row: &AnyRow| Ok((read(row)?, accounts::read(row, WIDTH)?));
        self.db().read_one("read a session", query, both).await
    }

    /// Notes that a session was used.
    pub async fn touch_session(
        &self,
        organization: &str,
        hash: Hash,
        seen_at: Timestamp,
    ) -> Result<(), DbError> {
        let sql = "UPDATE session SET seen_at = $3 WHERE organization_id = $1 AND hash = $2";
        let query = || {
            let query = sqlx::query(sql).bind(organization);
            query.bind(hash.to_string()).bind(seen_at.as_millis())
        };
        self.db().change("note that a session was used", query).await.map(drop)
    }

    /// Ends a session; `false` if there is none.
    pub async fn end_session(&self, organization: &str, hash: Hash) -> Result<bool, DbError> {
        let sql = "DELETE FROM session WHERE organization_id = $1 AND hash = $2";
        let query = || sqlx::query(sql).bind(organization).bind(hash.to_string());
        Ok(self.db().change("end a session", query).await? > 0)
    }

    /// Ends all sessions of an account, but for the one that asks; says how many.
    pub async fn end_sessions_of(
        &self,
        organization: &str,
        account: &str,
        except: Option<Hash>,
    ) -> Result<u64, DbError> {
        let sql = "DELETE FROM session WHERE organization_id = $1 AND account = $2 AND hash <> $3";
        let except = except.map(|hash| hash.to_string()).unwrap_or_default();
        let query = || {
            let query = sqlx::query(sql).bind(organization);
            query.bind(account).bind(except.as_str())
        };
        self.db().change("end the sessions of an account", query).await
    }

    /// The sessions of an account that are not over, with the hashes of their tokens, last used
    /// first.
    pub async fn sessions_of(
        &self,
        organization: &str,
        account: &str,
        now: Timestamp,
    ) -> Result<Vec<(Hash, Session)>, DbError> {
        let sql = format!(
            "SELECT {COLUMNS}, s.hash FROM session s \
             WHERE s.organization_id = $1 AND s.account = $2 AND s.expires_at > $3 \
             ORDER BY s.seen_at DESC, s.hash"
        );
        let query = sqlx::query(AssertSqlSafe(sql)).bind(organization).bind(account);
        let query = query.bind(now.as_millis());
        let both = |row: &AnyRow| Ok((parsed(row, WIDTH)?, read(row)?));
        self.db().read("read the sessions of an account", query, both).await
    }

    /// Deletes the sessions that are over; says how many.
    pub async fn drop_expired_sessions(
        &self,
        organization: &str,
        now: Timestamp,
    ) -> Result<u64, DbError> {
        let sql = "DELETE FROM session WHERE organization_id = $1 AND expires_at <= $2";
        let query = || sqlx::query(sql).bind(organization).bind(now.as_millis());
        self.db().change("delete sessions that are over", query).await
    }
}

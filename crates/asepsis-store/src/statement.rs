//! One statement by itself, tried again while others hold the lock; values read back from columns.
//! It knows no table.

use std::str::FromStr;

use sqlx::any::{AnyArguments, AnyRow};
use sqlx::error::BoxDynError;
use sqlx::query::Query;
use sqlx::{Any, Row as _};

use asepsis_core::time::Timestamp;

use crate::db::{Db, DbError};

/// A statement with its values bound.
pub(crate) type Statement = Query<'static, Any, AnyArguments>;

impl Db {
    /// Runs a statement that writes; says how many rows it changed.
    pub(crate) async fn change(
        &self,
        operation: &'static str,
        statement: impl Fn() -> Statement,
    ) -> Result<u64, DbError> {
        let mut tried = 0;
        loop {
            match statement().execute(self.writer()).await {
                Ok(done) => return Ok(done.rows_affected()),
                Err(source) => {
                    let error = self.failed(operation, source);
                    if !self.try_again(tried, &error).await {
                        return Err(error);
                    }
                    tried += 1;
                }
            }
        }
    }

    /// Runs a statement that writes and hands back at most one row.
    pub(crate) async fn change_returning(
        &self,
        operation: &'static str,
        statement: impl Fn() -> Statement,
    ) -> Result<Option<AnyRow>, DbError> {
        let mut tried = 0;
        loop {
            // To the end, not to the first row: only then it is known to be committed.
            match statement().fetch_all(self.writer()).await {
                Ok(rows) => return Ok(rows.into_iter().next()),
                Err(source) => {
                    let error = self.failed(operation, source);
                    if !self.try_again(tried, &error).await {
                        return Err(error);
                    }
                    tried += 1;
                }
            }
        }
    }

    /// Reads all rows that a statement finds.
    pub(crate) async fn read<T>(
        &self,
        operation: &'static str,
        statement: Statement,
        row: impl Fn(&AnyRow) -> Result<T, sqlx::Error>,
    ) -> Result<Vec<T>, DbError> {
        let rows = statement.fetch_all(self.reader()).await;
        rows.and_then(|rows| rows.iter().map(row).collect())
            .map_err(|source| self.failed(operation, source))
    }

    /// Reads the one row that a statement finds.
    pub(crate) async fn read_one<T>(
        &self,
        operation: &'static str,
        statement: Statement,
        row: impl Fn(&AnyRow) -> Result<T, sqlx::Error>,
    ) -> Result<Option<T>, DbError> {
        let found = statement.fetch_optional(self.reader()).await;
        found
            .and_then(|found| found.as_ref().map(row).transpose())
            .map_err(|source| self.failed(operation, source))
    }
}

/// A moment.
pub(crate) fn time(row: &AnyRow, at: usize) -> Result<Timestamp, sqlx::Error> {
    row.try_get(at).map(Timestamp::from_millis)
}

/// A moment that may not have come.
pub(crate) fn maybe_time(row: &AnyRow, at: usize) -> Result<Option<Timestamp>, sqlx::Error> {
    Ok(row.try_get::<Option<i64>, _>(at)?.map(Timestamp::from_millis))
}

/// A number that is never negative.
pub(crate) fn count(row: &AnyRow, at: usize) -> Result<u64, sqlx::Error> {
    let number: i64 = row.try_get(at)?;
    u64::try_from(number).map_err(|error| broken(at, error))
}

/// A text with a form of its own: a hash, a word.
pub(crate) fn parsed<T>(row: &AnyRow, at: usize) -> Result<T, sqlx::Error>
where
    T: FromStr<Err: Into<BoxDynError>>,
{
    let text: String = row.try_get(at)?;
    text.parse().map_err(|error| broken(at, error))
}

/// A column that does not hold what was put there.
pub(crate) fn broken(at: usize, why: impl Into<BoxDynError>) -> sqlx::Error {
    sqlx::Error::ColumnDecode { index: at.to_string(), source: why.into() }
}

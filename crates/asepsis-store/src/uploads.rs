//! Files that wait between the moment somebody sends them and the moment that person says that they
//! may be brought in. They are not evidence: an hour later they are gone.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sqlx::Row as _;
use sqlx::any::AnyRow;

use asepsis_core::time::Timestamp;

use crate::db::DbError;
use crate::ledger::Store;
use crate::statement::{broken, count, time};

/// So long a file waits, in milliseconds.
const WAITS: i64 = 3_600_000;
/// The most files of one account.
pub const MOST: i64 = 20;
/// The most characters of base64 that the files of one account may be in all.
const ROOM: i64 = 64 << 20;

/// A file that waits.
#[derive(Clone, PartialEq, Eq)]
pub struct Upload {
    /// Its random id.
    pub id: String,
    /// Id of the account that sent it.
    pub account: String,
    /// The name it had there.
    pub name: String,
    /// What is in it.
    pub content: Vec<u8>,
    /// When it came.
    pub created_at: Timestamp,
}

/// Without what is in it.
impl std::fmt::Debug for Upload {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Upload")
            .field("id", &self.id)
            .field("account", &self.account)
            .field("name", &self.name)
            .field("bytes", &self.content.len())
            .finish_non_exhaustive()
    }
}

/// A file that waits, without what is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Its id.
    pub id: String,
    /// The name it had.
    pub name: String,
    /// About how many bytes it has.
    pub bytes: u64,
    /// When it came.
    pub created_at: Timestamp,
}

/// From when on a file still waits.
fn since(now: Timestamp) -> i64 {
    now.as_millis().saturating_sub(WAITS)
}

fn read(row: &AnyRow) -> Result<Upload, sqlx::Error> {
    let content: String = row.try_get(3)?;
    Ok(Upload {
        id: row.try_get(0)?,
        account: row.try_get(1)?,
        name: row.try_get(2)?,
        content: STANDARD.decode(content).map_err(|error| broken(3, error))?,
        created_at: time(row, 4)?,
    })
}

fn read_waiting(row: &AnyRow) -> Result<Waiting, sqlx::Error> {
    let letters = count(row, 2)?;
    Ok(Waiting {
        id: row.try_get(0)?,
        name: row.try_get(1)?,
        bytes: letters / 4 * 3,
        created_at: time(row, 3)?,
    })
}

impl Store {
    /// Keeps a file for an hour; `false` if the account has too much waiting already. What is older
    /// than an hour is dropped, whoever sent it.
    pub async fn keep_upload(&self, organization: &str, upload: &Upload) -> Result<bool, DbError> {
        let old = "DELETE FROM upload WHERE organization_id = $1 AND created_at < $2";
        let before = since(upload.created_at);
        let query = || sqlx::query(old).bind(organization).bind(before);
        self.db().change("drop old uploads", query).await?;
        let content = STANDARD.encode(&upload.content);
        let sql = "INSERT INTO upload (organization_id, id, account, name, content, created_at) \
                   SELECT $1, $2, $3, $4, $5, $6 FROM \
                   (SELECT COUNT(*) AS files, COALESCE(SUM(LENGTH(content)), 0) AS letters \
                    FROM upload WHERE organization_id = $1 AND account = $3) AS waiting \
                   WHERE waiting.files < $7 AND waiting.letters + LENGTH($5) <= $8";
        let query = || {
            sqlx::query(sql)
                .bind(organization)
                .bind(upload.id.as_str())
                .bind(upload.account.as_str())
                .bind(upload.name.as_str())
                .bind(content.as_str())
                .bind(upload.created_at.as_millis())
                .bind(MOST)
                .bind(ROOM)
        };
        Ok(self.db().change("keep an upload", query).await? > 0)
    }

    /// One file of an account, while it waits.
    pub async fn upload(
        &self,
        organization: &str,
        account: &str,
        id: &str,
        now: Timestamp,
    ) -> Result<Option<Upload>, DbError> {
        let sql = "SELECT id, account, name, content, created_at FROM upload \
                   WHERE organization_id = $1 AND account = $2 AND id = $3 AND created_at >= $4";
        let query = sqlx::query(sql).bind(organization).bind(account).bind(id).bind(since(now));
        self.db().read_one("read an upload", query, read).await
    }

    /// The files of an account that wait, in the order in which they came.
    pub async fn uploads(
        &self,
        organization: &str,
        account: &str,
        now: Timestamp,
    ) -> Result<Vec<Waiting>, DbError> {
        let sql = "SELECT id, name, CAST(LENGTH(content) AS BIGINT), created_at FROM upload \
                   WHERE organization_id = $1 AND account = $2 AND created_at >= $3 \
                   ORDER BY created_at, id";
        let query = sqlx::query(sql).bind(organization).bind(account).bind(since(now));
        self.db().read("list uploads", query, read_waiting).await
    }

    /// Drops a file of an account; `false` if there is none.
    pub async fn drop_upload(
        &self,
        organization: &str,
        account: &str,
        id: &str,
    ) -> Result<bool, DbError> {
        let sql = "DELETE FROM upload WHERE organization_id = $1 AND account = $2 AND id = $3";
        let query = || sqlx::query(sql).bind(organization).bind(account).bind(id);
        Ok(self.db().change("drop an upload", query).await? > 0)
    }
}

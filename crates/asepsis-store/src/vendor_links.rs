//! Links by which a vendor answers without an account: each for its questions and checks, until it
//! expires or is revoked. Only the hash of its token is here.

use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row as _};

use asepsis_core::canonical::canonical;
use asepsis_core::hash::Hash;
use asepsis_core::time::Timestamp;
use serde::{Deserialize, Serialize};

use crate::db::DbError;
use crate::ledger::Store;
use crate::statement::{broken, maybe_time, parsed, time};

/// What a link lets its vendor answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VendorScope {
    /// Ids of questions.
    pub questions: Vec<String>,
    /// Ids of checks.
    pub checks: Vec<String>,
}

/// A link that was handed to a vendor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VendorLink {
    /// Its random id.
    pub id: String,
    /// The hash of the token in the link.
    pub token_hash: Hash,
    /// What people call the vendor.
    pub vendor: String,
    /// What it lets him answer.
    pub scope: VendorScope,
    /// Id of the account that made it.
    pub created_by: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// From when on it counts no more.
    pub expires_at: Timestamp,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
    /// When it was last used.
    pub last_used_at: Option<Timestamp>,
}

/// The columns that [`read`] wants, in its order.
const COLUMNS: &str = "id, token_hash, vendor, scope, created_by, created_at, expires_at, \
                       revoked_at, last_used_at";

fn read(row: &AnyRow) -> Result<VendorLink, sqlx::Error> {
    let scope: String = row.try_get(3)?;
    Ok(VendorLink {
        id: row.try_get(0)?,
        token_hash: parsed(row, 1)?,
        vendor: row.try_get(2)?,
        scope: serde_json::from_str(&scope).map_err(|error| broken(3, error))?,
        created_by: row.try_get(4)?,
        created_at: time(row, 5)?,
        expires_at: time(row, 6)?,
        revoked_at: maybe_time(row, 7)?,
        last_used_at: maybe_time(row, 8)?,
    })
}

impl Store {
    /// Makes a link.
    pub async fn create_vendor_link(
        &self,
        organization: &str,
        link: &VendorLink,
    ) -> Result<(), DbError> {
        let sql = format!(
            "INSERT INTO vendor_link (organization_id, {COLUMNS}) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
        );
        let scope = canonical(&serde_json::json!(link.scope));
        let query = || {
            sqlx::query(AssertSqlSafe(sql.as_str()))
                .bind(organization)
                .bind(link.id.as_str())
                .bind(link.token_hash.to_string())
                .bind(link.vendor.as_str())
                .bind(scope.as_str())
                .bind(link.created_by.as_str())
                .bind(link.created_at.as_millis())
                .bind(link.expires_at.as_millis())
                .bind(link.revoked_at.map(Timestamp::as_millis))
                .bind(link.last_used_at.map(Timestamp::as_millis))
        };
        self.db().change("make a vendor's link", query).await.map(drop)
    }

    /// One link by its id.
    pub async fn vendor_link(
        &self,
        organization: &str,
        id: &str,
    ) -> Result<Option<VendorLink>, DbError> {
        self.find_vendor_link(organization, "id", id).await
    }

    /// The link of a token, also one that expired or was revoked: the caller says which.
    pub async fn vendor_link_by_token(
        &self,
        organization: &str,
        hash: Hash,
    ) -> Result<Option<VendorLink>, DbError> {
        self.find_vendor_link(organization, "token_hash", &hash.to_string()).await
    }

    async fn find_vendor_link(
        &self,
        organization: &str,
        column: &'static str,
        value: &str,
    ) -> Result<Option<VendorLink>, DbError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM vendor_link WHERE organization_id = $1 AND {column} = $2"
        );
        let query = sqlx::query(AssertSqlSafe(sql)).bind(organization).bind(value);
        self.db().read_one("read a vendor's link", query, read).await
    }

    /// All links, newest first.
    pub async fn vendor_links(&self, organization: &str) -> Result<Vec<VendorLink>, DbError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM vendor_link WHERE organization_id = $1 \
             ORDER BY created_at DESC, id DESC"
        );
        let query = sqlx::query(AssertSqlSafe(sql)).bind(organization);
        self.db().read("read the links of vendors", query, read).await
    }

    /// Revokes a link; `false` if there is none, or it was revoked before.
    pub async fn revoke_vendor_link(
        &self,
        organization: &str,
        id: &str,
        now: Timestamp,
    ) -> Result<bool, DbError> {
        let sql = "UPDATE vendor_link SET revoked_at = $3 \
                   WHERE organization_id = $1 AND id = $2 AND revoked_at IS NULL";
        let query = || sqlx::query(sql).bind(organization).bind(id).bind(now.as_millis());
        Ok(self.db().change("revoke a vendor's link", query).await? > 0)
    }

    /// Notes that a link is used; `false`, and nothing is noted, if it expired or was revoked.
    pub async fn use_vendor_link(
        &self,
        organization: &str,
        id: &str,
        now: Timestamp,
    ) -> Result<bool, DbError> {
        let sql = "UPDATE vendor_link SET last_used_at = $3 WHERE organization_id = $1 \
                   AND id = $2 AND revoked_at IS NULL AND expires_at > $3";
        let query = || sqlx::query(sql).bind(organization).bind(id).bind(now.as_millis());
        Ok(self.db().change("use a vendor's link", query).await? > 0)
    }
}

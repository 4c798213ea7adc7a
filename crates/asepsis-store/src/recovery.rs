//! Recovery codes: each lets its person in once without the second factor. Only hashes are here.

use asepsis_core::hash::Hash;
use asepsis_core::time::Timestamp;

use crate::db::DbError;
use crate::ledger::Store;
use crate::statement::count;

impl Store {
    /// Puts new recovery codes in the place of all earlier ones, used or not.
    pub async fn replace_recovery_codes(
        &self,
        organization: &str,
        account: &str,
        hashes: &[Hash],
    ) -> Result<(), DbError> {
        let mut tried = 0;
        loop {
            match self.try_replace_recovery_codes(organization, account, hashes).await {
                Err(error) if self.db().try_again(tried, &error).await => tried += 1,
                done => return done,
            }
        }
    }

    async fn try_replace_recovery_codes(
        &self,
        organization: &str,
        account: &str,
        hashes: &[Hash],
    ) -> Result<(), DbError> {
        let failed = |source| self.db().failed("replace recovery codes", source);
        let mut tx = self.db().begin().await?;
        let sql = "DELETE FROM recovery_code WHERE organization_id = $1 AND account = $2";
        let query = sqlx::query(sql).bind(organization).bind(account);
        query.execute(&mut *tx).await.map_err(failed)?;
        for hash in hashes {
            let sql = "INSERT INTO recovery_code (organization_id, account, hash) \
                       VALUES ($1, $2, $3)";
            let query = sqlx::query(sql).bind(organization).bind(account).bind(hash.to_string());
            query.execute(&mut *tx).await.map_err(failed)?;
        }
        tx.commit().await.map_err(failed)
    }

    /// Uses up a recovery code; `false` if it is none of this account's, or was used before.
    pub async fn use_recovery_code(
        &self,
        organization: &str,
        account: &str,
        hash: Hash,
        now: Timestamp,
    ) -> Result<bool, DbError> {
        let sql = "UPDATE recovery_code SET used_at = $4 \
                   WHERE organization_id = $1 AND account = $2 AND hash = $3 AND used_at IS NULL";
        let query = || {
            let query = sqlx::query(sql).bind(organization).bind(account);
            query.bind(hash.to_string()).bind(now.as_millis())
        };
        Ok(self.db().change("use a recovery code", query).await? > 0)
    }

    /// How many recovery codes are left.
    pub async fn unused_recovery_codes(
        &self,
        organization: &str,
        account: &str,
    ) -> Result<u64, DbError> {
        let sql = "SELECT COUNT(*) FROM recovery_code \
                   WHERE organization_id = $1 AND account = $2 AND used_at IS NULL";
        let query = sqlx::query(sql).bind(organization).bind(account);
        let left = self.db().read_one("count recovery codes", query, |row| count(row, 0)).await?;
        Ok(left.unwrap_or(0))
    }
}

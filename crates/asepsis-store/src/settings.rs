//! Settings of one organization: names and values that no assessment reads.

use std::collections::BTreeMap;

use sqlx::Row as _;

use crate::db::DbError;
use crate::ledger::Store;

impl Store {
    /// One setting; `None` if it was never set.
    pub async fn setting(&self, organization: &str, name: &str) -> Result<Option<String>, DbError> {
        let sql = "SELECT value FROM setting WHERE organization_id = $1 AND name = $2";
        let query = sqlx::query(sql).bind(organization).bind(name);
        self.db().read_one("read a setting", query, |row| row.try_get(0)).await
    }

    /// All settings.
    pub async fn settings(&self, organization: &str) -> Result<BTreeMap<String, String>, DbError> {
        let sql = "SELECT name, value FROM setting WHERE organization_id = $1";
        let query = sqlx::query(sql).bind(organization);
        let both = |row: &sqlx::any::AnyRow| Ok((row.try_get(0)?, row.try_get(1)?));
        Ok(self.db().read("read the settings", query, both).await?.into_iter().collect())
    }

    /// Sets a setting.
    pub async fn set_setting(
        &self,
        organization: &str,
        name: &str,
        value: &str,
    ) -> Result<(), DbError> {
        let sql = "INSERT INTO setting (organization_id, name, value) VALUES ($1, $2, $3) \
                   ON CONFLICT (organization_id, name) DO UPDATE SET value = excluded.value";
        let query = || sqlx::query(sql).bind(organization).bind(name).bind(value);
        self.db().change("set a setting", query).await.map(drop)
    }

    /// Sets a setting if it still has the value `old` (`None`: if it was never set); says whether it
    /// did. Of two at once one succeeds.
    pub async fn set_setting_if(
        &self,
        organization: &str,
        name: &str,
        old: Option<&str>,
        new: &str,
    ) -> Result<bool, DbError> {
        let insert = "INSERT INTO setting (organization_id, name, value) VALUES ($1, $2, $3) \
                      ON CONFLICT (organization_id, name) DO NOTHING";
        let update = "UPDATE setting SET value = $3 \
                      WHERE organization_id = $1 AND name = $2 AND value = $4";
        let query = || match old {
            None => sqlx::query(insert).bind(organization).bind(name).bind(new),
            Some(old) => sqlx::query(update).bind(organization).bind(name).bind(new).bind(old),
        };
        Ok(self.db().change("set a setting", query).await? > 0)
    }
}

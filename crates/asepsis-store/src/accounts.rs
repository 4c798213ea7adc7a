//! Accounts of the practice book: who may sign in, with what, and what they may do. Passphrases
//! come as PHC texts and are only kept here; who checks them is the caller.

use std::fmt;
use std::str::FromStr;

use sqlx::any::AnyRow;
use sqlx::{Any, AssertSqlSafe, Row as _, Transaction};

use asepsis_core::time::Timestamp;

use crate::db::DbError;
use crate::ledger::Store;
use crate::statement::{maybe_time, parsed, time};

/// What an account may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rights {
    /// Everything, people and settings too.
    Owner,
    /// The daily work.
    Staff,
    /// The daily work on computers and domains.
    It,
    /// What a vendor is asked.
    Vendor,
    /// To read.
    Auditor,
}

impl Rights {
    /// All of them, widest first.
    pub const ALL: [Self; 5] = [Self::Owner, Self::Staff, Self::It, Self::Vendor, Self::Auditor];

    /// The word as it is stored.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Staff => "staff",
            Self::It => "it",
            Self::Vendor => "vendor",
            Self::Auditor => "auditor",
        }
    }
}

impl fmt::Display for Rights {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Rights {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|rights| rights.word() == text)
            .ok_or_else(|| format!("{text:?} are not rights: owner, staff, it, vendor or auditor"))
    }
}

/// Somebody who can sign in.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    /// Its random id.
    pub id: String,
    /// The random id that the ledger knows the person by.
    pub person: String,
    /// The name to sign in with; kept in lower case, once per organization.
    pub sign_in: String,
    /// What people call the person.
    pub name: String,
    /// What the account may do.
    pub rights: Rights,
    /// In which capacities the person answers: `manager`, `front-desk` and so on.
    pub roles: Vec<String>,
    /// The passphrase as an Argon2 PHC text.
    pub passphrase: String,
    /// The secret of the second factor, where one is set.
    pub totp: Option<String>,
    /// The newest time step whose code was used; a code of it or an older one counts no more.
    pub totp_step: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// Since when it cannot sign in.
    pub disabled_at: Option<Timestamp>,
}

/// Without what is secret.
impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account")
            .field("id", &self.id)
            .field("person", &self.person)
            .field("sign_in", &self.sign_in)
            .field("rights", &self.rights)
            .field("roles", &self.roles)
            .field("second_factor", &self.totp.is_some())
            .field("disabled_at", &self.disabled_at)
            .finish_non_exhaustive()
    }
}

/// A change of accounts that is refused.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
    /// Somebody has this name already.
    #[error("the sign-in name {sign_in:?} is taken")]
    Taken {
        /// The name.
        sign_in: String,
    },
    /// Nobody could manage people any more.
    #[error("account {account} is the last owner that can sign in; make another owner first")]
    LastOwner {
        /// Which account.
        account: String,
    },
    /// A role that could not be told from others.
    #[error("{role:?} cannot be a role: use one or more of a-z and -")]
    Role {
        /// What was given.
        role: String,
    },
}

/// The columns that [`read`] wants, in its order, each behind `a.`.
pub(crate) const COLUMNS: &str = "a.id, a.person, a.sign_in, a.name, a.rights, a.roles, \
    a.passphrase, a.totp, a.totp_step, a.created_at, a.disabled_at";

/// Reads an account from the columns that begin at `from`.
pub(crate) fn read(row: &AnyRow, from: usize) -> Result<Account, sqlx::Error> {
    let roles: String = row.try_get(from + 5)?;
    Ok(Account {
        id: row.try_get(from)?,
        person: row.try_get(from + 1)?,
        sign_in: row.try_get(from + 2)?,
        name: row.try_get(from + 3)?,
        rights: parsed(row, from + 4)?,
        roles: roles.split(',').filter(|role| !role.is_empty()).map(str::to_owned).collect(),
        passphrase: row.try_get(from + 6)?,
        totp: row.try_get(from + 7)?,
        totp_step: row.try_get(from + 8)?,
        created_at: time(row, from + 9)?,
        disabled_at: maybe_time(row, from + 10)?,
    })
}

/// What becomes of an account.
enum Change<'c> {
    Rights { rights: Rights, roles: &'c [String], name: &'c str },
    Disabled(Option<Timestamp>),
}

impl Store {
    /// Makes an account.
    pub async fn create_account(
        &self,
        organization: &str,
        account: &Account,
    ) -> Result<(), AccountError> {
        self.insert_account(organization, account, false).await.map(drop)
    }

    /// Makes an account if the organization never had one; says whether it did. Of two at once one
    /// succeeds.
    pub async fn claim_first_account(
        &self,
        organization: &str,
        account: &Account,
    ) -> Result<bool, AccountError> {
        self.insert_account(organization, account, true).await
    }

    async fn insert_account(
        &self,
        organization: &str,
        account: &Account,
        first: bool,
    ) -> Result<bool, AccountError> {
        check_roles(&account.roles)?;
        let mut tried = 0;
        loop {
            match self.try_insert_account(organization, account, first).await {
                Err(AccountError::Db(error)) if self.db().try_again(tried, &error).await => {
                    tried += 1;
                }
                done => return done,
            }
        }
    }

    async fn try_insert_account(
        &self,
        organization: &str,
        account: &Account,
        first: bool,
    ) -> Result<bool, AccountError> {
        let failed = |source| self.db().failed("make an account", source);
        let mut tx = self.db().begin().await?;
        let made = self.take_accounts(&mut tx, organization, 1).await?;
        if first && made != 1 {
            // Without a commit the number that was raised is taken back.
            tx.rollback().await.map_err(failed)?;
            return Ok(false);
        }
        let sign_in = account.sign_in.to_lowercase();
        let sql = "INSERT INTO account (organization_id, id, person, sign_in, name, rights, roles, \
                   passphrase, totp, totp_step, created_at, disabled_at) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) \
                   ON CONFLICT (organization_id, sign_in) DO NOTHING";
        let query = sqlx::query(sql)
            .bind(organization)
            .bind(account.id.as_str())
            .bind(account.person.as_str())
            .bind(sign_in.as_str())
            .bind(account.name.as_str())
            .bind(account.rights.word())
            .bind(account.roles.join(","))
            .bind(account.passphrase.as_str())
            .bind(account.totp.as_deref())
            .bind(account.totp_step)
            .bind(account.created_at.as_millis())
            .bind(account.disabled_at.map(Timestamp::as_millis));
        let done = query.execute(&mut *tx).await.map_err(failed)?;
        if done.rows_affected() == 0 {
            tx.rollback().await.map_err(failed)?;
            return Err(AccountError::Taken { sign_in });
        }
        tx.commit().await.map_err(failed)?;
        Ok(true)
    }

    /// Keeps everybody else who makes or changes accounts of this organization waiting until the end
    /// of the transaction; says how many were ever made, with the `add` of this one.
    async fn take_accounts(
        &self,
        tx: &mut Transaction<'static, Any>,
        organization: &str,
        add: i64,
    ) -> Result<i64, DbError> {
        let sql = "INSERT INTO account_head (organization_id, made) VALUES ($1, $2) \
                   ON CONFLICT (organization_id) DO UPDATE \
                   SET made = account_head.made + excluded.made RETURNING made";
        let row = sqlx::query(sql).bind(organization).bind(add).fetch_one(&mut **tx).await;
        row.and_then(|row| row.try_get(0))
            .map_err(|source| self.db().failed("take the accounts of an organization", source))
    }

    /// One account by its id.
    pub async fn account(&self, organization: &str, id: &str) -> Result<Option<Account>, DbError> {
        self.find_account(organization, "a.id", id).await
    }

    /// One account by the name to sign in with, in upper or lower case.
    pub async fn account_by_sign_in(
        &self,
        organization: &str,
        sign_in: &str,
    ) -> Result<Option<Account>, DbError> {
        self.find_account(organization, "a.sign_in", &sign_in.to_lowercase()).await
    }

    async fn find_account(
        &self,
        organization: &str,
        column: &'static str,
        value: &str,
    ) -> Result<Option<Account>, DbError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM account a WHERE a.organization_id = $1 AND {column} = $2"
        );
        let query = sqlx::query(AssertSqlSafe(sql)).bind(organization).bind(value);
        self.db().read_one("read an account", query, |row| read(row, 0)).await
    }

    /// All accounts, oldest first.
    pub async fn accounts(&self, organization: &str) -> Result<Vec<Account>, DbError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM account a WHERE a.organization_id = $1 \
             ORDER BY a.created_at, a.id"
        );
        let query = sqlx::query(AssertSqlSafe(sql)).bind(organization);
        self.db().read("read the accounts", query, |row| read(row, 0)).await
    }

    /// Sets another passphrase; `false` if there is no such account.
    pub async fn set_passphrase(
        &self,
        organization: &str,
        id: &str,
        passphrase: &str,
    ) -> Result<bool, DbError> {
        let sql = "UPDATE account SET passphrase = $3 WHERE organization_id = $1 AND id = $2";
        let query = || sqlx::query(sql).bind(organization).bind(id).bind(passphrase);
        Ok(self.db().change("set a passphrase", query).await? > 0)
    }

    /// Sets the secret of the second factor, or takes it away; `false` if there is no such account.
    /// No code of a new secret counts as used.
    pub async fn set_totp(
        &self,
        organization: &str,
        id: &str,
        totp: Option<&str>,
    ) -> Result<bool, DbError> {
        let sql = "UPDATE account SET totp = $3, totp_step = 0 \
                   WHERE organization_id = $1 AND id = $2";
        let query = || sqlx::query(sql).bind(organization).bind(id).bind(totp);
        Ok(self.db().change("set a second factor", query).await? > 0)
    }

    /// Uses up the code of a time step; `false` if it, or one of a later step, was used before.
    pub async fn take_totp_step(
        &self,
        organization: &str,
        id: &str,
        step: i64,
    ) -> Result<bool, DbError> {
        let sql = "UPDATE account SET totp_step = $3 \
                   WHERE organization_id = $1 AND id = $2 AND totp_step < $3";
        let query = || sqlx::query(sql).bind(organization).bind(id).bind(step);
        Ok(self.db().change("use a code of the second factor", query).await? > 0)
    }

    /// Sets rights, roles and name; `false` if there is no such account. Refuses to leave no owner
    /// that can sign in.
    pub async fn set_rights(
        &self,
        organization: &str,
        id: &str,
        rights: Rights,
        roles: &[String],
        name: &str,
    ) -> Result<bool, AccountError> {
        check_roles(roles)?;
        self.change_account(organization, id, &Change::Rights { rights, roles, name }).await
    }

    /// Shuts an account, which ends its sessions, or opens it again (`None`); `false` if there is no
    /// such account. Refuses to leave no owner that can sign in.
    pub async fn set_disabled(
        &self,
        organization: &str,
        id: &str,
        disabled_at: Option<Timestamp>,
    ) -> Result<bool, AccountError> {
        self.change_account(organization, id, &Change::Disabled(disabled_at)).await
    }

    async fn change_account(
        &self,
        organization: &str,
        id: &str,
        change: &Change<'_>,
    ) -> Result<bool, AccountError> {
        let mut tried = 0;
        loop {
            match self.try_change_account(organization, id, change).await {
                Err(AccountError::Db(error)) if self.db().try_again(tried, &error).await => {
                    tried += 1;
                }
                done => return done,
            }
        }
    }

    async fn try_change_account(
        &self,
        organization: &str,
        id: &str,
        change: &Change<'_>,
    ) -> Result<bool, AccountError> {
        let failed = |source| self.db().failed("change an account", source);
        let mut tx = self.db().begin().await?;
        self.take_accounts(&mut tx, organization, 0).await?;
        let before = owners(&mut tx, organization).await.map_err(failed)?;
        let query = match change {
            Change::Rights { rights, roles, name } => {
                let sql = "UPDATE account SET rights = $3, roles = $4, name = $5 \
                           WHERE organization_id = $1 AND id = $2";
                let query = sqlx::query(sql).bind(organization).bind(id);
                query.bind(rights.word()).bind(roles.join(",")).bind(*name)
            }
            Change::Disabled(disabled_at) => {
                let sql = "UPDATE account SET disabled_at = $3 \
                           WHERE organization_id = $1 AND id = $2";
                let query = sqlx::query(sql).bind(organization).bind(id);
                query.bind(disabled_at.map(Timestamp::as_millis))
            }
        };
        let changed = query.execute(&mut *tx).await.map_err(failed)?.rows_affected() > 0;
        if matches!(change, Change::Disabled(Some(_))) {
            let sql = "DELETE FROM session WHERE organization_id = $1 AND account = $2";
            let query = sqlx::query(sql).bind(organization).bind(id);
            query.execute(&mut *tx).await.map_err(failed)?;
        }
        // An organization without an owner stays as it is: what is refused is losing the last one.
        let left = owners(&mut tx, organization).await.map_err(failed)?;
        if before > 0 && left == 0 {
            tx.rollback().await.map_err(failed)?;
            return Err(AccountError::LastOwner { account: id.to_owned() });
        }
        tx.commit().await.map_err(failed)?;
        Ok(changed)
    }
}

/// How many owners can sign in.
async fn owners(
    tx: &mut Transaction<'static, Any>,
    organization: &str,
) -> Result<i64, sqlx::Error> {
    let sql = "SELECT COUNT(*) FROM account \
               WHERE organization_id = $1 AND rights = 'owner' AND disabled_at IS NULL";
    sqlx::query(sql).bind(organization).fetch_one(&mut **tx).await?.try_get(0)
}

fn check_roles(roles: &[String]) -> Result<(), AccountError> {
    let fits = |role: &&String| {
        !role.is_empty() && role.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
    };
    match roles.iter().find(|role| !fits(role)) {
        Some(role) => Err(AccountError::Role { role: role.clone() }),
        None => Ok(()),
    }
}

//! Who may use the practice book: accounts of people, and the passphrases they sign in with.

use std::sync::Arc;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use asepsis_core::evidence::{Person, Record};
use asepsis_core::random::new_id;
use asepsis_core::time::Timestamp;
use asepsis_store::accounts::{Account, AccountError, Rights};

use super::answer::ROLES;
use super::home::{By, Home, HomeError};
use super::organization::{Change, ChangeError};

/// Shortest passphrase, in characters (NIST SP 800-63B-4, section 3.1.1.2: 15 where it is the only
/// factor).
const SHORTEST: usize = 15;
/// Longest passphrase, in bytes: hashing a book would keep everybody else waiting.
const LONGEST: usize = 1024;

/// How much work it is to try out one passphrase (Argon2id, RFC 9106).
#[derive(Clone, Copy, Debug)]
pub struct Kept {
    memory: u32,
    passes: u32,
}

impl Kept {
    /// 19 MiB and two passes: the least that OWASP's cheat sheet on storing passwords advises, and
    /// little enough for the small machine at the front desk.
    pub const USUAL: Self = Self { memory: 19 * 1024, passes: 2 };
    /// As little as there is. For tests.
    pub const LEAST: Self = Self { memory: 8, passes: 1 };

    fn argon2(self) -> Argon2<'static> {
        let params = Params::new(self.memory, self.passes, 1, None);
        let params = params.expect("both costs are within what RFC 9106 allows");
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
    }

    /// What is kept of a passphrase.
    fn hash(self, passphrase: &str, salt: &[u8; 16]) -> String {
        let hash = self.argon2().hash_password_with_salt(passphrase.as_bytes(), salt);
        hash.expect("a salt of 16 bytes and a passphrase of limited length can be hashed")
            .to_string()
    }

    /// Whether this is the passphrase; takes as long when there is none.
    pub(super) fn verify(self, passphrase: &str, kept: Option<&str>) -> bool {
        let parsed = kept.and_then(|kept| PasswordHash::new(kept).ok());
        match parsed {
            Some(hash) => self.argon2().verify_password(passphrase.as_bytes(), &hash).is_ok(),
            None => {
                let salt = [0_u8; 16];
                let work = self.argon2().hash_password_with_salt(passphrase.as_bytes(), &salt);
                drop(work);
                false
            }
        }
    }
}

/// Somebody who gets an account. Cannot be printed for debugging, since it holds a passphrase.
#[derive(Clone)]
pub struct NewPerson {
    /// As people call them.
    pub name: String,
    /// What they type to sign in.
    pub sign_in: String,
    /// Their passphrase.
    pub passphrase: String,
    /// What they may do.
    pub rights: Rights,
    /// For which roles they answer.
    pub roles: Vec<String>,
}

/// An account that cannot be made or changed.
#[derive(Debug, thiserror::Error)]
pub enum AccountOpError {
    /// The home cannot be used.
    #[error(transparent)]
    Home(#[from] HomeError),
    /// The store refused it.
    #[error(transparent)]
    Account(#[from] AccountError),
    /// The organization's record cannot be changed so.
    #[error(transparent)]
    Change(#[from] ChangeError),
    /// A field is not right: which, and what to do.
    #[error("{1}")]
    Field(&'static str, String),
    /// Somebody else made the first account.
    #[error("the first account exists already")]
    Claimed,
}

/// A passphrase that cannot be taken: what is wrong with it.
pub fn weak(passphrase: &str) -> Option<String> {
    let letters = passphrase.chars().count();
    if letters < SHORTEST {
        return Some(format!(
            "Use at least {SHORTEST} characters; this has {letters}. Four or five unusual words are easy to remember."
        ));
    }
    if passphrase.len() > LONGEST {
        return Some(format!("Use at most {LONGEST} characters."));
    }
    let mut distinct: Vec<char> = passphrase.to_lowercase().chars().collect();
    distinct.sort_unstable();
    distinct.dedup();
    (distinct.len() < 5).then(|| "Use more different characters.".to_owned())
}

/// A name to sign in with, as it is kept: lower case, letters, digits and a few signs.
fn sign_in_name(given: &str) -> Result<String, AccountOpError> {
    let name = given.trim().to_lowercase();
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '@' | '+');
    if name.is_empty() || name.chars().count() > 100 || !name.chars().all(fits) {
        let what =
            "Use letters, digits and . - _ @ only, up to 100 of them; an e-mail address will do.";
        return Err(AccountOpError::Field("sign-in", what.to_owned()));
    }
    Ok(name)
}

/// A person's name as it is kept.
fn person_name(given: &str) -> Result<String, AccountOpError> {
    let name = given.trim();
    if name.is_empty() || name.chars().count() > 100 || name.chars().any(char::is_control) {
        let what = "Give a name of up to 100 characters.".to_owned();
        return Err(AccountOpError::Field("name", what));
    }
    Ok(name.to_owned())
}

fn known_roles(roles: &[String]) -> Result<(), AccountOpError> {
    match roles.iter().find(|role| !ROLES.contains(&role.as_str())) {
        Some(role) => Err(AccountOpError::Field("roles", format!("{role:?} is not a role."))),
        None => Ok(()),
    }
}

/// The role under which a person is on record.
fn role_on_record(account: &Account) -> &str {
    account.roles.first().map_or(account.rights.word(), String::as_str)
}

impl Home {
    /// Makes the first account, its owner, and says who the organization is. Only one can be first.
    pub async fn claim(
        &self,
        organization: Change,
        owner: NewPerson,
        kept: Kept,
        now: Timestamp,
    ) -> Result<Account, AccountOpError> {
        let account = self.new_account(&owner, kept, now).await?;
        let mine = self.organization.as_str();
        if !self.store.claim_first_account(mine, &account).await? {
            return Err(AccountOpError::Claimed);
        }
        self.put_on_record(&account, &account.person, now).await?;
        self.change(organization, By::Person(&account.person), now).await?;
        Ok(account)
    }

    /// Gives somebody an account; `by` is the person id of whoever does.
    pub async fn add_account(
        &self,
        person: NewPerson,
        by: &str,
        kept: Kept,
        now: Timestamp,
    ) -> Result<Account, AccountOpError> {
        let account = self.new_account(&person, kept, now).await?;
        self.store.create_account(&self.organization, &account).await?;
        self.put_on_record(&account, by, now).await?;
        Ok(account)
    }

    /// Changes a passphrase and ends the other sessions.
    pub async fn change_passphrase(
        &self,
        account: &str,
        passphrase: &str,
        kept: Kept,
        except: Option<asepsis_core::hash::Hash>,
    ) -> Result<(), AccountOpError> {
        let hash = self.passphrase_hash("passphrase", passphrase, kept).await?;
        let failed = |error| AccountOpError::Home(HomeError::Store(error));
        self.store.set_passphrase(&self.organization, account, &hash).await.map_err(failed)?;
        self.store.end_sessions_of(&self.organization, account, except).await.map_err(failed)?;
        Ok(())
    }

    /// Changes how somebody is called, what they may do and for which roles they answer. Another name
    /// or role goes on record too; `by` is the person id of whoever changes it.
    pub async fn change_account(
        &self,
        account: &Account,
        (name, rights, roles): (&str, Rights, &[String]),
        by: &str,
        now: Timestamp,
    ) -> Result<(), AccountOpError> {
        let name = person_name(name)?;
        known_roles(roles)?;
        let changed = Account { name, rights, roles: roles.to_vec(), ..account.clone() };
        let (mine, id) = (self.organization.as_str(), account.id.as_str());
        self.store.set_rights(mine, id, rights, roles, &changed.name).await?;
        if changed.name != account.name || role_on_record(&changed) != role_on_record(account) {
            self.put_on_record(&changed, by, now).await?;
        }
        Ok(())
    }

    async fn new_account(
        &self,
        person: &NewPerson,
        kept: Kept,
        now: Timestamp,
    ) -> Result<Account, AccountOpError> {
        let name = person_name(&person.name)?;
        known_roles(&person.roles)?;
        let sign_in = sign_in_name(&person.sign_in)?;
        let passphrase = self.passphrase_hash("passphrase", &person.passphrase, kept).await?;
        Ok(Account {
            id: new_id("account", self.random()),
            person: new_id("person", self.random()),
            sign_in,
            name,
            rights: person.rights,
            roles: person.roles.clone(),
            passphrase,
            totp: None,
            totp_step: 0,
            created_at: now,
            disabled_at: None,
        })
    }

    async fn passphrase_hash(
        &self,
        field: &'static str,
        passphrase: &str,
        kept: Kept,
    ) -> Result<String, AccountOpError> {
        if let Some(what) = weak(passphrase) {
            return Err(AccountOpError::Field(field, what));
        }
        let mut salt = [0_u8; 16];
        self.random().fill(&mut salt);
        let passphrase = passphrase.to_owned();
        let only = Arc::clone(&self.trying).lock_owned().await;
        let hashing = tokio::task::spawn_blocking(move || {
            let _only = only;
            kept.hash(&passphrase, &salt)
        });
        hashing.await.map_err(|_| {
            AccountOpError::Field(field, "It could not be kept; try again.".to_owned())
        })
    }

    /// The entry behind which the person's name stands in the ledger.
    async fn put_on_record(
        &self,
        account: &Account,
        by: &str,
        now: Timestamp,
    ) -> Result<(), HomeError> {
        let person = Person {
            id: account.person.clone(),
            name: account.name.clone(),
            role: role_on_record(account).to_owned(),
        };
        self.record(vec![(by.to_owned(), Record::Person(person))], now).await.map(drop)
    }
}

//! Sign in and out: the passphrase, what slows guessing down, and the sessions.

use std::net::IpAddr;
use std::sync::Arc;

use asepsis_core::hash::Hash;
use asepsis_core::time::Timestamp;
use asepsis_store::accounts::Account;
use asepsis_store::db::DbError;
use asepsis_store::sessions::Session;

use super::account::Kept;
use super::home::Home;

/// So many failures cost nothing: people mistype.
const FREE: u64 = 5;
/// From one address more are free, since a whole clinic may share it.
const FREE_ADDRESS: u64 = 20;
/// The longest wait, in seconds.
const LONGEST: i64 = 900;
/// A session lasts a week at most.
const LASTS: i64 = 7;

/// What somebody typed to sign in. Cannot be printed for debugging, since it holds a passphrase.
#[derive(Clone, Copy)]
pub struct SignIn<'a> {
    /// The name.
    pub name: &'a str,
    /// The passphrase.
    pub passphrase: &'a str,
    /// From where.
    pub address: IpAddr,
    /// How passphrases are kept.
    pub kept: Kept,
}

/// Somebody who is not signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// The store cannot be used.
    #[error(transparent)]
    Store(#[from] DbError),
    /// Not the right name, or not its passphrase; which of them is not said.
    #[error("the name or the passphrase is not right")]
    Wrong,
    /// Too many failures: the seconds to wait.
    #[error("too many tries; wait {0} seconds")]
    Wait(i64),
}

/// The address that one customer of a network has: whole for IPv4; for IPv6 the first 64 bits, since one
/// device picks the others as it likes (RFC 4291, section 2.5.1).
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(it) => IpAddr::V4(it),
        IpAddr::V6(it) => {
            let [a, b, c, d, ..] = it.segments();
            IpAddr::from([a, b, c, d, 0, 0, 0, 0])
        }
    }
}

impl Home {
    /// The account whose name and passphrase were typed.
    pub async fn sign_in(&self, typed: SignIn<'_>, now: Timestamp) -> Result<Account, SignInError> {
        let name = typed.name.trim().to_lowercase();
        // Hashed, so that no passphrase typed into the wrong field is kept.
        let mut keys = vec![(format!("name {}", Hash::of(&[name.as_bytes()])), FREE)];
        // All accounts of this machine share its own address: one of them must not shut out the others.
        if !typed.address.is_loopback() {
            keys.push((format!("address {}", network(typed.address)), FREE_ADDRESS));
        }
        let only = Arc::clone(&self.trying).lock_owned().await;
        for (key, free) in &keys {
            self.wait(key, *free, now).await?;
        }
        // Counted before it is known: whoever hangs up meanwhile has guessed too.
        for (key, _) in &keys {
            self.store.note_failure(&self.organization, key, now).await?;
        }
        let account = self.store.account_by_sign_in(&self.organization, &name).await?;
        let account = account.filter(|it| it.disabled_at.is_none());
        let hash = account.as_ref().map(|it| it.passphrase.clone());
        let (passphrase, kept) = (typed.passphrase.to_owned(), typed.kept);
        // The work goes on without whoever hangs up, and so does the turn.
        let verifying = tokio::task::spawn_blocking(move || {
            let _only = only;
            kept.verify(&passphrase, hash.as_deref())
        });
        let right = verifying.await.unwrap_or(false);
        let account = account.filter(|_| right).ok_or(SignInError::Wrong)?;
        for (key, _) in &keys {
            self.store.clear_failures(&self.organization, key).await?;
        }
        Ok(account)
    }

    /// Refuses to go on while earlier failures under a key have to be waited for.
    pub(super) async fn wait(
        &self,
        key: &str,
        free: u64,
        now: Timestamp,
    ) -> Result<(), SignInError> {
        let Some(failures) = self.store.failures(&self.organization, key).await? else {
            return Ok(());
        };
        let over = failures.count.saturating_sub(free);
        if over == 0 {
            return Ok(());
        }
        let seconds =
            1_i64.checked_shl(u32::try_from(over).unwrap_or(u32::MAX).min(20)).unwrap_or(LONGEST);
        let until = failures.last_at.as_millis() + seconds.min(LONGEST) * 1000;
        let left = until - now.as_millis();
        if left > 0 { Err(SignInError::Wait(left / 1000 + 1)) } else { Ok(()) }
    }

    /// Begins a session under what is kept of its token.
    pub async fn begin_session(
        &self,
        account: &Account,
        kept: Hash,
        second_factor: bool,
        agent: &str,
        now: Timestamp,
    ) -> Result<(), DbError> {
        let session = Session {
            account: account.id.clone(),
            created_at: now,
            seen_at: now,
            expires_at: now.plus_days(LASTS),
            second_factor,
            agent: agent.chars().filter(|c| !c.is_control()).take(200).collect(),
        };
        self.store.drop_expired_sessions(&self.organization, now).await?;
        self.store.create_session(&self.organization, kept, &session).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_device_has_one_network() {
        let network = |text: &str| network(text.parse().unwrap()).to_string();
        assert_eq!(network("192.0.2.7"), "192.0.2.7");
        assert_eq!(network("::ffff:192.0.2.7"), "192.0.2.7");
        assert_eq!(network("2001:db8:1:2:3:4:5:6"), network("2001:db8:1:2::9"));
        assert_ne!(network("2001:db8:1:2::9"), network("2001:db8:1:3::9"));
    }
}

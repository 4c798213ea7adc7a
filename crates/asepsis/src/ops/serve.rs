//! Whether the book may be served at an address, and under which protection.

use std::net::{IpAddr, SocketAddr};

use asepsis_store::accounts::Rights;

use super::home::{Home, HomeError};

/// The book may not be served so.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The home cannot be used.
    #[error(transparent)]
    Home(#[from] HomeError),
    /// Others could reach it before anybody has a second factor.
    #[error("{address} can be reached by others, and no owner has set up a second factor yet")]
    NoSecondFactor {
        /// The address asked for.
        address: IpAddr,
    },
}

impl Home {
    /// Whether the book may be served at an address: this machine's own, or another one once an owner
    /// has a second factor. True if others can reach it, which then asks for TLS.
    pub async fn may_serve(&self, address: SocketAddr) -> Result<bool, ServeError> {
        if address.ip().is_loopback() {
            return Ok(false);
        }
        let accounts = self.store.accounts(&self.organization).await.map_err(HomeError::from)?;
        let safe = accounts
            .iter()
            .any(|it| it.rights == Rights::Owner && it.totp.is_some() && it.disabled_at.is_none());
        if safe { Ok(true) } else { Err(ServeError::NoSecondFactor { address: address.ip() }) }
    }
}

//! What all pages share: the open home, the clock, the names served, the book that is shown.

use std::net::SocketAddr;
use std::sync::Arc;

use asepsis_core::organization::Sector;
use asepsis_core::time::Timestamp;

use tokio::sync::Semaphore;

use super::claim::Claim;
use super::hosts::Hosts;
use super::shelf::Shelf;
use crate::ops::{AssessError, Book, Home, Kept};

/// How the book is served.
#[derive(Clone, Debug)]
pub struct Options {
    /// The names under which it answers.
    pub hosts: Hosts,
    /// Connections are encrypted: cookies say so.
    pub tls: bool,
    /// Others than this machine can reach it: a second factor is asked of everybody.
    pub beyond: bool,
    /// Name servers to ask instead of the system's.
    pub dns: Vec<SocketAddr>,
    /// Nothing is asked over the network.
    pub offline: bool,
    /// How passphrases are kept.
    pub kept: Kept,
}

/// The state of the server. Everything that must outlive it is in the store.
pub struct App {
    pub(super) home: Arc<Home>,
    pub(super) clock: fn() -> Timestamp,
    pub(super) options: Options,
    pub(super) claim: Claim,
    shelf: Arc<Shelf>,
    /// Who may work something out that takes longer: others wait, and pages that do not are as quick as
    /// ever.
    pub(super) workers: Arc<Semaphore>,
}

/// How much may be worked out at once.
const WORKERS: usize = 2;

impl App {
    /// A server's state over an open home.
    pub fn new(home: Arc<Home>, clock: fn() -> Timestamp, options: Options) -> Arc<Self> {
        Arc::new(Self {
            home,
            clock,
            options,
            claim: Claim::default(),
            shelf: Arc::default(),
            workers: Arc::new(Semaphore::new(WORKERS)),
        })
    }

    /// The one-time code that claims the first run; `None` once somebody has an account.
    pub async fn claim_code(&self) -> Result<Option<String>, asepsis_store::db::DbError> {
        let accounts = self.home.store.accounts(&self.home.organization).await?;
        Ok(accounts.is_empty().then(|| self.claim.code(self.home.random())))
    }

    /// The book of now.
    pub(super) async fn book(&self) -> Result<Arc<Book>, AssessError> {
        self.shelf.book(&self.home, self.now()).await
    }

    /// The organization's name as last shown.
    pub(super) fn organization(&self) -> String {
        self.shelf.organization()
    }

    /// In health care or not, as last shown: whose words the pages use.
    pub(super) fn sector(&self) -> Sector {
        self.shelf.sector()
    }

    pub(super) fn now(&self) -> Timestamp {
        (self.clock)()
    }
}

//! Look at the accounts of a directory, live, and record them as a file of them would be.

use asepsis_collect::directory::{self, DirectoryError};
use asepsis_collect::net::Net;
use asepsis_core::time::Timestamp;
use asepsis_store::net_log::NetCall;

pub use asepsis_collect::directory::{Secured, Settings as DirectorySettings, roots};

use super::home::{By, Home, HomeError};
use super::import::{ImportError, ImportedFile, Incoming};

/// A directory whose accounts are not recorded.
#[derive(Debug, thiserror::Error)]
pub enum LookAtDirectoryError {
    /// The directory does not answer, or says no.
    #[error(transparent)]
    Directory(#[from] DirectoryError),
    /// What it answered is not recorded.
    #[error(transparent)]
    Import(#[from] ImportError),
}

impl Home {
    /// Asks a directory for its accounts and records what is new or other than before.
    pub async fn look_at_directory(
        &self,
        settings: &DirectorySettings,
        net: &Net,
        by: By<'_>,
        now: Timestamp,
    ) -> Result<ImportedFile, LookAtDirectoryError> {
        let told = self.told(None, None, now).await?;
        let reading = directory::collect(settings, net, &told).await;
        let calls: Vec<NetCall> = net
            .take_log()
            .into_iter()
            .map(|it| NetCall {
                at: it.at,
                protocol: it.protocol.to_owned(),
                peer: it.peer,
                what: it.what,
            })
            .collect();
        // What was asked is written down, whatever came of it.
        let noted = self.store.note_calls(&self.organization, &calls).await;
        noted.map_err(|error| ImportError::from(HomeError::from(error)))?;
        let seen = Incoming::seen(&settings.host, reading?);
        Ok(self.import_file(&seen, &told, by, None).await?)
    }
}

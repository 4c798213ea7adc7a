//! Backup and restore of a SQLite store as one file, private tables included. PostgreSQL has its
//! own tools for this.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use crate::audit::Fault;
use crate::db::{Db, DbError};
use crate::ledger::{LedgerError, Store};
use crate::platform;

/// The first bytes of every SQLite file.
const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// A backup that could not be restored.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// A file.
    #[error("cannot restore {path}")]
    File {
        /// Which one.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The file is not a database.
    #[error("{path} is not a backup of a store")]
    NotABackup {
        /// Which one.
        path: PathBuf,
    },
    /// A ledger in the backup is not what was recorded.
    #[error("the ledger of {organization} in the backup is not sound: {fault}")]
    Unsound {
        /// Whose ledger.
        organization: String,
        /// What is wrong.
        fault: Fault,
    },
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
    /// The ledger failed.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

impl Store {
    /// Writes the whole SQLite database into one new file (mode 0600), while others go on working.
    pub async fn backup(&self, target: &Path) -> Result<(), DbError> {
        self.db().copy_to(target).await
    }

    /// Puts a backup where the URL says, which must not exist yet, and verifies every ledger in it.
    /// If one is not sound, nothing is left there.
    pub async fn restore(backup: &Path, url: &str) -> Result<Self, RestoreError> {
        let target = Db::file_of(url)?;
        let failed = |path: &Path| {
            let path = path.to_owned();
            move |source| RestoreError::File { path, source }
        };
        let mut source = File::open(backup).map_err(failed(backup))?;
        let mut magic = [0; 16];
        if source.read_exact(&mut magic).is_err() || &magic != MAGIC {
            return Err(RestoreError::NotABackup { path: backup.to_owned() });
        }
        if let Some(folder) = target.parent() {
            platform::create_private_dir(folder).map_err(failed(folder))?;
        }
        let mut copy = platform::open_private(&target, true).map_err(failed(&target))?;
        let mut whole = io::Cursor::new(magic).chain(source);
        let copied = io::copy(&mut whole, &mut copy).and_then(|_| copy.sync_all());
        let opened = match copied.map_err(failed(&target)) {
            Ok(()) => Self::open_sound(url).await,
            Err(error) => Err(error),
        };
        if opened.is_err() {
            for suffix in ["", "-wal", "-shm"] {
                let mut path = target.clone().into_os_string();
                path.push(suffix);
                // It was made a moment ago by us; what is not there need not go.
                drop(fs::remove_file(path));
            }
        }
        opened
    }

    async fn open_sound(url: &str) -> Result<Self, RestoreError> {
        let store = Self::open(url).await?;
        for organization in store.organizations().await? {
            if let Some(fault) = store.verify(&organization, None).await?.fault {
                store.close().await;
                return Err(RestoreError::Unsound { organization, fault });
            }
        }
        Ok(store)
    }
}

//! A backup to take away: the whole store as one open file that no folder holds any more.

use std::fs::File;
use std::path::PathBuf;

use asepsis_core::random::new_id;
use asepsis_store::db::DbError;

use super::home::Home;

/// A backup that cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The store cannot be copied.
    #[error(transparent)]
    Store(#[from] DbError),
    /// The copy cannot be used.
    #[error("cannot use the copy {path}")]
    File {
        /// Which file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
}

impl Home {
    /// Copies the whole store, private tables included, into a file that only this user can read, and
    /// takes its name away, so that nothing is left of it once it is closed.
    pub async fn backup_file(&self) -> Result<File, BackupError> {
        let path = self.places.data.join(format!("{}.tmp", new_id("backup", self.random())));
        let failed = |source| BackupError::File { path: path.clone(), source };
        std::fs::create_dir_all(&self.places.data).map_err(failed)?;
        let copied = self.store.backup(&path).await;
        let opened =
            copied.map_err(BackupError::from).and_then(|()| File::open(&path).map_err(failed));
        match std::fs::remove_file(&path) {
            // Where there was no copy, that is the error to tell.
            Err(source) if opened.is_ok() => Err(failed(source)),
            _ => opened,
        }
    }
}

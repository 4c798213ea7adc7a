//! Prove, move and repair what is recorded.

use std::path::Path;

use asepsis_core::time::Timestamp;
use asepsis_store::checkpoint::Checkpoint;
use asepsis_store::note::Verifier;
use asepsis_store::sign::{Heads, Keys, SignError};
use asepsis_store::verify::Verification;

use super::home::{Home, HomeError};

/// A head that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum HeadError {
    /// The home cannot be used.
    #[error(transparent)]
    Home(#[from] HomeError),
    /// The file cannot be read.
    #[error("cannot read the signed head {path}")]
    Read {
        /// Which file.
        path: String,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// It is not a head that this ledger's key signed.
    #[error("{path} is not a head that this ledger's key signed")]
    Foreign {
        /// Which file.
        path: String,
        /// Why.
        #[source]
        source: asepsis_store::checkpoint::CheckpointError,
    },
}

impl Home {
    fn keys(&self) -> Keys {
        Keys::new(&self.places.keys)
    }

    fn heads(&self) -> Heads {
        Heads::new(&self.places.heads)
    }

    /// Signs the head and keeps it outside the data folder.
    pub async fn sign(&self, now: Timestamp) -> Result<(), HomeError> {
        let signer = self.keys().signer(&self.organization, self.random.as_ref())?;
        self.heads().sign(&self.store, &self.organization, &signer, now).await?;
        Ok(())
    }

    /// The public key that signs this ledger's heads.
    pub fn verifier(&self) -> Result<Verifier, SignError> {
        Ok(self.keys().signer(&self.organization, self.random.as_ref())?.verifier().clone())
    }

    /// Verifies the ledger against a head kept outside: the one given, or the newest kept here.
    pub async fn verify(&self, head: Option<&Path>) -> Result<Verification, HeadError> {
        let verifier = self.verifier().map_err(HomeError::from)?;
        let (path, text) = match head {
            Some(path) => {
                let path_text = path.display().to_string();
                let read = |source| HeadError::Read { path: path_text.clone(), source };
                (path_text.clone(), Some(std::fs::read_to_string(path).map_err(read)?))
            }
            None => {
                let newest = self.heads().newest_text(&self.organization);
                ("the newest kept head".to_owned(), newest.map_err(HomeError::from)?)
            }
        };
        let head = text
            .map(|text| Checkpoint::open(text.as_bytes(), &verifier))
            .transpose()
            .map_err(|source| HeadError::Foreign { path, source })?;
        let verified = self.store.verify(&self.organization, head.as_ref()).await;
        Ok(verified.map_err(HomeError::from)?)
    }

    /// Exports the ledger into a folder.
    pub async fn export(&self, to: &Path) -> anyhow::Result<Checkpoint> {
        let signer = self.keys().signer(&self.organization, self.random.as_ref())?;
        Ok(self.store.export(&self.organization, to, &signer).await?)
    }

    /// Deletes the body of an entry, with the reason on record.
    pub async fn redact(
        &self,
        seq: u64,
        reason: &str,
        author: &str,
        now: Timestamp,
    ) -> Result<u64, HomeError> {
        let store = &self.store;
        let random = self.random.as_ref();
        let entry = store.redact(&self.organization, seq, reason, author, now, random).await?;
        self.sign(now).await?;
        Ok(entry.seq)
    }
}

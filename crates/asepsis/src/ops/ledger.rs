//! Prove, move and repair what is recorded.

use std::path::Path;

use asepsis_core::time::Timestamp;
use asepsis_store::checkpoint::Checkpoint;
use asepsis_store::note::{Signer, Verifier};
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
    /// There is a head, but not the key that signed it.
    #[error("the key that signed {path} is missing")]
    NoKey {
        /// Which head.
        path: String,
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

/// A body that is not deleted.
#[derive(Debug, thiserror::Error)]
pub enum RedactError {
    /// The ledger cannot be used, or the entry is not one that can be redacted.
    #[error(transparent)]
    Home(#[from] HomeError),
    /// The reason stays on record for good and may hold patient data.
    #[error("the reason seems to hold {0}; asepsis keeps no patient data")]
    PatientData(String),
}

impl Home {
    fn keys(&self) -> Keys {
        Keys::new(&self.places.keys)
    }

    /// Refuses to go on where the ledger no longer fits its newest signed head.
    pub(super) async fn check_head(&self) -> Result<(), HomeError> {
        Ok(self.heads().check(&self.store, &self.organization).await?)
    }

    /// The key that signs, made on first use.
    fn signer(&self) -> Result<Signer, SignError> {
        self.keys().signer(&self.organization, &self.heads(), self.random.as_ref())
    }

    fn heads(&self) -> Heads {
        Heads::new(&self.places.heads)
    }

    /// Signs the head and keeps it outside the data folder.
    pub async fn sign(&self, now: Timestamp) -> Result<(), HomeError> {
        let signer = self.signer()?;
        self.heads().sign(&self.store, &self.organization, &signer, now).await?;
        Ok(())
    }

    /// The newest signed head as text, to be kept on paper; `None` before the first entry.
    pub fn head_text(&self) -> Result<Option<String>, HomeError> {
        Ok(self.heads().newest_text(&self.organization)?)
    }

    /// Hands the ledger to a new key, with an entry that the old one signs. Gives the new public key.
    pub async fn new_key(&self, author: &str, now: Timestamp) -> Result<Verifier, HomeError> {
        self.check_head().await?;
        let (store, heads, random) = (&self.store, self.heads(), self.random.as_ref());
        let keys = self.keys();
        let (signer, _) =
            keys.change(store, &self.organization, &heads, author, now, random).await?;
        self.sign(now).await?;
        Ok(signer.verifier().clone())
    }

    /// Verifies the ledger against a head kept outside: the one given, or the newest kept here.
    pub async fn verify(&self, head: Option<&Path>) -> Result<Verification, HeadError> {
        let key = self.keys().existing(&self.organization).map_err(HomeError::from)?;
        let (path, text) = match head {
            Some(path) => {
                let path_text = path.display().to_string();
                let text = read_head(path)
                    .map_err(|source| HeadError::Read { path: path_text.clone(), source })?;
                (path_text, Some(text))
            }
            None => {
                let newest = self.heads().newest_text(&self.organization);
                ("the newest kept head".to_owned(), newest.map_err(HomeError::from)?)
            }
        };
        let head = match (text, key) {
            (None, _) => None,
            (Some(_), None) => return Err(HeadError::NoKey { path }),
            (Some(text), Some(key)) => Some(
                Checkpoint::open(text.as_bytes(), key.verifier())
                    .map_err(|source| HeadError::Foreign { path, source })?,
            ),
        };
        let verified = self.store.verify(&self.organization, head.as_ref()).await;
        Ok(verified.map_err(HomeError::from)?)
    }

    /// Exports the ledger into a folder.
    pub async fn export(&self, to: &Path) -> anyhow::Result<Checkpoint> {
        let signer = self.signer()?;
        Ok(self.store.export(&self.organization, to, &signer).await?)
    }

    /// Deletes the body of an entry, with the reason on record.
    pub async fn redact(
        &self,
        seq: u64,
        reason: &str,
        role: &str,
        now: Timestamp,
    ) -> Result<u64, RedactError> {
        if let Some(found) = asepsis_collect::remark::patient_data(reason) {
            return Err(RedactError::PatientData(found));
        }
        self.check_head().await?;
        let (author, person) = self.author("", role).await?;
        if let Some(person) = person {
            self.record(vec![(author.clone(), person)], now).await?;
        }
        let (store, random) = (&self.store, self.random.as_ref());
        let entry = store.redact(&self.organization, seq, reason, &author, now, random).await;
        let entry = entry.map_err(HomeError::from)?;
        self.sign(now).await?;
        Ok(entry.seq)
    }
}

/// Reads a signed head; one is a few hundred bytes, so nothing longer is taken.
fn read_head(path: &Path) -> std::io::Result<String> {
    use std::io::Read as _;
    let mut text = String::new();
    std::fs::File::open(path)?.take(64 << 10).read_to_string(&mut text)?;
    Ok(text)
}

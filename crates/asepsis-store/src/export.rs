//! A ledger as a folder of files that anybody can verify without us: C2SP tiles and entry bundles,
//! a signed head, and the bodies. `import` is the way back.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use asepsis_core::canonical::canonical;

use crate::audit::{Audit, Fault};
use crate::checkpoint::{Checkpoint, CheckpointError, origin};
use crate::entry::Entry;
use crate::evidence::PAGE;
use crate::ledger::{LedgerError, Store, empty_root, rows_entry};
use crate::note::Signer;
use crate::platform;
use crate::rows;
use crate::tile::{Tile, TileError, TileWriter};

/// The signed head.
pub const CHECKPOINT: &str = "checkpoint";
/// The public key that the head is signed with. It proves only that the folder is whole: whoever
/// wants to know by whom must have the key from elsewhere.
pub const PUBLIC_KEY: &str = "key.pub";
/// One line per entry: number, salt, body.
pub const BODIES: &str = "bodies.jsonl";

/// An export that could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// A file or folder.
    #[error("cannot write {path}")]
    File {
        /// Which one.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The folder holds something.
    #[error("the folder {path} is not empty")]
    NotEmpty {
        /// Which one.
        path: PathBuf,
    },
    /// The ledger is not what was recorded.
    #[error("the ledger of {organization} is not sound and is not exported: {fault}")]
    Unsound {
        /// Whose ledger.
        organization: String,
        /// What is wrong.
        fault: Fault,
    },
    /// An envelope does not fit a bundle.
    #[error("an entry of {organization} cannot be exported")]
    Tile {
        /// Whose ledger.
        organization: String,
        /// Why.
        #[source]
        source: TileError,
    },
    /// The head cannot be signed.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// The ledger failed.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

impl Store {
    /// Writes a ledger into an empty or new folder, as it is at one moment, and verifies it on the
    /// way. Hands back the head that was signed.
    pub async fn export(
        &self,
        organization: &str,
        folder: &Path,
        signer: &Signer,
    ) -> Result<Checkpoint, ExportError> {
        let failed = |path: &Path| {
            let path = path.to_owned();
            move |source| ExportError::File { path, source }
        };
        platform::create_private_dir(folder).map_err(failed(folder))?;
        if fs::read_dir(folder).map_err(failed(folder))?.next().is_some() {
            return Err(ExportError::NotEmpty { path: folder.to_owned() });
        }
        let unsound = |fault| ExportError::Unsound { organization: organization.to_owned(), fault };
        let wide = |source| ExportError::Tile { organization: organization.to_owned(), source };
        let path = folder.join(BODIES);
        let file = platform::open_private(&path, true).map_err(failed(&path))?;
        let mut bodies = std::io::BufWriter::new(file);
        let mut tiles = TileWriter::new();
        let mut audit = Audit::new(organization, None);

        let mut tx = self.db().snapshot().await.map_err(LedgerError::Db)?;
        loop {
            let from = audit.frontier.size();
            let page = rows::page(self.db(), &mut *tx, organization, from, PAGE)
                .await
                .map_err(LedgerError::Db)?;
            if page.is_empty() {
                break;
            }
            for row in page {
                let entry = rows_entry(organization)(row)?;
                audit.push(&entry).map_err(unsound)?;
                let line = body_line(&entry);
                bodies.write_all(line.as_bytes()).map_err(failed(&path))?;
                let data = entry.envelope().to_data();
                for (tile, bytes) in tiles.push(data.as_bytes(), entry.leaf_hash).map_err(wide)? {
                    write_tile(folder, tile, &bytes)?;
                }
            }
        }
        let head =
            rows::read_head(self.db(), &mut *tx, organization).await.map_err(LedgerError::Db)?;
        drop(tx);
        audit.finish().map_err(unsound)?;
        let (size, root) = (audit.frontier.size(), audit.frontier.root());
        let stored = head.map_or_else(
            || (Some(0), empty_root().to_string()),
            |row| (u64::try_from(row.size).ok(), row.root),
        );
        if stored != (Some(size), root.to_string()) {
            return Err(unsound(Fault { seq: None, wrong: crate::audit::Wrong::Root }));
        }
        bodies
            .into_inner()
            .map_err(std::io::IntoInnerError::into_error)
            .and_then(|file| file.sync_all())
            .map_err(failed(&path))?;
        for (tile, bytes) in tiles.finish() {
            write_tile(folder, tile, &bytes)?;
        }
        let head = Checkpoint { origin: origin(organization), size, root };
        // The head last: a folder without one is an export that was cut off.
        for (name, text) in
            [(PUBLIC_KEY, format!("{}\n", signer.verifier())), (CHECKPOINT, head.sign(signer)?)]
        {
            let path = folder.join(name);
            platform::write_private(&path, text.as_bytes()).map_err(failed(&path))?;
        }
        Ok(head)
    }
}

/// The line of one entry in [`BODIES`]: canonical JSON with `body`, `idempotency` where there is
/// one, `salt` and `seq`; a redacted entry has neither body nor salt.
fn body_line(entry: &Entry) -> String {
    let mut line = serde_json::Map::new();
    line.insert("seq".into(), entry.seq.into());
    if let (Some(body), Some(salt)) = (entry.value(), entry.salt) {
        line.insert("body".into(), body);
        line.insert("salt".into(), salt.to_string().into());
    }
    if let Some(key) = &entry.idempotency {
        line.insert("idempotency".into(), key.as_str().into());
    }
    let mut text = canonical(&line.into());
    text.push('\n');
    text
}

fn write_tile(folder: &Path, tile: Tile, bytes: &[u8]) -> Result<(), ExportError> {
    let path = folder.join(tile.path());
    path.parent()
        .map_or(Ok(()), platform::create_private_dir)
        .and_then(|()| platform::open_private(&path, true))
        .and_then(|mut file| file.write_all(bytes))
        .map_err(|source| ExportError::File { path, source })
}

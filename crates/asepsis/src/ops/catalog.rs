//! The catalog: the one in the binary, or a folder that replaces it.

use std::path::{Path, PathBuf};

use asepsis_core::catalog::CatalogFiles;
use include_dir::{Dir, include_dir};

static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../catalog");

/// Most files in a catalog folder.
const MAX_FILES: usize = 5_000;
/// Deepest folder in it.
const MAX_DEPTH: usize = 4;
/// Largest file, in bytes.
const MAX_BYTES: u64 = 1 << 20;

/// A catalog folder that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum CatalogError {
    /// A file or folder that cannot be opened.
    #[error("cannot read {}", path.display())]
    Read {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// Not text.
    #[error("{} is not text in UTF-8", path.display())]
    Text {
        /// Which.
        path: PathBuf,
    },
    /// More than a catalog can be.
    #[error("{} holds more or larger files than a catalog may", path.display())]
    TooLarge {
        /// Which.
        path: PathBuf,
    },
    /// It does not load.
    #[error("the catalog does not load; the first of {} problems: {}", problems.len(), problems.first().map_or_else(String::new, ToString::to_string))]
    Broken {
        /// All of them.
        problems: Vec<asepsis_core::catalog::Problem>,
    },
}

/// The catalog in the binary.
pub fn embedded() -> CatalogFiles {
    fn walk(dir: &Dir<'_>, files: &mut CatalogFiles) {
        for file in dir.files() {
            if let (Some(path), Some(text)) = (file.path().to_str(), file.contents_utf8()) {
                files.0.insert(path.replace('\\', "/"), text.to_owned());
            }
        }
        dir.dirs().for_each(|dir| walk(dir, files));
    }
    let mut files = CatalogFiles::default();
    walk(&EMBEDDED, &mut files);
    files
}

/// A catalog folder on disk.
pub fn folder(root: &Path) -> Result<CatalogFiles, CatalogError> {
    let mut files = CatalogFiles::default();
    read(root, root, 0, &mut files)?;
    Ok(files)
}

fn read(
    folder: &Path,
    root: &Path,
    depth: usize,
    files: &mut CatalogFiles,
) -> Result<(), CatalogError> {
    let failed = |source| CatalogError::Read { path: folder.to_owned(), source };
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let path = entry.path();
        let kind = entry.file_type().map_err(failed)?;
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if hidden || kind.is_symlink() {
            continue;
        }
        if kind.is_dir() {
            if depth == MAX_DEPTH {
                return Err(CatalogError::TooLarge { path });
            }
            read(&path, root, depth + 1, files)?;
            continue;
        }
        let size = entry.metadata().map_err(failed)?.len();
        if size > MAX_BYTES || files.0.len() >= MAX_FILES {
            return Err(CatalogError::TooLarge { path });
        }
        let bytes = std::fs::read(&path)
            .map_err(|source| CatalogError::Read { path: path.clone(), source })?;
        let text =
            String::from_utf8(bytes).map_err(|_| CatalogError::Text { path: path.clone() })?;
        let name = path.strip_prefix(root).unwrap_or(&path);
        let name: Vec<_> = name.components().map(|it| it.as_os_str().to_string_lossy()).collect();
        files.0.insert(name.join("/"), text);
    }
    Ok(())
}

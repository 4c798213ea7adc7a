//! Files and folders that only their owner can read; on Windows, whoever can read the folder they are
//! made in. The one place with calls that differ by system; it knows nothing of what the files hold.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

/// Makes a folder and its parents, each readable by its owner only; leaves an existing one alone.
pub(crate) fn create_private_dir(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Opens a file for writing, made readable by its owner only; `new` refuses an existing one.
pub(crate) fn open_private(path: &Path, new: bool) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).append(true).create(true).create_new(new);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    // An older file may have been made with a wider mask.
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    Ok(file)
}

/// Writes a file whole or not at all: beside it first, then renamed over it, both on disk.
pub(crate) fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    let beside = path.with_file_name(name);
    match fs::remove_file(&beside) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = open_private(&beside, true)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    drop(file);
    fs::rename(&beside, path)?;
    sync_dir(path)
}

/// The path of a folder that exists, absolute and without `..`.
pub(crate) fn settled(folder: &Path) -> io::Result<PathBuf> {
    // `a/../b` is not `b` where `a` is a link.
    #[cfg(unix)]
    return folder.canonicalize();
    // Windows takes `..` out before it looks at links, and its canonical form (`\\?\C:\`) is one
    // that not every program reads.
    #[cfg(not(unix))]
    std::path::absolute(folder)
}

/// Puts the name of a file on disk.
#[cfg(unix)]
pub(crate) fn sync_dir(file: &Path) -> io::Result<()> {
    if let Some(parent) = file.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        File::open(parent)?.sync_all()?;
    }
    Ok(())
}

/// Nothing to do: only Unix opens a folder as a file.
#[cfg(not(unix))]
pub(crate) fn sync_dir(_file: &Path) -> io::Result<()> {
    Ok(())
}

/// Reads a plain file of at most `limit` bytes; a longer one, a link or a folder is an error.
pub(crate) fn read_limited(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    if !fs::symlink_metadata(path)?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a plain file"));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length <= limit) {
        Ok(bytes)
    } else {
        Err(io::Error::new(io::ErrorKind::FileTooLarge, "it is larger than it may be"))
    }
}

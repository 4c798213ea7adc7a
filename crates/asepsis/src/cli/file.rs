//! Files named on the command line: written whole or not at all, read up to a limit.

use std::io::Read as _;
use std::path::Path;

use anyhow::Context as _;

/// Writes the whole file or none of it: beside the target first, then over it.
pub(crate) fn write(to: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let mut name = to.file_name().unwrap_or_default().to_os_string();
    name.push(".part");
    let part = to.with_file_name(name);
    std::fs::write(&part, bytes)
        .and_then(|()| std::fs::rename(&part, to))
        .with_context(|| format!("cannot write {}", to.display()))
}

/// Reads a file, at most one byte more than the limit: who parses it says that it is too large.
pub(crate) fn read(from: &Path, limit: usize) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::fs::File::open(from)
        .and_then(|file| file.take(limit as u64 + 1).read_to_end(&mut bytes))
        .with_context(|| format!("cannot read {}", from.display()))?;
    Ok(bytes)
}

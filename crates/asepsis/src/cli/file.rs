//! Files named on the command line: written whole or not at all.

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

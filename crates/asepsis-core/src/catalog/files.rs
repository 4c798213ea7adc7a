//! The catalog as text: a folder's files in memory, and problems with their place in them.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

use crate::canonical::canonical;
use crate::hash::Hash;

/// Largest catalog file, in bytes; a catalog folder is foreign input.
pub(super) const MAX_FILE: usize = 1 << 20;

/// A catalog folder in memory: path with `/` → text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CatalogFiles(pub BTreeMap<String, String>);

impl CatalogFiles {
    /// The hash of the canonical catalog: of the RFC 8785 text of `{path: text}`.
    pub fn hash(&self) -> Hash {
        let map = self.0.iter().map(|(path, text)| (path.clone(), Value::from(text.as_str())));
        Hash::of(&[canonical(&Value::Object(map.collect())).as_bytes()])
    }

    /// The line on which `needle` first stands at or after the line that holds `anchor`.
    pub(super) fn line(&self, file: &str, anchor: &str, needle: &str) -> Option<usize> {
        let lines = || self.0.get(file).map(|text| text.lines().enumerate());
        let start = lines()?.find(|(_, line)| holds(line, anchor)).map_or(0, |(at, _)| at);
        let found = lines()?.skip(start).find(|(_, line)| holds(line, needle));
        found.map(|(at, _)| at + 1).or(Some(start + 1))
    }
}

/// Whether a line holds a word in quotes, or bare.
fn holds(line: &str, word: &str) -> bool {
    line.contains(&format!("\"{word}\"")) || line.contains(word)
}

/// Something wrong in a catalog, with its place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Path inside the catalog folder.
    pub file: String,
    /// Line from 1, where known.
    pub line: Option<usize>,
    /// What is wrong and what to do.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.file, self.message),
            None => write!(f, "{}: {}", self.file, self.message),
        }
    }
}

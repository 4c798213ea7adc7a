//! A folder of captured files as a source.
//!
//! ```text
//! FOLDER/root/…              the files, at their paths
//! FOLDER/commands/NAME.txt   what the commands printed; uname.txt and euid.txt besides
//! FOLDER/capture.txt         what files cannot show, one statement a line:
//!     modified PATH TIME     when it was last changed
//!     denied PATH            the user who captured could not read it
//!     link PATH TARGET       a symbolic link
//!     empty PATH             it exists; a folder or file of which nothing else is kept
//! ```

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use asepsis_core::time::Timestamp;

use super::{Command, Source, SourceError, Uname};

/// Files captured from a computer.
#[derive(Clone, Debug)]
pub struct Captured {
    folder: PathBuf,
    modified: BTreeMap<String, Timestamp>,
    links: BTreeMap<String, String>,
    denied: Vec<String>,
    empty: Vec<String>,
}

impl Captured {
    /// Opens a captured folder.
    pub fn open(folder: &Path) -> Result<Self, SourceError> {
        let mut it = Self {
            folder: folder.to_owned(),
            modified: BTreeMap::new(),
            links: BTreeMap::new(),
            denied: Vec::new(),
            empty: Vec::new(),
        };
        let path = folder.join("capture.txt");
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(SourceError::io(&path.to_string_lossy(), &error)),
        };
        for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let mut words = line.split_whitespace();
            let statement = (words.next(), words.next().map(str::to_owned), words.next());
            match statement {
                (Some("modified"), Some(path), Some(time)) => {
                    let time = time.parse().map_err(|error| SourceError::failed(line, error))?;
                    it.modified.insert(path, time);
                }
                (Some("link"), Some(path), Some(target)) => {
                    it.links.insert(path, target.to_owned());
                }
                (Some("denied"), Some(path), None) => it.denied.push(path),
                (Some("empty"), Some(path), None) => it.empty.push(path),
                _ => return Err(SourceError::failed(line, "it is no statement of capture.txt")),
            }
        }
        Ok(it)
    }

    fn place(&self, path: &str) -> Result<PathBuf, SourceError> {
        let below = |folder: &String| {
            path.strip_prefix(folder.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        if self.denied.iter().any(below) {
            return Err(SourceError::denied(path));
        }
        let mut place = self.folder.join("root");
        for name in path.split('/').filter(|name| !name.is_empty()) {
            if name == ".." {
                return Err(SourceError::missing(path));
            }
            place.push(name);
        }
        Ok(place)
    }

    fn bytes(&self, path: &str) -> Result<Vec<u8>, SourceError> {
        let place = self.place(path)?;
        match fs::read(place) {
            Ok(bytes) => Ok(bytes),
            Err(_) if self.empty.iter().any(|known| known == path) => Ok(Vec::new()),
            Err(error) => Err(SourceError::io(path, &error)),
        }
    }

    fn command(&self, name: &str) -> Result<Vec<u8>, SourceError> {
        let place = self.folder.join("commands").join(format!("{name}.txt"));
        fs::read(place).map_err(|error| SourceError::io(name, &error))
    }

    /// Names that only `capture.txt` knows of, directly below a folder.
    fn named_below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = String> + 'a {
        let known = self.modified.keys().chain(self.links.keys());
        known.chain(&self.empty).chain(&self.denied).filter_map(move |path| {
            let rest = path.strip_prefix(folder)?.strip_prefix('/')?;
            rest.split('/').next().map(str::to_owned)
        })
    }
}

impl Source for Captured {
    fn read(&self, path: &str, limit: usize) -> Result<Vec<u8>, SourceError> {
        let bytes = self.bytes(path)?;
        if bytes.len() > limit {
            return Err(SourceError::TooLarge { what: path.to_owned(), limit });
        }
        Ok(bytes)
    }

    fn read_start(&self, path: &str, length: usize) -> Result<Vec<u8>, SourceError> {
        let mut bytes = self.bytes(path)?;
        bytes.truncate(length);
        Ok(bytes)
    }

    fn read_end(&self, path: &str, length: usize) -> Result<Vec<u8>, SourceError> {
        let mut bytes = self.bytes(path)?;
        Ok(bytes.split_off(bytes.len().saturating_sub(length)))
    }

    fn list(&self, path: &str, limit: usize) -> Result<Vec<String>, SourceError> {
        let path = path.trim_end_matches('/');
        let mut names: Vec<String> = self.named_below(path).collect();
        match fs::read_dir(self.place(path)?) {
            Ok(entries) => names.extend(
                entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()),
            ),
            Err(_) if !names.is_empty() || self.empty.iter().any(|known| known == path) => {}
            Err(error) => return Err(SourceError::io(path, &error)),
        }
        names.sort();
        names.dedup();
        if names.len() > limit {
            return Err(SourceError::TooLarge { what: path.to_owned(), limit });
        }
        Ok(names)
    }

    fn link(&self, path: &str) -> Result<String, SourceError> {
        self.links.get(path).cloned().ok_or_else(|| SourceError::missing(path))
    }

    fn modified(&self, path: &str) -> Result<Timestamp, SourceError> {
        match self.modified.get(path) {
            Some(time) => Ok(*time),
            None if self.exists(path)? => {
                Err(SourceError::failed(path, "its time was not captured"))
            }
            None => Err(SourceError::missing(path)),
        }
    }

    fn exists(&self, path: &str) -> Result<bool, SourceError> {
        let place = self.place(path)?;
        Ok(place.exists()
            || self.modified.contains_key(path)
            || self.links.contains_key(path)
            || self.empty.iter().any(|known| known == path)
            || self.named_below(path).next().is_some())
    }

    fn run(&self, command: Command) -> Result<Vec<u8>, SourceError> {
        if command.needs_administrator() && self.effective_uid() != Some(0) {
            return Err(SourceError::denied(&command.short()));
        }
        self.command(command.name())
    }

    fn effective_uid(&self) -> Option<u32> {
        String::from_utf8(self.command("euid").ok()?).ok()?.trim().parse().ok()
    }

    fn uname(&self) -> Result<Uname, SourceError> {
        let text = String::from_utf8_lossy(&self.command("uname")?).into_owned();
        let mut words = text.split_whitespace().map(str::to_owned);
        match (words.next(), words.next(), words.next(), words.next()) {
            (Some(system), Some(host), Some(release), Some(machine)) => {
                Ok(Uname { system, host, release, machine })
            }
            _ => Err(SourceError::failed("uname", "it is not SYSTEM HOST RELEASE MACHINE")),
        }
    }
}

//! The running system as a source.

use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom};
use std::process::{Child, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, UNIX_EPOCH};

use asepsis_core::time::Timestamp;

use super::{COMMAND_BYTES, COMMAND_MS, Command, Source, SourceError, Uname};
use crate::platform;

/// The computer the collector runs on.
#[derive(Clone, Copy, Debug, Default)]
pub struct Live;

/// Where programs are looked for; the environment is not asked.
const FOLDERS: [&str; 4] = ["/usr/sbin", "/usr/bin", "/sbin", "/bin"];

impl Source for Live {
    fn read(&self, path: &str, limit: usize) -> Result<Vec<u8>, SourceError> {
        let bytes = head(open(path)?, path, limit.saturating_add(1))?;
        if bytes.len() > limit {
            return Err(SourceError::TooLarge { what: path.to_owned(), limit });
        }
        Ok(bytes)
    }

    fn read_start(&self, path: &str, length: usize) -> Result<Vec<u8>, SourceError> {
        head(open(path)?, path, length)
    }

    fn read_end(&self, path: &str, length: usize) -> Result<Vec<u8>, SourceError> {
        let mut file = open(path)?;
        let size = file.metadata().map_err(|error| SourceError::io(path, &error))?.len();
        let from = size.saturating_sub(length as u64);
        file.seek(SeekFrom::Start(from)).map_err(|error| SourceError::io(path, &error))?;
        head(file, path, length)
    }

    fn list(&self, path: &str, limit: usize) -> Result<Vec<String>, SourceError> {
        let mut names = Vec::new();
        for entry in fs::read_dir(path).map_err(|error| SourceError::io(path, &error))? {
            let entry = entry.map_err(|error| SourceError::io(path, &error))?;
            if names.len() == limit {
                return Err(SourceError::TooLarge { what: path.to_owned(), limit });
            }
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
        names.sort();
        Ok(names)
    }

    fn link(&self, path: &str) -> Result<String, SourceError> {
        let target = fs::read_link(path).map_err(|error| SourceError::io(path, &error))?;
        Ok(target.to_string_lossy().into_owned())
    }

    fn modified(&self, path: &str) -> Result<Timestamp, SourceError> {
        let time = fs::metadata(path)
            .and_then(|about| about.modified())
            .map_err(|error| SourceError::io(path, &error))?;
        let millis = time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis());
        Ok(Timestamp::from_millis(i64::try_from(millis).unwrap_or(i64::MAX)))
    }

    fn exists(&self, path: &str) -> Result<bool, SourceError> {
        match fs::metadata(path) {
            Ok(_) => Ok(true),
            Err(error) => match SourceError::io(path, &error) {
                SourceError::Missing { .. } => Ok(false),
                other => Err(other),
            },
        }
    }

    fn run(&self, command: Command) -> Result<Vec<u8>, SourceError> {
        let what = command.short();
        if command.needs_administrator() && self.effective_uid() != Some(0) {
            return Err(SourceError::denied(&what));
        }
        let mut words = command.line().iter();
        let program = words.next().copied().unwrap_or_default();
        let program = FOLDERS
            .iter()
            .map(|folder| format!("{folder}/{program}"))
            .find(|path| fs::metadata(path).is_ok_and(|about| about.is_file()))
            .ok_or_else(|| SourceError::missing(program))?;
        let mut process = std::process::Command::new(program);
        process
            .args(words)
            .env_clear()
            .env("LC_ALL", "C")
            .env("PATH", FOLDERS.join(":"))
            .current_dir("/")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        platform::own_group(&mut process);
        let child = process.spawn().map_err(|error| SourceError::io(&what, &error))?;
        finish(child, &what, Duration::from_millis(COMMAND_MS), COMMAND_BYTES)
    }

    fn effective_uid(&self) -> Option<u32> {
        platform::effective_uid()
    }

    fn uname(&self) -> Result<Uname, SourceError> {
        Ok(platform::uname())
    }
}

/// Opens a regular file; a pipe or a device could block for ever.
fn open(path: &str) -> Result<File, SourceError> {
    let about = fs::metadata(path).map_err(|error| SourceError::io(path, &error))?;
    if !about.is_file() {
        return Err(SourceError::failed(path, "it is not a file"));
    }
    File::open(path).map_err(|error| SourceError::io(path, &error))
}

fn head(file: File, path: &str, length: usize) -> Result<Vec<u8>, SourceError> {
    let mut bytes = Vec::new();
    file.take(length as u64)
        .read_to_end(&mut bytes)
        .map_err(|error| SourceError::io(path, &error))?;
    Ok(bytes)
}

/// Reads what a child prints and waits for its end; stops it, and all it started, when it takes
/// longer than `limit` or prints more than `bytes`.
pub(super) fn finish(
    mut child: Child,
    what: &str,
    limit: Duration,
    bytes: usize,
) -> Result<Vec<u8>, SourceError> {
    let Some(output) = child.stdout.take() else {
        platform::stop(&mut child);
        return Err(SourceError::failed(what, "its output could not be taken"));
    };
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut printed = Vec::new();
        let result = output.take(bytes as u64 + 1).read_to_end(&mut printed);
        // Nobody listens any more once the time is over.
        drop(sender.send(result.map(|_| printed)));
    });
    let printed = match receiver.recv_timeout(limit) {
        Ok(Ok(printed)) if printed.len() <= bytes => printed,
        other => {
            platform::stop(&mut child);
            return Err(match other {
                Ok(Ok(_)) => SourceError::TooLarge { what: what.to_owned(), limit: bytes },
                Ok(Err(error)) => SourceError::failed(what, error),
                Err(_) => SourceError::TimedOut {
                    what: what.to_owned(),
                    millis: u64::try_from(limit.as_millis()).unwrap_or(u64::MAX),
                },
            });
        }
    };
    // Its output has ended, so its end is near; a child that lingers is stopped.
    for _ in 0..20 {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return Ok(printed),
            Ok(Some(status)) => return Err(SourceError::failed(what, status)),
            Ok(None) => thread::sleep(Duration::from_millis(5)),
            Err(error) => return Err(SourceError::failed(what, error)),
        }
    }
    platform::stop(&mut child);
    Ok(printed)
}

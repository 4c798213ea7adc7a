//! One look in progress: the source, what is already known, and the body being built.

use asepsis_core::observation::BodyBuilder;
use asepsis_core::time::Timestamp;
use serde_json::Value;

use super::units::Units;
use crate::source::{Source, SourceError, Uname};

/// The longest file that is read whole.
pub(super) const FILE_BYTES: usize = 1 << 20;

/// The most names read from a folder.
pub(super) const NAMES: usize = 4096;

pub(super) struct Look<'a> {
    pub(super) source: &'a dyn Source,
    pub(super) now: Timestamp,
    pub(super) uname: Uname,
    /// The units of systemd, or why they could not be listed.
    pub(super) units: Result<Units, SourceError>,
    /// Set by the hardware group: the collector sees a container, not the computer.
    pub(super) container: bool,
    /// Set by the hardware group: the computer is a virtual machine.
    pub(super) guest: bool,
    /// Set by the ports group: TCP ports that other computers can reach.
    pub(super) open_tcp: Option<Vec<u16>>,
    pub(super) body: BodyBuilder,
}

/// A value with the place it was read from, or why there is none.
pub(super) type Read<T> = Result<(T, String), String>;

impl<'a> Look<'a> {
    pub(super) fn new(source: &'a dyn Source, now: Timestamp, uname: Uname) -> Self {
        Self {
            source,
            now,
            uname,
            units: Units::list(source),
            container: false,
            guest: false,
            open_tcp: None,
            body: BodyBuilder::new(),
        }
    }

    /// A file as text; bytes that are not UTF-8 become replacement characters.
    pub(super) fn text(&self, path: &str) -> Result<String, SourceError> {
        let bytes = self.source.read(path, FILE_BYTES)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// The names in a folder; none if there is no such folder.
    pub(super) fn names(&self, path: &str) -> Result<Vec<String>, SourceError> {
        match self.source.list(path, NAMES) {
            Err(error) if error.is_missing() => Ok(Vec::new()),
            other => other,
        }
    }

    /// The texts of a folder's files whose names end so, in order. A folder that is not there is empty.
    pub(super) fn texts(
        &self,
        folder: &str,
        ending: &str,
    ) -> Result<Vec<(String, String)>, SourceError> {
        let mut out = Vec::new();
        for name in self.names(folder)? {
            if name.ends_with(ending) && !name.starts_with('.') && out.len() < 256 {
                let path = format!("{folder}/{name}");
                match self.text(&path) {
                    Ok(text) => out.push((path, text)),
                    // A folder or a broken link among the files says nothing.
                    Err(SourceError::Missing { .. } | SourceError::Failed { .. }) => {}
                    Err(error) => return Err(error),
                }
            }
        }
        Ok(out)
    }

    /// Whether something is there, as far as this user can see.
    pub(super) fn there(&self, path: &str) -> bool {
        self.source.exists(path).unwrap_or(false)
    }

    pub(super) fn saw(&mut self, path: &str, value: impl Into<Value>, from: impl Into<String>) {
        self.body.saw(path, value, from);
    }

    #[expect(clippy::needless_pass_by_value, reason = "errors and texts are handed over alike")]
    pub(super) fn missed(&mut self, path: &str, why: impl ToString) {
        self.body.missed(path, why.to_string());
    }

    /// Records a value, or why there is none.
    pub(super) fn record<T: Into<Value>>(&mut self, path: &str, read: Read<T>) {
        match read {
            Ok((value, from)) => self.saw(path, value, from),
            Err(why) => self.missed(path, why),
        }
    }

    /// Records what the units of systemd say, or that they could not be listed.
    pub(super) fn record_units<T: Into<Value>>(
        &mut self,
        path: &str,
        ask: impl FnOnce(&Units) -> T,
    ) {
        let read = match &self.units {
            Ok(units) => Ok((ask(units), "systemctl list-units".to_owned())),
            Err(error) => Err(error.to_string()),
        };
        self.record(path, read);
    }
}

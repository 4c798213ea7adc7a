//! The units of systemd: which are installed, which start by themselves, which run.

use std::collections::BTreeMap;

use crate::source::{Command, Source, SourceError};

#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Units(BTreeMap<String, Unit>);

#[derive(Debug, Default, PartialEq, Eq)]
struct Unit {
    active: bool,
    enabled: bool,
    masked: bool,
}

/// No system has more units than this; the rest is not read.
const MOST: usize = 20_000;

impl Units {
    pub(super) fn list(source: &dyn Source) -> Result<Self, SourceError> {
        let units = source.run(Command::Units)?;
        let files = source.run(Command::UnitFiles)?;
        Ok(Self::parse(&String::from_utf8_lossy(&units), &String::from_utf8_lossy(&files)))
    }

    /// `UNIT LOAD ACTIVE SUB DESCRIPTION` and `UNIT STATE [PRESET]`, a line each.
    pub(super) fn parse(units: &str, files: &str) -> Self {
        let mut out: BTreeMap<String, Unit> = BTreeMap::new();
        for line in files.lines().take(MOST) {
            let mut words = line.split_whitespace();
            let (Some(name), Some(state)) = (words.next(), words.next()) else { continue };
            let unit = out.entry(name.to_owned()).or_default();
            unit.enabled = matches!(state, "enabled" | "enabled-runtime" | "static" | "alias");
            unit.masked = state.starts_with("masked");
        }
        for line in units.lines().take(MOST) {
            // A failed unit has a mark in front, even in plain lists of some versions.
            let line = line.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
            let mut words = line.split_whitespace();
            let (Some(name), Some(load), Some(active)) = (words.next(), words.next(), words.next())
            else {
                continue;
            };
            // Units that others name but that are not installed are listed as not-found.
            if load == "not-found" {
                continue;
            }
            let unit = out.entry(name.to_owned()).or_default();
            unit.active = matches!(active, "active" | "reloading" | "activating");
            unit.masked |= load == "masked";
        }
        Self(out)
    }

    /// Whether a unit is installed. A name without a type means `.service`.
    pub(super) fn installed(&self, name: &str) -> bool {
        self.matching(name).any(|unit| !unit.masked)
    }

    /// Whether it runs now (for a timer: is waiting; for a socket: listens).
    pub(super) fn active(&self, name: &str) -> bool {
        self.matching(name).any(|unit| unit.active)
    }

    /// Whether it runs now or starts by itself.
    pub(super) fn starts(&self, name: &str) -> bool {
        self.matching(name).any(|unit| unit.active || (unit.enabled && !unit.masked))
    }

    /// Whether any timer whose name contains a word waits for its time.
    pub(super) fn timer_waits(&self, word: &str) -> bool {
        self.waiting_timers(word) > 0
    }

    /// How many timers whose names contain a word wait for their time.
    pub(super) fn waiting_timers(&self, word: &str) -> usize {
        let timers = self
            .0
            .iter()
            .filter(|(name, unit)| unit.active && name.ends_with(".timer") && name.contains(word));
        timers.count()
    }

    /// A unit by name, or all instances of a template (`clamd@` finds `clamd@scan.service`).
    fn matching<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Unit> {
        let typed =
            name.ends_with(".timer") || name.ends_with(".socket") || name.ends_with(".service");
        self.0.iter().filter_map(move |(known, unit)| {
            let found = if name.ends_with('@') {
                known.starts_with(name)
            } else if typed {
                known == name
            } else {
                known.strip_suffix(".service") == Some(name)
            };
            found.then_some(unit)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_installed_masked_active_or_only_named() {
        let units = Units::parse(
            "ssh.service loaded active running OpenBSD Secure Shell server\n\
             ● borgmatic.service loaded failed failed borgmatic backup\n\
             borgmatic.timer loaded active waiting Run borgmatic backup\n\
             auditd.service not-found inactive dead auditd.service\n\
             clamd@scan.service loaded active running clamd scanner (scan) daemon\n",
            "ssh.service enabled enabled\nborgmatic.service static -\nrsync.service masked enabled\n\
             clamd@.service disabled disabled\n",
        );
        assert!(units.active("ssh") && units.starts("ssh.service"));
        assert!(!units.installed("auditd"));
        assert!(!units.installed("rsync") && !units.starts("rsync"));
        assert!(units.installed("borgmatic") && !units.active("borgmatic"));
        assert!(units.timer_waits("borg") && !units.timer_waits("restic"));
        assert!(units.active("clamd@"));
        assert_eq!(Units::parse("", "\n \n"), Units::default());
    }
}

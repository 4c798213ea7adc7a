//! How long ago packages were upgraded and the list of packages refreshed.

use asepsis_core::time::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::look::{Look, Read};

/// The end of a log is enough: upgrades are asked for, newest first.
const LOG_BYTES: usize = 1 << 20;

const DPKG_LOGS: [&str; 2] = ["/var/log/dpkg.log", "/var/log/dpkg.log.1"];
const DNF_LOGS: [&str; 2] = ["/var/log/dnf.rpm.log", "/var/log/dnf.rpm.log.1"];
const RPM_DATABASES: [&str; 4] = [
    "/usr/lib/sysimage/rpm/rpmdb.sqlite",
    "/var/lib/rpm/rpmdb.sqlite",
    "/usr/lib/sysimage/rpm/Packages.db",
    "/var/lib/rpm/Packages",
];
const REFRESHED: [&str; 7] = [
    "/var/lib/apt/periodic/update-success-stamp",
    "/var/lib/apt/lists/partial",
    "/var/lib/apt/lists",
    "/var/cache/dnf/last_makecache",
    "/var/cache/dnf/expired_repos.json",
    "/var/cache/libdnf5",
    "/var/cache/zypp/solv",
];

pub(super) fn look(at: &mut Look<'_>) {
    let upgraded = last_upgrade(at);
    at.record("patches.days_since_upgrade", upgraded);
    let refreshed = newest(at, &REFRESHED)
        .map(|(time, path)| (at.now.days_since(time).max(0), path))
        .ok_or_else(|| "no time stamp of a package manager was found".to_owned());
    at.record("patches.days_since_refresh", refreshed);
}

fn last_upgrade(at: &Look<'_>) -> Read<i64> {
    let mut why = "no log or database of packages was found".to_owned();
    let mut begins: Option<(Timestamp, String)> = None;
    for path in DPKG_LOGS.iter().chain(&DNF_LOGS) {
        match at.source.read_end(path, LOG_BYTES) {
            Ok(bytes) => {
                let log = log(&String::from_utf8_lossy(&bytes));
                if let Some(time) = log.upgraded {
                    return Ok((at.now.days_since(time).max(0), (*path).to_owned()));
                }
                if let Some(first) = log.first
                    && begins.as_ref().is_none_or(|(known, _)| first < *known)
                {
                    begins = Some((first, format!("{path}, which shows no upgrade")));
                }
            }
            Err(error) if error.is_missing() => {}
            Err(error) => why = error.to_string(),
        }
    }
    if let Some((first, from)) = begins {
        return Ok((at.now.days_since(first).max(0), from));
    }
    newest(at, &RPM_DATABASES)
        .map(|(time, path)| {
            (at.now.days_since(time).max(0), format!("{path}, changed by any installation"))
        })
        .ok_or(why)
}

fn newest(at: &Look<'_>, paths: &[&str]) -> Option<(Timestamp, String)> {
    paths
        .iter()
        .filter_map(|path| Some((at.source.modified(path).ok()?, (*path).to_owned())))
        .max_by_key(|(time, _)| *time)
}

#[derive(Debug, PartialEq, Eq)]
struct Log {
    /// The time of the first line.
    first: Option<Timestamp>,
    /// The time of the last upgrade.
    upgraded: Option<Timestamp>,
}

/// Reads a log of dpkg (`2026-11-20 06:12:44 upgrade NAME OLD NEW`) or of dnf
/// (`2026-11-20T06:12:44+0000 SUBDEBUG Upgrade: NAME`).
fn log(text: &str) -> Log {
    let mut out = Log { first: None, upgraded: None };
    for line in text.lines() {
        let Some((time, rest)) = entry(line) else { continue };
        out.first.get_or_insert(time);
        let upgrade = rest.starts_with("upgrade ")
            || rest.starts_with("SUBDEBUG Upgrade: ")
            || rest.starts_with("SUBDEBUG Upgraded: ");
        if upgrade {
            out.upgraded = out.upgraded.max(Some(time));
        }
    }
    out
}

/// The time at a line's start, and what follows. dpkg writes local time without a zone; it is taken
/// as UTC, for the age is told in days.
fn entry(line: &str) -> Option<(Timestamp, &str)> {
    let date_time: DateTime = line.get(..19)?.replacen(' ', "T", 1).parse().ok()?;
    let rest = line.get(19..)?;
    let rest = rest.split_once(' ')?.1;
    let millis = TimeZone::UTC.to_timestamp(date_time).ok()?.as_millisecond();
    Some((Timestamp::from_millis(millis), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logs_of_dpkg_and_dnf_say_when_something_was_upgraded() {
        let dpkg = "2026-11-01 10:00:00 startup archives unpack\n\
            2026-11-20 06:12:44 upgrade libssl3:amd64 3.0.14-1 3.0.15-1\n\
            2026-11-22 06:12:44 install htop:amd64 <none> 3.2.2-2\n";
        let read = log(dpkg);
        assert_eq!(read.first.unwrap().date(), "2026-11-01");
        assert_eq!(read.upgraded.unwrap().date(), "2026-11-20");
        let dnf = "2026-11-12T03:14:11+0000 SUBDEBUG Upgrade: bash-5.1.8-9.el9.x86_64\n";
        assert_eq!(log(dnf).upgraded.unwrap().date(), "2026-11-12");
        assert_eq!(
            log("2026-99-99 10:00:00 upgrade x\n\u{fffd}\n"),
            Log { first: None, upgraded: None }
        );
        assert_eq!(log("2026-11-20 06:12:4\u{e9} upgrade"), Log { first: None, upgraded: None });
    }
}

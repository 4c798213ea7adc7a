//! Whether the clock is kept right, so that times in logs can be compared.

use super::key_file;
use super::look::{Look, Read};
use crate::source::Command;

/// Units and the name in facts.
const SERVICES: [(&str, &str); 7] = [
    ("systemd-timesyncd", "systemd-timesyncd"),
    ("chrony", "chrony"),
    ("chronyd", "chrony"),
    ("ntpsec", "ntpsec"),
    ("ntp", "ntpd"),
    ("ntpd", "ntpd"),
    ("openntpd", "ntpd"),
];

pub(super) fn look(at: &mut Look<'_>) {
    let service = match &at.units {
        Ok(units) => SERVICES
            .iter()
            .find(|(unit, _)| units.active(unit))
            .map(|(_, name)| (*name, "systemctl list-units".to_owned()))
            .ok_or_else(|| "no known time service runs".to_owned()),
        Err(error) => Err(error.to_string()),
    };
    let synchronized = synchronized(at);
    at.record("clock.synchronized", synchronized);
    at.record("clock.service", service);
}

fn synchronized(at: &Look<'_>) -> Read<bool> {
    let stamp = "/run/systemd/timesync/synchronized";
    let why = match at.source.run(Command::Clock) {
        Ok(printed) => {
            let text = String::from_utf8_lossy(&printed);
            match key_file::variable(&text, "NTPSynchronized") {
                Some(value) => return Ok((key_file::is_yes(value), "timedatectl show".to_owned())),
                None => "timedatectl does not say NTPSynchronized".to_owned(),
            }
        }
        Err(error) => error.to_string(),
    };
    if at.there(stamp) { Ok((true, stamp.to_owned())) } else { Err(why) }
}

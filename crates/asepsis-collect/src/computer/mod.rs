//! The `computer` collector: the security state of the computer it runs on (schema `computer/1`).
//!
//! It reads files and runs a few fixed commands, as whoever starts it; what an ordinary user cannot
//! read is recorded as not seen. It changes nothing, asks no network, and records neither names of
//! users nor serial numbers. Linux only so far: on other systems it says what to do instead.

mod accounts;
mod apt_config;
mod backups;
mod clock;
mod dconf;
mod desktop;
mod device;
mod disk;
mod firewall;
mod firewalld;
mod hardening;
mod hardware;
mod integrity;
mod kernel;
mod key_file;
mod logs;
mod look;
mod os;
mod pam;
mod passwords;
mod patches;
mod ports;
mod products;
mod protection;
mod remote;
mod rules;
mod ssh_config;
mod sudoers;
mod units;
mod updates;
mod usb;

#[cfg(test)]
mod tests;

use asepsis_core::hash::Hash;
use asepsis_core::observation::{Body, Observation, Subject};
use asepsis_core::time::Timestamp;

use crate::source::{Source, Uname};
use look::Look;

/// The schema of what this collector sees.
pub const SCHEMA: &str = "computer/1";

/// The collector's name in observations.
pub const COLLECTOR: &str = "asepsis/computer";

/// The fact groups, in the order in which they are looked at: a file each.
const GROUPS: [fn(&mut Look<'_>); 19] = [
    os::look,
    hardware::look,
    kernel::look,
    disk::look,
    ports::look,
    firewall::look,
    protection::look,
    patches::look,
    updates::look,
    accounts::look,
    passwords::look,
    desktop::look,
    usb::look,
    backups::look,
    logs::look,
    remote::look,
    integrity::look,
    clock::look,
    hardening::look,
];

/// Looks at a computer once.
pub fn collect(source: &dyn Source, now: Timestamp) -> Observation {
    let uname = source.uname();
    let host = uname.as_ref().map(|name| name.host.clone()).unwrap_or_default();
    let host_known = !host.is_empty();
    let label = if host.is_empty() { "this computer".to_owned() } else { host };
    let body = match uname {
        Ok(name) if name.system == "Linux" => facts(source, now, name),
        Ok(name) => Body::Skipped { reason: other_system(&name.system) },
        Err(error) => Body::Failed {
            operation: "ask the system for its name".to_owned(),
            cause: error.to_string(),
        },
    };
    let subject = subject(source, &label);
    let name = Subject::host(&label);
    let also = if host_known && name != subject { vec![name] } else { Vec::new() };
    Observation {
        schema: SCHEMA.to_owned(),
        subject,
        also,
        label,
        observed_at: now,
        collector: COLLECTOR.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        body,
    }
}

fn facts(source: &dyn Source, now: Timestamp, uname: Uname) -> Body {
    let mut at = Look::new(source, now, uname);
    for group in GROUPS {
        group(&mut at);
    }
    at.body.build()
}

/// The computer's key: derived from its machine id, so that the id itself stays on the computer
/// (machine-id(5) asks for this); its host name if it has none.
fn subject(source: &dyn Source, host: &str) -> Subject {
    let id = source
        .read("/etc/machine-id", 4096)
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .map(|text| text.trim().to_owned())
        .filter(|id| id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit()));
    match id {
        Some(id) => {
            let hash = Hash::of(&[b"asepsis machine-id\0", id.as_bytes()]).to_string();
            Subject(format!("machine-id:{}", hash.chars().take(16).collect::<String>()))
        }
        None => Subject(format!("host:{}", host.to_ascii_lowercase())),
    }
}

fn other_system(system: &str) -> String {
    let system = if system == "Darwin" { "macOS" } else { system };
    format!(
        "asepsis cannot look at a {system} computer by itself yet; answer the questions about it \
         (asepsis answer)"
    )
}

//! Answers that are alike on all systems.

use asepsis_core::time::Timestamp;

use super::super::system::System;
use super::facts::Facts;
use super::rows::Row;

/// SMBIOS chassis types (DMTF DSP0134, table 17) of computers that are carried.
const LAPTOP: [i64; 6] = [8, 9, 10, 14, 31, 32];
const DESKTOP: [i64; 8] = [3, 4, 5, 6, 7, 13, 15, 35];
const SERVER: [i64; 4] = [17, 23, 28, 29];
const TABLET: i64 = 30;

/// Words in a maker's or model's name that a virtual machine bears.
const VIRTUAL: [&str; 7] =
    ["vmware", "virtualbox", "qemu", "virtual machine", "kvm", "parallels", "xen"];

pub(super) fn identity(rows: &[Row<'_>], _at: Timestamp, facts: &mut Facts) {
    let Some(row) = rows.first() else { return };
    let named = format!(
        "{} {}",
        row.get("hardware_vendor").unwrap_or_default(),
        row.get("hardware_model").unwrap_or_default(),
    );
    let named = named.to_lowercase();
    if !named.trim().is_empty() {
        facts.saw("virtualization.guest", VIRTUAL.iter().any(|it| named.contains(it)));
    }
    // osquery in a container would name the host all the same; the pack is for computers.
    facts.saw("virtualization.container", false);
}

pub(super) fn os(rows: &[Row<'_>], at: Timestamp, facts: &mut Facts) {
    let Some(row) = rows.first() else { return };
    let text = |column| row.get(column).unwrap_or_default();
    let (name, version, build, platform) =
        (text("name"), text("version"), text("build"), text("platform"));
    let system = match platform {
        "windows" => System::windows(name, if build.is_empty() { version } else { build }),
        "darwin" => Some(System::macos(version)),
        "" => None,
        other => Some(System::linux(other, version)),
    };
    let Some(system) = system else {
        facts.missed("os.family", "the answer names no platform");
        return;
    };
    facts.text("os.family", system.family);
    facts.text("os.id", &system.id);
    facts.text("os.version", &system.version);
    facts.text("os.name", &people(name, &system, version));
    if system.family != "linux" && !build.is_empty() {
        facts.text("os.build", build);
    }
    match system.support(at) {
        None => facts.missed("os.supported", "the table of end-of-life dates does not have it"),
        Some(support) => {
            facts.saw("os.supported", support.supported);
            if let (Some(end), Some(left)) = (support.end, support.days_left) {
                facts.text("os.end_of_life", &end.to_string());
                facts.number("os.days_left", left);
            }
        }
    }
}

/// The name for people: Windows 11 calls itself Windows 10 in places.
fn people(name: &str, system: &System, version: &str) -> String {
    let name = name.strip_prefix("Microsoft ").unwrap_or(name);
    if system.is_windows_11() {
        return name.replace("Windows 10", "Windows 11");
    }
    if system.family == "windows" { name.to_owned() } else { format!("{name} {version}") }
}

pub(super) fn chassis(rows: &[Row<'_>], _at: Timestamp, facts: &mut Facts) {
    let types = rows.first().and_then(|row| row.get("chassis_types")).unwrap_or_default();
    let kinds = types.split(|c: char| !c.is_ascii_digit()).filter_map(|it| it.parse::<i64>().ok());
    let kind = kinds.into_iter().find_map(|kind| match kind {
        TABLET => Some("tablet"),
        kind if LAPTOP.contains(&kind) => Some("laptop"),
        kind if DESKTOP.contains(&kind) => Some("desktop"),
        kind if SERVER.contains(&kind) => Some("server"),
        _ => None,
    });
    match kind {
        Some(kind) => facts.text("hardware.kind", kind),
        None => facts.missed("hardware.kind", "the chassis type is not given"),
    }
}

pub(super) fn administrators(rows: &[Row<'_>], _at: Timestamp, facts: &mut Facts) {
    match rows.first().and_then(|row| row.number("administrators")) {
        Some(number) => facts.number("accounts.administrators", number),
        None => facts.missed("accounts.administrators", "the groups could not be read"),
    }
}

pub(super) fn secure_boot(rows: &[Row<'_>], _at: Timestamp, facts: &mut Facts) {
    let on = rows.first().and_then(|row| row.number("secure_boot"));
    let why = "the computer did not start through UEFI, or does not say";
    facts.maybe("boot.secure", on.map(|it| it == 1), why);
}

/// Programs that are installed, by the short names that the pack's query gives them.
pub(super) fn programs(rows: &[Row<'_>], _at: Timestamp, facts: &mut Facts) {
    let named = |names: &[&'static str]| -> Vec<&'static str> {
        let has = |name: &&&'static str| rows.iter().any(|row| row.get("program") == Some(name));
        names.iter().filter(has).copied().collect()
    };
    facts.list("remote_access.control_tools", named(CONTROL));
    let backups = named(BACKUP);
    if !backups.is_empty() {
        facts.list("backups.tools", backups);
    }
}

/// Remote-control programs that the pack asks for.
pub(super) const CONTROL: &[&str] = &[
    "anydesk",
    "chrome-remote-desktop",
    "logmein",
    "rustdesk",
    "screenconnect",
    "splashtop",
    "teamviewer",
    "vnc",
];
/// Backup programs that the pack asks for.
pub(super) const BACKUP: &[&str] =
    &["acronis", "backblaze", "carbonite", "code42", "datto", "druva", "veeam"];

//! Answers about Windows. A policy counts before the local setting; what is absent means what Windows
//! does then, and `seen` names the query.

use asepsis_core::time::{DAY_MS, Timestamp};

use super::super::products::{self, Kind};
use super::facts::Facts;
use super::rows::Row;

/// Longest idle time, in seconds, that the policy may hold (Microsoft: 0 to 599940).
const LONGEST_IDLE: i64 = 599_940;

pub(super) fn disks(rows: &[Row<'_>], _at: Timestamp, facts: &mut Facts) {
    // Protection: 0 off, 1 on, 2 unknown (a locked drive).
    let on = |row: &Row<'_>| match row.number("protection_status") {
        Some(1) => Some(true),
        Some(0) => Some(false),
        _ => None,
    };
    let boot = rows.iter().find(|row| row.number("boot_partition") == Some(1));
    // Where the boot partition is not told, C: is it on all but rare computers.
    let boot = boot.or_else(|| rows.iter().find(|row| row.get("drive_letter") == Some("C:")));
    let why = "BitLocker does not tell about the system drive";
    facts.maybe("disk.root_encrypted", boot.and_then(on), why);
    if rows.iter().all(|row| on(row).is_some()) && !rows.is_empty() {
        const DRIVES: &[&str] = &["C:", "D:", "E:", "F:", "G:", "H:", "I:", "J:", "K:"];
        let plain = |drive: &&&'static str| {
            rows.iter().any(|row| row.get("drive_letter") == Some(drive) && on(row) == Some(false))
        };
        facts.list("disk.unencrypted", DRIVES.iter().filter(plain).copied().collect());
    }
}

/// The Security Center, which servers do not have.
pub(super) fn security(rows: &[Row<'_>], _at: Timestamp, facts: &mut Facts) {
    let state = |column| match rows.first().and_then(|row| row.get(column)) {
        Some("Good") => Some(true),
        Some("Poor" | "Snoozed") => Some(false),
        // "Not Monitored", "Error": nobody knows.
        _ => None,
    };
    let why = "the Security Center does not tell; servers have none";
    facts.maybe("antivirus.active", state("antivirus"), why);
    if let Some(on) = state("autoupdate") {
        facts.saw("updates.automatic", on);
    }
}

pub(super) fn products(rows: &[Row<'_>], _at: Timestamp, facts: &mut Facts) {
    let antivirus = || rows.iter().filter(|row| row.get("type") == Some("Antivirus"));
    if antivirus().next().is_none() {
        // No row: a server, or a Security Center that has not started yet.
        facts.missed("antivirus.products", "the Security Center lists none; servers have none");
        return;
    }
    let names = antivirus().filter_map(|row| row.get("name")).map(products::antivirus);
    facts.list("antivirus.products", names.collect());
    let on: Vec<_> = antivirus().filter(|row| row.get("state") == Some("On")).collect();
    facts.saw("antivirus.active", !on.is_empty());
    facts.saw("antivirus.real_time", !on.is_empty());
    let current: Vec<i64> =
        on.iter().filter_map(|row| row.number("signatures_up_to_date")).collect();
    if !current.is_empty() {
        facts.saw("antivirus.up_to_date", current.contains(&1));
    }
}

pub(super) fn services(rows: &[Row<'_>], _at: Timestamp, facts: &mut Facts) {
    let find = |name: &str| {
        rows.iter().find(|row| row.get("name").is_some_and(|it| it.eq_ignore_ascii_case(name)))
    };
    let runs = |name: &str| find(name).is_some_and(|row| row.get("status") == Some("RUNNING"));
    let of = |kind: Kind| -> (Vec<&'static str>, bool) {
        let known = products::of_services(kind);
        let there: Vec<_> = known.iter().filter(|it| find(it.unit).is_some()).collect();
        let runs = there.iter().any(|it| runs(it.unit));
        (there.iter().map(|it| it.name).collect(), runs)
    };
    if rows.is_empty() {
        facts.missed("edr.products", "the services were not listed");
        return;
    }
    let (edr, active) = of(Kind::Edr);
    facts.list("edr.products", edr);
    facts.saw("edr.active", active);
    let (forwarders, active) = of(Kind::Logs);
    if active {
        facts.list("logs.forwarders", forwarders);
        facts.saw("logs.forwarded", true);
    }
    let (backups, active) = of(Kind::Backup);
    if !backups.is_empty() {
        facts.list("backups.tools", backups);
        facts.saw("backups.scheduled", active);
    }
    if find("W32Time").is_some() {
        let off = find("W32Time").and_then(|row| row.get("start_type")) == Some("DISABLED");
        if off {
            facts.saw("clock.synchronized", false);
        }
    }
}

/// Per profile the policy, else the local setting. All three must be on.
pub(super) fn firewall(rows: &[Row<'_>], _at: Timestamp, facts: &mut Facts) {
    let value = |policy: bool, profile: &str, name: &str| {
        let found = rows.iter().find(|row| {
            row.get("name") == Some(name)
                && row.get("key").is_some_and(|key| {
                    key.contains("\\Policies\\") == policy && key.ends_with(profile)
                })
        });
        found.and_then(|row| row.number("data"))
    };
    // Locally the private profile is called standard.
    let profiles = [
        ("DomainProfile", "DomainProfile"),
        ("PrivateProfile", "StandardProfile"),
        ("PublicProfile", "PublicProfile"),
    ];
    let each = |name: &str| -> Vec<Option<i64>> {
        let of = |(policy, local): &(&str, &str)| {
            value(true, policy, name).or_else(|| value(false, local, name))
        };
        profiles.iter().map(of).collect()
    };
    let on = each("EnableFirewall");
    let state = if on.contains(&Some(0)) {
        Some(false)
    } else {
        on.iter().all(|it| *it == Some(1)).then_some(true)
    };
    facts.text("firewall.manager", "windows");
    facts.maybe("firewall.active", state, "not every profile tells whether it is on");
    // 1 refuses, and so does an absent value: that is how Windows comes.
    if state == Some(true) {
        let refuses = each("DefaultInboundAction").iter().all(|it| it.unwrap_or(1) == 1);
        facts.saw("firewall.default_deny", refuses);
    }
}

pub(super) fn registry(rows: &[Row<'_>], _at: Timestamp, facts: &mut Facts) {
    let find = |end: &str| {
        rows.iter().find(|row| {
            row.get("path").is_some_and(|path| {
                path.len() >= end.len()
                    && path
                        .get(path.len() - end.len()..)
                        .is_some_and(|it| it.eq_ignore_ascii_case(end))
            })
        })
    };
    let number = |end: &str| find(end).and_then(|row| row.number("data"));
    if rows.is_empty() {
        facts.missed("desktop.lock_after_seconds", "the registry was not read");
        return;
    }
    facts.saw("desktop.installed", true);
    // Absent or 0: no machine-wide limit. A user's own screen saver is not seen.
    match number("\\Policies\\System\\InactivityTimeoutSecs") {
        Some(seconds @ 1..=LONGEST_IDLE) => {
            facts.number("desktop.lock_after_seconds", seconds);
            facts.saw("desktop.lock_enabled", true);
            facts.saw("desktop.lock_enforced", true);
        }
        _ => facts.saw("desktop.lock_enforced", false),
    }
    // Absent: off.
    facts.saw("desktop.automatic_logon", number("\\Winlogon\\AutoAdminLogon") == Some(1));
    // 4 keeps the driver of USB storage from loading; 3 is how Windows comes.
    match number("\\Services\\USBSTOR\\Start") {
        Some(start) => facts.saw("usb.storage_blocked", start == 4),
        None => facts.missed("usb.storage_blocked", "the start of USBSTOR was not read"),
    }
    // Absent on current Windows: the protocol is not installed.
    match number("\\LanmanServer\\Parameters\\SMB1") {
        Some(on) => facts.saw("services.smb1", on != 0),
        None => facts.missed("services.smb1", "no value; Windows before 2017 has it on then"),
    }
    // Absent: refused, as Windows comes.
    let denied = number("\\Terminal Services\\fDenyTSConnections")
        .or_else(|| number("\\Terminal Server\\fDenyTSConnections"));
    let desktop = denied == Some(0);
    facts.saw("remote_access.desktop_enabled", desktop);
    if desktop && let Some(first) = number("\\RDP-Tcp\\UserAuthentication") {
        facts.saw("remote_access.desktop_sign_in_first", first == 1);
    }
    // 1 and 2 keep credentials in isolation.
    if let Some(flags) = number("\\DeviceGuard\\LsaCfgFlags") {
        facts.saw("integrity.system_protection", [1, 2].contains(&flags));
    }
    let laps = [number("\\LAPS\\BackupDirectory"), number("\\AdmPwd\\AdmPwdEnabled")];
    if laps.iter().any(Option::is_some) {
        let on = laps.iter().flatten().any(|it| *it > 0);
        facts.saw("accounts.managed_administrator_password", on);
    }
    match (number("\\AU\\NoAutoUpdate"), number("\\AU\\AUOptions")) {
        (Some(1), _) => facts.saw("updates.automatic", false),
        (_, Some(options)) => {
            // 4 and 5 install; 2 and 3 only tell or fetch.
            facts.saw("updates.automatic", options >= 4);
            if options >= 4 {
                facts.text("updates.by", "windows-update");
            }
        }
        // No policy: Windows installs by itself.
        (_, None) => {
            facts.saw("updates.automatic", true);
            facts.text("updates.by", "windows-update");
        }
    }
    let pending = ["\\Component Based Servicing\\RebootPending", "\\Auto Update\\RebootRequired"];
    facts.saw("restart.pending", pending.iter().any(|it| find(it).is_some()));
    if find("\\EventForwarding\\SubscriptionManager\\1").is_some() {
        facts.saw("logs.forwarded", true);
        facts.list("logs.forwarders", vec!["windows-event-forwarding"]);
    }
    let enrolled = rows.iter().find(|row| {
        row.get("path").is_some_and(|path| path.contains("\\Enrollments\\"))
            && row.get("data").is_some()
    });
    facts.saw("mdm.enrolled", enrolled.is_some());
    if let Some(provider) = enrolled.and_then(|row| row.get("data")) {
        let by = if provider == "MS DM Server" { "intune" } else { "another" };
        facts.text("mdm.by", by);
    }
}

pub(super) fn updates(rows: &[Row<'_>], at: Timestamp, facts: &mut Facts) {
    let newest = rows.iter().filter_map(|row| row.number("date")).max();
    let since = newest.and_then(|it| it.checked_mul(1000)).map(|it| at.as_millis() - it);
    match since.filter(|it| *it >= 0) {
        Some(millis) => facts.number("patches.days_since_upgrade", millis / DAY_MS),
        None => facts.missed("patches.days_since_upgrade", "the update history shows no update"),
    }
}

pub(super) fn tpm(rows: &[Row<'_>], _at: Timestamp, facts: &mut Facts) {
    facts.saw("tpm.present", !rows.is_empty());
    let version = rows.first().and_then(|row| row.get("spec_version"));
    let version = version.and_then(|it| it.split(['.', ',']).next()?.trim().parse().ok());
    if let Some(version) = version {
        facts.number("tpm.version", version);
    }
}

pub(super) fn device_guard(rows: &[Row<'_>], _at: Timestamp, facts: &mut Facts) {
    let Some(row) = rows.first() else { return };
    let state = match row.get("code_integrity_policy_enforcement_status") {
        Some("OFF" | "0") => Some("off"),
        Some("AUDIT_MODE" | "1") => Some("audit"),
        Some("ENFORCED_MODE" | "2") => Some("enforcing"),
        _ => None,
    };
    match state {
        Some(state) => facts.text("integrity.app_control", state),
        None => facts.missed("integrity.app_control", "Device Guard does not tell"),
    }
    if let Some(running) = row.get("running_security_services") {
        let isolated = running.to_uppercase().contains("CREDENTIAL") || running.contains('1');
        facts.saw("integrity.system_protection", isolated);
    }
}

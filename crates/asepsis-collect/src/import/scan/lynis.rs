//! The report of Lynis, `lynis-report.dat`: `key=value`, lists as `key[]=value`, fields parted by `|`.
//! Which tests ran stands at its end; where a test did not run, the 0 that the report gives is no
//! finding. The tool's own score is no evidence.

use std::collections::{BTreeMap, BTreeSet};

use asepsis_core::observation::BodyBuilder;
use asepsis_core::time::Timestamp;
use jiff::civil::DateTime;

use super::super::machine::Machine;
use super::super::system::System;
use super::super::{Ask, Input, ReadError, Reader, Reading, Told};
use super::{damaged, observation, system, tidy};

pub(in super::super) const READER: Reader =
    Reader { format: "lynis", name: "a report of Lynis", is, read };

/// A report has a few hundred lines; those of package lists are long.
const LONGEST: usize = 4 << 20;
const MOST_LINES: usize = 200_000;
/// Most entries of one list that are kept.
const MOST_ENTRIES: usize = 20_000;

/// Keys of which a fact is made, or that say whose report it is and when it was made.
const READ: &[&str] = &[
    "account_without_password[]",
    "apparmor_enabled",
    "apparmor_policy_loaded",
    "audit_daemon_running",
    "boot_uefi_booted",
    "boot_uefi_booted_secure",
    "container",
    "details[]",
    "encrypted_swap[]",
    "finish",
    "firewall_active",
    "firewall_empty_ruleset",
    "hostname",
    "linux_kernel_release",
    "linux_version",
    "lynis_version",
    "malware_scanner[]",
    "malware_scanner_installed",
    "network_listen[]",
    "non_encrypted_swap[]",
    "notebook",
    "ntp_daemon",
    "ntp_daemon_running",
    "os",
    "os_fullname",
    "os_name",
    "os_version",
    "pam_cracklib",
    "pam_passwdqc",
    "pam_pwquality",
    "password_max_days",
    "remote_syslog_configured",
    "report_datetime_end",
    "report_datetime_start",
    "report_version_major",
    "report_version_minor",
    "selinux_mode",
    "syslog_daemon[]",
    "tests_executed",
    "tests_skipped",
    "unattended_upgrade_tool[]",
    "user_with_uid_zero[]",
    "vm",
    "vulnerable_package[]",
    "warning[]",
];

fn is(head: &[u8]) -> bool {
    let mut lines = head.split(|byte| *byte == b'\n').take(40);
    let (mut version, mut start) = (false, false);
    lines.by_ref().for_each(|line| {
        version |= line.starts_with(b"lynis_version=");
        start |= line.starts_with(b"report_datetime_start=");
    });
    version && start
}

/// What stands in a report, by key.
#[derive(Default)]
struct Report {
    values: BTreeMap<String, Vec<String>>,
    ran: BTreeSet<String>,
}

impl Report {
    /// The value of a key that stands once; where it stands twice, the last one counts.
    fn get(&self, key: &str) -> Option<&str> {
        let all = self.values.get(key)?;
        all.last().map(String::as_str).filter(|it| !it.is_empty())
    }

    fn all(&self, key: &str) -> &[String] {
        self.values.get(key).map_or(&[], Vec::as_slice)
    }

    fn flag(&self, key: &str) -> Option<bool> {
        match self.get(key)? {
            "1" => Some(true),
            "0" => Some(false),
            _ => None,
        }
    }

    /// Whether a test ran.
    fn ran(&self, test: &str) -> bool {
        self.ran.contains(test)
    }

    fn warns(&self, test: &str) -> bool {
        self.all("warning[]").iter().any(|it| it.split('|').next() == Some(test))
    }

    /// The field of a detail that a test found to differ from what it wants, as `PermitRootLogin`.
    fn detail(&self, test: &str, field: &str) -> Option<&str> {
        self.all("details[]").iter().find_map(|line| {
            let mut parts = line.split('|');
            let rest = parts.next().filter(|it| *it == test).and(parts.nth(1))?;
            let mut named = rest.split(';').filter_map(|it| it.split_once(':'));
            named.clone().find(|(key, value)| *key == "field" && *value == field)?;
            named.find(|(key, _)| *key == "value").map(|(_, value)| value)
        })
    }
}

fn read(mut input: Input<'_>, told: &Told) -> Result<Reading, ReadError> {
    let mut report = Report::default();
    let (mut line, mut lines) = (Vec::new(), 0_usize);
    let mut other = 0_u64;
    while input.line(&mut line, LONGEST)? {
        lines += 1;
        if lines > MOST_LINES {
            let what = format!("more than {MOST_LINES} lines");
            return Err(ReadError::TooLarge { what, most: MOST_LINES as u64 });
        }
        let text = String::from_utf8_lossy(&line);
        let text = text.trim();
        let Some((key, value)) = text.split_once('=') else { continue };
        if !READ.contains(&key) {
            other += 1;
            continue;
        }
        let known = report.values.entry(key.to_owned()).or_default();
        if known.len() < MOST_ENTRIES {
            known.push(value.trim().to_owned());
        }
    }
    let ran = report.get("tests_executed").unwrap_or_default().split('|');
    report.ran = ran.filter(|it| !it.is_empty()).map(str::to_owned).collect();

    let version = report.get("lynis_version").map(tidy);
    let version = version.ok_or_else(|| {
        damaged(READER.name, "lynis_version", "it does not say which version made it")
    })?;
    let mut reading = Reading::new(format!("Lynis {version}"));
    let date = date(&report, told);
    if date.is_none() {
        reading.asks.push(Ask::Date);
    }
    let host = told.host.as_deref().or_else(|| report.get("hostname"));
    if host.is_none() {
        reading.asks.push(Ask::Host);
    }
    let at = date.unwrap_or(told.now).min(told.now);
    let mut body = BodyBuilder::new();
    facts(&report, at, &mut body);
    left(&report, other, &mut reading);
    reading.date = date.map(|it| it.min(told.now));
    let machine = Machine { host: host.or(Some("a computer")), ..Machine::default() };
    if let Some(look) = observation(&machine, at, READER.format, body) {
        reading.looks = Box::new(std::iter::once(look));
    }
    Ok(reading)
}

/// The report's times are those of the computer's clock, and name no zone.
fn date(report: &Report, told: &Told) -> Option<Timestamp> {
    let text = report.get("report_datetime_end").or_else(|| report.get("report_datetime_start"));
    let own = text.and_then(|text| {
        let at = DateTime::strptime("%Y-%m-%d %H:%M:%S", text).ok()?;
        let at = at.to_zoned_datetime(told.zone.clone()).ok()?.timestamp();
        (1990..2100).contains(&at.to_zoned_datetime(jiff::tz::TimeZone::UTC).year()).then_some(at)
    });
    own.map(|at| Timestamp::from_millis(at.as_millisecond())).or(told.date)
}

fn left(report: &Report, other: u64, reading: &mut Reading) {
    if report.get("finish") != Some("true") {
        let why = "the audit did not end, so that what follows in the report is missing";
        reading.leave("the rest of the audit", why);
    }
    let why = "the tool weighs by its own numbers; that is no evidence";
    reading.leave("hardening_index", why);
    for _ in 0..other.min(MOST_LINES as u64) {
        reading.leave("other lines", "no fact of a computer is made of them");
    }
    if !report.all("vulnerable_package[]").is_empty() {
        reading.leave("names of packages", "they are counted; their names are not kept");
    }
}

fn facts(report: &Report, at: Timestamp, body: &mut BodyBuilder) {
    os(report, at, body);
    protection(report, body);
    updates(report, body);
    accounts(report, body);
    rest(report, body);
    remote(report, body);
    ports(report, body);
}

fn os(report: &Report, at: Timestamp, body: &mut BodyBuilder) {
    const FROM: &str = "os_name, os_version";
    let version = report.get("os_version").unwrap_or_default();
    let name = report.get("os_fullname").unwrap_or_default();
    match report.get("os") {
        Some("Linux") => {
            let id = report.get("linux_version").or_else(|| report.get("os_name"));
            let id = id.unwrap_or_default().to_lowercase();
            // os-release calls it so.
            let id = if id.starts_with("red hat") { "rhel" } else { id.as_str() };
            system(body, &System::linux(id, version), name, at, FROM);
        }
        Some("macOS") => system(body, &System::macos(version), name, at, FROM),
        _ => body.missed("os.family", "the report gives a system that is not known"),
    }
    if let Some(kernel) = report.get("linux_kernel_release") {
        body.saw("kernel.running", tidy(kernel), "linux_kernel_release");
    }
    if let Some(guest) = report.flag("vm") {
        body.saw("virtualization.guest", guest, "vm");
    }
    if let Some(inside) = report.flag("container") {
        body.saw("virtualization.container", inside, "container");
    }
    if report.flag("notebook") == Some(true) {
        body.saw("hardware.kind", "laptop", "notebook");
    }
    if report.ran("BOOT-5116") {
        match report.flag("boot_uefi_booted") {
            Some(true) => {
                body.saw("boot.efi", true, "boot_uefi_booted");
                if let Some(secure) = report.flag("boot_uefi_booted_secure") {
                    body.saw("boot.secure", secure, "boot_uefi_booted_secure");
                }
            }
            Some(false) => body.missed("boot.secure", "the computer did not start through UEFI"),
            None => {}
        }
    } else {
        body.missed("boot.secure", "the test BOOT-5116 did not run");
    }
}

/// Virus scanners, by what the tool calls them; those that only look when they are told are none.
const SCANNERS: &[(&str, &str)] = &[
    ("avast", "avast"),
    ("bitdefender", "bitdefender"),
    ("clamav", "clamav"),
    ("cylance-protect", "cylance"),
    ("eset", "eset"),
    ("kaspersky", "kaspersky"),
    ("mcafee", "trellix"),
    ("sophos", "sophos"),
    ("trend-micro-am", "trend-micro"),
    ("trend-micro-av", "trend-micro"),
];
/// Others that run, with no short name of their own.
const OTHERS: &[&str] = &["avira", "symantec", "synoavd"];

fn protection(report: &Report, body: &mut BodyBuilder) {
    // "Active" means that the kernel has a packet filter, which every one has. Only a test that
    // counted the rules tells something, and few rules may be a small firewall.
    let counted = ["FIRE-4512", "FIRE-4540"].iter().find(|it| report.ran(it));
    match (counted, report.flag("firewall_active"), report.flag("firewall_empty_ruleset")) {
        (Some(test), Some(true), Some(false)) => {
            body.saw("firewall.active", true, format!("firewall_active, and {test} found rules"));
        }
        (Some(_), _, Some(true)) => body.missed(
            "firewall.active",
            "the tool found fewer than six rules; whether they are a firewall it does not say",
        ),
        _ => body.missed(
            "firewall.active",
            "no test counted rules; firewall_active says only what the kernel could do",
        ),
    }

    if report.ran("MALW-3280") {
        let found = report.all("malware_scanner[]");
        let mut names: Vec<&str> = SCANNERS
            .iter()
            .filter(|(theirs, _)| found.iter().any(|it| it == theirs))
            .map(|(_, ours)| *ours)
            .collect();
        if OTHERS.iter().any(|other| found.iter().any(|it| it == other)) {
            names.push("another");
        }
        names.sort_unstable();
        names.dedup();
        // All but ClamAV are found by their running programs.
        let running = names.iter().any(|it| *it != "clamav");
        if running || names.is_empty() {
            body.saw("antivirus.active", running, "malware_scanner");
        } else {
            body.missed("antivirus.active", "clamscan is installed; whether it ever runs is open");
        }
        body.saw("antivirus.products", names, "malware_scanner");
        if found.iter().any(|it| it == "falcon-sensor") {
            body.saw("edr.products", vec!["falcon"], "malware_scanner");
            body.saw("edr.active", true, "malware_scanner");
        }
    } else {
        body.missed("antivirus.products", "the test MALW-3280 did not run");
    }
}

fn updates(report: &Report, body: &mut BodyBuilder) {
    let missing: BTreeSet<&String> = report.all("vulnerable_package[]").iter().collect();
    if missing.is_empty() {
        let why = "it names no package, and does not say whether it could ask for updates";
        body.missed("patches.missing", why);
    } else {
        let count = i64::try_from(missing.len()).unwrap_or(i64::MAX);
        body.saw("patches.missing", count, "vulnerable_package");
    }
    if report.warns("KRNL-5830") {
        body.saw("restart.pending", true, "the warning KRNL-5830");
    }
    let debian = matches!(report.get("linux_version"), Some("Debian" | "Ubuntu"));
    let tools = report.all("unattended_upgrade_tool[]");
    if debian && report.ran("PKGS-7420") && tools.is_empty() {
        body.saw("updates.automatic", false, "PKGS-7420 found no program for it");
    } else {
        let why = "the report tells which program could do it, not whether it does";
        body.missed("updates.automatic", why);
    }
}

fn accounts(report: &Report, body: &mut BodyBuilder) {
    let count = |key: &str| i64::try_from(report.all(key).len()).unwrap_or(i64::MAX);
    if report.ran("AUTH-9204") {
        // The list leaves root out.
        let from = "user_with_uid_zero";
        body.saw("accounts.uid_zero", count("user_with_uid_zero[]").saturating_add(1), from);
    }
    if report.ran("AUTH-9283") {
        let empty = count("account_without_password[]");
        if empty > 0 || !report.warns("AUTH-9283") {
            body.saw("accounts.empty_passwords", empty, "account_without_password");
        }
    } else {
        body.missed("accounts.empty_passwords", "the test AUTH-9283 did not run");
    }
    if report.ran("AUTH-9262") {
        let modules = ["pam_cracklib", "pam_passwdqc", "pam_pwquality"];
        let found = modules.iter().find(|it| report.flag(it) == Some(true));
        let from = found.copied().unwrap_or("AUTH-9262 found no module for it");
        body.saw("passwords.checked", found.is_some(), from);
    }
    match report.get("password_max_days").and_then(|it| it.parse::<i64>().ok()) {
        Some(days @ 1..=99_999) => body.saw("passwords.max_days", days, "password_max_days"),
        _ => body.missed("passwords.max_days", "not set, or it could not be read"),
    }
}

fn rest(report: &Report, body: &mut BodyBuilder) {
    let runs = report.flag("audit_daemon_running").filter(|_| report.ran("ACCT-9628"));
    if let Some(runs) = runs {
        body.saw("audit.active", runs, "audit_daemon_running");
    }
    if let Some(sent) = report.flag("remote_syslog_configured") {
        body.saw("logs.forwarded", sent, "remote_syslog_configured");
    }
    let kept = |it: &&String| matches!(it.as_str(), "rsyslog" | "syslog-ng");
    if let Some(daemon) = report.all("syslog_daemon[]").iter().find(kept) {
        body.saw("logs.persistent", true, tidy(daemon));
    }
    match (report.get("selinux_mode"), report.flag("apparmor_enabled")) {
        (Some(mode @ ("enforcing" | "permissive")), _) => {
            body.saw("integrity.mandatory_access", mode, "selinux_mode");
        }
        (_, Some(true)) if report.flag("apparmor_policy_loaded") == Some(true) => {
            body.saw("integrity.mandatory_access", "enforcing", "apparmor_policy_loaded");
        }
        (None, Some(_)) => body.saw("integrity.mandatory_access", "off", "apparmor_enabled"),
        _ => body.missed("integrity.mandatory_access", "neither AppArmor nor SELinux was asked"),
    }
    if report.ran("CRYP-7931") {
        let open = report.all("non_encrypted_swap[]").iter().filter(|it| !it.contains("/zram"));
        let some = !report.all("encrypted_swap[]").is_empty();
        let open = open.count();
        if some || open > 0 {
            body.saw("disk.swap_encrypted", open == 0, "encrypted_swap, non_encrypted_swap");
        }
    }
    let why = "the tool lists encrypted devices, and not what lies on them";
    body.missed("disk.root_encrypted", why);
    if report.flag("ntp_daemon_running") == Some(true) {
        let service = match report.get("ntp_daemon") {
            Some("chronyd") => Some("chrony"),
            Some("ntpd") => Some("ntpd"),
            Some("systemd-timesyncd") => Some("systemd-timesyncd"),
            _ => None,
        };
        if let Some(service) = service {
            body.saw("clock.service", service, "ntp_daemon");
        }
    }
    body.missed("clock.synchronized", "the tool looks for the program, not for the clock");
    for (field, path) in [
        ("kernel.randomize_va_space", "hardening.aslr"),
        ("fs.suid_dumpable", "hardening.setuid_core_dumps"),
    ] {
        // Only what differs from the tool's wish is written down.
        if let Some(value) = report.detail("KRNL-6000", field).and_then(|it| it.parse::<i64>().ok())
        {
            body.saw(path, value, format!("KRNL-6000, {field}"));
        }
    }
}

fn remote(report: &Report, body: &mut BodyBuilder) {
    if !report.ran("SSH-7408") {
        let why = "the test SSH-7408 did not run, which needs a running server";
        body.missed("remote_access.ssh_root_login", why);
        return;
    }
    body.saw("remote_access.ssh_installed", true, "SSH-7408");
    let root = report.detail("SSH-7408", "PermitRootLogin").map(str::to_lowercase);
    if root.as_deref() == Some("yes") {
        body.saw("remote_access.ssh_root_login", "yes", "SSH-7408, PermitRootLogin");
    } else {
        let why = "the tool holds several values for good, and does not say which one is set";
        body.missed("remote_access.ssh_root_login", why);
    }
    let tries = report.detail("SSH-7408", "MaxAuthTries").and_then(|it| it.parse::<i64>().ok());
    if let Some(tries) = tries {
        body.saw("remote_access.ssh_max_tries", tries, "SSH-7408, MaxAuthTries");
    }
}

/// `raw,ss,v1|tcp|0.0.0.0:22|sshd|`.
fn ports(report: &Report, body: &mut BodyBuilder) {
    if !report.ran("NETW-3012") {
        return;
    }
    let mut all: BTreeSet<(&'static str, u16, &'static str)> = BTreeSet::new();
    for line in report.all("network_listen[]") {
        let mut parts = line.split('|').skip(1);
        let proto = match parts.next() {
            Some(it) if it.starts_with("tcp") => "tcp",
            Some(it) if it.starts_with("udp") => "udp",
            _ => continue,
        };
        let Some((address, port)) = parts.next().and_then(|it| it.rsplit_once(':')) else {
            continue;
        };
        let Ok(port) = port.parse::<u16>() else { continue };
        let address = address.split('%').next().unwrap_or_default();
        let address = address.trim_matches(['[', ']']);
        let scope = match address {
            "0.0.0.0" | "::" | "*" => "any",
            it if it.starts_with("127.") || it == "::1" => "loopback",
            _ => "address",
        };
        all.insert((proto, port, scope));
    }
    let open: BTreeSet<u16> =
        all.iter().filter(|it| it.0 == "tcp" && it.2 != "loopback").map(|it| it.1).collect();
    let listening: Vec<serde_json::Value> = all
        .iter()
        .map(|(proto, port, scope)| {
            serde_json::json!({"proto": proto, "port": port, "scope": scope})
        })
        .collect();
    body.saw("ports.open", i64::try_from(open.len()).unwrap_or(i64::MAX), "network_listen");
    body.saw("ports.listening", listening, "network_listen");
}

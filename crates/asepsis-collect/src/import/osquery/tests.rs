//! Logs as osquery writes them (shapes: osquery's logging documentation and the samples of
//! elastic/beats, filebeat module osquery); computers and values are invented.

use std::collections::BTreeSet;

use asepsis_core::identity::Secret;
use asepsis_core::observation::{Body, Observation};
use serde_json::{Value, json};

use super::super::{Ask, Input, Reading, Told, recognize};
use super::*;

const DAY: i64 = 1_795_500_000; // 2026-11-24T06:00:00Z

fn told() -> Told {
    Told {
        date: None,
        host: None,
        zone: jiff::tz::TimeZone::fixed(jiff::tz::offset(-6)),
        now: "2026-11-25T12:00:00Z".parse().unwrap(),
        secret: Secret([7; 32]),
        mappings: std::sync::Arc::default(),
    }
}

fn read(text: &str) -> Reading {
    let reader = recognize(text.as_bytes()).expect("it is known");
    reader.read(Input::from(text.as_bytes()), &told()).unwrap()
}

fn looks(text: &str) -> Vec<Observation> {
    read(text).looks.collect()
}

#[expect(clippy::needless_pass_by_value, reason = "rows are written where they are used")]
fn snapshot(host: &str, query: &str, at: i64, rows: Value) -> String {
    json!({
        "name": format!("pack_asepsis_{query}"), "hostIdentifier": host,
        "calendarTime": "Tue Nov 24 06:00:00 2026 UTC", "unixTime": at.to_string(), "epoch": 0,
        "counter": 0, "numerics": false, "action": "snapshot", "snapshot": rows,
    })
    .to_string()
}

fn identity(host: &str, at: i64) -> String {
    snapshot(
        host,
        "asepsis_identity",
        at,
        json!([{
            "uuid": "4C4C4544-0043-4A10-8052-B4C04F564433", "hardware_serial": "PF1A2B3C",
            "hostname": "desk-04", "hardware_vendor": "LENOVO", "hardware_model": "20XW",
        }]),
    )
}

fn fact(look: &Observation, path: &str) -> Value {
    let Body::Saw { fact, .. } = &look.body else { panic!() };
    let mut at = &Value::Object(fact.clone());
    for key in path.split('.') {
        at = at.get(key).unwrap_or(&Value::Null);
    }
    at.clone()
}

/// One Windows computer, whole.
fn windows(at: i64) -> Vec<String> {
    let firewall =
        |key: &str, name: &str, data: &str| json!({"key": key, "name": name, "data": data});
    let local = r"HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy\";
    let rows = vec![
        firewall(&format!("{local}DomainProfile"), "EnableFirewall", "1"),
        firewall(&format!("{local}StandardProfile"), "EnableFirewall", "1"),
        firewall(&format!("{local}PublicProfile"), "EnableFirewall", "1"),
    ];
    let path =
        |end: &str, data: &str| json!({"path": format!("HKEY_LOCAL_MACHINE{end}"), "data": data});
    vec![
        identity("desk-04", at),
        snapshot(
            "desk-04",
            "asepsis_os",
            at,
            json!([{
                "name": "Microsoft Windows 10 Pro", "version": "10.0.22631", "build": "22631", "platform": "windows",
            }]),
        ),
        snapshot("desk-04", "asepsis_chassis", at, json!([{"chassis_types": "Notebook, 10"}])),
        snapshot("desk-04", "asepsis_administrators", at, json!([{"administrators": "2"}])),
        snapshot("desk-04", "asepsis_secure_boot", at, json!([{"secure_boot": "1"}])),
        snapshot(
            "desk-04",
            "asepsis_windows_disks",
            at,
            json!([
                {"drive_letter": "C:", "protection_status": "1", "conversion_status": "1", "boot_partition": "1"},
                {"drive_letter": "D:", "protection_status": "0", "conversion_status": "0", "boot_partition": "0"},
            ]),
        ),
        snapshot(
            "desk-04",
            "asepsis_windows_security",
            at,
            json!([{"antivirus": "Good", "firewall": "Good", "autoupdate": "Good"}]),
        ),
        snapshot(
            "desk-04",
            "asepsis_windows_products",
            at,
            json!([
                {"type": "Antivirus", "name": "Microsoft Defender Antivirus", "state": "On", "signatures_up_to_date": "1"},
                {"type": "Firewall", "name": "Windows Firewall", "state": "On", "signatures_up_to_date": "1"},
            ]),
        ),
        snapshot(
            "desk-04",
            "asepsis_windows_services",
            at,
            json!([
                {"name": "WinDefend", "status": "RUNNING", "start_type": "AUTO_START"},
                {"name": "HuntressAgent", "status": "RUNNING", "start_type": "AUTO_START"},
                {"name": "W32Time", "status": "RUNNING", "start_type": "DEMAND_START"},
            ]),
        ),
        snapshot("desk-04", "asepsis_windows_firewall", at, Value::Array(rows)),
        snapshot(
            "desk-04",
            "asepsis_windows_registry",
            at,
            json!([
                path(
                    r"\SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System\InactivityTimeoutSecs",
                    "900"
                ),
                path(r"\SYSTEM\CurrentControlSet\Services\USBSTOR\Start", "3"),
                path(r"\SYSTEM\CurrentControlSet\Control\Terminal Server\fDenyTSConnections", "1"),
                path(r"\SYSTEM\CurrentControlSet\Services\LanmanServer\Parameters\SMB1", "0"),
                path(
                    r"\SOFTWARE\Microsoft\Enrollments\00000000-0000-0000-0000-000000000001\ProviderID",
                    "MS DM Server"
                ),
            ]),
        ),
        snapshot(
            "desk-04",
            "asepsis_windows_updates",
            at,
            json!([{"date": (at - 12 * 86_400).to_string()}]),
        ),
        snapshot(
            "desk-04",
            "asepsis_windows_tpm",
            at,
            json!([{"activated": "1", "enabled": "1", "spec_version": "2.0, 0, 1.38"}]),
        ),
        snapshot(
            "desk-04",
            "asepsis_windows_device_guard",
            at,
            json!([
                {"code_integrity_policy_enforcement_status": "OFF", "running_security_services": "NONE"},
            ]),
        ),
        snapshot(
            "desk-04",
            "asepsis_programs",
            at,
            json!([{"program": "teamviewer"}, {"program": "veeam"}]),
        ),
    ]
}

fn macos(at: i64) -> Vec<String> {
    let of = |query: &str, rows: Value| snapshot("mac-01", query, at, rows);
    vec![
        snapshot(
            "mac-01",
            "asepsis_identity",
            at,
            json!([{
                "uuid": "564D1234-0043-4A10-8052-B4C04F564433", "hardware_serial": "C02XK1ABCD",
                "hostname": "mac-01.clinic.example", "hardware_vendor": "Apple Inc.", "hardware_model": "Mac14,2",
            }]),
        ),
        of(
            "asepsis_os",
            json!([{"name": "macOS", "version": "15.7.1", "build": "24G231", "platform": "darwin"}]),
        ),
        of("asepsis_posix_administrators", json!([{"administrators": "1"}])),
        of("asepsis_macos_disk", json!([{"encrypted": "1", "filevault_status": "on"}])),
        of("asepsis_macos_firewall", json!([{"global_state": "2"}])),
        of("asepsis_macos_gatekeeper", json!([{"assessments_enabled": "1"}])),
        of("asepsis_macos_protection", json!([{"config_flag": "sip", "enabled": "1"}])),
        of(
            "asepsis_macos_updates",
            json!([
                {"key": "AutomaticallyInstallMacOSUpdates", "value": "1"},
                {"key": "LastSuccessfulDate", "value": "2026-11-21 08:00:00 +0000"},
            ]),
        ),
        of(
            "asepsis_macos_policies",
            json!([
                {"domain": "com.apple.screensaver", "name": "idleTime", "value": "600", "username": ""},
                {"domain": "com.apple.screensaver", "name": "askForPassword", "value": "1", "username": ""},
                {"domain": "com.apple.screensaver", "name": "askForPassword", "value": "0", "username": "desk"},
                {"domain": "com.apple.loginwindow", "name": "DisableGuestAccount", "value": "1", "username": ""},
                {"domain": "com.apple.loginwindow", "name": "com.apple.login.mcx.DisableAutoLoginClient", "value": "1", "username": ""},
            ]),
        ),
        of(
            "asepsis_macos_sharing",
            json!([{"screen_sharing": "0", "remote_login": "1", "remote_management": "0"}]),
        ),
        of("asepsis_macos_backup", json!([{"backup_date": (at - 86_400).to_string()}])),
    ]
}

fn linux(at: i64) -> Vec<String> {
    let of = |query: &str, rows: Value| snapshot("lab-srv", query, at, rows);
    vec![
        of(
            "asepsis_os",
            json!([{"name": "Ubuntu", "version": "24.04.1 LTS (Noble Numbat)", "build": "", "platform": "ubuntu"}]),
        ),
        of("asepsis_posix_administrators", json!([{"administrators": "3"}])),
        of("asepsis_linux_disks", json!([{"path": "/", "encrypted": "1"}])),
        of(
            "asepsis_linux_units",
            json!([
                {"id": "ufw.service", "active_state": "active", "unit_file_state": "enabled"},
                {"id": "clamav-daemon.service", "active_state": "inactive", "unit_file_state": "disabled"},
                {"id": "wazuh-agent.service", "active_state": "active", "unit_file_state": "enabled"},
                {"id": "systemd-timesyncd.service", "active_state": "active", "unit_file_state": "enabled"},
            ]),
        ),
        of(
            "asepsis_linux_files",
            json!([
                {"path": "/var/log/dpkg.log", "mtime": (at - 3 * 86_400).to_string()},
                {"path": "/var/lib/apt/periodic/update-success-stamp", "mtime": (at - 86_400).to_string()},
            ]),
        ),
        of(
            "asepsis_linux_settings",
            json!([
                {"node": "/files/etc/apt/apt.conf.d/20auto-upgrades/APT/Periodic/Unattended-Upgrade", "label": "APT::Periodic::Unattended-Upgrade", "value": "1"},
                {"node": "/files/etc/ssh/sshd_config/PermitRootLogin", "label": "PermitRootLogin", "value": "no"},
                {"node": "/files/etc/ssh/sshd_config/Match/Settings/PermitRootLogin", "label": "PermitRootLogin", "value": "yes"},
            ]),
        ),
    ]
}

#[test]
fn a_snapshot_log_tells_of_each_computer_once() {
    let log = [windows(DAY), macos(DAY), linux(DAY)].concat().join("\n");
    let all = looks(&log);
    assert_eq!(
        all.iter().map(|it| it.label.as_str()).collect::<Vec<_>>(),
        ["desk-04", "lab-srv", "mac-01.clinic.example"]
    );
    let [windows, linux, mac] = all.as_slice() else { panic!() };
    assert!(windows.subject.0.starts_with("serial:") && windows.also.len() == 2);
    assert_eq!(linux.subject.0, "host:lab-srv");
    for (look, path, expected) in [
        (windows, "os.name", json!("Windows 11 Pro")),
        (windows, "os.version", json!("10.0.22631")),
        (windows, "os.supported", json!(false)),
        (windows, "hardware.kind", json!("laptop")),
        (windows, "disk.root_encrypted", json!(true)),
        (windows, "disk.unencrypted", json!(["D:"])),
        (windows, "antivirus.products", json!(["defender"])),
        (windows, "antivirus.up_to_date", json!(true)),
        (windows, "edr.products", json!(["huntress"])),
        (windows, "firewall.active", json!(true)),
        (windows, "firewall.default_deny", json!(true)),
        (windows, "desktop.lock_after_seconds", json!(900)),
        (windows, "usb.storage_blocked", json!(false)),
        (windows, "services.smb1", json!(false)),
        (windows, "remote_access.desktop_enabled", json!(false)),
        (windows, "patches.days_since_upgrade", json!(12)),
        (windows, "updates.automatic", json!(true)),
        (windows, "mdm.by", json!("intune")),
        (windows, "tpm.version", json!(2)),
        (windows, "integrity.app_control", json!("off")),
        (windows, "remote_access.control_tools", json!(["teamviewer"])),
        (mac, "disk.root_encrypted", json!(true)),
        (mac, "firewall.default_deny", json!(true)),
        (mac, "updates.automatic", json!(true)),
        (mac, "patches.days_since_refresh", json!(2)),
        // The user's own weaker value undoes the computer's.
        (mac, "desktop.lock_enabled", json!(false)),
        (mac, "accounts.guest", json!(false)),
        (mac, "remote_access.ssh_listening", json!(true)),
        (mac, "backups.days_since_success", json!(1)),
        (linux, "os.version", json!("24.04.1")),
        (linux, "os.supported", json!(true)),
        (linux, "antivirus.active", json!(false)),
        (linux, "edr.products", json!(["wazuh"])),
        (linux, "updates.automatic", json!(true)),
        (linux, "remote_access.ssh_root_login", json!("no")),
        (linux, "patches.days_since_upgrade", json!(3)),
    ] {
        assert_eq!(fact(look, path), expected, "{} {path}", look.label);
    }
    assert!(all.iter().all(|it| it.observed_at.as_millis() == DAY * 1000));
}

#[test]
fn every_fact_is_in_the_schema() {
    let text = include_str!("../../../../../catalog/observations/computer-1.toml");
    let schema: asepsis_core::catalog::Schema = toml::from_str(text).unwrap();
    for look in looks(&[windows(DAY), macos(DAY), linux(DAY)].concat().join("\n")) {
        let Body::Saw { fact, .. } = &look.body else { panic!() };
        assert_eq!(schema.misfits(fact), Vec::<String>::new(), "{}", look.label);
        let text = serde_json::to_string(&look).unwrap();
        assert!(
            !text.contains("PF1A2B3C") && !text.contains("C02XK1ABCD"),
            "a serial number stays"
        );
    }
}

#[test]
fn servers_and_empty_tables_are_unknown_and_no_failure() {
    let log = [
        identity("srv-01", DAY),
        snapshot(
            "srv-01",
            "asepsis_os",
            DAY,
            json!([{"name": "Microsoft Windows Server 2022 Standard", "version": "10.0.20348", "build": "20348", "platform": "windows"}]),
        ),
        snapshot(
            "srv-01",
            "asepsis_windows_security",
            DAY,
            json!([{"antivirus": "Error", "firewall": "Not Monitored", "autoupdate": "Error"}]),
        ),
        snapshot("srv-01", "asepsis_windows_products", DAY, json!([])),
        snapshot("srv-01", "asepsis_windows_disks", DAY, json!([])),
        snapshot("srv-01", "asepsis_windows_updates", DAY, json!([])),
        snapshot("srv-01", "asepsis_macos_screen", DAY, json!([])),
    ];
    let all = looks(&log.join("\n"));
    for path in [
        "antivirus.active",
        "antivirus.products",
        "disk.root_encrypted",
        "patches.days_since_upgrade",
        "desktop.lock_enabled",
        "updates.automatic",
    ] {
        assert_eq!(fact(&all[0], path), Value::Null, "{path}");
        let Body::Saw { seen, .. } = &all[0].body else { panic!() };
        assert!(path == "updates.automatic" || seen.contains_key(path), "{path} is explained");
    }
    assert_eq!(fact(&all[0], "os.id"), json!("windows-server"));
    assert_eq!(fact(&all[0], "os.supported"), json!(true));
}

#[test]
fn changes_are_put_together_and_another_epoch_begins_anew() {
    let change = |action: &str, epoch: u64, at: i64, drive: &str, on: &str| {
        json!({
            "name": "pack/asepsis/asepsis_windows_disks", "hostIdentifier": "desk-04",
            "calendarTime": "…", "unixTime": at, "epoch": epoch, "counter": 1, "action": action,
            "columns": {"drive_letter": drive, "protection_status": on, "conversion_status": "1", "boot_partition": "0"},
        })
        .to_string()
    };
    let log = [
        change("added", 1, DAY, "C:", "0"),
        change("removed", 1, DAY + 10, "C:", "0"),
        change("added", 1, DAY + 10, "C:", "1"),
        change("added", 1, DAY + 10, "D:", "0"),
    ];
    let all = looks(&log.join("\n"));
    assert_eq!(fact(&all[0], "disk.root_encrypted"), json!(true));
    assert_eq!(fact(&all[0], "disk.unencrypted"), json!(["D:"]));
    let restarted = [log.join("\n"), change("added", 2, DAY + 20, "C:", "0")].join("\n");
    let all = looks(&restarted);
    assert_eq!(fact(&all[0], "disk.root_encrypted"), json!(false));
    assert_eq!(fact(&all[0], "disk.unencrypted"), json!(["C:"]), "D: was of the old epoch");
}

#[test]
fn batches_are_read_also_where_nothing_changed() {
    let batch = |changes: Value, at: i64| {
        json!({
            "name": "asepsis_secure_boot", "hostname": "desk-04", "calendarTime": "…",
            "unixTime": at.to_string(), "diffResults": changes,
        })
        .to_string()
    };
    let log = [
        batch(json!({"added": [{"secure_boot": "0"}], "removed": []}), DAY),
        batch(json!({"added": [{"secure_boot": "1"}], "removed": [{"secure_boot": "0"}]}), DAY + 5),
        batch(json!(""), DAY + 9),
    ];
    assert_eq!(fact(&looks(&log.join("\r\n"))[0], "boot.secure"), json!(true));
}

#[test]
fn the_newest_answer_counts_and_what_is_much_older_is_not_known_then() {
    let log = [
        snapshot("desk-04", "asepsis_secure_boot", DAY, json!([{"secure_boot": "1"}])),
        snapshot("desk-04", "asepsis_secure_boot", DAY - 86_400, json!([{"secure_boot": "0"}])),
        snapshot(
            "desk-04",
            "asepsis_administrators",
            DAY - 5 * 86_400,
            json!([{"administrators": "9"}]),
        ),
    ];
    let all = looks(&log.join("\n"));
    assert_eq!(fact(&all[0], "boot.secure"), json!(true));
    assert_eq!(fact(&all[0], "accounts.administrators"), Value::Null);
    assert_eq!(all[0].observed_at.as_millis(), DAY * 1000);
}

#[test]
fn one_table_needs_a_day_and_a_computer() {
    let text = r#"[ {"secure_boot":"1"} ]"#;
    let reader = recognize(text.as_bytes()).unwrap();
    assert_eq!(reader.format, "osquery-table");
    let reading = read(text);
    assert_eq!(reading.asks, [Ask::Date, Ask::Host]);
    let told = Told {
        date: Some("2026-11-20T06:00:00Z".parse().unwrap()),
        host: Some("desk-09".to_owned()),
        ..told()
    };
    let reading = reader.read(Input::from(text.as_bytes()), &told).unwrap();
    assert_eq!(reading.asks, []);
    let look = reading.looks.collect::<Vec<_>>().remove(0);
    assert_eq!((look.subject.0.as_str(), look.observed_at), ("host:desk-09", told.date.unwrap()));
    assert!(recognize(br#"[{"some":"1"}]"#).is_none());
}

#[test]
fn what_is_not_ours_is_counted_and_what_is_cut_off_is_said() {
    let other = |host: &str| {
        json!({"name": "pack_it_compliance_usb", "hostIdentifier": host, "unixTime": DAY, "action": "snapshot", "snapshot": []}).to_string()
    };
    let log = [
        other("a"),
        other("b"),
        snapshot("a", "asepsis_secure_boot", DAY, json!([{"secure_boot": 1}])),
    ];
    let mut reading = read(&format!("{}\n{{\"name\":\"asep", log.join("\n")));
    let left: Vec<_> = reading.left.drain(..).map(|it| (it.what, it.count)).collect();
    assert_eq!(left, [("a line".to_owned(), 1), ("query pack_it_compliance_usb".to_owned(), 2)]);
    assert_eq!(reading.looks.count(), 1);
    let broken = format!("{}\nnot json\n", log.join("\n"));
    let reader = recognize(broken.as_bytes()).unwrap();
    let error = reader.read(Input::from(broken.as_bytes()), &told()).err().unwrap().to_string();
    assert!(error.contains("line 4"), "{error}");
}

#[test]
fn the_pack_and_the_readers_know_the_same_queries() {
    let pack: Value = serde_json::from_str(PACK).unwrap();
    let queries = pack["queries"].as_object().unwrap();
    let ours: BTreeSet<&str> = queries::QUERIES.iter().map(|it| it.name).collect();
    let theirs: BTreeSet<&str> = queries.keys().map(String::as_str).collect();
    assert_eq!(ours, theirs);
    for (name, it) in queries {
        assert_eq!((&it["interval"], &it["snapshot"]), (&json!(86_400), &json!(true)), "{name}");
        assert!(it["query"].as_str().unwrap().ends_with(';'), "{name}");
        assert!(it["description"].as_str().unwrap().len() > 10, "{name}");
    }
}

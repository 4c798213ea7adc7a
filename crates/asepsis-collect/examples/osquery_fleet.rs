//! Writes the snapshot log of an invented fleet, as osquery writes it with our pack and one pack of
//! others: for measuring, not for people. `osquery_fleet COMPUTERS DAY CHANGED` prints the log of a day
//! (0, 1, …) on which so many of a thousand computers have something new.

use std::io::{BufWriter, Write as _};

use serde_json::{Value, json};

/// 2026-11-01T06:00:00Z.
const FIRST: i64 = 1_793_512_800;
/// Programs on one computer, which another pack lists.
const PROGRAMS: usize = 170;

fn main() -> std::io::Result<()> {
    let mut numbers = std::env::args().skip(1).map(|it| it.parse::<i64>().unwrap_or(0));
    let (computers, day, changed) =
        (numbers.next().unwrap_or(10), numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    let mut out = BufWriter::with_capacity(1 << 20, std::io::stdout().lock());
    for computer in 0..computers {
        write_computer(&mut out, computer, day, changed)?;
    }
    out.flush()
}

fn write_computer(
    out: &mut impl std::io::Write,
    n: i64,
    day: i64,
    changed: i64,
) -> std::io::Result<()> {
    let host = format!("ward-{n:05}");
    let at = FIRST + day * 86_400 + n % 3_600;
    // Those with something new on this day: each thousand in another order.
    let new = day > 0 && (n.wrapping_mul(7_919) + day * 31).rem_euclid(1_000) < changed;
    let patched = if new { at - 86_400 } else { FIRST - (n % 30) * 86_400 };
    let plain = n % 40 == 0;
    let mut say = |query: &str, rows: Value| {
        let line = json!({
            "name": format!("pack_asepsis_{query}"), "hostIdentifier": host,
            "calendarTime": "Sun Nov  1 06:00:00 2026 UTC", "unixTime": at, "epoch": 0,
            "counter": 0, "numerics": false, "action": "snapshot", "snapshot": rows,
            "decorations": {"username": "", "host_uuid": format!("4c4c4544-0043-4a10-8052-{n:012x}")},
        });
        writeln!(out, "{line}")
    };
    say(
        "asepsis_identity",
        json!([{"uuid": format!("4C4C4544-0043-4A10-8052-{n:012X}"), "hardware_serial": format!("PF{n:06}"),
            "hostname": host, "hardware_vendor": "LENOVO", "hardware_model": "20XW"}]),
    )?;
    say(
        "asepsis_os",
        json!([{"name": "Microsoft Windows 11 Pro", "version": "10.0.26100", "build": "26100", "platform": "windows"}]),
    )?;
    say("asepsis_chassis", json!([{"chassis_types": "Notebook, 10"}]))?;
    say("asepsis_administrators", json!([{"administrators": (1 + n % 3).to_string()}]))?;
    say("asepsis_secure_boot", json!([{"secure_boot": "1"}]))?;
    let protection = if plain { "0" } else { "1" };
    say(
        "asepsis_windows_disks",
        json!([{"drive_letter": "C:", "protection_status": protection, "conversion_status": "1", "boot_partition": "1"}]),
    )?;
    say(
        "asepsis_windows_security",
        json!([{"antivirus": "Good", "firewall": "Good", "autoupdate": "Good"}]),
    )?;
    say(
        "asepsis_windows_products",
        json!([{"type": "Antivirus", "name": "Microsoft Defender Antivirus", "state": "On", "signatures_up_to_date": "1"}]),
    )?;
    say(
        "asepsis_windows_services",
        json!([{"name": "WinDefend", "status": "RUNNING", "start_type": "AUTO_START"},
            {"name": "Sense", "status": "RUNNING", "start_type": "AUTO_START"},
            {"name": "W32Time", "status": "RUNNING", "start_type": "DEMAND_START"}]),
    )?;
    let profile = |name: &str| {
        json!({"key": format!(r"HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy\{name}"),
            "name": "EnableFirewall", "data": "1"})
    };
    say(
        "asepsis_windows_firewall",
        json!([profile("DomainProfile"), profile("StandardProfile"), profile("PublicProfile")]),
    )?;
    let value =
        |end: &str, data: &str| json!({"path": format!("HKEY_LOCAL_MACHINE{end}"), "data": data});
    say(
        "asepsis_windows_registry",
        json!([
            value(
                r"\SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System\InactivityTimeoutSecs",
                "900"
            ),
            value(r"\SYSTEM\CurrentControlSet\Services\USBSTOR\Start", "4"),
            value(r"\SYSTEM\CurrentControlSet\Control\Terminal Server\fDenyTSConnections", "1"),
            value(r"\SYSTEM\CurrentControlSet\Services\LanmanServer\Parameters\SMB1", "0"),
        ]),
    )?;
    say("asepsis_windows_updates", json!([{"date": patched.to_string()}]))?;
    say(
        "asepsis_windows_tpm",
        json!([{"activated": "1", "enabled": "1", "spec_version": "2.0, 0, 1.38"}]),
    )?;
    say(
        "asepsis_windows_device_guard",
        json!([{"code_integrity_policy_enforcement_status": "OFF", "running_security_services": "NONE"}]),
    )?;
    say("asepsis_programs", json!([]))?;
    let programs: Vec<Value> = (0..PROGRAMS)
        .map(|it| {
            json!({"name": format!("Program number {it} of this computer"), "version": format!("{it}.0.{}", n % 9),
                "install_location": format!(r"C:\Program Files\Program {it}\"), "publisher": "A maker"})
        })
        .collect();
    let line = json!({
        "name": "pack_it-compliance_installed_programs", "hostIdentifier": host, "unixTime": at,
        "calendarTime": "Sun Nov  1 06:00:00 2026 UTC", "epoch": 0, "counter": 0,
        "action": "snapshot", "snapshot": programs,
    });
    writeln!(out, "{line}")
}

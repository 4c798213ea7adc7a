//! Answers about macOS. What a management system enforces counts before what is merely set.

use asepsis_core::time::Timestamp;

use super::facts::Facts;
use super::rows::Row;

/// Seconds since 1970 from here on are times of backups.
const FIRST_BACKUP: i64 = 1_262_304_000;

pub(super) fn disk(rows: &[Row<'_>], _at: Timestamp, facts: &mut Facts) {
    let status = |word: &str| rows.iter().any(|row| row.get("filevault_status") == Some(word));
    let on = match (status("on"), status("off")) {
        (true, _) => Some(true),
        (false, true) => Some(false),
        (false, false) => None,
    };
    facts.maybe("disk.root_encrypted", on, "no volume tells whether FileVault is on");
}

pub(super) fn firewall(rows: &[Row<'_>], _at: Timestamp, facts: &mut Facts) {
    // 0 off, 1 on, 2 on and everything refused (osquery, table alf).
    let state = rows.first().and_then(|row| row.number("global_state"));
    facts.maybe("firewall.active", state.map(|it| it > 0), "the firewall does not tell its state");
    if state == Some(2) {
        facts.saw("firewall.default_deny", true);
    }
}

pub(super) fn gatekeeper(rows: &[Row<'_>], _at: Timestamp, facts: &mut Facts) {
    let on = rows.first().and_then(|row| row.number("assessments_enabled"));
    facts.maybe("integrity.gatekeeper", on.map(|it| it == 1), "Gatekeeper does not tell");
}

pub(super) fn protection(rows: &[Row<'_>], _at: Timestamp, facts: &mut Facts) {
    let sip = rows.iter().find(|row| row.get("config_flag") == Some("sip"));
    let on = sip.and_then(|row| row.number("enabled"));
    facts.maybe("integrity.system_protection", on.map(|it| it == 1), "it is not told");
}

/// The keys of com.apple.SoftwareUpdate, as the computer keeps them.
pub(super) fn updates(rows: &[Row<'_>], at: Timestamp, facts: &mut Facts) {
    let key = |name: &str| rows.iter().find(|row| row.get("key") == Some(name));
    let on = |name: &str| key(name).and_then(|row| row.get("value")).map(is_on);
    // Absent means on: Apple turned security responses and system data on by default (macOS 10.13).
    let critical = on("CriticalUpdateInstall").unwrap_or(true);
    let download = on("AutomaticDownload").unwrap_or(true);
    let check = on("AutomaticCheckEnabled").unwrap_or(true);
    match (on("AutomaticallyInstallMacOSUpdates"), check && download && critical) {
        (Some(install), rest) => {
            facts.saw("updates.automatic", install && rest);
            if install && rest {
                facts.text("updates.by", "macos");
            }
        }
        (None, false) => facts.saw("updates.automatic", false),
        (None, true) => {
            facts
                .missed("updates.automatic", "whether macOS updates install themselves is not set");
        }
    }
    let checked = key("LastSuccessfulDate").and_then(|row| row.get("value")).and_then(when);
    if let Some(checked) = checked.filter(|it| *it <= at) {
        facts.number("patches.days_since_refresh", at.days_since(checked));
    }
}

/// What profiles enforce. A row with a user's name holds for that user alone, and one user's weaker
/// value undoes the computer's.
pub(super) fn policies(rows: &[Row<'_>], _at: Timestamp, facts: &mut Facts) {
    let values = |domain: &str, name: &str| -> Vec<&str> {
        let these = rows
            .iter()
            .filter(|row| row.get("domain") == Some(domain) && row.get("name") == Some(name));
        these.filter_map(|row| row.get("value")).collect()
    };
    let all = |values: &[&str], holds: fn(&str) -> bool| -> Option<bool> {
        (!values.is_empty()).then(|| values.iter().all(|it| holds(it)))
    };
    facts.saw("mdm.enrolled", !rows.is_empty());
    let idle = values("com.apple.screensaver", "idleTime");
    if let Some(longest) = idle.iter().filter_map(|it| it.parse::<i64>().ok()).max() {
        facts.number("desktop.lock_after_seconds", longest);
        facts.saw("desktop.lock_enforced", true);
    }
    if let Some(asks) = all(&values("com.apple.screensaver", "askForPassword"), is_on) {
        facts.saw("desktop.lock_enabled", asks);
    }
    if let Some(off) = all(&values("com.apple.loginwindow", "DisableGuestAccount"), is_on) {
        facts.saw("accounts.guest", !off);
    }
    if let Some(off) =
        all(&values("com.apple.loginwindow", "com.apple.login.mcx.DisableAutoLoginClient"), is_on)
    {
        // Not disabled by a profile is not yet on.
        if off {
            facts.saw("desktop.automatic_logon", false);
        }
    }
}

pub(super) fn screen(rows: &[Row<'_>], _at: Timestamp, facts: &mut Facts) {
    // Only of the user who is signed in: no row, or one that says -1, tells nothing.
    let enabled = rows.first().and_then(|row| row.number("enabled")).filter(|it| *it >= 0);
    let why = "nobody was signed in when it was asked";
    facts.saw("desktop.installed", true);
    facts.maybe("desktop.lock_enabled", enabled.map(|it| it == 1), why);
}

pub(super) fn sharing(rows: &[Row<'_>], _at: Timestamp, facts: &mut Facts) {
    let on = |column| rows.first().and_then(|row| row.number(column)).map(|it| it == 1);
    let desktop = match (on("screen_sharing"), on("remote_management")) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (Some(false), Some(false)) => Some(false),
        _ => None,
    };
    let why = "the sharing settings do not tell";
    facts.maybe("remote_access.desktop_enabled", desktop, why);
    facts.saw("remote_access.ssh_installed", true);
    facts.maybe("remote_access.ssh_listening", on("remote_login"), why);
}

pub(super) fn backup(rows: &[Row<'_>], at: Timestamp, facts: &mut Facts) {
    let seconds = rows.first().and_then(|row| row.number("backup_date"));
    match seconds.filter(|it| *it >= FIRST_BACKUP).and_then(|it| it.checked_mul(1000)) {
        Some(millis) if millis <= at.as_millis() => {
            facts.list("backups.tools", vec!["time-machine"]);
            facts.saw("backups.scheduled", true);
            facts.number(
                "backups.days_since_success",
                at.days_since(Timestamp::from_millis(millis)),
            );
        }
        _ => facts.missed("backups.days_since_success", "Time Machine tells of no backup"),
    }
}

fn is_on(value: &str) -> bool {
    ["1", "true", "yes"].contains(&value.to_ascii_lowercase().as_str())
}

/// A time of a property list: seconds since 1970, or as `2026-11-20 08:00:00 +0000`.
fn when(text: &str) -> Option<Timestamp> {
    if let Ok(seconds) = text.parse::<f64>() {
        let sane = (1_262_304_000.0..4_102_444_800.0).contains(&seconds);
        #[expect(clippy::cast_possible_truncation, reason = "whole seconds below 2100")]
        return sane.then(|| Timestamp::from_millis(seconds as i64 * 1000));
    }
    let (day, rest) = text.trim().split_once([' ', 'T'])?;
    let time = rest.split([' ', '+', 'Z']).next()?;
    format!("{day}T{time}Z").parse().ok()
}

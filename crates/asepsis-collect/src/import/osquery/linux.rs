//! Answers about Linux: the same meanings as those of the live collector.

use asepsis_core::time::{DAY_MS, Timestamp};

use super::super::products::{self, Kind};
use super::facts::Facts;
use super::rows::Row;

pub(super) fn disks(rows: &[Row<'_>], _at: Timestamp, facts: &mut Facts) {
    let of = |path: &str| {
        let row = rows.iter().find(|row| row.get("path") == Some(path))?;
        row.number("encrypted").map(|it| it == 1)
    };
    let root = of("/");
    facts.maybe("disk.root_encrypted", root, "the device of / is not told");
    facts.maybe("disk.home_encrypted", of("/home").or(root), "the device of /home is not told");
}

pub(super) fn units(rows: &[Row<'_>], _at: Timestamp, facts: &mut Facts) {
    let active = |unit: &str| {
        rows.iter().any(|row| {
            row.get("active_state") == Some("active")
                && row.get("id").is_some_and(|id| bare(id) == unit)
        })
    };
    let of = |kind: Kind| -> (Vec<&'static str>, bool) {
        let known = products::of_units(kind);
        let there =
            |unit: &str| rows.iter().any(|row| row.get("id").is_some_and(|id| bare(id) == unit));
        let installed: Vec<_> = known.iter().filter(|it| there(it.unit)).collect();
        let runs = installed.iter().any(|it| active(it.unit));
        (installed.iter().map(|it| it.name).collect(), runs)
    };
    let (antivirus, runs) = of(Kind::Antivirus);
    facts.list("antivirus.products", antivirus);
    facts.saw("antivirus.active", runs);
    let (edr, runs) = of(Kind::Edr);
    facts.list("edr.products", edr);
    facts.saw("edr.active", runs);
    let (forwarders, runs) = of(Kind::Logs);
    facts.list("logs.forwarders", if runs { forwarders } else { Vec::new() });
    if runs {
        facts.saw("logs.forwarded", true);
    } else {
        facts
            .missed("logs.forwarded", "the units show no agent; rsyslog's settings were not asked");
    }
    let firewall = ["ufw", "firewalld", "nftables"].into_iter().find(|it| active(it));
    match firewall {
        Some(manager) => {
            facts.text("firewall.manager", manager);
            facts.saw("firewall.active", true);
        }
        None => facts.missed("firewall.active", "no known manager runs; the rules were not asked"),
    }
    facts.saw("audit.active", active("auditd"));
    let clock = ["systemd-timesyncd", "chrony", "chronyd", "ntpd", "ntpsec"];
    if let Some(service) = clock.into_iter().find(|it| active(it)) {
        facts.text("clock.service", if service == "chronyd" { "chrony" } else { service });
    }
}

/// A unit without its ending and its instance.
fn bare(id: &str) -> &str {
    let id = id.strip_suffix(".service").unwrap_or(id);
    id.split_once('@').map_or(id, |(name, _)| name)
}

pub(super) fn files(rows: &[Row<'_>], at: Timestamp, facts: &mut Facts) {
    let changed = |path: &str| {
        let row = rows.iter().find(|row| row.get("path") == Some(path))?;
        let at = row.number("mtime")?.checked_mul(1000)?;
        Some(Timestamp::from_millis(at))
    };
    facts.saw("restart.pending", changed("/run/reboot-required").is_some());
    let days = |path: &str| {
        let since = at.as_millis().saturating_sub(changed(path)?.as_millis());
        (since >= 0).then_some(since / DAY_MS)
    };
    for (fact, paths) in [
        ("patches.days_since_upgrade", ["/var/log/dpkg.log", "/var/lib/rpm/rpmdb.sqlite"]),
        (
            "patches.days_since_refresh",
            ["/var/lib/apt/periodic/update-success-stamp", "/var/cache/dnf/last_makecache"],
        ),
    ] {
        match paths.iter().find_map(|path| days(path)) {
            Some(days) => facts.number(fact, days),
            None => facts.missed(fact, "no time stamp of the package manager was found"),
        }
    }
}

/// Settings of configuration files, as augeas reads them.
pub(super) fn settings(rows: &[Row<'_>], _at: Timestamp, facts: &mut Facts) {
    let value = |file: &str, label: &str| {
        let found = rows.iter().find(|row| {
            row.get("node").is_some_and(|node| node.contains(file))
                && row.get("label").is_some_and(|it| it.eq_ignore_ascii_case(label))
                // Inside a Match block it holds for some only.
                && row.get("node").is_some_and(|node| !node.contains("/Match"))
        });
        found.and_then(|row| row.get("value"))
    };
    let apt = "20auto-upgrades";
    if rows.iter().any(|row| row.get("node").is_some_and(|node| node.contains(apt))) {
        let on = value(apt, "APT::Periodic::Unattended-Upgrade").is_some_and(|it| it != "0");
        facts.saw("updates.automatic", on);
        if on {
            facts.text("updates.by", "unattended-upgrades");
        }
    } else {
        facts.missed("updates.automatic", "no updater's settings were found");
    }
    let sshd = "/sshd_config";
    let installed = rows.iter().any(|row| row.get("node").is_some_and(|node| node.contains(sshd)));
    facts.saw("remote_access.ssh_installed", installed);
    if installed {
        // Absent means prohibit-password (sshd_config(5)).
        let root = value(sshd, "PermitRootLogin").unwrap_or("prohibit-password");
        let root = if root == "without-password" { "prohibit-password" } else { root };
        if ["yes", "no", "prohibit-password", "forced-commands-only"].contains(&root) {
            facts.text("remote_access.ssh_root_login", root);
        }
        let yes = |label: &str, absent: bool| value(sshd, label).map_or(absent, |it| it == "yes");
        facts.saw("remote_access.ssh_empty_passwords", yes("PermitEmptyPasswords", false));
    }
}

//! Whether updates are installed without anybody asking for them.

use std::collections::BTreeMap;

use super::apt_config;
use super::key_file;
use super::look::Look;

const AUTOMATIC: &str = "updates.automatic";
const BY: &str = "updates.by";
const DNF: [&str; 3] = [
    "/etc/dnf/automatic.conf",
    "/etc/dnf/dnf5-plugins/automatic.conf",
    "/usr/share/dnf5/dnf5-plugins/automatic.conf",
];

pub(super) fn look(at: &mut Look<'_>) {
    let (automatic, by, from) = if at.there("/etc/apt") {
        match apt(at) {
            Ok((on, from)) => (Ok(on), "unattended-upgrades", from),
            Err(why) => (Err(why), "", String::new()),
        }
    } else if at.there("/usr/sbin/transactional-update") {
        let units = at.units.as_ref().map_err(ToString::to_string);
        let on = units.map(|units| units.active("transactional-update.timer"));
        (on, "transactional-update", "transactional-update.timer".to_owned())
    } else if at.there("/etc/dnf") {
        match dnf(at) {
            Ok((on, from)) => (Ok(on), "dnf-automatic", from),
            Err(why) => (Err(why), "", String::new()),
        }
    } else {
        (Err("no known updater was found".to_owned()), "", String::new())
    };
    match automatic {
        Ok(on) => {
            at.saw(AUTOMATIC, on, from.as_str());
            if on {
                at.saw(BY, by, from);
            } else {
                at.missed(BY, "updates are not automatic");
            }
        }
        Err(why) => {
            at.missed(AUTOMATIC, &why);
            at.missed(BY, why);
        }
    }
}

/// APT::Periodic must ask for both steps, the program must be there, and its timer must wait.
fn apt(at: &Look<'_>) -> Result<(bool, String), String> {
    let mut settings = BTreeMap::new();
    for (_, text) in at.texts("/etc/apt/apt.conf.d", "").map_err(|error| error.to_string())? {
        apt_config::read(&text, &mut settings);
    }
    if let Ok(text) = at.text("/etc/apt/apt.conf") {
        apt_config::read(&text, &mut settings);
    }
    let set = |key: &str| {
        settings.get(key).is_some_and(|value| !matches!(value.as_str(), "0" | "" | "false" | "no"))
    };
    let asked = set("apt::periodic::unattended-upgrade")
        && set("apt::periodic::update-package-lists")
        && settings.get("apt::periodic::enable").is_none_or(|value| value != "0");
    let program =
        at.there("/usr/bin/unattended-upgrade") || at.there("/usr/bin/unattended-upgrades");
    // Without systemd, cron runs the same script.
    let timer = match &at.units {
        Ok(units) => units.active("apt-daily-upgrade.timer"),
        Err(_) => at.there("/etc/cron.daily/apt-compat"),
    };
    let from = "/etc/apt/apt.conf.d, apt-daily-upgrade.timer".to_owned();
    Ok((asked && program && timer, from))
}

/// A timer that installs, or the general timer with `apply_updates = yes`.
fn dnf(at: &Look<'_>) -> Result<(bool, String), String> {
    let units = at.units.as_ref().map_err(ToString::to_string)?;
    if units.active("dnf-automatic-install.timer") {
        return Ok((true, "dnf-automatic-install.timer".to_owned()));
    }
    let timer = units.active("dnf-automatic.timer")
        || units.active("dnf5-automatic.timer")
        || units.active("yum-cron");
    if !timer {
        return Ok((false, "no timer of dnf-automatic waits".to_owned()));
    }
    for path in DNF {
        match at.text(path) {
            Ok(text) => {
                let apply = key_file::in_section(&text, "commands", "apply_updates");
                return Ok((apply.is_some_and(key_file::is_yes), path.to_owned()));
            }
            Err(error) if error.is_missing() => {}
            Err(error) => return Err(error.to_string()),
        }
    }
    // dnf-automatic(8): apply_updates is no unless set.
    Ok((false, "dnf-automatic has no configuration".to_owned()))
}

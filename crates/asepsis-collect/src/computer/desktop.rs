//! The desktop: whether there is one, whether it locks, whether it signs somebody in by itself.

use super::dconf::{self, Settings};
use super::key_file;
use super::look::{Look, Read};
use crate::source::SourceError;

const SESSIONS: [&str; 2] = ["/usr/share/xsessions", "/usr/share/wayland-sessions"];
const LOCK: [&str; 3] =
    ["desktop.lock_enabled", "desktop.lock_after_seconds", "desktop.lock_enforced"];
const LOGON: &str = "desktop.automatic_logon";

pub(super) fn look(at: &mut Look<'_>) {
    let sessions: Vec<String> =
        SESSIONS.iter().flat_map(|folder| at.names(folder).unwrap_or_default()).collect();
    let installed = sessions.iter().any(|name| name.ends_with(".desktop"));
    at.saw("desktop.installed", installed, SESSIONS.join(", "));
    let gnome = sessions.iter().any(|name| name.starts_with("gnome") || name.starts_with("ubuntu"));
    if gnome {
        lock(at);
    } else {
        let why = if installed {
            "only GNOME's settings are read so far"
        } else {
            "this computer has no desktop"
        };
        LOCK.iter().for_each(|fact| at.missed(fact, why));
    }
    let logon = automatic_logon(at, installed);
    at.record(LOGON, logon);
}

fn lock(at: &mut Look<'_>) {
    let settings = match settings(at) {
        Ok(settings) => settings,
        Err(error) => return LOCK.iter().for_each(|fact| at.missed(fact, &error)),
    };
    let from =
        if settings.any() { "/etc/dconf/db" } else { "GNOME's defaults; none set in /etc/dconf" };
    at.saw(LOCK[0], settings.locks_screen(), from);
    at.saw(LOCK[1], settings.lock_after(), from);
    at.saw(LOCK[2], settings.enforced(), "/etc/dconf/db");
}

fn settings(at: &Look<'_>) -> Result<Settings, SourceError> {
    let mut settings = Settings::default();
    let profile = match at.text("/etc/dconf/profile/user") {
        Ok(text) => text,
        Err(SourceError::Missing { .. }) => return Ok(settings),
        Err(error) => return Err(error),
    };
    // The first database of the profile is the strongest: it is read last.
    for name in dconf::databases(&profile).iter().rev() {
        let folder = format!("/etc/dconf/db/{name}.d");
        for (_, text) in at.texts(&folder, "")? {
            settings.read(&text);
        }
        for (_, text) in at.texts(&format!("{folder}/locks"), "")? {
            settings.read_locks(&text);
        }
    }
    Ok(settings)
}

/// Where each display manager is told whom to sign in, and whether it is installed.
fn automatic_logon(at: &Look<'_>, desktop: bool) -> Read<bool> {
    let mut known = Vec::new();
    for path in ["/etc/gdm3/custom.conf", "/etc/gdm3/daemon.conf", "/etc/gdm/custom.conf"] {
        logon_in(at, path, gdm_signs_in, &mut known)?;
    }
    for folder in ["/usr/share/lightdm/lightdm.conf.d", "/etc/lightdm/lightdm.conf.d"] {
        for (path, text) in at.texts(folder, ".conf").map_err(|error| error.to_string())? {
            known.push((path, lightdm_signs_in(&text)));
        }
    }
    logon_in(at, "/etc/lightdm/lightdm.conf", lightdm_signs_in, &mut known)?;
    for folder in ["/usr/lib/sddm/sddm.conf.d", "/etc/sddm.conf.d"] {
        for (path, text) in at.texts(folder, ".conf").map_err(|error| error.to_string())? {
            known.push((path, sddm_signs_in(&text)));
        }
    }
    logon_in(at, "/etc/sddm.conf", sddm_signs_in, &mut known)?;
    let console = "/etc/systemd/system/getty@tty1.service.d";
    for (path, text) in at.texts(console, ".conf").map_err(|error| error.to_string())? {
        known.push((path, getty_signs_in(&text)));
    }
    if let Some((path, _)) = known.iter().find(|(_, signs_in)| *signs_in) {
        return Ok((true, path.clone()));
    }
    match known.first() {
        Some((path, _)) => Ok((false, path.clone())),
        None if desktop => Err("no settings of a known login screen were found".to_owned()),
        None => Ok((false, console.to_owned())),
    }
}

fn logon_in(
    at: &Look<'_>,
    path: &str,
    signs_in: fn(&str) -> bool,
    known: &mut Vec<(String, bool)>,
) -> Result<(), String> {
    match at.text(path) {
        Ok(text) => known.push((path.to_owned(), signs_in(&text))),
        Err(SourceError::Missing { .. }) => {}
        Err(error) => return Err(error.to_string()),
    }
    Ok(())
}

fn gdm_signs_in(text: &str) -> bool {
    ["AutomaticLoginEnable", "TimedLoginEnable"]
        .iter()
        .any(|key| key_file::in_section(text, "daemon", key).is_some_and(key_file::is_yes))
}

fn lightdm_signs_in(text: &str) -> bool {
    key_file::sections(text).any(|(section, key, value)| {
        section.starts_with("Seat") && key == "autologin-user" && !value.is_empty()
    })
}

fn sddm_signs_in(text: &str) -> bool {
    key_file::in_section(text, "Autologin", "User").is_some_and(|user| !user.is_empty())
}

fn getty_signs_in(text: &str) -> bool {
    key_file::sections(text).any(|(_, key, value)| {
        key == "ExecStart"
            && value.split_whitespace().any(|w| w.starts_with("--autologin") || w == "-a")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn automatic_logon_is_found_in_each_login_screen() {
        assert!(gdm_signs_in("[daemon]\nAutomaticLoginEnable=True\nAutomaticLogin=ana\n"));
        assert!(!gdm_signs_in("[daemon]\n#AutomaticLoginEnable=true\n"));
        assert!(lightdm_signs_in("[Seat:*]\nautologin-user=ana\n"));
        assert!(!lightdm_signs_in("[Seat:*]\nautologin-user=\n[X]\nautologin-user=a"));
        assert!(sddm_signs_in("[Autologin]\nUser=ana\n"));
        assert!(!sddm_signs_in("[Autologin]\nUser=\n"));
        assert!(getty_signs_in(
            "[Service]\nExecStart=\nExecStart=-/sbin/agetty --autologin ana %I\n"
        ));
        assert!(!getty_signs_in("[Service]\nExecStart=-/sbin/agetty -o '-p' %I\n"));
    }
}

//! Ways into this computer from elsewhere: SSH, screen sharing, remote-control tools.

use super::look::Look;
use super::products::{CONTROL_TOOLS, SCREEN_SHARING};
use super::ssh_config::{self, Settings};

const PROGRAMS: [&str; 2] = ["/usr/sbin/sshd", "/usr/lib/ssh/sshd"];
const CONFIG: &str = "/etc/ssh/sshd_config";
const CONFIGURED: [&str; 5] = [
    "remote_access.ssh_root_login",
    "remote_access.ssh_passwords",
    "remote_access.ssh_empty_passwords",
    "remote_access.ssh_max_tries",
    "remote_access.ssh_match_weaker",
];
const LISTENING: &str = "remote_access.ssh_listening";

pub(super) fn look(at: &mut Look<'_>) {
    let program = PROGRAMS.iter().find(|path| at.there(path));
    at.saw(
        "remote_access.ssh_installed",
        program.is_some(),
        program.copied().unwrap_or(PROGRAMS[0]),
    );
    match program {
        Some(_) => ssh(at),
        None => {
            let why = "no OpenSSH server is installed";
            CONFIGURED.iter().for_each(|fact| at.missed(fact, why));
            at.saw(LISTENING, false, PROGRAMS[0]);
        }
    }
    at.record_units("remote_access.ban", |units| {
        ["fail2ban", "sshguard", "crowdsec"].iter().any(|unit| units.active(unit))
    });
    let sharing = at.running(SCREEN_SHARING);
    at.record_units("remote_access.screen_sharing", |_| sharing);
    let tools = at.installed(CONTROL_TOOLS);
    at.saw("remote_access.control_tools", tools, "known units and paths");
}

fn ssh(at: &mut Look<'_>) {
    let settings = settings(at);
    match &settings {
        Ok(settings) => {
            match settings.root_login() {
                Some(value) => at.saw(CONFIGURED[0], value, CONFIG),
                None => at.missed(CONFIGURED[0], "PermitRootLogin has an unknown value"),
            }
            at.saw(CONFIGURED[1], settings.passwords(), CONFIG);
            at.saw(CONFIGURED[2], settings.empty_passwords(), CONFIG);
            at.saw(CONFIGURED[3], settings.max_tries(), CONFIG);
            at.saw(CONFIGURED[4], settings.match_weaker(), CONFIG);
        }
        Err(why) => CONFIGURED.iter().for_each(|fact| at.missed(fact, why)),
    }
    let ports = settings.as_ref().map_or(&[22][..], |settings| settings.ports());
    let open = at.open_tcp.as_ref().map(|open| ports.iter().any(|port| open.contains(port)));
    let runs = at.units.as_ref().ok().map(|units| {
        ["ssh", "sshd", "ssh.socket", "sshd.socket"].iter().any(|unit| units.active(unit))
    });
    match (runs, open) {
        (Some(false), _) => at.saw(LISTENING, false, "systemctl list-units"),
        (Some(true), Some(open)) => at.saw(LISTENING, open, "systemctl list-units, /proc/net/tcp"),
        (Some(true), None) => at.saw(LISTENING, true, "systemctl list-units"),
        (None, Some(open)) => at.saw(LISTENING, open, "/proc/net/tcp"),
        (None, None) => at.missed(LISTENING, "neither units nor open ports could be read"),
    }
}

fn settings(at: &Look<'_>) -> Result<Settings, String> {
    let text = at.text(CONFIG).map_err(|error| error.to_string())?;
    let include = |pattern: &str| {
        let pattern = if pattern.starts_with('/') {
            pattern.to_owned()
        } else {
            format!("/etc/ssh/{pattern}")
        };
        let Some((folder, names)) = pattern.rsplit_once('/') else { return Ok(Vec::new()) };
        let files = at.texts(folder, "").map_err(|error| error.to_string())?;
        Ok(files
            .into_iter()
            .filter(|(path, _)| {
                ssh_config::fits(names, path.rsplit('/').next().unwrap_or_default())
            })
            .map(|(_, text)| text)
            .collect())
    };
    Settings::read(&text, &include)
}

//! Whether logs are kept over a restart and sent to another computer.

use super::look::Look;
use super::products::LOG_AGENTS;

const FORWARDED: &str = "logs.forwarded";
const FORWARDERS: &str = "logs.forwarders";

pub(super) fn look(at: &mut Look<'_>) {
    if let Err(error) = &at.units {
        let why = error.to_string();
        for fact in [FORWARDED, FORWARDERS, "audit.active"] {
            at.missed(fact, &why);
        }
    } else {
        let mut senders = at.running(LOG_AGENTS);
        let mut unread = None;
        for (name, unit, main, folder, sends) in SYSLOGS {
            if !at.units.as_ref().is_ok_and(|units| units.active(unit)) {
                continue;
            }
            match configuration(at, main, folder) {
                Ok(text) if sends(&text) => senders.push(name),
                Ok(_) => {}
                Err(why) => unread = Some(why),
            }
        }
        match unread {
            // One sender is enough; without one, an unread file could hold it.
            Some(why) if senders.is_empty() => {
                at.missed(FORWARDED, &why);
                at.missed(FORWARDERS, why);
            }
            _ => {
                let from = "systemctl list-units, /etc/rsyslog.conf, /etc/rsyslog.d";
                at.saw(FORWARDED, !senders.is_empty(), from);
                at.saw(FORWARDERS, senders, from);
            }
        }
        at.record_units("audit.active", |units| units.active("auditd"));
    }
    persistent(at);
}

type Syslog = (&'static str, &'static str, &'static str, &'static str, fn(&str) -> bool);

const SYSLOGS: [Syslog; 2] = [
    ("rsyslog", "rsyslog", "/etc/rsyslog.conf", "/etc/rsyslog.d", rsyslog_sends),
    (
        "syslog-ng",
        "syslog-ng",
        "/etc/syslog-ng/syslog-ng.conf",
        "/etc/syslog-ng/conf.d",
        syslog_ng_sends,
    ),
];

fn configuration(at: &Look<'_>, main: &str, folder: &str) -> Result<String, String> {
    let mut all = at.text(main).map_err(|error| error.to_string())?;
    for (_, text) in at.texts(folder, ".conf").map_err(|error| error.to_string())? {
        all.push('\n');
        all.push_str(&text);
    }
    Ok(all)
}

/// rsyslog.conf(5): `SELECTOR @host` (UDP), `@@host` (TCP), or an action of a sending module.
fn rsyslog_sends(text: &str) -> bool {
    text.lines().map(|line| line.split('#').next().unwrap_or_default().trim()).any(|line| {
        let old = line.split_once(char::is_whitespace).is_some_and(|(selector, action)| {
            let action = action.trim_start();
            let host = action.strip_prefix("@@").or_else(|| action.strip_prefix('@'));
            selector.contains('.') && host.is_some_and(|host| !host.is_empty())
        });
        let lower = line.to_ascii_lowercase();
        let module = lower.contains("type=\"omfwd\"") || lower.contains("type=\"omrelp\"");
        old || module
    })
}

/// A destination over the network that is not this computer.
fn syslog_ng_sends(text: &str) -> bool {
    text.lines().map(|line| line.split('#').next().unwrap_or_default()).any(|line| {
        let to = ["network(", "syslog(", "tcp(", "udp("].iter().any(|word| line.contains(word));
        let from = line.contains("source ") || line.trim_start().starts_with("source");
        to && !from && !line.contains("127.0.0.1")
    })
}

fn persistent(at: &mut Look<'_>) {
    const FACT: &str = "logs.persistent";
    let syslog = at.units.as_ref().is_ok_and(|u| u.active("rsyslog") || u.active("syslog-ng"));
    if syslog {
        return at.saw(FACT, true, "rsyslog or syslog-ng runs");
    }
    match at.source.exists("/var/log/journal") {
        Ok(there) => at.saw(FACT, there, "/var/log/journal"),
        Err(error) => at.missed(FACT, error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sending_rules_are_told_from_local_ones() {
        assert!(rsyslog_sends("*.* @@logs.clinic.example:6514\n"));
        assert!(rsyslog_sends("auth.*;authpriv.* @10.0.0.5\n"));
        assert!(rsyslog_sends("action(type=\"omfwd\" target=\"logs\" port=\"514\")\n"));
        assert!(!rsyslog_sends("#*.* @@logs\nauth,authpriv.* /var/log/auth.log\nmail.err @\n"));
        assert!(!rsyslog_sends("$ModLoad imuxsock # sends.to @host\n"));
        assert!(syslog_ng_sends("destination d_net { network(\"logs\" port(601)); };"));
        assert!(!syslog_ng_sends("source s_net { network(port(601)); };\n# tcp(\"x\")"));
    }
}

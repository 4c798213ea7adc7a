//! The computer's own firewall.

use super::firewalld;
use super::key_file;
use super::look::{Look, Read};
use super::rules::{self, Input};
use crate::source::{Command, SourceError};

const UFW: &str = "/etc/ufw/ufw.conf";
const UFW_DEFAULTS: &str = "/etc/default/ufw";
const FIREWALLD: &str = "/etc/firewalld/firewalld.conf";

const MANAGER: &str = "firewall.manager";
const ACTIVE: &str = "firewall.active";
const DENY: &str = "firewall.default_deny";

pub(super) fn look(at: &mut Look<'_>) {
    if at.container {
        let why = "a container does not see the firewall of its host";
        return [MANAGER, ACTIVE, DENY].iter().for_each(|fact| at.missed(fact, why));
    }
    if let Ok(text) = at.text(UFW)
        && key_file::variable(&text, "ENABLED").is_some_and(key_file::is_yes)
    {
        at.saw(MANAGER, "ufw", UFW);
        at.saw(ACTIVE, true, UFW);
        let deny = ufw_default(at);
        return at.record(DENY, deny);
    }
    if at.units.as_ref().is_ok_and(|units| units.active("firewalld")) {
        at.saw(MANAGER, "firewalld", "systemctl list-units");
        at.saw(ACTIVE, true, "systemctl list-units");
        let deny = firewalld_default(at);
        return at.record(DENY, deny);
    }
    by_rules(at);
}

/// The policy for packets that no rule of ufw names.
fn ufw_default(at: &Look<'_>) -> Read<bool> {
    let text = at.text(UFW_DEFAULTS).map_err(|error| error.to_string())?;
    let policy = key_file::variable(&text, "DEFAULT_INPUT_POLICY")
        .ok_or_else(|| format!("{UFW_DEFAULTS} does not say DEFAULT_INPUT_POLICY"))?;
    Ok((matches!(policy, "DROP" | "REJECT"), UFW_DEFAULTS.to_owned()))
}

fn firewalld_default(at: &Look<'_>) -> Read<bool> {
    let text = at.text(FIREWALLD).map_err(|error| error.to_string())?;
    let zone = key_file::variable(&text, "DefaultZone").unwrap_or("public");
    if zone.is_empty() || zone.contains(['/', '.']) {
        return Err(format!("{FIREWALLD} names no zone"));
    }
    let mut why = String::new();
    for folder in ["/etc/firewalld/zones", "/usr/lib/firewalld/zones"] {
        let path = format!("{folder}/{zone}.xml");
        match at.text(&path) {
            Ok(text) => return Ok((firewalld::refuses(&text), path)),
            Err(error @ SourceError::Missing { .. }) => why = error.to_string(),
            Err(error) => return Err(error.to_string()),
        }
    }
    Err(why)
}

/// No known manager runs: only the rules themselves can say.
fn by_rules(at: &mut Look<'_>) {
    let mut missing = 0;
    let mut why = String::new();
    for (command, manager) in
        [(Command::NftRules, "nftables"), (Command::IptablesInput, "iptables")]
    {
        let read = at.source.run(command).map_err(|error| {
            missing += usize::from(error.is_missing());
            error.to_string()
        });
        let input = read.and_then(|bytes| match command {
            Command::NftRules => rules::nft(&bytes),
            _ => Ok(rules::iptables(&String::from_utf8_lossy(&bytes))),
        });
        match input {
            Ok(Input { filtered: true, default_deny }) => {
                let from = command.line().join(" ");
                at.saw(MANAGER, manager, from.as_str());
                at.saw(ACTIVE, true, from.as_str());
                return at.saw(DENY, default_deny, from);
            }
            Ok(_) => why = "no rule looks at incoming packets".to_owned(),
            Err(error) if why.is_empty() => why = error,
            Err(_) => {}
        }
    }
    let none = missing == 2 || why == "no rule looks at incoming packets";
    if none {
        let from = "no ufw, no firewalld; nft and iptables know no rule for incoming packets";
        at.saw(MANAGER, "none", from);
        at.saw(ACTIVE, false, from);
        at.missed(DENY, "the firewall is off");
    } else {
        [MANAGER, ACTIVE, DENY].iter().for_each(|fact| at.missed(fact, &why));
    }
}

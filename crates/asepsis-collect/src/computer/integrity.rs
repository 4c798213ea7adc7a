//! What keeps programs in their bounds and notices changed files.

use super::look::{Look, Read};
use super::products::WATCHERS;
use crate::source::SourceError;

const SELINUX: &str = "/sys/fs/selinux/enforce";
const APPARMOR: &str = "/sys/module/apparmor/parameters/enabled";
const PROFILES: &str = "/sys/kernel/security/apparmor/profiles";

pub(super) fn look(at: &mut Look<'_>) {
    let state = mandatory_access(at);
    at.record("integrity.mandatory_access", state);
    let watchers = at.scheduled(WATCHERS);
    at.record_units("integrity.watchers", |_| watchers);
    at.record_units("integrity.allow_listing", |units| units.active("fapolicyd"));
}

fn mandatory_access(at: &Look<'_>) -> Read<&'static str> {
    if at.container {
        return Err("a container does not see how its host holds it".to_owned());
    }
    match at.text(SELINUX) {
        Ok(text) => {
            let state = if text.trim() == "1" { "enforcing" } else { "permissive" };
            return Ok((state, SELINUX.to_owned()));
        }
        Err(SourceError::Missing { .. }) => {}
        Err(error) => return Err(error.to_string()),
    }
    match at.text(APPARMOR) {
        Ok(text) if text.trim() == "Y" => {}
        Ok(_) => return Ok(("off", APPARMOR.to_owned())),
        Err(SourceError::Missing { .. }) => {
            return Ok(("off", format!("neither {SELINUX} nor {APPARMOR}")));
        }
        Err(error) => return Err(error.to_string()),
    }
    // An ordinary user sees that AppArmor is on, not which profiles it holds to.
    match at.text(PROFILES) {
        Ok(text) => Ok((profiles(&text), PROFILES.to_owned())),
        Err(_) => {
            let loaded = at.units.as_ref().is_ok_and(|units| units.starts("apparmor"));
            let state = if loaded { "enforcing" } else { "off" };
            Ok((state, format!("{APPARMOR} and apparmor.service; profiles need an administrator")))
        }
    }
}

/// Lines of `NAME (MODE)`.
fn profiles(text: &str) -> &'static str {
    if text.lines().any(|line| line.ends_with("(enforce)")) {
        "enforcing"
    } else if text.lines().any(|line| line.ends_with("(complain)")) {
        "permissive"
    } else {
        "off"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn profiles_enforce_complain_or_are_none() {
        assert_eq!(profiles("/usr/sbin/cupsd (enforce)\nman_groff (complain)\n"), "enforcing");
        assert_eq!(profiles("man_groff (complain)\n"), "permissive");
        assert_eq!(profiles(""), "off");
    }
}

//! Settings of the kernel and of new accounts, and services that should be gone.

use super::key_file;
use super::look::Look;
use super::products::LEGACY;

const LOGIN_DEFS: &str = "/etc/login.defs";
const NUMBERS: [(&str, &str); 2] = [
    ("hardening.aslr", "/proc/sys/kernel/randomize_va_space"),
    ("hardening.setuid_core_dumps", "/proc/sys/fs/suid_dumpable"),
];

pub(super) fn look(at: &mut Look<'_>) {
    for (fact, path) in NUMBERS {
        match at.text(path).map(|text| text.trim().parse::<i64>()) {
            Ok(Ok(number)) => at.saw(fact, number, path),
            Ok(Err(_)) => at.missed(fact, format!("{path} holds no number")),
            Err(error) => at.missed(fact, error),
        }
    }
    match at.text(LOGIN_DEFS) {
        Ok(text) => {
            let umask = key_file::word_after(&text, "UMASK").and_then(octal);
            let mode = key_file::word_after(&text, "HOME_MODE").and_then(octal);
            match umask {
                Some(mask) => at.saw("hardening.umask", format!("{mask:03o}"), LOGIN_DEFS),
                None => at.missed("hardening.umask", format!("{LOGIN_DEFS} does not say UMASK")),
            }
            match private(mode, umask) {
                Some(private) => at.saw("hardening.private_homes", private, LOGIN_DEFS),
                None => at.missed(
                    "hardening.private_homes",
                    format!("{LOGIN_DEFS} says neither HOME_MODE nor UMASK"),
                ),
            }
        }
        Err(error) => {
            at.missed("hardening.umask", &error);
            at.missed("hardening.private_homes", error);
        }
    }
    let legacy = at.running(LEGACY);
    at.record_units("services.legacy", |_| legacy);
}

fn octal(text: &str) -> Option<u32> {
    u32::from_str_radix(text, 8).ok().filter(|mode| *mode <= 0o7777)
}

/// Whether other accounts have no rights in a new home folder. HOME_MODE goes before UMASK.
fn private(mode: Option<u32>, umask: Option<u32>) -> Option<bool> {
    match (mode, umask) {
        (Some(mode), _) => Some(mode & 0o007 == 0),
        (None, Some(mask)) => Some(mask & 0o007 == 0o007),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn home_folders_are_private_by_mode_or_mask() {
        assert_eq!(private(octal("0700"), octal("022")), Some(true));
        assert_eq!(private(None, octal("022")), Some(false));
        assert_eq!(private(None, octal("027")), Some(true));
        assert_eq!(private(None, None), None);
        assert_eq!((octal("9"), octal("-1"), octal("77777777")), (None, None, None));
    }
}

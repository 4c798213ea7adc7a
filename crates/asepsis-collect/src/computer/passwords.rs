//! Rules for passwords: length, check, lockout, storage.

use super::key_file;
use super::look::{Look, Read};
use super::pam;
use crate::source::SourceError;

const LOGIN_DEFS: &str = "/etc/login.defs";
/// Where Debian's and Red Hat's families keep the common lines of PAM.
const PASSWORD_FILES: [&str; 3] =
    ["/etc/pam.d/common-password", "/etc/pam.d/system-auth", "/etc/pam.d/password-auth"];
const AUTH_FILES: [&str; 3] =
    ["/etc/pam.d/common-auth", "/etc/pam.d/system-auth", "/etc/pam.d/password-auth"];

const MIN_LENGTH: &str = "passwords.min_length";
const CHECKED: &str = "passwords.checked";
const LOCKOUT: &str = "passwords.lockout";
const LOCKOUT_AFTER: &str = "passwords.lockout_after";
const HASH: &str = "passwords.hash";
const MAX_DAYS: &str = "passwords.max_days";

pub(super) fn look(at: &mut Look<'_>) {
    let defs = at.text(LOGIN_DEFS);
    let max_days = match &defs {
        Ok(text) => key_file::word_after(text, "PASS_MAX_DAYS")
            .and_then(|value| value.parse::<i64>().ok())
            .map(|days| (days, LOGIN_DEFS.to_owned()))
            .ok_or_else(|| format!("{LOGIN_DEFS} does not say PASS_MAX_DAYS")),
        Err(error) => Err(error.to_string()),
    };
    at.record(MAX_DAYS, max_days);

    let password = first(at, &PASSWORD_FILES);
    check(at, &password);
    let hash = stored_as(&password, defs.as_deref().ok());
    at.record(HASH, hash);

    let auth = first(at, &AUTH_FILES);
    lockout(at, &auth);
}

/// The first of some files that is there, with its path.
fn first(at: &Look<'_>, paths: &[&str]) -> Read<String> {
    for path in paths {
        match at.text(path) {
            Ok(text) => return Ok((text, (*path).to_owned())),
            Err(SourceError::Missing { .. }) => {}
            Err(error) => return Err(error.to_string()),
        }
    }
    Err("no common file of PAM was found".to_owned())
}

fn check(at: &mut Look<'_>, file: &Read<String>) {
    let (text, path) = match file {
        Ok(file) => file,
        Err(why) => {
            at.missed(CHECKED, why);
            return at.missed(MIN_LENGTH, why);
        }
    };
    let line = pam::lines(text).find(|line| {
        line.step == "password"
            && matches!(line.module, "pam_pwquality" | "pam_cracklib" | "pam_passwdqc")
    });
    at.saw(CHECKED, line.is_some(), path.as_str());
    let Some(line) = line else { return at.missed(MIN_LENGTH, "no password check is configured") };
    if let Some(length) = line.value("minlen").and_then(|value| value.parse::<i64>().ok()) {
        return at.saw(MIN_LENGTH, length, path.as_str());
    }
    if line.module == "pam_passwdqc" {
        return at.missed(MIN_LENGTH, "pam_passwdqc has no single shortest length");
    }
    let length = setting(at, "/etc/security/pwquality.conf", "minlen");
    // pwquality.conf(5): minlen is 8 unless set.
    at.record(
        MIN_LENGTH,
        length.map(|found| found.unwrap_or_else(|| (8, "the default of pam_pwquality".to_owned()))),
    );
}

/// The last number a key is set to in `FILE` and `FILE.d/*.conf`.
fn setting(at: &Look<'_>, path: &str, key: &str) -> Result<Option<(i64, String)>, String> {
    let mut texts = at.texts(&format!("{path}.d"), ".conf").map_err(|error| error.to_string())?;
    match at.text(path) {
        // The folder's files are read before the file itself, which has the last word.
        Ok(text) => texts.push((path.to_owned(), text)),
        Err(SourceError::Missing { .. }) => {}
        Err(error) => return Err(error.to_string()),
    }
    Ok(texts
        .into_iter()
        .filter_map(|(path, text)| {
            Some((key_file::variable(&text, key)?.parse::<i64>().ok()?, path))
        })
        .next_back())
}

fn stored_as(file: &Read<String>, defs: Option<&str>) -> Read<&'static str> {
    if let Ok((text, path)) = file {
        let unix = pam::lines(text).find(|l| l.step == "password" && l.module == "pam_unix");
        let told = unix.and_then(|line| HASHES.iter().find(|(word, _)| line.says(word)));
        if let Some((_, name)) = told {
            return Ok((name, path.clone()));
        }
    }
    let defs = defs.ok_or_else(|| format!("{LOGIN_DEFS} could not be read"))?;
    let method = key_file::word_after(defs, "ENCRYPT_METHOD")
        .ok_or_else(|| format!("{LOGIN_DEFS} does not say ENCRYPT_METHOD"))?
        .to_ascii_lowercase();
    HASHES
        .iter()
        .find(|(word, _)| *word == method)
        .map(|(_, name)| (*name, LOGIN_DEFS.to_owned()))
        .ok_or_else(|| "the method is unknown".to_owned())
}

/// Words of pam_unix(8) and login.defs(5), and the name in facts.
const HASHES: [(&str, &str); 8] = [
    ("gost_yescrypt", "gost-yescrypt"),
    ("yescrypt", "yescrypt"),
    ("sha512", "sha512"),
    ("sha256", "sha256"),
    ("blowfish", "bcrypt"),
    ("bcrypt", "bcrypt"),
    ("md5", "md5"),
    ("des", "des"),
];

fn lockout(at: &mut Look<'_>, file: &Read<String>) {
    let (text, path) = match file {
        Ok(file) => file,
        Err(why) => {
            at.missed(LOCKOUT, why);
            return at.missed(LOCKOUT_AFTER, why);
        }
    };
    let line = pam::lines(text)
        .find(|line| line.step == "auth" && matches!(line.module, "pam_faillock" | "pam_tally2"));
    at.saw(LOCKOUT, line.is_some(), path.as_str());
    let Some(line) = line else { return at.missed(LOCKOUT_AFTER, "no lockout is configured") };
    if let Some(deny) = line.value("deny").and_then(|value| value.parse::<i64>().ok()) {
        return at.saw(LOCKOUT_AFTER, deny, path.as_str());
    }
    let deny = setting(at, "/etc/security/faillock.conf", "deny");
    // faillock.conf(5): deny is 3 unless set.
    at.record(
        LOCKOUT_AFTER,
        deny.map(|found| found.unwrap_or_else(|| (3, "the default of pam_faillock".to_owned()))),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_named_by_pam_first() {
        let pam = Ok(("password sufficient pam_unix.so sha512 shadow".to_owned(), "f".to_owned()));
        let yes = "# x\nENCRYPT_METHOD YESCRYPT\n";
        assert_eq!(stored_as(&pam, Some(yes)).unwrap().0, "sha512");
        assert_eq!(stored_as(&Err(String::new()), Some(yes)).unwrap().0, "yescrypt");
        assert!(stored_as(&Err(String::new()), Some("ENCRYPT_METHOD ROT13")).is_err());
        assert!(stored_as(&Err(String::new()), None).is_err());
    }
}

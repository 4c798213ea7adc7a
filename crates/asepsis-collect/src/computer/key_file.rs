//! Plain settings: `KEY=value` lines, `[section]` files, and `KEY value` lines.

/// The assignments of a file of shell-like variables: os-release(5), `/etc/default/*`, ufw.conf.
pub(super) fn variables(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.lines().filter_map(|line| {
        let line = line.trim();
        if line.starts_with('#') {
            return None;
        }
        let (key, value) = line.split_once('=')?;
        Some((key.trim(), unquote(value.trim())))
    })
}

/// The last value a variable is set to.
pub(super) fn variable<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    variables(text).filter(|(known, _)| *known == key).last().map(|(_, value)| value)
}

/// The last value of a key in a section of a key file (Desktop Entry syntax; also systemd's).
pub(super) fn in_section<'a>(text: &'a str, section: &str, key: &str) -> Option<&'a str> {
    sections(text)
        .filter(|(known, name, _)| known.eq_ignore_ascii_case(section) && *name == key)
        .last()
        .map(|(_, _, value)| value)
}

/// Every assignment of a key file with its section.
pub(super) fn sections(text: &str) -> impl Iterator<Item = (&str, &str, &str)> {
    let mut section = "";
    text.lines().filter_map(move |line| {
        let line = line.trim();
        if line.starts_with('#') || line.starts_with(';') {
            return None;
        }
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = name.trim();
            return None;
        }
        let (key, value) = line.split_once('=')?;
        Some((section, key.trim(), value.trim()))
    })
}

/// The first value of a key in a file of `KEY value` lines: login.defs(5).
pub(super) fn word_after<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    text.lines().find_map(|line| {
        let mut words = line.split_whitespace();
        if words.next()? == key { words.next() } else { None }
    })
}

/// A value without the quotes around it.
pub(super) fn unquote(value: &str) -> &str {
    for quote in ['"', '\''] {
        if let Some(inner) = value.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote)) {
            return inner;
        }
    }
    value
}

/// Whether a value says yes, as programs of this kind write it.
pub(super) fn is_yes(value: &str) -> bool {
    ["yes", "true", "1", "on", "enabled"].iter().any(|yes| value.eq_ignore_ascii_case(yes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read_with_quotes_comments_and_sections() {
        let os =
            "# c\nID=debian\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nVERSION_ID='12'\n";
        assert_eq!(variable(os, "ID"), Some("debian"));
        assert_eq!(variable(os, "VERSION_ID"), Some("12"));
        assert_eq!(variable(os, "BUILD"), None);
        let gdm = "[daemon]\n#AutomaticLogin=x\nAutomaticLoginEnable = true\n[security]\nA=b\n";
        assert_eq!(in_section(gdm, "daemon", "AutomaticLoginEnable"), Some("true"));
        assert_eq!(in_section(gdm, "security", "AutomaticLoginEnable"), None);
        assert_eq!(word_after("# UMASK 1\nUMASK\t\t027\n", "UMASK"), Some("027"));
        assert!(is_yes("Yes") && !is_yes("no") && !is_yes(""));
        assert_eq!(unquote("\""), "\"");
    }
}

//! Rules of sudo that ask for no password (sudoers(5)).

/// How many rules of a file ask for no password: the tag NOPASSWD, or authentication turned off.
pub(super) fn without_password(text: &str) -> usize {
    lines(text)
        .iter()
        .filter(|line| {
            if line.starts_with("Defaults") {
                line.split([',', ' ', '\t']).any(|word| word == "!authenticate")
            } else {
                line.contains("NOPASSWD:") || line.contains("NOPASSWD :")
            }
        })
        .count()
}

/// Lines joined at their backslashes, without comments.
fn lines(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut open = String::new();
    for line in text.lines() {
        let (part, goes_on) = match line.strip_suffix('\\') {
            Some(part) => (part, true),
            None => (line, false),
        };
        open.push_str(part);
        if !goes_on {
            out.push(std::mem::take(&mut open));
        }
    }
    out.push(open);
    out.iter()
        .map(|line| without_comment(line).trim().to_owned())
        .filter(|line| !line.is_empty())
        .collect()
}

/// A `#` starts a comment unless a user or group number follows it.
fn without_comment(line: &str) -> &str {
    let comment = line.char_indices().find(|(at, sign)| {
        *sign == '#'
            && !line
                .get(at + 1..)
                .and_then(|rest| rest.chars().next())
                .is_some_and(|c| c.is_ascii_digit())
    });
    comment.and_then(|(at, _)| line.get(..at)).unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_without_a_password_are_counted() {
        let text = "# %wheel ALL=(ALL) NOPASSWD: ALL\nDefaults env_reset\n%sudo ALL=(ALL:ALL) ALL\n\
            ubuntu ALL=(ALL) NOPASSWD:ALL\n#1001 ALL = \\\n  NOPASSWD: /usr/bin/apt # weekly\n\
            Defaults:backup !authenticate\n@includedir /etc/sudoers.d\n";
        assert_eq!(without_password(text), 3);
        assert_eq!(without_password(""), 0);
        assert_eq!(without_password("\\\n\\\n#"), 0);
    }
}

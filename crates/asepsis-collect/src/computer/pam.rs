//! Lines of PAM files (pam.conf(5)), and what their modules are told.

/// One line: the step it belongs to, its module, and what the module is told.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line<'a> {
    pub(super) step: &'a str,
    pub(super) module: &'a str,
    arguments: Vec<&'a str>,
}

impl<'a> Line<'a> {
    /// The value of `name=value`.
    pub(super) fn value(&self, name: &str) -> Option<&'a str> {
        self.arguments
            .iter()
            .filter_map(|word| word.split_once('='))
            .filter(|(known, _)| *known == name)
            .map(|(_, value)| value)
            .next_back()
    }

    /// Whether a word stands among the arguments.
    pub(super) fn says(&self, word: &str) -> bool {
        self.arguments.contains(&word)
    }
}

/// The lines of a file; comments, includes and broken lines are passed over.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    text.lines().filter_map(line)
}

fn line(text: &str) -> Option<Line<'_>> {
    let text = text.split('#').next().unwrap_or_default().trim();
    let (step, rest) = text.split_once(char::is_whitespace)?;
    let rest = rest.trim_start();
    // A control is one word or `[value=action …]`.
    let rest = match rest.strip_prefix('[') {
        Some(inside) => inside.split_once(']')?.1,
        None => rest.split_once(char::is_whitespace)?.1,
    };
    let mut words = rest.split_whitespace();
    let module = words.next()?.rsplit('/').next()?;
    let module = module.strip_suffix(".so")?;
    Some(Line { step: step.trim_start_matches('-'), module, arguments: words.collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_have_a_step_a_module_and_arguments() {
        let text = "# /etc/pam.d/common-password\n\
            password\trequisite\t\t\tpam_pwquality.so retry=3 minlen=12\n\
            password [success=1 default=ignore] pam_unix.so obscure yescrypt # hash\n\
            -auth required /usr/lib/security/pam_faillock.so preauth deny=5\n\
            @include common-account\nauth include system-auth\npassword [broken pam_unix.so\n";
        let read: Vec<_> = lines(text).collect();
        assert_eq!(read.len(), 3);
        assert_eq!((read[0].module, read[0].value("minlen")), ("pam_pwquality", Some("12")));
        assert!(read[1].says("yescrypt"));
        assert_eq!((read[2].step, read[2].module), ("auth", "pam_faillock"));
        assert_eq!(lines("\u{0}\u{fffd}\n[").count(), 0);
    }
}

//! MTA-STS (RFC 8461): the record in DNS, the policy file, and whether it permits a server.

use super::tags::{self, TagError};

/// The record in DNS (section 3.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Changes when the policy changes.
    pub id: String,
}

/// The policy file (section 3.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// What senders shall do when encryption fails.
    pub mode: Mode,
    /// How long senders remember it, in seconds.
    pub max_age: u32,
    /// Names of permitted servers, in lower case.
    pub mx: Vec<String>,
}

/// What senders shall do when encryption fails (section 5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Do not deliver.
    Enforce,
    /// Deliver and report.
    Testing,
    /// As if there was no policy.
    None,
}

impl Mode {
    /// The word that stands in the policy.
    pub fn word(self) -> &'static str {
        match self {
            Self::Enforce => "enforce",
            Self::Testing => "testing",
            Self::None => "none",
        }
    }
}

/// Why a record is not usable.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Not `v=STSv1;` first.
    #[error("it does not begin with v=STSv1")]
    Version,
    /// Not a list of tags.
    #[error(transparent)]
    Tags(#[from] TagError),
    /// `id=` is missing, or not 1 to 32 letters and digits.
    #[error("id= is not 1 to 32 letters and digits")]
    Id,
}

/// Why a policy file is not usable.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PolicyError {
    /// A line that is not `key: value`.
    #[error("the line {0:?} is not of the form key: value")]
    Line(String),
    /// A key that must be there is not.
    #[error("{0}: is missing")]
    Missing(&'static str),
    /// A value that is not allowed.
    #[error("{key}: {value:?} is not allowed")]
    Value {
        /// Which key.
        key: &'static str,
        /// What stood there.
        value: String,
    },
    /// More lines than any honest policy has.
    #[error("more than {MAX_LINES} lines")]
    TooMany,
}

const MAX_LINES: usize = 512;
/// A year, the most that section 3.2 allows.
const MAX_AGE: u32 = 31_557_600;

/// Whether a TXT record claims to be an MTA-STS record: `v=STSv1;`; others are discarded.
pub fn is_record(text: &str) -> bool {
    text.contains(';') && tags::has_version(text, "STSv1")
}

/// Reads the record in DNS.
pub fn parse(text: &str) -> Result<Record, Error> {
    if !is_record(text) {
        return Err(Error::Version);
    }
    let tags = tags::tags(text)?;
    let id = tags::value(&tags, "id").ok_or(Error::Id)?;
    if !(1..=32).contains(&id.len()) || !id.chars().all(|c| c.is_ascii_alphanumeric()) {
        return Err(Error::Id);
    }
    Ok(Record { id: id.to_owned() })
}

/// Reads a policy file. Of a key that appears twice the first counts, except `mx`.
pub fn parse_policy(text: &str) -> Result<Policy, PolicyError> {
    let (mut version, mut mode, mut max_age) = (None, None, None);
    let mut mx = Vec::new();
    for (count, line) in text.split('\n').enumerate() {
        let line = line.strip_suffix('\r').unwrap_or(line).trim_matches([' ', '\t']);
        if count == MAX_LINES {
            return Err(PolicyError::TooMany);
        }
        if line.is_empty() {
            continue;
        }
        let (key, value) = line
            .split_once(':')
            .filter(|(key, _)| is_key(key))
            .ok_or_else(|| PolicyError::Line(tags::shorten(line)))?;
        let value = value.trim_matches([' ', '\t']);
        match key {
            "version" => version = version.or(Some(value)),
            "mode" => mode = mode.or(Some(value)),
            "max_age" => max_age = max_age.or(Some(value)),
            "mx" => mx.push(pattern(value).ok_or_else(|| not_allowed("mx", value))?),
            _ => {}
        }
    }
    match version.ok_or(PolicyError::Missing("version"))? {
        "STSv1" => {}
        other => return Err(not_allowed("version", other)),
    }
    let mode = match mode.ok_or(PolicyError::Missing("mode"))? {
        "enforce" => Mode::Enforce,
        "testing" => Mode::Testing,
        "none" => Mode::None,
        other => return Err(not_allowed("mode", other)),
    };
    let text = max_age.ok_or(PolicyError::Missing("max_age"))?;
    let digits = !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    let max_age = text.parse().ok().filter(|age| digits && *age <= MAX_AGE);
    let max_age = max_age.ok_or_else(|| not_allowed("max_age", text))?;
    if mx.is_empty() && mode != Mode::None {
        return Err(PolicyError::Missing("mx"));
    }
    Ok(Policy { mode, max_age, mx })
}

impl Policy {
    /// Whether the policy permits a server (section 4.1). A star stands for exactly one label.
    pub fn permits(&self, host: &str) -> bool {
        let host = host.trim_end_matches('.').to_ascii_lowercase();
        self.mx.iter().any(|pattern| match pattern.strip_prefix("*.") {
            Some(rest) => {
                host.split_once('.').is_some_and(|(first, tail)| !first.is_empty() && tail == rest)
            }
            None => *pattern == host,
        })
    }
}

fn not_allowed(key: &'static str, value: &str) -> PolicyError {
    PolicyError::Value { key, value: tags::shorten(value) }
}

fn is_key(key: &str) -> bool {
    let rest = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    key.len() <= 32 && key.starts_with(|c: char| c.is_ascii_alphanumeric()) && key.chars().all(rest)
}

/// A host name, or `*.` and a host name; in lower case.
fn pattern(value: &str) -> Option<String> {
    let name = value.strip_prefix("*.").unwrap_or(value);
    let good = name.len() <= 253
        && name.split('.').all(|label| {
            (1..=63).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
        });
    good.then(|| value.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const POLICY: &str = "version: STSv1\r\nmode: enforce\r\nmx: Mail.clinic.example\r\n\
                          mx: *.mx.example\r\nmax_age: 604800\r\n";

    #[test]
    fn the_record_is_read() {
        assert_eq!(parse("v=STSv1; id=20160831085700Z;").unwrap().id, "20160831085700Z");
        assert_eq!(parse("v=STSv1"), Err(Error::Version));
        assert_eq!(parse("v=STSv2; id=1"), Err(Error::Version));
        assert_eq!(parse("v=STSv1;"), Err(Error::Id));
        assert_eq!(parse("v=STSv1; id=2026-11-24"), Err(Error::Id));
        assert_eq!(parse(&format!("v=STSv1; id={}", "a".repeat(33))), Err(Error::Id));
        assert!(matches!(parse("v=STSv1; id"), Err(Error::Tags(_))));
    }

    #[test]
    fn a_policy_is_read_and_a_star_is_one_label() {
        let policy = parse_policy(POLICY).unwrap();
        assert_eq!((policy.mode, policy.max_age), (Mode::Enforce, 604_800));
        assert!(policy.permits("mail.clinic.example.") && policy.permits("a.MX.example"));
        for host in ["mx.example", "a.b.mx.example", "clinic.example", ".mx.example", ""] {
            assert!(!policy.permits(host), "{host}");
        }
        assert!(parse_policy("version: STSv1\nmode: none\nmax_age: 0").unwrap().mx.is_empty());
        // The first of two counts; unknown keys are ignored.
        let twice =
            "version: STSv1\nmode: testing\nmode: enforce\nnew: x\nmx: a.example\nmax_age: 1";
        assert_eq!(parse_policy(twice).unwrap().mode, Mode::Testing);
    }

    #[test]
    fn every_rule_of_a_policy_is_held() {
        let broken = |from: &str, to: &str| {
            let text = POLICY.replace(from, to);
            assert_ne!(text, POLICY);
            assert!(parse_policy(&text).is_err(), "{text}");
        };
        broken("version: STSv1", "version: STSv2");
        broken("version: STSv1\r\n", "");
        broken("mode: enforce", "mode: Enforce");
        broken("mode: enforce\r\n", "");
        broken("max_age: 604800", "max_age: -1");
        broken("max_age: 604800", "max_age: +1");
        broken("max_age: 604800", "max_age: 31557601");
        broken("max_age: 604800", "max_age:");
        broken("max_age: 604800\r\n", "");
        broken("mx: *.mx.example", "mx: *");
        broken("mx: *.mx.example", "mx: a.*.example");
        broken("mx: *.mx.example", "mx: .mx.example");
        broken("mode: enforce", "mode enforce");
        assert_eq!(
            parse_policy("version: STSv1\nmode: enforce\nmax_age: 1"),
            Err(PolicyError::Missing("mx"))
        );
        assert!(parse_policy("<html>").is_err() && parse_policy("").is_err());
        assert_eq!(parse_policy(&"a: b\n".repeat(600)), Err(PolicyError::TooMany));
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(text in any::<String>()) {
            let _ = parse(&text);
            let _ = parse_policy(&text);
            let _ = parse_policy(&POLICY.replace("Mail", &text)).map(|policy| policy.permits(&text));
        }
    }
}

//! The `tag=value; tag=value` lists that DKIM, DMARC, MTA-STS and TLS-RPT records share
//! (RFC 6376 section 3.2). Knows no tag by name.

/// Why a text is not a list of tags.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TagError {
    /// A part without `=`.
    #[error("{0:?} is not of the form tag=value")]
    NotATag(String),
    /// A tag name with characters that a name cannot have.
    #[error("{0:?} is not a tag name")]
    Name(String),
    /// The same tag twice; RFC 6376 section 3.2 makes the whole list invalid.
    #[error("the tag {0:?} appears twice")]
    Twice(String),
    /// More tags than any honest record has.
    #[error("more than {MAX_TAGS} tags")]
    TooMany,
}

/// A list of tags, in their order.
pub(crate) type Tags<'a> = Vec<(&'a str, &'a str)>;

const MAX_TAGS: usize = 64;

/// Splits a text into tags, with white space around names and values removed.
pub(crate) fn tags(text: &str) -> Result<Tags<'_>, TagError> {
    split(text, true)
}

/// The same, but parts that are no tags are passed over.
pub(crate) fn lenient(text: &str) -> Result<Tags<'_>, TagError> {
    split(text, false)
}

fn split(text: &str, strict: bool) -> Result<Tags<'_>, TagError> {
    let mut tags: Tags<'_> = Vec::new();
    for part in text.split(';') {
        let part = part.trim_matches(is_space);
        if part.is_empty() {
            continue;
        }
        let Some((name, value)) = part.split_once('=') else {
            if strict {
                return Err(TagError::NotATag(shorten(part)));
            }
            continue;
        };
        let name = name.trim_matches(is_space);
        let starts = name.starts_with(|c: char| c.is_ascii_alphabetic());
        if !starts || !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
            if strict {
                return Err(TagError::Name(shorten(name)));
            }
            continue;
        }
        if tags.iter().any(|(other, _)| *other == name) {
            return Err(TagError::Twice(name.to_owned()));
        }
        if tags.len() == MAX_TAGS {
            return Err(TagError::TooMany);
        }
        tags.push((name, value.trim_matches(is_space)));
    }
    Ok(tags)
}

/// The value of a tag.
pub(crate) fn value<'a>(tags: &Tags<'a>, name: &str) -> Option<&'a str> {
    tags.iter().find(|(tag, _)| *tag == name).map(|(_, value)| *value)
}

/// Whether the text begins with the version tag `v=VERSION`, alone or before `;`. White space is
/// allowed around `=` and before `;`, not before `v`.
pub(crate) fn has_version(text: &str, version: &str) -> bool {
    let first = text.split(';').next().unwrap_or_default();
    let Some((name, value)) = first.split_once('=') else { return false };
    name.trim_end_matches(is_space) == "v" && value.trim_matches(is_space) == version
}

/// At most 60 characters of a stranger's text, for messages.
pub(crate) fn shorten(text: &str) -> String {
    if text.chars().count() <= 60 {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(57).collect();
    short.push_str("...");
    short
}

/// Whether this is a `mailto:` or `https:` address with something behind it (RFC 3986).
pub(crate) fn is_report_uri(uri: &str) -> bool {
    let Some((scheme, rest)) = uri.split_once(':') else { return false };
    if rest.is_empty() || !uri.chars().all(|c| c.is_ascii_graphic()) {
        return false;
    }
    match scheme.to_ascii_lowercase().as_str() {
        "mailto" => rest.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty() && host.contains('.') && !host.starts_with('.')
        }),
        "https" => rest.strip_prefix("//").is_some_and(|host| !host.is_empty()),
        _ => false,
    }
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_tags_is_split() {
        assert_eq!(tags(" v = X ;a=b=c; ;").unwrap(), vec![("v", "X"), ("a", "b=c")]);
        assert_eq!(tags("v=X; nonsense"), Err(TagError::NotATag("nonsense".to_owned())));
        assert_eq!(tags("a=1; a=2"), Err(TagError::Twice("a".to_owned())));
        assert_eq!(tags("1a=1"), Err(TagError::Name("1a".to_owned())));
        let many: String = (0..70).map(|n| format!("a{n}=1;")).collect();
        assert_eq!(tags(&many), Err(TagError::TooMany));
    }

    #[test]
    fn a_version_stands_first() {
        assert!(has_version("v=DMARC1; p=none", "DMARC1"));
        assert!(has_version("v = DMARC1 ;", "DMARC1"));
        assert!(!has_version(" v=DMARC1", "DMARC1"));
        assert!(!has_version("v=DMARC10", "DMARC1"));
        assert!(!has_version("p=none; v=DMARC1", "DMARC1"));
    }

    #[test]
    fn a_report_address_is_mailto_or_https() {
        assert!(is_report_uri("mailto:reports@clinic.example"));
        assert!(is_report_uri("https://reports.example/v1"));
        for bad in [
            "reports@clinic.example",
            "mailto:",
            "mailto:@x.example",
            "ftp://x",
            "https:",
            "mailto:a b@c.d",
        ] {
            assert!(!is_report_uri(bad), "{bad}");
        }
    }
}

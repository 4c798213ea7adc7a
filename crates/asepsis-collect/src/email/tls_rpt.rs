//! TLS reporting records (RFC 8460 section 3).

use super::tags::{self, TagError};

/// What one record says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Where reports go.
    pub rua: Vec<String>,
}

/// Why a text is not a usable record.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Not `v=TLSRPTv1` first.
    #[error("it does not begin with v=TLSRPTv1")]
    Version,
    /// Not a list of tags.
    #[error(transparent)]
    Tags(#[from] TagError),
    /// No `rua=`.
    #[error("it has no rua=")]
    NoAddress,
    /// An address that is neither mailto: nor https:.
    #[error("{0:?} is not a mailto: or https: address")]
    Address(String),
}

/// Whether a TXT record claims to be one: `v=TLSRPTv1` and a semicolon; others are discarded.
pub fn is_record(text: &str) -> bool {
    text.contains(';') && tags::has_version(text, "TLSRPTv1")
}

/// Reads a record.
pub fn parse(text: &str) -> Result<Record, Error> {
    if !is_record(text) {
        return Err(Error::Version);
    }
    let tags = tags::tags(text)?;
    let list = tags::value(&tags, "rua").filter(|list| !list.is_empty()).ok_or(Error::NoAddress)?;
    let rua = list.split(',').map(|uri| match uri.trim() {
        uri if tags::is_report_uri(uri) => Ok(uri.to_owned()),
        other => Err(Error::Address(tags::shorten(other))),
    });
    Ok(Record { rua: rua.collect::<Result<_, _>>()? })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_examples_of_the_rfc_are_read() {
        // RFC 8460 section 3.1, with example names.
        assert_eq!(parse("v=TLSRPTv1;rua=mailto:reports@clinic.example").unwrap().rua.len(), 1);
        let two = "v=TLSRPTv1; rua=https://reporting.example/v1/tlsrpt, mailto:r@clinic.example;";
        assert_eq!(parse(two).unwrap().rua.len(), 2);
    }

    #[test]
    fn broken_records_are_named() {
        assert_eq!(parse("v=TLSRPTv1"), Err(Error::Version));
        assert_eq!(parse("v=TLSRPTv2; rua=mailto:a@b.example"), Err(Error::Version));
        assert_eq!(parse("v=TLSRPTv1;"), Err(Error::NoAddress));
        assert_eq!(parse("v=TLSRPTv1; rua="), Err(Error::NoAddress));
        assert!(matches!(parse("v=TLSRPTv1; rua=a@b.example"), Err(Error::Address(_))));
        assert!(matches!(parse("v=TLSRPTv1; rua=http://b.example"), Err(Error::Address(_))));
        assert!(matches!(parse("v=TLSRPTv1; rua"), Err(Error::Tags(_))));
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(text in any::<String>()) {
            let _ = parse(&text);
            let _ = parse(&format!("v=TLSRPTv1;rua={text}"));
        }
    }
}

//! MX records (RFC 5321 section 5.1, RFC 7505), and mail services known by their servers' names.

use std::net::{Ipv4Addr, Ipv6Addr};

/// One MX record as published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mx {
    /// The lowest is tried first.
    pub preference: u16,
    /// The host, in lower case, without the trailing dot; empty for the root.
    pub host: String,
}

/// Why MX records are not usable.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A null MX beside others (RFC 7505 section 3).
    #[error("a null MX record stands beside other MX records")]
    NullBesideOthers,
    /// An address where a name must stand (RFC 5321 section 5.1).
    #[error("{0:?} is an address; an MX record must hold a host name")]
    Literal(String),
    /// A name that cannot be a host's.
    #[error("{0:?} is not a host name")]
    Host(String),
}

/// Whether these records say that the domain takes no mail: one record, and it names the root.
pub fn is_null(records: &[Mx]) -> bool {
    matches!(records, [only] if only.host.is_empty())
}

/// Whether a host is written as an IP address.
pub fn is_literal(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    bare.parse::<Ipv4Addr>().is_ok() || bare.parse::<Ipv6Addr>().is_ok()
}

/// The first rule that the records break.
pub fn validate(records: &[Mx]) -> Result<(), Error> {
    for record in records {
        let host = &record.host;
        if host.is_empty() {
            if records.len() > 1 {
                return Err(Error::NullBesideOthers);
            }
        } else if is_literal(host) {
            return Err(Error::Literal(host.clone()));
        } else if !is_host(host) {
            return Err(Error::Host(super::tags::shorten(host)));
        }
    }
    Ok(())
}

fn is_host(host: &str) -> bool {
    host.contains('.')
        && host.split('.').all(|label| {
            !label.is_empty()
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
        })
}

/// The services recognized among the records, each once.
pub fn services(records: &[Mx]) -> Vec<&'static str> {
    let mut found: Vec<&'static str> =
        records.iter().filter_map(|record| service(&record.host)).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// The service that a server belongs to, by the longest suffix in the list.
pub fn service(host: &str) -> Option<&'static str> {
    super::provider::rows(include_str!("data/mx-services.txt"))
        .filter(|(suffix, ..)| super::provider::is_under(host, suffix))
        .max_by_key(|(suffix, ..)| suffix.len())
        .map(|(_, name, _)| name)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn mx(host: &str) -> Mx {
        Mx { preference: 10, host: host.to_owned() }
    }

    #[test]
    fn a_null_record_stands_alone() {
        assert!(is_null(&[mx("")]));
        assert!(!is_null(&[]) && !is_null(&[mx("mail.clinic.example")]));
        assert_eq!(validate(&[mx(""), mx("a.example")]), Err(Error::NullBesideOthers));
        assert_eq!(validate(&[mx("")]), Ok(()));
    }

    #[test]
    fn an_address_is_not_a_host() {
        assert!(is_literal("192.0.2.1") && is_literal("[192.0.2.1]") && is_literal("2001:db8::1"));
        assert!(matches!(validate(&[mx("192.0.2.1")]), Err(Error::Literal(_))));
        assert!(matches!(validate(&[mx("localhost")]), Err(Error::Host(_))));
        assert_eq!(validate(&[mx("mail.clinic.example")]), Ok(()));
    }

    #[test]
    fn services_are_known_by_their_servers() {
        assert_eq!(service("clinic-example.mail.protection.outlook.com"), Some("Microsoft 365"));
        assert_eq!(service("aspmx.l.google.com"), Some("Google Workspace"));
        assert_eq!(service("mxa-00000000.gslb.pphosted.com"), Some("Proofpoint"));
        assert_eq!(service("evilgoogle.com"), None);
        let two = [mx("alt1.aspmx.l.google.com"), mx("aspmx.l.google.com")];
        assert_eq!(services(&two), ["Google Workspace"]);
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(host in any::<String>()) {
            let _ = (service(&host), is_literal(&host), validate(&[mx(&host)]));
        }
    }
}

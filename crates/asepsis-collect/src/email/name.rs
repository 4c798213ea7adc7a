//! The domain in what people type: an address or a name, in any case, in any script.

use hickory_proto::rr::Name;

/// Why a text names no mail domain.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DomainError {
    /// Nothing was given.
    #[error("no domain was given")]
    Empty,
    /// There is no dot in it.
    #[error("{0:?} has no dot; a mail domain looks like clinic.example")]
    NoDot(String),
    /// It is an address of the network, not a name.
    #[error("{0:?} is an IP address, not a domain")]
    Address(String),
    /// It cannot be a domain name.
    #[error("{0:?} cannot be a domain name")]
    Invalid(String),
}

/// The domain of `clinic.example`, `A@Clinic.Example.` or a name in another script: in lower case,
/// as A-labels (RFC 5890), without a trailing dot.
pub fn domain_name(typed: &str) -> Result<String, DomainError> {
    let trimmed = typed.trim();
    let name = trimmed.rsplit_once('@').map_or(trimmed, |(_, domain)| domain);
    let name = name.strip_suffix('.').unwrap_or(name);
    let invalid = || DomainError::Invalid(super::tags::shorten(name));
    if name.is_empty() {
        return Err(DomainError::Empty);
    }
    if super::mx::is_literal(name) {
        return Err(DomainError::Address(name.to_owned()));
    }
    let ascii = Name::from_utf8(name).map_err(|_| invalid())?.to_ascii().to_ascii_lowercase();
    let ascii = ascii.trim_end_matches('.');
    if !ascii.contains('.') {
        return Err(DomainError::NoDot(super::tags::shorten(name)));
    }
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    let good = ascii.len() <= 253 && ascii.split('.').all(label);
    if good { Ok(ascii.to_owned()) } else { Err(invalid()) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_people_type_becomes_a_domain() {
        for (typed, name) in [
            ("clinic.example", "clinic.example"),
            (" Front.Desk@Clinic.EXAMPLE. ", "clinic.example"),
            ("b\u{fc}cher.example", "xn--bcher-kva.example"),
            ("info@B\u{dc}CHER.example", "xn--bcher-kva.example"),
        ] {
            assert_eq!(domain_name(typed).as_deref(), Ok(name), "{typed}");
        }
    }

    #[test]
    fn what_is_no_domain_is_refused() {
        assert_eq!(domain_name(" "), Err(DomainError::Empty));
        assert_eq!(domain_name("a@"), Err(DomainError::Empty));
        assert!(matches!(domain_name("clinic"), Err(DomainError::NoDot(_))));
        assert!(matches!(domain_name("a@[192.0.2.1]"), Err(DomainError::Address(_))));
        let long = "a.".repeat(200);
        for bad in ["clinic..example", "-a.example", "a b.example", "https://clinic.example", &long]
        {
            assert!(domain_name(bad).is_err(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(text in any::<String>()) {
            if let Ok(name) = domain_name(&text) {
                prop_assert_eq!(domain_name(&name), Ok(name));
            }
        }
    }
}

//! SPF records (RFC 7208): reads one record. Included records are not read, senders not judged.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::tags::shorten;

/// What one SPF record says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The terms that match senders, in their order.
    pub mechanisms: Vec<(Qualifier, Mechanism)>,
    /// The domain whose record decides if nothing matches (section 6.1).
    pub redirect: Option<String>,
    /// Whether there is an `exp=` modifier (section 6.2).
    pub explains: bool,
    /// Whether there is an `ra=`, `rp=` or `rr=` modifier (RFC 6652).
    pub report_modifiers: bool,
}

/// What a match means (section 4.6.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Qualifier {
    /// `+`: may send
    Pass,
    /// `-`: may not send
    Fail,
    /// `~`: probably may not send
    SoftFail,
    /// `?`: nothing is said
    Neutral,
}

impl Qualifier {
    /// The word for it (section 2.6).
    pub fn word(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::SoftFail => "softfail",
            Self::Neutral => "neutral",
        }
    }
}

/// A term that matches senders (section 5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mechanism {
    /// Everybody.
    All,
    /// Whoever passes the record of this domain.
    Include(String),
    /// The addresses of a domain.
    A,
    /// The mail servers of a domain.
    Mx,
    /// Names found backward from the address; must not be published (section 5.5).
    Ptr,
    /// An IPv4 network, as written, and the length of its prefix.
    Ip4(String, u8),
    /// An IPv6 network, as written, and the length of its prefix.
    Ip6(String, u8),
    /// Anybody, if this name has an address.
    Exists(String),
}

/// Why a text is not a valid SPF record.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Not `v=spf1` followed by a space or nothing (section 4.5).
    #[error("it does not begin with v=spf1")]
    Version,
    /// A character outside printable ASCII (section 4.6.1).
    #[error("it has a character that is not printable ASCII")]
    Character,
    /// A term that is not known, or whose argument is wrong.
    #[error("{0:?} is not a valid term")]
    Term(String),
    /// A domain name that cannot be one.
    #[error("{0:?} is not a valid domain name")]
    Domain(String),
    /// An address or prefix length that cannot be one.
    #[error("{0:?} is not a valid network")]
    Network(String),
    /// `redirect=` or `exp=` twice (section 6).
    #[error("the modifier {0}= appears twice")]
    Twice(&'static str),
    /// More terms than any honest record has.
    #[error("more than {MAX_TERMS} terms")]
    TooMany,
}

const MAX_TERMS: usize = 512;

/// Whether a TXT record claims to be an SPF record (section 4.5): `v=spf1`, in any case, alone or
/// before a space. A space in front makes it something else.
pub fn is_record(text: &str) -> bool {
    let (version, rest) = text.split_at_checked(6).unwrap_or((text, ""));
    version.eq_ignore_ascii_case("v=spf1") && (rest.is_empty() || rest.starts_with(' '))
}

/// Reads a record (section 4.6.1).
pub fn parse(text: &str) -> Result<Record, Error> {
    if !is_record(text) {
        return Err(Error::Version);
    }
    if !text.chars().all(|c| matches!(c, ' '..='~')) {
        return Err(Error::Character);
    }
    let mut record =
        Record { mechanisms: Vec::new(), redirect: None, explains: false, report_modifiers: false };
    for (count, term) in text.split(' ').skip(1).filter(|term| !term.is_empty()).enumerate() {
        if count == MAX_TERMS {
            return Err(Error::TooMany);
        }
        record.read(term)?;
    }
    Ok(record)
}

impl Record {
    fn read(&mut self, term: &str) -> Result<(), Error> {
        match modifier(term) {
            Some((name, value)) => self.read_modifier(&name, value),
            None => {
                self.mechanisms.push(mechanism(term)?);
                Ok(())
            }
        }
    }

    fn read_modifier(&mut self, name: &str, value: &str) -> Result<(), Error> {
        match name {
            "redirect" if self.redirect.is_some() => return Err(Error::Twice("redirect")),
            "redirect" => self.redirect = Some(domain(value)?),
            "exp" if self.explains => return Err(Error::Twice("exp")),
            "exp" => {
                domain(value)?;
                self.explains = true;
            }
            // RFC 7208 section 6: an unknown modifier is ignored, if its value is a macro string.
            _ => {
                if !macros_are_closed(value) {
                    return Err(Error::Term(shorten(value)));
                }
                self.report_modifiers |= matches!(name, "ra" | "rp" | "rr");
            }
        }
        Ok(())
    }

    /// What the record says of everybody it does not name: the first `all`.
    pub fn all(&self) -> Option<Qualifier> {
        self.mechanisms.iter().find(|(_, m)| *m == Mechanism::All).map(|(q, _)| *q)
    }

    /// The mechanisms that are ever looked at: those up to the first `all` (section 5.1).
    fn live(&self) -> impl Iterator<Item = &(Qualifier, Mechanism)> {
        let end = self.mechanisms.iter().position(|(_, m)| *m == Mechanism::All);
        self.mechanisms.iter().take(end.unwrap_or(self.mechanisms.len()))
    }

    /// The target of `redirect=`, unless an `all` makes it void (section 6.1).
    pub fn live_redirect(&self) -> Option<&str> {
        self.redirect.as_deref().filter(|_| self.all().is_none())
    }

    /// The terms of this record that cost a DNS lookup (section 4.6.4).
    pub fn lookup_terms(&self) -> usize {
        let costly = self.live().filter(|(_, m)| {
            !matches!(m, Mechanism::Ip4(..) | Mechanism::Ip6(..) | Mechanism::All)
        });
        costly.count() + usize::from(self.live_redirect().is_some())
    }

    /// Whether `ptr` is used.
    pub fn uses_ptr(&self) -> bool {
        self.mechanisms.iter().any(|(_, m)| *m == Mechanism::Ptr)
    }

    /// Whether no server at all may send: nothing but `-all`.
    pub fn permits_nobody(&self) -> bool {
        self.all() == Some(Qualifier::Fail) && self.live().all(|(q, _)| *q == Qualifier::Fail)
    }

    /// The domains whose records are included.
    pub fn includes(&self) -> Vec<&str> {
        self.live()
            .filter_map(|(_, m)| match m {
                Mechanism::Include(domain) => Some(domain.as_str()),
                _ => None,
            })
            .collect()
    }

    /// Networks that may send and are wider than /16 (IPv4) or /32 (IPv6): more than any one
    /// sender's servers.
    pub fn broad_ranges(&self) -> Vec<&str> {
        self.live()
            .filter(|(q, _)| *q == Qualifier::Pass)
            .filter_map(|(_, m)| match m {
                Mechanism::Ip4(text, 0..=15) | Mechanism::Ip6(text, 0..=31) => Some(text.as_str()),
                _ => None,
            })
            .collect()
    }
}

/// `name=value`, where the name is a modifier's; the name in lower case.
fn modifier(term: &str) -> Option<(String, &str)> {
    let (name, value) = term.split_once('=')?;
    let starts = name.starts_with(|c: char| c.is_ascii_alphabetic());
    let rest = name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
    (starts && rest).then(|| (name.to_ascii_lowercase(), value))
}

fn mechanism(term: &str) -> Result<(Qualifier, Mechanism), Error> {
    let mut rest = term;
    let mut qualifier = Qualifier::Pass;
    if let Some(first) = term.chars().next() {
        let found = match first {
            '+' => Some(Qualifier::Pass),
            '-' => Some(Qualifier::Fail),
            '~' => Some(Qualifier::SoftFail),
            '?' => Some(Qualifier::Neutral),
            _ => None,
        };
        if let Some(found) = found {
            qualifier = found;
            rest = term.get(1..).unwrap_or_default();
        }
    }
    let end = rest.find([':', '/']).unwrap_or(rest.len());
    let (name, argument) = rest.split_at_checked(end).unwrap_or((rest, ""));
    let wrong = || Error::Term(shorten(term));
    let mechanism = match (name.to_ascii_lowercase().as_str(), argument) {
        ("all", "") => Mechanism::All,
        ("include", _) => {
            Mechanism::Include(domain(argument.strip_prefix(':').ok_or_else(wrong)?)?)
        }
        ("exists", _) => Mechanism::Exists(domain(argument.strip_prefix(':').ok_or_else(wrong)?)?),
        ("a", _) => {
            domain_and_prefixes(argument, term)?;
            Mechanism::A
        }
        ("mx", _) => {
            domain_and_prefixes(argument, term)?;
            Mechanism::Mx
        }
        ("ptr", "") => Mechanism::Ptr,
        ("ptr", _) => {
            domain(argument.strip_prefix(':').ok_or_else(wrong)?)?;
            Mechanism::Ptr
        }
        ("ip4", _) => {
            let network = argument.strip_prefix(':').ok_or_else(wrong)?;
            let (address, length) = network_of(network, 32)?;
            address.parse::<Ipv4Addr>().map_err(|_| Error::Network(shorten(network)))?;
            Mechanism::Ip4(network.to_owned(), length)
        }
        ("ip6", _) => {
            let network = argument.strip_prefix(':').ok_or_else(wrong)?;
            let (address, length) = network_of(network, 128)?;
            address.parse::<Ipv6Addr>().map_err(|_| Error::Network(shorten(network)))?;
            Mechanism::Ip6(network.to_owned(), length)
        }
        _ => return Err(wrong()),
    };
    Ok((qualifier, mechanism))
}

fn network_of(network: &str, most: u8) -> Result<(&str, u8), Error> {
    let Some((address, length)) = network.split_once('/') else { return Ok((network, most)) };
    let length = prefix(length, most).ok_or_else(|| Error::Network(shorten(network)))?;
    Ok((address, length))
}

/// A prefix length: digits without a leading zero (section 12).
fn prefix(digits: &str, most: u8) -> Option<u8> {
    let plain = digits.chars().all(|c| c.is_ascii_digit());
    if !plain || (digits.starts_with('0') && digits.len() > 1) {
        return None;
    }
    digits.parse().ok().filter(|length| *length <= most)
}

/// The argument of `a` and `mx`: `[":" domain] ["/" length] ["//" length]`.
fn domain_and_prefixes(argument: &str, term: &str) -> Result<(), Error> {
    let wrong = || Error::Term(shorten(term));
    let mut rest = argument;
    if let Some(named) = rest.strip_prefix(':') {
        // A slash can stand inside a macro as a delimiter: lengths are looked for behind the last }.
        let from = named.rfind('}').map_or(0, |at| at + 1);
        let tail = named.get(from..).unwrap_or_default();
        let end = tail.find('/').map_or(named.len(), |at| from + at);
        let (name, lengths) = named.split_at_checked(end).ok_or_else(wrong)?;
        domain(name)?;
        rest = lengths;
    }
    if rest.is_empty() {
        return Ok(());
    }
    let (four, six) = match rest.split_once("//") {
        Some((four, six)) => (four, Some(six)),
        None => (rest, None),
    };
    if !four.is_empty() {
        four.strip_prefix('/').and_then(|digits| prefix(digits, 32)).ok_or_else(wrong)?;
    }
    if let Some(six) = six {
        prefix(six, 128).ok_or_else(wrong)?;
    }
    Ok(())
}

/// A domain-spec (section 7.1): macros are closed; the end is a macro or a top label that is not
/// a number.
fn domain(text: &str) -> Result<String, Error> {
    let wrong = || Error::Domain(shorten(text));
    if text.is_empty() || text.len() > 255 || !macros_are_closed(text) {
        return Err(wrong());
    }
    let ends_in_macro =
        text.ends_with('}') || ["%%", "%_", "%-"].iter().any(|literal| text.ends_with(literal));
    if !ends_in_macro {
        let name = text.strip_suffix('.').unwrap_or(text);
        let (_, top) = name.rsplit_once('.').ok_or_else(wrong)?;
        let label = top.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        let number = top.chars().all(|c| c.is_ascii_digit());
        if !label || number || top.starts_with('-') || top.ends_with('-') || name.contains("..") {
            return Err(wrong());
        }
    }
    Ok(text.to_owned())
}

/// Whether every `%` begins `%%`, `%_`, `%-` or `%{letter digits r delimiters}` (section 7.1).
fn macros_are_closed(text: &str) -> bool {
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('%') {
        let Some(kind) = after.chars().next() else { return false };
        rest = after.get(kind.len_utf8()..).unwrap_or_default();
        match kind {
            '%' | '_' | '-' => {}
            '{' => {
                let Some((inside, after)) = rest.split_once('}') else { return false };
                if !is_macro(inside) {
                    return false;
                }
                rest = after;
            }
            _ => return false,
        }
    }
    true
}

fn is_macro(inside: &str) -> bool {
    let Some(rest) = inside.strip_prefix(|c: char| "slodiphcrtvSLODIPHCRTV".contains(c)) else {
        return false;
    };
    let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = rest.get(..rest.len() - after.len()).unwrap_or_default();
    // Section 7.3: a number of labels, if there is one, is not zero.
    if !digits.is_empty() && digits.chars().all(|c| c == '0') {
        return false;
    }
    let delimiters = after.strip_prefix(['r', 'R']).unwrap_or(after);
    delimiters.chars().all(|c| ".-+,/_=".contains(c))
}

#[cfg(test)]
#[path = "spf_tests.rs"]
mod tests;

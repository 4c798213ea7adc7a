//! DKIM key records (RFC 6376 section 3.6.1, RFC 8301, RFC 8463), and the selectors that mail
//! services use. Signatures are not verified here.

use super::der;
use super::tags::{self, TagError};

/// What one key record says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The kind of key.
    pub kind: Kind,
    /// The size of the key; `None` if it is revoked.
    pub bits: Option<usize>,
    /// `t=y`: receivers treat signed mail like unsigned mail.
    pub testing: bool,
    /// `t=s`: no subdomains in the signing identity.
    pub strict: bool,
    /// `h=`, the hash algorithms allowed; empty for all.
    pub hashes: Vec<String>,
}

impl Record {
    /// Whether the key is withdrawn: an empty `p=`.
    pub fn is_revoked(&self) -> bool {
        self.bits.is_none()
    }
}

/// A kind of key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// RSA; at least 1024 bits, should be 2048 (RFC 8301 section 3.2).
    Rsa,
    /// Ed25519 (RFC 8463), always 256 bits.
    Ed25519,
}

impl Kind {
    /// The word that stands in the record.
    pub fn word(self) -> &'static str {
        match self {
            Self::Rsa => "rsa",
            Self::Ed25519 => "ed25519",
        }
    }
}

/// Why a text is not a usable key record.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Not a list of tags.
    #[error(transparent)]
    Tags(#[from] TagError),
    /// `v=` is not first, or is not DKIM1.
    #[error("v= is not DKIM1, or does not stand first")]
    Version,
    /// No `p=` at all.
    #[error("it has no p=")]
    NoKey,
    /// `k=` is neither rsa nor ed25519.
    #[error("the kind of key {0:?} is not known")]
    Kind(String),
    /// `p=` cannot be read as a key of its kind.
    #[error("p= is not a key of its kind")]
    Key,
    /// `s=` does not allow email.
    #[error("s= does not allow its use for email")]
    Service,
    /// `h=` allows no hash that may be used; SHA-1 may not (RFC 8301 section 3.1).
    #[error("h= allows only hashes that must not be used")]
    Hash,
}

/// Whether a text looks like a key record: it has a `p=` tag.
pub fn is_record(text: &str) -> bool {
    tags::tags(text).is_ok_and(|tags| tags::value(&tags, "p").is_some())
        || tags::has_version(text, "DKIM1")
}

/// Reads a key record.
pub fn parse(text: &str) -> Result<Record, Error> {
    let tags = tags::tags(text)?;
    let find = |name| tags::value(&tags, name);
    let first = tags.first().map(|(name, _)| *name);
    if find("v").is_some_and(|version| version != "DKIM1" || first != Some("v")) {
        return Err(Error::Version);
    }
    let key = find("p").ok_or(Error::NoKey)?;
    let kind = match find("k").unwrap_or("rsa") {
        "rsa" => Kind::Rsa,
        "ed25519" => Kind::Ed25519,
        other => return Err(Error::Kind(tags::shorten(other))),
    };
    let list = |name| find(name).map(|list| list.split(':').map(str::trim));
    if let Some(mut services) = list("s")
        && !services.any(|service| matches!(service, "*" | "email"))
    {
        return Err(Error::Service);
    }
    let hashes: Vec<String> = list("h").into_iter().flatten().map(str::to_owned).collect();
    if !hashes.is_empty() && !hashes.iter().any(|hash| hash == "sha256") {
        return Err(Error::Hash);
    }
    let flag = |letter| list("t").is_some_and(|mut flags| flags.any(|flag| flag == letter));
    let bits = if key.is_empty() { None } else { Some(bits(kind, key).ok_or(Error::Key)?) };
    Ok(Record { kind, bits, testing: flag("y"), strict: flag("s"), hashes })
}

fn bits(kind: Kind, key: &str) -> Option<usize> {
    let bytes = der::base64(key)?;
    match kind {
        Kind::Rsa => der::rsa_bits(&bytes),
        Kind::Ed25519 => (bytes.len() == 32).then_some(256),
    }
}

/// Selectors that mail services give their customers, and common ones people choose. Selectors
/// cannot be listed by asking DNS, so this list proves presence, never absence.
pub const WELL_KNOWN: [&str; 44] = [
    "selector1",
    "selector2", // Microsoft 365
    "google",    // Google Workspace
    "k1",
    "k2",
    "k3",
    "mandrill", // Mailchimp
    "s1",
    "s2",
    "smtpapi", // SendGrid
    "protonmail",
    "protonmail2",
    "protonmail3", // Proton
    "fm1",
    "fm2",
    "fm3",     // Fastmail
    "mxvault", // Global Micro
    "zoho",
    "zmail",
    "1522905413783", // Zoho
    "hs1",
    "hs2",  // HubSpot
    "sig1", // iCloud
    "mail",
    "dkim",
    "default",
    "key1",
    "key2",
    "email",
    "smtp",
    "mx",
    "s1024",
    "s2048",
    "dkim1",
    "dkim2", // chosen by hand
    "pm",
    "20230601",
    "mimecast",
    "mimecast20190104",
    "pps1",
    "cm",
    "everlytickey1",
    "mailjet",
    "ctct1", // Postmark, Google, Mimecast, Proofpoint, Campaign Monitor, and newsletter services
];

#[cfg(test)]
#[path = "dkim_tests.rs"]
mod tests;

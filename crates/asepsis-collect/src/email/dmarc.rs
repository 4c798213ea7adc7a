//! DMARC records (RFC 9989 section 4.7): reads one record; which record is in force is decided
//! elsewhere.

use super::tags::{self, TagError};

/// What one DMARC record says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// `p=`; without a valid one, but with a place for reports, it is `none`.
    pub policy: Policy,
    /// `sp=`, for subdomains.
    pub subdomains: Option<Policy>,
    /// `np=`, for subdomains that do not exist.
    pub nonexistent: Option<Policy>,
    /// `psd=`: the record of a public suffix (`y`), surely not (`n`), not said (`u`).
    pub psd: Psd,
    /// `t=y`: the policy is not to be applied yet.
    pub testing: bool,
    /// Valid addresses for aggregate reports.
    pub rua: Vec<String>,
    /// Valid addresses for failure reports.
    pub ruf: Vec<String>,
    /// Whether DKIM must match exactly (`adkim=s`).
    pub strict_dkim: bool,
    /// Whether SPF must match exactly (`aspf=s`).
    pub strict_spf: bool,
    /// `fo=`, when failure reports are wanted.
    pub fo: String,
    /// Tags that RFC 9989 removed: `pct`, `rf`, `ri`.
    pub removed: Vec<&'static str>,
}

/// What to do with mail that fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// Nothing.
    None,
    /// Treat it as suspect.
    Quarantine,
    /// Refuse it.
    Reject,
}

impl Policy {
    /// The word that stands in the record.
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Quarantine => "quarantine",
            Self::Reject => "reject",
        }
    }

    fn read(word: &str) -> Option<Self> {
        [Self::None, Self::Quarantine, Self::Reject]
            .into_iter()
            .find(|policy| policy.word().eq_ignore_ascii_case(word))
    }
}

/// Whether a domain is a public suffix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Psd {
    /// It is.
    Yes,
    /// It is not: it is an organization's own.
    No,
    /// Not said.
    Unknown,
}

impl Psd {
    /// The letter that stands in the record.
    pub fn letter(self) -> &'static str {
        match self {
            Self::Yes => "y",
            Self::No => "n",
            Self::Unknown => "u",
        }
    }
}

/// Why a text is not a usable DMARC record.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Not `v=DMARC1` first.
    #[error("it does not begin with v=DMARC1")]
    Version,
    /// Not a list of tags.
    #[error(transparent)]
    Tags(#[from] TagError),
    /// No valid policy, and no place for reports that would make it `none`.
    #[error("it has no valid {0}= and no valid rua=")]
    Policy(&'static str),
}

/// Whether a TXT record claims to be a DMARC record: `v=DMARC1`, case-sensitive, first.
pub fn is_record(text: &str) -> bool {
    tags::has_version(text, "DMARC1")
}

/// Reads a record. Unknown tags and parts that are no tags are passed over, as section 4.7 demands
/// of everything behind the version.
pub fn parse(text: &str) -> Result<Record, Error> {
    if !is_record(text) {
        return Err(Error::Version);
    }
    let tags = tags::lenient(text)?;
    let find = |name| tags::value(&tags, name);
    let rua = addresses(find("rua"));
    // A policy that is missing or misspelt counts as `none` if reports are asked for; else the
    // record is not used.
    let lenient = |name: &'static str, word: Option<&str>| match word.map(Policy::read) {
        Some(Some(policy)) => Ok(Some(policy)),
        Some(None) if rua.is_empty() => Err(Error::Policy(name)),
        Some(None) => Ok(Some(Policy::None)),
        None => Ok(None),
    };
    let policy = match lenient("p", find("p"))? {
        Some(policy) => policy,
        None if rua.is_empty() => return Err(Error::Policy("p")),
        None => Policy::None,
    };
    let is = |name, word: &str| find(name).is_some_and(|value| value.eq_ignore_ascii_case(word));
    Ok(Record {
        policy,
        subdomains: lenient("sp", find("sp"))?,
        nonexistent: lenient("np", find("np"))?,
        psd: match () {
            () if is("psd", "y") => Psd::Yes,
            () if is("psd", "n") => Psd::No,
            () => Psd::Unknown,
        },
        testing: is("t", "y"),
        ruf: addresses(find("ruf")),
        strict_dkim: is("adkim", "s"),
        strict_spf: is("aspf", "s"),
        fo: find("fo").unwrap_or("0").to_owned(),
        removed: ["pct", "rf", "ri"].into_iter().filter(|name| find(name).is_some()).collect(),
        rua,
    })
}

impl Record {
    /// The policy for subdomains.
    pub fn for_subdomains(&self) -> Policy {
        self.subdomains.unwrap_or(self.policy)
    }

    /// The policy for subdomains that do not exist.
    pub fn for_nonexistent(&self) -> Policy {
        self.nonexistent.unwrap_or_else(|| self.for_subdomains())
    }
}

/// The valid addresses of a list. An old size limit behind `!` is cut off, as reporters must.
fn addresses(list: Option<&str>) -> Vec<String> {
    list.unwrap_or_default()
        .split(',')
        .map(|uri| uri.trim().split('!').next().unwrap_or_default())
        .filter(|uri| tags::is_report_uri(uri))
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_full_record_is_read() {
        let record = parse(
            "v=DMARC1; p=reject; sp=quarantine; np=reject; psd=n; t=y; adkim=s; aspf=r; fo=1:d; \
             rua=mailto:a@clinic.example!10m, https://r.example/d ,junk; ruf=mailto:f@clinic.example; \
             pct=50; ri=3600; x-unknown=1",
        )
        .unwrap();
        assert_eq!(record.policy, Policy::Reject);
        assert_eq!(record.for_subdomains(), Policy::Quarantine);
        assert_eq!(record.for_nonexistent(), Policy::Reject);
        assert_eq!(record.psd, Psd::No);
        assert!(record.testing && record.strict_dkim && !record.strict_spf);
        assert_eq!(record.rua, ["mailto:a@clinic.example", "https://r.example/d"]);
        assert_eq!(record.ruf.len(), 1);
        assert_eq!(record.fo, "1:d");
        assert_eq!(record.removed, ["pct", "ri"]);
    }

    #[test]
    fn defaults_follow_the_policy() {
        let record = parse("v=DMARC1;p=quarantine").unwrap();
        assert_eq!(record.for_subdomains(), Policy::Quarantine);
        assert_eq!(record.for_nonexistent(), Policy::Quarantine);
        assert!(!record.testing && record.rua.is_empty());
        assert_eq!(record.psd, Psd::Unknown);
        // np falls back to sp, then to p.
        let record = parse("v=DMARC1; p=reject; sp=none").unwrap();
        assert_eq!(record.for_nonexistent(), Policy::None);
    }

    #[test]
    fn a_missing_or_misspelt_policy_is_none_if_reports_are_wanted() {
        let rua = "rua=mailto:a@clinic.example";
        assert_eq!(parse(&format!("v=DMARC1; {rua}")).unwrap().policy, Policy::None);
        assert_eq!(parse(&format!("v=DMARC1; p=rejct; {rua}")).unwrap().policy, Policy::None);
        let record = parse(&format!("v=DMARC1; p=reject; sp=quarantin; {rua}")).unwrap();
        assert_eq!(record.for_subdomains(), Policy::None);
        assert_eq!(parse("v=DMARC1"), Err(Error::Policy("p")));
        assert_eq!(parse("v=DMARC1; p=rejct"), Err(Error::Policy("p")));
        assert_eq!(parse("v=DMARC1; p=reject; sp=x"), Err(Error::Policy("sp")));
        assert_eq!(parse("v=DMARC1; p=rejct; rua=reports@clinic.example"), Err(Error::Policy("p")));
    }

    #[test]
    fn broken_records_are_refused() {
        assert_eq!(parse("p=reject; v=DMARC1"), Err(Error::Version));
        assert_eq!(parse("v=dmarc1; p=reject"), Err(Error::Version));
        assert_eq!(parse(" v=DMARC1; p=reject"), Err(Error::Version));
        assert!(matches!(parse("v=DMARC1 p=reject"), Err(Error::Version)));
        assert!(matches!(parse("v=DMARC1; p=reject; p=none"), Err(Error::Tags(_))));
        assert_eq!(parse("v=DMARC1; reject"), Err(Error::Policy("p")));
        assert_eq!(parse("v=DMARC1; junk; p=reject; !x=1").unwrap().policy, Policy::Reject);
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(text in any::<String>()) {
            let _ = parse(&text);
            let _ = parse(&format!("v=DMARC1;{text}"));
        }

        #[test]
        fn policies_read_back(p in 0usize..3, sp in 0usize..3, t in any::<bool>()) {
            let words = [Policy::None, Policy::Quarantine, Policy::Reject];
            let text = format!("v=DMARC1; p={}; sp={}; t={}", words[p].word(), words[sp].word(),
                if t { "y" } else { "n" });
            let record = parse(&text).unwrap();
            prop_assert_eq!((record.policy, record.for_subdomains(), record.testing), (words[p], words[sp], t));
        }
    }
}

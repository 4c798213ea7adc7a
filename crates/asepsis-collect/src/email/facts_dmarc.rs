//! Which DMARC record is in force (RFC 9989 section 4.10), as facts.

use asepsis_core::observation::BodyBuilder;

use super::ask::{records_of, usable};
use super::dmarc::{self, Psd, Record};
use super::facts::{kept, miss};
use super::tags;
use crate::net::Answer;

/// What the walk from the domain upward found: at which domain, and the texts.
type Walk = [(String, Answer<String>)];

pub(super) fn write(body: &mut BodyBuilder, walk: &Walk) {
    let Some((domain, own)) = walk.first() else { return };
    let from = format!("TXT _dmarc.{domain}");
    if let Answer::Failed(why) = own {
        return miss(body, &["dmarc.present", "dmarc.record_count", "dmarc.valid"], why);
    }
    let records = records_of(own);
    body.saw("dmarc.record_count", records.len(), from.clone());
    let error = match records.as_slice() {
        [] => None,
        [only] => dmarc::parse(only).err().map(|error| error.to_string()),
        several => {
            Some(format!("there are {} DMARC records; more than one counts as none", several.len()))
        }
    };
    if let Some(error) = error {
        body.saw("dmarc.error", error, from.clone());
    }
    if let Some(why) = walk.iter().find_map(|(_, answer)| answer.failure()) {
        if records.is_empty() {
            body.missed("dmarc.present", why);
        } else {
            body.saw("dmarc.present", true, from);
        }
        return miss(body, &["dmarc.valid", "dmarc.policy"], why);
    }
    let Some((at, text, record)) = in_force(walk) else {
        body.saw("dmarc.present", !records.is_empty(), from.clone());
        if !records.is_empty() {
            body.saw("dmarc.valid", false, from);
        }
        return;
    };
    let inherited = at != domain;
    let from = format!("TXT _dmarc.{at}");
    body.saw("dmarc.present", true, from.clone());
    body.saw("dmarc.valid", true, from.clone());
    body.saw("dmarc.record", kept(text), from.clone());
    body.saw("dmarc.found_at", at, from.clone());
    body.saw("dmarc.inherited", inherited, from.clone());
    let policy = if inherited { record.for_subdomains() } else { record.policy };
    body.saw("dmarc.policy", policy.word(), from.clone());
    body.saw("dmarc.subdomain_policy", record.for_subdomains().word(), from.clone());
    body.saw("dmarc.nonexistent_policy", record.for_nonexistent().word(), from.clone());
    body.saw("dmarc.testing", record.testing, from.clone());
    body.saw("dmarc.psd", record.psd.letter(), from.clone());
    body.saw("dmarc.rua_count", record.rua.len(), from.clone());
    body.saw("dmarc.ruf_count", record.ruf.len(), from.clone());
    body.saw("dmarc.fo", tags::shorten(&record.fo), from.clone());
    let alignment = |strict| if strict { "strict" } else { "relaxed" };
    body.saw("dmarc.adkim", alignment(record.strict_dkim), from.clone());
    body.saw("dmarc.aspf", alignment(record.strict_spf), from.clone());
    body.saw("dmarc.removed_tags", record.removed, from);
}

/// The record in force: the domain's own; else that of the organization's domain; else that of
/// the public suffix. A sole own record that is broken means that none is in force.
fn in_force(walk: &Walk) -> Option<(&str, &str, Record)> {
    let (domain, own) = walk.first()?;
    let text = |answer| records_of(answer).first().copied();
    if let [only] = records_of(own).as_slice() {
        return dmarc::parse(only).ok().map(|record| (domain.as_str(), *only, record));
    }
    let mut organization: Option<(&str, &str, Record)> = None;
    for (at, answer) in walk.iter().skip(1) {
        let Some(record) = usable(answer) else { continue };
        let found = (at.as_str(), text(answer)?, record);
        match found.2.psd {
            Psd::No => return Some(found),
            // The organization's domain is the one label below the suffix.
            Psd::Yes => {
                let below = |name: &str| name.split_once('.').is_some_and(|(_, tail)| tail == at);
                return Some(organization.filter(|(name, ..)| below(name)).unwrap_or(found));
            }
            // So far this is the one with the fewest labels.
            Psd::Unknown => organization = Some(found),
        }
    }
    organization
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walk(entries: &[(&str, &str)]) -> Vec<(String, Answer<String>)> {
        let answer = |text: &str| match text {
            "" => Answer::NoName,
            text => Answer::Records(text.split('|').map(str::to_owned).collect()),
        };
        entries.iter().map(|(at, text)| ((*at).to_owned(), answer(text))).collect()
    }

    fn at(entries: &[(&str, &str)]) -> Option<String> {
        in_force(&walk(entries)).map(|(at, ..)| at.to_owned())
    }

    #[test]
    fn the_record_in_force_is_own_or_of_the_organization_or_of_the_suffix() {
        const R: &str = "v=DMARC1; p=reject";
        assert_eq!(at(&[("a.b.example", R), ("b.example", R)]).as_deref(), Some("a.b.example"));
        assert_eq!(
            at(&[("a.b.example", ""), ("b.example", R), ("example", "")]).as_deref(),
            Some("b.example")
        );
        // Fewest labels win if nobody says where the organization ends.
        assert_eq!(
            at(&[("a.b.c.example", ""), ("b.c.example", R), ("c.example", R)]).as_deref(),
            Some("c.example")
        );
        let no = "v=DMARC1; p=none; psd=n";
        assert_eq!(
            at(&[("a.b.c.example", ""), ("b.c.example", no), ("c.example", R)]).as_deref(),
            Some("b.c.example")
        );
        let yes = "v=DMARC1; p=none; psd=y";
        assert_eq!(
            at(&[("a.b.example", ""), ("b.example", R), ("example", yes)]).as_deref(),
            Some("b.example")
        );
        assert_eq!(
            at(&[("a.b.example", ""), ("b.example", ""), ("example", yes)]).as_deref(),
            Some("example")
        );
        // One between the domain and its organization's is not asked.
        assert_eq!(
            at(&[("a.b.c.example", ""), ("b.c.example", R), ("c.example", ""), ("example", yes)])
                .as_deref(),
            Some("example")
        );
        // Two count as none; a broken own record stops the search.
        let two = "v=DMARC1; p=reject|v=DMARC1; p=none";
        assert_eq!(at(&[("a.example", two), ("example", yes)]).as_deref(), Some("example"));
        assert_eq!(at(&[("a.example", "v=DMARC1; p=x")]), None);
        assert_eq!(at(&[("a.example", "hello"), ("example", "")]), None);
    }
}

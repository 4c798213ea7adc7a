//! Facts of DMARC: which record is in force (RFC 9989 section 4.10), and what it says.

use asepsis_core::observation::BodyBuilder;
use serde_json::json;

use super::{Texts, kept};
use crate::email::ask::{Answers, usable};
use crate::email::dmarc::{self, Psd, Record};
use crate::net::Answer;

pub(super) fn dmarc(body: &mut BodyBuilder, answers: &Answers) {
    let Some((own, above)) = answers.dmarc.split_first() else { return };
    let (domain, answer) = own;
    let from = format!("DNS TXT _dmarc.{domain}");
    let texts = match Texts::of(answer, dmarc::is_record) {
        Ok(texts) => texts,
        Err(why) => {
            body.missed("dmarc", why);
            return;
        }
    };
    body.saw("dmarc.record_count", texts.0.len(), &from);
    let error = match texts.0.as_slice() {
        [] => None,
        [only] => dmarc::parse(only).err().map(|error| error.to_string()),
        more => Some(format!("there are {} records, so receivers use none", more.len())),
    };
    if let Some(error) = &error {
        body.saw("dmarc.error", error.as_str(), &from);
    }
    if let Some(record) = usable(answer) {
        return in_force(body, domain, answer, &record, false);
    }
    for (name, answer) in above {
        if let Answer::Failed(why) = answer {
            body.missed("dmarc.present", format!("whether {name} has a record: {why}"));
            return;
        }
    }
    if let Some((name, answer, record)) = organizational(above) {
        return in_force(body, name, answer, &record, true);
    }
    let present = !texts.0.is_empty();
    body.saw("dmarc.present", present, &from);
    if present {
        body.saw("dmarc.valid", false, &from);
    }
}

type Found<'a> = (&'a str, &'a Answer<String>, Record);

/// The record of the organization's domain among those above: the one that says `psd=n`; else the
/// one below a `psd=y`; else the shortest; a public suffix's own if there is no other.
fn organizational(above: &[(String, Answer<String>)]) -> Option<Found<'_>> {
    let found: Vec<Found<'_>> = above
        .iter()
        .filter_map(|(name, answer)| Some((name.as_str(), answer, usable(answer)?)))
        .collect();
    let ordinary = found.iter().rev().find(|(.., record)| record.psd != Psd::Yes);
    ordinary.or(found.last()).cloned()
}

fn in_force(
    body: &mut BodyBuilder,
    name: &str,
    answer: &Answer<String>,
    record: &Record,
    inherited: bool,
) {
    let from = format!("DNS TXT _dmarc.{name}");
    let mut saw = |path: &str, value: serde_json::Value| {
        body.saw(&format!("dmarc.{path}"), value, from.as_str());
    };
    let policy = if inherited { record.for_subdomains() } else { record.policy };
    let strict = |strict: bool| if strict { "strict" } else { "relaxed" };
    saw("present", true.into());
    saw("valid", true.into());
    saw("found_at", name.into());
    saw("inherited", inherited.into());
    if let Ok(Texts(texts)) = Texts::of(answer, dmarc::is_record)
        && let Some(text) = texts.first()
    {
        saw("record", kept(text).into());
    }
    saw("policy", policy.word().into());
    saw("subdomain_policy", record.for_subdomains().word().into());
    saw("nonexistent_policy", record.for_nonexistent().word().into());
    saw("testing", record.testing.into());
    saw("psd", record.psd.letter().into());
    saw("rua_count", record.rua.len().into());
    saw("ruf_count", record.ruf.len().into());
    saw("fo", kept(&record.fo).into());
    saw("adkim", strict(record.strict_dkim).into());
    saw("aspf", strict(record.strict_spf).into());
    saw("removed_tags", json!(record.removed));
}

//! Facts of DKIM. A selector cannot be listed, only guessed: not found proves nothing, unless it
//! was named by somebody who knows.

use asepsis_core::observation::BodyBuilder;
use serde_json::{Map, Value};

use super::super::ask::Dkim;
use crate::email::dkim;
use crate::net::Answer;

/// Keys that are kept.
const MAX_KEYS: usize = 64;

pub(super) fn dkim(body: &mut BodyBuilder, domain: &str, answers: &Dkim) {
    let from = format!("DNS TXT *._domainkey.{domain}");
    body.saw("dkim.tried", answers.selectors.len(), &from);
    match &answers.wildcard {
        Answer::Failed(why) => body.missed("dkim.wildcard", why),
        answer => body.saw("dkim.wildcard", matches!(answer, Answer::Records(_)), &from),
    }
    let mut failure = None;
    let (mut given, mut given_failed) = (0usize, false);
    let mut found = Vec::new();
    for (name, is_given, answer) in &answers.selectors {
        given += usize::from(*is_given);
        match answer {
            Answer::Failed(why) => {
                failure = Some(why);
                given_failed |= is_given;
            }
            // What any selector answers says nothing of this one.
            Answer::Records(_) if *answer == answers.wildcard => {}
            Answer::Records(texts) => {
                let keys = texts.iter().filter(|text| dkim::is_record(text));
                found.extend(keys.map(|text| (name, dkim::parse(text))));
            }
            Answer::NoName | Answer::NoData => {}
        }
    }
    found.truncate(MAX_KEYS);
    let usable = found
        .iter()
        .any(|(_, key)| key.as_ref().is_ok_and(|record| !record.is_revoked()));
    match failure {
        // Some are unknown: the list would look complete and is not.
        Some(why) if found.is_empty() => body.missed("dkim.selectors", why),
        _ => {
            let keys: Vec<Value> = found.into_iter().map(|(name, key)| entry(name, key)).collect();
            body.saw("dkim.selectors", keys, &from);
        }
    }
    let nothing_below = answers.parent == Answer::NoName && failure.is_none();
    if usable {
        body.saw("dkim.found", true, &from);
    } else if nothing_below {
        body.saw("dkim.found", false, "DNS: no name exists below _domainkey (RFC 8020)");
    } else if given > 0 && !given_failed {
        body.saw("dkim.found", false, "the selectors that were given");
    } else {
        let why = failure.cloned().unwrap_or_else(|| {
            "no key at the selectors we know; selectors cannot be listed, so name yours".to_owned()
        });
        body.missed("dkim.found", why);
    }
}

fn entry(name: &str, key: Result<dkim::Record, dkim::Error>) -> Value {
    let mut entry = Map::new();
    let mut put = |key: &str, value: Value| entry.insert(key.to_owned(), value);
    put("name", name.into());
    put("valid", key.is_ok().into());
    match key {
        Err(error) => {
            put("error", error.to_string().into());
        }
        Ok(record) => {
            put("kind", record.kind.word().into());
            put("revoked", record.is_revoked().into());
            put("testing", record.testing.into());
            if let Some(bits) = record.bits {
                put("bits", bits.into());
            }
        }
    }
    Value::Object(entry)
}

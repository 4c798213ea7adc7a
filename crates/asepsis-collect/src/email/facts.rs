//! Turns answers into the paths of `email-domain/1`. What DNS did not answer is missed, with the
//! reason; it is never absent.

use asepsis_core::observation::BodyBuilder;
use serde_json::{Map, Value};

use super::ask::{Answers, Dkim, MAX_HOSTS};
use super::mx::Mx;
use super::{dkim, facts_dmarc, mta_sts, mx, spf, tags, tls_rpt};
use crate::net::{Answer, Fetched};

/// Hosts that are listed.
const MAX_LISTED: usize = 20;
/// Entries of any other list.
const MAX_ENTRIES: usize = 100;
/// Characters of a record that are kept.
const MAX_RECORD: usize = 4096;

pub(super) fn write(body: &mut BodyBuilder, domain: &str, answers: &Answers) {
    match &answers.exists {
        Answer::Records(_) | Answer::NoData => body.saw("exists", true, format!("SOA {domain}")),
        Answer::NoName => body.saw("exists", false, format!("SOA {domain}")),
        Answer::Failed(why) => body.missed("exists", why),
    }
    let servers = servers(body, domain, answers);
    let permits_nobody = senders(body, domain, &answers.txt);
    parked(body, domain, servers.as_deref(), permits_nobody, answers);
    facts_dmarc::write(body, &answers.dmarc);
    keys(body, domain, &answers.dkim);
    encryption(body, domain, servers.as_deref(), answers);
    reports(body, domain, &answers.tls_rpt);
}

/// Records the same reason for several paths.
pub(super) fn miss(body: &mut BodyBuilder, paths: &[&str], why: &str) {
    for path in paths {
        body.missed(path, why);
    }
}

/// The beginning of a record, as much as is kept.
pub(super) fn kept(record: &str) -> String {
    record.chars().take(MAX_RECORD).collect()
}

/// MX; hands back the records, if DNS answered.
fn servers(body: &mut BodyBuilder, domain: &str, answers: &Answers) -> Option<Vec<Mx>> {
    let from = format!("MX {domain}");
    let records: Vec<Mx> = match &answers.mx {
        Answer::Records(all) => all
            .iter()
            .map(|(preference, host)| Mx { preference: *preference, host: host.clone() })
            .collect(),
        Answer::NoName | Answer::NoData => Vec::new(),
        Answer::Failed(why) => {
            let paths =
                ["mx.present", "mx.null", "mx.implicit", "mx.valid", "mx.hosts", "mx.providers"];
            miss(body, &paths, why);
            return None;
        }
    };
    let named = records.iter().any(|record| !record.host.is_empty());
    body.saw("mx.present", named, from.clone());
    body.saw("mx.null", mx::is_null(&records), from.clone());
    if records.is_empty() {
        match &answers.own_address {
            Some(Answer::Failed(why)) => body.missed("mx.implicit", why),
            own => {
                let implicit = matches!(own, Some(Answer::Records(_)));
                body.saw("mx.implicit", implicit, format!("A and AAAA {domain}"));
            }
        }
    } else {
        let verdict = mx::validate(&records);
        body.saw("mx.valid", verdict.is_ok(), from.clone());
        if let Err(error) = verdict {
            body.saw("mx.error", error.to_string(), from.clone());
        }
    }
    let listed = records.iter().enumerate().filter(|(_, record)| !record.host.is_empty());
    let hosts: Vec<Value> = listed
        .take(MAX_LISTED)
        .map(|(at, record)| host(body, record, answers.hosts.get(at)))
        .collect();
    body.saw("mx.hosts", hosts, from.clone());
    body.saw("mx.providers", mx::services(&records), from);
    Some(records)
}

fn host(
    body: &mut BodyBuilder,
    record: &Mx,
    looked_up: Option<&(Answer<String>, Answer<std::net::IpAddr>)>,
) -> Value {
    let literal = mx::is_literal(&record.host);
    let mut host = Map::new();
    host.insert("host".to_owned(), record.host.clone().into());
    host.insert("preference".to_owned(), record.preference.into());
    host.insert("literal".to_owned(), literal.into());
    if literal {
        return host.into();
    }
    let too_many = format!("only the first {MAX_HOSTS} mail servers are looked up");
    match looked_up {
        None => miss(body, &["mx.hosts[].cname", "mx.hosts[].resolves"], &too_many),
        Some((alias, addresses)) => {
            let yes = |answer: &Answer<_>| matches!(answer, Answer::Records(_));
            match alias {
                Answer::Failed(why) => body.missed("mx.hosts[].cname", why),
                alias => drop(host.insert("cname".to_owned(), yes(alias).into())),
            }
            match addresses {
                Answer::Failed(why) => body.missed("mx.hosts[].resolves", why),
                found => {
                    let resolves = matches!(found, Answer::Records(_));
                    host.insert("resolves".to_owned(), resolves.into());
                }
            }
        }
    }
    host.into()
}

/// SPF; hands back whether nobody may send, if DNS answered.
fn senders(body: &mut BodyBuilder, domain: &str, answer: &Answer<String>) -> Option<bool> {
    let from = format!("TXT {domain}");
    let texts: &[String] = match answer {
        Answer::Records(texts) => texts,
        Answer::NoName | Answer::NoData => &[],
        Answer::Failed(why) => {
            miss(body, &["spf.present", "spf.record_count", "spf.valid", "spf.record"], why);
            return None;
        }
    };
    let records: Vec<&String> = texts.iter().filter(|text| spf::is_record(text)).collect();
    body.saw("spf.present", !records.is_empty(), from.clone());
    body.saw("spf.record_count", records.len(), from.clone());
    let only = match records.as_slice() {
        [] => return Some(false),
        [only] => only,
        several => {
            body.saw("spf.valid", false, from.clone());
            let error = format!("there are {} SPF records; only one may be", several.len());
            body.saw("spf.error", error, from);
            return Some(false);
        }
    };
    body.saw("spf.record", kept(only), from.clone());
    body.saw("spf.bytes", only.len(), from.clone());
    let record = match spf::parse(only) {
        Ok(record) => record,
        Err(error) => {
            body.saw("spf.valid", false, from.clone());
            body.saw("spf.error", error.to_string(), from);
            return Some(false);
        }
    };
    body.saw("spf.valid", true, from.clone());
    match (record.all(), record.live_redirect()) {
        (Some(all), _) => body.saw("spf.all", all.word(), from.clone()),
        (None, None) => body.saw("spf.all", "none", from.clone()),
        (None, Some(to)) => {
            let why = format!("redirect={} decides, which is not followed", tags::shorten(to));
            body.missed("spf.all", why);
        }
    }
    body.saw("spf.lookup_terms", record.lookup_terms(), from.clone());
    body.saw("spf.uses_ptr", record.uses_ptr(), from.clone());
    body.saw("spf.permits_nobody", record.permits_nobody(), from.clone());
    if let Some(redirect) = &record.redirect {
        body.saw("spf.redirect", redirect.clone(), from.clone());
    }
    body.saw("spf.includes", list(record.includes()), from.clone());
    body.saw("spf.broad_ranges", list(record.broad_ranges()), from.clone());
    body.saw("spf.report_modifiers", record.report_modifiers, from);
    Some(record.permits_nobody())
}

fn list<T: Into<Value>>(entries: impl IntoIterator<Item = T>) -> Vec<Value> {
    entries.into_iter().take(MAX_ENTRIES).map(Into::into).collect()
}

fn parked(
    body: &mut BodyBuilder,
    domain: &str,
    servers: Option<&[Mx]>,
    permits_nobody: Option<bool>,
    answers: &Answers,
) {
    let from = format!("MX and TXT {domain}");
    let why = |failed: Option<&str>| failed.unwrap_or("DNS did not answer").to_owned();
    match (servers, permits_nobody) {
        (None, _) => body.missed("parked", why(answers.mx.failure())),
        (Some([]), None) => body.missed("parked", why(answers.txt.failure())),
        (Some([]), Some(nobody)) => body.saw("parked", nobody, from),
        (Some(records), _) => body.saw("parked", mx::is_null(records), from),
    }
}

/// DKIM. What a wildcard answers is no key of a selector: it is listed once, as `*`.
fn keys(body: &mut BodyBuilder, domain: &str, answers: &Dkim) {
    let from = format!("TXT below _domainkey.{domain}");
    body.saw("dkim.tried", answers.selectors.len(), from.clone());
    let anywhere: &[String] = match &answers.wildcard {
        Answer::Records(texts) => texts,
        _ => &[],
    };
    match answers.wildcard.failure() {
        Some(why) => body.missed("dkim.wildcard", why),
        None => body.saw("dkim.wildcard", !anywhere.is_empty(), from.clone()),
    }
    let mut found: Vec<(Value, bool)> = key("*", anywhere).into_iter().collect();
    for (name, _, answer) in &answers.selectors {
        match answer {
            Answer::Records(texts) if !same(texts, anywhere) => found.extend(key(name, texts)),
            _ => {}
        }
    }
    let usable = found.iter().any(|(_, usable)| *usable);
    let failure = answers.selectors.iter().find_map(|(.., answer)| answer.failure());
    let given = || answers.selectors.iter().filter(|(_, given, _)| *given);
    let none_given_has_one = answers.all_given
        && given().next().is_some()
        && given().all(|(.., answer)| answer.failure().is_none());
    if usable {
        body.saw("dkim.found", true, from.clone());
    } else if matches!(answers.parent, Answer::NoName) || none_given_has_one {
        body.saw("dkim.found", false, from.clone());
    } else {
        let why = failure.unwrap_or("no key at the selectors that were tried; give yours");
        body.missed("dkim.found", why);
    }
    match failure {
        Some(why) if answers.selectors.iter().all(|(.., a)| a.failure().is_some()) => {
            body.missed("dkim.selectors", why);
        }
        _ => {
            let found: Vec<Value> = found.into_iter().map(|(value, _)| value).collect();
            body.saw("dkim.selectors", found, from);
        }
    }
}

/// Whether two answers are the same, in whatever order.
fn same(one: &[String], other: &[String]) -> bool {
    one.len() == other.len() && one.iter().all(|text| other.contains(text))
}

/// The key at a selector, if there is one, and whether it is usable.
fn key(name: &str, texts: &[String]) -> Option<(Value, bool)> {
    let records: Vec<&String> = texts.iter().filter(|text| dkim::is_record(text)).collect();
    let record = match records.as_slice() {
        [] => return None,
        [only] => dkim::parse(only).map_err(|error| error.to_string()),
        // RFC 6376 section 3.6.2.2: there must be one.
        several => Err(format!("there are {} key records at one selector", several.len())),
    };
    let mut key = Map::new();
    key.insert("name".to_owned(), name.into());
    key.insert("valid".to_owned(), record.is_ok().into());
    let usable = match record {
        Ok(record) => {
            key.insert("kind".to_owned(), record.kind.word().into());
            if let Some(bits) = record.bits {
                key.insert("bits".to_owned(), bits.into());
            }
            key.insert("revoked".to_owned(), record.is_revoked().into());
            key.insert("testing".to_owned(), record.testing.into());
            !record.is_revoked()
        }
        Err(error) => {
            key.insert("error".to_owned(), error.into());
            false
        }
    };
    Some((key.into(), usable))
}

/// MTA-STS: the record, the policy, and whether the policy permits the servers.
fn encryption(body: &mut BodyBuilder, domain: &str, servers: Option<&[Mx]>, answers: &Answers) {
    let from = format!("TXT _mta-sts.{domain}");
    let Some(only) = sole(body, "mta_sts", &from, &answers.mta_sts, mta_sts::is_record) else {
        return;
    };
    let id = match mta_sts::parse(only) {
        Ok(record) => record.id,
        Err(error) => {
            body.saw("mta_sts.valid", false, from.clone());
            return body.saw("mta_sts.error", error.to_string(), from);
        }
    };
    body.saw("mta_sts.valid", true, from.clone());
    body.saw("mta_sts.id", id, from);
    let from = format!("GET https://mta-sts.{domain}/.well-known/mta-sts.txt");
    let policy = match &answers.policy {
        Some(Fetched::Text(text)) => mta_sts::parse_policy(text).map_err(|error| error.to_string()),
        Some(Fetched::Unusable(why)) => Err(why.clone()),
        Some(Fetched::NotAsked(why)) => return body.missed("mta_sts.policy_valid", why),
        None => return,
    };
    body.saw("mta_sts.policy_valid", policy.is_ok(), from.clone());
    let policy = match policy {
        Ok(policy) => policy,
        Err(why) => return body.saw("mta_sts.policy_error", why, from),
    };
    body.saw("mta_sts.mode", policy.mode.word(), from.clone());
    body.saw("mta_sts.max_age", policy.max_age, from.clone());
    body.saw("mta_sts.mx_patterns", list(policy.mx.iter().cloned()), from.clone());
    let Some(servers) = servers else {
        let why = answers.mx.failure().unwrap_or("the mail servers are not known");
        return miss(body, &["mta_sts.all_mx_match", "mta_sts.unmatched"], why);
    };
    let hosts = servers.iter().map(|record| record.host.as_str()).filter(|host| !host.is_empty());
    let unmatched: Vec<&str> = hosts.filter(|host| !policy.permits(host)).collect();
    body.saw("mta_sts.all_mx_match", unmatched.is_empty(), from.clone());
    body.saw("mta_sts.unmatched", list(unmatched), from);
}

fn reports(body: &mut BodyBuilder, domain: &str, answer: &Answer<String>) {
    let from = format!("TXT _smtp._tls.{domain}");
    let Some(only) = sole(body, "tls_rpt", &from, answer, tls_rpt::is_record) else { return };
    match tls_rpt::parse(only) {
        Ok(record) => {
            body.saw("tls_rpt.valid", true, from.clone());
            body.saw("tls_rpt.rua_count", record.rua.len(), from);
        }
        Err(error) => {
            body.saw("tls_rpt.valid", false, from.clone());
            body.saw("tls_rpt.error", error.to_string(), from);
        }
    }
}

/// Writes how many records there are, and hands back the one, if it is one.
fn sole<'a>(
    body: &mut BodyBuilder,
    group: &str,
    from: &str,
    answer: &'a Answer<String>,
    is_record: fn(&str) -> bool,
) -> Option<&'a str> {
    let at = |name: &str| format!("{group}.{name}");
    let texts: &[String] = match answer {
        Answer::Records(texts) => texts,
        Answer::NoName | Answer::NoData => &[],
        Answer::Failed(why) => {
            for name in ["present", "record_count", "valid"] {
                body.missed(&at(name), why);
            }
            return None;
        }
    };
    let records: Vec<&String> = texts.iter().filter(|text| is_record(text)).collect();
    body.saw(&at("present"), !records.is_empty(), from);
    body.saw(&at("record_count"), records.len(), from);
    match records.as_slice() {
        [] => None,
        [only] => Some(only),
        several => {
            body.saw(&at("valid"), false, from);
            let error =
                format!("there are {} records; more than one counts as none", several.len());
            body.saw(&at("error"), error, from);
            None
        }
    }
}

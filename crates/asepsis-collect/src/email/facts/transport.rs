//! Facts of MTA-STS and TLS reporting.

use asepsis_core::observation::BodyBuilder;
use serde_json::json;

use super::Texts;
use crate::email::ask::Answers;
use crate::email::{mta_sts, tls_rpt};
use crate::net::{Answer, Fetched};

pub(super) fn mta_sts(body: &mut BodyBuilder, domain: &str, answers: &Answers) {
    let from = format!("DNS TXT _mta-sts.{domain}");
    let texts = match Texts::of(&answers.mta_sts, mta_sts::is_record) {
        Ok(texts) => texts,
        Err(why) => return body.missed("mta_sts", why),
    };
    let Some(record) = texts.one(body, "mta_sts", &from, mta_sts::parse) else { return };
    body.saw("mta_sts.id", record.id, &from);
    let from = format!("https://mta-sts.{domain}/.well-known/mta-sts.txt");
    let policy = match &answers.policy {
        None => return body.missed("mta_sts.policy_valid", "the policy was not asked for"),
        Some(Fetched::NotAsked(why)) => return body.missed("mta_sts.policy_valid", why),
        Some(Fetched::Unusable(why)) => Err(why.clone()),
        Some(Fetched::Text(text)) => mta_sts::parse_policy(text).map_err(|e| e.to_string()),
    };
    body.saw("mta_sts.policy_valid", policy.is_ok(), &from);
    let policy = match policy {
        Ok(policy) => policy,
        Err(why) => return body.saw("mta_sts.policy_error", why, &from),
    };
    body.saw("mta_sts.mode", policy.mode.word(), &from);
    body.saw("mta_sts.max_age", policy.max_age, &from);
    body.saw("mta_sts.mx_patterns", json!(policy.mx), &from);
    let hosts = match &answers.mx {
        Answer::Failed(why) => return body.missed("mta_sts.all_mx_match", why),
        Answer::NoName | Answer::NoData => {
            return body.missed("mta_sts.all_mx_match", "the domain has no MX record");
        }
        Answer::Records(records) => records,
    };
    let unmatched: Vec<&str> = hosts
        .iter()
        .map(|(_, host)| host.as_str())
        .filter(|host| !host.is_empty() && !policy.permits(host))
        .collect();
    body.saw("mta_sts.all_mx_match", unmatched.is_empty(), &from);
    body.saw("mta_sts.unmatched", json!(unmatched), &from);
}

pub(super) fn tls_rpt(body: &mut BodyBuilder, domain: &str, answers: &Answers) {
    let from = format!("DNS TXT _smtp._tls.{domain}");
    match Texts::of(&answers.tls_rpt, tls_rpt::is_record) {
        Err(why) => body.missed("tls_rpt", why),
        Ok(texts) => {
            if let Some(record) = texts.one(body, "tls_rpt", &from, tls_rpt::parse) {
                body.saw("tls_rpt.rua_count", record.rua.len(), &from);
            }
        }
    }
}

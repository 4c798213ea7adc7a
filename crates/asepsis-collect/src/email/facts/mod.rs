//! Turns answers into the facts of `email-domain/1`. What DNS could not be asked is missed with the
//! reason; what DNS says is not there is a fact.

mod keys;
mod policy;
mod sender;
mod transport;

use asepsis_core::observation::BodyBuilder;
use serde_json::{Value, json};

use super::ask::{Answers, MAX_HOSTS};
use super::{mx, tags};
use crate::net::Answer;

/// The texts of records of one protocol, out of all texts at a name.
struct Texts<'a>(Vec<&'a str>);

/// Longest text of a stranger that is kept.
const MAX_TEXT: usize = 2000;

pub(super) fn write(body: &mut BodyBuilder, domain: &str, answers: &Answers) {
    match &answers.exists {
        Answer::Failed(why) => body.missed("exists", why),
        Answer::NoName => {
            body.saw("exists", false, "DNS: no such name (NXDOMAIN)");
            let why = format!("{domain} does not exist in DNS; is it spelled right?");
            for path in ["mx", "parked", "spf", "dmarc", "dkim", "mta_sts", "tls_rpt"] {
                body.missed(path, &why);
            }
            return;
        }
        Answer::Records(_) | Answer::NoData => body.saw("exists", true, "DNS"),
    }
    let takes_mail = servers(body, domain, answers);
    let permits_nobody = sender::spf(body, domain, answers);
    parked(body, takes_mail, permits_nobody);
    policy::dmarc(body, answers);
    keys::dkim(body, domain, &answers.dkim);
    transport::mta_sts(body, domain, answers);
    transport::tls_rpt(body, domain, answers);
}

/// How mail gets to the domain.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mail {
    /// A null MX says that none is taken.
    Refused,
    /// There is no MX record.
    NoMx,
    /// There are servers.
    Taken,
}

fn servers(body: &mut BodyBuilder, domain: &str, answers: &Answers) -> Option<Mail> {
    let from = format!("DNS MX {domain}");
    let records = match answers.mx.clone().records() {
        Ok(records) => records,
        Err(why) => {
            body.missed("mx", why);
            return None;
        }
    };
    let records: Vec<mx::Mx> =
        records.into_iter().map(|(preference, host)| mx::Mx { preference, host }).collect();
    let null = mx::is_null(&records);
    body.saw("mx.present", !null && !records.is_empty(), &from);
    body.saw("mx.null", null, &from);
    if !records.is_empty() {
        let checked = mx::validate(&records);
        body.saw("mx.valid", checked.is_ok(), &from);
        if let Err(error) = checked {
            body.saw("mx.error", error.to_string(), &from);
        }
    }
    match &answers.own_address {
        Some(Answer::Failed(why)) => body.missed("mx.implicit", why),
        Some(own) => body.saw("mx.implicit", matches!(own, Answer::Records(_)), "DNS A, AAAA"),
        None => {}
    }
    let mut hosts = Vec::new();
    for (record, (alias, addresses)) in records.iter().zip(&answers.hosts).take(MAX_HOSTS) {
        if record.host.is_empty() {
            continue;
        }
        let literal = mx::is_literal(&record.host);
        let mut host = serde_json::Map::new();
        host.insert("host".to_owned(), tags::shorten(&record.host).into());
        host.insert("preference".to_owned(), record.preference.into());
        host.insert("literal".to_owned(), literal.into());
        if !literal {
            match alias {
                Answer::Failed(why) => body.missed("mx.hosts[].cname", why),
                alias => {
                    host.insert("cname".to_owned(), matches!(alias, Answer::Records(_)).into());
                }
            }
            match addresses {
                Answer::Failed(why) => body.missed("mx.hosts[].resolves", why),
                found => {
                    host.insert("resolves".to_owned(), matches!(found, Answer::Records(_)).into());
                }
            }
        }
        hosts.push(Value::Object(host));
    }
    body.saw("mx.hosts", hosts, &from);
    body.saw("mx.providers", json!(mx::services(&records)), "names of the MX hosts");
    Some(match (null, records.is_empty()) {
        (true, _) => Mail::Refused,
        (_, true) => Mail::NoMx,
        _ => Mail::Taken,
    })
}

fn parked(body: &mut BodyBuilder, mail: Option<Mail>, permits_nobody: Result<bool, String>) {
    let from = "MX and SPF together";
    match (mail, permits_nobody) {
        (None, _) => body.missed("parked", "MX is not known"),
        (Some(Mail::Refused), _) => body.saw("parked", true, from),
        (Some(Mail::Taken), _) => body.saw("parked", false, from),
        (Some(Mail::NoMx), Ok(nobody)) => body.saw("parked", nobody, from),
        (Some(Mail::NoMx), Err(why)) => body.missed("parked", why),
    }
}

impl<'a> Texts<'a> {
    /// Those at a name that `is` knows; `Err` if DNS could not be asked.
    fn of(answer: &'a Answer<String>, is: fn(&str) -> bool) -> Result<Self, &'a str> {
        match answer {
            Answer::Records(texts) => {
                Ok(Self(texts.iter().map(String::as_str).filter(|text| is(text)).collect()))
            }
            Answer::NoName | Answer::NoData => Ok(Self(Vec::new())),
            Answer::Failed(why) => Err(why),
        }
    }

    /// Writes `present`, `record_count`, `valid` and `error`, and gives the one valid record. Two
    /// records of one protocol at one name make both void in every one of these protocols.
    fn one<R, E: std::fmt::Display>(
        &self,
        body: &mut BodyBuilder,
        group: &str,
        from: &str,
        parse: fn(&str) -> Result<R, E>,
    ) -> Option<R> {
        body.saw(&format!("{group}.present"), !self.0.is_empty(), from);
        body.saw(&format!("{group}.record_count"), self.0.len(), from);
        let result = match self.0.as_slice() {
            [] => return None,
            [only] => parse(only).map_err(|error| error.to_string()),
            more => Err(format!("there are {} records, so receivers use none", more.len())),
        };
        body.saw(&format!("{group}.valid"), result.is_ok(), from);
        result.map_err(|error| body.saw(&format!("{group}.error"), error, from)).ok()
    }
}

/// A stranger's text, cut to a length that a ledger can bear.
fn kept(text: &str) -> String {
    text.chars().take(MAX_TEXT).collect()
}

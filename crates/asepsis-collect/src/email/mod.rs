//! The email collector: a mail domain as the world sees it, from DNS and one policy file.
//!
//! Each protocol has a file of its own that reads texts and does no I/O; `ask` puts the questions,
//! `facts` turns what was read into the paths of `email-domain/1`. Nothing is judged here.

mod ask;
mod der;
pub mod dkim;
pub mod dmarc;
mod facts;
mod facts_dmarc;
pub mod mta_sts;
pub mod mx;
mod name;
pub mod provider;
pub mod spf;
mod tags;
pub mod tls_rpt;

use asepsis_core::observation::{Body, BodyBuilder, Observation, Subject};
use asepsis_core::time::Timestamp;

use crate::net::Net;

pub use name::{DomainError, domain_name};
pub use tags::TagError;

/// The schema that the observation follows.
pub const SCHEMA: &str = "email-domain/1";

/// Looks at one mail domain. `typed` is a domain or an address; `selectors` are DKIM selectors
/// known to be in use, beside the well-known ones.
pub async fn collect(typed: &str, selectors: &[String], net: &Net, now: Timestamp) -> Observation {
    let (label, body) = match domain_name(typed) {
        Ok(domain) => {
            let body = look(&domain, selectors, net, now).await;
            (domain, body)
        }
        Err(error) => {
            let operation = "read the name of the mail domain".to_owned();
            let body = Body::Failed { operation, cause: error.to_string() };
            (tags::shorten(typed.trim()), body)
        }
    };
    Observation {
        schema: SCHEMA.to_owned(),
        subject: Subject::domain(&label),
        also: Vec::new(),
        label,
        observed_at: now,
        collector: "asepsis/email".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        body,
    }
}

async fn look(domain: &str, selectors: &[String], net: &Net, now: Timestamp) -> Body {
    let mut body = BodyBuilder::new();
    body.saw("domain", domain, "as given");
    if let Some(shared) = provider::shared(domain) {
        let from = "the list of shared providers";
        body.saw("shared_provider.name", shared.name, from);
        body.saw("shared_provider.kind", shared.kind, from);
        return body.build();
    }
    if net.is_offline() {
        let reason = format!("the network is switched off, so DNS was not asked about {domain}");
        return Body::Skipped { reason };
    }
    let run = net.run(now);
    let answers = ask::all(&run, domain, selectors).await;
    if !run.was_answered() {
        let cause = answers.first_failure().unwrap_or_else(|| "no answer".to_owned());
        return Body::Failed { operation: format!("ask DNS about {domain}"), cause };
    }
    facts::write(&mut body, domain, &answers);
    body.build()
}

#[cfg(test)]
mod tests;

//! The collector against name servers on loopback, the schema, and the checks that read its facts.

mod golden;
mod trouble;

use asepsis_core::observation::{Body, Seen};
use serde_json::Value;

use super::*;
use crate::net::testing::Zone;

/// An RSA key of 1024 bits (RFC 6376 appendix C) and an Ed25519 key (RFC 8463 appendix A.2).
const RSA_1024: &str = "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDwIRP/UC3SBsEmGqZ9ZJW3/\
    DkMoGeLnQg1fWn7/zYtIxN2SnFCjxOCKG9v3b4jYfcTNh5ijSsq631uBItLa7od+v/RtdC2UzJ1lWT947qR+Rcac2gb\
    to/NMqJ0fzfVjH4OuKhitdY9tf6mcwGjaNBcWToIMmPSPDdQPNUYckcQ2QIDAQAB";
const ED25519: &str = "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

fn now() -> Timestamp {
    "2026-11-24T09:00:00Z".parse().unwrap()
}

/// What the collector sees of clinic.example in this zone.
async fn seen_in(zone: Zone) -> (Value, std::collections::BTreeMap<String, Seen>) {
    seen_of("clinic.example", &[], zone).await
}

async fn seen_of(
    domain: &str,
    selectors: &[&str],
    zone: Zone,
) -> (Value, std::collections::BTreeMap<String, Seen>) {
    let net = zone.net().await;
    let selectors: Vec<String> = selectors.iter().map(|name| (*name).to_owned()).collect();
    match collect(domain, &selectors, &net, now()).await.body {
        Body::Saw { fact, seen } => (Value::Object(fact), seen),
        other => panic!("{other:?}"),
    }
}

fn why(seen: &std::collections::BTreeMap<String, Seen>, path: &str) -> String {
    match seen.get(path) {
        Some(Seen::Not(why)) => why.clone(),
        other => panic!("{path}: {other:?}"),
    }
}

/// A domain with the least that mail needs.
fn plain() -> Zone {
    Zone::new()
        .a("clinic.example")
        .mx("clinic.example", 10, "mail.clinic.example.")
        .a("mail.clinic.example")
        .txt("clinic.example", "v=spf1 mx -all")
        .txt("_dmarc.clinic.example", "v=DMARC1; p=reject")
}

//! What DNS does when it does not simply answer.

use asepsis_core::observation::Body;
use hickory_proto::op::ResponseCode;

use super::*;
use crate::net::Net;
use crate::net::testing::Deed;

#[tokio::test]
async fn a_failure_is_missed_and_never_absent() {
    let zone = plain()
        .deed("_dmarc.clinic.example", Deed::Code(ResponseCode::ServFail))
        .deed("_smtp._tls.clinic.example", Deed::Silence);
    let (fact, seen) = seen_in(zone).await;
    assert!(fact.get("dmarc").is_none());
    assert!(why(&seen, "dmarc.present").contains("TXT _dmarc.clinic.example"));
    assert!(fact.get("tls_rpt").is_none());
    assert!(!why(&seen, "tls_rpt.present").is_empty());
    assert_eq!(fact["spf"]["all"], "fail");
}

#[tokio::test]
async fn one_lost_packet_is_asked_again() {
    let (fact, _) = seen_in(plain().deed("_dmarc.clinic.example", Deed::LoseFirst)).await;
    assert_eq!(fact["dmarc"]["policy"], "reject");
}

#[tokio::test]
async fn a_truncated_answer_is_asked_over_tcp() {
    let (fact, _) = seen_in(plain().deed("_dmarc.clinic.example", Deed::Truncate)).await;
    assert_eq!(fact["dmarc"]["policy"], "reject");
}

#[tokio::test]
async fn a_text_of_many_strings_is_joined() {
    let ranges: String = (0..200).map(|n| format!(" ip4:192.0.2.{n}")).collect();
    let zone = Zone::new()
        .txt("clinic.example", &format!("v=spf1{ranges} ?all"))
        .mx("clinic.example", 1, "mail.clinic.example.")
        .a("mail.clinic.example");
    let (fact, _) = seen_in(zone).await;
    assert_eq!(fact["spf"]["all"], "neutral");
    assert_eq!(fact["spf"]["bytes"], ranges.len() + "v=spf1 ?all".len());
    assert!(fact["spf"]["record"].as_str().unwrap().len() <= 4096);
}

#[tokio::test]
async fn aliases_are_followed_and_circles_are_missed() {
    let zone = plain()
        .cname("selector1._domainkey.clinic.example", "a.provider.example")
        .cname("a.provider.example", "b.provider.example")
        .txt("b.provider.example", ED25519)
        .cname("_mta-sts.clinic.example", "x.provider.example")
        .cname("x.provider.example", "_mta-sts.clinic.example");
    let (fact, seen) = seen_in(zone).await;
    assert_eq!(fact["dkim"]["found"], true);
    assert_eq!(fact["dkim"]["selectors"][0]["name"], "selector1");
    assert!(fact.get("mta_sts").is_none());
    assert!(why(&seen, "mta_sts.present").contains("circle"), "{}", why(&seen, "mta_sts.present"));
}

#[tokio::test]
async fn a_name_that_does_not_exist_is_said_to_be_so() {
    let (fact, _) = seen_in(Zone::new().a("other.example")).await;
    assert_eq!(fact["exists"], false);
    assert_eq!(fact["spf"]["present"], false);
}

#[tokio::test]
async fn two_records_are_none() {
    let zone = plain()
        .txt("clinic.example", "v=spf1 -all")
        .txt("clinic.example", " v=spf1 leading space")
        .txt("_dmarc.clinic.example", "v=DMARC1; p=none")
        .txt("_smtp._tls.clinic.example", "v=TLSRPTv1; rua=mailto:a@clinic.example")
        .txt("_smtp._tls.clinic.example", "v=TLSRPTv1; rua=mailto:b@clinic.example");
    let (fact, _) = seen_in(zone).await;
    assert_eq!(fact["spf"]["record_count"], 2);
    assert_eq!(fact["spf"]["valid"], false);
    assert_eq!(fact["dmarc"]["valid"], false);
    assert!(fact["dmarc"].get("policy").is_none());
    assert_eq!(fact["tls_rpt"]["valid"], false);
}

#[tokio::test]
async fn dmarc_is_looked_for_above() {
    // A stray text at the parent itself must not stop the walk.
    let zone = Zone::new()
        .a("mail.north.clinic.example")
        .txt("clinic.example", "v=DMARC1; p=none")
        .txt("_dmarc.clinic.example", "v=DMARC1; p=reject; sp=quarantine");
    let (fact, _) = seen_of("mail.north.clinic.example", &[], zone).await;
    assert_eq!(fact["dmarc"]["found_at"], "clinic.example");
    assert_eq!(fact["dmarc"]["inherited"], true);
    assert_eq!(fact["dmarc"]["policy"], "quarantine");
    assert_eq!(fact["dmarc"]["record_count"], 0);
}

#[tokio::test]
async fn a_long_name_takes_at_most_eight_questions() {
    let zone = Zone::new()
        .a("a.b.c.d.e.f.g.h.i.clinic.example")
        .txt("_dmarc.clinic.example", "v=DMARC1; p=reject");
    let net = zone.net().await;
    let observation = collect("a.b.c.d.e.f.g.h.i.clinic.example", &[], &net, now()).await;
    let Body::Saw { fact, .. } = observation.body else { panic!() };
    assert_eq!(fact["dmarc"]["found_at"], "clinic.example");
    let log = net.take_log();
    let walk: Vec<&str> = log
        .iter()
        .map(|entry| entry.what.as_str())
        .filter(|what| what.starts_with("TXT _dmarc."))
        .collect();
    assert_eq!(walk.len(), 8, "{walk:?}");
    assert_eq!(walk[1], "TXT _dmarc.e.f.g.h.i.clinic.example");
    assert!(log.iter().all(|entry| entry.at == now() && entry.protocol == "dns"));
    assert!(net.take_log().is_empty());
}

#[tokio::test]
async fn a_text_outside_ascii_breaks_spf() {
    let (fact, _) =
        seen_in(Zone::new().txt("clinic.example", "v=spf1 a:kl\u{ef}nik.example -all")).await;
    assert_eq!(fact["spf"]["valid"], false);
    assert!(fact["spf"]["error"].as_str().unwrap().contains("ASCII"));
}

#[tokio::test]
async fn a_selector_that_was_given_proves_absence_and_a_wildcard_proves_nothing() {
    let below = || plain().txt("other._domainkey.clinic.example", "v=DKIM1; p=");
    let (fact, seen) = seen_of("clinic.example", &[], below()).await;
    assert!(fact["dkim"].get("found").is_none());
    assert!(why(&seen, "dkim.found").contains("give yours"));
    let (fact, _) = seen_of("clinic.example", &["Mine"], below()).await;
    assert_eq!(fact["dkim"]["found"], false);
    let (fact, _) = seen_of("clinic.example", &["other"], below()).await;
    assert_eq!(fact["dkim"]["selectors"][0]["revoked"], true);
    assert_eq!(fact["dkim"]["found"], false);
    // Nothing below _domainkey at all.
    let (fact, _) = seen_of("clinic.example", &[], plain()).await;
    assert_eq!(fact["dkim"]["found"], false);
}

#[tokio::test]
async fn no_answer_at_all_is_a_failure_and_offline_is_skipped() {
    let mut config = plain().config().await;
    // The port of nobody.
    config.name_servers = vec!["127.0.0.1:1".parse().unwrap()];
    let net = Net::with(config).unwrap();
    let observation = collect("clinic.example", &[], &net, now()).await;
    assert!(matches!(observation.body, Body::Failed { .. }), "{:?}", observation.body);
    let net = Net::new(&[], true).unwrap();
    let observation = collect("clinic.example", &[], &net, now()).await;
    assert!(matches!(observation.body, Body::Skipped { .. }));
    assert!(net.take_log().is_empty());
    let observation = collect("not a domain", &[], &net, now()).await;
    assert!(matches!(observation.body, Body::Failed { .. }));
}

#[tokio::test]
async fn questions_are_limited() {
    let mut config = plain().config().await;
    config.limits.questions = 5;
    let net = Net::with(config).unwrap();
    collect("clinic.example", &[], &net, now()).await;
    assert_eq!(net.take_log().len(), 5);
}

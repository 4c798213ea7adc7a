//! Alerts and answers in the shapes that Wazuh's documentation shows (SCA, how it works; its programming
//! interface), invented. Never seen from a real manager.

use asepsis_core::identity::Secret;
use asepsis_core::observation::Body;
use serde_json::{Value, json};

use super::super::{Ask, Input, ReadError, Reading, Told, recognize};
use asepsis_core::observation::Observation;

const ALERTS: &str = include_str!("../../../testdata/import/wazuh.json");

fn told() -> Told {
    Told::only("2026-11-25T12:00:00Z".parse().unwrap(), Secret([7; 32]))
}

fn read(text: &str, told: &Told) -> (Vec<Observation>, Reading) {
    let reader = recognize(text.as_bytes()).expect("it is known");
    assert_eq!(reader.format, "wazuh-sca");
    let mut reading = reader.read(Input::from(text.as_bytes()), told).unwrap();
    let looks = std::mem::replace(&mut reading.looks, Box::new(std::iter::empty())).collect();
    (looks, reading)
}

fn facts(look: &Observation) -> Value {
    let Body::Saw { fact, .. } = &look.body else { panic!() };
    Value::Object(fact.clone())
}

#[test]
fn the_newest_summary_of_the_largest_policy_counts_for_each_computer() {
    let (looks, reading) = read(ALERTS, &told());
    let names: Vec<&str> = looks.iter().map(|it| it.label.as_str()).collect();
    assert_eq!(names, ["desk-31", "srv-31"], "nothing measured is no evidence");
    let profile = "CIS Microsoft Windows 11 Enterprise Benchmark";
    let counted = json!({"profile": profile, "passed": 250, "failed": 140, "unknown": 4});
    assert_eq!(facts(&looks[0]), json!({"baseline": counted}));
    assert_eq!(looks[0].observed_at.to_string(), "2026-11-20T05:09:45.123Z");
    let left: Vec<String> =
        reading.left.iter().map(|it| format!("{}: {} ({})", it.what, it.why, it.count)).collect();
    assert_eq!(
        left,
        [
            "a summary: a newer one of the same policy counts (1)",
            "a summary: another policy with more settings counts (1)",
            "an alert: it is of a single check; summaries are counted (1)",
            "an alert: nothing was measured, which is no evidence of anything (1)",
            "an alert: it is none of SCA (1)",
        ]
    );
    // A log that is being written.
    let cut = ALERTS.get(..ALERTS.len() - 30).unwrap();
    assert_eq!(read(cut, &told()).0.len(), 2);
    let reader = recognize(ALERTS.as_bytes()).unwrap();
    let odd = ALERTS.replacen("}\n", "}}\n", 1);
    let error = reader.read(Input::from(odd.as_bytes()), &told()).err().unwrap();
    assert!(matches!(error, ReadError::Damaged { .. }) && error.to_string().contains("line 1"));
}

#[test]
fn answers_are_about_one_computer_that_has_to_be_named() {
    let policies = json!({"data": {"affected_items": [
        {"policy_id": "cis_debian12", "name": "CIS Debian Linux 12 Benchmark", "pass": 100, "fail": 80,
         "invalid": 10, "total_checks": 190, "score": 55, "end_scan": "2026-11-20T06:00:00Z"},
        {"policy_id": "sca_ssh", "name": "SSH", "pass": 5, "fail": 2, "invalid": 0, "end_scan": "2026-11-21T06:00:00Z"},
    ], "total_affected_items": 2}, "error": 0});
    let (looks, reading) = read(&policies.to_string(), &told());
    assert_eq!(reading.asks, [Ask::Host]);
    assert_eq!(looks[0].observed_at.to_string(), "2026-11-20T06:00:00.000Z");
    let named = Told { host: Some("srv-31".to_owned()), ..told() };
    let (looks, reading) = read(&policies.to_string(), &named);
    assert_eq!((looks[0].subject.0.as_str(), reading.asks.len()), ("host:srv-31", 0));

    let check = |id: i64, result: &str| json!({"policy_id": "cis_debian12", "id": id, "title": "x", "result": result});
    let checks = json!({"data": {"affected_items": [
        check(1, "passed"), check(2, "failed"), check(3, "not applicable"), check(4, ""), check(1, "failed"),
    ], "total_affected_items": 5}});
    let (looks, reading) = read(&checks.to_string(), &named);
    assert_eq!(reading.asks, [Ask::Date]);
    let counted = json!({"profile": "cis_debian12", "passed": 0, "failed": 2, "unknown": 2});
    assert_eq!(facts(&looks[0]), json!({"baseline": counted}), "an unknown result is no pass");
}

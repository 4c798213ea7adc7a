//! `asepsis net-log`: every question that left this computer, and none that did not.

use crate::support::Session;

#[test]
fn nothing_asked_is_said() {
    let session = Session::new();
    session.well(&["check", "--offline", "email", "clinic.example"]);
    let log = session.run(&["net-log"]);
    insta::assert_snapshot!(log.tame(&session), @r"
    Nothing was asked over the network in the last 30 days.
    code 0
    ");
    assert_eq!(session.json(&["net-log"])["questions"], serde_json::json!([]));
}

#[test]
fn every_question_is_listed() {
    let session = Session::new();
    // Nobody answers there.
    let look = ["check", "email", "clinic.example", "--dns", "127.0.0.1:9"];
    let looked = session.well(&look).out;
    assert!(looked.contains("could not ask DNS about clinic.example"), "{looked}");
    assert!(looked.contains("list: asepsis net-log)"), "{looked}");
    let document = session.json(&["net-log"]);
    let questions = document["questions"].as_array().unwrap();
    let asked = |what: &str| questions.iter().filter(|it| it["what"] == what).count();
    assert!(asked("MX clinic.example") >= 1 && asked("TXT _dmarc.clinic.example") >= 1);
    assert!(questions.iter().all(|it| it["peer"] == "127.0.0.1:9" && it["protocol"] == "dns"));
    let listed = session.well(&["net-log", "--days", "1"]).out;
    assert_eq!(listed.lines().count(), questions.len());
    assert!(listed.contains("dns    127.0.0.1:9  MX clinic.example"), "{listed}");
    assert!(!listed.contains("Nothing was asked"));
}

//! `asepsis waive`: a gap accepted for a time; the finding stays.

use crate::support::Session;

const CHECK: &str = "computer.system-disk-encrypted";

fn waive(session: &Session, change: (&str, &str)) -> crate::support::Ran {
    let until = asepsis::config::now().plus_days(30).date();
    let mut terms = [
        ("--until", until.as_str()),
        ("--owner", "A. Manager"),
        ("--reason", "old imaging station"),
        ("--role", "manager"),
    ];
    let check = if change.0 == "CHECK" { change.1 } else { CHECK };
    let mut arguments = vec!["waive", check];
    for (name, value) in &mut terms {
        if *name == change.0 {
            *value = change.1;
        }
        arguments.extend([*name, *value]);
    }
    if change.0 == "--subject" {
        arguments.extend(["--subject", change.1]);
    }
    session.run(&arguments)
}

#[test]
fn the_treatment_changes_and_the_finding_stays() {
    let session = Session::new();
    session.record_now(&[("desk-01", false)]);
    let before = session.json(&["status"]);
    assert_eq!(before["next"][0]["check"], CHECK);
    let waived = waive(&session, ("", ""));
    assert_eq!(waived.code, 0, "{}", waived.err);
    assert!(waived.out.contains("The finding stays; it is shown as accepted."), "{}", waived.out);
    let after = session.json(&["status"]);
    assert_eq!(after["assessment"]["tallies"][CHECK], before["assessment"]["tallies"][CHECK]);
    assert_eq!(after["assessment"]["practices"], before["assessment"]["practices"]);
    assert_eq!(after["next"], serde_json::json!([]));
    let used = &after["assessment"]["waivers"][0];
    assert_eq!((&used["accepts"], &used["expired"]), (&1.into(), &false.into()));
    assert!(used["waiver"]["owner"].as_str().unwrap().starts_with("person-"), "{used}");
    let explained = session.well(&["explain", CHECK]).out;
    assert!(explained.contains("desk-01: fail (accepted)"), "{explained}");
}

#[test]
fn only_one_subject_can_be_accepted() {
    let session = Session::new();
    session.record_now(&[("desk-01", false), ("desk-02", false)]);
    let findings = session.json(&["explain", CHECK])["findings"].clone();
    let subject = findings[0]["subject"].as_str().unwrap().to_owned();
    assert_eq!(waive(&session, ("--subject", &subject)).code, 0);
    let after = session.json(&["status"]);
    assert_eq!(
        (&after["next"][0]["check"], &after["next"][0]["subjects"]),
        (&CHECK.into(), &1.into())
    );
}

#[test]
fn terms_that_cannot_be_are_refused_and_nothing_is_recorded() {
    let session = Session::new();
    let late = asepsis::config::now().plus_days(800).date();
    for (name, value, said) in [
        ("CHECK", "no.such-check", "there is no check \"no.such-check\""),
        ("--until", late.as_str(), "within a year"),
        ("--until", "2020-01-01", "a waiver ends after today"),
        ("--until", "soon", "neither a day as in"),
        ("--reason", "  ", "a waiver needs a reason and an owner"),
        ("--owner", "", "a waiver needs a reason and an owner"),
        ("--reason", "patient 123-45-6789 needs it", "asepsis keeps no patient data"),
    ] {
        let refused = waive(&session, (name, value));
        assert_eq!(refused.code, 1, "{name} {value}");
        assert!(refused.err.contains(said), "{}", refused.err);
        assert!(!refused.err.contains("123-45"), "{}", refused.err);
    }
    assert_eq!(waive(&session, ("--role", "emperor")).code, 2);
    session.ends(2, &["waive", CHECK, "--until", "2026-12-31"]);
    assert_eq!(session.entries(), 0);
}

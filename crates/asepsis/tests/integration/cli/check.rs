//! `asepsis check`: facts, a standing, exit codes.

use crate::support::Session;

#[test]
fn a_first_look_shows_facts_and_a_standing() {
    let session = Session::new();
    let first = session.well(&["check", "--offline"]);
    assert_eq!(first.err, "", "nothing but results, and no progress, in a pipe");
    let line = first.out.lines().next().unwrap();
    assert!(line.starts_with("This computer, ") && line.contains(" facts"), "{line}");
    assert!(first.out.contains("of ten practices, "), "{}", first.out);
    assert!(first.out.contains("1 computer seen"), "{}", first.out);
    for number in 1..=10 {
        let row = format!("{number:>2} ");
        assert!(first.out.lines().any(|line| line.starts_with(&row)), "{number}: {}", first.out);
    }
    let document = session.json(&["check", "computer", "--offline"]);
    let looked = document["looked"][0].clone();
    assert_eq!(looked["schema"], "computer/1");
    assert!(looked["facts"].as_u64().unwrap() > 5, "{looked}");
    assert_eq!(looked["network_questions"], 0);
}

#[test]
fn mail_cannot_be_looked_at_offline_and_that_is_said() {
    let session = Session::new();
    let looked = session.well(&["check", "--offline", "email", "Clinic.Example."]);
    let line = looked.out.lines().next().unwrap();
    assert!(line.starts_with("Mail for clinic.example ...."), "{line}");
    assert!(line.contains("not looked at"), "{line}");
    let why = "  the network is switched off, so DNS was not asked about clinic.example";
    assert_eq!(looked.out.lines().nth(1), Some(why), "{}", looked.out);
    assert!(!looked.out.contains("not so: "), "not looked at is not a finding: {}", looked.out);
    assert!(looked.out.contains("unknown: "), "{}", looked.out);
    // The domain is remembered, once.
    let again = session.json(&["check", "email", "--offline", "clinic.example"]);
    assert!(again["looked"][0]["body"]["skipped"]["reason"].is_string(), "{again}");
    let organization = session.json(&["organization"]);
    assert_eq!(organization["organization"]["domains"], serde_json::json!(["clinic.example"]));
}

#[test]
fn an_id_is_never_broken_over_two_lines() {
    let session = Session::new();
    let looked = session.well(&["check", "--offline", "email", "clinic.example"]).out;
    for line in looked.lines() {
        assert!(!line.ends_with('-'), "{line}");
        let opens = line.matches('[').count();
        assert_eq!(opens, line.matches(']').count(), "{line}");
    }
}

#[test]
fn arguments_that_cannot_be_are_refused_with_2() {
    let session = Session::new();
    for arguments in [
        &["check", "the-weather"][..],
        &["check", "--fail-on", "dreadful"],
        &["check", "--dns", "not-an-address"],
        &["check", "--surprise"],
        &["frobnicate"],
        &[],
    ] {
        let ran = session.ends(2, arguments);
        assert!(!ran.err.is_empty() && ran.out.is_empty(), "{arguments:?}: {}", ran.out);
    }
}

#[test]
fn nothing_to_look_at_ends_with_3() {
    let session = Session::new();
    let nothing = session.run(&["check", "email", "--offline"]);
    insta::assert_snapshot!(nothing.tame(&session), @r"
    Nothing to look at. name a domain: asepsis check email clinic.example
    code 3
    ");
    let document = session.ends(3, &["check", "email", "--offline", "--json"]).json();
    assert_eq!(document["looked"], serde_json::json!([]));
    assert_eq!(session.entries(), 0, "looking at nothing records nothing");
}

#[test]
fn the_present_only() {
    let session = Session::new();
    let past = session.run(&["check", "--offline", "--as-of", "2026-01-01"]);
    insta::assert_snapshot!(past.tame(&session), @r"
    error: check looks at the present
    help: `asepsis status --as-of DATE` shows a past day

    code 1
    ");
}

#[test]
fn fail_on_ends_with_10_only_at_or_above_its_severity() {
    let session = Session::new();
    session.record_now(&[("desk-01", false)]);
    let look = |severity| {
        session.run(&["check", "email", "--offline", "clinic.example", "--fail-on", severity]).code
    };
    // A plain disk is high, not critical.
    assert_eq!([look("low"), look("medium"), look("high"), look("critical")], [10, 10, 10, 0]);
    let until = asepsis::config::now().plus_days(30).date();
    let check = "computer.system-disk-encrypted";
    let waive = ["waive", check, "--until", &until, "--owner", "Kim", "--reason", "replaced soon"];
    session.well(&waive);
    assert_eq!(look("low"), 0, "an accepted finding does not count");
}

#[test]
fn quiet_leaves_the_hints_out() {
    let session = Session::new();
    let loud = session.well(&["check", "computer", "--offline"]).out;
    let quiet = session.well(&["check", "computer", "--offline", "--quiet"]).out;
    assert!(loud.contains("asepsis answer") && !quiet.contains("asepsis answer"), "{quiet}");
}

//! `asepsis explain`: everything that has an id, and every word of the glossary.

use crate::support::{EVENING, Session};

#[test]
fn everything_that_has_a_name_is_explained() {
    let session = Session::clinic();
    for (what, parts) in [
        ("2", &["Practice 2: Endpoint", "Works against: ", "2.S.A"][..]),
        ("2.s.a", &["2.S.A Basic Endpoint Protection", "1 of 3 pass, 1 fail"]),
        ("9.L.D", &["For large organizations", "asepsis organization --adopt 9.L.D"]),
        (
            "computer.system-disk-encrypted",
            &[
                "severity high",
                "✗ desk-01: fail",
                "● desk-02: pass",
                "How to put it in place",
                "Passes if: fact.disk.root_encrypted",
            ],
        ),
        (
            "org.computers",
            &["Who may know: the manager", "Answer it: asepsis answer org.computers"],
        ),
        ("T2", &["T2 ", "What makes it possible", "What it does", "An invented case"]),
        ("t2", &["T2 "]),
        ("dmarc", &["DMARC", "See also: "]),
    ] {
        let explained = session.well(&["explain", what, "--as-of", EVENING]).out;
        for part in parts {
            assert!(explained.contains(part), "{what}: {part}: {explained}");
        }
        assert!(explained.lines().all(|line| line.chars().count() <= 80), "{what}: {explained}");
    }
}

#[test]
fn every_explanation_has_a_document() {
    let session = Session::clinic();
    for (what, schema) in [
        ("2", "asepsis-practice/1"),
        ("endpoint-protection", "asepsis-practice/1"),
        ("2.s.a", "asepsis-sub-practice/1"),
        ("9.L.D", "asepsis-sub-practice/1"),
        ("computer.system-disk-encrypted", "asepsis-check-explained/1"),
        ("org.computers", "asepsis-question/1"),
        ("T2", "asepsis-threat/1"),
        ("DMARC", "asepsis-term/1"),
    ] {
        let document = session.json(&["explain", what, "--as-of", EVENING]);
        assert_eq!(document["schema"], schema, "{what}");
    }
    let large = session.json(&["explain", "9.L.D"]);
    assert_eq!(
        (&large["size"], &large["sub_practice"]),
        (&"large".into(), &serde_json::Value::Null)
    );
}

#[test]
fn a_word_needs_no_home() {
    let session = Session::new();
    let words = session.well(&["explain", "DMARC"]).out;
    assert!(words.starts_with("DMARC\n"), "{words}");
    assert!(!session.home().join("home").exists(), "a home was made for a word");
}

#[test]
fn an_unknown_word_names_those_that_are_near() {
    let session = Session::new();
    let near = session.ends(1, &["explain", "dmar"]);
    insta::assert_snapshot!(near.tame(&session), @r#"
    error: nothing here is called "dmar"
    help: did you mean: DMARC, email.dmarc-current, email.dmarc-enforced, email.dmarc-present, email.dmarc-reports, email.dmarc-subdomains

    code 1
    "#);
    let far = session.ends(1, &["explain", "xyzzy", "--json"]);
    insta::assert_snapshot!(far.tame(&session), @r#"
    error: nothing here is called "xyzzy"
    help: give a practice (1 to 10), a sub-practice (2.S.A), a check, a threat (T1), an action or a word

    code 1
    "#);
    session.ends(2, &["explain"]);
}

//! Told ≠ seen: shown before everything else, with both sides.

use asepsis_core::statement::Answer;

use crate::support::{DAY, EVENING, Session, said};

fn shown(question: &str, answer: &str) -> (Session, String) {
    let session = Session::clinic();
    session.record(DAY, vec![said(question, Answer::One(answer.to_owned()), DAY)]);
    let shown = session.well(&["status", "--as-of", EVENING]).out;
    (session, shown)
}

#[test]
fn all_disks_encrypted_but_one_was_seen_that_is_not() {
    let (session, shown) = shown("endpoint.disk-encryption", "all");
    let head: Vec<&str> = shown.lines().take_while(|line| !line.starts_with(" 1 ")).collect();
    insta::assert_snapshot!(head.join("\n"), @r"
    Maple Street Family Practice: of ten practices, 1 partly, 9 unknown
    small organization · 2 of 3 computers seen · as of 2026-01-10

    You told us one thing, we saw another
      ≠ On 2026-01-10 your IT person said: “Yes, on every computer”
        (endpoint.disk-encryption). Seen: “The system disk is encrypted” fails on 1
        of 3.
    ");
    assert!(shown.contains("told ≠ seen"), "{shown}");
    let document = session.json(&["status", "--as-of", EVENING]);
    let it = &document["assessment"]["contradictions"][0];
    assert_eq!(
        (&it["question"], &it["severity"]),
        (&"endpoint.disk-encryption".into(), &"high".into())
    );
    assert!(!it["evidence"].as_array().unwrap().is_empty(), "{it}");
    let practice = &document["assessment"]["practices"][1];
    assert_eq!(practice["contradicted"], true);
    let explained = session.well(&["explain", "2.S.A", "--as-of", EVENING]).out;
    assert!(explained.contains('≠'), "{explained}");
}

#[test]
fn no_way_in_from_outside_but_one_was_seen() {
    let (session, shown) = shown("org.remote-access", "none");
    assert!(shown.contains("org.remote-access"), "{shown}");
    let document = session.json(&["status", "--as-of", EVENING]);
    let it = &document["assessment"]["contradictions"][0];
    assert_eq!(it["seen"], "seen otherwise on desk-01, desk-02");
}

#[test]
fn an_answer_that_fits_what_was_seen_is_none() {
    let (_, shown) = shown("endpoint.disk-encryption", "some");
    assert!(!shown.contains("You told us one thing"), "{shown}");
}

//! `asepsis status`: the standing of an invented clinic on one day.

use crate::support::{DAY, EVENING, Session};

#[test]
fn a_clinic_on_one_day() {
    let session = Session::clinic();
    let status = session.run(&["status", "--as-of", EVENING, "--quiet"]);
    insta::assert_snapshot!(status.tame(&session), @r"
    Maple Street Family Practice: of ten practices, 1 partly, 9 unknown
    small organization · 2 of 3 computers seen · as of 2026-01-10

     1 Email Protection          ○ ○ ○   unknown → answer 5 questions
     2 Endpoint Protection       ◐       partly: not so: the system disk is
                                         encrypted → 4 h, $0, your IT person
     3 Access Management         ○       unknown → answer 6 questions
     4 Data Protection           ○ ○ ○   unknown → answer 6 questions
     5 IT Asset Management       ○ ○ ○   unknown → answer 3 questions
     6 Network Management        ○ ○ ○   unknown → answer 4 questions
     7 Vulnerability Management  ○       unknown → answer 2 questions
     8 Incident Response         ○ ○     unknown → answer 3 questions
     9 Medical Device Security   ○       unknown → answer 2 questions
    10 Oversight and Governance  ○       unknown → answer 4 questions

    ● in place, seen  ◎ in place, told  ◐ partly  ✗ not in place  ○ unknown  ≠ told
    and seen differ
    Apart, our reading of the 2023 edition, unconfirmed: ○ 10.S.B Cybersecurity Risk
    Assessment and Management, ○ 10.S.C Security Awareness and Training

    Do first
     1. The system disk is encrypted. 4 h, $0, your IT person.
        [computer.system-disk-encrypted]
    code 0
    ");
}

#[test]
fn the_same_day_gives_the_same_bytes() {
    let session = Session::clinic();
    let once = session.well(&["status", "--as-of", EVENING, "--json"]);
    let again = session.well(&["status", "--as-of", EVENING, "--json"]);
    assert_eq!(once.out, again.out);
    let document = once.json();
    assert_eq!(document["assessment"]["as_of"], "2026-01-11T05:59:59.999Z", "the day of Chicago");
    assert_eq!(document["assessment"]["tallies"]["computer.system-disk-encrypted"]["fail"], 1);
    assert_eq!(document["assessment"]["tallies"]["computer.system-disk-encrypted"]["unseen"], 1);
}

#[test]
fn a_time_is_taken_as_it_is_and_nonsense_is_refused() {
    let session = Session::clinic();
    let document = session.json(&["status", "--as-of", DAY]);
    assert_eq!(document["assessment"]["as_of"], "2026-01-10T15:00:00.000Z");
    let nonsense = session.run(&["status", "--as-of", "last Tuesday"]);
    insta::assert_snapshot!(nonsense.tame(&session), @r#"
    error: "last Tuesday" is neither a day as in 2026-11-24 nor a time as in TIME
    help: `asepsis help VERB` shows what can be typed

    code 1
    "#);
}

#[test]
fn nothing_known_is_said_without_blame() {
    let session = Session::new();
    let status = session.well(&["status"]).out;
    assert!(status.contains("of ten practices, 10 unknown"), "{status}");
    assert!(status.contains("no computer seen yet"), "{status}");
    assert!(status.contains("asepsis check email YOUR-DOMAIN"), "{status}");
    assert!(!status.contains("✗") || status.contains("✗ not in place"), "{status}");
    assert_eq!(session.entries(), 0, "to look at a standing records nothing");
}

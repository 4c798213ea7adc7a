//! `asepsis report`: one file, whole or not at all.

use crate::support::{EVENING, Session};

#[test]
fn a_page_for_people_is_written_where_it_is_wanted() {
    let session = Session::clinic();
    let to = session.path("standing.html");
    let said = session.well(&["report", "--as-of", EVENING, "--to", &to]).out;
    assert!(said.starts_with(&format!("Wrote {to} (")), "{said}");
    let html = std::fs::read_to_string(&to).unwrap();
    assert!(html.starts_with("<!DOCTYPE html>") && html.trim_end().ends_with("</html>"));
    assert!(html.contains("Maple Street Family Practice") && html.contains("desk-01"));
    for dangerous in ["<script", "http-equiv=\"refresh\"", "<iframe", "<link"] {
        assert!(!html.contains(dangerous), "{dangerous}");
    }
    session.well(&["report", "--as-of", EVENING, "--to", &session.path("again.html")]);
    assert_eq!(html, std::fs::read_to_string(session.path("again.html")).unwrap());
    assert!(!session.home().join("standing.html.part").exists());
    // Without a name: beside the person who asks, with the day in its name.
    session.well(&["report", "--as-of", EVENING]);
    assert!(session.home().join("asepsis-2026-01-10.html").exists());
}

#[test]
fn a_document_for_programs_goes_to_a_file_or_to_the_pipe() {
    let session = Session::clinic();
    let to = session.path("standing.json");
    let said = session.well(&["report", "--as-of", EVENING, "--json", "--to", &to]);
    assert_eq!(said.out, "");
    let printed = session.well(&["report", "--as-of", EVENING, "--json"]);
    assert_eq!(printed.json()["schema"], "asepsis-report/1");
    assert_eq!(printed.out, std::fs::read_to_string(&to).unwrap());
}

#[test]
fn a_place_that_cannot_be_written_is_named_with_the_cause_and_a_way_out() {
    let session = Session::clinic();
    let to = session.path("nowhere/standing.html");
    let failed = session.ends(1, &["report", "--to", &to]);
    insta::assert_snapshot!(failed.tame(&session), @r"
    error: cannot write TEMP/nowhere/standing.html
      because: No such file or directory (os error 2)
    help: check the path: a folder or file in it does not exist

    code 1
    ");
}

//! Names from outside that try to drive the terminal or the browser.

use asepsis_core::statement::Answer;

use crate::support::{DAY, EVENING, Session, computer, desk, said};

/// Clears the screen, rings, writes backward, closes a tag.
const EVIL: &str = "desk\u{1b}[2J\u{7}\u{202e}\u{9b}31m</td><script>alert(1)</script>";

fn assert_harmless(what: &str, text: &str) {
    let kept = |c: char| c == '\n' || !(c.is_control() || matches!(c, '\u{202a}'..='\u{202e}'));
    let bad: Vec<char> = text.chars().filter(|c| !kept(*c)).collect();
    assert!(bad.is_empty(), "{what}: {bad:?}");
}

#[test]
fn a_name_from_outside_drives_no_terminal() {
    let session = Session::clinic();
    session.record(
        DAY,
        vec![
            computer(EVIL, DAY, &desk(false)),
            said("org.remote-access", Answer::One("none".to_owned()), DAY),
        ],
    );
    session.well(&["organization", "--name", EVIL, "--site", EVIL]);
    for arguments in [
        &["status"][..],
        &["status", "--as-of", EVENING],
        &["explain", "2", "--as-of", EVENING],
        &["explain", "2.S.A", "--as-of", EVENING],
        &["explain", "computer.system-disk-encrypted", "--as-of", EVENING],
        &["organization"],
        &["ledger", "list"],
        &["ledger", "verify"],
        &["answer", "--list"],
    ] {
        let ran = session.well(arguments);
        assert_harmless(&format!("{arguments:?}"), &ran.out);
    }
    let shown = session.well(&["status", "--as-of", EVENING]).out;
    assert!(shown.contains("desk[2J"), "the name is there, what drives is gone: {shown}");
    let error = session.ends(1, &["explain", EVIL]);
    assert_harmless("an error", &error.err);
    let refused = session.ends(1, &["answer", EVIL, "--set", "1"]);
    assert_harmless("an error", &refused.err);
}

#[test]
fn a_name_from_outside_drives_no_browser() {
    let session = Session::clinic();
    session.record(DAY, vec![computer(EVIL, DAY, &desk(false))]);
    session.well(&["report", "--as-of", EVENING, "--to", &session.path("standing.html")]);
    let html = std::fs::read_to_string(session.path("standing.html")).unwrap();
    assert!(!html.contains("<script") && html.contains("&lt;script"), "not escaped");
    assert_harmless("the report", &html);
}

#[test]
fn a_catalog_from_outside_drives_no_terminal() {
    let session = Session::new();
    let folder = session.path("catalog");
    session.well(&["catalog", "write", &folder]);
    let file = session.home().join("catalog/checks/a\u{1b}[2Jb.toml");
    std::fs::write(file, "id = \"\u{202e}\" x").unwrap();
    assert_harmless("lint", &session.ends(1, &["catalog", "lint", &folder]).out);
    assert_harmless("an error", &session.ends(1, &["--catalog", &folder, "status"]).err);
}

//! `asepsis ledger`, `backup`, `restore`: what is recorded is proven, moved and repaired.

use crate::support::{EVENING, Session};

/// The same standing, to the byte.
fn standing(session: &Session) -> String {
    session.well(&["status", "--json", "--as-of", EVENING]).out
}

#[test]
fn verify_list_and_show() {
    let session = Session::clinic();
    insta::assert_snapshot!(session.run(&["ledger", "verify"]).tame(&session), @r"
    5 entries, 0 redacted, sound; a signed head from outside vouches for the first 5 entries
    Root HASH, ledger ID
    code 0
    ");
    insta::assert_snapshot!(session.run(&["ledger", "list"]).tame(&session), @r"
         0  TIME  catalog      hicp-2018-2023
         1  TIME  organization Maple Street Family Practice
         2  TIME  observation  desk-01
         3  TIME  observation  desk-02
         4  TIME  attestation  org.computers
    code 0
    ");
    let two = session.json(&["ledger", "list", "--from", "1", "--limit", "2"]);
    let seqs: Vec<_> =
        two["entries"].as_array().unwrap().iter().map(|it| it["seq"].clone()).collect();
    assert_eq!(seqs, [1, 2]);
    // One entry is a document even without --json.
    let entry = session.well(&["ledger", "show", "4"]).json();
    assert_eq!(
        (&entry["kind"], &entry["body"]["question"]),
        (&"attestation".into(), &"org.computers".into())
    );
    insta::assert_snapshot!(session.run(&["ledger", "show", "99"]).tame(&session), @r"
    error: there is no entry 99
    help: `asepsis ledger list` shows what there is

    code 1
    ");
    session.ends(2, &["ledger", "show", "one"]);
    session.ends(2, &["ledger"]);
}

#[test]
fn an_export_read_elsewhere_gives_the_same_standing() {
    let (one, two) = (Session::clinic(), Session::new());
    let folder = one.path("export");
    let written = one.json(&["ledger", "export", &folder]);
    assert_eq!(written["entries"], 5);
    let full = one.ends(1, &["ledger", "export", &folder]);
    assert!(full.err.contains("help: "), "{}", full.err);
    two.well(&["ledger", "import", &folder]);
    assert_eq!(standing(&one), standing(&two));
    let twice = two.ends(1, &["ledger", "import", &folder]);
    assert!(twice.err.contains("nothing was imported"), "{}", twice.err);
    // Life goes on there.
    two.well(&["answer", "org.medical-devices", "--set", "none"]);
    assert_eq!(two.json(&["ledger", "verify"])["sound"], true);

    // Whoever has the public key can ask who signed; another key did not.
    let key = std::fs::read_to_string(one.home().join("export/key.pub")).unwrap();
    let three = Session::new();
    three.well(&["ledger", "import", &folder, "--key", key.trim()]);
    let other = Session::clinic();
    other.well(&["ledger", "export", &other.path("export")]);
    let foreign = std::fs::read_to_string(other.home().join("export/key.pub")).unwrap();
    Session::new().ends(1, &["ledger", "import", &folder, "--key", foreign.trim()]);
    Session::new().ends(1, &["ledger", "import", &folder, "--key", "no key"]);
    let nowhere = Session::new();
    let missing = nowhere.ends(1, &["ledger", "import", &nowhere.path("nowhere")]);
    insta::assert_snapshot!(missing.tame(&nowhere), @r"
    error: cannot read TEMP/nowhere/key.pub
      because: No such file or directory (os error 2)
    help: check the path: a folder or file in it does not exist

    code 1
    ");
}

#[test]
fn a_backup_brought_back_gives_the_same_standing() {
    let (one, two) = (Session::clinic(), Session::new());
    let file = one.path("backup.db");
    insta::assert_snapshot!(one.run(&["backup", &file]).tame(&one), @r"
    Wrote 5 entries to TEMP/backup.db. Keep it away from this computer, and the key in TEMP/home/keys apart from it.
    code 0
    ");
    insta::assert_snapshot!(one.ends(1, &["backup", &file]).tame(&one), @r"
    error: cannot open the file TEMP/backup.db
      because: File exists (os error 17)
    help: nothing is written over what exists; name another place

    code 1
    ");
    assert_eq!(two.json(&["restore", &file])["entries"], 5);
    assert_eq!(standing(&one), standing(&two));
    let full = two.ends(1, &["restore", &file]);
    assert!(full.err.contains("File exists") || full.err.contains("exists"), "{}", full.err);
    std::fs::write(one.path("torn.db"), &std::fs::read(&file).unwrap()[..5_000]).unwrap();
    Session::new().ends(1, &["restore", &one.path("torn.db")]);
    Session::new().ends(1, &["restore", &one.path("nowhere.db")]);
}

#[test]
fn tables_made_again_say_the_same() {
    let session = Session::clinic();
    let before = standing(&session);
    session.well(&["ledger", "rebuild"]);
    assert_eq!(standing(&session), before);
    session.json(&["ledger", "rebuild"]);
}

#[test]
fn a_body_can_be_deleted_and_that_stays_on_record() {
    let session = Session::clinic();
    let refused = session.ends(1, &["ledger", "redact", "4", "--reason", "it named 123-45-6789"]);
    assert!(refused.err.contains("asepsis keeps no patient data"), "{}", refused.err);
    assert!(!refused.err.contains("123-45"), "{}", refused.err);
    assert_eq!(session.entries(), 5);
    session.well(&["ledger", "redact", "4", "--reason", "typed into the wrong field"]);
    let list = session.well(&["ledger", "list"]).out;
    assert!(list.lines().nth(4).unwrap().contains("(redacted)"), "{list}");
    assert!(list.contains("typed into the"), "{list}");
    assert_eq!(session.json(&["ledger", "show", "4"])["body"], serde_json::Value::Null);
    let verified = session.json(&["ledger", "verify"]);
    assert_eq!((&verified["sound"], &verified["redacted"]), (&true.into(), &1.into()));
    session.ends(1, &["ledger", "redact", "99", "--reason", "x"]);
    session.ends(2, &["ledger", "redact", "1"]);
}

#[test]
fn a_new_key_is_signed_by_the_old_one() {
    let session = Session::clinic();
    let said = session.well(&["ledger", "new-key"]).out;
    assert!(said.starts_with("The ledger is signed by a new key from here on: "), "{said}");
    session.well(&["answer", "org.medical-devices", "--set", "none"]);
    let verified = session.json(&["ledger", "verify"]);
    assert_eq!((&verified["sound"], &verified["fault"]), (&true.into(), &serde_json::Value::Null));
    let head = session.ends(1, &["ledger", "verify", "--head", &session.path("nowhere")]);
    assert!(head.err.contains("cannot read the signed head"), "{}", head.err);
}

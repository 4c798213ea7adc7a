//! The published schema of `--json`: every document of every verb fits it (the harness holds each one
//! that any test reads to it; here are those that no other test reads), a damaged one does not.

use asepsis_core::statement::Answer;
use serde_json::{Value, json};

use crate::support::{DAY, EVENING, Session, fits, said};

#[test]
fn documents_with_everything_in_them_fit() {
    let session = Session::clinic();
    session.record(DAY, vec![said("endpoint.disk-encryption", Answer::One("all".to_owned()), DAY)]);
    session.well(&["check", "--offline"]);
    let until = asepsis::config::now().plus_days(9).date();
    let check = "computer.system-disk-encrypted";
    let waive = ["waive", check, "--until", &until, "--owner", "Kim", "--reason", "later"];
    session.json(&waive);
    for arguments in [
        &["check", "--offline", "--domain", "clinic.example"][..],
        &["status"],
        &["status", "--as-of", EVENING],
        &["report"],
        &["answer", "--list"],
        &["organization", "--size", "large"],
        &["organization", "--sizes"],
        &["net-log"],
        &["status"],
        &["explain", check],
        &["explain", "2"],
        &["ledger", "list"],
        &["ledger", "new-key"],
        &["ledger", "redact", "5", "--reason", "a test"],
        &["ledger", "list"],
        &["ledger", "verify"],
    ] {
        session.json(arguments);
    }
}

#[test]
fn every_schema_named_in_the_source_is_published() {
    let mut folders = vec![std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/cli")];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    let published = include_str!("../../../../../docs/output.schema.json");
    let mut found = 0;
    let is_schema = |it: &&str| {
        let number = it.strip_prefix("asepsis-").and_then(|it| it.rsplit_once('/'));
        number.is_some_and(|(_, number)| number.parse::<u32>().is_ok())
    };
    for path in files {
        let text = std::fs::read_to_string(path).unwrap();
        for part in text.split('"').filter(is_schema) {
            assert!(published.contains(&format!("\"const\": \"{part}\"")), "{part}");
            found += 1;
        }
    }
    assert!(found >= 20, "only {found}");
}

/// Every object in a document, by its JSON pointer.
fn objects(at: &str, value: &Value, out: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            out.push(at.to_owned());
            for (key, value) in map {
                objects(&format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")), value, out);
            }
        }
        // The first of a list speaks for all.
        Value::Array(items) => {
            if let Some(first) = items.first() {
                objects(&format!("{at}/0"), first, out);
            }
        }
        _ => {}
    }
}

#[test]
fn a_damaged_document_does_not_fit() {
    let session = Session::clinic();
    session.record(DAY, vec![said("endpoint.disk-encryption", Answer::One("all".to_owned()), DAY)]);
    let good = session.json(&["status", "--as-of", EVENING]);
    let mut at = Vec::new();
    objects("", &good, &mut at);
    // Maps from ids are open; everything else is closed.
    let open = ["/assessment/tallies", "/assessment/answers", "/assessment/people"];
    for pointer in at.iter().filter(|it| !open.contains(&it.as_str())) {
        let mut extra = good.clone();
        extra.pointer_mut(pointer).unwrap()["surprise"] = true.into();
        assert!(!fits(&extra), "{pointer} takes anything");
    }
    for (pointer, bad) in [
        ("/schema", json!("asepsis-status/9")),
        ("/schema", json!("asepsis-report/1x")),
        ("/assessment/as_of", json!("yesterday")),
        ("/assessment/catalog", json!("abc")),
        ("/assessment/practices/0/state", json!("fine")),
        ("/assessment/practices/0/number", json!(11)),
        ("/assessment/size/by", json!("guessed")),
        ("/assessment/contradictions/0/severity", json!("dire")),
        ("/next/0/effort/hours", json!(-1)),
        ("/assessment/practices", json!([])),
    ] {
        let mut other = good.clone();
        *other.pointer_mut(pointer).unwrap() = bad;
        assert!(!fits(&other), "{pointer}");
    }
}

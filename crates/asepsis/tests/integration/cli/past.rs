//! `--as-of`, `--known-at`: a past day is judged by what was known and by the catalog then in force.

use asepsis_core::statement::Answer;

use crate::support::{EVENING, Session, computer, desk, said};

const CHECK: &str = "computer.system-disk-encrypted";

#[test]
fn what_came_later_is_left_out() {
    let session = Session::clinic();
    let before = session.json(&["status", "--as-of", EVENING]);
    let later = "2026-01-20T15:00:00Z";
    session.record(
        later,
        vec![
            computer("desk-01", later, &desk(true)),
            computer("desk-03", later, &desk(false)),
            said("endpoint.disk-encryption", Answer::One("all".to_owned()), later),
        ],
    );
    let after = session.json(&["status", "--as-of", EVENING]);
    assert_eq!(before["assessment"]["findings"], after["assessment"]["findings"]);
    assert_eq!(before["assessment"]["practices"], after["assessment"]["practices"]);
    assert_eq!(after["assessment"]["contradictions"], serde_json::json!([]));
    let now = session.json(&["status", "--as-of", "2026-01-20"]);
    let tally = &now["assessment"]["tallies"][CHECK];
    assert_eq!((&tally["pass"], &tally["fail"]), (&2.into(), &1.into()));
    assert_eq!(now["assessment"]["contradictions"].as_array().unwrap().len(), 1);
    // What the ledger knew at its fifth entry is what it knew then, to the byte.
    let known = session.well(&["status", "--as-of", EVENING, "--known-at", "5", "--json"]);
    assert_eq!(known.json(), before);
    let none = session.json(&["status", "--as-of", "2020-01-01"]);
    assert_eq!(none["assessment"]["findings"], serde_json::json!([]));
}

#[test]
fn evidence_grows_old() {
    let session = Session::clinic();
    let fresh = session.json(&["status", "--as-of", "2026-02-08"]);
    assert_eq!(fresh["assessment"]["tallies"][CHECK]["pass"], 1);
    let old = session.json(&["status", "--as-of", "2026-03-01"]);
    let tally = &old["assessment"]["tallies"][CHECK];
    assert_eq!((&tally["pass"], &tally["fail"]), (&0.into(), &0.into()), "thirty days are over");
}

#[test]
fn the_catalog_then_in_force_judges() {
    let session = Session::new();
    let folder = session.path("catalog");
    session.well(&["catalog", "write", &folder]);
    let file = session.home().join("catalog/checks/computer/system-disk-encrypted.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replace("\"high\"", "\"critical\"")).unwrap();
    session.well(&["--catalog", &folder, "answer", "org.computers", "--set", "1"]);
    let old_catalog =
        session.json(&["--catalog", &folder, "status"])["assessment"]["catalog"].clone();
    let between = asepsis::config::now().to_string();
    std::thread::sleep(std::time::Duration::from_millis(20));
    session.record_now(&[("desk-01", false)]);

    let then = session.json(&["status", "--as-of", &between]);
    assert_eq!(then["assessment"]["catalog"], old_catalog);
    let now = session.json(&["status"]);
    assert_ne!(now["assessment"]["catalog"], old_catalog);
    assert_eq!(now["next"][0]["severity"], "high");
    let by_today = session.json(&["status", "--as-of", &between, "--todays-catalog"]);
    assert_eq!(by_today["assessment"]["catalog"], now["assessment"]["catalog"]);
    let explained = session.json(&["explain", CHECK, "--as-of", &between]);
    assert_eq!(explained["severity"], "critical");
}

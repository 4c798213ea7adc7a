//! Fleets and lists of accounts through the command line: next day's file, dates that are asked for,
//! faults in the middle, a kill in the middle.
#![expect(clippy::unwrap_used, reason = "helpers of tests, which clippy does not take for tests")]

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

use crate::support::Session;

/// Four days before now, in seconds: what is older says nothing of today.
fn first_day() -> i64 {
    asepsis::config::now().as_millis() / 1000 - 4 * 86_400
}

/// A snapshot log of invented computers on a day; `plain` has lost its encryption by then.
fn log(computers: i64, day: i64, plain: Option<i64>) -> String {
    let first = first_day();
    let mut out = String::new();
    for n in 0..computers {
        let at = first + day * 86_400;
        let mut say = |query: &str, rows: Value| {
            let line = json!({
                "name": format!("pack_asepsis_{query}"), "hostIdentifier": format!("ward-{n}"),
                "unixTime": at, "action": "snapshot", "snapshot": rows,
            });
            out.push_str(&format!("{line}\n"));
        };
        say(
            "asepsis_identity",
            json!([{"hardware_serial": format!("PF{n:06}"), "hostname": format!("ward-{n}")}]),
        );
        say(
            "asepsis_os",
            json!([{"name": "Microsoft Windows 11 Pro", "version": "10.0.26100", "build": "26100", "platform": "windows"}]),
        );
        let on = if plain == Some(n) { "0" } else { "1" };
        say(
            "asepsis_windows_disks",
            json!([{"drive_letter": "C:", "protection_status": on, "conversion_status": "1", "boot_partition": "1"}]),
        );
        say("asepsis_windows_updates", json!([{"date": (first - 3 * 86_400).to_string()}]));
    }
    out
}

fn put(session: &Session, name: &str, text: &str) -> String {
    let path = session.path(name);
    std::fs::write(&path, text).unwrap();
    path
}

#[test]
fn the_next_days_log_records_what_changed_and_all_is_as_fresh_as_it() {
    let session = Session::clinic();
    let before = session.entries();
    let text = log(50, 0, None);
    let first = session.json(&["import", &put(&session, "0.log", &text)]);
    assert_eq!(first["files"][0]["looks"]["computer/1"]["new"], 50);
    assert_eq!(
        session.entries(),
        before + 51 + 1,
        "one for each, one for the file, one for who brought it"
    );
    let next = session.json(&["import", &put(&session, "1.log", &log(50, 2, Some(7)))]);
    let looks = &next["files"][0]["looks"]["computer/1"];
    assert_eq!((&looks["changed"], &looks["again"]), (&json!(1), &json!(49)));
    assert_eq!(session.entries(), before + 52 + 2);
    // The older log once more, under another name and with a line more: nothing newer is overwritten.
    let old = format!("{text}\n");
    let again = session.json(&["import", &put(&session, "old.log", &old)]);
    assert_eq!(again["files"][0]["looks"]["computer/1"]["known"], 50, "{again}");
    let status = session.json(&["status"]);
    let disk = &status["assessment"]["tallies"]["computer.system-disk-encrypted"];
    assert_eq!(disk["fail"], 1, "{disk}");
    // Days that pass by themselves have gone on for those that were only seen again.
    assert_eq!(status["assessment"]["tallies"]["computer.patched-within-month"]["pass"], 50);
}

#[test]
fn a_file_without_its_day_is_taken_when_the_day_is_told() {
    let session = Session::clinic();
    let before = session.entries();
    let roster = put(
        &session,
        "staff.csv",
        "Employee ID,Employee Name,Work Email,Hire Date,Term Date\n44,Ada,ada@clinic.example,1/15/2024,\n",
    );
    let refused = session.ends(1, &["import", &roster]);
    assert!(refused.err.contains("--date"), "{}", refused.err);
    let look = session.well(&["import", &roster, "--dry-run"]).out;
    assert!(look.contains("does not say of which day"), "{look}");
    session.ends(1, &["import", &roster, "--date", "2031-01-01"]);
    session.ends(1, &["import", &roster, "--date", "soon"]);
    assert_eq!(session.entries(), before);
    let taken = session.json(&["import", &roster, "--date", "2026-01-08"]);
    assert_eq!(taken["files"][0]["looks"]["employee/1"]["new"], 1);
    assert_eq!(taken["files"][0]["names"], 1);
    let again = session.json(&["import", &roster, "--date", "2026-01-08"]);
    assert_eq!(again["files"][0]["import"], Value::Null);
}

#[test]
fn a_log_that_is_broken_in_the_middle_records_nothing() {
    let session = Session::clinic();
    let before = session.entries();
    let text = log(30, 0, None);
    let (start, end) = text.split_at(text.len() / 2);
    let broken = put(&session, "broken.log", &format!("{start}\u{0}not json\n{end}"));
    let refused = session.ends(1, &["import", &broken]);
    assert!(refused.err.contains("is damaged at line"), "{}", refused.err);
    assert_eq!(session.entries(), before);
}

#[test]
fn a_kill_in_the_middle_leaves_the_ledger_as_before() {
    let session = Session::clinic();
    let file = put(&session, "fleet.log", &log(3_000, 0, None));
    let before = session.entries();
    for patience in [40, 150, 400, 700, 1_000, 1_400] {
        let mut import = Command::new(env!("CARGO_BIN_EXE_asepsis"))
            .args(["--home", session.home().join("home").to_str().unwrap(), "import", &file])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(patience));
        let _ = import.kill();
        let ended = import.wait().unwrap();
        let now = session.entries();
        if ended.success() {
            assert!(now > before + 3_000, "all of it");
            break;
        }
        // The catalog, the person, the looks and the file: all, or none of them.
        assert!(now == before || now > before + 3_000, "{now} after {patience} ms");
        if now > before {
            break;
        }
    }
    let verified = session.well(&["ledger", "verify"]).out;
    assert!(verified.contains("sound") || verified.contains("as it was"), "{verified}");
    std::io::stdout().flush().unwrap();
}

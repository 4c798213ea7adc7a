//! A new user's first session and what can go wrong in it, through the binary, with nothing around
//! it: an empty environment, a home of its own, no network.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

/// What a run of the program came to.
pub(crate) struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Ran {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}", self.out))
    }
}

pub(crate) struct Session(tempfile::TempDir);

impl Session {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn home(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        self.typed(arguments, "")
    }

    fn typed(&self, arguments: &[&str], input: &str) -> Ran {
        let mut child = Command::new(env!("CARGO_BIN_EXE_asepsis"))
            .env_clear()
            .env("HOME", self.home())
            .env("TZ", "UTC")
            .arg("--home")
            .arg(self.home().join("home"))
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A program that needs no input may be gone before it is written.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let done = child.wait_with_output().unwrap();
        Ran {
            code: done.status.code().unwrap_or(-1),
            out: String::from_utf8(done.stdout).unwrap(),
            err: String::from_utf8(done.stderr).unwrap(),
        }
    }

    /// Runs and expects code 0.
    pub(crate) fn well(&self, arguments: &[&str]) -> Ran {
        let ran = self.run(arguments);
        assert_eq!(ran.code, 0, "{arguments:?}\n{}\n{}", ran.out, ran.err);
        ran
    }
}

#[test]
fn a_first_look_needs_nothing_and_shows_where_you_stand() {
    let session = Session::new();
    let first = session.well(&["check", "--offline"]);
    assert!(first.out.starts_with("This computer, "), "{}", first.out);
    assert!(first.out.contains("of ten practices"), "{}", first.out);
    assert!(first.out.contains("10 Oversight and Governance"), "{}", first.out);
    assert!(first.out.contains("asepsis check email YOUR-DOMAIN"), "{}", first.out);
    assert!(!first.out.contains('\u{1b}') && first.err.is_empty(), "escapes or progress in a pipe");
    assert!(first.out.lines().all(|line| line.chars().count() <= 80), "{}", first.out);
    assert!(!first.out.to_lowercase().contains("compliant"));
    let again = session.well(&["status"]);
    assert!(again.out.contains("1 computer seen"), "{}", again.out);
    let log = session.well(&["net-log"]);
    assert!(log.out.contains("Nothing was asked"), "{}", log.out);
}

#[test]
fn exit_codes_are_as_documented() {
    let session = Session::new();
    assert_eq!(session.run(&["check", "--nonsense"]).code, 2);
    assert_eq!(session.run(&["frobnicate"]).code, 2);
    assert_eq!(session.run(&["check", "email", "--offline"]).code, 3, "no domain is known");
    assert_eq!(session.run(&["check", "computer", "--fail-on", "critical", "--offline"]).code, 0);
    assert_eq!(session.run(&["explain", "no-such-thing"]).code, 1);
    assert_eq!(session.run(&["--help"]).code, 0);
    assert_eq!(session.run(&["--version"]).code, 0);
    assert_eq!(session.run(&["check", "--as-of", "2026-01-01"]).code, 1);
}

#[test]
fn an_error_names_the_thing_the_cause_and_a_way_out() {
    let session = Session::new();
    std::fs::write(session.home().join("home"), "a file where the folder should be").unwrap();
    let failed = session.run(&["status"]);
    assert_eq!(failed.code, 1);
    for part in ["error: ", "because: ", "help: "] {
        assert!(failed.err.contains(part), "{}", failed.err);
    }
    let near = Session::new().run(&["explain", "dmar"]);
    assert!(near.err.contains("did you mean: DMARC"), "{}", near.err);
}

#[test]
fn answers_are_recorded_at_once_and_only_those_that_are_offered() {
    let session = Session::new();
    let wrong = session.run(&["answer", "org.medical-devices", "--set", "perhaps"]);
    assert_eq!(wrong.code, 1);
    assert!(wrong.err.contains("one of none, some"), "{}", wrong.err);
    session.well(&["answer", "org.medical-devices", "--set", "none"]);
    let status = session.well(&["status", "--json"]).json();
    assert_eq!(status["assessment"]["practices"][8]["state"], "not-applicable");

    // A sitting: nonsense, why, back, skip, an answer, "I don't know", stop.
    let sitting = session.typed(&["answer", "--name", "Sam"], "nonsense\nw\n6\nb\ns\n?\nq\n");
    assert_eq!(sitting.code, 0, "{}", sitting.err);
    assert!(sitting.out.contains("Please type a number"), "{}", sitting.out);
    assert!(sitting.out.contains("Better than an answer"), "{}", sitting.out);
    assert!(sitting.out.contains("2 answers recorded"), "{}", sitting.out);
    let ended = session.typed(&["answer"], "");
    assert_eq!(ended.code, 0, "the end of input ends the sitting");

    // All or nothing.
    let size =
        |session: &Session| session.well(&["ledger", "verify", "--json"]).json()["entries"].clone();
    let before = size(&session);
    let mixed = r#"{"answers": [{"question": "org.own-servers", "answer": {"one": "none"}},
                                {"question": "org.own-servers", "answer": {"one": "maybe"}}]}"#;
    assert_eq!(session.typed(&["answer", "--json"], mixed).code, 1);
    assert_eq!(session.typed(&["answer", "--json"], "[]").code, 1);
    assert_eq!(size(&session), before);
    let good = r#"{"answers": [{"question": "org.own-servers", "answer": {"one": "none"}},
                               {"question": "org.computers", "answer": {"number": 7}}]}"#;
    let taken = session.typed(&["answer", "--json", "--role", "it"], good);
    assert_eq!(taken.code, 0, "{}", taken.err);
    assert_eq!(taken.json()["entries"].as_array().unwrap().len(), 2);
}

#[test]
fn a_remark_that_looks_like_patient_data_is_refused_and_not_repeated() {
    let session = Session::new();
    let note = "see patient 123-45-6789 about it";
    let refused = session.run(&["answer", "org.medical-devices", "--set", "none", "--note", note]);
    assert_eq!(refused.code, 1);
    assert!(refused.err.contains("Social Security number"), "{}", refused.err);
    assert!(!refused.err.contains("123-45"), "{}", refused.err);
    assert_eq!(session.well(&["ledger", "verify", "--json"]).json()["entries"], 0);
}

#[test]
fn the_size_comes_from_the_table_and_says_why() {
    let session = Session::new();
    let by_table = session.well(&[
        "organization",
        "--json",
        "--name",
        "Maple Street Family Practice",
        "--fits",
        "physicians=3",
        "--fits",
        "it=small",
        "--fits",
        "complexity=medium",
    ]);
    let size = by_table.json()["size"].clone();
    assert_eq!((size["size"].as_str(), size["by"].as_str()), (Some("small"), Some("table")));
    assert_eq!(size["against"], serde_json::json!(["complexity"]));
    let chosen = session.well(&["organization", "--size", "medium", "--adopt", "7.L.A"]);
    assert!(chosen.out.contains("medium, by your choice"), "{}", chosen.out);
    let status = session.well(&["status", "--json"]).json();
    let seventh = &status["assessment"]["practices"][6]["sub_practices"];
    assert!(
        seventh
            .as_array()
            .unwrap()
            .iter()
            .any(|sub| sub["id"] == "7.L.A" && sub["adopted"] == true)
    );
    for wrong in [
        ["--fits", "physicians=many"],
        ["--fits", "moons=3"],
        ["--adopt", "9.Z.Z"],
        ["--domain", "no dots"],
        ["--zone", "Mars/Olympus"],
    ] {
        assert_eq!(session.run(&["organization", wrong[0], wrong[1]]).code, 1, "{wrong:?}");
    }
}

#[test]
fn told_and_seen_that_differ_are_shown_first() {
    let session = Session::new();
    session.well(&["check", "computer", "--offline"]);
    let status = session.well(&["status", "--json"]).json();
    // Whatever fails on the machine that runs this test, say that it is in place.
    let failing = status["next"].as_array().unwrap().first().cloned();
    let Some(step) = failing else {
        println!("skipped: nothing fails on this computer");
        return;
    };
    let check = step["check"].as_str().unwrap();
    let sub = step["serves"][0].as_str().unwrap();
    let explained = session.well(&["explain", sub, "--json"]).json();
    let parts = explained["sub_practice"]["parts"].as_array().unwrap();
    let part = parts
        .iter()
        .find(|part| part["checks"].as_array().unwrap().iter().any(|it| it["check"] == check))
        .unwrap();
    let part = part["part"].as_str().unwrap();
    let files = asepsis::ops::embedded();
    let catalog = asepsis_core::catalog::Catalog::load(&files).unwrap();
    let question = catalog.questions.iter().find(|it| it.parts().any(|it| it.to_string() == part));
    let question = question.unwrap();
    let all: Vec<&str> = question.answers.iter().map(|it| it.id.as_str()).collect();
    let answer = match question.kind {
        asepsis_core::catalog::Kind::Several => all.join(","),
        _ => all.first().unwrap().to_string(),
    };
    session.well(&["answer", &question.id, "--set", &answer, "--role", "it"]);
    let shown = session.well(&["status"]).out;
    let place = shown.find("You told us one thing, we saw another").expect("no contradiction");
    assert!(place < shown.find(" 1 Email").unwrap(), "{shown}");
    assert!(shown.contains(&question.id), "{shown}");
}

#[test]
fn a_waiver_changes_the_treatment_and_not_the_finding() {
    let session = Session::new();
    session.well(&["check", "computer", "--offline"]);
    let status = session.well(&["status", "--json"]).json();
    let Some(step) = status["next"].as_array().unwrap().first().cloned() else {
        println!("skipped: nothing fails on this computer");
        return;
    };
    let check = step["check"].as_str().unwrap();
    let until = asepsis::config::now().plus_days(30).date();
    let late = asepsis::config::now().plus_days(800).date();
    let waive = |until: &str, check: &str| {
        session.run(&[
            "waive",
            check,
            "--until",
            until,
            "--owner",
            "A. Manager",
            "--reason",
            "old station",
        ])
    };
    let fail_on_low = ["check", "computer", "--offline", "--fail-on", "low"];
    assert_eq!(session.run(&fail_on_low).code, 10);
    assert_eq!(waive(&late, check).code, 1);
    assert_eq!(waive("2020-01-01", check).code, 1);
    assert_eq!(waive(&until, "no.such-check").code, 1);
    assert_eq!(waive(&until, check).code, 0);
    let after = session.well(&["status", "--json"]).json();
    assert_eq!(after["assessment"]["tallies"][check], status["assessment"]["tallies"][check]);
    assert!(!after["next"].as_array().unwrap().iter().any(|it| it["check"] == check));
    // The owner's name stands in a person entry only.
    let waiver = &after["assessment"]["waivers"][0]["waiver"];
    assert!(waiver["owner"].as_str().unwrap().starts_with("person-"), "{waiver}");
}

#[test]
fn a_report_is_one_file_and_a_past_day_can_be_asked_for() {
    let session = Session::new();
    session.well(&["check", "--offline"]);
    let file = session.home().join("standing.html");
    session.well(&["report", "--to", file.to_str().unwrap()]);
    let html = std::fs::read_to_string(&file).unwrap();
    assert!(html.starts_with("<!DOCTYPE html>") && !html.contains("<script"), "{}", &html[..200]);
    let json = session.home().join("standing.json");
    session.well(&["report", "--json", "--to", json.to_str().unwrap()]);
    let report: Value = serde_json::from_str(&std::fs::read_to_string(&json).unwrap()).unwrap();
    assert_eq!(report["schema"], "asepsis-report/1");
    let past = session.well(&["status", "--as-of", "2020-01-01", "--json"]).json();
    assert_eq!(past["assessment"]["findings"], serde_json::json!([]));
    assert_eq!(session.run(&["status", "--as-of", "someday"]).code, 1);
}

#[test]
fn the_ledger_moves_to_another_home_with_the_same_assessment() {
    let (one, two, three) = (Session::new(), Session::new(), Session::new());
    one.well(&["check", "--offline"]);
    one.well(&["answer", "org.computers", "--set", "3"]);
    let day = asepsis::config::now().plus_days(1).date();
    let standing = |session: &Session| session.well(&["status", "--json", "--as-of", &day]).out;
    let export = one.home().join("export");
    one.well(&["ledger", "export", export.to_str().unwrap()]);
    two.well(&["ledger", "import", export.to_str().unwrap()]);
    assert_eq!(standing(&one), standing(&two));
    let backup = one.home().join("backup.db");
    one.well(&["backup", backup.to_str().unwrap()]);
    three.well(&["restore", backup.to_str().unwrap()]);
    assert_eq!(standing(&one), standing(&three));
    one.well(&["ledger", "rebuild"]);
    assert_eq!(standing(&one), standing(&three));
    one.well(&["ledger", "new-key"]);
    let verified = one.well(&["ledger", "verify", "--json"]).json();
    assert_eq!((&verified["sound"], &verified["fault"]), (&Value::Bool(true), &Value::Null));
    assert_eq!(one.run(&["ledger", "show", "9999"]).code, 1);
    one.well(&["ledger", "redact", "2", "--reason", "typed by mistake"]);
    assert!(one.well(&["ledger", "list"]).out.contains("(redacted)"));
}

#[test]
fn every_kind_of_thing_can_be_explained() {
    let session = Session::new();
    for (what, expected) in [
        ("1", "Practice 1"),
        ("2.S.A", "Basic Endpoint Protection"),
        ("9.L.D", "For large organizations"),
        ("email.dmarc-enforced", "How to put it in place"),
        ("org.computers", "Who may know"),
        ("T2", "An invented case"),
        ("DMARC", "DMARC"),
        ("405(d)", "405(d)"),
    ] {
        let said = session.well(&["explain", what]).out;
        assert!(said.contains(expected), "{what}: {said}");
    }
    assert!(session.well(&["completions", "bash"]).out.contains("_asepsis"));
    assert!(session.well(&["man"]).out.contains(".TH asepsis"));
}

#[test]
fn the_catalog_lints_and_says_what_is_unconfirmed() {
    let session = Session::new();
    let lint = session.well(&["catalog", "lint"]).out;
    assert!(
        lint.contains("5 threats, 10 practices, 95 sub-practices (89 in the standing)"),
        "{lint}"
    );
    assert!(lint.ends_with("0 problems\n"), "{lint}");
    let review = session.well(&["catalog", "review"]).out;
    assert!(review.contains("fields are not sourced"), "{review}");
    let folder = session.home().join("catalog");
    session.well(&["catalog", "write", folder.to_str().unwrap()]);
    let check = folder.join("checks/email/dmarc-enforced.toml");
    let text = std::fs::read_to_string(&check).unwrap();
    std::fs::write(&check, text.replace("expect = \"fail\"", "expect = \"pass\"")).unwrap();
    let broken = session.run(&["catalog", "lint", folder.to_str().unwrap()]);
    assert_eq!(broken.code, 1);
    assert!(broken.out.contains("checks/email/dmarc-enforced.toml:"), "{}", broken.out);
}

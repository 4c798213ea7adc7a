//! What surrounds the verbs: help, version, completions, the manual page, a home that cannot be
//! used, output in a pipe.

use crate::support::Session;

#[test]
fn help_shows_every_verb_and_where_to_begin() {
    let session = Session::new();
    let help = session.well(&["--help"]).out;
    for verb in [
        "check",
        "answer",
        "status",
        "explain",
        "schedule",
        "report",
        "organization",
        "waive",
        "ledger",
        "backup",
        "restore",
        "net-log",
        "catalog",
        "completions",
        "man",
    ] {
        assert!(help.contains(&format!("\n  {verb} ")), "{verb}: {help}");
        assert!(session.well(&[verb, "--help"]).out.contains("Usage: "), "{verb}");
    }
    assert!(help.contains("Begin with:  asepsis check"), "{help}");
    assert!(!help.to_lowercase().contains("compliant"), "{help}");
    let version = session.well(&["--version"]).out;
    assert_eq!(version, format!("asepsis {}\n", env!("CARGO_PKG_VERSION")));
    assert!(!session.home().join("home").exists(), "help made a home");
}

#[test]
fn completions_and_the_manual_page() {
    let session = Session::new();
    for (shell, part) in
        [("bash", "_asepsis()"), ("zsh", "#compdef asepsis"), ("fish", "complete -c asepsis")]
    {
        let completions = session.well(&["completions", shell]).out;
        assert!(completions.contains(part) && completions.contains("net-log"), "{shell}");
    }
    session.ends(2, &["completions", "abacus"]);
    let man = session.well(&["man"]).out;
    assert!(man.contains(".TH asepsis") && man.contains("net\\-log"), "no manual page");
}

#[test]
fn a_home_that_cannot_be_used_is_named_with_cause_and_help() {
    let session = Session::new();
    std::fs::write(session.home().join("home"), "a file where the folder should be").unwrap();
    let failed = session.run(&["status"]);
    insta::assert_snapshot!(failed.tame(&session), @r"
    error: cannot open the file TEMP/home/data/ledger.db
      because: Not a directory (os error 20)
    help: check that the folder can be written and has space, or that the database answers; `--home DIR` and `--store URL` name others

    code 1
    ");
    let program = std::process::Command::new(env!("CARGO_BIN_EXE_asepsis"))
        .env_clear()
        .arg("status")
        .output()
        .unwrap();
    let said = String::from_utf8(program.stderr).unwrap();
    insta::assert_snapshot!(said, @r"
    error: no folder to keep data in: neither HOME nor XDG_DATA_HOME is set
    help: name a folder with --home DIR
    ");
}

#[test]
fn a_ledger_that_is_none_is_said() {
    let session = Session::clinic();
    std::fs::write(session.ledger_file(), "not a database").unwrap();
    let failed = session.ends(1, &["status"]);
    for part in ["error: ", "because: ", "help: "] {
        assert!(failed.err.contains(part), "{}", failed.err);
    }
}

#[test]
fn a_pipe_gets_no_colors_and_no_progress() {
    let session = Session::clinic();
    for arguments in [
        &["check", "computer", "--offline"][..],
        &["check", "email", "--offline", "clinic.example"],
        &["status"],
        &["answer", "--list"],
        &["explain", "2"],
        &["explain", "computer.system-disk-encrypted"],
        &["organization"],
        &["ledger", "list"],
        &["ledger", "verify"],
        &["catalog", "lint"],
        &["catalog", "review"],
        &["net-log"],
    ] {
        let ran = session.well(arguments);
        assert!(!ran.out.contains('\u{1b}') && !ran.out.contains('\r'), "{arguments:?}");
        assert_eq!(ran.err, "", "{arguments:?}");
    }
}

#[test]
fn the_environment_says_where_the_home_is() {
    let session = Session::new();
    let home = session.path("elsewhere");
    let ran = std::process::Command::new(env!("CARGO_BIN_EXE_asepsis"))
        .env_clear()
        .env("ASEPSIS_HOME", &home)
        .args(["answer", "org.computers", "--set", "3"])
        .output()
        .unwrap();
    assert!(ran.status.success());
    for part in ["data/ledger.db", "keys", "heads"] {
        assert!(std::path::Path::new(&home).join(part).exists(), "{part}");
    }
}

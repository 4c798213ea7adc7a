//! `asepsis schedule`: files for the system's scheduler; nothing is installed, no home is made.

use crate::support::Session;

#[test]
fn files_are_written_and_the_next_step_is_said() {
    let session = Session::new();
    let to = session.path("my units");
    let said = session.well(&["schedule", "--for", "systemd", "--to", &to]);
    assert!(said.out.contains("Nothing is installed yet. Type next:"), "{}", said.out);
    assert!(said.out.contains("systemctl --user enable --now asepsis-check.timer"), "{}", said.out);
    let read = |name: &str| std::fs::read_to_string(format!("{to}/{name}")).unwrap();
    let service = read("asepsis-check.service");
    let line = service.lines().find(|it| it.starts_with("ExecStart=")).unwrap();
    // The program and the home as absolute paths.
    assert!(line.contains("/asepsis") && line.contains(" check --quiet --home "), "{line}");
    assert!(line.contains(&session.home().display().to_string()), "{line}");
    assert!(read("asepsis-check.timer").contains("Persistent=true"));
    let document = session.json(&["schedule", "--for", "systemd"]);
    assert_eq!(document["files"][0]["text"], service);
    assert!(!session.home().join("home").exists(), "schedule made a home");
}

#[test]
fn without_a_folder_it_is_printed() {
    let session = Session::new();
    let cron = session.well(&["schedule", "--for", "cron", "--quiet"]).out;
    assert_eq!(cron.lines().count(), 2, "{cron}");
    assert!(cron.ends_with(" >/dev/null\n"), "{cron}");
    let task = session.well(&["schedule", "--for", "windows"]).out;
    assert!(task.starts_with("<?xml version=\"1.0\"?>\n<Task version=\"1.2\""), "{task}");
    assert!(task.contains("asepsis schedule --for windows --to DIR"), "{task}");
}

#[test]
fn a_password_is_not_written_down() {
    let session = Session::new();
    let store = "postgres://me:s3cret@db.example/ledger";
    let refused = session.ends(1, &["schedule", "--for", "cron", "--store", store]);
    assert!(refused.err.contains("help: leave it out of the address"), "{}", refused.err);
    assert!(!refused.err.contains("s3cret"), "{}", refused.err);
}

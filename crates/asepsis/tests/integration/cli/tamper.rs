//! Somebody changes the database file behind the program's back: `ledger verify` ends with 1 and
//! names the entry, and nothing more is recorded on top of it.
#![expect(clippy::unwrap_used, reason = "helpers of tests, which clippy does not take for tests")]

use asepsis_store::sqlx::{self, AnyPool};

use crate::support::Session;

/// Runs SQL as whoever owns the file can: triggers stop nobody who drops them first.
fn behind_its_back(session: &Session, sql: &'static str) {
    sqlx::any::install_default_drivers();
    let url = format!("sqlite:{}", session.ledger_file().display());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let pool = AnyPool::connect(&url).await.unwrap();
        for statement in
            ["DROP TRIGGER ledger_entry_update", "DROP TRIGGER ledger_entry_delete", sql]
        {
            sqlx::raw_sql(statement).execute(&pool).await.unwrap();
        }
        pool.close().await;
    });
}

#[test]
fn a_changed_body_is_found_and_its_entry_named() {
    let session = Session::clinic();
    session.well(&["ledger", "verify"]);
    behind_its_back(
        &session,
        "UPDATE ledger_entry SET body = REPLACE(body, '\"number\":3', '\"number\":2') WHERE seq = 4",
    );
    let verified = session.run(&["ledger", "verify"]);
    insta::assert_snapshot!(verified.tame(&session), @r"
    NOT SOUND: entry 4: its body is not the one that was recorded; a signed head from outside vouches for the first 5 entries
    Root HASH, ledger ID
    code 1
    ");
    let document = session.ends(1, &["ledger", "verify", "--json"]).json();
    assert_eq!(document["sound"], false);
    assert!(document["fault"].as_str().unwrap().contains("entry 4"), "{document}");
    Session::new().ends(1, &["ledger", "import", &session.path("nothing")]);
    session.ends(1, &["ledger", "export", &session.path("export")]);
}

#[test]
fn a_missing_entry_is_found() {
    let session = Session::clinic();
    behind_its_back(&session, "DELETE FROM ledger_entry WHERE seq = 2");
    let verified = session.ends(1, &["ledger", "verify", "--json"]).json();
    assert_eq!(verified["sound"], false);
    assert!(verified["fault"].as_str().unwrap().contains("entry 2"), "{verified}");
}

#[test]
fn an_old_file_put_back_is_found_by_the_signed_head_outside() {
    let session = Session::clinic();
    let old = session.path("old.db");
    session.well(&["backup", &old]);
    session.well(&["answer", "org.medical-devices", "--set", "none"]);
    for part in ["ledger.db-wal", "ledger.db-shm"] {
        let _ = std::fs::remove_file(session.ledger_file().with_file_name(part));
    }
    std::fs::copy(&old, session.ledger_file()).unwrap();
    let verified = session.run(&["ledger", "verify"]);
    insta::assert_snapshot!(verified.tame(&session), @r"
    NOT SOUND: entry 5: it is missing; a signed head from outside vouches for the first 7 entries
    Root HASH, ledger ID
    code 1
    ");
    assert_eq!(session.ends(1, &["ledger", "verify", "--json"]).json()["sound"], false);
    // Nothing is recorded on top of it.
    let refused = session.ends(1, &["answer", "org.medical-devices", "--set", "some"]);
    for part in ["of 7 entries", "a ledger of 5", "entries were cut", "asepsis ledger verify"] {
        assert!(refused.err.contains(part), "{part}: {}", refused.err);
    }
}

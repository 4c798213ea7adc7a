//! What becomes of the private tables: carried by a backup, kept by a rebuild, never exported, made
//! where they are missing.

use super::accounts::{account, hash};
use super::sessions::session;
use super::*;
use asepsis_store::accounts::Account;
use asepsis_store::sign::{Heads, Keys};

/// A word that stands in a row of each private table.
const MARK: &str = "Zanzibar-4711";

/// The private tables of the practice book.
const TABLES: [&str; 8] = [
    "account",
    "recovery_code",
    "session",
    "sign_in_failure",
    "vendor_link",
    "job",
    "setting",
    "upload",
];

async fn filled(store: &Store) {
    let ada = Account { name: MARK.into(), totp: Some(MARK.into()), ..account("ada") };
    store.create_account(ORG, &ada).await.unwrap();
    store.replace_recovery_codes(ORG, &ada.id, &[hash(MARK)]).await.unwrap();
    let mut session = session();
    session.agent = MARK.into();
    store.create_session(ORG, hash(MARK), &session).await.unwrap();
    store.note_failure(ORG, MARK, now()).await.unwrap();
    let mut link = links::link(MARK);
    link.vendor = MARK.into();
    store.create_vendor_link(ORG, &link).await.unwrap();
    let mut job = jobs::job(0);
    job.detail = MARK.into();
    store.enqueue(ORG, &job).await.unwrap();
    store.set_setting(ORG, "mark", MARK).await.unwrap();
    let mut upload = uploads::upload("a");
    upload.name = MARK.into();
    store.keep_upload(ORG, &upload).await.unwrap();
    let entries = vec![attestation("email.agreement"), note(1)];
    store.append(ORG, entries, now(), &Counted::default()).await.unwrap();
}

/// All that `filled` put there, as it is read back.
async fn assert_filled(store: &Store) {
    for table in TABLES {
        let sql = AssertSqlSafe(format!("SELECT * FROM {table}"));
        let rows = sqlx::query(sql).fetch_all(store.db().writer()).await.unwrap();
        assert_eq!(rows.len(), 1, "{table}");
    }
    let (kept, ada) = store.session(ORG, hash(MARK), now()).await.unwrap().unwrap();
    assert_eq!((kept.agent.as_str(), ada.name.as_str()), (MARK, MARK));
    assert_eq!((ada.totp.as_deref(), ada.passphrase), (Some(MARK), account("ada").passphrase));
    assert_eq!(store.unused_recovery_codes(ORG, &ada.id).await.unwrap(), 1);
    assert_eq!(store.failures(ORG, MARK).await.unwrap().unwrap().count, 1);
    let link = store.vendor_link_by_token(ORG, hash(MARK)).await.unwrap().unwrap();
    assert_eq!(link.vendor, MARK);
    assert_eq!(store.unfinished_jobs(ORG).await.unwrap()[0].detail, MARK);
    assert_eq!(store.setting(ORG, "mark").await.unwrap().as_deref(), Some(MARK));
    assert_eq!(store.uploads(ORG, "account-ada", now()).await.unwrap()[0].name, MARK);
    // The first account stays the first.
    assert!(!store.claim_first_account(ORG, &account("eve")).await.unwrap());
}

#[test]
fn a_backup_carries_the_private_tables_and_a_rebuild_keeps_them() {
    on_each(async |database: Database| {
        let store = database.store().await;
        filled(&store).await;
        store.rebuild(ORG).await.unwrap();
        assert_filled(&store).await;
        if database.is_sqlite() {
            let backup = database.folder.path().join("backup.db");
            store.backup(&backup).await.unwrap();
            let url = format!("sqlite:{}", database.folder.path().join("new/ledger.db").display());
            let restored = Store::restore(&backup, &url).await.unwrap();
            assert_filled(&restored).await;
            restored.close().await;
        }
        store.close().await;
    });
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn an_export_holds_nothing_of_the_private_tables() {
    on_each(async |database: Database| {
        let store = database.store().await;
        filled(&store).await;
        let root = database.folder.path();
        let heads = Heads::new(root.join("heads"));
        let signer = Keys::new(root.join("keys")).signer(ORG, &heads, &Counted::default()).unwrap();
        store.export(ORG, &root.join("export"), &signer).await.unwrap();
        let files = files(&root.join("export"));
        assert!(files.len() >= 4, "{files:?}");
        for path in files {
            let bytes = std::fs::read(&path).unwrap();
            let text = String::from_utf8_lossy(&bytes);
            for mark in [MARK, "argon2id", "account-ada", &hash(MARK).to_string()] {
                assert!(!text.contains(mark), "{} holds {mark}", path.display());
            }
        }
        store.close().await;
    });
}

#[test]
fn a_database_of_the_tables_before_is_brought_up_to_date() {
    macro_rules! migration {
        ($path:literal) => {
            include_str!(concat!("../../../../asepsis-store/migrations/", $path))
        };
    }
    on_each(async |database: Database| {
        sqlx::any::install_default_drivers();
        let (url, append_only) = if database.is_sqlite() {
            std::fs::create_dir_all(database.folder.path().join("data")).unwrap();
            let append_only = migration!("sqlite/0001_append_only.sql");
            (format!("{}?mode=rwc", database.url), append_only)
        } else {
            (database.url.clone(), migration!("postgres/0001_append_only.sql"))
        };
        let old = AnyPool::connect(&url).await.unwrap();
        for sql in [
            migration!("0001_ledger.sql"),
            migration!("0002_read.sql"),
            migration!("0003_private.sql"),
            append_only,
            "CREATE TABLE schema_migration (version BIGINT NOT NULL PRIMARY KEY)",
            "INSERT INTO schema_migration (version) VALUES (1), (2), (3), (4)",
            "INSERT INTO net_log VALUES ('clinic', 1, 'dns', '192.0.2.53', 'MX')",
        ] {
            run(&old, sql).await;
        }
        old.close().await;
        let store = database.store().await;
        filled(&store).await;
        assert_filled(&store).await;
        assert_eq!(store.calls(ORG, Timestamp::from_millis(0), 9).await.unwrap().len(), 1);
        assert_eq!(store.size(ORG).await.unwrap(), 2);
        store.close().await;
        // And opens again as it is.
        let store = database.store().await;
        assert_filled(&store).await;
        store.close().await;
    });
}

//! Export, import, backup, restore.

use super::*;
use asepsis_store::sign::{Heads, Keys};

/// Something done to a folder.
type Damage = Box<dyn Fn(&Path)>;

async fn filled(store: &Store) {
    let random = Counted::default();
    let mut entries = notes(600);
    entries.push(observation("dns:a.example", "2026-10-01T00:00:00.000Z"));
    entries.push(attestation("email.agreement"));
    entries.push(NewEntry { idempotency: Some("job-1".into()), body: json!(null), ..note(0) });
    store.append(ORG, entries, now(), &random).await.unwrap();
    store.redact(ORG, 5, "a name", "person-1", now(), &random).await.unwrap();
    store.append(ORG, notes(2), at("2026-11-25T00:00:00Z"), &random).await.unwrap();
}

fn sqlite(database: &Database, name: &str) -> String {
    format!("sqlite:{}", database.folder.path().join(name).join("ledger.db").display())
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(&path, &target).unwrap();
        }
    }
}

/// A folder in which no head was signed yet.
fn no_heads(root: &Path) -> Heads {
    Heads::new(root.join("no-heads"))
}

#[test]
fn a_ledger_goes_from_sqlite_to_another_database_and_back_with_the_same_root() {
    on_each(async |database: Database| {
        let root = database.folder.path();
        let signer =
            Keys::new(root.join("keys")).signer(ORG, &no_heads(root), &Counted::default()).unwrap();
        let first = Store::open(&sqlite(&database, "first")).await.unwrap();
        filled(&first).await;
        let head = first.export(ORG, &root.join("export-1"), &signer).await.unwrap();
        assert!(first.export(ORG, &root.join("export-1"), &signer).await.is_err());

        let second = database.store().await;
        let taken = second.import(&root.join("export-1"), Some(signer.verifier())).await.unwrap();
        assert_eq!(taken, head);
        assert!(second.import(&root.join("export-1"), None).await.is_err(), "twice");
        second.export(ORG, &root.join("export-2"), &signer).await.unwrap();
        let third = Store::open(&sqlite(&database, "third")).await.unwrap();
        third.import(&root.join("export-2"), None).await.unwrap();

        let entries = first.entries(ORG, 0, 10_000).await.unwrap();
        let evidence = first.evidence(ORG, None, None).await.unwrap();
        assert_eq!(evidence.len(), 2);
        for store in [&second, &third] {
            assert_eq!(store.entries(ORG, 0, 10_000).await.unwrap(), entries);
            assert_eq!(store.head(ORG).await.unwrap(), first.head(ORG).await.unwrap());
            assert_eq!(store.evidence(ORG, None, None).await.unwrap(), evidence);
            assert!(store.verify(ORG, Some(&head)).await.unwrap().is_sound());
            // It goes on where it was.
            store.append(ORG, notes(1), now(), &Counted::default()).await.unwrap();
            assert!(store.verify(ORG, Some(&head)).await.unwrap().is_sound());
        }
        for store in [first, second, third] {
            store.close().await;
        }
    });
}

#[test]
fn an_export_that_was_tampered_with_is_not_taken_in() {
    on_each(async |database: Database| {
        let root = database.folder.path();
        let keys = Keys::new(root.join("keys"));
        let signer = keys.signer(ORG, &no_heads(root), &Counted::default()).unwrap();
        let store = Store::open(&sqlite(&database, "first")).await.unwrap();
        filled(&store).await;
        store.export(ORG, &root.join("whole"), &signer).await.unwrap();
        store.close().await;

        let target = database.store().await;
        let replace = |name: &'static str, from: &'static str, to: &'static str| {
            move |folder: &Path| {
                let bytes = std::fs::read(folder.join(name)).unwrap();
                let text = String::from_utf8_lossy(&bytes);
                let changed = text.replacen(from, to, 1);
                assert_ne!(text, changed, "{name}");
                std::fs::write(folder.join(name), changed).unwrap();
            }
        };
        let flip = |name: &'static str, at: usize| {
            move |folder: &Path| {
                let mut bytes = std::fs::read(folder.join(name)).unwrap();
                bytes[at] ^= 1;
                std::fs::write(folder.join(name), bytes).unwrap();
            }
        };
        let cut = |name: &'static str, by: usize| {
            move |folder: &Path| {
                let bytes = std::fs::read(folder.join(name)).unwrap();
                std::fs::write(folder.join(name), &bytes[..bytes.len() - by]).unwrap();
            }
        };
        let damages: Vec<(&str, Damage)> = vec![
            ("body", Box::new(replace("bodies.jsonl", "\"n\":7,", "\"n\":8,"))),
            (
                "body dropped",
                Box::new(replace("bodies.jsonl", "{\"body\":{\"n\":7,", "{\"bodi\":{\"n\":7,")),
            ),
            ("line cut", Box::new(cut("bodies.jsonl", 40))),
            ("line more", Box::new(replace("bodies.jsonl", "\n", "\n{\"seq\":1}\n"))),
            ("bundle", Box::new(flip("tile/entries/000", 60))),
            ("bundle cut", Box::new(cut("tile/entries/001", 1))),
            ("tile", Box::new(flip("tile/0/000", 3))),
            ("top tile", Box::new(flip("tile/1/000.p/2", 3))),
            ("size", Box::new(replace("checkpoint", "\n606\n", "\n605\n"))),
            (
                "no head",
                Box::new(|folder| std::fs::remove_file(folder.join("checkpoint")).unwrap()),
            ),
            (
                "no bodies",
                Box::new(|folder| std::fs::remove_file(folder.join("bodies.jsonl")).unwrap()),
            ),
            ("key", Box::new(flip("key.pub", 40))),
        ];
        for (name, damage) in damages {
            let folder = root.join("damaged");
            copy(&root.join("whole"), &folder);
            damage(&folder);
            let refused = target.import(&folder, None).await;
            assert!(refused.is_err(), "{name}");
            assert_eq!(target.size(ORG).await.unwrap(), 0, "{name}");
            std::fs::remove_dir_all(&folder).unwrap();
        }
        let stranger =
            Keys::new(root.join("other")).signer(ORG, &no_heads(root), &Counted(7.into())).unwrap();
        assert!(target.import(&root.join("whole"), Some(stranger.verifier())).await.is_err());
        assert_eq!(target.size(ORG).await.unwrap(), 0);
        target.import(&root.join("whole"), Some(signer.verifier())).await.unwrap();
        target.close().await;
    });
}

#[test]
fn a_backup_restores_everything_and_a_bad_one_nothing() {
    on_each(async |database: Database| {
        let backup = database.folder.path().join("backup.db");
        let store = database.store().await;
        filled(&store).await;
        if !database.is_sqlite() {
            let refused = store.backup(&backup).await.unwrap_err();
            assert!(refused.to_string().contains("pg_dump"), "{refused}");
            store.close().await;
            return;
        }
        let call = asepsis_store::net_log::NetCall {
            at: now(),
            protocol: "dns".into(),
            peer: "192.0.2.53".into(),
            what: "MX".into(),
        };
        store.note_calls(ORG, std::slice::from_ref(&call)).await.unwrap();
        store.backup(&backup).await.unwrap();
        assert!(store.backup(&backup).await.is_err(), "never over a file");
        #[cfg(unix)]
        assert_eq!(mode(&backup), 0o600);
        let restored = Store::restore(&backup, &sqlite(&database, "restored")).await.unwrap();
        let all = store.entries(ORG, 0, 10_000).await.unwrap();
        assert_eq!(restored.entries(ORG, 0, 10_000).await.unwrap(), all);
        assert_eq!(restored.calls(ORG, now(), 10).await.unwrap(), [call]);
        restored.append(ORG, notes(1), now(), &Counted::default()).await.unwrap();
        restored.close().await;
        assert!(
            Store::restore(&backup, &sqlite(&database, "restored")).await.is_err(),
            "over a file"
        );

        // A backup in which an entry was changed is not put in place.
        run(store.db().writer(), "DROP TRIGGER ledger_entry_update").await;
        run(store.db().writer(), "UPDATE ledger_entry SET author = 'me' WHERE seq = 9").await;
        let bad = database.folder.path().join("bad.db");
        store.backup(&bad).await.unwrap();
        let refused = Store::restore(&bad, &sqlite(&database, "bad")).await.unwrap_err();
        assert!(refused.to_string().contains("entry 9"), "{refused}");
        assert!(!database.folder.path().join("bad/ledger.db").exists());
        std::fs::write(&bad, "no database").unwrap();
        assert!(Store::restore(&bad, &sqlite(&database, "bad")).await.is_err());
        store.close().await;
    });
}

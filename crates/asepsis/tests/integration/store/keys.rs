//! Keys, signed heads outside the data, the change of a key, and who may read the files.

use super::*;
use asepsis_store::sign::{Heads, KeyChange, Keys, SignError};
use asepsis_store::verify::Tail;

#[test]
fn heads_are_signed_outside_the_data_and_hold_the_ledger_to_its_length() {
    on_each(async |database: Database| {
        let store = database.store().await;
        let random = Counted::default();
        let keys = Keys::new(database.folder.path().join("keys"));
        let heads = Heads::new(database.folder.path().join("heads"));
        let signer = keys.signer(ORG, &heads, &random).unwrap();
        assert_eq!(keys.signer(ORG, &heads, &random).unwrap().verifier(), signer.verifier());
        assert_eq!(heads.newest(ORG, signer.verifier()).unwrap(), None);
        store.append(ORG, notes(3), now(), &random).await.unwrap();
        heads.sign(&store, ORG, &signer, now()).await.unwrap();
        store.append(ORG, notes(4), now(), &random).await.unwrap();
        let note = heads.sign(&store, ORG, &signer, now()).await.unwrap();
        assert!(note.starts_with("asepsis/clinic\n7\n"), "{note}");
        let head = heads.newest(ORG, signer.verifier()).unwrap().unwrap();
        let verified = store.verify(ORG, Some(&head)).await.unwrap();
        assert!(verified.is_sound());
        assert_eq!(verified.tail, Tail::Held { signed: 7 });
        let history = database.folder.path().join("heads/clinic.history.jsonl");
        assert_eq!(std::fs::read_to_string(&history).unwrap().lines().count(), 2);

        // A store that was set back is not signed over.
        let old = format!("sqlite:{}", database.folder.path().join("old/x.db").display());
        let other = Store::open(&old).await.unwrap();
        other.append(ORG, notes(3), now(), &random).await.unwrap();
        let refused = heads.sign(&other, ORG, &signer, now()).await.unwrap_err();
        assert!(matches!(refused, SignError::Behind { signed: 7, size: 3, .. }), "{refused}");
        other.close().await;

        #[cfg(unix)]
        for (name, expected) in [
            ("keys", 0o700),
            ("keys/clinic.key", 0o600),
            ("heads", 0o700),
            ("heads/clinic.note", 0o600),
            ("heads/clinic.history.jsonl", 0o600),
        ] {
            assert_eq!(mode(&database.folder.path().join(name)), expected, "{name}");
        }
        store.close().await;
    });
}

#[test]
fn a_new_key_takes_over_by_an_entry_that_the_old_key_signed() {
    on_each(async |database: Database| {
        let store = database.store().await;
        let random = Counted::default();
        let keys = Keys::new(database.folder.path().join("keys"));
        let heads = Heads::new(database.folder.path().join("heads"));
        store.append(ORG, notes(3), now(), &random).await.unwrap();
        let first = keys.signer(ORG, &heads, &random).unwrap();
        heads.sign(&store, ORG, &first, now()).await.unwrap();
        let (second, entry) =
            keys.change(&store, ORG, &heads, "person-1", now(), &random).await.unwrap();
        assert_eq!((entry.kind.as_str(), entry.seq), ("key-change", 3));
        assert_eq!(keys.signer(ORG, &heads, &random).unwrap().verifier(), second.verifier());
        let (third, _) =
            keys.change(&store, ORG, &heads, "person-1", now(), &random).await.unwrap();
        let verified = store.verify(ORG, None).await.unwrap();
        assert!(verified.is_sound(), "{verified}");
        let chain = [&first, &second, &third].map(|it| it.verifier().to_string());
        assert_eq!(verified.keys, chain);
        heads.sign(&store, ORG, &third, now()).await.unwrap();
        assert!(heads.newest(ORG, first.verifier()).is_err());
        assert!(heads.newest(ORG, third.verifier()).unwrap().is_some());

        // Nobody else's word makes a key.
        let mut change: KeyChange = serde_json::from_value(entry.value().unwrap()).unwrap();
        assert!(change.verify(ORG).is_ok());
        assert!(change.verify("other").is_err());
        change.new = third.verifier().to_string();
        assert!(change.verify(ORG).is_err());
        store.close().await;
    });
}

#[cfg(unix)]
#[test]
fn the_database_can_be_read_by_its_owner_only() {
    on_each(async |database: Database| {
        if !database.is_sqlite() {
            return;
        }
        let store = database.store().await;
        store.append(ORG, notes(3), now(), &Counted::default()).await.unwrap();
        let folder = database.folder.path().join("data");
        assert_eq!(mode(&folder), 0o700);
        for name in ["ledger.db", "ledger.db-wal", "ledger.db-shm"] {
            assert_eq!(mode(&folder.join(name)), 0o600, "{name}");
        }
        store.close().await;
        // A path with odd characters and a file with a wide mode.
        let odd = database.folder.path().join("Praxis Müller #1?%41/ledger.db");
        std::fs::create_dir(odd.parent().unwrap()).unwrap();
        std::fs::write(&odd, "").unwrap();
        let store = Store::open(&format!("sqlite:{}", odd.display())).await.unwrap();
        store.append(ORG, notes(1), now(), &Counted::default()).await.unwrap();
        assert_eq!(mode(&odd), 0o600);
        assert!(odd.metadata().unwrap().len() > 0);
        store.close().await;
    });
}

#[test]
fn a_password_is_never_shown() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let url = "postgres://me:s3cret@127.0.0.1:1/ledger?options=s3cret";
    let error = runtime.block_on(Store::open(url)).unwrap_err();
    let mut said = format!("{error:?}");
    let mut next: Option<&dyn std::error::Error> = Some(&error);
    while let Some(error) = next {
        said.push_str(&error.to_string());
        next = error.source();
    }
    assert!(!said.contains("s3cret"), "{said}");
}

#[test]
fn a_ledger_that_was_rewritten_is_never_signed_again() {
    on_each(async |database: Database| {
        let random = Counted::default();
        let keys = Keys::new(database.folder.path().join("keys"));
        let heads = Heads::new(database.folder.path().join("heads"));
        let signer = keys.signer(ORG, &heads, &random).unwrap();
        let store = database.store().await;
        store.append(ORG, notes(3), now(), &random).await.unwrap();
        heads.sign(&store, ORG, &signer, now()).await.unwrap();
        heads.check(&store, ORG).await.unwrap();
        store.append(ORG, notes(2), now(), &random).await.unwrap();
        // Entries behind the head are read again.
        heads.check(&store, ORG).await.unwrap();

        // Somebody makes another ledger of the same length, hashes and all fitting.
        let forged = format!("sqlite:{}", database.folder.path().join("forged/x.db").display());
        let forged = Store::open(&forged).await.unwrap();
        let mut entries = notes(5);
        entries[1].body = json!({"text": "all laptops were encrypted"});
        forged.append(ORG, entries, now(), &random).await.unwrap();
        assert!(forged.verify(ORG, None).await.unwrap().is_sound());
        let refused = heads.check(&forged, ORG).await.unwrap_err();
        assert!(matches!(refused, SignError::Changed { signed: 3, .. }), "{refused}");
        forged.close().await;
        store.close().await;
    });
}

#[test]
fn a_key_that_is_gone_is_not_made_anew_in_silence() {
    on_each(async |database: Database| {
        let random = Counted::default();
        let folder = database.folder.path().join("keys");
        let keys = Keys::new(&folder);
        let heads = Heads::new(database.folder.path().join("heads"));
        assert!(keys.existing(ORG).unwrap().is_none());
        let signer = keys.signer(ORG, &heads, &random).unwrap();
        let store = database.store().await;
        store.append(ORG, notes(1), now(), &random).await.unwrap();
        heads.sign(&store, ORG, &signer, now()).await.unwrap();
        std::fs::remove_file(folder.join("clinic.key")).unwrap();
        let refused = keys.signer(ORG, &heads, &random).unwrap_err();
        assert!(matches!(refused, SignError::Lost { .. }), "{refused}");
        store.close().await;
    });
}

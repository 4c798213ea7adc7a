//! Append: numbers, times, keys, refusals, and what the database itself refuses.

use super::*;
use asepsis_store::merkle::{leaf_hash, root};
use asepsis_store::{LedgerError, sqlx::AnyConnection};

#[test]
fn entries_get_numbers_times_and_leaves_and_read_back_as_written() {
    on_each(async |database: Database| {
        let store = database.store().await;
        assert_eq!(store.size(ORG).await.unwrap(), 0);
        assert_eq!(store.head(ORG).await.unwrap(), None);
        let random = Counted::default();
        let mut all = store.append(ORG, notes(3), now(), &random).await.unwrap();
        all.extend(store.append(ORG, notes(450), now(), &random).await.unwrap());
        assert_eq!(store.append(ORG, vec![], now(), &random).await.unwrap(), []);
        let numbers: Vec<u64> = all.iter().map(|entry| entry.seq).collect();
        assert_eq!(numbers, (0..453).collect::<Vec<_>>());
        let leaves: Vec<Hash> =
            all.iter().map(|it| leaf_hash(it.envelope().to_data().as_bytes())).collect();
        let head = store.head(ORG).await.unwrap().unwrap();
        assert_eq!((head.size, head.root, head.recorded_at), (453, root(&leaves), now()));
        assert_eq!(store.entries(ORG, 0, 1000).await.unwrap(), all);
        assert_eq!(store.entries(ORG, 451, 1).await.unwrap(), all[451..452]);
        let salts: std::collections::BTreeSet<String> =
            all.iter().map(|it| it.salt.unwrap().to_string()).collect();
        assert_eq!(salts.len(), 453);

        // Another organization's ledger is its own.
        store.append("other", notes(1), now(), &random).await.unwrap();
        assert_eq!(store.organizations().await.unwrap(), [ORG, "other"]);
        assert_eq!(store.size("other").await.unwrap(), 1);
        store.close().await;

        let again = database.store().await;
        assert_eq!(again.entries(ORG, 0, 1000).await.unwrap(), all);
        again.append(ORG, notes(1), now(), &random).await.unwrap();
        assert!(again.verify(ORG, None).await.unwrap().is_sound());
        again.close().await;
    });
}

#[test]
fn the_time_of_recording_never_goes_back() {
    on_each(async |database: Database| {
        let store = database.store().await;
        let random = Counted::default();
        for (clock, recorded) in [
            ("2026-11-24T10:00:00Z", "2026-11-24T10:00:00Z"),
            ("2026-11-24T09:00:00Z", "2026-11-24T10:00:00Z"),
            ("2026-11-24T10:00:00.001Z", "2026-11-24T10:00:00.001Z"),
        ] {
            let entries = store.append(ORG, notes(2), at(clock), &random).await.unwrap();
            assert!(entries.iter().all(|it| it.recorded_at == at(recorded)), "{entries:?}");
        }
        // A first entry from before 1970 is not pulled up to it.
        let early = at("1969-07-20T20:17:00Z");
        let entries = store.append("moon", notes(1), early, &random).await.unwrap();
        assert_eq!(entries[0].recorded_at, early);
        store.close().await;
    });
}

#[test]
fn a_key_is_recorded_once() {
    on_each(async |database: Database| {
        let store = database.store().await;
        let random = Counted::default();
        let keyed = |n, key: &str| NewEntry { idempotency: Some(key.into()), ..note(n) };
        let first = store.append(ORG, vec![keyed(1, "job-1")], now(), &random).await.unwrap();
        let again = store.append(ORG, vec![keyed(2, "job-1")], now(), &random).await.unwrap();
        assert_eq!(again, first);
        assert_eq!(store.size(ORG).await.unwrap(), 1);
        let mixed = vec![note(3), keyed(4, "job-1"), keyed(5, "job-2"), keyed(6, "job-2")];
        let mixed = store.append(ORG, mixed, now(), &random).await.unwrap();
        let numbers: Vec<u64> = mixed.iter().map(|entry| entry.seq).collect();
        assert_eq!(numbers, [1, 0, 2, 2]);
        assert_eq!(store.size(ORG).await.unwrap(), 3);
        // The same key in another ledger is another key.
        let other = store.append("other", vec![keyed(1, "job-1")], now(), &random).await.unwrap();
        assert_eq!(other[0].seq, 0);
        assert!(store.verify(ORG, None).await.unwrap().is_sound());
        store.close().await;
    });
}

#[test]
fn what_does_not_fit_the_format_is_refused_and_leaves_nothing() {
    on_each(async |database: Database| {
        let store = database.store().await;
        let random = Counted::default();
        let wrong = [
            NewEntry { kind: "Not A Kind".into(), ..note(0) },
            NewEntry { author: String::new(), ..note(0) },
            NewEntry { author: "a\0b".into(), ..note(0) },
            NewEntry { idempotency: Some("x".repeat(201)), ..note(0) },
            NewEntry { kind: "redaction".into(), ..note(0) },
            NewEntry { kind: "key-change".into(), ..note(0) },
            NewEntry { kind: "observation".into(), ..note(0) },
        ];
        for entry in wrong {
            let refused = store.append(ORG, vec![note(0), entry.clone()], now(), &random).await;
            assert!(refused.is_err(), "{entry:?}");
        }
        for id in ["", "../x", "A", "a/b", "a b", "ä", "-a"] {
            let refused = store.append(id, notes(1), now(), &random).await;
            assert!(matches!(refused, Err(LedgerError::Organization { .. })), "{id}");
        }
        let beyond = Timestamp::from_millis(i64::MAX);
        assert!(store.append(ORG, notes(1), beyond, &random).await.is_err());
        assert_eq!(store.size(ORG).await.unwrap(), 0);
        // Text that databases and JSON treat in special ways comes back as it went in.
        let odd = json!({ "s": "'; -- \u{0} \u{1f600} \\u0000", "n": 1e30, "i": -5, "z": null });
        let body = NewEntry { body: odd.clone(), ..note(0) };
        store.append(ORG, vec![body], now(), &random).await.unwrap();
        assert_eq!(store.entries(ORG, 0, 1).await.unwrap()[0].value(), Some(odd));
        store.close().await;
    });
}

#[test]
fn the_database_itself_refuses_to_change_or_delete_an_entry() {
    on_each(async |database: Database| {
        let store = database.store().await;
        store.append(ORG, notes(2), now(), &Counted::default()).await.unwrap();
        for sql in [
            "DELETE FROM ledger_entry",
            "DELETE FROM ledger_head",
            "UPDATE ledger_entry SET body = '{}'",
            "UPDATE ledger_entry SET author = 'me', body = NULL, salt = NULL",
            "UPDATE ledger_entry SET body = NULL",
            "UPDATE ledger_entry SET idempotency_key = 'x', body = NULL, salt = NULL WHERE seq = 0",
        ] {
            let mut one = store.db().writer().acquire().await.unwrap();
            let one: &mut AnyConnection = &mut one;
            assert!(sqlx::raw_sql(sql).execute(one).await.is_err(), "{sql}");
        }
        assert!(store.verify(ORG, None).await.unwrap().is_sound());
        store.close().await;
    });
}

#[test]
fn a_store_can_be_opened_by_many_at_once() {
    on_each(async |database: Database| {
        let opened: Vec<_> = (0..8)
            .map(|_| {
                let url = database.url.clone();
                std::thread::spawn(move || {
                    let runtime =
                        tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
                    runtime.block_on(async { Store::open(&url).await.unwrap().close().await });
                })
            })
            .collect();
        opened.into_iter().for_each(|thread| thread.join().unwrap());
    });
}

//! Tampering behind the store's back: `verify` names the first bad entry and what is wrong.

use super::*;
use asepsis_store::checkpoint::Checkpoint;
use asepsis_store::merkle::Frontier;
use asepsis_store::verify::{Fault, Tail, Wrong};

/// Opens the way for whoever owns the database: no trigger stops an administrator.
async fn without_triggers(database: &Database, store: &Store) {
    for (name, table) in [
        ("ledger_entry_delete", "ledger_entry"),
        ("ledger_entry_update", "ledger_entry"),
        ("ledger_head_delete", "ledger_head"),
    ] {
        let on = if database.is_sqlite() { String::new() } else { format!(" ON {table}") };
        run(store.db().writer(), &format!("DROP TRIGGER {name}{on}")).await;
    }
}

/// Does something to a ledger of twenty entries and says what `verify` finds.
async fn after(database: &Database, org: &str, statements: &[&str]) -> Option<Fault> {
    let store = database.store().await;
    store.append(org, notes(20), now(), &Counted::default()).await.unwrap();
    for sql in statements {
        run(store.db().writer(), &sql.replace("OF_ORG", &format!("organization_id = '{org}'")))
            .await;
    }
    let fault = store.verify(org, None).await.unwrap().fault;
    store.close().await;
    fault
}

#[test]
fn verify_names_the_first_entry_that_was_tampered_with() {
    on_each(async |database: Database| {
        let store = database.store().await;
        without_triggers(&database, &store).await;
        store.close().await;
        let cases: [(&str, &[&str], Option<u64>, Wrong); 16] = [
            (
                "flip-body",
                &[
                    "UPDATE ledger_entry SET body = REPLACE(body, ':7', ':8') WHERE OF_ORG AND seq = 7",
                ],
                Some(7),
                Wrong::Body,
            ),
            (
                "flip-salt",
                &["UPDATE ledger_entry SET salt = body_hash WHERE OF_ORG AND seq = 7"],
                Some(7),
                Wrong::Body,
            ),
            (
                "flip-author",
                &["UPDATE ledger_entry SET author = 'person-2' WHERE OF_ORG AND seq = 7"],
                Some(7),
                Wrong::Leaf,
            ),
            (
                "flip-kind",
                &["UPDATE ledger_entry SET kind = 'waiver' WHERE OF_ORG AND seq = 7"],
                Some(7),
                Wrong::Leaf,
            ),
            (
                "flip-time",
                &["UPDATE ledger_entry SET recorded_at = recorded_at + 1 WHERE OF_ORG AND seq = 7"],
                Some(7),
                Wrong::Leaf,
            ),
            (
                "flip-leaf",
                &["UPDATE ledger_entry SET leaf_hash = body_hash WHERE OF_ORG AND seq = 7"],
                Some(7),
                Wrong::Leaf,
            ),
            (
                "no-hash",
                &["UPDATE ledger_entry SET leaf_hash = 'x' WHERE OF_ORG AND seq = 7"],
                Some(7),
                Wrong::Form("its leaf hash is not a hash".into()),
            ),
            (
                "drop",
                &["DELETE FROM ledger_entry WHERE OF_ORG AND seq = 7"],
                Some(7),
                Wrong::Missing,
            ),
            (
                "drop-and-close",
                &[
                    "DELETE FROM ledger_entry WHERE OF_ORG AND seq = 7",
                    "UPDATE ledger_entry SET seq = seq + 100 WHERE OF_ORG AND seq > 7",
                    "UPDATE ledger_entry SET seq = seq - 101 WHERE OF_ORG AND seq > 100",
                ],
                Some(7),
                Wrong::Leaf,
            ),
            (
                "reorder",
                &[
                    "UPDATE ledger_entry SET seq = 99 WHERE OF_ORG AND seq = 7",
                    "UPDATE ledger_entry SET seq = 7 WHERE OF_ORG AND seq = 8",
                    "UPDATE ledger_entry SET seq = 8 WHERE OF_ORG AND seq = 99",
                ],
                Some(7),
                Wrong::Leaf,
            ),
            (
                "truncate",
                &["DELETE FROM ledger_entry WHERE OF_ORG AND seq >= 17"],
                Some(17),
                Wrong::Missing,
            ),
            (
                "insert",
                &[
                    "INSERT INTO ledger_entry SELECT organization_id, 20, kind, recorded_at, author, body, salt, body_hash, leaf_hash, NULL FROM ledger_entry WHERE OF_ORG AND seq = 7",
                ],
                Some(20),
                Wrong::Beyond,
            ),
            (
                "vanish",
                &["UPDATE ledger_entry SET body = NULL, salt = NULL WHERE OF_ORG AND seq = 7"],
                Some(7),
                Wrong::Vanished,
            ),
            (
                "half",
                &["UPDATE ledger_entry SET body = NULL WHERE OF_ORG AND seq = 7"],
                Some(7),
                Wrong::HalfBody,
            ),
            (
                "root",
                &[
                    "UPDATE ledger_head SET root = (SELECT leaf_hash FROM ledger_entry WHERE OF_ORG AND seq = 7) WHERE OF_ORG",
                ],
                None,
                Wrong::Root,
            ),
            ("no-head", &["UPDATE ledger_head SET size = 19 WHERE OF_ORG"], None, Wrong::Root),
        ];
        for (org, statements, seq, wrong) in cases {
            let fault = after(&database, org, statements).await;
            assert_eq!(fault, Some(Fault { seq, wrong }), "{org}");
        }
        assert_eq!(after(&database, "untouched", &[]).await, None);
    });
}

#[test]
fn a_redaction_cannot_be_forged_or_taken_back() {
    on_each(async |database: Database| {
        let store = database.store().await;
        without_triggers(&database, &store).await;
        let random = Counted::default();
        store.append(ORG, notes(5), now(), &random).await.unwrap();
        let salt = store.entries(ORG, 2, 1).await.unwrap()[0].salt.unwrap();
        let body = store.entries(ORG, 2, 1).await.unwrap()[0].body.clone().unwrap();
        store.redact(ORG, 2, "why", "person-1", now(), &random).await.unwrap();
        assert!(store.verify(ORG, None).await.unwrap().is_sound());
        let back =
            format!("UPDATE ledger_entry SET body = '{body}', salt = '{salt}' WHERE seq = 2");
        run(store.db().writer(), &back).await;
        let fault = store.verify(ORG, None).await.unwrap().fault;
        assert_eq!(fault, Some(Fault { seq: Some(2), wrong: Wrong::Unredacted }));
        store.close().await;
    });
}

#[test]
fn a_tail_that_was_cut_with_care_shows_only_against_a_head_from_outside() {
    on_each(async |database: Database| {
        let store = database.store().await;
        without_triggers(&database, &store).await;
        store.append(ORG, notes(20), now(), &Counted::default()).await.unwrap();
        let head = store.head(ORG).await.unwrap().unwrap();
        let outside = Checkpoint { origin: "asepsis/clinic".into(), size: 20, root: head.root };
        let sound = store.verify(ORG, Some(&outside)).await.unwrap();
        assert_eq!((sound.fault, sound.tail), (None, Tail::Held { signed: 20 }));

        let mut frontier = Frontier::new();
        for entry in store.entries(ORG, 0, 15).await.unwrap() {
            frontier.push(entry.leaf_hash);
        }
        let nodes: Vec<String> = frontier.nodes().iter().map(Hash::to_string).collect();
        let sql = format!(
            "DELETE FROM ledger_entry WHERE seq >= 15; \
             UPDATE ledger_head SET size = 15, root = '{}', frontier = '{}'",
            frontier.root(),
            nodes.join(",")
        );
        run(store.db().writer(), &sql).await;
        let alone = store.verify(ORG, None).await.unwrap();
        assert!(alone.is_sound());
        assert!(alone.to_string().contains("a cut tail cannot be excluded"), "{alone}");
        let held = store.verify(ORG, Some(&outside)).await.unwrap();
        assert_eq!(held.fault, Some(Fault { seq: Some(15), wrong: Wrong::Missing }));

        // Refilled with other entries, it is as long as before, and still not the same.
        store.append(ORG, notes(9), now(), &Counted::default()).await.unwrap();
        let held = store.verify(ORG, Some(&outside)).await.unwrap();
        assert_eq!(held.fault, Some(Fault { seq: None, wrong: Wrong::Outside { signed: 20 } }));
        let foreign = Checkpoint { origin: "asepsis/other".into(), ..outside };
        assert!(!store.verify(ORG, Some(&foreign)).await.unwrap().is_sound());
        store.close().await;
    });
}

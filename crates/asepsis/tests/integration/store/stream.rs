//! Entries that come one after another, all or none; and the newest looks, which they are held against.

use super::*;
use asepsis_core::evidence::Record;
use asepsis_core::observation::{Body, Observation, Subject};
use asepsis_store::LedgerError;
use asepsis_store::ledger::Stop;

fn look(subject: &str, collector: &str, at_: &str) -> NewEntry {
    let record = Record::Observation(Observation {
        schema: "computer/1".to_owned(),
        subject: Subject(subject.to_owned()),
        also: Vec::new(),
        label: subject.to_owned(),
        observed_at: at(at_),
        collector: collector.to_owned(),
        version: "1".to_owned(),
        body: Body::Skipped { reason: "a test".to_owned() },
    });
    NewEntry {
        kind: record.kind().to_owned(),
        author: "person-1".to_owned(),
        body: record.to_body(),
        idempotency: None,
    }
}

fn coming(entries: Vec<NewEntry>) -> Box<dyn Iterator<Item = Result<NewEntry, Stop>> + Send> {
    Box::new(entries.into_iter().map(Ok))
}

#[test]
fn entries_that_come_one_by_one_are_those_of_one_append() {
    on_each(async |database: Database| {
        let store = database.store().await;
        let random = Counted::default();
        store.append(ORG, notes(3), now(), &random).await.unwrap();
        let numbers =
            store.append_at(ORG, 3, &mut *coming(notes(1_000)), now(), &random).await.unwrap();
        assert_eq!(numbers, Some(3..1_003));
        assert_eq!(store.size(ORG).await.unwrap(), 1_003);
        assert!(store.verify(ORG, None).await.unwrap().is_sound());
        // Somebody else recorded meanwhile: nothing is.
        let stale = store.append_at(ORG, 3, &mut *coming(notes(5)), now(), &random).await.unwrap();
        assert_eq!((stale, store.size(ORG).await.unwrap()), (None, 1_003));
        let none = store.append_at(ORG, 1_003, &mut *coming(Vec::new()), now(), &random).await;
        assert_eq!(none.unwrap(), Some(1_003..1_003));
        store.close().await;
    });
}

#[test]
fn whoever_stops_half_way_leaves_the_ledger_as_it_was() {
    on_each(async |database: Database| {
        let store = database.store().await;
        let random = Counted::default();
        store.append(ORG, notes(2), now(), &random).await.unwrap();
        let before = store.head(ORG).await.unwrap();
        let stop = || -> Result<NewEntry, Stop> { Err("the file changed".into()) };
        let mut half = notes(700).into_iter().map(Ok).chain([stop()]);
        let stopped = store.append_at(ORG, 2, &mut half, now(), &random).await.unwrap_err();
        assert!(
            matches!(&stopped, LedgerError::Stopped(why) if why.to_string().contains("changed"))
        );
        let reserved = NewEntry { kind: "redaction".to_owned(), ..note(1) };
        let mut entries = coming(vec![note(1), reserved]);
        store.append_at(ORG, 2, &mut *entries, now(), &random).await.unwrap_err();
        let broken = NewEntry { kind: "waiver".to_owned(), ..note(1) };
        let mut entries = coming(vec![note(1), broken]);
        store.append_at(ORG, 2, &mut *entries, now(), &random).await.unwrap_err();
        assert_eq!(store.head(ORG).await.unwrap(), before);
        assert!(store.verify(ORG, None).await.unwrap().is_sound());
        store.close().await;
    });
}

#[test]
fn of_each_subject_and_collector_the_newest_look_is_found_also_after_a_rebuild() {
    on_each(async |database: Database| {
        let store = database.store().await;
        let random = Counted::default();
        let entries = vec![
            look("host:a", "one", "2026-11-20T00:00:00Z"),
            look("host:a", "one", "2026-11-22T00:00:00Z"),
            // Brought in later, and older.
            look("host:a", "one", "2026-11-21T00:00:00Z"),
            look("host:a", "two", "2026-11-23T00:00:00Z"),
            look("host:b", "one", "2026-11-19T00:00:00Z"),
        ];
        store.append(ORG, entries, now(), &random).await.unwrap();
        store
            .append("other", vec![look("host:z", "one", "2026-11-23T00:00:00Z")], now(), &random)
            .await
            .unwrap();
        for _ in 0..2 {
            let mut found = Vec::new();
            let each = |it: asepsis_store::newest::NewestLook| {
                found.push((it.observation.subject.0, it.seq));
            };
            store.newest_looks(ORG, "computer/1", "one", each).await.unwrap();
            assert_eq!(found, [("host:a".to_owned(), 1), ("host:b".to_owned(), 4)]);
            store.rebuild(ORG).await.unwrap();
        }
        let then = store.looks_at(ORG, "host:a", at("2026-11-21T00:00:00Z")).await.unwrap();
        assert_eq!(then.len(), 1);
        store.close().await;
    });
}

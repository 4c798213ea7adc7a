//! Evidence by way of the read table, the table made again, and redaction.

use super::*;
use asepsis_core::action::{ActionChange, ActionEvent};
use asepsis_core::decision::{Decided, Decision, LossHistory, PlanTaken, PlannedItem};
use asepsis_core::evidence::{Evidence, Record};
use asepsis_store::net_log::NetCall;

async fn filled(store: &Store) {
    let random = Counted::default();
    let entries = vec![
        observation("dns:a.example", "2026-10-01T00:00:00.000Z"),
        attestation("email.agreement"),
        note(0),
        observation("dns:b.example", "2026-11-20T00:00:00.000Z"),
        observation("dns:a.example", "2026-11-21T00:00:00.000Z"),
    ];
    store.append(ORG, entries, now(), &random).await.unwrap();
    store.append("other", vec![attestation("x")], now(), &random).await.unwrap();
}

fn numbers(evidence: &[Evidence]) -> Vec<u64> {
    evidence.iter().map(|it| it.seq).collect()
}

#[test]
fn evidence_is_limited_by_knowledge_and_by_age() {
    on_each(async |database: Database| {
        let store = database.store().await;
        filled(&store).await;
        let ask = async |known, since: Option<&str>| {
            numbers(&store.evidence(ORG, known, since.map(at)).await.unwrap())
        };
        assert_eq!(ask(None, None).await, [0, 1, 3, 4]);
        assert_eq!(ask(Some(4), None).await, [0, 1, 3]);
        assert_eq!(ask(Some(0), None).await, [] as [u64; 0]);
        // Statements have no age here: how long they count is their question's business.
        assert_eq!(ask(None, Some("2026-11-20T00:00:00Z")).await, [1, 3, 4]);
        assert_eq!(ask(None, Some("2026-11-20T00:00:00.001Z")).await, [1, 4]);
        store.close().await;
    });
}

#[test]
fn what_is_said_about_a_thing_to_do_is_evidence() {
    on_each(async |database: Database| {
        let store = database.store().await;
        let record = Record::Action(ActionEvent {
            check: "email.spf".to_owned(),
            event: ActionChange::Done { note: "record added".to_owned() },
            at: at("2026-11-20T00:00:00Z"),
        });
        let entry = NewEntry {
            kind: record.kind().to_owned(),
            author: "person-1".to_owned(),
            body: record.to_body(),
            idempotency: None,
        };
        store.append(ORG, vec![entry], now(), &Counted::default()).await.unwrap();
        let found = store.evidence(ORG, None, Some(now())).await.unwrap();
        assert_eq!(found.iter().map(|it| &it.record).collect::<Vec<_>>(), [&record]);
        store.close().await;
    });
}

#[test]
fn decisions_plans_and_history_are_evidence_to_the_last_digit() {
    on_each(async |database: Database| {
        let store = database.store().await;
        let moment = at("2026-11-20T00:00:00Z");
        let decided = [
            Decided::Chosen { to: Some("person-2".to_owned()), due: Some("2026-12-24".to_owned()) },
            Decided::Postponed { reason: "in spring".to_owned(), until: "2027-03-31".to_owned() },
            Decided::Done { note: String::new() },
        ];
        let decisions = decided.map(|decided| {
            Record::Decision(Decision { action: "encrypt-disks".to_owned(), decided, at: moment })
        });
        let item = PlannedItem {
            month: Some(2),
            coverage: 0.3,
            value: 94.1,
            hours: 0.1 + 0.2,
            dollars: 1e-7,
            failing: vec!["computer.system-disk-encrypted".to_owned()],
        };
        let plan = Record::Plan(PlanTaken {
            budget: 2_000.0,
            hours: 4.5,
            catalog: Hash::of(&[b"catalog"]),
            priors: 1,
            items: [("encrypt-disks".to_owned(), item)].into(),
            at: moment,
        });
        let events = [("T1".to_owned(), 2)].into();
        let history = Record::History(LossHistory { years: 5.5, events, at: moment });
        let all: Vec<Record> = decisions.into_iter().chain([plan, history]).collect();
        let entries = all.iter().map(|record| NewEntry {
            kind: record.kind().to_owned(),
            author: "person-1".to_owned(),
            body: record.to_body(),
            idempotency: None,
        });
        store.append(ORG, entries.collect(), now(), &Counted::default()).await.unwrap();
        let read = async || {
            let found = store.evidence(ORG, None, Some(now())).await.unwrap();
            found.into_iter().map(|it| it.record).collect::<Vec<_>>()
        };
        assert_eq!(read().await, all);
        store.rebuild(ORG).await.unwrap();
        assert_eq!(read().await, all);
        store.close().await;
    });
}

#[test]
fn a_read_table_that_was_dropped_is_made_again_the_same() {
    on_each(async |database: Database| {
        let store = database.store().await;
        filled(&store).await;
        let before = store.evidence(ORG, None, None).await.unwrap();
        run(store.db().writer(), "DROP TABLE evidence_index").await;
        store.rebuild(ORG).await.unwrap();
        assert_eq!(store.evidence(ORG, None, None).await.unwrap(), before);
        assert_eq!(store.evidence("other", None, None).await.unwrap(), []);
        store.rebuild("other").await.unwrap();
        store.rebuild("other").await.unwrap();
        assert_eq!(store.evidence("other", None, None).await.unwrap().len(), 1);
        store.close().await;
    });
}

#[test]
fn a_redacted_body_is_gone_from_ledger_index_and_file_and_the_ledger_is_sound() {
    on_each(async |database: Database| {
        let store = database.store().await;
        filled(&store).await;
        let random = Counted::default();
        let secret = NewEntry { body: json!({ "text": "Zanzibar-4711" }), ..note(0) };
        let seq = store.append(ORG, vec![secret], now(), &random).await.unwrap()[0].seq;
        let redacted = store.redact(ORG, seq, "a name", "person-1", now(), &random).await.unwrap();
        assert_eq!((redacted.kind.as_str(), redacted.seq), ("redaction", seq + 1));
        store.redact(ORG, 3, "not ours", "person-1", now(), &random).await.unwrap();
        let entry = &store.entries(ORG, seq, 1).await.unwrap()[0];
        assert_eq!((&entry.body, &entry.salt), (&None, &None));
        assert_eq!((entry.author.as_str(), entry.recorded_at), ("person-1", now()));
        assert_eq!(numbers(&store.evidence(ORG, None, None).await.unwrap()), [0, 1, 4]);
        store.rebuild(ORG).await.unwrap();
        assert_eq!(numbers(&store.evidence(ORG, None, None).await.unwrap()), [0, 1, 4]);
        let verified = store.verify(ORG, None).await.unwrap();
        assert!(verified.is_sound(), "{verified}");
        assert_eq!((verified.size, verified.redacted), (8, 2));

        for (seq, why) in [(seq, "gone already"), (seq + 1, "itself"), (99, "no such entry")] {
            let refused = store.redact(ORG, seq, "", "person-1", now(), &random).await;
            let refused = refused.unwrap_err().to_string();
            assert!(refused.contains(why), "{refused}");
        }
        assert_eq!(store.size(ORG).await.unwrap(), 8);
        if database.is_sqlite() {
            for entry in std::fs::read_dir(database.folder.path().join("data")).unwrap() {
                let bytes = std::fs::read(entry.unwrap().path()).unwrap();
                assert!(!bytes.windows(13).any(|it| it == b"Zanzibar-4711"));
            }
        }
        store.close().await;
    });
}

#[test]
fn what_was_asked_over_the_network_is_kept_apart_from_the_ledger() {
    on_each(async |database: Database| {
        let store = database.store().await;
        let call = |day: &str| NetCall {
            at: at(day),
            protocol: "dns".into(),
            peer: "192.0.2.53".into(),
            what: "MX clinic.example".into(),
        };
        let calls = [call("2026-11-01T00:00:00Z"), call("2026-11-02T00:00:00Z")];
        store.note_calls(ORG, &calls).await.unwrap();
        assert_eq!(store.calls(ORG, calls[1].at, 10).await.unwrap(), calls[1..]);
        assert_eq!(store.calls(ORG, calls[0].at, 10).await.unwrap(), calls);
        // Page by page the newest come first.
        assert_eq!(store.calls_page(ORG, 0, 1).await.unwrap(), calls[1..]);
        assert_eq!(store.calls_page(ORG, 1, 10).await.unwrap(), calls[..1]);
        assert_eq!(store.count_calls(ORG).await.unwrap(), 2);
        assert_eq!(store.count_calls("another").await.unwrap(), 0);
        assert_eq!(store.calls_page("another", 0, 10).await.unwrap(), []);
        assert_eq!(store.size(ORG).await.unwrap(), 0);
        store.close().await;
    });
}

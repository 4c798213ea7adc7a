//! Lists of entries: the newest first, by kind, by topic, without long bodies, fast in a long ledger.

use super::*;
use asepsis_store::lines::{Line, Topic, Wanted};

fn numbers(lines: &[Line]) -> Vec<u64> {
    lines.iter().map(|it| it.seq).collect()
}

fn topic() -> Topic {
    Topic::default()
}

async fn filled(store: &Store) {
    let by = |author: &str, entry: NewEntry| NewEntry { author: author.to_owned(), ..entry };
    let entries = vec![
        observation("dns:a.example", "2026-10-01T00:00:00.000Z"),
        attestation("email.agreement"),
        note(0),
        by("person-2", attestation("email.agreement")),
        observation("dns:b.example", "2026-11-20T00:00:00.000Z"),
        observation("dns:a.example", "2026-11-21T00:00:00.000Z"),
    ];
    store.append(ORG, entries, now(), &Counted::default()).await.unwrap();
    let other = vec![observation("dns:a.example", "2026-11-22T00:00:00.000Z")];
    store.append("other", other, now(), &Counted::default()).await.unwrap();
}

#[test]
fn a_list_shows_the_newest_first_and_what_is_wanted_only() {
    on_each(async |database: Database| {
        let store = database.store().await;
        filled(&store).await;
        let ask =
            async |wanted: Wanted, limit| numbers(&store.lines(ORG, &wanted, limit).await.unwrap());
        let any = Wanted::default;
        assert_eq!(ask(any(), 10).await, [5, 4, 3, 2, 1, 0]);
        assert_eq!(ask(any(), 2).await, [5, 4]);
        assert_eq!(ask(Wanted { before: Some(4), ..any() }, 2).await, [3, 2]);
        let kinds = vec!["observation".to_owned(), "note".to_owned()];
        assert_eq!(ask(Wanted { kinds: kinds.clone(), ..any() }, 10).await, [5, 4, 2, 0]);
        let about = |topic| Wanted { topic: Some(topic), ..any() };
        let a = vec!["dns:a.example".to_owned()];
        assert_eq!(ask(about(Topic { subjects: a.clone(), ..topic() }), 10).await, [5, 0]);
        let questions = vec!["email.agreement".to_owned()];
        let both = Topic { subjects: a, questions, ..topic() };
        assert_eq!(ask(about(both.clone()), 10).await, [5, 3, 1, 0]);
        assert_eq!(ask(Wanted { before: Some(3), ..about(both.clone()) }, 1).await, [1]);
        assert_eq!(ask(Wanted { kinds, ..about(both) }, 10).await, [5, 0]);
        let authors = vec!["person-2".to_owned()];
        let theirs = about(Topic { authors, ..topic() });
        assert_eq!(ask(theirs.clone(), 10).await, [3]);
        let kinds = vec!["waiver".to_owned()];
        assert_eq!(ask(Wanted { kinds, ..theirs }, 10).await, [] as [u64; 0]);
        assert_eq!(ask(about(Topic { numbers: vec![2, 99], ..topic() }), 10).await, [2]);
        assert_eq!(ask(about(topic()), 10).await, [] as [u64; 0]);
        store.close().await;
    });
}

#[test]
fn a_line_says_what_its_entry_is_about_and_leaves_out_long_bodies() {
    on_each(async |database: Database| {
        let store = database.store().await;
        filled(&store).await;
        let random = Counted::default();
        let long = NewEntry { body: json!({ "text": "x".repeat(20_000) }), ..note(0) };
        store.append(ORG, vec![long], now(), &random).await.unwrap();
        store.redact(ORG, 4, "not ours", "person-1", now(), &random).await.unwrap();
        let lines = store.lines(ORG, &Wanted::default(), 50).await.unwrap();
        assert_eq!(numbers(&lines), [7, 6, 5, 4, 3, 2, 1, 0]);
        let line = |seq: usize| &lines[7 - seq];
        assert_eq!(line(7).kind, "redaction");
        assert_eq!((line(6).redacted, &line(6).body), (false, &None));
        assert_eq!((line(4).redacted, &line(4).body, &line(4).subject), (true, &None, &None));
        assert_eq!(line(5).subject.as_deref(), Some("dns:a.example"));
        assert_eq!(line(5).at, Some(at("2026-11-21T00:00:00Z")));
        assert_eq!(line(5).recorded_at, now());
        assert_eq!(line(3).question.as_deref(), Some("email.agreement"));
        assert_eq!(line(3).author, "person-2");
        assert!(line(3).body.as_deref().unwrap().contains("\"question\":\"email.agreement\""));
        assert_eq!((&line(2).subject, line(2).at), (&None, None));
        store.close().await;
    });
}

#[test]
fn lists_are_found_the_same_after_a_rebuild() {
    on_each(async |database: Database| {
        let store = database.store().await;
        filled(&store).await;
        let subjects = vec!["dns:a.example".to_owned()];
        let wanted = Wanted { topic: Some(Topic { subjects, ..topic() }), ..Wanted::default() };
        let before = store.lines(ORG, &wanted, 10).await.unwrap();
        run(store.db().writer(), "DROP TABLE evidence_index").await;
        store.rebuild(ORG).await.unwrap();
        assert_eq!(store.lines(ORG, &wanted, 10).await.unwrap(), before);
        store.close().await;
    });
}

/// Each way to find entries must be answered by an index, whatever the ledger's length.
#[test]
fn no_list_walks_the_ledger() {
    on_each(async |database: Database| {
        let store = database.store().await;
        filled(&store).await;
        if database.is_sqlite() {
            for (table, column) in [
                ("ledger_entry", "kind"),
                ("ledger_entry", "author=? AND kind"),
                ("ledger_entry", "seq"),
                ("evidence_index", "subject"),
                ("evidence_index", "question"),
            ] {
                let sql = format!(
                    "EXPLAIN QUERY PLAN SELECT seq FROM {table} WHERE organization_id = 'x' \
                     AND seq < 9 AND {} = 'x' ORDER BY seq DESC LIMIT 5",
                    column.replace("=?", " = 'x'")
                );
                let rows = sqlx::query(AssertSqlSafe(sql)).fetch_all(store.db().writer()).await;
                let plan: Vec<String> =
                    rows.unwrap().iter().map(|row| sqlx::Row::get(row, 3)).collect();
                let plan = plan.join("; ");
                assert!(plan.contains(&format!("{column}=?")), "{table}.{column}: {plan}");
                assert!(!plan.contains("TEMP B-TREE"), "{table}.{column}: {plan}");
            }
        }
        store.close().await;
    });
}

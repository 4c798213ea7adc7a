//! The list of evidence and each entry: what is shown, what is narrowed down, what stays text.

use asepsis_core::evidence::Record;
use asepsis_core::observation::{Body, Observation, Subject};
use asepsis_core::statement::Answer;
use asepsis_store::accounts::Rights;

use super::markup::faults;
use super::support::{Book, Visitor, run};
use crate::support::{DAY, Session, computer, desk, said};

/// A look in vain at a computer, which nobody could make.
fn gap(label: &str, reason: &str) -> Record {
    let Record::Observation(look) = computer(label, DAY, &desk(true)) else { panic!() };
    let body = Body::Skipped { reason: reason.to_owned() };
    Record::Observation(Observation { body, ..look })
}

async fn sound(visitor: &mut Visitor, path: &str) -> String {
    let page = visitor.page(path).await;
    assert_eq!(faults(&page), Vec::<String>::new(), "{path}");
    page
}

#[test]
fn the_list_is_newest_first_and_narrowed_down_by_kind_thing_and_word() {
    let session = Session::clinic();
    session.record(DAY, vec![gap("desk-02", "needs an <b>administrator</b>")]);
    run(async || {
        let book = Book::of(session).await;
        let mut visitor = book.signed_in(Rights::Auditor).await;
        let all = sound(&mut visitor, "/evidence").await;
        let at = |text: &str| all.find(text).unwrap_or_else(|| panic!("{text} is not shown"));
        assert!(at("Missed look") < at("How many computers"));
        assert!(at("How many computers") < at("desk-01"));
        assert!(all.contains("needs an &lt;b&gt;administrator&lt;/b&gt;"));
        assert!(all.contains("Maple Street Family Practice"));

        let told = sound(&mut visitor, "/evidence?kind=told").await;
        assert!(told.contains("How many computers") && !told.contains("desk-01"), "{told}");
        let word = sound(&mut visitor, "/evidence?q=DESK-01").await;
        assert!(word.contains("desk-01") && !word.contains("desk-02"));
        let Record::Observation(look) = computer("desk-02", DAY, &desk(true)) else { panic!() };
        let subject = look.subject.0.replace(':', "%3A");
        let one = sound(&mut visitor, &format!("/evidence?subject={subject}")).await;
        assert!(one.contains("desk-02") && !one.contains("desk-01"));
        assert_eq!(one.matches("Missed look").count(), 1);
        let number = sound(&mut visitor, "/evidence?q=2").await;
        assert!(number.contains("href=\"/evidence/2\""));
        let none = sound(&mut visitor, "/evidence?q=zzz&kind=nonsense&before=x").await;
        assert!(none.contains("Nothing fits"));
    });
}

#[test]
fn a_long_list_is_cut_and_leads_to_the_older_ones() {
    let session = Session::clinic();
    let many = (0..120).map(|n| said("org.computers", Answer::Number(n), DAY)).collect();
    session.record(DAY, many);
    run(async || {
        let book = Book::of(session).await;
        let mut visitor = book.signed_in(Rights::Owner).await;
        let page = sound(&mut visitor, "/evidence?kind=told").await;
        assert_eq!(page.matches("<tr role=\"row\">").count(), 51);
        assert!(page.len() < 43_000, "{} bytes", page.len());
        let next = page.split("rel=\"next\" href=\"").nth(1).unwrap().split('"').next().unwrap();
        let next = next.replace("&amp;", "&");
        let older = sound(&mut visitor, &next).await;
        assert_eq!(older.matches("<tr role=\"row\">").count(), 51);
        assert!(older.contains("To the newest"));
        let first = |html: &str| html.split("href=\"/evidence/").nth(1).unwrap().to_owned();
        assert_ne!(first(&page), first(&older));
    });
}

#[test]
fn an_entry_is_shown_whole_with_its_proof_and_where_it_counts() {
    let session = Session::clinic();
    run(async || {
        let book = Book::of(session).await;
        let mut visitor = book.signed_in(Rights::Auditor).await;
        let (store, organization) = (&book.home.store, book.home.organization.clone());
        let entries = store.entries(&organization, 0, 9).await.unwrap();
        for entry in &entries {
            let page = sound(&mut visitor, &format!("/evidence/{}", entry.seq)).await;
            assert!(page.contains(&entry.leaf_hash.to_string()));
            assert!(page.contains(&entry.body_hash.to_string()));
            let words = match entry.kind.as_str() {
                "catalog" => "These questions and checks are in use now",
                "organization" => "This is how your organization is known now",
                "observation" => "disk.root_encrypted",
                "attestation" => "It counts",
                _ => "Name",
            };
            assert!(page.contains(words), "{}: {page}", entry.kind);
        }
        let looks = entries.iter().filter(|it| it.kind == "observation");
        for entry in looks {
            let page = visitor.page(&format!("/evidence/{}", entry.seq)).await;
            assert!(page.contains("/checks/computer.firewall-on"), "{page}");
        }
        for missing in ["/evidence/99", "/evidence/x", "/evidence/18446744073709551616"] {
            assert_eq!(visitor.get(missing).await.status, 404, "{missing}");
        }
    });
}

#[test]
fn a_deleted_text_is_said_to_be_deleted_with_the_reason() {
    let session = Session::clinic();
    run(async || {
        let book = Book::of(session).await;
        let home = &book.home;
        let entries = home.store.entries(&home.organization, 0, 9).await.unwrap();
        let look = entries.iter().find(|it| it.kind == "observation").unwrap().seq;
        home.redact(look, "it named <somebody>", "manager", super::support::noon()).await.unwrap();
        let mut visitor = book.signed_in(Rights::Owner).await;
        let page = sound(&mut visitor, &format!("/evidence/{look}")).await;
        assert!(page.contains("was deleted"), "{page}");
        assert!(page.contains("it named &lt;somebody&gt;"));
        assert!(page.contains("deleted with the body"));
        assert!(!page.contains("root_encrypted"));
        let list = sound(&mut visitor, "/evidence?kind=records").await;
        assert!(list.contains("it named &lt;somebody&gt;"));
        assert!(sound(&mut visitor, "/evidence").await.contains("text deleted"));
    });
}

#[test]
fn many_facts_come_in_pages_and_a_long_one_is_shown_alone() {
    let session = Session::clinic();
    let mut fact = serde_json::Map::new();
    for n in 0..120 {
        fact.insert(format!("fact_{n:03}"), "v".repeat(400).into());
    }
    session.record(
        DAY,
        vec![Record::Observation(Observation {
            schema: "computer/1".to_owned(),
            subject: Subject("machine-id:<i>".to_owned()),
            also: Vec::new(),
            label: "<script>desk</script>".to_owned(),
            observed_at: DAY.parse().unwrap(),
            collector: "asepsis/computer".to_owned(),
            version: "0.1.0".to_owned(),
            body: Body::Saw { fact, seen: std::collections::BTreeMap::new() },
        })],
    );
    run(async || {
        let book = Book::of(session).await;
        let seq = book.entries().await - 1;
        let mut visitor = book.signed_in(Rights::Owner).await;
        let page = sound(&mut visitor, &format!("/evidence/{seq}")).await;
        assert!(page.contains("fact_049") && !page.contains("fact_050"));
        assert!(!page.contains("<script>desk"));
        assert!(page.len() < 43_000, "{} bytes", page.len());
        let last = sound(&mut visitor, &format!("/evidence/{seq}?page=3")).await;
        assert!(last.contains("fact_119") && !last.contains("fact_099"));
        let one = sound(&mut visitor, &format!("/evidence/{seq}?fact=fact_007")).await;
        assert!(one.contains(&"v".repeat(400)) && !one.contains("fact_008"));
    });
}

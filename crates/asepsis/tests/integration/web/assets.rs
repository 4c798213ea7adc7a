//! The assets: how many were seen of how many, what needs work first, one alone, a large fleet.

use asepsis_core::evidence::Record;
use asepsis_core::observation::{Body, Observation};
use asepsis_core::organization::{Organization, Size};
use asepsis_store::accounts::Rights;

use super::markup::faults;
use super::support::{Book, Visitor, run};
use crate::support::{DAY, Session, computer, desk};

async fn sound(visitor: &mut Visitor, path: &str) -> String {
    let page = visitor.page(path).await;
    assert_eq!(faults(&page), Vec::<String>::new(), "{path}");
    page
}

fn look(record: Record) -> Observation {
    let Record::Observation(look) = record else { panic!() };
    look
}

/// Where the page of a computer is.
fn one(label: &str) -> String {
    let subject = look(computer(label, DAY, &desk(true))).subject.0.replace(':', "%3A");
    format!("/assets/one?subject={subject}")
}

#[test]
fn seen_is_held_against_expected_and_the_rest_can_be_brought() {
    let session = Session::clinic();
    run(async || {
        let book = Book::of(session).await;
        let mut visitor = book.signed_in(Rights::Owner).await;
        let page = sound(&mut visitor, "/assets").await;
        assert!(page.contains("2 of 3 computers seen"), "{page}");
        assert!(page.contains("asepsis check --save") && page.contains("href=\"/import\""));
        assert!(page.contains("Nobody has said which mail domains are yours"));
        let (first, second) = (page.find("desk-01").unwrap(), page.find("desk-02").unwrap());
        assert!(first < second, "what needs work comes first");
        let mut auditor = book.signed_in(Rights::Auditor).await;
        let page = sound(&mut auditor, "/assets").await;
        assert!(!page.contains("href=\"/import\"") && !page.contains("/questions/"));
        let only = sound(&mut visitor, "/assets?q=DESK-02").await;
        assert!(only.contains("desk-02") && !only.contains("desk-01"));
        let none = sound(&mut visitor, "/assets?kind=domain&page=99").await;
        assert!(none.contains("Nothing fits"));
    });
}

#[test]
fn named_domains_that_nobody_looked_at_are_listed_and_can_be_measured() {
    let session = Session::clinic();
    session.record(
        DAY,
        vec![Record::Organization(Organization {
            name: "Maple Street Family Practice".to_owned(),
            attributes: [("it".to_owned(), Size::Small)].into(),
            domains: vec!["clinic.example".to_owned()],
            zone: "America/Chicago".to_owned(),
            ..Organization::default()
        })],
    );
    run(async || {
        let book = Book::of(session).await;
        let mut visitor = book.signed_in(Rights::It).await;
        let page = sound(&mut visitor, "/assets").await;
        assert!(page.contains("0 of 1 mail domain seen"), "{page}");
        assert!(page.contains("<li>clinic.example</li>"));
        assert!(page.contains("name=\"domain\" value=\"clinic.example\""));
    });
}

#[test]
fn one_thing_is_shown_with_its_checks_facts_and_looks() {
    let session = Session::clinic();
    let later = "2026-01-10T16:00:00Z";
    let vain = Body::Skipped { reason: "needs an administrator".to_owned() };
    let gap = Observation { body: vain, ..look(computer("desk-01", later, &desk(false))) };
    session.record(later, vec![Record::Observation(gap)]);
    run(async || {
        let book = Book::of(session).await;
        let mut visitor = book.signed_in(Rights::Auditor).await;
        let page = sound(&mut visitor, &one("desk-01")).await;
        for words in [
            "Missed look",
            "The newest look saw nothing",
            "The system disk is encrypted",
            "not in order",
            "disk.root_encrypted",
            "href=\"/evidence/2\"",
            "All looks at it",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
        assert!(page.len() < 43_000, "{} bytes", page.len());
        assert_eq!(visitor.get("/assets/one?subject=machine-id:none").await.status, 404);
        assert_eq!(visitor.get("/assets/one").await.location(), "/assets");
    });
}

#[test]
fn a_large_fleet_comes_in_pages_and_no_computer_is_left_out() {
    let session = Session::clinic();
    let all = (0..230).map(|n| computer(&format!("ward-{n:03}"), DAY, &desk(n % 2 == 0)));
    session.record(DAY, all.collect());
    run(async || {
        let book = Book::of(session).await;
        let mut visitor = book.signed_in(Rights::Owner).await;
        let mut seen = Vec::new();
        for number in 1..=5 {
            let page = sound(&mut visitor, &format!("/assets?q=ward&page={number}")).await;
            assert!(page.len() < 43_000, "{} bytes", page.len());
            seen.extend(page.split(">ward-").skip(1).map(|it| it.get(..3).unwrap().to_owned()));
        }
        let odd = (1..230).step_by(2);
        let wanted: Vec<String> =
            odd.chain((0..230).step_by(2)).map(|n| format!("{n:03}")).collect();
        assert_eq!(seen, wanted, "plain disks first, each by name");
    });
}

//! Practices and checks: what they say of a clinic, to whom, how large they get, and accepting a gap.
#![expect(clippy::unwrap_used, reason = "helpers of tests, which clippy does not take for tests")]

use asepsis::web::router;
use asepsis_core::catalog::{Catalog, Check, Example};
use asepsis_core::evidence::Record;
use asepsis_core::observation::{Body, Observation, Subject};
use asepsis_core::organization::{Organization, Size};
use asepsis_core::outcome::Outcome;
use asepsis_core::statement::Answer;
use asepsis_store::accounts::Rights;

use super::markup::{faults, links};
use super::support::{Book, run};
use crate::support::{DAY, Session, computer, desk, said};

const DISK: &str = "/checks/computer.system-disk-encrypted";
/// The largest page, style sheet included, and the room left for the style sheet to grow into.
const LARGEST: usize = 60_000 - 17_000;

fn catalog() -> Catalog {
    Catalog::load(&asepsis::ops::embedded()).unwrap()
}

/// A look at something that has one check's example fact.
fn look(check: &Check, example: &Example, at: usize) -> (String, Record) {
    let computer = check.reads.starts_with("computer");
    let name = if computer { format!("desk-{at}") } else { format!("m{at}.clinic.example") };
    let subject = if computer { format!("machine-id:{at:08}") } else { format!("dns:{name}") };
    let observation = Observation {
        schema: check.reads.clone(),
        subject: Subject(subject),
        also: Vec::new(),
        label: name.clone(),
        observed_at: DAY.parse().unwrap(),
        collector: "asepsis/test".to_owned(),
        version: "0.1.0".to_owned(),
        body: Body::Saw { fact: example.fact.clone(), seen: std::collections::BTreeMap::new() },
    };
    (name, Record::Observation(observation))
}

/// An organization of this size where every check fails on several subjects.
fn everything_fails(size: Size) -> Session {
    let session = Session::new();
    let (mut records, mut domains, mut at) = (Vec::new(), Vec::new(), 0);
    for check in &catalog().checks {
        for example in &check.examples {
            let times = match example.expect {
                Outcome::Fail => 8,
                Outcome::Pass => 1,
                Outcome::NotApplicable | Outcome::Unknown => 0,
            };
            for _ in 0..times {
                at += 1;
                let (name, record) = look(check, example, at);
                if !check.reads.starts_with("computer") {
                    domains.push(name);
                }
                records.push(record);
            }
        }
    }
    records.push(Record::Organization(Organization {
        name: "North Hospital".to_owned(),
        chosen_size: Some(size),
        domains,
        zone: "America/Chicago".to_owned(),
        ..Organization::default()
    }));
    records.push(said("org.computers", Answer::Number(20_000), DAY));
    session.record(DAY, records);
    session
}

#[test]
fn pages_stay_small_where_everything_fails() {
    for size in Size::ALL {
        let session = everything_fails(size);
        run(async || {
            let book = Book::of(session).await;
            let mut owner = book.signed_in(Rights::Owner).await;
            let numbers = (1..=10).map(|n| format!("/practices/{n}"));
            let threats = (1..=5).map(|n| format!("/threats/T{n}"));
            let others = ["/practices", "/threats", "/checks/email.dmarc-present"];
            for path in numbers.chain(threats).chain(others.map(str::to_owned)) {
                let page = owner.page(&path).await;
                assert_eq!(faults(&page), Vec::<String>::new(), "{path} for {size}");
                assert!(page.len() <= LARGEST, "{path} for {size}: {} bytes", page.len());
            }
        });
    }
}

#[test]
fn a_practice_says_what_was_seen_and_told_and_what_to_do() {
    let session = Session::clinic();
    session.record(DAY, vec![said("org.medical-devices", Answer::One("none".to_owned()), DAY)]);
    run(async || {
        let book = Book::of(session).await;
        let mut owner = book.signed_in(Rights::Owner).await;
        let list = owner.page("/practices").await;
        for n in 1..=10 {
            assert!(list.contains(&format!("href=\"/practices/{n}\"")), "{n}");
        }
        assert!(list.contains("19 sub-practices apply to a small organization."));
        assert!(list.contains("Not counted: what the 2023 edition may add"));

        let page = owner.page("/practices/2").await;
        for text in [
            "<h1>Endpoint Protection Systems</h1>",
            "Basic Endpoint Protection Controls <span class=\"id\">2.S.A</span>",
            "id=\"p-2-S-A-disk-encryption\"",
            "<b class=\"num\">1 of 3 computers</b>; 1 not so, 1 never looked at.",
            "<b class=\"label\">desk-01</b>",
            "href=\"/plan/computer.system-disk-encrypted\"",
            "Ask now:",
            "action=\"/looks\"",
        ] {
            assert!(page.contains(text), "{text} is not in {page}");
        }
        let to = links(&page);
        assert!(to.contains(DISK) && to.iter().any(|it| it.starts_with("/evidence/")), "{to:?}");

        // What was told says by whom, and leads to the answer.
        let devices = owner.page("/practices/9").await;
        assert!(devices.contains("does not apply"), "{devices}");

        // Who may only look is offered nothing else.
        let seen = book.signed_in(Rights::Auditor).await.page("/practices/2").await;
        assert!(seen.contains("Not asked yet:") && !seen.contains("action=\"/looks\""));
        assert!(links(&seen).iter().all(|it| !it.starts_with("/questions/")));
    });
}

#[test]
fn a_practice_or_check_that_is_not_there_is_not_found() {
    run(async || {
        let book = Book::empty().await;
        let mut owner = book.signed_in(Rights::Owner).await;
        for path in ["/practices/0", "/practices/11", "/practices/x", "/checks/none", "/threats/T6"]
        {
            assert_eq!(owner.get(path).await.status, 404, "{path}");
        }
        // And nothing known is no reason to break.
        for path in router::all().iter().map(|it| it.path).filter(|it| *it == "/practices") {
            assert_eq!(faults(&owner.page(path).await), Vec::<String>::new());
        }
        assert!(owner.page(DISK).await.contains("Nobody has looked yet."));
    });
}

#[test]
fn a_check_shows_twelve_and_then_fifty_at_a_time() {
    let session = Session::clinic();
    let many = (0..130).map(|n| computer(&format!("ward-{n:03}"), DAY, &desk(false))).collect();
    session.record(DAY, many);
    run(async || {
        let book = Book::of(session).await;
        let mut owner = book.signed_in(Rights::Owner).await;
        let listed = |page: &str| page.matches("<b class=\"label\">").count();
        let page = owner.page(DISK).await;
        // Twelve that fail, and the one that passes.
        assert_eq!(listed(&page), 13);
        assert!(page.contains("See all 131"), "{page}");
        let first = owner.page(&format!("{DISK}?show=fail&page=1")).await;
        assert_eq!(listed(&first), 50);
        assert!(first.contains("Page 1 of 3") && first.contains("Next page"));
        let last = owner.page(&format!("{DISK}?page=99")).await;
        assert_eq!(listed(&last), 31);
        assert_eq!(faults(&first), Vec::<String>::new());
    });
}

#[test]
fn a_vendor_sees_what_is_asked_and_no_more() {
    let session = Session::clinic();
    run(async || {
        let book = Book::of(session).await;
        let page = book.signed_in(Rights::Vendor).await.page(DISK).await;
        assert!(page.contains("desk-01") && page.contains("How to put it right"));
        let to = links(&page);
        let hidden = ["/evidence", "/practices", "/plan", "/threats"];
        assert!(to.iter().all(|it| !hidden.iter().any(|no| it.starts_with(no))), "{to:?}");
        assert!(!page.contains("Accept this gap"));
    });
}

#[test]
fn a_gap_is_accepted_with_a_reason_an_owner_and_an_end() {
    let session = Session::clinic();
    run(async || {
        let book = Book::of(session).await;
        let mut owner = book.signed_in(Rights::Owner).await;
        let to = format!("{DISK}/accept");
        let good = [
            ("subject", ""),
            ("reason", "It is replaced in <b>March</b>."),
            ("owner", "Pat owner"),
            ("other", ""),
            ("until", "2026-04-01"),
        ];
        let with = |name: &str, value: &'static str| {
            let mut all = good;
            all.iter_mut().filter(|it| it.0 == name).for_each(|it| it.1 = value);
            all
        };
        let before = book.entries().await;
        for (name, value, what) in [
            ("reason", "", "Write in a sentence why it is accepted."),
            ("reason", "for Jane Roe, MRN 123456789", "patient"),
            ("owner", "", "Choose who answers for it, or write a name."),
            ("until", "soon", "Give a day as in 2026-12-01."),
            ("until", "2026-01-01", "Choose a day after today and within a year."),
            ("until", "2028-01-01", "Choose a day after today and within a year."),
            ("subject", "machine-id:none", "This one is in order by now"),
        ] {
            let answer = owner.post(&to, &with(name, value)).await;
            assert_eq!(answer.status, 422, "{name} {value}");
            assert!(answer.body.contains(what), "{name} {value}: {}", answer.body);
            assert_eq!(faults(&answer.body), Vec::<String>::new(), "{name} {value}");
            // What was typed is still there.
            assert!(name == "until" || answer.body.contains("2026-04-01"), "{}", answer.body);
        }
        assert_eq!(book.entries().await, before);

        let answer = owner.post(&to, &good).await;
        assert_eq!(answer.status, 303);
        assert_eq!(answer.location(), format!("{DISK}?said=accepted#accepted"));
        let page = owner.page(DISK).await;
        for text in
            ["Accepted for a time", "Pat owner", "It is replaced in &lt;b&gt;March&lt;/b&gt;."]
        {
            assert!(page.contains(text), "{text} is not in {page}");
        }
        // It is still a gap, and nothing is left to accept.
        assert!(page.contains("not so, accepted for a time") && !page.contains("Decide about it"));
        assert_eq!(faults(&page), Vec::<String>::new());
        let again = owner.post(&to, &good).await;
        assert_eq!(again.status, 422);
        assert!(again.body.contains("Nothing fails here any more"), "{}", again.body);
    });
}

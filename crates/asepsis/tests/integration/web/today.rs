//! Today: what it says of a clinic, of an empty book, of what differs, changed and ends.
#![expect(clippy::unwrap_used, reason = "helpers of tests, which clippy does not take for tests")]

use asepsis::ops::By;
use asepsis_core::action::ActionChange;
use asepsis_core::evidence::Record;
use asepsis_core::organization::Organization;
use asepsis_core::statement::Answer;
use asepsis_store::accounts::Rights;

use super::support::{Book, noon, run};
use crate::support::{DAY, Session, computer, desk, said};

/// Whether these texts stand on the page in this order.
fn in_order(html: &str, texts: &[&str]) {
    let mut rest = html;
    for text in texts {
        let at = rest.find(text).unwrap_or_else(|| panic!("{text:?} is not in {rest}"));
        rest = rest.get(at + text.len()..).unwrap();
    }
}

#[test]
fn it_says_how_a_clinic_stands_and_what_to_do_next() {
    let session = Session::clinic();
    run(async || {
        let book = Book::of(session).await;
        let page = book.signed_in(Rights::Owner).await.page("/today").await;
        in_order(
            &page,
            &[
                "Maple Street Family Practice · Small organization, by 2 of 2 rows",
                "Saturday, January 10, 2026, 12:00 PM CST",
                "<h1>None of 10 practices is fully in place yet.</h1>",
                "Do next",
                "It avoids",
                "class=\"figure\"",
                "href=\"/actions/",
                "href=\"/plan\"",
                "href=\"/plan/checks\"",
                "Answer next",
                "Answer 10 questions, about 8 minutes",
                "Changed since a week ago",
                "Ends this week",
                "Last looked",
                "Looks at this computer, which asks nobody over the network.",
                "Measure again",
                "How you stand on the ten practices",
                "<table",
                "/practices/2\"",
                "measured <time class=\"num\" datetime=\"2026-01-10T15:00:00.000Z\">Jan 10, 2026",
                "parts seen",
            ],
        );
        assert!(!page.contains("Begin here"));
    });
}

#[test]
fn an_empty_book_says_what_to_do_first() {
    run(async || {
        let book = Book::empty().await;
        let page = book.signed_in(Rights::Owner).await.page("/today").await;
        let texts = ["Nobody can tell yet how you stand.", "Say how large it is", "Begin here"];
        in_order(&page, &texts);
        in_order(&page, &["Measure now", "Answer next", "none of 16 parts known yet"]);
        // A section about looks would be about none.
        assert!(!page.contains("Last looked") && !page.contains("Do next"));
        let page = book.signed_in(Rights::Auditor).await.page("/today").await;
        assert!(page.contains("Ask the owner of this book or your IT person to measure"));
    });
}

#[test]
fn what_was_told_and_seen_comes_first_with_both_entries() {
    let session = Session::clinic();
    let answer = said("endpoint.disk-encryption", Answer::One("all".to_owned()), DAY);
    session.record(DAY, vec![answer]);
    run(async || {
        let book = Book::of(session).await;
        let page = book.signed_in(Rights::Owner).await.page("/today").await;
        in_order(
            &page,
            &[
                "<h1>One answer does not match what we saw. ",
                "You told us one thing, we saw another",
                "“Yes, on every computer”",
                "href=\"/evidence/5\"",
                "fails on 1 of 3",
                "href=\"/evidence/2\"",
                "href=\"/questions/endpoint.disk-encryption\"",
                "Correct the answer",
                "href=\"/practices/2#p-2-S-A-",
                "See it",
                "Do next",
            ],
        );
    });
}

#[test]
fn nobody_is_offered_what_they_may_not_do() {
    let session = Session::clinic();
    let answer = said("endpoint.disk-encryption", Answer::One("all".to_owned()), DAY);
    session.record(DAY, vec![answer]);
    run(async || {
        let book = Book::of(session).await;
        let page = book.signed_in(Rights::Auditor).await.page("/today").await;
        for offered in ["Measure", "Put in the plan", "Correct the answer", "Answer next"] {
            assert!(!page.contains(offered), "{offered}");
        }
        assert!(page.contains("See it") && page.contains("href=\"/plan\""));
        let page = book.signed_in(Rights::Staff).await.page("/today").await;
        assert!(page.contains("Correct the answer") && !page.contains("Measure again"));
    });
}

#[test]
fn what_changed_and_what_ends_is_told() {
    let session = Session::new();
    let early = "2026-01-01T15:00:00Z";
    let organization = Organization { zone: "UTC".to_owned(), ..Organization::default() };
    let found = Record::Organization(organization);
    session.record(early, vec![found, said("org.computers", Answer::Number(1), early)]);
    session.record(early, vec![computer("desk-01", early, &desk(false))]);
    session.record(DAY, vec![computer("desk-01", DAY, &desk(true))]);
    run(async || {
        let book = Book::of(session).await;
        let page = book.signed_in(Rights::Owner).await.page("/today").await;
        in_order(
            &page,
            &[
                "Changed since a week ago",
                "Better, or found in order",
                "The system disk is encrypted",
                "Ends this week",
            ],
        );
        assert!(!page.contains("younger than a week"));
    });
}

#[test]
fn what_is_said_to_be_done_waits_for_a_look() {
    let session = Session::clinic();
    run(async || {
        let book = Book::of(session).await;
        let owner = book.account(Rights::Owner).await;
        let by = By::Person(&owner.person);
        let check = "computer.system-disk-encrypted";
        let done = ActionChange::Done { note: "turned on".to_owned() };
        book.home.act(check, done, None, by, noon()).await.unwrap();
        let page = book.signed_in(Rights::Owner).await.page("/today").await;
        let text = "One thing is said to be done. The next look tells whether it holds.";
        in_order(&page, &["Do next", text]);
        assert!(!page.contains("/checks/computer.system-disk-encrypted"));
    });
}

#[test]
fn names_are_text() {
    let session = Session::new();
    let organization = Organization { name: "<b>Clinic</b>".to_owned(), ..Organization::default() };
    let look = computer("<i>desk</i>", "2025-12-01T15:00:00Z", &desk(false));
    session.record(DAY, vec![Record::Organization(organization), look]);
    run(async || {
        let book = Book::of(session).await;
        let page = book.signed_in(Rights::Owner).await.page("/today").await;
        in_order(
            &page,
            &["&lt;b&gt;Clinic&lt;/b&gt;", "Not seen lately", "&lt;i&gt;desk&lt;/i&gt;"],
        );
        assert!(!page.contains("<i>desk") && !page.contains("<b>Clinic"));
    });
}

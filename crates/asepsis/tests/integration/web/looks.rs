//! Looks: started by a form, run as a job, shown until they are done.
#![expect(clippy::unwrap_used, reason = "helpers of tests, which clippy does not take for tests")]

use asepsis_collect::net::Net;
use asepsis_core::evidence::Record;
use asepsis_core::organization::Organization;
use asepsis_store::accounts::Rights;
use asepsis_store::jobs::JobState;

use super::support::{Book, noon, run};
use crate::support::{DAY, Session};

fn clinic() -> Session {
    let session = Session::new();
    let domains = vec!["clinic.example".to_owned(), "lab.example".to_owned()];
    let organization =
        Organization { domains, zone: "America/Chicago".to_owned(), ..Organization::default() };
    session.record(DAY, vec![Record::Organization(organization)]);
    session
}

async fn jobs(book: &Book) -> usize {
    book.home.store.jobs(&book.home.organization, 100).await.unwrap().len()
}

#[test]
fn a_look_is_shown_until_it_is_done() {
    let session = clinic();
    run(async || {
        let book = Book::of(session).await;
        let mut owner = book.signed_in(Rights::Owner).await;
        let form = [("computer", "on"), ("domain", "clinic.example"), ("then", "today")];
        let path = owner.post("/looks", &form).await.location().to_owned();
        assert!(path.starts_with("/looks/job-") && path.ends_with("?then=today"), "{path}");
        let page = owner.page(&path).await;
        for text in [
            "<h1>A look at this computer and the mail of clinic.example</h1>",
            "data-busy=\"1\"",
            "Waiting for its turn.",
            "Look how far it is",
        ] {
            assert!(page.contains(text), "{text}: {page}");
        }
        assert!(page.contains(&format!("data-live=\"{path}\"")), "{page}");
        assert!(!page.contains("data-then"));
        // The same again is the same look: somebody pressed the button twice.
        assert_eq!(owner.post("/looks", &form).await.location(), path);
        assert_eq!(jobs(&book).await, 1);
        let net = Net::new(&[], true).unwrap();
        assert!(book.home.run_look(&net, noon).await.unwrap());
        let page = owner.page(&path).await;
        for text in [
            "data-then=\"/today\"",
            "<h2 id=\"far\">Done</h2>",
            "the network is switched off, so DNS was not asked about clinic.example",
            "Start the program again without --offline",
            "href=\"/evidence/",
            "Nothing was asked over the network.",
            "href=\"/settings/connections\"",
        ] {
            assert!(page.contains(text), "{text}: {page}");
        }
        assert!(!page.contains("data-busy"));
        // Without `then` nobody is sent away from it.
        let plain = path.split('?').next().unwrap();
        assert!(!owner.page(plain).await.contains("data-then"));
        // Only the owner sees the list of connections.
        let page = book.signed_in(Rights::Auditor).await.page(plain).await;
        assert!(!page.contains("/settings/connections"));
    });
}

#[test]
fn only_ones_own_domains_are_looked_at() {
    let session = clinic();
    run(async || {
        let book = Book::of(session).await;
        let mut it = book.signed_in(Rights::It).await;
        for (form, why) in [
            (
                &[("computer", "on"), ("domain", "other.example")][..],
                "is not among your mail domains",
            ),
            (&[("domain", "<b>x</b>")][..], "&lt;b&gt;x&lt;/b&gt;"),
            (&[][..], "Tick this computer or a mail domain."),
        ] {
            let answer = it.post("/looks", form).await;
            assert_eq!(answer.status, 422);
            assert!(answer.body.contains(why), "{why}: {}", answer.body);
            // What can be looked at is offered.
            assert!(answer.body.contains("lab.example"), "{}", answer.body);
        }
        assert_eq!(jobs(&book).await, 0);
        let other = [("domain", "LAB.example"), ("then", "https://elsewhere.example")];
        let path = it.post("/looks", &other).await.location().to_owned();
        assert!(path.starts_with("/looks/job-") && !path.contains("then"), "{path}");
    });
}

#[test]
fn a_look_that_failed_says_why_and_what_to_do() {
    let session = clinic();
    run(async || {
        let book = Book::of(session).await;
        let mut owner = book.signed_in(Rights::Owner).await;
        let form = [("domain", "clinic.example"), ("domain", "lab.example")];
        let path = owner.post("/looks", &form).await.location().to_owned();
        let (store, organization) = (&book.home.store, book.home.organization.as_str());
        let job = store.claim_job(organization, noon(), 60_000).await.unwrap().unwrap();
        let page = owner.page(&path).await;
        assert!(page.contains("Looking: 0 of 2 done") && page.contains("Looking now."), "{page}");
        let (failed, why) = (JobState::Failed, "the disk is <full>");
        store.finish_job(organization, &job.id, job.attempt, failed, why, noon()).await.unwrap();
        let page = owner.page(&path).await;
        for text in
            ["the disk is &lt;full&gt;.", "Not looked at.", "What was seen until then is kept."]
        {
            assert!(page.contains(text), "{text}: {page}");
        }
        assert!(page.contains("value=\"lab.example\"") && page.contains("Measure again"), "{page}");
        let page = book.signed_in(Rights::Staff).await.page(&path).await;
        assert!(!page.contains("action=\"/looks\""), "{page}");
    });
}

#[test]
fn a_look_that_is_not_there_is_not_found() {
    run(async || {
        let book = Book::empty().await;
        let mut owner = book.signed_in(Rights::Owner).await;
        assert_eq!(owner.get("/looks/none").await.status, 404);
    });
}

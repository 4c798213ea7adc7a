//! Looks by the calendar: what is due, what was missed, and that a look which a crash interrupted is
//! in the ledger once. On SQLite; the jobs themselves are tried on both databases in `store`.
#![expect(clippy::unwrap_used, reason = "helpers of tests, which clippy does not take for tests")]

use std::sync::Arc;

use asepsis::ops::{self, By, Change, Home, Look};
use asepsis_collect::net::Net;
use asepsis_core::evidence::Record;
use asepsis_core::observation::Body;
use asepsis_core::time::Timestamp;
use asepsis_store::jobs::JobState;

use super::support::{Book, noon, run};
use crate::support::{computer, desk};

const DOMAIN: &str = "clinic.example";

fn offline() -> Net {
    Net::new(&[], true).unwrap()
}

async fn book_at(home: &Arc<Home>, now: Timestamp) -> ops::Book {
    ops::Book::compute(Arc::clone(home), now).await.unwrap()
}

/// The subject under which the harness looks at a computer.
fn subject(record: &Record) -> String {
    let Record::Observation(look) = record else { panic!("not a look") };
    look.subject.0.clone()
}

#[test]
fn what_is_due_follows_the_cadence_and_a_missed_look_is_a_gap_once() {
    run(async || {
        let book = Book::empty().await;
        let home = &book.home;
        let change = Change { domains: vec![DOMAIN.to_owned()], ..Change::default() };
        home.change(change, By::Named { name: "", role: "manager" }, noon()).await.unwrap();
        let seen = computer("desk-01", &noon().to_string(), &desk(true));
        let own = subject(&seen);

        // Nobody has looked yet: both are due, and nothing was missed.
        let due = home.due(&book_at(home, noon()).await, Some(&own), noon());
        assert_eq!(due.look, Look { computer: true, domains: vec![DOMAIN.to_owned()] });
        assert_eq!(due.gaps, []);

        // A computer that was just looked at is not; the domain still is.
        home.record(vec![("program-test".to_owned(), seen)], noon()).await.unwrap();
        let due = home.due(&book_at(home, noon()).await, Some(&own), noon());
        assert_eq!(due.look, Look { computer: false, domains: vec![DOMAIN.to_owned()] });

        // By its cadence it is due again, and after twice the cadence somebody missed a look.
        let every = i64::from(home.catalog.cadence("computer/1").unwrap().0);
        let soon = noon().plus_days(every);
        let due = home.due(&book_at(home, soon).await, Some(&own), soon);
        assert!(due.look.computer && due.gaps.is_empty());
        let late = noon().plus_days(2 * every + 1);
        let due = home.due(&book_at(home, late).await, Some(&own), late);
        assert_eq!(due.gaps.len(), 1);
        let Body::Skipped { reason } = &due.gaps.first().unwrap().body else { panic!("a look") };
        assert_eq!(reason, "nobody looked since 2026-01-10, longer than planned");

        // However often it is noticed, it is on record once.
        let before = book.entries().await;
        home.record_gaps(due.gaps.clone(), late).await.unwrap();
        home.record_gaps(due.gaps, late.plus_days(1)).await.unwrap();
        assert_eq!(book.entries().await, before + 1);
    });
}

#[test]
fn a_look_in_vain_is_not_tried_again_every_minute() {
    run(async || {
        let book = Book::empty().await;
        let home = &book.home;
        let change = Change { domains: vec![DOMAIN.to_owned()], ..Change::default() };
        home.change(change, By::Named { name: "", role: "manager" }, noon()).await.unwrap();
        let look = Look { computer: false, domains: vec![DOMAIN.to_owned()] };
        home.start_look(&look, "calendar", None, noon()).await.unwrap();
        // Offline, nothing is seen.
        home.run_look(&offline(), noon).await.unwrap();
        let hours = |n: i64| Timestamp::from_millis(noon().as_millis() + n * 3_600_000);
        let due = home.due(&book_at(home, hours(5)).await, None, hours(5));
        assert_eq!(due.look, Look::default());
        let due = home.due(&book_at(home, hours(7)).await, None, hours(7));
        assert_eq!(due.look, look);
    });
}

#[test]
fn a_look_runs_once_and_a_second_wish_joins_it() {
    run(async || {
        let book = Book::empty().await;
        let home = &book.home;
        let look = Look { computer: false, domains: vec![DOMAIN.to_owned()] };
        let first = home.start_look(&look, "person-test", Some("same"), noon()).await.unwrap();
        let second = home.start_look(&look, "person-test", Some("same"), noon()).await.unwrap();
        assert_eq!(first, second);
        assert!(home.run_look(&offline(), noon).await.unwrap());
        assert!(!home.run_look(&offline(), noon).await.unwrap(), "nothing is left to do");
        let job = home.store.job(&home.organization, &first).await.unwrap().unwrap();
        assert_eq!(job.state, JobState::Done);
        let (_, progress) = Home::look_of(&job).unwrap();
        let line = progress.lines.first().unwrap();
        assert_eq!(line.domain.as_deref(), Some(DOMAIN));
        assert!(line.entry.is_some());
        assert!(home.start_look(&Look::default(), "person-test", None, noon()).await.is_err());
    });
}

#[test]
fn a_look_that_a_crash_interrupted_goes_on_and_records_once() {
    run(async || {
        let book = Book::empty().await;
        let home = &book.home;
        let look = Look { computer: false, domains: vec![DOMAIN.to_owned()] };
        let id = home.start_look(&look, "person-test", None, noon()).await.unwrap();
        // A process takes the job and dies.
        home.store.claim_job(&home.organization, noon(), 1000).await.unwrap().unwrap();
        assert!(!home.run_look(&offline(), noon).await.unwrap(), "the job is taken");
        let later = || noon().plus_days(1);
        assert!(home.run_look(&offline(), later).await.unwrap());
        let entries = book.entries().await;
        let job = home.store.job(&home.organization, &id).await.unwrap().unwrap();
        assert_eq!((job.state, job.attempt), (JobState::Done, 2));
        // Had the first process recorded it already, the key of this look would have said so.
        let all = home.store.entries(&home.organization, 0, 100).await.unwrap();
        let looks = all.iter().filter(|it| it.kind == "observation").count();
        assert_eq!((looks, entries), (1, all.len() as u64));
    });
}

#[test]
fn a_job_that_never_ends_is_given_up() {
    run(async || {
        let book = Book::empty().await;
        let home = &book.home;
        let look = Look { computer: false, domains: vec![DOMAIN.to_owned()] };
        let id = home.start_look(&look, "person-test", None, noon()).await.unwrap();
        for day in 0..3 {
            let at = noon().plus_days(day);
            home.store.claim_job(&home.organization, at, 1000).await.unwrap().unwrap();
        }
        let later = || noon().plus_days(9);
        assert!(home.run_look(&offline(), later).await.unwrap());
        let job = home.store.job(&home.organization, &id).await.unwrap().unwrap();
        assert_eq!(job.state, JobState::Failed);
        let why = job.outcome.unwrap();
        assert!(why.contains("begun several times"), "{why}");
    });
}

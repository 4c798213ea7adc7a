//! Jobs: claimed once per attempt, by lease.

use super::accounts::{OTHER, two};
use super::*;
use asepsis_store::jobs::{Job, JobState, NewJob};
use std::collections::BTreeMap;

/// How long a claim lasts, in milliseconds.
const LEASE: i64 = 30_000;

/// A job without a key, made a number of milliseconds from now.
pub(super) fn job(n: i64) -> NewJob {
    NewJob {
        id: format!("job-{n:03}"),
        key: None,
        kind: "check".into(),
        detail: "{\"what\":\"email\"}".into(),
        created_by: "account-ada".into(),
        created_at: later(n),
    }
}

fn later(millis: i64) -> Timestamp {
    Timestamp::from_millis(now().as_millis() + millis)
}

fn ids(jobs: &[Job]) -> Vec<&str> {
    jobs.iter().map(|job| job.id.as_str()).collect()
}

#[test]
fn a_job_goes_from_the_queue_to_its_outcome() {
    on_each(async |database: Database| {
        let store = database.store().await;
        assert_eq!(store.claim_job(ORG, now(), LEASE).await.unwrap(), None);
        for n in [2, 1, 3] {
            assert_eq!(store.enqueue(ORG, &job(n)).await.unwrap(), job(n).id);
        }
        assert!(store.enqueue(ORG, &job(1)).await.is_err(), "the same id");
        let queued = store.job(ORG, "job-001").await.unwrap().unwrap();
        let expected = Job {
            id: "job-001".into(),
            kind: "check".into(),
            detail: "{\"what\":\"email\"}".into(),
            state: JobState::Queued,
            attempt: 0,
            lease_until: None,
            progress: "{}".into(),
            created_by: "account-ada".into(),
            created_at: later(1),
            finished_at: None,
            outcome: None,
        };
        assert_eq!(queued, expected);
        let claimed = store.claim_job(ORG, now(), LEASE).await.unwrap().unwrap();
        let running = Job {
            state: JobState::Running,
            attempt: 1,
            lease_until: Some(later(LEASE)),
            ..expected
        };
        assert_eq!(claimed, running);
        let until = later(2 * LEASE);
        assert!(store.job_progress(ORG, "job-001", 1, "{\"at\":1}", until).await.unwrap());
        let moved = store.job(ORG, "job-001").await.unwrap().unwrap();
        assert_eq!((moved.progress.as_str(), moved.lease_until), ("{\"at\":1}", Some(until)));
        assert_eq!(
            ids(&store.unfinished_jobs(ORG).await.unwrap()),
            ["job-001", "job-002", "job-003"]
        );

        for state in [JobState::Queued, JobState::Running] {
            assert!(!store.finish_job(ORG, "job-001", 1, state, "", now()).await.unwrap());
        }
        let done = JobState::Done;
        assert!(store.finish_job(ORG, "job-001", 1, done, "seen", later(9)).await.unwrap());
        assert!(!store.finish_job(ORG, "job-001", 1, done, "again", later(9)).await.unwrap());
        assert!(!store.job_progress(ORG, "job-001", 1, "{}", until).await.unwrap());
        assert!(!store.finish_job(ORG, "job-002", 0, done, "unclaimed", now()).await.unwrap());
        let done = store.job(ORG, "job-001").await.unwrap().unwrap();
        assert_eq!((done.state, done.lease_until), (JobState::Done, None));
        assert_eq!((done.outcome.as_deref(), done.finished_at), (Some("seen"), Some(later(9))));
        assert_eq!(ids(&store.unfinished_jobs(ORG).await.unwrap()), ["job-002", "job-003"]);
        assert_eq!(ids(&store.jobs(ORG, 2).await.unwrap()), ["job-003", "job-002"]);
        store.close().await;
    });
}

#[test]
fn one_job_of_a_key_is_queued_or_running_at_a_time() {
    on_each(async |database: Database| {
        let stores = two(&database).await;
        let tasks: Vec<_> = (0..8)
            .map(|n: i64| {
                let store = stores[usize::try_from(n % 2).unwrap()].clone();
                let job = NewJob { key: Some("check".into()), ..job(n) };
                tokio::spawn(async move { store.enqueue(ORG, &job).await.unwrap() })
            })
            .collect();
        let mut given = Vec::new();
        for task in tasks {
            given.push(task.await.unwrap());
        }
        given.dedup();
        assert_eq!(given.len(), 1, "{given:?}");
        let store = &stores[0];
        assert_eq!(ids(&store.jobs(ORG, 99).await.unwrap()), given);
        let next = NewJob { key: Some("check".into()), ..job(9) };
        let other = NewJob { key: Some("import".into()), ..job(10) };
        store.claim_job(ORG, now(), LEASE).await.unwrap().unwrap();
        assert_eq!(store.enqueue(ORG, &next).await.unwrap(), given[0], "running");
        assert_eq!(store.enqueue(ORG, &other).await.unwrap(), other.id, "another key");
        assert_eq!(store.enqueue(OTHER, &next).await.unwrap(), next.id, "another organization");
        let failed = JobState::Failed;
        assert!(store.finish_job(ORG, &given[0], 1, failed, "no answer", now()).await.unwrap());
        assert_eq!(store.enqueue(ORG, &next).await.unwrap(), next.id, "finished");
        for store in stores {
            store.close().await;
        }
    });
}

#[test]
fn many_who_claim_at_once_get_each_job_once_for_each_attempt() {
    on_each(async |database: Database| {
        const JOBS: i64 = 40;
        let stores = two(&database).await;
        for n in 0..JOBS {
            stores[0].enqueue(ORG, &job(n)).await.unwrap();
        }
        let mut claims: BTreeMap<(String, u64), usize> = BTreeMap::new();
        // The second time all leases of the first are over.
        for at in [now(), later(LEASE)] {
            let tasks: Vec<_> = (0..8)
                .map(|n| {
                    let store = stores[n % 2].clone();
                    tokio::spawn(async move {
                        let mut own = Vec::new();
                        while let Some(job) = store.claim_job(ORG, at, LEASE).await.unwrap() {
                            own.push((job.id, job.attempt));
                        }
                        own
                    })
                })
                .collect();
            for task in tasks {
                for claim in task.await.unwrap() {
                    *claims.entry(claim).or_default() += 1;
                }
            }
        }
        let expected = (0..JOBS).flat_map(|n| [1, 2].map(|attempt| ((job(n).id, attempt), 1)));
        assert_eq!(claims, expected.collect());
        for store in stores {
            store.close().await;
        }
    });
}

#[test]
fn whoever_let_his_lease_end_finds_the_job_taken() {
    on_each(async |database: Database| {
        let store = database.store().await;
        store.enqueue(ORG, &job(0)).await.unwrap();
        let id = job(0).id;
        let first = store.claim_job(ORG, now(), LEASE).await.unwrap().unwrap();
        assert_eq!(store.claim_job(ORG, later(LEASE - 1), LEASE).await.unwrap(), None);
        // Somebody who still works holds on to it.
        assert!(store.job_progress(ORG, &id, 1, "{}", later(2 * LEASE)).await.unwrap());
        assert_eq!(store.claim_job(ORG, later(LEASE), LEASE).await.unwrap(), None);
        let second = store.claim_job(ORG, later(2 * LEASE), LEASE).await.unwrap().unwrap();
        assert_eq!((first.attempt, second.attempt), (1, 2));
        let until = later(9 * LEASE);
        assert!(!store.job_progress(ORG, &id, 1, "{\"late\":1}", until).await.unwrap());
        let done = JobState::Done;
        assert!(!store.finish_job(ORG, &id, 1, done, "late", now()).await.unwrap());
        let job = store.job(ORG, &id).await.unwrap().unwrap();
        assert_eq!(job, second);
        assert!(store.finish_job(ORG, &id, 2, done, "in time", now()).await.unwrap());
        store.close().await;
    });
}

#[test]
fn another_organization_does_not_see_or_claim_a_job() {
    on_each(async |database: Database| {
        let store = database.store().await;
        store.enqueue(ORG, &job(0)).await.unwrap();
        let id = job(0).id;
        assert_eq!(store.claim_job(OTHER, now(), LEASE).await.unwrap(), None);
        let job = store.claim_job(ORG, now(), LEASE).await.unwrap().unwrap();
        assert_eq!(store.job(OTHER, &id).await.unwrap(), None);
        assert_eq!(store.jobs(OTHER, 9).await.unwrap(), []);
        assert_eq!(store.unfinished_jobs(OTHER).await.unwrap(), []);
        assert!(!store.job_progress(OTHER, &id, 1, "x", later(LEASE)).await.unwrap());
        assert!(!store.finish_job(OTHER, &id, 1, JobState::Failed, "x", now()).await.unwrap());
        assert_eq!(store.claim_job(OTHER, later(9 * LEASE), LEASE).await.unwrap(), None);
        assert_eq!(store.job(ORG, &id).await.unwrap(), Some(job));
        store.close().await;
    });
}

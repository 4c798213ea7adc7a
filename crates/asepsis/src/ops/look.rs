//! Looks as jobs: what the page and the calendar start, any process can run, and a restart continues.

use std::collections::BTreeMap;

use asepsis_collect::net::Net;
use asepsis_core::evidence::Record;
use asepsis_core::observation::{Body, Observation, Subject};
use asepsis_core::random::new_id;
use asepsis_core::time::Timestamp;
use asepsis_store::db::DbError;
use asepsis_store::jobs::{Job, JobState, NewJob};
use serde::{Deserialize, Serialize};

use super::book::Book;
use super::check::{Collected, one};
use super::home::{Home, HomeError, PROGRAM};

/// The kind of job that looks.
const KIND: &str = "look";
/// A look that says nothing for so long is taken over by whoever is there: two minutes.
const LEASE: i64 = 120_000;
/// A look that was begun this often is given up: it ends whatever runs it.
const TRIES: u64 = 3;

/// After a look in vain the calendar waits so long: six hours, so that a computer without a network
/// does not fill the ledger with looks that failed.
const AGAIN: i64 = 6 * 3_600_000;

/// What to look at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    /// This computer.
    pub computer: bool,
    /// Mail domains.
    pub domains: Vec<String>,
}

/// How far a look is: one line for each thing it looks at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// The lines, in the order in which things are looked at.
    pub lines: Vec<ProgressLine>,
}

/// One thing that is looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgressLine {
    /// A mail domain; `None` for this computer.
    pub domain: Option<String>,
    /// The ledger entry, once it was looked at.
    pub entry: Option<u64>,
    /// Facts read.
    pub read: usize,
    /// Facts that could not be read.
    pub missed: usize,
    /// Questions asked over the network.
    pub asked: usize,
    /// Why it could not be looked at.
    pub why: Option<String>,
}

/// A look that cannot be started or run.
#[derive(Debug, thiserror::Error)]
pub enum LookError {
    /// The home cannot be used.
    #[error(transparent)]
    Home(#[from] HomeError),
    /// The store cannot be used.
    #[error(transparent)]
    Store(#[from] DbError),
    /// There is nothing to look at.
    #[error("there is nothing to look at: tick this computer or name a mail domain")]
    Nothing,
}

impl Look {
    fn lines(&self) -> Progress {
        let line =
            |domain| ProgressLine { domain, entry: None, read: 0, missed: 0, asked: 0, why: None };
        let computer = self.computer.then_some(None);
        let all = computer.into_iter().chain(self.domains.iter().cloned().map(Some));
        Progress { lines: all.map(line).collect() }
    }
}

impl Home {
    /// Puts a look in line and gives its job's id. A look with the same key that is not done yet is
    /// given instead.
    pub async fn start_look(
        &self,
        look: &Look,
        by: &str,
        key: Option<&str>,
        now: Timestamp,
    ) -> Result<String, LookError> {
        if !look.computer && look.domains.is_empty() {
            return Err(LookError::Nothing);
        }
        let job = NewJob {
            id: new_id("job", self.random()),
            key: key.map(str::to_owned),
            kind: KIND.to_owned(),
            detail: text(look),
            created_by: by.to_owned(),
            created_at: now,
        };
        Ok(self.store.enqueue(&self.organization, &job).await?)
    }

    /// How far a look is, and what it looks at.
    pub fn look_of(job: &Job) -> Option<(Look, Progress)> {
        let look: Look = serde_json::from_str(&job.detail).ok()?;
        let progress = serde_json::from_str(&job.progress).unwrap_or_else(|_| look.lines());
        Some((look, progress))
    }

    /// Runs the next look in line, if there is one. True if there was.
    pub async fn run_look(
        &self,
        net: &Net,
        clock: impl Fn() -> Timestamp,
    ) -> Result<bool, LookError> {
        let Some(job) = self.store.claim_job(&self.organization, clock(), LEASE).await? else {
            return Ok(false);
        };
        let end = |state, outcome: String| {
            let (id, attempt, at) = (job.id.clone(), job.attempt, clock());
            async move {
                self.store.finish_job(&self.organization, &id, attempt, state, &outcome, at).await
            }
        };
        let Some((_, progress)) = Self::look_of(&job).filter(|_| job.kind == KIND) else {
            end(JobState::Failed, "this program does not know such work".to_owned()).await?;
            return Ok(true);
        };
        if job.attempt > TRIES {
            end(JobState::Failed, "it was begun several times and never came to an end".to_owned())
                .await?;
            return Ok(true);
        }
        match self.look(&job, progress, net, &clock).await {
            Ok(true) => drop(end(JobState::Done, String::new()).await?),
            // Somebody else has taken it over.
            Ok(false) => {}
            Err(error) => {
                let outcome = format!("{:#}", anyhow::Error::new(error));
                end(JobState::Failed, outcome).await?;
            }
        }
        Ok(true)
    }

    async fn look(
        &self,
        job: &Job,
        mut progress: Progress,
        net: &Net,
        clock: &impl Fn() -> Timestamp,
    ) -> Result<bool, LookError> {
        for at in 0..progress.lines.len() {
            let Some(line) = progress.lines.get_mut(at) else { break };
            // Done before a restart.
            if line.entry.is_some() {
                continue;
            }
            let collected = one(line.domain.as_deref(), &[], net, clock()).await;
            // Whatever runs this job again records this look under the same key: once.
            let key = format!("{}-{at}", job.id);
            *line = self.keep_look(line.domain.clone(), collected, &key, clock()).await?;
            let (until, text) =
                (Timestamp::from_millis(clock().as_millis() + LEASE), text(&progress));
            let mine = self
                .store
                .job_progress(&self.organization, &job.id, job.attempt, &text, until)
                .await?;
            if !mine {
                return Ok(false);
            }
        }
        Ok(true)
    }

    async fn keep_look(
        &self,
        domain: Option<String>,
        look: Collected,
        key: &str,
        now: Timestamp,
    ) -> Result<ProgressLine, LookError> {
        let record = (PROGRAM.to_owned(), Record::Observation(look.observation.clone()));
        let entries = self.record_once(vec![record], Some(key), now).await?;
        self.store.note_calls(&self.organization, &look.asked).await?;
        let (read, missed) = look.counts();
        let why = match &look.observation.body {
            Body::Saw { .. } => None,
            Body::Skipped { reason } => Some(reason.clone()),
            Body::Failed { operation, cause } => Some(format!("could not {operation}: {cause}")),
        };
        let entry = entries.first().map(|entry| entry.seq);
        Ok(ProgressLine { domain, entry, read, missed, asked: look.asked.len(), why })
    }

    /// What is due to be looked at again by the cadence of the checks, and what was missed: each thing
    /// that is looked at here, whose newest look is older than its cadence.
    pub fn due(&self, book: &Book, own_computer: Option<&str>, now: Timestamp) -> Due {
        let newest: BTreeMap<_, _> = book
            .assets
            .iter()
            .map(|it| ((it.schema.as_str(), it.subject.as_str()), (it.seen_at, it.looked_at)))
            .collect();
        let mut due = Due::default();
        let computer = own_computer.map(|subject| (COMPUTER, subject.to_owned(), None));
        let domains = book.organization.domains.iter();
        let domains = domains.map(|it| (MAIL, Subject::domain(it).0, Some(it.clone())));
        for (schema, subject, domain) in computer.into_iter().chain(domains) {
            let Some(cadence) = self.catalog.cadence(schema) else { continue };
            let every = i64::from(cadence.0);
            let (last, tried) = match newest.get(&(schema, book.subject(&subject))) {
                Some((seen, tried)) => (*seen, Some(*tried)),
                None => (None, None),
            };
            let soon = tried.is_some_and(|it| now.as_millis() - it.as_millis() < AGAIN);
            if soon || last.is_some_and(|last| last.plus_days(every) > now) {
                continue;
            }
            if let Some(last) = last.filter(|last| last.plus_days(2 * every) < now) {
                due.gaps.push(gap(schema, subject, domain.as_deref(), last, now));
            }
            match domain {
                Some(domain) => due.look.domains.push(domain),
                None => due.look.computer = true,
            }
        }
        due
    }

    /// Records looks that should have been and were not, each once.
    pub async fn record_gaps(
        &self,
        gaps: Vec<Observation>,
        now: Timestamp,
    ) -> Result<(), HomeError> {
        for gap in gaps {
            // One for each gap, however often it is noticed: its key is the look before it.
            let of = [gap.schema.as_bytes(), gap.subject.0.as_bytes(), reason(&gap).as_bytes()];
            let key = format!("gap-{}", asepsis_core::hash::Hash::of(&of).short());
            let record = (PROGRAM.to_owned(), Record::Observation(gap));
            self.record_once(vec![record], Some(&key), now).await?;
        }
        Ok(())
    }
}

/// The schema of a computer.
const COMPUTER: &str = "computer/1";
/// The schema of a mail domain.
const MAIL: &str = "email-domain/1";

/// The subject under which this computer is looked at; `None` where it cannot be.
pub fn own_computer(now: Timestamp) -> Option<String> {
    let look = asepsis_collect::computer::collect(&asepsis_collect::source::Live, now);
    matches!(look.body, Body::Saw { .. }).then_some(look.subject.0)
}

/// What is due.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Due {
    /// What to look at now.
    pub look: Look,
    /// Looks that were missed before, as evidence.
    pub gaps: Vec<Observation>,
}

/// That nobody looked, as an observation: a gap is recorded and never papered over.
fn gap(
    schema: &str,
    subject: String,
    domain: Option<&str>,
    last: Timestamp,
    now: Timestamp,
) -> Observation {
    Observation {
        schema: schema.to_owned(),
        subject: Subject(subject),
        also: Vec::new(),
        label: domain.map_or_else(crate::config::host, str::to_owned),
        observed_at: now,
        collector: "asepsis/calendar".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        body: Body::Skipped {
            reason: format!("nobody looked since {}, longer than planned", last.date()),
        },
    }
}

fn reason(observation: &Observation) -> &str {
    match &observation.body {
        Body::Skipped { reason } => reason,
        _ => "",
    }
}

fn text(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("looks and their progress have string keys only")
}

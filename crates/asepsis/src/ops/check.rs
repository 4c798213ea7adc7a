//! Look: run collectors, record what they saw, say how long each took.

use std::time::Duration;

use asepsis_collect::computer;
use asepsis_collect::email;
use asepsis_collect::net::Net;
use asepsis_collect::source::Live;
use asepsis_core::evidence::Record;
use asepsis_core::observation::{Body, Observation, Seen};
use asepsis_core::organization::Organization;
use asepsis_core::time::Timestamp;
use asepsis_store::net_log::NetCall;

use super::home::{Home, HomeError, PROGRAM};

/// What to look at.
#[derive(Clone, Debug, Default)]
pub struct What {
    /// This computer.
    pub computer: bool,
    /// Mail domains or addresses.
    pub domains: Vec<String>,
    /// DKIM selectors to ask for, besides the well-known ones.
    pub selectors: Vec<String>,
    /// The domains are the organization's own and are remembered.
    pub remember: bool,
    /// Whatever the organization is known to have: its domains too.
    pub all: bool,
}

/// One look that was recorded.
#[derive(Clone, Debug)]
pub struct Collected {
    /// What was seen.
    pub observation: Observation,
    /// The ledger entry; 0 until it is recorded.
    pub seq: u64,
    /// How long it took.
    pub took: Duration,
    /// Questions asked over the network.
    pub asked: Vec<NetCall>,
}

impl Collected {
    /// How many facts were read, and how many could not be.
    pub fn counts(&self) -> (usize, usize) {
        let Body::Saw { seen, .. } = &self.observation.body else { return (0, 0) };
        let read = seen.values().filter(|it| matches!(it, Seen::From(_))).count();
        (read, seen.len() - read)
    }
}

/// Runs the collectors one by one; `before` is told what is about to be looked at.
pub async fn check(
    home: &Home,
    what: &What,
    net: &Net,
    clock: impl Fn() -> Timestamp,
    mut before: impl FnMut(&str),
    mut after: impl FnMut(&Collected),
) -> Result<Vec<Collected>, HomeError> {
    let mut record = home.organization_record().await?;
    let mut domains = what.domains.clone();
    if what.all {
        domains.extend(record.domains.iter().cloned());
    }
    domains.sort();
    domains.dedup();
    let mut looks = look(what, &domains, net, &clock, &mut before).await;
    if looks.is_empty() {
        return Ok(Vec::new());
    }
    let mut records: Vec<_> = looks
        .iter()
        .map(|it| (PROGRAM.to_owned(), Record::Observation(it.observation.clone())))
        .collect();
    let own: Vec<&Observation> = looks
        .iter()
        .map(|it| &it.observation)
        .filter(|it| it.subject.0.starts_with("dns:"))
        .collect();
    if what.remember && remember(&mut record, &own) {
        records.push((PROGRAM.to_owned(), Record::Organization(record)));
    }
    let entries = home.record(records, clock()).await?;
    for (look, entry) in looks.iter_mut().zip(entries) {
        home.store.note_calls(&home.organization, &look.asked).await?;
        look.seq = entry.seq;
        after(look);
    }
    Ok(looks)
}

/// Looks without recording anything: for a computer whose facts are carried home in a file.
pub async fn look_only(
    what: &What,
    net: &Net,
    clock: impl Fn() -> Timestamp,
    mut before: impl FnMut(&str),
) -> Vec<Observation> {
    let looks = look(what, &what.domains, net, &clock, &mut before).await;
    looks.into_iter().map(|it| it.observation).collect()
}

async fn look(
    what: &What,
    domains: &[String],
    net: &Net,
    clock: &impl Fn() -> Timestamp,
    before: &mut impl FnMut(&str),
) -> Vec<Collected> {
    let mut looks = Vec::new();
    if what.computer {
        before("this computer");
        looks.push(one(None, &[], net, clock()).await);
    }
    for domain in domains {
        before(&format!("mail for {domain}"));
        looks.push(one(Some(domain), &what.selectors, net, clock()).await);
    }
    looks
}

/// Looks once: at a mail domain, or at this computer. Records nothing.
pub(super) async fn one(
    domain: Option<&str>,
    selectors: &[String],
    net: &Net,
    now: Timestamp,
) -> Collected {
    let took = crate::config::stopwatch();
    let observation = match domain {
        Some(domain) => email::collect(domain, selectors, net, now).await,
        // Reads files and waits for commands: on a thread of its own, so that nobody else waits.
        None => tokio::task::spawn_blocking(move || computer::collect(&Live, now))
            .await
            .expect("the collector does not panic, and nothing stops it"),
    };
    let asked = net.take_log().into_iter().map(|it| NetCall {
        at: it.at,
        protocol: it.protocol.to_owned(),
        peer: it.peer,
        what: it.what,
    });
    Collected { observation, seq: 0, took: took(), asked: asked.collect() }
}

/// Adds the domains that were looked at to the organization's own; false if all were known.
fn remember(record: &mut Organization, looked: &[&Observation]) -> bool {
    let before = record.domains.len();
    for observation in looked {
        let name = observation.subject.key().to_owned();
        // A look that failed because the name cannot be one leaves nothing to remember.
        if email::domain_name(&name).is_ok() && !record.domains.contains(&name) {
            record.domains.push(name);
        }
    }
    record.domains.sort();
    record.domains.len() != before
}

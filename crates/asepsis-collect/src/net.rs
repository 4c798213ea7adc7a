//! The only place that opens sockets. Every question is limited, can be switched off, and is
//! written to a log that the caller keeps. Nothing here knows what an answer means.

mod dns;
mod http;
mod https;
mod ldap;

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use asepsis_core::time::Timestamp;
use hickory_resolver::TokioResolver;
use rustls::pki_types::CertificateDer;

pub use dns::Answer;
pub use https::Fetched;
pub(crate) use ldap::Wire;

/// How the network may be used.
#[derive(Clone, Debug, Default)]
pub struct NetConfig {
    /// Name servers to ask; none means those of this system.
    pub name_servers: Vec<SocketAddr>,
    /// Ask nothing at all.
    pub offline: bool,
    /// How much may be asked.
    pub limits: Limits,
    /// One more root certificate to trust for HTTPS; for tests.
    pub root: Option<CertificateDer<'static>>,
    /// Where HTTPS connects to instead of the address that DNS gives; for tests.
    pub https_address: Option<SocketAddr>,
}

/// How much may be asked in one run, and how long it may take.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Questions in one run.
    pub questions: usize,
    /// How often a question without an answer is asked; at least 2, since packets get lost.
    pub attempts: usize,
    /// How long one attempt waits.
    pub attempt_timeout: Duration,
    /// How long a run may take in all; questions not answered by then failed.
    pub run_timeout: Duration,
    /// Records of one answer that are looked at.
    pub answers: usize,
    /// Bytes of a fetched file.
    pub body: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            questions: 300,
            attempts: 2,
            attempt_timeout: Duration::from_millis(1500),
            run_timeout: Duration::from_secs(8),
            answers: 100,
            body: 64 * 1024,
        }
    }
}

/// One question that was asked of the outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetLogEntry {
    /// When the run began that asked it.
    pub at: Timestamp,
    /// `dns`, `https`, `ldap` or `ldaps`.
    pub protocol: String,
    /// Who was asked.
    pub peer: String,
    /// What was asked, as in `TXT _dmarc.clinic.example`.
    pub what: String,
}

/// Why the network cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum NetError {
    /// The resolver could not be set up.
    #[error("cannot set up the DNS resolver")]
    Resolver(#[source] hickory_resolver::net::NetError),
}

const OFFLINE: &str = "the network is switched off";

/// Access to the network. Cheap to clone; clones share the log.
#[derive(Clone)]
pub struct Net(Arc<Inner>);

struct Inner {
    config: NetConfig,
    /// Or why there is none. It fails questions, not the start: whoever looks at nothing but this
    /// computer needs no name server.
    resolver: Result<TokioResolver, String>,
    peer: String,
    log: Mutex<Vec<NetLogEntry>>,
}

impl std::fmt::Debug for Net {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Net").field("config", &self.0.config).finish_non_exhaustive()
    }
}

impl Net {
    /// Prepares the network; asks nothing yet. No name server means those of this system.
    pub fn new(name_servers: &[SocketAddr], offline: bool) -> Result<Self, NetError> {
        let name_servers = name_servers.to_vec();
        Self::with(NetConfig { name_servers, offline, ..NetConfig::default() })
    }

    /// Prepares the network with limits of one's own.
    pub fn with(mut config: NetConfig) -> Result<Self, NetError> {
        config.limits.attempts = config.limits.attempts.max(2);
        let resolver = match config.offline {
            true => Err(OFFLINE.to_owned()),
            false => dns::resolver(&config)?,
        };
        let peer = match config.name_servers.as_slice() {
            [] => "the name servers of this system".to_owned(),
            given => given.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
        };
        Ok(Self(Arc::new(Inner { config, resolver, peer, log: Mutex::default() })))
    }

    /// Whether nothing may be asked.
    pub fn is_offline(&self) -> bool {
        self.0.config.offline
    }

    /// Takes the log of all questions since it was last taken.
    pub fn take_log(&self) -> Vec<NetLogEntry> {
        std::mem::take(&mut *self.0.log.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Begins a run of questions with limits of its own. Needs a tokio runtime with I/O and time.
    pub fn run(&self, now: Timestamp) -> Run<'_> {
        Run {
            net: &self.0,
            now,
            asked: AtomicUsize::new(0),
            answered: AtomicUsize::new(0),
            deadline: tokio::time::Instant::now() + self.0.config.limits.run_timeout,
            time: self.0.config.limits.run_timeout,
        }
    }
}

/// A run of questions about one subject.
pub struct Run<'a> {
    net: &'a Inner,
    now: Timestamp,
    asked: AtomicUsize,
    answered: AtomicUsize,
    deadline: tokio::time::Instant,
    time: Duration,
}

impl Run<'_> {
    /// Whether any question got an answer, be it a no.
    pub fn was_answered(&self) -> bool {
        self.answered.load(Ordering::Relaxed) > 0
    }

    fn note_answer(&self) {
        self.answered.fetch_add(1, Ordering::Relaxed);
    }

    /// Counts and logs a question, or says why it may not be asked.
    fn ask(&self, protocol: &'static str, peer: &str, what: &str) -> Result<(), String> {
        let limit = self.net.config.limits.questions;
        if self.net.config.offline {
            return Err(OFFLINE.to_owned());
        }
        if self.asked.fetch_add(1, Ordering::Relaxed) >= limit {
            return Err(format!("more than {limit} questions in one run"));
        }
        self.net.log.lock().unwrap_or_else(PoisonError::into_inner).push(NetLogEntry {
            at: self.now,
            protocol: protocol.to_owned(),
            peer: peer.to_owned(),
            what: what.to_owned(),
        });
        Ok(())
    }

    /// Waits for an answer until the run's time is used up.
    async fn within<T>(&self, work: impl Future<Output = T>) -> Result<T, String> {
        tokio::time::timeout_at(self.deadline, work).await.map_err(|_| {
            let seconds = self.time.as_secs_f32();
            format!("no answer within the {seconds} seconds of this run")
        })
    }
}

/// Opens a connection; the one place where a socket other than the resolver's is opened.
#[expect(clippy::disallowed_methods, reason = "sockets are opened here, limited and logged")]
async fn connect(address: SocketAddr) -> std::io::Result<tokio::net::TcpStream> {
    tokio::net::TcpStream::connect(address).await
}

#[cfg(test)]
pub(crate) mod testing;

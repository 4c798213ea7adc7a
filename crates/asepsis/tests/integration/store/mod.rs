//! The store, each test on SQLite and, where `ASEPSIS_TEST_PG` names a server, on PostgreSQL.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "helpers of tests, which clippy does not take for tests"
)]

mod accounts;
mod append;
mod crash;
mod evidence;
mod format;
mod full;
mod jobs;
mod keys;
mod lines;
mod links;
mod merkle;
mod private;
mod sessions;
mod stream;
mod tamper;
mod transfer;
mod uploads;
mod writers;

use std::future::Future;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use asepsis_core::hash::Hash;
use asepsis_core::random::Random;
use asepsis_core::time::Timestamp;
use asepsis_store::sqlx::{self, AnyPool, AssertSqlSafe};
use asepsis_store::{NewEntry, Store};
use serde_json::json;

/// The organization of most tests.
const ORG: &str = "clinic";

/// A database of its own, gone when the test ends.
pub(crate) struct Database {
    pub(crate) url: String,
    folder: tempfile::TempDir,
}

impl Database {
    fn is_sqlite(&self) -> bool {
        self.url.starts_with("sqlite:")
    }

    async fn store(&self) -> Store {
        Store::open(&self.url).await.unwrap()
    }
}

/// Reads a variable that the test run was given.
fn variable(name: &str) -> Option<String> {
    #[expect(clippy::disallowed_methods, reason = "tests are told by the environment what to use")]
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Where the shared test data lies; `None`, with a word about it, if it is not here.
pub(crate) fn test_data(part: &str) -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let path = variable("ASEPSIS_TEST_DATA").map_or(beside, PathBuf::from).join(part);
    if path.exists() {
        return Some(path);
    }
    println!("skipped: no test data at {}", path.display());
    None
}

/// Runs the body of a test on a fresh database of each kind.
pub(crate) fn on_each<F: Future<Output = ()>>(body: impl Fn(Database) -> F) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("data/ledger.db").display());
    runtime.block_on(body(Database { url, folder }));

    let Some(server) = variable("ASEPSIS_TEST_PG") else {
        println!("skipped: PostgreSQL, since ASEPSIS_TEST_PG names no server");
        return;
    };
    runtime.block_on(async {
        sqlx::any::install_default_drivers();
        let folder = tempfile::tempdir().unwrap();
        let random = Hash::of(&[folder.path().to_str().unwrap().as_bytes()]).short();
        let name = format!("asepsis_test_{}_{random}", std::process::id());
        let admin = AnyPool::connect(&server).await.unwrap();
        run(&admin, &format!("CREATE DATABASE {name}")).await;
        let (address, rest) = match server.split_once('?') {
            Some((address, rest)) => (address, format!("?{rest}")),
            None => (server.as_str(), String::new()),
        };
        let (address, _) = address.rsplit_once('/').unwrap();
        body(Database { url: format!("{address}/{name}{rest}"), folder }).await;
        run(&admin, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
    });
}

/// Runs SQL behind the store's back.
async fn run(pool: &AnyPool, sql: &str) {
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(pool).await.unwrap();
}

/// Random bytes that are the same in every run, and never the same twice in one.
#[derive(Default)]
struct Counted(AtomicU64);

impl Random for Counted {
    fn fill(&self, buffer: &mut [u8]) {
        for chunk in buffer.chunks_mut(32) {
            let n = self.0.fetch_add(1, Ordering::Relaxed);
            chunk.copy_from_slice(&Hash::of(&[&n.to_be_bytes()]).0[..chunk.len()]);
        }
    }
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn now() -> Timestamp {
    at("2026-11-24T09:14:00Z")
}

/// An entry of a kind that the engine does not know, numbered.
fn note(n: usize) -> NewEntry {
    NewEntry {
        kind: "note".into(),
        author: "person-1".into(),
        body: json!({ "n": n, "text": "Grüße" }),
        idempotency: None,
    }
}

fn notes(count: usize) -> Vec<NewEntry> {
    (0..count).map(note).collect()
}

/// An observation as a collector would make it.
fn observation(subject: &str, observed_at: &str) -> NewEntry {
    NewEntry {
        kind: "observation".into(),
        author: "system-1".into(),
        body: json!({
            "schema": "email-domain/1", "subject": subject, "label": subject,
            "observed_at": observed_at, "collector": "asepsis/email", "version": "0.1.0",
            "body": { "saw": { "fact": { "dmarc": true }, "seen": {} } },
        }),
        idempotency: None,
    }
}

fn attestation(question: &str) -> NewEntry {
    NewEntry {
        kind: "attestation".into(),
        author: "person-1".into(),
        body: json!({
            "question": question, "answer": { "one": "yes" },
            "stated_at": "2026-11-01T00:00:00.000Z", "role": "manager", "sure": "sure",
        }),
        idempotency: None,
    }
}

#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    std::os::unix::fs::PermissionsExt::mode(&path.metadata().unwrap().permissions()) & 0o777
}

//! The harness of the command-line tests: the built binary, with an empty environment, a home of
//! its own and no network; what it printed, made the same in every run.
#![expect(clippy::unwrap_used, reason = "helpers of tests, which clippy does not take for tests")]

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use asepsis::ops::{Home, Settings};
use asepsis_core::evidence::Record;
use asepsis_core::observation::{Body, Observation, Subject};
use asepsis_core::organization::{Organization, Size};
use asepsis_core::statement::{Answer, Attestation, Sureness};
use asepsis_core::time::Timestamp;
use serde_json::Value;

/// The day on which the invented clinic was looked at, in the morning of Chicago.
pub(crate) const DAY: &str = "2026-01-10T15:00:00Z";
/// The evening of that day.
pub(crate) const EVENING: &str = "2026-01-10";

static SCHEMA: LazyLock<Value> = LazyLock::new(|| {
    let text = include_str!("../../../../docs/output.schema.json");
    serde_json::from_str(text).unwrap()
});

static VALIDATOR: LazyLock<jsonschema::Validator> =
    LazyLock::new(|| jsonschema::validator_for(&SCHEMA).unwrap());

/// Whether a document fits the published schema.
pub(crate) fn fits(document: &Value) -> bool {
    VALIDATOR.is_valid(document)
}

/// Where a document does not fit it.
pub(crate) fn misfits(document: &Value) -> Vec<String> {
    if fits(document) {
        return Vec::new();
    }
    // The reason stands in the branch that the document names.
    let name = document.get("schema").and_then(Value::as_str).unwrap_or("none").replace('/', "-");
    let mut branch = SCHEMA.clone();
    let reference = serde_json::json!([{ "$ref": format!("#/$defs/{name}") }]);
    branch.as_object_mut().unwrap().insert("oneOf".to_owned(), reference);
    let Ok(branch) = jsonschema::validator_for(&branch) else {
        return vec![format!("{name} is not published")];
    };
    let said = |error: jsonschema::ValidationError<'_>| {
        format!("{name}{}: {error}", error.instance_path()).chars().take(400).collect()
    };
    branch.iter_errors(document).take(5).map(said).collect()
}

/// What a run of the program came to.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    /// The document on standard output; it must fit the published schema.
    pub(crate) fn json(&self) -> Value {
        let document: Value = serde_json::from_str(&self.out)
            .unwrap_or_else(|error| panic!("{error}: {}{}", self.out, self.err));
        let misfits = misfits(&document);
        assert!(misfits.is_empty(), "{misfits:#?}");
        document
    }

    /// Everything that was printed, with the exit code, and what differs from run to run replaced.
    pub(crate) fn tame(&self, session: &Session) -> String {
        let err = if self.err.is_empty() { String::new() } else { format!("{}\n", self.err) };
        let said = format!("{}{err}code {}", self.out, self.code);
        tame(&said.replace(session.home().to_str().unwrap(), "TEMP"))
            .trim_start_matches('\n')
            .to_owned()
    }
}

/// Replaces times, ids, hashes, seconds and the name of this computer.
fn tame(text: &str) -> String {
    let lines = text.lines().map(|line| {
        let words: Vec<String> = line.split(' ').map(word).collect();
        words.join(" ").trim_end().to_owned()
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn word(word: &str) -> String {
    let core = word.trim_end_matches([',', '.', ';', ':', ')']);
    let tail = word.get(core.len()..).unwrap_or_default();
    let is_hex = |text: &str| text.len() >= 32 && text.bytes().all(|it| it.is_ascii_hexdigit());
    let is_id = ["org-", "person-"].iter().any(|it| core.strip_prefix(it).is_some_and(is_hex));
    let is_seconds = core.split_once('.').is_some_and(|(whole, part)| {
        part.len() == 1 && format!("{whole}{part}").bytes().all(|it| it.is_ascii_digit())
    });
    let shown = match core {
        _ if core.parse::<Timestamp>().is_ok() => "TIME",
        _ if is_hex(core) => "HASH",
        _ if is_id => "ID",
        _ if is_seconds => "N.N",
        _ if core == asepsis::config::host() => "HOST",
        _ => core,
    };
    format!("{shown}{tail}")
}

/// A home of its own, gone when the test ends.
pub(crate) struct Session(tempfile::TempDir);

impl Session {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// A small clinic on one day: three computers said, two seen, one of them with a plain disk.
    pub(crate) fn clinic() -> Self {
        let session = Self::new();
        let organization = Organization {
            name: "Maple Street Family Practice".to_owned(),
            attributes: [("physicians".to_owned(), Size::Small), ("it".to_owned(), Size::Small)]
                .into(),
            zone: "America/Chicago".to_owned(),
            ..Organization::default()
        };
        session.record(
            DAY,
            vec![
                Record::Organization(organization),
                computer("desk-01", DAY, &desk(false)),
                computer("desk-02", DAY, &desk(true)),
                said("org.computers", Answer::Number(3), DAY),
            ],
        );
        session
    }

    pub(crate) fn home(&self) -> &Path {
        self.0.path()
    }

    /// A path in the folder of the test, as text.
    pub(crate) fn path(&self, name: &str) -> String {
        self.home().join(name).to_str().unwrap().to_owned()
    }

    pub(crate) fn ledger_file(&self) -> PathBuf {
        self.home().join("home/data/ledger.db")
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        self.typed(arguments, "")
    }

    /// Runs with this on standard input.
    pub(crate) fn typed(&self, arguments: &[&str], input: &str) -> Ran {
        let mut child = Command::new(env!("CARGO_BIN_EXE_asepsis"))
            .env_clear()
            .env("HOME", self.home())
            .env("TZ", "UTC")
            .current_dir(self.home())
            .arg("--home")
            .arg(self.home().join("home"))
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A program that needs no input may be gone before it is written.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let done = child.wait_with_output().unwrap();
        Ran {
            code: done.status.code().unwrap_or(-1),
            out: String::from_utf8(done.stdout).unwrap(),
            err: String::from_utf8(done.stderr).unwrap(),
        }
    }

    /// Runs something that must end well.
    pub(crate) fn well(&self, arguments: &[&str]) -> Ran {
        let ran = self.run(arguments);
        assert_eq!(ran.code, 0, "{arguments:?}: {}{}", ran.out, ran.err);
        ran
    }

    /// Runs something that must end with this code.
    pub(crate) fn ends(&self, code: i32, arguments: &[&str]) -> Ran {
        let ran = self.run(arguments);
        assert_eq!(ran.code, code, "{arguments:?}: {}{}", ran.out, ran.err);
        ran
    }

    /// The document that a command prints with `--json`.
    pub(crate) fn json(&self, arguments: &[&str]) -> Value {
        let mut with_json = arguments.to_vec();
        with_json.push("--json");
        self.well(&with_json).json()
    }

    /// How many entries the ledger has.
    pub(crate) fn entries(&self) -> u64 {
        self.json(&["ledger", "verify"]).get("entries").and_then(Value::as_u64).unwrap()
    }

    /// Records through the library, at a time of the test's choosing.
    pub(crate) fn record(&self, at: &str, records: Vec<Record>) {
        self.with_home(async |home| {
            let records = records.into_iter().map(|it| ("person-test".to_owned(), it)).collect();
            home.record(records, at.parse().unwrap()).await.unwrap();
        });
    }

    /// Computers seen just now, by name, with an encrypted disk or a plain one.
    pub(crate) fn record_now(&self, desks: &[(&str, bool)]) {
        let now = asepsis::config::now().to_string();
        let looks = desks.iter().map(|(label, encrypted)| computer(label, &now, &desk(*encrypted)));
        self.record(&now, looks.collect());
    }

    /// Opens the home through the library.
    pub(crate) fn with_home(&self, act: impl AsyncFnOnce(&Home)) {
        let settings = Settings { home: Some(self.home().join("home")), ..Settings::default() };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let random = Box::new(asepsis::config::SystemRandom);
            let home = Home::open(&settings, random).await.unwrap();
            act(&home).await;
            home.store.close().await;
        });
    }
}

/// What is seen of a computer, few facts: enough for a disk, a firewall and remote access.
pub(crate) fn desk(encrypted: bool) -> Value {
    serde_json::json!({
        "os": { "family": "linux" },
        "virtualization": { "container": false },
        "disk": { "root_encrypted": encrypted },
        "firewall": { "active": true, "manager": "ufw" },
        "remote_access": { "ssh_listening": true },
    })
}

/// A look at a computer.
pub(crate) fn computer(label: &str, at: &str, fact: &Value) -> Record {
    let fact = fact.as_object().unwrap().clone();
    Record::Observation(Observation {
        also: Vec::new(),
        schema: "computer/1".to_owned(),
        subject: Subject(format!(
            "machine-id:{}",
            asepsis_core::hash::Hash::of(&[label.as_bytes()]).short()
        )),
        label: label.to_owned(),
        observed_at: at.parse().unwrap(),
        collector: "asepsis/computer".to_owned(),
        version: "0.1.0".to_owned(),
        body: Body::Saw { fact, seen: std::collections::BTreeMap::new() },
    })
}

/// An answer.
pub(crate) fn said(question: &str, answer: Answer, at: &str) -> Record {
    Record::Attestation(Attestation {
        question: question.to_owned(),
        answer,
        stated_at: at.parse().unwrap(),
        role: "it".to_owned(),
        sure: Sureness::Sure,
        note: String::new(),
        via: None,
        entered_by: None,
    })
}

//! The collector on captured systems, on hostile input, and on this computer.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use asepsis_core::catalog::Schema;
use asepsis_core::observation::{Body, Observation};
use asepsis_core::time::Timestamp;
use proptest::prelude::*;
use serde_json::Value;

use crate::source::{Captured, Command, Live, Source, SourceError, Uname};

const LAYOUTS: [&str; 4] = ["debian-12", "ubuntu-24.04", "fedora-41", "rhel-9"];
const REFRESH: &str = "ASEPSIS_REFRESH=1 cargo test -p asepsis-collect computer";

fn folder(layout: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/computer").join(layout)
}

fn now() -> Timestamp {
    "2026-11-24T12:00:00Z".parse().unwrap()
}

fn look(layout: &str) -> Observation {
    super::collect(&Captured::open(&folder(layout)).unwrap(), now())
}

fn fact(observation: &Observation) -> Value {
    let Body::Saw { fact, .. } = &observation.body else { panic!("{:?}", observation.body) };
    Value::Object(fact.clone())
}

fn schema() -> Schema {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog/observations/computer-1.toml");
    toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a variable asks to write the expected facts anew")]
fn captured_systems_give_the_expected_observations() {
    for layout in LAYOUTS {
        let seen = format!("{}\n", serde_json::to_string_pretty(&look(layout)).unwrap());
        let path = folder(layout).join("expected.json");
        if std::env::var("ASEPSIS_REFRESH").is_ok() {
            std::fs::write(&path, &seen).unwrap();
            continue;
        }
        let expected = std::fs::read_to_string(&path).unwrap_or_default();
        for (seen, expected) in seen.lines().zip(expected.lines()) {
            assert_eq!(seen, expected, "{layout}; to write it anew: {REFRESH}");
        }
        assert_eq!(seen.len(), expected.len(), "{layout}; to write it anew: {REFRESH}");
    }
}

/// Every path of a value, with `[]` for elements of lists.
fn paths(value: &Value, at: &str, out: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            for (key, member) in map {
                let below = if at.is_empty() { key.clone() } else { format!("{at}.{key}") };
                paths(member, &below, out);
            }
        }
        Value::Array(items) => {
            out.insert(at.to_owned());
            items.iter().for_each(|item| paths(item, &format!("{at}[]"), out));
        }
        _ => {
            out.insert(at.to_owned());
        }
    }
}

/// What this collector does not look for: other systems have it, or other programs tell it.
const ELSEWHERE: [&str; 23] = [
    "os.build",
    "antivirus.real_time",
    "antivirus.up_to_date",
    "antivirus.tamper_protected",
    "antivirus.active_threats",
    "patches.missing",
    "accounts.builtin_administrator",
    "accounts.guest",
    "accounts.managed_administrator_password",
    "audit.sign_ins",
    "remote_access.desktop_enabled",
    "remote_access.desktop_sign_in_first",
    "services.smb1",
    "integrity.app_control",
    "integrity.gatekeeper",
    "integrity.system_protection",
    "mdm.enrolled",
    "mdm.by",
    "mdm.keeps_rules",
    "baseline.profile",
    "baseline.passed",
    "baseline.failed",
    "baseline.unknown",
];

#[test]
fn facts_and_schema_hold_the_same_paths() {
    let schema = schema();
    let mut produced = BTreeSet::new();
    for layout in LAYOUTS {
        let fact = fact(&look(layout));
        assert_eq!(schema.misfits(fact.as_object().unwrap()), Vec::<String>::new(), "{layout}");
        paths(&fact, "", &mut produced);
    }
    let here = |path: &&asepsis_core::catalog::SchemaPath| !ELSEWHERE.contains(&&*path.path);
    let described: BTreeSet<String> =
        schema.paths.iter().filter(here).map(|path| path.path.clone()).collect();
    assert_eq!(produced, described);
}

#[test]
fn every_path_is_seen_or_its_absence_explained() {
    let schema = schema();
    for layout in LAYOUTS {
        let observation = look(layout);
        let Body::Saw { seen, .. } = &observation.body else { panic!() };
        let here = |path: &str| !path.contains("[]") && !ELSEWHERE.contains(&path);
        for path in schema.paths.iter().filter(|it| here(&it.path)) {
            assert!(seen.contains_key(&path.path), "{layout}: {}", path.path);
        }
    }
}

#[test]
fn no_name_of_a_user_and_no_machine_id_leaves_the_computer() {
    for layout in LAYOUTS {
        let text = serde_json::to_string(&look(layout)).unwrap();
        for name in ["desk1", "admin1", "breakglass", "/home/", "4c1f0a6e2b8d", "00112233445566"] {
            assert!(!text.contains(name), "{layout}: {name}");
        }
    }
    assert!(look("debian-12").subject.0.starts_with("machine-id:"));
    assert_eq!(look("fedora-41").subject.0, "host:reception");
}

#[test]
fn what_to_do_instead_is_said_on_other_systems() {
    for (system, name) in [("Windows", "Windows"), ("Darwin", "macOS"), ("FreeBSD", "FreeBSD")] {
        let source = Hostile { system, bytes: Vec::new() };
        let Body::Skipped { reason } = super::collect(&source, now()).body else { panic!() };
        assert!(reason.contains(&format!("a {name} computer")), "{reason}");
        assert!(reason.contains("asepsis answer"), "{reason}");
    }
}

/// The computer the tests run on: whatever it is, these hold.
#[test]
#[expect(clippy::disallowed_methods, reason = "the collector's own time is measured here")]
fn this_computer_can_be_looked_at() {
    let start = std::time::Instant::now();
    let observation = super::collect(&Live, now());
    let took = start.elapsed();
    println!("{}", serde_json::to_string_pretty(&observation).unwrap());
    println!("{took:?}");
    assert!(took.as_secs() < 6, "{took:?}");
    match &observation.body {
        Body::Saw { .. } => {
            assert_eq!(
                schema().misfits(fact(&observation).as_object().unwrap()),
                Vec::<String>::new()
            );
        }
        Body::Skipped { reason } => assert!(reason.contains("asepsis answer")),
        Body::Failed { operation, cause } => panic!("{operation}: {cause}"),
    }
}

/// A system whose every file, folder and command holds the same bytes.
struct Hostile {
    system: &'static str,
    bytes: Vec<u8>,
}

impl Source for Hostile {
    fn read(&self, path: &str, limit: usize) -> Result<Vec<u8>, SourceError> {
        if self.bytes.len() > limit {
            return Err(SourceError::TooLarge { what: path.to_owned(), limit });
        }
        Ok(self.bytes.clone())
    }
    fn read_start(&self, _: &str, length: usize) -> Result<Vec<u8>, SourceError> {
        Ok(self.bytes.iter().take(length).copied().collect())
    }
    fn read_end(&self, path: &str, length: usize) -> Result<Vec<u8>, SourceError> {
        self.read_start(path, length)
    }
    fn list(&self, _: &str, limit: usize) -> Result<Vec<String>, SourceError> {
        let text = String::from_utf8_lossy(&self.bytes).into_owned();
        let names = ["BAT0", "tpm0", "dm-0", "a.conf", "a.desktop", "gnome.desktop"];
        let names = names.into_iter().map(str::to_owned).chain(text.lines().map(str::to_owned));
        Ok(names.take(limit.min(12)).collect())
    }
    fn link(&self, _: &str) -> Result<String, SourceError> {
        Ok(String::from_utf8_lossy(&self.bytes).into_owned())
    }
    fn modified(&self, _: &str) -> Result<Timestamp, SourceError> {
        Ok(Timestamp::from_millis(i64::MAX))
    }
    fn exists(&self, path: &str) -> Result<bool, SourceError> {
        // Not in a container, or most facts would be passed over.
        Ok(!path.contains("container") && !path.contains("docker"))
    }
    fn run(&self, _: Command) -> Result<Vec<u8>, SourceError> {
        Ok(self.bytes.clone())
    }
    fn effective_uid(&self) -> Option<u32> {
        Some(0)
    }
    fn uname(&self) -> Result<Uname, SourceError> {
        let text = String::from_utf8_lossy(&self.bytes).into_owned();
        Ok(Uname {
            system: self.system.to_owned(),
            host: text.clone(),
            release: text.clone(),
            machine: text,
        })
    }
}

fn survives(bytes: Vec<u8>) {
    let observation = super::collect(&Hostile { system: "Linux", bytes }, now());
    assert_eq!(schema().misfits(fact(&observation).as_object().unwrap()), Vec::<String>::new());
}

#[test]
fn nothing_panics_on_empty_huge_binary_or_strange_text() {
    survives(Vec::new());
    survives(vec![0; 3 << 20]);
    survives(vec![0xff; 100_000]);
    survives("\u{202e}\u{0}é=\u{1f4a9}:\n[\n{\n\"\n<\n".repeat(500).into_bytes());
    survives("Include *\nMatch\n:::::::\n- - - - - - - -\n".repeat(20).into_bytes());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_a_parser_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        survives(bytes);
    }

    #[test]
    fn no_lines_make_a_parser_panic(
        lines in proptest::collection::vec("[ -~]{0,40}|[a-zA-Z]+[=: ]{1,2}[0-9a-fA-F:@/]{0,12}|\\PC{0,12}", 0..30),
    ) {
        survives(lines.join("\n").into_bytes());
    }
}

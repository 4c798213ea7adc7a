//! The shipped catalog against the collectors: what a check reads, some collector really produces.
#![expect(clippy::unwrap_used, reason = "helpers of tests, which clippy does not take for tests")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use asepsis_collect::import::{Input, Told, recognize};
use asepsis_core::account::{AccountKind, Keep, Mark, Review};
use asepsis_core::catalog::Catalog;
use asepsis_core::engine::access::Accounts;
use asepsis_core::evidence::{Evidence, Record};
use asepsis_core::identity::Secret;
use asepsis_core::observation::{Body, Observation};
use serde_json::Value;

fn catalog() -> Catalog {
    Catalog::load(&asepsis::ops::embedded()).unwrap()
}

fn json_files(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            json_files(&path, out);
        } else if path.extension().is_some_and(|it| it == "json") {
            out.push(path);
        }
    }
}

/// Every path in a value, lists written `list[]`; parents too.
fn paths(prefix: &str, value: &Value, out: &mut BTreeSet<String>) {
    if !prefix.is_empty() {
        out.insert(prefix.to_owned());
    }
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                let path = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
                paths(&path, value, out);
            }
        }
        Value::Array(items) => {
            items.iter().for_each(|item| paths(&format!("{prefix}[]"), item, out));
        }
        _ => {}
    }
}

/// The paths that golden inputs of a collector produce.
fn produced(collector: &str) -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../asepsis-collect/testdata");
    let mut files = Vec::new();
    json_files(&folder.join(collector), &mut files);
    assert!(!files.is_empty(), "no goldens of {collector}");
    let mut out = BTreeSet::new();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let value: Value = serde_json::from_str(&text).unwrap();
        let fact = ["/body/saw/fact", "/saw/fact", "/fact"];
        let fact = fact.iter().find_map(|at| value.pointer(at)).unwrap_or(&value);
        paths("", fact, &mut out);
    }
    out
}

/// What the readers of files make of the invented files in `testdata/import`.
fn imported() -> Vec<Record> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../asepsis-collect/testdata/import");
    let now = "2026-11-25T12:00:00Z".parse().unwrap();
    let told = Told {
        date: Some("2026-11-20T12:00:00Z".parse().unwrap()),
        host: Some("desk-07".to_owned()),
        zone: jiff::tz::TimeZone::UTC,
        now,
        secret: Secret([7; 32]),
        mappings: std::sync::Arc::default(),
    };
    let mut records = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|it| it == "md") {
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        let reader = recognize(&bytes).unwrap_or_else(|| panic!("{} is unknown", path.display()));
        let reading = reader.read(Input::from(bytes.as_slice()), &told).unwrap();
        records.extend(reading.identities.into_iter().map(Record::Identity));
        records.extend(reading.looks.map(Record::Observation));
    }
    records
}

/// The paths of facts, by schema, that files and what follows from them produce.
fn from_files() -> BTreeMap<String, BTreeSet<String>> {
    let now = "2026-11-25T12:00:00Z".parse().unwrap();
    let evidence = (0..).zip(imported()).map(|(seq, record)| Evidence {
        seq,
        recorded_at: now,
        author: "person-1".to_owned(),
        record,
    });
    let mut evidence: Vec<Evidence> = evidence.collect();
    let accounts = Accounts::at(&evidence, now);
    let reviewed = accounts.present().map(|it| (it.subject.0.clone(), Keep::Keep)).collect();
    let marked = accounts.present().next().unwrap().subject.clone();
    let review = Review { list: accounts.digest(), at: now, decisions: reviewed };
    let (kind, note) = (AccountKind::Service, String::new());
    let mark = Mark { account: marked, kind, owner: String::new(), note };
    for record in [Record::Review(review), Record::Mark(mark)] {
        let (seq, author) = (evidence.len() as u64, "person-1".to_owned());
        evidence.push(Evidence { seq, recorded_at: now, author, record });
    }
    let mut out: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut add = |look: &Observation| {
        if let Body::Saw { fact, .. } = &look.body {
            let known = out.entry(look.schema.clone()).or_default();
            paths("", &Value::Object(fact.clone()), known);
        }
    };
    for entry in &evidence {
        if let Record::Observation(look) = &entry.record {
            add(look);
        }
    }
    // With the mark, and without it: an account that is marked is no person's.
    for until in [evidence.len() - 2, evidence.len()] {
        let looks = Accounts::at(evidence.get(..until).unwrap(), now).looks();
        looks.iter().for_each(|(_, look)| add(look));
    }
    out
}

#[test]
fn every_path_a_check_reads_is_produced_by_a_golden_of_a_collector() {
    let catalog = catalog();
    let mut known = from_files();
    known.entry("computer/1".to_owned()).or_default().extend(produced("computer"));
    known.entry("email-domain/1".to_owned()).or_default().extend(produced("email"));
    let (mut read, mut missing) = (0, Vec::new());
    for check in &catalog.checks {
        let known = known.get(&check.reads);
        let paths = check
            .pass
            .paths()
            .into_iter()
            .chain(check.applies.iter().flat_map(asepsis_core::predicate::Predicate::paths));
        for path in paths {
            if !known.is_some_and(|it| it.contains(&path)) {
                missing.push(format!("{} reads {path}, which nothing produces", check.id));
            }
        }
        read += 1;
    }
    assert_eq!(missing, Vec::<String>::new());
    assert!(read >= 40, "only {read} checks");
}

#[test]
fn what_files_hold_fits_the_schemas_and_names_nobody() {
    let catalog = catalog();
    for record in imported() {
        let Record::Observation(look) = record else { continue };
        let Body::Saw { fact, .. } = &look.body else { continue };
        let schema = catalog.schemas.get(&look.schema).unwrap();
        assert_eq!(schema.misfits(fact), Vec::<String>::new(), "{}", look.label);
        let text = serde_json::to_string(&look).unwrap().to_lowercase();
        for name in ["lovelace", "hopper", "ada", "1044", "pf1a2b3c"] {
            assert!(!text.contains(name), "{name} in {text}");
        }
    }
}

#[test]
fn the_embedded_catalog_is_the_folder() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog");
    assert_eq!(asepsis::ops::folder(&folder).unwrap(), asepsis::ops::embedded());
}

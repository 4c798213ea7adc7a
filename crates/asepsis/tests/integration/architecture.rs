//! The rules of the house that the compiler does not know: who may import whom, how long a file may
//! be, that every file says what it is. Reads source text.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Longest file, in lines; 400 is the habit.
const MAX_LINES: usize = 700;

/// Who may import whom (ARCHITECTURE.md). Dependencies for tests do not count.
const ALLOWED: [(&str, &[&str]); 7] = [
    ("asepsis-phi", &[]),
    ("asepsis-vuln", &[]),
    ("asepsis-core", &[]),
    ("asepsis-collect", &["asepsis-core", "asepsis-phi", "asepsis-vuln"]),
    ("asepsis-store", &["asepsis-core"]),
    ("asepsis-report", &["asepsis-core"]),
    ("asepsis", &["asepsis-core", "asepsis-collect", "asepsis-store", "asepsis-report"]),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn sources(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            out.extend(sources(&path));
        } else if path.extension().is_some_and(|it| it == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            out.push((path, text));
        }
    }
    out.sort();
    out
}

/// The crate's sources without its tests.
fn product(name: &str) -> Vec<(PathBuf, String)> {
    let is_test = |path: &Path| {
        path.iter().any(|part| part == "tests")
            || path.file_stem().is_some_and(|stem| stem.to_string_lossy().ends_with("tests"))
    };
    let mut all = sources(&root().join("crates").join(name).join("src"));
    all.retain(|(path, _)| !is_test(path));
    all
}

#[test]
fn crates_import_only_whom_they_may() {
    for (name, allowed) in ALLOWED {
        let manifest = root().join("crates").join(name).join("Cargo.toml");
        let manifest = std::fs::read_to_string(manifest).unwrap();
        let depends = manifest.split("[dependencies]").nth(1).unwrap_or_default();
        let depends = depends.split("\n[").next().unwrap_or_default();
        for line in depends.lines().filter(|line| line.starts_with("asepsis")) {
            let other = line.split(['.', ' ', '=']).next().unwrap();
            assert!(allowed.contains(&other), "{name} may not depend on {other}");
        }
    }
}

/// What `cli` may name besides `ops`: plain types it prints or hands on, and the report that
/// renders an assessment. The work itself goes through `ops`.
const CLI_MAY_NAME: [&str; 8] = [
    "asepsis_collect::net::Net",
    "asepsis_report::Report",
    "asepsis_report::html",
    "asepsis_store::Entry",
    "asepsis_store::Store",
    "asepsis_store::{Entry",
    "asepsis_store::net_log::NetCall",
    "asepsis_store::note::Verifier",
];

#[test]
fn the_command_line_reaches_the_rooms_through_use_cases() {
    for (path, text) in product("asepsis") {
        if !path.iter().any(|part| part == "cli") {
            continue;
        }
        for room in ["asepsis_collect::", "asepsis_store::", "asepsis_report::"] {
            for (at, _) in text.match_indices(room) {
                let rest = &text[at..];
                let known = CLI_MAY_NAME.iter().any(|name| rest.starts_with(name));
                let line = text[..at].lines().count();
                assert!(known, "{}:{line} names {}", path.display(), &rest[..rest.len().min(40)]);
            }
        }
    }
}

#[test]
fn every_file_is_short_and_says_what_it_is() {
    for (name, _) in ALLOWED {
        for (path, text) in sources(&root().join("crates").join(name)) {
            let lines = text.lines().count();
            assert!(lines <= MAX_LINES, "{} has {lines} lines", path.display());
            assert!(text.starts_with("//!"), "{} does not say what it is", path.display());
        }
    }
}

#[test]
fn siblings_do_not_import_each_other() {
    let mut pairs = Vec::new();
    for (name, _) in ALLOWED {
        let mut imports: BTreeMap<(PathBuf, String), Vec<String>> = BTreeMap::new();
        for (path, text) in product(name) {
            let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
            let folder = path.parent().unwrap().to_owned();
            let uses = text.lines().filter_map(|line| line.trim().strip_prefix("use super::"));
            let named =
                uses.map(|rest| rest.split([':', ';', '{', ' ']).next().unwrap().to_owned());
            imports.insert((folder, stem), named.filter(|it| !it.is_empty()).collect());
        }
        for ((folder, one), uses) in &imports {
            for other in uses.iter().filter(|other| *other > one) {
                let back = imports.get(&(folder.clone(), other.clone()));
                if back.is_some_and(|back| back.contains(one)) {
                    pairs.push(format!("{}: {one} and {other}", folder.display()));
                }
            }
        }
    }
    assert!(pairs.is_empty(), "import each other: {pairs:#?}");
}

#[test]
fn nothing_of_the_test_data_is_in_the_project() {
    let listed =
        std::process::Command::new("git").args(["ls-files"]).current_dir(root()).output().unwrap();
    let listed = String::from_utf8(listed.stdout).unwrap();
    for path in listed.lines() {
        assert!(!path.contains("shared/"), "{path} is test data of others");
    }
}

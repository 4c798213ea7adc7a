//! The rules of the house that the compiler does not know: who may import whom, how long a file may
//! be, that every file says what it is. Reads source text.
#![expect(clippy::unwrap_used, reason = "helpers of tests, which clippy does not take for tests")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Longest file, in lines; 400 is the habit.
const MAX_LINES: usize = 700;

/// Who may import whom (ARCHITECTURE.md). Dependencies for tests do not count.
const ALLOWED: [(&str, &[&str]); 8] = [
    ("asepsis-phi", &[]),
    ("asepsis-vuln", &[]),
    ("asepsis-core", &[]),
    ("asepsis-collect", &["asepsis-core", "asepsis-phi", "asepsis-vuln"]),
    ("asepsis-store", &["asepsis-core"]),
    ("asepsis-report", &["asepsis-core"]),
    ("asepsis-priors", &["asepsis-core"]),
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

/// A path in a source names a crate: not a comment, and not a longer name that ends like it.
fn named(text: &str, name: &str) -> Vec<usize> {
    let prefix = format!("{}::", name.replace('-', "_"));
    let lines = text.lines().enumerate();
    let code = lines.filter(|(_, line)| !line.trim_start().starts_with("//"));
    let whole = |line: &str| {
        line.match_indices(&prefix).any(|(at, _)| {
            let before = line.get(..at).and_then(|it| it.chars().next_back());
            !before.is_some_and(|c| c.is_alphanumeric() || c == '_')
        })
    };
    code.filter(|(_, line)| whole(line)).map(|(at, _)| at + 1).collect()
}

#[test]
fn sources_name_only_whom_they_may() {
    for (name, allowed) in ALLOWED {
        for (other, _) in ALLOWED.iter().filter(|(it, _)| *it != name && !allowed.contains(it)) {
            for (path, text) in product(name) {
                let lines = named(&text, other);
                assert!(lines.is_empty(), "{}:{lines:?} names {other}", path.display());
            }
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

/// What `web` may name besides `ops`: what it shows, the marks and words of the report, and the rows
/// of the private tables that belong to a visitor.
const WEB_MAY_NAME: [&str; 25] = [
    "asepsis_collect::net::Net",
    "asepsis_report::Report",
    "asepsis_report::chart",
    "asepsis_report::headline",
    "asepsis_report::marks",
    "asepsis_report::prose",
    "asepsis_report::table",
    "asepsis_report::vendor",
    "asepsis_report::vendor_sheet",
    "asepsis_report::words",
    "asepsis_report::{",
    "asepsis_store::Entry",
    "asepsis_store::accounts::",
    "asepsis_store::db::DbError",
    "asepsis_store::evidence::",
    "asepsis_store::jobs::",
    "asepsis_store::ledger::Head",
    "asepsis_store::lines::",
    "asepsis_store::net_log::",
    "asepsis_store::sessions::",
    "asepsis_store::uploads",
    "asepsis_store::vendor_links::",
    "asepsis_store::verify::",
    "asepsis_store::envelope::",
    "asepsis_store::entry::",
];

#[test]
fn the_practice_book_reaches_the_rooms_through_use_cases() {
    for (path, text) in product("asepsis") {
        if !path.iter().any(|part| part == "web") {
            continue;
        }
        for room in ["asepsis_collect::", "asepsis_store::", "asepsis_report::"] {
            for (at, _) in text.match_indices(room) {
                let rest = &text[at..];
                let known = WEB_MAY_NAME.iter().any(|name| rest.starts_with(name));
                let line = text[..at].lines().count();
                assert!(known, "{}:{line} names {}", path.display(), &rest[..rest.len().min(40)]);
            }
        }
    }
}

/// Two words with a space between them, inside quotes: a sentence, or the beginning of one.
fn sentences(text: &str) -> Vec<(usize, String)> {
    let mut out = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let code = line.trim_start();
        if code.starts_with("//") || code.starts_with("#[") {
            continue;
        }
        for (odd, piece) in code.split('"').enumerate() {
            let words: Vec<&str> = piece.split(' ').collect();
            let is_word = |it: &str| it.len() > 1 && it.chars().all(|c| c.is_alphabetic());
            if odd % 2 == 1 && words.windows(2).any(|pair| pair.iter().all(|it| is_word(it))) {
                out.push((at + 1, piece.to_owned()));
            }
        }
    }
    out
}

#[test]
fn each_page_keeps_its_words_in_one_place() {
    for (path, text) in product("asepsis") {
        let page = path.iter().any(|part| part == "pages");
        if !page || path.file_stem().is_some_and(|it| it == "english") {
            continue;
        }
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        // A class attribute of several names, and a reason for a lint, are no words of the page.
        let found: Vec<_> = sentences(code)
            .into_iter()
            .filter(|(_, it)| !it.starts_with("button ") && !it.starts_with("sheet "))
            .collect();
        assert!(found.is_empty(), "{}: belongs into english.rs: {found:?}", path.display());
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

/// Pairs that import each other today. Both could be untied by moving a type; no new one may come.
const MUTUAL: [&str; 2] = [
    // The facts of DMARC are put together apart because they are long, with helpers of `facts`.
    "asepsis-collect/src/email: facts and facts_dmarc",
    // The index is made of a `Report`, which is declared beside the page that prints it.
    "asepsis-report/src: facts and page",
];

/// The modules that a text names behind `super::` (or `crate::`): `super::a::B`, `super::{a::B, c}`.
fn modules(text: &str, prefix: &str) -> BTreeSet<String> {
    let word = |it: &str| {
        let end = it.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(it.len());
        it.get(..end).unwrap_or_default().to_owned()
    };
    let mut out = BTreeSet::new();
    for (at, _) in text.match_indices(prefix) {
        if text.get(..at).is_some_and(|before| before.ends_with("super::")) {
            continue;
        }
        let rest = text.get(at + prefix.len()..).unwrap_or_default();
        let Some(group) = rest.strip_prefix('{') else {
            out.insert(word(rest));
            continue;
        };
        // The names on the outer level of the braces.
        let (mut depth, mut start) = (0, 0);
        for (at, c) in group.char_indices() {
            match c {
                '{' => depth += 1,
                ',' | '}' if depth == 0 => {
                    out.insert(word(group.get(start..at).unwrap_or_default().trim()));
                    start = at + 1;
                    if c == '}' {
                        break;
                    }
                }
                '}' => depth -= 1,
                _ => {}
            }
        }
    }
    out
}

#[test]
fn siblings_do_not_import_each_other() {
    let mut pairs = Vec::new();
    for (name, _) in ALLOWED {
        let root = root().join("crates").join(name).join("src");
        let mut imports: BTreeMap<(PathBuf, String), BTreeSet<String>> = BTreeMap::new();
        for (path, text) in product(name) {
            let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
            let folder = path.parent().unwrap().to_owned();
            // What only tests import does not count.
            let text = text.split("#[cfg(test)]").next().unwrap_or_default();
            let top = folder == root;
            // A folder's own module sits beside its siblings one level up.
            let (folder, stem) = match stem.as_str() {
                "mod" => (
                    folder.parent().unwrap().to_owned(),
                    folder.file_name().unwrap().to_string_lossy().into_owned(),
                ),
                _ => (folder, stem),
            };
            let mut uses = modules(text, "super::");
            if top || folder == root {
                uses.extend(modules(text, "crate::"));
            }
            imports.entry((folder, stem)).or_default().extend(uses);
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
    pairs.retain(|pair| !MUTUAL.iter().any(|known| pair.ends_with(known)));
    assert!(pairs.is_empty(), "import each other: {pairs:#?}");
}

#[test]
fn names_behind_super_are_read_from_paths_and_groups() {
    let text = "use super::{Done, a::{B, c}, d};\nuse super::e::F;\nsuper::super::g::H";
    let found: Vec<String> = modules(text, "super::").into_iter().collect();
    assert_eq!(found, ["Done", "a", "d", "e", "super"]);
}

/// The only places that may speak of the test data of others: the lookup, and what tells of it.
const TEST_DATA: [&str; 9] = [
    ".ci/run",
    "asepsis-collect/src/import/tenant/tests.rs",
    "asepsis-priors/src/tests.rs",
    "asepsis-vuln/src/end_of_life.rs",
    "asepsis-vuln/src/version.rs",
    "integration/architecture.rs",
    "store/mod.rs",
    "CONTRIBUTING.md",
    "ARCHITECTURE.md",
];

#[test]
fn nothing_reads_the_test_data_but_the_lookup() {
    let listed = std::process::Command::new("git")
        .args(["grep", "-l", "--untracked", "shared/data"])
        .current_dir(root())
        .output()
        .unwrap();
    for path in String::from_utf8(listed.stdout).unwrap().lines() {
        assert!(TEST_DATA.iter().any(|it| path.ends_with(it)), "{path} names shared/data");
    }
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

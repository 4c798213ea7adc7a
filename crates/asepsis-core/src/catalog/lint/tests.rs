//! The shipped catalog is sound, and breaking any one file of it shows, with file and line.

use super::*;

pub(super) fn shipped() -> CatalogFiles {
    fn walk(folder: &std::path::Path, root: &std::path::Path, files: &mut CatalogFiles) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, root, files);
            } else {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
                files.0.insert(name, std::fs::read_to_string(&path).unwrap());
            }
        }
    }
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog");
    let mut files = CatalogFiles::default();
    walk(&root, &root, &mut files);
    files
}

fn problems(files: &CatalogFiles) -> Vec<Problem> {
    match Catalog::load(files) {
        Ok(catalog) => lint(&catalog, files).1,
        Err(problems) => problems,
    }
}

/// A file of the catalog with what it refers to, so that a thousand breakages of it are loaded and
/// linted in seconds. What this leaves dangling stands among the problems before.
fn around(files: &CatalogFiles, path: &str) -> CatalogFiles {
    let keeps: &[&str] = match path.split('/').next().unwrap_or_default() {
        "practices" => &["threats/"],
        "threats" | "mappings" => &["practices/"],
        "questions" => &["practices/", "observations/"],
        "checks" => &["observations/"],
        "habits.toml" => &["practices/"],
        "actions" => &["practices/", "threats/", "risk/"],
        "risk" => &["threats/", "risk/"],
        _ => &[],
    };
    let keep =
        |it: &str| it == path || !it.contains('/') || keeps.iter().any(|k| it.starts_with(k));
    let kept = files.0.iter().filter(|(it, _)| keep(it));
    CatalogFiles(kept.map(|(path, text)| (path.clone(), text.clone())).collect())
}

/// Breaks one file in many ways and looks at what each adds to the problems.
struct Breaker<'a> {
    path: &'a str,
    text: String,
    files: CatalogFiles,
    before: Vec<Problem>,
    unnoticed: &'a mut Vec<String>,
}

impl Breaker<'_> {
    fn new_problems(&mut self, text: String) -> Vec<Problem> {
        self.files.0.insert(self.path.to_owned(), text);
        let mut found = problems(&self.files);
        found.retain(|it| !self.before.contains(it));
        found
    }

    /// Some new problem must name the file, with a line.
    fn breaks(&mut self, how: &str, text: String) {
        assert_ne!(self.text, text, "{}: {how} changes nothing", self.path);
        let found = self.new_problems(text);
        if !found.iter().any(|it| it.file == self.path && it.line.is_some()) {
            self.unnoticed.push(format!("{}: {how}: {found:?}", self.path));
        }
    }

    /// The same, and the line named must be the broken one, counted from 0.
    fn breaks_at(&mut self, at: usize, how: &str, text: String) {
        let found = self.new_problems(text);
        if !found.iter().any(|it| it.file == self.path && it.line == Some(at + 1)) {
            self.unnoticed.push(format!("{}:{}: {how}: {found:?}", self.path, at + 1));
        }
    }
}

/// Breaks every file of the shipped catalog below a prefix.
fn every_file(prefix: &str, mut break_it: impl FnMut(&mut Breaker<'_>)) {
    let whole = shipped();
    let mut unnoticed = Vec::new();
    // There are more than a hundred actions, and they are alike in form: every tenth stands for all.
    let actions = whole.0.keys().filter(|it| it.starts_with("actions/"));
    let passed: BTreeSet<&String> =
        actions.enumerate().filter(|(at, _)| at % 10 != 0).map(|(_, it)| it).collect();
    let looked_at = |path: &String| path.starts_with(prefix) && !passed.contains(path);
    for (path, text) in whole.0.iter().filter(|(path, _)| looked_at(path)) {
        let files = around(&whole, path);
        if let Err(problems) = Catalog::load(&files) {
            panic!("the shipped catalog is broken before this test breaks it: {problems:#?}");
        }
        let before = problems(&files);
        let text = text.clone();
        break_it(&mut Breaker { path, text, files, before, unnoticed: &mut unnoticed });
    }
    let count = unnoticed.len();
    let first: Vec<String> = unnoticed.into_iter().take(40).collect();
    assert!(count == 0, "{count} breakages went unnoticed:\n{}", first.join("\n"));
}

/// The lines of a file's TOML: number, key, and whether a value ends on the same line.
fn keys(text: &str) -> Vec<(usize, &str)> {
    let mut out = Vec::new();
    let (mut below, mut in_text, mut open) = (false, false, 0_i64);
    for (at, line) in text.lines().enumerate() {
        if line == "+++" && at > 0 {
            below = true;
        }
        let quotes = line.matches("\"\"\"").count() % 2 == 1;
        let inside = in_text || open > 0;
        in_text ^= quotes;
        if !in_text && !quotes {
            open += line.matches('[').count() as i64 - line.matches(']').count() as i64;
        }
        let key = line.split_once('=').map(|(key, _)| key.trim()).unwrap_or_default();
        let plain = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        if !below && !inside && plain {
            out.push((at, key));
        }
    }
    out
}

fn with_line(text: &str, at: usize, change: impl Fn(&str) -> String) -> String {
    let lines = text.lines().enumerate();
    let changed = lines.map(|(nth, line)| if nth == at { change(line) } else { line.to_owned() });
    changed.flat_map(|line| [line, "\n".to_owned()]).collect()
}

#[test]
fn the_shipped_catalog_is_sound_and_whole() {
    let files = shipped();
    let catalog = Catalog::load(&files).unwrap_or_else(|problems| {
        panic!("{}", problems.iter().map(|it| format!("{it}\n")).collect::<String>())
    });
    let (counts, problems) = lint(&catalog, &files);
    assert!(
        problems.is_empty(),
        "{}",
        problems.iter().map(|it| format!("{it}\n")).collect::<String>()
    );
    assert_eq!(
        (counts.threats, counts.practices, counts.sub_practices, counts.counted),
        (5, 10, 95, 89)
    );
    assert!(counts.checks >= 40, "{counts}");
    assert!(counts.small_questions <= MAX_SMALL_QUESTIONS, "{counts}");
    println!("{counts}");
}

#[test]
fn a_file_that_is_not_toml_shows() {
    every_file("", |it| {
        let (at, _) = keys(&it.text)[0];
        let text = with_line(&it.text, at, |line| format!("{line} ="));
        it.breaks_at(at, "a line that is no TOML", text);
    });
}

#[test]
fn a_key_that_nothing_reads_shows() {
    every_file("", |it| {
        let (at, _) = keys(&it.text)[0];
        let text = with_line(&it.text, at, |line| format!("nobody_reads_me = 1\n{line}"));
        it.breaks_at(at, "an unknown key", text);
    });
}

/// Keys that may be left out, by the folder whose files have them.
fn optional(path: &str, key: &str) -> bool {
    let of_folder: &[&str] = match path.split('/').next().unwrap_or_default() {
        "practices" => &["title_2023", "note", "excused", "applies", "in_2023"],
        "questions" => &["help", "fresh", "measured", "ask_if", "contradicted_by"],
        "checks" => &["detail", "share"],
        "observations" => &["unit", "values", "ages"],
        "mappings" => &["note", "tier", "certainty"],
        "glossary.toml" => &["see"],
        "resources.toml" => &["url"],
        "sizes.toml" => &["bounds"],
        "actions" => &["requires", "keep", "monthly", "yearly", "route", "note"],
        "risk" => &["url"],
        _ => &[],
    };
    of_folder.contains(&key)
}

/// Each key once per file: the first place where it stands.
fn first_of_each(text: &str) -> Vec<(usize, String)> {
    let mut seen = BTreeSet::new();
    let keys = keys(text).into_iter().filter(|(_, key)| seen.insert(*key));
    keys.map(|(at, key)| (at, key.to_owned())).collect()
}

#[test]
fn a_key_that_is_left_out_shows() {
    every_file("", |it| {
        for (at, key) in first_of_each(&it.text) {
            let line = it.text.lines().nth(at).unwrap();
            let ends_here = line.matches("\"\"\"").count() % 2 == 0
                && line.matches('[').count() == line.matches(']').count();
            if ends_here && !optional(it.path, &key) {
                let text = with_line(&it.text, at, |_| String::new());
                it.breaks(&format!("without {key}"), text);
            }
        }
    });
}

#[test]
fn an_id_or_a_reference_that_is_misspelled_shows() {
    /// Keys whose texts are ids or refer to something.
    const KEYS: [&str; 15] = [
        "id",
        "slug",
        "serves",
        "reads",
        "sub_practices",
        "sub_practice",
        "threats",
        "metrics",
        "targets",
        "see",
        "schema",
        "expected",
        "role",
        "roles",
        "ask_if",
    ];
    /// The same in the files of actions and priors.
    const OF_RISK: [&str; 4] = ["requires", "threat", "action", "source"];
    every_file("", |it| {
        // The edition and the rows of the size table are named here and nowhere else.
        let named_once = ["catalog.toml", "sizes.toml"].contains(&it.path);
        for (at, key) in first_of_each(&it.text) {
            let quotes = it.text.lines().nth(at).unwrap().matches('"').count();
            let risk = it.path.starts_with("actions/") || it.path.starts_with("risk/");
            let refers = KEYS.contains(&key.as_str()) || risk && OF_RISK.contains(&key.as_str());
            if refers && quotes >= 2 && !named_once {
                let text = with_line(&it.text, at, |line| line.replacen('"', "\"zz", 1));
                it.breaks(&format!("{key} misspelled"), text);
            }
        }
    });
}

#[test]
fn an_example_that_is_flipped_shows() {
    every_file("checks/", |it| {
        let lines: Vec<(usize, String)> = it.text.lines().map(str::to_owned).enumerate().collect();
        for (at, line) in lines.iter().filter(|(_, line)| line.starts_with("expect")) {
            let other = if line.contains("\"pass\"") { "fail" } else { "pass" };
            let text = with_line(&it.text, *at, |_| format!("expect = \"{other}\""));
            it.breaks(&format!("line {} flipped", at + 1), text);
        }
    });
}

#[test]
fn a_predicate_over_a_path_that_is_misspelled_shows() {
    every_file("checks/", |it| {
        for (at, key) in first_of_each(&it.text) {
            let reads = it.text.lines().nth(at).unwrap().contains("fact.");
            if reads && ["pass", "applies", "detail"].contains(&key.as_str()) {
                let text = with_line(&it.text, at, |line| line.replacen("fact.", "fact.zz", 1));
                it.breaks_at(at, &format!("{key} misspelled"), text);
            }
        }
    });
}

#[test]
fn a_file_too_large_shows() {
    every_file("", |it| {
        let text = format!("{}\n{}", it.text, "# \n".repeat(400_000));
        let found = it.new_problems(text);
        let message = "the file is larger than 1 MiB";
        let shows =
            found.iter().any(|problem| problem.file == it.path && problem.message == message);
        assert!(shows, "{}: {found:?}", it.path);
    });
}

#[test]
fn a_file_that_is_missing_or_strange_shows() {
    let files = shipped();
    let catalog = Catalog::load(&files).unwrap();
    let before = problems(&files);
    let mut unchecked = files.clone();
    unchecked.0.retain(|it, _| !it.starts_with("checks/"));
    let without_checks = problems(&unchecked);
    for (at, path) in files.0.keys().enumerate() {
        if path.starts_with("actions/") && at % 10 != 0 {
            continue;
        }
        // A mapping may be left out, and a check or a few questions if others serve their parts.
        if ["mappings/", "checks/"].iter().any(|it| path.starts_with(it)) {
            continue;
        }
        // What no check reads by itself: other facts are worked out of it.
        let read = |schema: &crate::catalog::Schema| {
            let file = format!("observations/{}.toml", schema.schema.replace('/', "-"));
            file == *path && catalog.index.readers(&schema.schema).is_empty()
        };
        if catalog.schemas.values().any(read) {
            continue;
        }
        let mut fewer = files.clone();
        fewer.0.remove(path);
        // Only schemas are missed by checks.
        fewer.0.retain(|it, _| path.starts_with("observations/") || !it.starts_with("checks/"));
        let here = if path.starts_with("observations/") { &before } else { &without_checks };
        let missed = problems(&fewer).iter().any(|it| !here.contains(it));
        assert!(missed, "without {path} nothing is missed");
    }
    for stranger in ["checks/readme.md", "practice/01-email.md", "notes.txt", "questions/a.md"] {
        let mut more = files.clone();
        more.0.insert(stranger.to_owned(), String::new());
        let found = problems(&more);
        assert!(found.iter().any(|it| it.file == stranger), "{stranger}: {found:?}");
    }
}

#[test]
fn a_schema_is_looked_at_often_enough_for_its_checks() {
    let catalog = Catalog::load(&shipped()).unwrap();
    for schema in catalog.schemas.keys() {
        let readers = catalog.checks.iter().filter(|check| check.reads == *schema);
        let shortest = readers.map(|check| check.fresh.0).min();
        assert_eq!(catalog.cadence(schema).is_some(), shortest.is_some(), "{schema}");
        let (Some(days), Some(shortest)) = (catalog.cadence(schema), shortest) else { continue };
        let days = days.0;
        // The look before two that fail still counts when the third comes.
        assert!((1..=7).contains(&days) && 3 * days <= shortest, "{schema}: {days} of {shortest}");
    }
    assert_eq!(catalog.cadence("gone/1"), None);
}

#[test]
fn a_habit_that_does_not_fit_on_a_card_shows() {
    let long = format!("text = \"{}.\"", "a".repeat(120));
    for (from, to, message) in [
        ("role      = \"it\"", "role = \"vendor\"", "the id of a habit of vendor is vendor.name"),
        ("role      = \"it\"", "role = \"janitor\"", "\"janitor\" is not a role"),
        ("minutes   = 1", "minutes = 0", "it takes 0 minutes, not 1 to 120"),
        ("minutes   = 1", "minutes = 121", "it takes 121 minutes, not 1 to 120"),
        ("even for a minute.", "even now. Always.", "its text is not one sentence"),
        ("even for a minute.", "even for a minute", "its text is not one sentence"),
        ("text      = \"Lock", &format!("{long} # \""), "its text has 121 characters"),
        ("serves    = [\"3.S.A/automatic-lock\"]", "serves = []", "it serves no part"),
        ("sources   = [\"HICP TV1 3.S.A\"]", "sources = []", "it names no source"),
        ("\"front-desk.own-account\"", "\"front-desk.lock-screen\"", "stands twice"),
    ] {
        let mut files = shipped();
        let text = files.0["habits.toml"].replacen(from, to, 1);
        assert_ne!(text, files.0["habits.toml"], "{from}");
        files.0.insert("habits.toml".to_owned(), text);
        let found = problems(&files);
        assert!(found.iter().any(|it| it.message.contains(message)), "{to}: {found:?}");
    }
}

#[test]
fn each_role_of_the_organization_has_a_card() {
    let mut files = shipped();
    let catalog = Catalog::load(&files).unwrap();
    for role in ["manager", "front-desk", "clinician", "it"] {
        assert!(catalog.habits.iter().filter(|it| it.role == role).count() >= 3, "{role}");
    }
    let whole = files.hash();
    files.0.remove("habits.toml");
    assert_ne!(whole, files.hash(), "the file is part of the catalog's hash");
    let catalog = Catalog::load(&files).unwrap();
    assert!(catalog.habits.is_empty(), "a catalog from before there were habits loads");
    let (_, found) = lint(&catalog, &files);
    assert_eq!(found.iter().filter(|it| it.message.contains("a card needs 3")).count(), 4);
}

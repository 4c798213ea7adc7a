//! From files to a compiled catalog. Reads shapes; what refers to what is the linter's work.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;

use super::files::MAX_FILE;
use super::lint::unsound;
use super::{
    Action, Catalog, CatalogFiles, Check, Editions, Habit, Index, Mapping, Practice, Priors,
    Problem, Question, Resource, RiskSource, Schema, SizeTable, Term, Threat,
};

/// The file of priors. Ledgers hold catalogs from before there were any; the linter misses them.
const PRIORS: &str = "risk/priors.toml";

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Glossary {
    term: Vec<Term>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Resources {
    resource: Vec<Resource>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Habits {
    habit: Vec<Habit>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Questions {
    question: Vec<Question>,
}

pub(super) fn load(files: &CatalogFiles) -> Result<Catalog, Vec<Problem>> {
    // A catalog folder is foreign input: what is too large is not read at all.
    let large = files.0.iter().filter(|(_, text)| text.len() > MAX_FILE);
    let large = large.map(|(path, _)| Problem {
        file: path.clone(),
        line: None,
        message: "the file is larger than 1 MiB".to_owned(),
    });
    let large: Vec<Problem> = large.collect();
    if !large.is_empty() {
        return Err(large);
    }
    let mut loader = Loader { files, problems: Vec::new() };
    let editions: Option<Editions> = loader.one("catalog.toml");
    let sizes: Option<SizeTable> = loader.one("sizes.toml");
    let glossary: Option<Glossary> = loader.one("glossary.toml");
    let resources: Option<Resources> = loader.one("resources.toml");
    // Ledgers hold catalogs from before there were habits; the linter misses them.
    let habits: Option<Habits> =
        if files.0.contains_key("habits.toml") { loader.one("habits.toml") } else { None };
    let priors: Option<Priors> =
        if files.0.contains_key(PRIORS) { loader.one(PRIORS) } else { None };
    let mut risk_sources: Vec<RiskSource> = loader.folder("risk/sources/");
    let mut actions: Vec<Action> = loader.folder("actions/");
    let mut threats: Vec<Threat> =
        loader.front_matter("threats/", |threat: &mut Threat, text| threat.text = text);
    let mut practices: Vec<Practice> =
        loader.front_matter("practices/", |practice: &mut Practice, text| practice.text = text);
    let mut questions: Vec<Question> =
        loader.folder::<Questions>("questions/").into_iter().flat_map(|it| it.question).collect();
    let schemas: Vec<Schema> = loader.folder("observations/");
    let mut checks: Vec<Check> = loader.folder("checks/");
    let mut mappings: Vec<Mapping> = loader.folder("mappings/");
    loader.strangers();
    if !loader.problems.is_empty() {
        loader.problems.sort();
        return Err(loader.problems);
    }
    threats.sort_by(|a, b| a.id.cmp(&b.id));
    practices.sort_by_key(|practice| practice.number);
    questions.sort_by(|a, b| a.id.cmp(&b.id));
    checks.sort_by(|a, b| a.id.cmp(&b.id));
    mappings.sort_by(|a, b| a.id.cmp(&b.id));
    actions.sort_by(|a, b| a.id.cmp(&b.id));
    risk_sources.sort_by(|a, b| a.id.cmp(&b.id));
    let (Some(editions), Some(sizes), Some(glossary), Some(resources)) =
        (editions, sizes, glossary, resources)
    else {
        return Err(loader.problems);
    };
    let mut glossary = glossary.term;
    glossary.sort_by_key(|term| term.term.to_lowercase());
    let index = Index::new(&checks, &questions);
    let catalog = Catalog {
        hash: files.hash(),
        editions,
        threats,
        practices,
        questions,
        schemas: schemas.into_iter().map(|schema| (schema.schema.clone(), schema)).collect(),
        checks,
        mappings,
        glossary,
        resources: resources.resource,
        habits: habits.map_or_else(Vec::new, |it| it.habit),
        sizes,
        actions,
        priors,
        risk_sources,
        index,
    };
    let unsound = unsound(&catalog, files);
    if unsound.is_empty() { Ok(catalog) } else { Err(unsound) }
}

struct Loader<'a> {
    files: &'a CatalogFiles,
    problems: Vec<Problem>,
}

impl Loader<'_> {
    fn one<T: DeserializeOwned>(&mut self, path: &str) -> Option<T> {
        let Some(text) = self.files.0.get(path) else {
            self.problem(path, None, "this file is missing");
            return None;
        };
        self.parse(path, text, 0)
    }

    fn folder<T: DeserializeOwned>(&mut self, prefix: &str) -> Vec<T> {
        let paths = self.under(prefix, ".toml");
        paths.iter().filter_map(|(path, text)| self.parse(path, text, 0)).collect()
    }

    /// Files of TOML between two lines of `+++`, then Markdown.
    fn front_matter<T: DeserializeOwned>(
        &mut self,
        prefix: &str,
        put_text: impl Fn(&mut T, String),
    ) -> Vec<T> {
        let mut out = Vec::new();
        for (path, text) in self.under(prefix, ".md") {
            let parts = text.strip_prefix("+++\n").and_then(|rest| rest.split_once("\n+++\n"));
            let Some((front, body)) = parts else {
                self.problem(
                    &path,
                    Some(1),
                    "the file must begin with TOML between two lines of +++",
                );
                continue;
            };
            if let Some(mut it) = self.parse(&path, front, 1) {
                put_text(&mut it, body.trim().to_owned());
                out.push(it);
            }
        }
        out
    }

    fn under(&self, prefix: &str, ending: &str) -> BTreeMap<String, String> {
        let mine = |path: &String| path.starts_with(prefix) && path.ends_with(ending);
        self.files
            .0
            .iter()
            .filter(|(path, _)| mine(path))
            .map(|(a, b)| (a.clone(), b.clone()))
            .collect()
    }

    fn parse<T: DeserializeOwned>(&mut self, path: &str, text: &str, above: usize) -> Option<T> {
        match toml::from_str(text) {
            Ok(it) => Some(it),
            Err(error) => {
                let line = error.span().map(|span| {
                    let before = text.get(..span.start).unwrap_or_default();
                    above + before.matches('\n').count() + 1
                });
                self.problem(path, line, error.message());
                None
            }
        }
    }

    /// A file that nothing reads is a misspelled file.
    fn strangers(&mut self) {
        let known = |path: &str| {
            ["catalog.toml", "sizes.toml", "glossary.toml", "resources.toml", "habits.toml", PRIORS]
                .contains(&path)
                || ["threats/", "practices/"].iter().any(|it| path.starts_with(it))
                    && path.ends_with(".md")
                || [
                    "questions/",
                    "observations/",
                    "checks/",
                    "mappings/",
                    "actions/",
                    "risk/sources/",
                ]
                .iter()
                .any(|it| path.starts_with(it))
                    && path.ends_with(".toml")
        };
        let strangers: Vec<String> =
            self.files.0.keys().filter(|path| !known(path)).cloned().collect();
        for path in strangers {
            self.problem(&path, None, "no part of a catalog has a file of this name here");
        }
    }

    fn problem(&mut self, file: &str, line: Option<usize>, message: &str) {
        let message = message.to_owned();
        self.problems.push(Problem { file: file.to_owned(), line, message });
    }
}

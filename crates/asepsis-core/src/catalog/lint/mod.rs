//! Holds a loaded catalog against its own rules. The same code is the test, the command
//! `asepsis catalog lint` and what an organization's own checks go through.

mod actions;
mod checks;
mod habits;
mod priors;
mod questions;
mod sound;
mod structure;
mod words;

use std::collections::BTreeSet;
use std::fmt;

use super::{Catalog, CatalogFiles, Problem};
use crate::organization::Size;

/// Most questions a small organization may be asked in all.
pub const MAX_SMALL_QUESTIONS: usize = 45;

/// What a catalog holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Counts {
    /// Threats.
    pub threats: usize,
    /// Practices.
    pub practices: usize,
    /// Sub-practices.
    pub sub_practices: usize,
    /// Those that count in the standing.
    pub counted: usize,
    /// Parts.
    pub parts: usize,
    /// Parts that a check serves.
    pub parts_with_check: usize,
    /// Checks.
    pub checks: usize,
    /// Examples run.
    pub examples: usize,
    /// Questions.
    pub questions: usize,
    /// Questions that a small organization may be asked.
    pub small_questions: usize,
    /// Habits.
    pub habits: usize,
    /// Actions.
    pub actions: usize,
    /// Sources of risk numbers.
    pub risk_sources: usize,
    /// Glossary terms.
    pub terms: usize,
    /// References followed.
    pub references: usize,
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{} threats, {} practices, {} sub-practices ({} in the standing), {} parts",
            self.threats, self.practices, self.sub_practices, self.counted, self.parts
        )?;
        writeln!(
            f,
            "{} checks serve {} parts, {} examples run",
            self.checks, self.parts_with_check, self.examples
        )?;
        writeln!(
            f,
            "{} questions, {} of them for a small organization (at most {MAX_SMALL_QUESTIONS})",
            self.questions, self.small_questions
        )?;
        write!(
            f,
            "{} actions with {} sources, {} habits, {} glossary terms, {} references followed",
            self.actions, self.risk_sources, self.habits, self.terms, self.references
        )
    }
}

/// Checks everything; an empty list of problems means the catalog is sound.
pub fn lint(catalog: &Catalog, files: &CatalogFiles) -> (Counts, Vec<Problem>) {
    let mut linter = Linter { catalog, files, problems: Vec::new(), references: 0, examples: 0 };
    linter.structure();
    linter.checks();
    linter.questions();
    linter.habits();
    linter.actions();
    linter.priors();
    linter.words();
    let mut problems = linter.problems;
    problems.sort();
    problems.dedup();
    let counts = Counts {
        threats: catalog.threats.len(),
        practices: catalog.practices.len(),
        sub_practices: catalog.sub_practices().count(),
        counted: catalog.sub_practices().filter(|(_, sub)| sub.counts()).count(),
        parts: catalog.sub_practices().map(|(_, sub)| sub.parts.len()).sum(),
        parts_with_check: linter
            .catalog
            .checks
            .iter()
            .flat_map(|check| &check.serves)
            .collect::<BTreeSet<_>>()
            .len(),
        checks: catalog.checks.len(),
        examples: linter.examples,
        questions: catalog.questions.len(),
        small_questions: small_questions(catalog),
        habits: catalog.habits.len(),
        actions: catalog.actions.len(),
        risk_sources: catalog.risk_sources.len(),
        terms: catalog.glossary.len(),
        references: linter.references,
    };
    (counts, problems)
}

/// What no catalog may hold, whoever wrote it: a folder of a catalog is foreign input.
pub(super) fn unsound(catalog: &Catalog, files: &CatalogFiles) -> Vec<Problem> {
    let mut linter = Linter { catalog, files, problems: Vec::new(), references: 0, examples: 0 };
    linter.sound();
    let mut problems = linter.problems;
    problems.sort();
    problems.dedup();
    problems
}

/// Questions that a small organization can be asked: those that serve a small part or decide
/// which parts apply.
fn small_questions(catalog: &Catalog) -> usize {
    let small: BTreeSet<&str> = catalog
        .sub_practices()
        .filter(|(_, sub)| sub.is_for(Size::Small))
        .map(|(_, sub)| sub.id.as_str())
        .collect();
    let asked = |question: &&super::Question| {
        question.sets.is_some()
            || question.parts().any(|part| small.contains(part.sub_practice.as_str()))
    };
    catalog.questions.iter().filter(asked).count()
}

struct Linter<'a> {
    catalog: &'a Catalog,
    files: &'a CatalogFiles,
    problems: Vec<Problem>,
    references: usize,
    examples: usize,
}

impl Linter<'_> {
    /// Reports a problem at the first line that holds `needle` from the line of `anchor` on.
    fn problem(&mut self, file: &str, anchor: &str, needle: &str, message: String) {
        let line = self.files.line(file, anchor, needle);
        self.problems.push(Problem { file: file.to_owned(), line, message });
    }

    /// Follows a reference.
    fn refer(&mut self, exists: bool, file: &str, anchor: &str, to: &str, what: &str) {
        self.references += 1;
        if !exists {
            self.problem(file, anchor, to, format!("there is no {what} {to:?}"));
        }
    }

    /// Reports ids that stand twice.
    fn unique<'b>(&mut self, file: &str, what: &str, ids: impl Iterator<Item = &'b str>) {
        let mut seen = BTreeSet::new();
        for id in ids {
            if !seen.insert(id) {
                self.problem(file, id, id, format!("{what} {id:?} stands twice"));
            }
        }
    }

    /// The file under `prefix` whose text holds all of these.
    fn file_of(&self, prefix: &str, holding: &str) -> String {
        let found = self
            .files
            .0
            .iter()
            .find(|(path, text)| path.starts_with(prefix) && text.contains(holding));
        found.map_or_else(|| prefix.to_owned(), |(path, _)| path.clone())
    }
}

#[cfg(test)]
mod tests;

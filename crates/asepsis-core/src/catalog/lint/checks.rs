//! Checks and schemas: types, references, and every example executed.

use serde_json::{Map, Value};

use super::Linter;
use crate::catalog::{Check, Schema};
use crate::engine::judge;
use crate::outcome::Outcome;
use crate::predicate::{PathType, TypeError, Types};

/// Roles that can do work or answer.
pub(super) const ROLES: [&str; 5] = ["manager", "front-desk", "clinician", "it", "vendor"];

impl Linter<'_> {
    pub(super) fn checks(&mut self) {
        let catalog = self.catalog;
        self.unique("checks/", "check", catalog.checks.iter().map(|check| check.id.as_str()));
        for schema in catalog.schemas.values() {
            self.schema(schema);
        }
        for check in &catalog.checks {
            let file = self.check_file(check);
            for part in &check.serves {
                let known = catalog.part(part).is_some();
                self.refer(known, &file, "serves", &part.to_string(), "part");
            }
            if check.serves.is_empty() {
                self.problem(&file, "serves", "serves", "the check serves no part".to_owned());
            }
            if check.sources.is_empty() {
                self.problem(&file, "sources", "sources", "the check names no source".to_owned());
            }
            if !ROLES.contains(&check.effort.who.as_str()) {
                self.problem(
                    &file,
                    "effort",
                    &check.effort.who,
                    format!("{:?} is not a role", check.effort.who),
                );
            }
            if check
                .share
                .as_ref()
                .is_some_and(|share| !(share.required > 0.0 && share.required <= 1.0))
            {
                self.problem(
                    &file,
                    "share",
                    "share",
                    "the share must be above 0 and at most 1".to_owned(),
                );
            }
            let known = catalog.schemas.contains_key(&check.reads);
            self.refer(known, &file, "reads", &check.reads, "observation schema");
            let Some(schema) = catalog.schemas.get(&check.reads) else { continue };
            self.types(&file, check, schema);
            self.examples(&file, check, schema);
        }
    }

    fn check_file(&mut self, check: &Check) -> String {
        let file = format!("checks/{}.toml", check.id.replacen('.', "/", 1));
        let holder = self.file_of("checks/", &format!("\"{}\"", check.id));
        self.refer(self.files.0.contains_key(&file), &holder, "id", &file, "file");
        file
    }

    fn schema(&mut self, schema: &Schema) {
        let name = schema.schema.replace('/', "-");
        let file = format!("observations/{name}.toml");
        let holder = self.file_of("observations/", &schema.schema);
        self.refer(self.files.0.contains_key(&file), &holder, "schema", &file, "file");
        self.unique(&file, "path", schema.paths.iter().map(|it| it.path.as_str()));
        for path in schema.paths.iter().filter(|it| it.ages.is_some()) {
            let days = path.kind == PathType::Int && path.unit.as_deref() == Some("days");
            self.refer(days, &file, "ages", &path.path, "number of days");
        }
        let expected = &schema.expected;
        let known = ["domains", "listed"].contains(&expected.as_str())
            || self.catalog.questions.iter().any(|q| q.sets.as_ref() == Some(expected));
        self.refer(known, &file, "expected", expected, "attribute");
    }

    fn types(&mut self, file: &str, check: &Check, schema: &dyn Types) {
        let found = [
            ("applies", check.applies.as_ref().map(|it| it.check_types(schema))),
            ("pass", Some(check.pass.check_types(schema))),
            ("detail", check.detail.as_ref().map(|it| it.check_paths(schema))),
        ];
        for (field, result) in found {
            self.references += 1;
            if let Some(Err(error)) = result {
                let needle = match &error {
                    TypeError::UnknownPath(path) => {
                        path.rsplit('.').next().unwrap_or(path).replace("[]", "")
                    }
                    TypeError::NeverThatValue { value, .. } => value.clone(),
                    TypeError::Unfit(_) => field.to_owned(),
                };
                self.problem(file, &format!("{field} "), &needle, format!("{field}: {error}"));
            }
        }
    }

    fn examples(&mut self, file: &str, check: &Check, schema: &Schema) {
        for (at, example) in check.examples.iter().enumerate() {
            self.examples += 1;
            let number = at + 1;
            for misfit in schema.misfits(&example.fact) {
                self.nth_example(file, at, format!("example {number}: {misfit}"));
            }
            let (outcome, reason) = judge(check, &example.fact);
            if outcome != example.expect {
                let reason = reason.map(|it| format!(" ({it})")).unwrap_or_default();
                let message = format!(
                    "example {number} should be {:?} and is {outcome:?}{reason}",
                    example.expect
                );
                self.nth_example(file, at, message);
            }
        }
        for expected in [Outcome::Pass, Outcome::Fail, Outcome::Unknown] {
            if !check.examples.iter().any(|example| example.expect == expected) {
                self.problem(
                    file,
                    "[[example]]",
                    "[[example]]",
                    format!("no example expects {expected:?}"),
                );
            }
        }
        if check.applies.is_some()
            && !check.examples.iter().any(|example| example.expect == Outcome::NotApplicable)
        {
            self.problem(file, "applies", "applies", "no example expects NotApplicable".to_owned());
        }
        for list in check.pass.walked_lists() {
            let shown = check.examples.iter().any(|example| has_empty(&example.fact, &list));
            if !shown {
                self.problem(
                    file,
                    "pass",
                    "pass",
                    format!("no example has an empty list `{list}`"),
                );
            }
        }
    }

    /// Reports a problem at the line of the nth `[[example]]`.
    fn nth_example(&mut self, file: &str, nth: usize, message: String) {
        let text = self.files.0.get(file).map_or("", String::as_str);
        let line = text
            .lines()
            .enumerate()
            .filter(|(_, line)| line.trim() == "[[example]]")
            .nth(nth)
            .map(|(at, _)| at + 1);
        self.problems.push(super::Problem { file: file.to_owned(), line, message });
    }
}

/// Whether a fact has an empty list at a dotted path.
fn has_empty(fact: &Map<String, Value>, path: &str) -> bool {
    match path.split_once('.') {
        Some((key, rest)) => {
            fact.get(key).and_then(Value::as_object).is_some_and(|map| has_empty(map, rest))
        }
        None => fact.get(path).and_then(Value::as_array).is_some_and(Vec::is_empty),
    }
}

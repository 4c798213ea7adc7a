//! Questions: their shape by kind, what they serve, what they depend on.

use std::collections::BTreeMap;

use super::{Linter, MAX_SMALL_QUESTIONS, small_questions};
use crate::catalog::{Kind, Question};

impl Linter<'_> {
    pub(super) fn questions(&mut self) {
        let catalog = self.catalog;
        self.unique("questions/", "question", catalog.questions.iter().map(|it| it.id.as_str()));
        for question in &catalog.questions {
            let file = self.file_of("questions/", &format!("\"{}\"", question.id));
            self.question(&file, question);
        }
        self.areas();
        let served: Vec<_> = catalog.index.served().cloned().collect();
        for part in served {
            let known = catalog.part(&part).is_some();
            let file = self.file_of("questions/", &part.to_string());
            // A dangling part of a check is reported in the check's own file.
            if !catalog.index.questions(&part).is_empty() {
                self.refer(known, &file, "serves", &part.to_string(), "part");
            }
        }
        let small = small_questions(catalog);
        if small > MAX_SMALL_QUESTIONS {
            let message = format!(
                "a small organization would be asked {small} questions, more than {MAX_SMALL_QUESTIONS}"
            );
            self.problems.push(super::Problem {
                file: "questions/".to_owned(),
                line: None,
                message,
            });
        }
    }

    /// The questions of a file are of one area, the word before the dot: an id that nothing refers
    /// to can be misspelled without any other sign.
    fn areas(&mut self) {
        let mut by_file: BTreeMap<String, BTreeMap<&str, Vec<&str>>> = BTreeMap::new();
        for question in &self.catalog.questions {
            let file = self.file_of("questions/", &format!("\"{}\"", question.id));
            let (area, _) = question.id.split_once('.').unwrap_or_default();
            by_file.entry(file).or_default().entry(area).or_default().push(&question.id);
        }
        for (file, areas) in by_file {
            let usual = areas.iter().max_by_key(|(_, ids)| ids.len()).map(|(area, _)| *area);
            for (area, ids) in areas {
                let of = usual.filter(|usual| *usual == area && !area.is_empty());
                for id in ids.into_iter().filter(|_| of.is_none()) {
                    let message =
                        format!("{id}: the questions of a file are of one area, as in area.name");
                    self.problem(&file, id, id, message);
                }
            }
        }
    }

    fn question(&mut self, file: &str, question: &Question) {
        let id = question.id.as_str();
        let mut wrong: Vec<String> = Vec::new();
        self.unique(
            file,
            &format!("in {id}, answer"),
            question.answers.iter().map(|it| it.id.as_str()),
        );
        for role in &question.roles {
            if !super::checks::ROLES.contains(&role.as_str()) {
                wrong.push(format!("{role:?} is not a role"));
            }
        }
        if question.roles.is_empty() {
            wrong.push("nobody can answer it: no roles".to_owned());
        }
        for (name, text) in
            [("ask", &question.ask), ("why", &question.why), ("evidence", &question.evidence)]
        {
            if text.trim().is_empty() {
                wrong.push(format!("its {name} is empty"));
            }
        }
        if question.answer("dont-know").is_some() {
            wrong.push("\"I don't know\" is offered by the program".to_owned());
        }
        wrong.extend(shape(question));
        if let Some(condition) = &question.ask_if {
            match self.catalog.question(&condition.question) {
                None => self.refer(false, file, id, &condition.question, "question"),
                Some(asked) => {
                    for answer in &condition.answers {
                        self.refer(asked.answer(answer).is_some(), file, id, answer, "answer");
                    }
                }
            }
        }
        for sighting in question.answers.iter().filter_map(|it| it.contradicted_by.as_ref()) {
            match self.catalog.schemas.get(&sighting.reads) {
                None => self.refer(false, file, id, &sighting.reads, "observation schema"),
                Some(schema) => {
                    self.references += 1;
                    if let Err(error) = sighting.when.check_types(schema) {
                        wrong.push(format!("contradicted_by: {error}"));
                    }
                }
            }
        }
        for message in wrong {
            self.problem(file, id, id, format!("{id}: {message}"));
        }
    }
}

/// What does not fit the question's kind.
fn shape(question: &Question) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut rule = |holds: bool, message: &str| {
        if !holds {
            wrong.push(message.to_owned());
        }
    };
    let answers = &question.answers;
    let settles = !question.serves.is_empty();
    match question.kind {
        Kind::One => {
            rule(answers.len() >= 2, "kind \"one\" needs at least two answers");
            rule(settles || question.sets.is_some(), "it serves no part and sets no attribute");
            rule(
                answers.iter().all(|it| it.serves.is_empty()),
                "only boxes of kind \"several\" serve parts",
            );
            rule(
                !settles || answers.iter().all(|it| it.means.is_some()),
                "an answer without a meaning",
            );
        }
        Kind::Several => {
            rule(!answers.is_empty(), "kind \"several\" needs boxes");
            rule(!settles, "kind \"several\" serves parts by its boxes");
            rule(answers.iter().all(|it| !it.serves.is_empty()), "a box that serves no part");
            rule(
                answers.iter().all(|it| it.means.is_none()),
                "a box means in place when ticked; leave out means",
            );
            rule(question.sets.is_none(), "kind \"several\" sets no attribute");
        }
        Kind::Number => {
            rule(answers.is_empty(), "a number has no answers to choose from");
            rule(question.sets.is_some(), "a number must set an attribute");
            rule(
                matches!((question.min, question.max), (Some(min), Some(max)) if min <= max),
                "a number needs min and max",
            );
        }
    }
    if question.kind != Kind::Number {
        rule(question.min.is_none() && question.max.is_none(), "min and max are for numbers");
    }
    wrong
}

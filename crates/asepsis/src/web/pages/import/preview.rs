//! What a file would bring in, before it does.

use std::collections::BTreeMap;

use asepsis_core::observation::{Body, Observation};
use asepsis_core::time::Timestamp;
use asepsis_report::words;
use asepsis_store::uploads::Upload;
use maud::{Markup, html};

use super::english as say;
use crate::ops::{Book, Done, FilledAsk, Given, Left, Taken, TakenAnswer, understand};
use crate::web::error::PageError;
use crate::web::pages::questions::answer;
use crate::web::ui::{self, Choice, Faults, Field, Kind};
use crate::web::visit::Visit;

/// Subjects that are named of one file.
const NAMED: usize = 12;
/// Rows of a sheet that are shown of each kind; what is more is counted.
const ROWS: usize = 40;
/// Longest name under "By".
const NAME: usize = 100;

/// A file that waits, with what it would bring in.
pub(super) struct File {
    upload: Upload,
    holds: Holds,
}

enum Holds {
    Facts {
        made_at: Timestamp,
        program: String,
        looks: Vec<Observation>,
        /// How many the record has already.
        known: usize,
    },
    Sheet(Taken),
}

impl File {
    pub(super) async fn of(visit: &Visit, upload: Upload, given: Given) -> Result<Self, PageError> {
        let holds = match given {
            Given::Facts(file) => {
                let fresh = visit.home().fresh(&file).await?;
                let (looks, known) = (fresh.looks, fresh.known);
                Holds::Facts { made_at: file.made_at, program: file.program, looks, known }
            }
            Given::Sheet(filled) => Holds::Sheet(understand(visit.catalog(), filled)),
        };
        Ok(Self { upload, holds })
    }

    pub(super) fn show(&self, visit: &Visit, book: &Book, at: usize, alone: bool) -> Markup {
        let name = format!("file-{at}");
        let label = say::chosen(&self.upload.name);
        let choice = Choice { value: &self.upload.id, label: &label, hint: "", chosen: true };
        let heading = format!("waits-{at}");
        html! {
            section.sheet aria-labelledby=(heading) {
                h2 id=(heading) { (self.upload.name) }
                @match &self.holds {
                    Holds::Facts { made_at, program, looks, known } => {
                        p { (say::facts_of(program, &ui::day(book, *made_at))) }
                        p { (say::looks(looks.len(), *known)) }
                        (facts(visit, book, looks))
                    }
                    Holds::Sheet(taken) => (self.sheet(visit, book, taken)),
                }
                @if alone { input type="hidden" name=(name) value=(self.upload.id); }
                @else { (ui::choices(&html! { (say::CHOOSE) }, &name, true, &[choice], &Faults::default())) }
            }
        }
    }

    fn sheet(&self, visit: &Visit, book: &Book, taken: &Taken) -> Markup {
        let by = format!("by-{}", self.upload.id);
        let known = taken.answers.iter().filter(|it| is_known(book, it)).count();
        html! {
            p { (say::sheet_of(taken.answers.len(), taken.done.len(), taken.left.len())) }
            @if known > 0 { p.quiet { (say::known_answers(known)) } }
            (Field::new(say::BY, &by, Kind::Text).optional().hint(say::BY_HINT).value(taken.by()).show(&Faults::default()))
            @if !taken.answers.is_empty() {
                h3 { (say::ANSWERS) }
                ul.lines {
                    @for it in taken.answers.iter().take(ROWS) { li { (answered(visit, it)) } }
                    (more(taken.answers.len()))
                }
            }
            @if !taken.done.is_empty() {
                h3 { (say::DONE) }
                p.small.quiet { (say::DONE_LEAD) }
                ul.lines {
                    @for it in taken.done.iter().take(ROWS) { li { (done(visit, it)) } }
                    (more(taken.done.len()))
                }
            }
            @if !taken.left.is_empty() {
                h3 { (say::LEFT) }
                ul.lines {
                    @for it in taken.left.iter().take(ROWS) { li { (left(it)) } }
                    (more(taken.left.len()))
                }
            }
        }
    }
}

/// A name on one line.
pub(super) fn name(text: &str) -> String {
    let plain = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    plain.take(NAME).collect::<String>().trim().to_owned()
}

fn more(all: usize) -> Markup {
    html! { @if all > ROWS { li { (say::and_more(all - ROWS)) } } }
}

/// The subjects of a file of facts, each with how much was read.
fn facts(visit: &Visit, book: &Book, looks: &[Observation]) -> Markup {
    // The newest look at each subject; a file may hold several.
    let mut subjects: BTreeMap<(&str, &str), (&Observation, usize)> = BTreeMap::new();
    for look in looks {
        let found = subjects.entry((&look.schema, &look.subject.0)).or_insert((look, 0));
        found.1 += 1;
        if look.observed_at > found.0.observed_at {
            found.0 = look;
        }
    }
    html! {
        ul.lines {
            @for (look, times) in subjects.values().take(NAMED) {
                li { (subject(visit, book, look, *times)) }
            }
            @if subjects.len() > NAMED { li { (say::and_more(subjects.len() - NAMED)) } }
        }
    }
}

fn subject(visit: &Visit, book: &Book, look: &Observation, times: usize) -> Markup {
    let schema = visit.catalog().schemas.get(&look.schema);
    let noun = schema.map_or("", |it| words::subject(&it.subject));
    html! {
        p { strong { (look.label) } " " span.chip { (noun) } }
        p.small.quiet {
            @match &look.body {
                Body::Saw { fact, .. } => (say::facts(count(fact))),
                Body::Skipped { reason } => (say::skipped(reason)),
                Body::Failed { cause, .. } => (say::failed(cause)),
            }
            ", " (ui::day(book, look.observed_at))
            @if times > 1 { ", " (say::times(times)) }
        }
    }
}

/// How many facts: leaves of the tree of values.
fn count(fact: &serde_json::Map<String, serde_json::Value>) -> usize {
    let leaves = |value: &serde_json::Value| match value {
        serde_json::Value::Object(inner) => count(inner),
        _ => 1,
    };
    fact.values().map(leaves).sum()
}

/// Whether the newest answer says the same already.
fn is_known(book: &Book, it: &TakenAnswer) -> bool {
    book.told.get(&it.question).is_some_and(|told| {
        let name = book.assessment.name_of(&told.author);
        told.said.answer == it.answer && told.said.note == it.note && name == it.by
    })
}

fn answered(visit: &Visit, it: &TakenAnswer) -> Markup {
    let question = visit.catalog().question(&it.question);
    html! {
        @if let Some(question) = question {
            p { (question.ask) }
            p { strong { (answer::text(question, &it.answer)) } }
        }
        @if !it.note.is_empty() { blockquote { (it.note) } }
        p.source { (say::row(it.row)) @if !it.by.is_empty() { ", " (it.by) } ", " (it.question) }
    }
}

fn done(visit: &Visit, it: &FilledAsk) -> Markup {
    let check = visit.catalog().check(&it.check);
    let word = match it.done {
        Some(Done::Yes) => say::IS_DONE,
        Some(Done::No) => say::NOT_DONE,
        Some(Done::DoesNotApply) => say::NOT_HERE,
        None => say::REMARKS,
    };
    html! {
        p { a href={ "/checks/" (it.check) } { (check.map_or(it.check.as_str(), |check| check.title.as_str())) } }
        p { strong { (word) } @if let Some(on) = &it.on { ", " (on) } }
        @if !it.remark.is_empty() { blockquote { (it.remark) } }
        p.source { (say::row(it.row)) @if !it.by.is_empty() { ", " (it.by) } ", " (it.check) }
    }
}

fn left(it: &Left) -> Markup {
    html! {
        p { (it.why) }
        p.source { (it.sheet) ", " (say::row(it.row)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_counted_at_the_leaves_and_names_are_one_line() {
        let fact = serde_json::json!({"a": 1, "b": {"c": [1, 2], "d": {"e": true}}});
        assert_eq!(count(fact.as_object().unwrap()), 3);
        assert_eq!(name(" Kim\u{7}\nof the vendor "), "Kim  of the vendor");
        assert_eq!(name(&"x".repeat(300)).len(), NAME);
    }
}

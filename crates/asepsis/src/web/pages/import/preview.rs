//! What a file would bring in, before it does.

use asepsis_report::words;
use asepsis_store::uploads::Upload;
use maud::{Markup, html};

use super::english as say;
use crate::ops::{
    Ask, Book, Done, FilledAsk, Given, Left, Planned, Taken, TakenAnswer, understand,
};
use crate::web::error::PageError;
use crate::web::pages::questions::answer;
use crate::web::ui::{self, Choice, Faults, Field, Kind};
use crate::web::visit::Visit;

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
    File(Box<Planned>),
    Sheet(Taken),
}

impl File {
    pub(super) async fn of(visit: &Visit, upload: Upload, given: Given) -> Result<Self, PageError> {
        let holds = match given {
            Given::File(file) => {
                let told = visit.home().told(None, None, visit.now).await?;
                Holds::File(Box::new(visit.home().plan_import(&file, &told).await?))
            }
            Given::Sheet(filled) => Holds::Sheet(understand(visit.catalog(), filled)),
        };
        Ok(Self { upload, holds })
    }

    pub(super) fn show(
        &self,
        visit: &Visit,
        book: &Book,
        at: usize,
        alone: bool,
        faults: &Faults,
    ) -> Markup {
        let name = format!("file-{at}");
        let label = say::chosen(&self.upload.name);
        let choice = Choice { value: &self.upload.id, label: &label, hint: "", chosen: true };
        let heading = format!("waits-{at}");
        html! {
            section.sheet aria-labelledby=(heading) {
                h2 id=(heading) { (self.upload.name) }
                @match &self.holds {
                    Holds::File(planned) => (self.file(visit, book, planned, faults)),
                    Holds::Sheet(taken) => (self.sheet(visit, book, taken)),
                }
                @if alone { input type="hidden" name=(name) value=(self.upload.id); }
                @else { (ui::choices(&html! { (say::CHOOSE) }, &name, true, &[choice], &Faults::default())) }
            }
        }
    }

    fn file(&self, visit: &Visit, book: &Book, it: &Planned, faults: &Faults) -> Markup {
        let (date, host) = (format!("date-{}", self.upload.id), format!("host-{}", self.upload.id));
        html! {
            p { (say::file_is(it.is, &it.made_by)) }
            @if let Some((from, to)) = it.span.filter(|_| !it.asks.contains(&Ask::Date)) {
                p { (say::shows(&ui::day(book, from), &ui::day(book, to), from == to)) }
            }
            @if it.asks.contains(&Ask::Date) {
                (Field::new(say::DATE, &date, Kind::Day).hint(say::DATE_HINT).show(faults))
            }
            @if it.asks.contains(&Ask::Host) {
                (Field::new(say::HOST, &host, Kind::Text).hint(say::HOST_HINT).show(faults))
            }
            @if !it.adds() { p { strong { (say::ADDS_NOTHING) } } }
            @for (schema, counts) in &it.counts {
                p { (say::counts(noun(visit, schema), counts)) }
                @if !counts.first.is_empty() {
                    ul.lines {
                        @for label in &counts.first { li { (label) } }
                        @let more = (counts.new + counts.changed).saturating_sub(counts.first.len());
                        @if more > 0 { li { (say::and_more(more)) } }
                    }
                }
            }
            @if it.names > 0 { p.quiet { (say::names(it.names)) } }
            @if !it.left.is_empty() {
                h3 { (say::LEFT) }
                ul.lines {
                    @for left in it.left.iter().take(ROWS) { li { (say::left(&left.what, &left.why, left.count)) } }
                    (more(it.left.len()))
                }
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

/// What the subjects of a schema are called.
fn noun<'a>(visit: &'a Visit, schema: &'a str) -> &'a str {
    visit.catalog().schemas.get(schema).map_or(schema, |it| words::subject(&it.subject))
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
    fn names_are_one_line() {
        assert_eq!(name(" Kim\u{7}\nof the vendor "), "Kim  of the vendor");
        assert_eq!(name(&"x".repeat(300)).len(), NAME);
    }
}

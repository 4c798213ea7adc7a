//! What an entry is about, in words: its sort, its title, where that leads, and a line of detail.

use asepsis_core::action::ActionChange;
use asepsis_core::decision::Decided;
use asepsis_core::evidence::Record;
use asepsis_core::observation::Body;
use asepsis_core::statement::{Answer, Attestation};
use asepsis_core::time::Timestamp;
use asepsis_report::words;
use asepsis_store::lines::Line;
use maud::{Markup, html};
use serde_json::Value;

use super::english as say;
use crate::ops::{Book, zone};
use crate::web::rights::Right;
use crate::web::ui;
use crate::web::visit::Visit;

/// What an entry is about.
pub(super) struct What {
    /// Its sort.
    pub(super) key: Markup,
    /// What it speaks of.
    pub(super) title: String,
    /// Where that is shown.
    pub(super) link: Option<String>,
    /// What it says of it, in short; may be empty.
    pub(super) detail: String,
    /// The moment it speaks of, where that is not the moment it was recorded.
    pub(super) at: Option<Timestamp>,
}

impl What {
    fn new(key: Markup, title: impl Into<String>) -> Self {
        Self { key, title: title.into(), link: None, detail: String::new(), at: None }
    }

    fn leading(mut self, link: impl Into<String>) -> Self {
        self.link = Some(link.into());
        self
    }

    fn of(mut self, at: Timestamp) -> Self {
        self.at = Some(at);
        self
    }

    fn saying(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }
}

fn chip(text: &str) -> Markup {
    html! { span.chip { (text) } }
}

fn measured() -> Markup {
    html! { span.key.measured { (say::KEY_MEASURED) } }
}

fn not_seen() -> Markup {
    html! { span.key { (say::KEY_NOT_SEEN) } }
}

/// The newest name for people of a subject; its key where it is not looked at any more.
pub(super) fn label(book: &Book, subject: &str) -> String {
    let known = book.assets_of(subject).first();
    known.map_or_else(|| key(subject).to_owned(), |it| it.label.clone())
}

fn key(subject: &str) -> &str {
    subject.split_once(':').map_or(subject, |(_, key)| key)
}

fn to_asset(subject: &str) -> String {
    ui::address("/assets/one", &[("subject", subject)])
}

/// A check's title; its id where the catalog does not hold it any more.
pub(super) fn check_title(visit: &Visit, id: &str) -> String {
    visit.catalog().check(id).map_or_else(|| id.to_owned(), |check| check.title.clone())
}

fn to_plan(visit: &Visit, check: &str) -> Option<String> {
    visit.catalog().check(check).map(|check| format!("/plan/{}", check.id))
}

/// What one line of a list is about.
pub(super) fn of_line(visit: &Visit, book: &Book, line: &Line) -> What {
    if line.redacted {
        return deleted(&line.kind);
    }
    let body = line.body.as_deref().and_then(|body| serde_json::from_str(body).ok());
    match (body, &line.subject) {
        (Some(body), _) => of_body(visit, book, &line.kind, &body),
        // Only what was seen of a thing is too long for a list.
        (None, Some(subject)) => {
            let at = line.at.unwrap_or(line.recorded_at);
            What::new(measured(), label(book, subject)).leading(to_asset(subject)).of(at)
        }
        (None, None) => What::new(chip(say::sort(&line.kind)), say::title_of_kind(&line.kind)),
    }
}

/// An entry whose text is gone.
pub(super) fn deleted(kind: &str) -> What {
    What::new(chip(say::KEY_DELETED), say::text_deleted(kind))
}

/// What a body is about.
pub(super) fn of_body(visit: &Visit, book: &Book, kind: &str, body: &Value) -> What {
    match Record::from_body(kind, body.clone()) {
        Ok(Some(record)) => of_record(visit, book, &record),
        Ok(None) | Err(_) => {
            let reason = body.get("reason").and_then(Value::as_str).unwrap_or_default();
            let title = match body.get("seq").and_then(Value::as_u64) {
                Some(seq) if kind == "redaction" => say::deletes(seq),
                _ => say::title_of_kind(kind).to_owned(),
            };
            What::new(chip(say::sort(kind)), title).saying(reason)
        }
    }
}

/// What a record is about.
pub(super) fn of_record(visit: &Visit, book: &Book, record: &Record) -> What {
    match record {
        Record::Observation(look) => {
            let (key, detail) = match &look.body {
                Body::Saw { fact, seen } => {
                    let facts = ui::facts(fact, seen);
                    let read = facts.iter().filter(|it| it.value.is_some()).count();
                    (measured(), say::facts(read, facts.len() - read))
                }
                Body::Skipped { reason } => (not_seen(), reason.clone()),
                Body::Failed { operation, cause } => (not_seen(), say::could_not(operation, cause)),
            };
            What::new(key, &*look.label)
                .leading(to_asset(&look.subject.0))
                .saying(detail)
                .of(look.observed_at)
        }
        Record::Attestation(it) => {
            let question = visit.catalog().question(&it.question);
            let title = question.map_or(it.question.as_str(), |question| question.ask.as_str());
            let mut what = What::new(html! { span.key { (say::KEY_TOLD) } }, title);
            if question.is_some() && visit.may(Right::Answer) {
                what = what.leading(format!("/questions/{}", it.question));
            }
            what.saying(answer(visit, it)).of(it.stated_at)
        }
        Record::Waiver(it) => {
            let until = words::day_text(&zone(&book.organization.zone), it.expires);
            let mut what = What::new(chip(say::KEY_ACCEPTED), check_title(visit, &it.check));
            what.link = to_plan(visit, &it.check);
            what.saying(say::accepted_until(&until, &it.reason))
        }
        Record::Action(it) => {
            let mut what = What::new(chip(say::change(&it.event)), check_title(visit, &it.check));
            what.link = to_plan(visit, &it.check);
            what.saying(words_of(book, &it.event)).of(it.at)
        }
        Record::Decision(it) => {
            let action = visit.catalog().action(&it.action);
            let title = action.map_or(it.action.as_str(), |action| action.title.as_str());
            let mut what = What::new(chip(say::decided(&it.decided)), title);
            if action.is_some() && visit.may(Right::See) {
                what = what.leading(format!("/actions/{}", it.action));
            }
            what.saying(words_of_decision(book, &it.decided)).of(it.at)
        }
        Record::Plan(it) => {
            let taken = it.items.values().filter(|item| item.month.is_some()).count();
            let said = say::plan_taken(taken, it.budget, it.hours);
            What::new(chip(say::KEY_PLAN), say::PLAN)
                .leading("/plan".to_owned())
                .saying(said)
                .of(it.at)
        }
        Record::History(it) => {
            let said = say::history(it.years, it.events.values().sum());
            What::new(chip(say::KEY_HISTORY), say::HISTORY).saying(said).of(it.at)
        }
        Record::Organization(it) => {
            let name = if it.name.is_empty() { say::WHO_WE_ARE } else { it.name.as_str() };
            What::new(chip(say::KEY_ORGANIZATION), name).saying(it.domains.join(", "))
        }
        Record::Catalog(it) => What::new(chip(say::KEY_CATALOG), say::CATALOG).saying(&*it.edition),
        Record::Person(it) => {
            let name = if it.name.is_empty() { say::NO_NAME } else { it.name.as_str() };
            What::new(chip(say::KEY_PERSON), name).saying(words::role(&it.role))
        }
        Record::Identity(it) => {
            let name = if it.name.is_empty() { say::NO_NAME } else { it.name.as_str() };
            What::new(chip(say::KEY_IDENTITY), name)
        }
        Record::Import(it) => {
            What::new(chip(say::KEY_IMPORT), &*it.file).saying(&*it.made_by).of(it.effective)
        }
        Record::Mark(it) => {
            What::new(chip(say::KEY_ACCOUNT), label(book, &it.account.0)).saying(it.kind.word())
        }
        Record::Belongs(it) => {
            let said = if it.same { say::IS_THEIRS } else { say::IS_NOT_THEIRS };
            What::new(chip(say::KEY_ACCOUNT), label(book, &it.account.0)).saying(said)
        }
        Record::Review(it) => What::new(chip(say::KEY_REVIEW), say::REVIEW)
            .saying(say::reviewed(it.decisions.len()))
            .of(it.at),
        Record::Undo(it) => What::new(chip(say::KEY_UNDO), say::UNDO).saying(&*it.reason),
    }
}

/// The words of a decision.
pub(super) fn words_of(book: &Book, change: &ActionChange) -> String {
    match change {
        ActionChange::Planned => String::new(),
        ActionChange::Assigned { to, due } => say::assigned(ui::person(book, to), due.as_deref()),
        ActionChange::Done { note } => note.clone(),
        ActionChange::Reopened { reason } => reason.clone(),
        ActionChange::Commented { text } => text.clone(),
    }
}

/// The words of a decision about an action.
pub(super) fn words_of_decision(book: &Book, decided: &Decided) -> String {
    match decided {
        Decided::Chosen { to, due } => {
            let to = to.as_deref().map_or("", |it| ui::person(book, it));
            if to.is_empty() { String::new() } else { say::assigned(to, due.as_deref()) }
        }
        Decided::Accepted { reason, until } | Decided::Postponed { reason, until } => {
            say::accepted_until(&ui::civil_day(until), reason)
        }
        Decided::Done { note } => note.clone(),
        Decided::Reopened { reason } => reason.clone(),
    }
}

/// An answer in the words of its question, where the catalog still has it.
fn answer(visit: &Visit, said: &Attestation) -> String {
    let question = visit.catalog().question(&said.question);
    let text = |id: &String| {
        let choice = question.and_then(|it| it.answer(id));
        choice.map_or_else(|| id.clone(), |it| it.text.clone())
    };
    match &said.answer {
        Answer::One(id) => text(id),
        Answer::Several(ids) if ids.is_empty() => say::NONE_OF_THEM.to_owned(),
        Answer::Several(ids) => ids.iter().map(text).collect::<Vec<_>>().join("; "),
        Answer::Number(number) => number.to_string(),
        Answer::DontKnow => say::DONT_KNOW.to_owned(),
    }
}

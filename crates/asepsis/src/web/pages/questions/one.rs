//! One question: its form, or why there is none.

use asepsis_core::catalog::{Kind, Question};
use asepsis_core::engine::{CheckStanding, PartStanding};
use asepsis_core::statement::{Answer, Attestation, Sureness};
use asepsis_core::time::Timestamp;
use asepsis_report::marks::Mark;
use asepsis_report::words;
use maud::{Markup, html};

use super::answer::{self, Typed};
use super::english as say;
use super::sitting::{self, Sitting, TEN};
use crate::ops::{Book, Told};
use crate::web::error::PageError;
use crate::web::rights::Right;
use crate::web::ui::{self, Choice, Faults, Field, Frame, Place};
use crate::web::visit::Visit;

/// Checks and looks named for one part that was measured.
const NAMED: usize = 4;

/// The address of a question.
pub(super) fn path(question: &Question, sitting: Option<&Sitting>) -> String {
    format!("/questions/{}{}", question.id, sitting.map(Sitting::query).unwrap_or_default())
}

/// Why a question is shown as it is.
#[derive(Clone, Debug)]
pub(super) enum Stand<'a> {
    /// It is open.
    Open,
    /// Somebody, perhaps the visitor, gave the answer that counts.
    Answered(Told),
    /// Somebody did not know, and nobody did yet.
    Unknown(&'a Told),
    /// Measurements settle it.
    Measured,
    /// It is not asked, and why.
    NotAsked(&'a str),
}

impl<'a> Stand<'a> {
    pub(super) fn of(book: &'a Book, id: &str) -> Self {
        let interview = &book.interview;
        let told = book.told.get(id);
        if let Some((_, seq)) = interview.answered.iter().find(|(it, _)| it == id) {
            return in_force(book, *seq, told).map_or(Self::Open, Self::Answered);
        }
        if interview.open.iter().any(|it| it.id == id) {
            return Self::Open;
        }
        if interview.unknown.iter().any(|it| it == id) {
            return told.map_or(Self::Open, Self::Unknown);
        }
        match interview.skipped.iter().find(|it| it.id == id) {
            Some(it) if it.reason == say::ALREADY_MEASURED => Self::Measured,
            Some(it) => Self::NotAsked(&it.reason),
            None => Self::NotAsked(""),
        }
    }
}

/// The answer that counts; that somebody did not know later does not change it.
fn in_force(book: &Book, seq: u64, newest: Option<&Told>) -> Option<Told> {
    if let Some(newest) = newest.filter(|it| it.seq == seq) {
        return Some(newest.clone());
    }
    let it = book.assessment.answers.get(&seq)?;
    let said = Attestation {
        question: it.question.clone(),
        answer: it.answer.clone(),
        stated_at: it.stated_at,
        role: it.role.clone(),
        sure: Sureness::Sure,
        note: it.note.clone(),
        via: it.via,
        entered_by: None,
    };
    Some(Told { seq, author: it.author.clone(), said })
}

/// What is in the form.
#[derive(Clone, Debug, Default)]
pub(super) struct Filled {
    pub(super) typed: Typed,
    pub(super) fairly: bool,
    pub(super) note: String,
}

impl Filled {
    pub(super) fn of(told: &Told) -> Self {
        Self {
            typed: Typed::of(&told.said.answer),
            fairly: told.said.sure == Sureness::FairlySure,
            note: told.said.note.clone(),
        }
    }
}

/// What one page of a question is made from.
pub(super) struct Page<'a> {
    pub(super) visit: &'a Visit,
    pub(super) book: &'a Book,
    pub(super) question: &'a Question,
    pub(super) sitting: Option<&'a Sitting>,
    /// The visitor wants to answer what is answered.
    pub(super) change: bool,
    /// What was sent and is not right yet.
    pub(super) sent: Option<Filled>,
    pub(super) faults: &'a Faults,
}

impl Page<'_> {
    pub(super) fn show(&self) -> Result<Markup, PageError> {
        let account = self.visit.account()?;
        let title = &self.question.ask;
        let frame = Frame::new(Place::Questions, title).above(html! {
            @match self.sitting {
                Some(sitting) => (say::number_of_ten(sitting.n.min(TEN), TEN)),
                None => a href="/questions" { (say::TITLE) },
            }
        });
        let own = |told: &Told| told.author == account.person;
        let role = sitting::role(account, self.question);
        let body = match Stand::of(self.book, &self.question.id) {
            _ if role.is_none() => self.not_yours(),
            Stand::Answered(told) => match &self.sent {
                Some(sent) if own(&told) => self.form(None, sent),
                Some(sent) => html! {
                    (self.answered(&told))
                    (self.form(Some(say::YOUR_WORDS.to_owned()), sent))
                },
                None if self.change || (own(&told) && self.sitting.is_some()) => {
                    self.form(None, &Filled::of(&told))
                }
                None => self.answered(&told),
            },
            _ if self.sent.is_some() => {
                self.form(None, self.sent.as_ref().unwrap_or(&Filled::default()))
            }
            Stand::Open => self.form(None, &Filled::default()),
            Stand::Unknown(told) => {
                let name = ui::person(self.book, &told.author);
                let by = (!own(told)).then_some(name);
                self.form(Some(say::you_did_not_know(by)), &Filled::default())
            }
            Stand::Measured => self.measured(),
            Stand::NotAsked(reason) => self.not_asked(reason),
        };
        Ok(ui::page(self.visit, &frame, &body))
    }

    fn form(&self, lead: Option<String>, filled: &Filled) -> Markup {
        let question = self.question;
        let legend = match question.kind {
            Kind::Several => say::TICK,
            Kind::One => say::CHOOSE_ONE,
            Kind::Number => say::YOUR_ANSWER,
        };
        let settles = self.book.interview.open.iter().find(|it| it.id == question.id);
        let settles = settles.and_then(|it| say::settles(it.settles));
        let sure = |value, label, chosen| Choice { value, label, hint: "", chosen };
        let read = self.book.told.get(&question.id).map(|it| it.seq.to_string());
        let save = if self.sitting.is_some() { say::SAVE_NEXT } else { say::SAVE };
        let fields = html! {
            (self.faults.summary())
            (ui::hidden("read", read.as_deref().unwrap_or_default()))
            div.big {
                (answer::fields(question, "answer", &html! { (legend) }, &filled.typed, false, self.faults))
            }
            (ui::choices(&html! { (say::SURE) }, "sure", false, &[
                sure("sure", say::I_KNOW, !filled.fairly),
                sure("fairly-sure", say::I_BELIEVE, filled.fairly),
            ], self.faults))
            (Field::new(say::REMARK, "note", ui::Kind::Area).optional().hint(say::REMARK_HINT).value(&filled.note).show(self.faults))
            div.row {
                button.button type="submit" name="do" value="save" { (save) }
                button.button.plain type="submit" name="do" value="dont-know" formnovalidate { (say::DONT_KNOW) }
            }
            p.hint { (say::DONT_KNOW_SAYS) }
        };
        html! {
            div.stack {
                @if let Some(help) = &question.help { p { (help) } }
                @if let Some(lead) = lead { p.notice { (lead) } }
                (ui::form(self.visit, &path(question, self.sitting), &fields))
                (self.ways())
            }
            (self.about(settles))
        }
    }

    /// Skip, back and stop: links, for they change nothing.
    fn ways(&self) -> Markup {
        let Some(sitting) = self.sitting else { return html! {} };
        let skip = format!("/questions/next{}", sitting.without(&self.question.id).query());
        let stop = format!("/questions/pause{}", sitting.query());
        html! {
            nav.row aria-label=(say::TITLE) {
                @if let Some(before) = self.before(sitting) {
                    a href={ "/questions/" (before) (sitting.back().query()) } { (say::BACK) }
                }
                a href=(skip) { (say::SKIP) }
                a href=(stop) { (say::STOP) }
            }
        }
    }

    /// What this person answered before this question, at this sitting.
    fn before(&self, sitting: &Sitting) -> Option<&str> {
        let person = &self.visit.account().ok()?.person;
        let own = |told: &&Told| told.author == *person;
        let here = self.book.told.get(&self.question.id).filter(own).map_or(u64::MAX, |it| it.seq);
        let earlier = self.book.told.values().filter(own).map(|it| (it.seq, &it.said.question));
        let earlier = earlier.filter(|(seq, _)| *seq >= sitting.from && *seq < here);
        earlier.max().map(|(_, id)| id.as_str())
    }

    fn about(&self, settles: Option<String>) -> Markup {
        let question = self.question;
        html! {
            dl.pairs {
                div { dt { (say::WHY) } dd { (say::why(&question.why)) @if let Some(settles) = settles { " " (settles) } } }
                div { dt { (say::WHO) } dd { (say::who_may(&question.roles)) } }
                div { dt { (say::SHOWS) } dd { (question.evidence) } }
                div { dt { (say::LASTS) } dd { (say::lasts(question.fresh.0)) } }
            }
            p.id { (question.id) }
        }
    }

    /// The link to the question after this one.
    fn onward(&self) -> Markup {
        html! {
            p.row {
                @if let Some(sitting) = self.sitting {
                    a.button href={ "/questions/next" (sitting.query()) } { (say::NEXT) }
                } @else {
                    a.button href="/questions/next" { (say::NEXT) }
                }
                a href="/questions/all" { (say::ALL) }
            }
        }
    }

    fn answered(&self, told: &Told) -> Markup {
        let change = match self.sitting {
            Some(sitting) => format!("{}&change=1", path(self.question, Some(sitting))),
            None => format!("{}?change=1", path(self.question, None)),
        };
        html! {
            section.sheet aria-labelledby="said" {
                h2 #said { (say::answered_by(ui::person(self.book, &told.author), &when(self.visit, self.book, told.said.stated_at))) }
                (said(self.visit, self.book, self.question, told))
                @if self.sent.is_none() {
                    p.small.quiet { (say::ANSWER_ANYWAY) }
                    p { a href=(change) { (say::CORRECT) } }
                }
            }
            (self.onward())
        }
    }

    fn measured(&self) -> Markup {
        let parts = self.question.parts().filter_map(|part| {
            let sub = self.book.assessment.sub_practice(&part.sub_practice)?;
            sub.parts.iter().find(|it| it.part == *part)
        });
        html! {
            section.sheet aria-labelledby="settled" {
                h2 #settled { (say::SETTLED) " " span.key.measured { (say::MEASURED) } }
                p { (say::SETTLED_LEAD) }
                ul.lines { @for part in parts { li { (self.seen(part)) } } }
            }
            (self.onward())
        }
    }

    fn seen(&self, part: &PartStanding) -> Markup {
        html! {
            (Mark::of(part.state, part.basis, part.contradicted).spoken())
            p { (part.text) }
            ul.points {
                @for check in part.checks.iter().take(NAMED) { li { (self.check(check)) } }
            }
        }
    }

    fn check(&self, standing: &CheckStanding) -> Markup {
        let check = self.visit.catalog().check(&standing.check);
        let title = check.map_or(standing.check.as_str(), |it| it.title.as_str());
        let looks = self.book.assessment.findings_of(&standing.check);
        let looks = looks.filter_map(|it| Some((it, it.evidence?, it.observed_at?)));
        html! {
            a href={ "/checks/" (standing.check) } { (title) }
            @for (finding, seq, at) in looks.take(NAMED) {
                span.aside {
                    (finding.label) ", " (ui::day(self.book, at))
                    @if self.visit.may(Right::See) { ", " (ui::entry(seq)) }
                }
            }
        }
    }

    fn not_asked(&self, reason: &str) -> Markup {
        let earlier = self.question.ask_if.as_ref().map(|it| it.question.as_str());
        html! {
            section.sheet aria-labelledby="not-asked" {
                h2 #not-asked { (say::NOT_ASKED) }
                p { @if reason.is_empty() { (say::OTHER_SIZE) } @else { (say::reason(reason)) } }
                @if let Some(id) = earlier.filter(|_| !reason.is_empty()) {
                    p { (say::MAY_BE_ASKED) " " a href={ "/questions/" (id) } { (id) } }
                }
            }
            (self.onward())
        }
    }

    fn not_yours(&self) -> Markup {
        html! {
            div.stack {
                @if let Some(help) = &self.question.help { p { (help) } }
                p.notice { (say::for_whom(&self.question.roles)) " " (say::NOT_YOURS) }
            }
            (self.about(None))
            (self.onward())
        }
    }
}

/// An answer with its author, its day and its entry.
pub(super) fn said(visit: &Visit, book: &Book, question: &Question, told: &Told) -> Markup {
    let fairly = told.said.sure == Sureness::FairlySure;
    html! {
        p {
            strong { (answer::text(question, &told.said.answer)) } " "
            @if told.said.answer != Answer::DontKnow { span.key { (say::TOLD) } }
        }
        @if !told.said.note.is_empty() { blockquote { (told.said.note) } }
        p.source {
            (ui::person(book, &told.author)) " " (say::role_and_sure(&told.said.role, fairly)) ", "
            (ui::day(book, told.said.stated_at))
            @if visit.may(Right::See) { ", " (ui::entry(told.seq)) }
        }
    }
}

/// A moment ago, or the day.
fn when(visit: &Visit, book: &Book, at: Timestamp) -> Markup {
    match say::ago(visit.now.as_millis().saturating_sub(at.as_millis())) {
        Some(ago) => html! { (ago) },
        None => say::on(&words::day(&crate::ops::zone(&book.organization.zone), at)),
    }
}

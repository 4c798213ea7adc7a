//! `asepsis status`: how the organization stands on the ten practices, and what to do next.

use asepsis_core::engine::{Assessment, Basis, Interview, NextStep, PracticeStanding, State};
use asepsis_core::time::Timestamp;
use serde::Serialize;

use super::Done;
use super::args::Global;
use super::output::Output;
use crate::config;
use crate::ops::{Assessed, Home, assess};
use crate::text::{
    LEGEND, Page, Paint, clean, count, cut, effort, pad, plain_width, role, standing, wrap,
};

pub(crate) async fn run(global: &Global, home: &Home, output: &mut Output) -> anyhow::Result<Done> {
    let assessed = assess(home, &global.when(), config::now()).await?;
    let view = View { assessed: &assessed };
    if output.json {
        output.document("asepsis-status/1", view.document())?;
    } else {
        let mut page = output.page();
        self::page(&view, &mut page, output.quiet);
        output.text(&page.finish());
    }
    Ok(Done::Well)
}

/// An assessment as `status` and `check` show it.
pub(crate) struct View<'a> {
    pub(crate) assessed: &'a Assessed<'a>,
}

#[derive(Serialize)]
pub(crate) struct StatusDocument<'a> {
    assessment: &'a Assessment,
    next: &'a [NextStep],
    questions: &'a Interview,
}

impl<'a> View<'a> {
    pub(crate) fn document(&self) -> StatusDocument<'a> {
        StatusDocument {
            assessment: &self.assessed.assessment,
            next: &self.assessed.next,
            questions: &self.assessed.interview,
        }
    }

    /// The zone in which days begin and end for the organization.
    pub(crate) fn zone(&self) -> jiff::tz::TimeZone {
        crate::ops::zone(&self.assessed.organization.zone)
    }

    /// The day of a moment there, as `2026-11-24`.
    pub(crate) fn day(&self, at: Timestamp) -> String {
        crate::ops::day(at, &self.zone())
    }

    /// Computers seen, and how many there are said to be.
    fn computers(&self) -> String {
        let of_computers =
            |check: &str| self.assessed.catalog.check(check).is_some_and(|it| it.reads == COMPUTER);
        // The findings of a check stand together.
        let checks = self.assessed.assessment.findings.chunk_by(|a, b| a.check == b.check);
        let checks = checks.filter(|it| it.first().is_some_and(|it| of_computers(&it.check)));
        let mut seen: Vec<&str> =
            checks.flatten().filter(|it| it.evidence.is_some()).map(|it| &*it.subject).collect();
        seen.sort_unstable();
        seen.dedup();
        let answer = self.assessed.interview.answered.iter().find(|(id, _)| id == "org.computers");
        let said = answer.and_then(|(_, seq)| {
            let entry = self.assessed.evidence.iter().find(|entry| entry.seq == *seq)?;
            match &entry.record {
                asepsis_core::evidence::Record::Attestation(it) => match it.answer {
                    asepsis_core::statement::Answer::Number(n) => Some(n),
                    _ => None,
                },
                _ => None,
            }
        });
        match (seen.len(), said) {
            (0, _) => "no computer seen yet".to_owned(),
            (n, Some(said)) => {
                format!("{n} of {} seen", count(usize::try_from(said).unwrap_or(0), "computer"))
            }
            (n, None) => format!("{} seen", count(n, "computer")),
        }
    }
}

/// The schema of a computer.
const COMPUTER: &str = "computer/1";

/// Writes the whole page.
pub(crate) fn page(view: &View<'_>, page: &mut Page, quiet: bool) {
    let assessment = &view.assessed.assessment;
    head(view, page);
    if !assessment.contradictions.is_empty() {
        contradictions(view, page);
        page.blank();
    }
    for practice in &assessment.practices {
        line(view, practice, page);
    }
    page.blank();
    let legend = page.paint(LEGEND, Paint::Quiet);
    for part in wrap(&legend, page.width()) {
        page.line(&part);
    }
    apart(assessment, page);
    next(view, page);
    if !quiet {
        hints(view, page);
    }
}

fn head(view: &View<'_>, page: &mut Page) {
    let assessment = &view.assessed.assessment;
    let name = match assessment.organization.as_str() {
        "" => "Your organization".to_owned(),
        name => clean(name),
    };
    let title = page.paint(&format!("{name}: {}", headline(assessment)), Paint::Strong);
    for part in wrap(&title, page.width()) {
        page.line(&part);
    }
    let size = &assessment.size;
    let by = if size.by == "assumed" { " (assumed)" } else { "" };
    let line = format!(
        "{} organization{by} · {} · as of {}",
        size.size,
        view.computers(),
        view.day(assessment.as_of)
    );
    let line = page.paint(&line, Paint::Quiet);
    page.line(&line);
    page.blank();
}

/// One sentence that counts what the table counts.
pub(crate) fn headline(assessment: &Assessment) -> String {
    let with = |state| assessment.practices.iter().filter(|it| it.state == state).count();
    let (good, part) = (with(State::InPlace), with(State::Partly));
    let (bad, open) = (with(State::NotInPlace), with(State::Unknown));
    let mut said = Vec::new();
    for (n, words) in [
        (good, "in place"),
        (part, "partly"),
        (bad, "not in place"),
        (open, "unknown"),
        (with(State::NotApplicable), "does not apply"),
    ] {
        if n > 0 {
            said.push(format!("{n} {words}"));
        }
    }
    format!("of ten practices, {}", said.join(", "))
}

fn contradictions(view: &View<'_>, page: &mut Page) {
    let title = page.paint("You told us one thing, we saw another", Paint::Contradicted);
    page.line(&title);
    for it in &view.assessed.assessment.contradictions {
        let who = role(&it.role);
        let text = format!(
            "On {} {who} said: \u{201c}{}\u{201d} ({}). Seen: {}.",
            view.day(it.stated_at),
            clean(&it.said),
            it.question,
            clean(&it.seen)
        );
        page.hanging("≠", &text, 2, Paint::Plain);
    }
}

fn line(view: &View<'_>, practice: &PracticeStanding, page: &mut Page) {
    let marks: Vec<String> = practice
        .sub_practices
        .iter()
        .map(|sub| page.mark(sub.state, sub.basis, sub.contradicted))
        .collect();
    let name = format!("{:>2} {}", practice.number, short_name(&practice.name));
    let head = format!("{} {}", pad(&cut(&name, 28), 28), pad(&marks.join(" "), 6));
    let word = if practice.contradicted {
        "told ≠ seen".to_owned()
    } else {
        standing(practice.state, practice.basis)
    };
    let room = page.width().saturating_sub(plain_width(&head) + 2);
    let text = format!("{word}{}", reason(view, practice));
    let mut lines = wrap(&text, room.max(20)).into_iter();
    let first = lines.next().unwrap_or_default();
    page.line(&format!("{head}  {first}"));
    let indent = " ".repeat(plain_width(&head) + 2);
    for rest in lines {
        page.line(&format!("{indent}{rest}"));
    }
}

/// A practice's name without the word that all of them share.
fn short_name(name: &str) -> String {
    let name = name.replace(" Systems", "").replace("Security Operations Center and ", "");
    let name = name.replace("Network Connected ", "").replace("Identity and ", "");
    name.replace("Cybersecurity ", "").replace(" and Loss Prevention", "")
}

/// Why a practice stands as it does, shortly: the worst failing check, or what is not known.
fn reason(view: &View<'_>, practice: &PracticeStanding) -> String {
    let mine =
        |step: &&NextStep| practice.sub_practices.iter().any(|sub| step.serves.contains(&sub.id));
    if let Some(step) = view.assessed.next.iter().find(mine) {
        let effort = effort(step.effort.hours, step.effort.dollars);
        return format!(": not so: {} → {effort}, {}", lower(&step.title), role(&step.effort.who));
    }
    let known: usize = practice.sub_practices.iter().map(|sub| sub.parts_known).sum();
    let all: usize = practice.sub_practices.iter().map(|sub| sub.parts_applicable).sum();
    match practice.state {
        State::Unknown => {
            let open = questions_of(view, practice);
            match open {
                0 => ", nothing seen yet".to_owned(),
                n => format!(" → answer {}", count(n, "question")),
            }
        }
        State::NotApplicable => String::new(),
        _ if known < all => format!(": {known} of {all} parts known"),
        _ => String::new(),
    }
}

fn lower(title: &str) -> String {
    let mut chars = title.chars();
    match (chars.next(), chars.clone().next()) {
        // Keep names such as USB or DMARC as they are.
        (Some(first), Some(second)) if second.is_lowercase() || second == ' ' => {
            format!("{}{}", first.to_lowercase(), chars.as_str())
        }
        _ => title.to_owned(),
    }
}

fn questions_of(view: &View<'_>, practice: &PracticeStanding) -> usize {
    let prefix = format!("{}.", practice.number);
    let open = view.assessed.interview.open.iter();
    open.filter(|open| {
        view.assessed.catalog.question(&open.id).is_some_and(|question| {
            question.parts().any(|part| part.sub_practice.starts_with(&prefix))
        })
    })
    .count()
}

fn apart(assessment: &Assessment, page: &mut Page) {
    if assessment.apart.is_empty() {
        return;
    }
    let marks: Vec<String> = assessment
        .apart
        .iter()
        .map(|sub| {
            let mark = page.mark(sub.state, sub.basis, sub.contradicted);
            format!("{mark} {} {}", sub.id, sub.title)
        })
        .collect();
    let text = format!("Apart, our reading of the 2023 edition, unconfirmed: {}", marks.join(", "));
    for part in wrap(&text, page.width()) {
        page.line(&part);
    }
}

fn next(view: &View<'_>, page: &mut Page) {
    if view.assessed.next.is_empty() {
        return;
    }
    page.heading("Do first");
    for (at, step) in view.assessed.next.iter().take(5).enumerate() {
        let on = if step.subjects > 1 { format!(" (on {})", step.subjects) } else { String::new() };
        let takes = effort(step.effort.hours, step.effort.dollars);
        let text = format!(
            "{}{on}. {}, {}. [{}]",
            step.title.trim_end_matches('.'),
            takes,
            role(&step.effort.who),
            step.check
        );
        page.hanging(&format!("{}.", at + 1), &text, 1, Paint::Plain);
    }
    let more = view.assessed.next.len().saturating_sub(5);
    if more > 0 {
        let text = page.paint(&format!("    and {more} more: asepsis report"), Paint::Quiet);
        page.line(&text);
    }
}

fn hints(view: &View<'_>, page: &mut Page) {
    page.blank();
    let assessed = view.assessed;
    let mut hints = Vec::new();
    if assessed.organization.domains.is_empty() {
        hints.push("Look at your mail:  asepsis check email YOUR-DOMAIN".to_owned());
    }
    let open = assessed.interview.open.len();
    if open > 0 {
        hints.push(format!("Answer {}:  asepsis answer", count(open, "open question")));
    }
    if let Some(step) = assessed.next.first() {
        hints.push(format!("How to fix the first:  asepsis explain {}", step.check));
    }
    let basis = assessed.assessment.practices.iter().any(|it| it.basis != Basis::Nothing);
    if basis {
        hints.push("The whole of it, to read or print:  asepsis report".to_owned());
    }
    for hint in hints {
        let hint = page.paint(&hint, Paint::Quiet);
        page.line(&hint);
    }
}

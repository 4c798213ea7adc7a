//! The vendor sheet as data: what was seen, what is asked, which questions wait, by area. Two faces
//! show it: the markup of `vendor.rs` on a page, [`xlsx`] as a workbook to mail and to fill in.

use std::collections::BTreeMap;

use asepsis_core::catalog::{Kind, Question, Severity};
use asepsis_core::engine::NextStep;
use asepsis_core::outcome::Outcome;
use asepsis_core::time::Timestamp;

use crate::page::Report;
use crate::words;

mod workbook;

pub use rust_xlsxwriter::XlsxError;
pub use workbook::xlsx;

/// How many subjects are named for one ask.
const NAMED: usize = 12;
/// The roles for whom the sheet is.
const FOR: [&str; 2] = ["it", "vendor"];

/// What a vendor is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct VendorSheet {
    /// Name of the organization, or what stands for it.
    pub organization: String,
    /// Which time was judged.
    pub as_of: Timestamp,
    /// The day of that, for people: `Nov 24, 2026`.
    pub day: String,
    /// By practice; those without anything are left out.
    pub areas: Vec<Area>,
}

/// What is asked about one practice.
#[derive(Clone, Debug, PartialEq)]
pub struct Area {
    /// The practice's number; 0 for what serves none.
    pub number: u8,
    /// Its name.
    pub name: String,
    /// What to do, worst first.
    pub asks: Vec<Ask>,
    /// What to answer.
    pub questions: Vec<Asked>,
}

/// One thing to do.
#[derive(Clone, Debug, PartialEq)]
pub struct Ask {
    /// The check that will pass.
    pub check: String,
    /// What will be so, in words.
    pub title: String,
    /// How much it matters.
    pub severity: Severity,
    /// What was seen, the first few.
    pub saw: Vec<Saw>,
    /// How many more were seen.
    pub more: usize,
    /// On how many it fails.
    pub failing: usize,
    /// Of how many.
    pub applicable: usize,
    /// What it looks at, in the singular: `computer`.
    pub noun: String,
    /// Hours of work, our estimate.
    pub hours: f64,
    /// US dollars to spend, our estimate.
    pub dollars: f64,
    /// Sub-practices that it serves.
    pub serves: Vec<String>,
    /// Steps for the person who will do it, as the catalog has them.
    pub fix: String,
    /// Where the rule comes from.
    pub sources: Vec<String>,
}

/// What was seen of one subject.
#[derive(Clone, Debug, PartialEq)]
pub struct Saw {
    /// The subject's key.
    pub subject: String,
    /// Its name for people.
    pub label: String,
    /// What was seen.
    pub detail: String,
    /// The day of the look, for people.
    pub day: Option<String>,
    /// The ledger entry of the look.
    pub evidence: Option<u64>,
}

/// One question.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// Its id.
    pub id: String,
    /// The question itself.
    pub ask: String,
    /// Explains its words.
    pub help: Option<String>,
    /// What would show the answer.
    pub evidence: String,
    /// How it is answered.
    pub kind: Kind,
    /// The answers offered: id and text.
    pub answers: Vec<(String, String)>,
    /// Least number.
    pub min: Option<i64>,
    /// Greatest number.
    pub max: Option<i64>,
    /// Nobody was asked yet, for nobody else may answer it; else somebody did not know.
    pub only_theirs: bool,
}

impl VendorSheet {
    /// What a report leaves to the vendor.
    pub fn of(report: &Report<'_>) -> Self {
        let mut areas: BTreeMap<u8, (Vec<Ask>, Vec<Asked>)> = BTreeMap::new();
        for step in report.next {
            let serves = step.serves.first().map(String::as_str);
            areas.entry(practice(report, serves)).or_default().0.push(ask(report, step));
        }
        let unknown = report.interview.unknown.iter().map(|id| (id, false));
        let open = report.interview.open.iter().map(|it| (&it.id, true));
        for (id, open) in unknown.chain(open) {
            let Some(question) = report.catalog.question(id) else { continue };
            let mut roles = question.roles.iter().map(|role| FOR.contains(&role.as_str()));
            let theirs = if open { roles.all(|it| it) } else { roles.any(|it| it) };
            if theirs {
                let serves = question.parts().next().map(|part| part.sub_practice.as_str());
                areas.entry(practice(report, serves)).or_default().1.push(asked(question, open));
            }
        }
        let name = |number| {
            let practice = report.catalog.practices.iter().find(|it| it.number == number);
            practice.map_or_else(|| "Other".to_owned(), |it| it.name.clone())
        };
        let areas = areas.into_iter().map(|(number, (asks, questions))| Area {
            number,
            name: name(number),
            asks,
            questions,
        });
        let mut areas: Vec<Area> = areas.collect();
        // What serves no practice comes last.
        areas.sort_by_key(|area| area.number == 0);
        let organization = match report.assessment.organization.as_str() {
            "" => "Your organization",
            name => name,
        };
        Self {
            organization: organization.to_owned(),
            as_of: report.assessment.as_of,
            day: words::day_text(&report.zone, report.assessment.as_of),
            areas,
        }
    }
}

/// The practice to which a sub-practice belongs.
fn practice(report: &Report<'_>, sub_practice: Option<&str>) -> u8 {
    let found = sub_practice.and_then(|id| report.catalog.sub_practice(id));
    found.map_or(0, |(practice, _)| practice.number)
}

fn ask(report: &Report<'_>, step: &NextStep) -> Ask {
    let check = report.catalog.checks.iter().find(|it| it.id == step.check);
    let tally = report.assessment.tallies.get(&step.check).copied().unwrap_or_default();
    let schema = check.and_then(|it| report.catalog.schemas.get(&it.reads));
    let fails = report
        .assessment
        .findings_of(&step.check)
        .filter(|it| it.outcome == Outcome::Fail && it.waived_by.is_none());
    let saw: Vec<Saw> = fails
        .take(NAMED)
        .map(|it| Saw {
            subject: it.subject.to_string(),
            label: it.label.to_string(),
            detail: it.reason.clone().unwrap_or_default(),
            day: it.observed_at.map(|at| words::day_text(&report.zone, at)),
            evidence: it.evidence,
        })
        .collect();
    Ask {
        check: step.check.clone(),
        title: step.title.clone(),
        severity: step.severity,
        more: step.subjects.saturating_sub(saw.len()),
        saw,
        failing: step.subjects,
        applicable: tally.applicable(),
        noun: schema.map_or("subject", |it| words::subject(&it.subject)).to_owned(),
        hours: step.effort.hours,
        dollars: step.effort.dollars,
        serves: step.serves.clone(),
        fix: check.map(|it| it.fix.clone()).unwrap_or_default(),
        sources: check.map(|it| it.sources.clone()).unwrap_or_default(),
    }
}

fn asked(question: &Question, only_theirs: bool) -> Asked {
    Asked {
        id: question.id.clone(),
        ask: question.ask.clone(),
        help: question.help.clone(),
        evidence: question.evidence.clone(),
        kind: question.kind,
        answers: question.answers.iter().map(|it| (it.id.clone(), it.text.clone())).collect(),
        min: question.min,
        max: question.max,
        only_theirs,
    }
}

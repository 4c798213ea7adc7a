//! A check explained: what it says, on what it passes and fails, how to fix it.

use asepsis_core::catalog::{Check, Effort, Severity};
use asepsis_core::engine::{Assessment, Finding, Tally};
use asepsis_core::outcome::Outcome;
use serde::Serialize;

use super::status::View;
use crate::text::{Page, Paint, clean, effort, role};

/// Most subjects listed one by one.
const MOST: usize = 10;

/// A check as JSON.
#[derive(Serialize)]
pub(crate) struct Document<'a> {
    id: &'a str,
    title: &'a str,
    severity: Severity,
    why: &'a str,
    fix: &'a str,
    effort: &'a Effort,
    sources: &'a [String],
    predicate: &'a str,
    tally: Option<&'a Tally>,
    findings: Vec<&'a Finding>,
}

impl<'a> Document<'a> {
    pub(crate) fn new(check: &'a Check, assessment: &'a Assessment) -> Self {
        Self {
            id: &check.id,
            title: &check.title,
            severity: check.severity,
            why: &check.why,
            fix: &check.fix,
            effort: &check.effort,
            sources: &check.sources,
            predicate: check.pass.source(),
            tally: assessment.tallies.get(&check.id),
            findings: assessment.findings_of(&check.id).collect(),
        }
    }
}

/// The page of one check.
pub(crate) fn check(it: &Check, view: &View<'_>, page: &mut Page) {
    let assessment = &view.assessed.assessment;
    page.hanging("", &it.title, 0, Paint::Strong);
    let head = format!(
        "{} · severity {} · evidence counts for {} days",
        it.id,
        it.severity.word(),
        it.fresh.0
    );
    page.hanging("", &head, 2, Paint::Quiet);
    page.paragraph(&it.why, 2);
    page.blank();
    let findings: Vec<&Finding> = assessment.findings_of(&it.id).collect();
    if findings.is_empty() {
        page.paragraph("Nothing looked at yet.", 2);
    }
    for finding in findings.iter().take(MOST) {
        self::finding(finding, view, page);
    }
    if findings.len() > MOST {
        page.paragraph(&format!("and {} more", findings.len() - MOST), 4);
    }
    page.blank();
    let takes = effort(it.effort.hours, it.effort.dollars);
    let title = format!("How to put it in place ({takes}, {}; our estimate)", role(&it.effort.who));
    page.hanging("", &title, 2, Paint::Strong);
    for step in steps(&it.fix) {
        page.paragraph(&step, 4);
    }
    page.blank();
    let serves: Vec<String> = it.serves.iter().map(ToString::to_string).collect();
    page.hanging("", &format!("Serves: {}", serves.join(", ")), 2, Paint::Quiet);
    page.hanging("", &format!("Sources: {}", it.sources.join("; ")), 2, Paint::Quiet);
    page.hanging("", &format!("Passes if: {}", it.pass.source()), 2, Paint::Quiet);
}

fn finding(it: &Finding, view: &View<'_>, page: &mut Page) {
    let (mark, paint) = match it.outcome {
        Outcome::Pass => ("●", Paint::InPlace),
        Outcome::Fail => ("✗", Paint::Missing),
        Outcome::NotApplicable => ("–", Paint::Quiet),
        Outcome::Unknown => ("○", Paint::Quiet),
    };
    let mark = page.paint(mark, paint);
    let reason = it.reason.as_deref().map_or(String::new(), |it| format!(": {}", clean(it)));
    let waived = if it.waived_by.is_some() { " (accepted)" } else { "" };
    let evidence = match (it.evidence, it.observed_at) {
        (Some(seq), Some(at)) => format!(" [{}, entry {seq}]", view.day(at)),
        _ => String::new(),
    };
    let text = format!("{}: {}{waived}{reason}{evidence}", clean(&it.label), it.outcome);
    page.hanging(&mark, &text, 2, Paint::Plain);
}

/// The steps of a fix: an indented line goes on with the step above it, unless it is a record to be
/// copied, which keeps a line of its own.
fn steps(fix: &str) -> Vec<String> {
    let is_record = |line: &str| line.starts_with("v=");
    let mut steps: Vec<String> = Vec::new();
    for line in fix.lines().filter(|line| !line.trim().is_empty()) {
        let text = line.trim();
        match steps.last_mut() {
            Some(step) if line.starts_with("  ") && !is_record(text) && !is_record(step) => {
                step.push(' ');
                step.push_str(text);
            }
            _ => steps.push(text.to_owned()),
        }
    }
    steps
}

/// All checks on one subject, the failing ones first: what `check email DOMAIN` shows.
pub(crate) fn subject(key: &str, view: &View<'_>, page: &mut Page) {
    let mut findings: Vec<&Finding> =
        view.assessed.assessment.findings.iter().filter(|it| &*it.subject == key).collect();
    findings.sort_by_key(|it| match it.outcome {
        Outcome::Fail => 0,
        Outcome::Unknown => 1,
        Outcome::Pass => 2,
        Outcome::NotApplicable => 3,
    });
    page.blank();
    for it in findings {
        let Some(check) = view.assessed.catalog.check(&it.check) else { continue };
        let (mark, paint) = match it.outcome {
            Outcome::Pass => ("●", Paint::InPlace),
            Outcome::Fail => ("✗", Paint::Missing),
            Outcome::NotApplicable => ("–", Paint::Quiet),
            Outcome::Unknown => ("○", Paint::Quiet),
        };
        let mark = page.paint(mark, paint);
        let word = match it.outcome {
            Outcome::Fail => "not so: ",
            Outcome::Unknown => "unknown: ",
            Outcome::NotApplicable => "does not apply: ",
            Outcome::Pass => "",
        };
        let reason = it.reason.as_deref().map_or(String::new(), |it| format!(" ({})", clean(it)));
        page.hanging(
            &mark,
            &format!("{word}{}{reason} [{}]", check.title, check.id),
            1,
            Paint::Plain,
        );
    }
}

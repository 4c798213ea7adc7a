//! What the pages look up, indexed once: findings by check, answers and accepted gaps by number.

use std::collections::BTreeMap;

use asepsis_core::catalog::{Check, PartRef, Question};
use asepsis_core::engine::{Finding, PartStanding, Tally, WaiverUse};
use asepsis_core::outcome::Outcome;
use asepsis_core::time::Timestamp;

use crate::page::Report;
use crate::words;

/// How many subjects are named for one check.
pub(crate) const NAMED: usize = 10;

/// The findings of one check, as far as they are shown.
#[derive(Debug, Default)]
pub(crate) struct CheckFacts<'a> {
    /// The first failing subjects that nobody accepted.
    pub(crate) failing: Vec<&'a Finding>,
    /// The first failing subjects that somebody accepted.
    pub(crate) accepted: Vec<&'a Finding>,
    /// How many fail and are not accepted.
    pub(crate) fails: usize,
    /// How many fail and are accepted, by the ledger entry that accepts them.
    pub(crate) accepts: BTreeMap<u64, usize>,
    /// Why subjects are unknown: reason → how many.
    pub(crate) unknown: BTreeMap<&'a str, usize>,
    /// The oldest and the newest look that says something.
    pub(crate) looked: Option<(Timestamp, Timestamp)>,
    /// Some ledger entries that say something, the first few.
    pub(crate) entries: Vec<u64>,
}

impl<'a> CheckFacts<'a> {
    fn take(&mut self, finding: &'a Finding) {
        match (finding.outcome, finding.waived_by) {
            (Outcome::Fail, Some(seq)) => {
                *self.accepts.entry(seq).or_default() += 1;
                keep(&mut self.accepted, finding);
            }
            (Outcome::Fail, None) => {
                self.fails += 1;
                keep(&mut self.failing, finding);
            }
            (Outcome::Unknown, _) => {
                *self.unknown.entry(finding.reason.as_deref().unwrap_or_default()).or_default() +=
                    1;
            }
            (Outcome::Pass | Outcome::NotApplicable, _) => {}
        }
        if finding.outcome == Outcome::Unknown {
            return;
        }
        self.looked = join(self.looked, finding.observed_at.map(|at| (at, at)));
        if let Some(seq) = finding.evidence.filter(|_| self.entries.len() < 3) {
            self.entries.push(seq);
        }
    }
}

fn keep<'a>(list: &mut Vec<&'a Finding>, finding: &'a Finding) {
    if list.len() < NAMED {
        list.push(finding);
    }
}

/// Two spans as one.
fn join(
    a: Option<(Timestamp, Timestamp)>,
    b: Option<(Timestamp, Timestamp)>,
) -> Option<(Timestamp, Timestamp)> {
    match (a, b) {
        (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
        (a, b) => a.or(b),
    }
}

/// The report with its indexes.
#[derive(Debug)]
pub(crate) struct Facts<'a> {
    pub(crate) report: &'a Report<'a>,
    checks: BTreeMap<&'a str, &'a Check>,
    found: BTreeMap<&'a str, CheckFacts<'a>>,
    questions: BTreeMap<u64, &'a Question>,
    accepted: BTreeMap<u64, &'a WaiverUse>,
    /// By check: the first part that speaks of it. Its findings are shown there, in full.
    home: BTreeMap<&'a str, &'a PartRef>,
}

impl<'a> Facts<'a> {
    pub(crate) fn of(report: &'a Report<'a>) -> Self {
        let (catalog, assessment) = (report.catalog, report.assessment);
        let mut found: BTreeMap<&str, CheckFacts<'_>> = BTreeMap::new();
        for finding in &assessment.findings {
            found.entry(&finding.check).or_default().take(finding);
        }
        let answered = report.interview.answered.iter();
        let mut facts = Self {
            report,
            checks: catalog.checks.iter().map(|check| (check.id.as_str(), check)).collect(),
            found,
            questions: answered
                .filter_map(|(id, seq)| Some((*seq, catalog.question(id)?)))
                .collect(),
            accepted: assessment.waivers.iter().map(|waiver| (waiver.seq, waiver)).collect(),
            home: BTreeMap::new(),
        };
        let counted = assessment.practices.iter().flat_map(|it| &it.sub_practices);
        for part in counted.chain(&assessment.apart).flat_map(|sub| &sub.parts) {
            for check in &part.checks {
                facts.home.entry(&check.check).or_insert(&part.part);
            }
        }
        facts
    }

    /// The organization's name, or what stands for it.
    pub(crate) fn organization(&self) -> &'a str {
        match self.report.assessment.organization.as_str() {
            "" => "Your organization",
            name => name,
        }
    }

    pub(crate) fn check(&self, id: &str) -> Option<&'a Check> {
        self.checks.get(id).copied()
    }

    pub(crate) fn found(&self, check: &str) -> Option<&CheckFacts<'a>> {
        self.found.get(check)
    }

    pub(crate) fn tally(&self, check: &str) -> Tally {
        self.report.assessment.tallies.get(check).copied().unwrap_or_default()
    }

    /// What a check looks at, in the singular: `computer`.
    pub(crate) fn subject(&self, check: &Check) -> &'a str {
        let schema = self.report.catalog.schemas.get(&check.reads);
        schema.map_or("subject", |schema| words::subject(&schema.subject))
    }

    /// The question that a ledger entry answers.
    pub(crate) fn answered(&self, seq: u64) -> Option<&'a Question> {
        self.questions.get(&seq).copied()
    }

    /// When and by which role an answer was given.
    pub(crate) fn stated(&self, seq: u64) -> Option<(Timestamp, &'a str)> {
        let told = self.report.assessment.answers.get(&seq)?;
        Some((told.stated_at, told.role.as_str()))
    }

    pub(crate) fn acceptance(&self, seq: u64) -> Option<&'a WaiverUse> {
        self.accepted.get(&seq).copied()
    }

    /// The part under which a check's findings are shown.
    pub(crate) fn home(&self, check: &str) -> Option<&'a PartRef> {
        self.home.get(check).copied()
    }

    /// When the parts of some sub-practices were looked at.
    pub(crate) fn looked<'b>(
        &self,
        parts: impl Iterator<Item = &'b PartStanding>,
    ) -> Option<(Timestamp, Timestamp)> {
        parts
            .flat_map(|part| &part.checks)
            .filter_map(|check| self.found(&check.check)?.looked)
            .fold(None, |all, one| join(all, Some(one)))
    }
}

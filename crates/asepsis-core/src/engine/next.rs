//! What to do next, by severity until a plan ranks it: fix what fails, then find out what is unknown.

use std::collections::BTreeSet;

use serde::Serialize;

use super::assessment::Assessment;
use super::standing::State;
use crate::catalog::{Catalog, Check, Effort, Severity};

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NextStep {
    /// The check that will turn green.
    pub check: String,
    /// What will be so, in words.
    pub title: String,
    /// How much it matters.
    pub severity: Severity,
    /// What it takes, our estimate unless the check says otherwise.
    pub effort: EffortView,
    /// Subjects on which it fails and no waiver accepts it.
    pub subjects: usize,
    /// Sub-practices in scope that it serves.
    pub serves: Vec<String>,
}

/// Hours, dollars, and whose work.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EffortView {
    /// Hours of work.
    pub hours: f64,
    /// US dollars to spend.
    pub dollars: f64,
    /// Whose work.
    pub who: String,
}

impl From<&Effort> for EffortView {
    fn from(effort: &Effort) -> Self {
        Self { hours: effort.hours, dollars: effort.dollars, who: effort.who.clone() }
    }
}

/// Failing checks that serve something in scope, worst first; among equals the cheapest first.
pub fn next_steps(catalog: &Catalog, assessment: &Assessment) -> Vec<NextStep> {
    let mut steps: Vec<NextStep> = catalog
        .checks
        .iter()
        .filter_map(|check| {
            let subjects = assessment
                .findings_of(&check.id)
                .filter(|it| it.outcome == crate::outcome::Outcome::Fail && it.waived_by.is_none())
                .count();
            let serves = served(check, assessment);
            (subjects > 0 && !serves.is_empty()).then(|| NextStep {
                check: check.id.clone(),
                title: check.title.clone(),
                severity: check.severity,
                effort: (&check.effort).into(),
                subjects,
                serves,
            })
        })
        .collect();
    steps.sort_by(|a, b| {
        b.severity
            .cmp(&a.severity)
            .then(a.effort.dollars.total_cmp(&b.effort.dollars))
            .then(a.effort.hours.total_cmp(&b.effort.hours))
            .then(a.check.cmp(&b.check))
    });
    steps
}

/// The sub-practices in scope that a check serves with a part that may apply.
pub(super) fn served(check: &Check, assessment: &Assessment) -> Vec<String> {
    let subs = check.serves.iter().filter_map(|reference| {
        let sub = assessment.sub_practice(&reference.sub_practice)?;
        let part = sub.parts.iter().find(|it| it.part == *reference)?;
        (part.state != State::NotApplicable).then(|| sub.id.clone())
    });
    subs.collect::<BTreeSet<String>>().into_iter().collect()
}

//! What a plan can choose from: every control as an item of the planner, and which of them it may take.

use super::plan::{self, MONTHS};
use super::terms::LossTerms;
use super::wanted::{Limits, Wanted};
use crate::decision::Decided;
use crate::outcome::Outcome;
use crate::time::Timestamp;

/// Steps of the search after which it stops and says how far from the best it may be.
pub(super) const NODES: u64 = 20_000;

/// Items and what may be spent on them.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    /// The model's controls, in its order.
    pub(super) items: Vec<plan::Item>,
    /// Which of them may be taken.
    pub(super) may: Vec<bool>,
    limits: Limits,
}

impl Choice {
    pub(super) fn of(wanted: &Wanted<'_>) -> Self {
        Self { items: items(wanted), may: candidates(wanted), limits: wanted.limits }
    }

    /// The problem of choosing, with these terms.
    pub(super) fn problem<'a>(&'a self, terms: &'a LossTerms) -> plan::Problem<'a> {
        plan::Problem { terms: &terms.terms, items: &self.items, may: &self.may }
    }

    /// What may be spent in a year, and for so many steps of the search.
    pub(super) fn year(&self, nodes: u64) -> plan::Limits {
        let hours = self.limits.hours * f64::from(MONTHS);
        plan::Limits { dollars: self.limits.dollars, hours, months: MONTHS, nodes }
    }
}

/// Every control as an item of the planner.
fn items(wanted: &Wanted<'_>) -> Vec<plan::Item> {
    let model = &wanted.study.model;
    let item = |control: &super::Control| {
        let action = wanted.catalog.action(&control.action);
        let needs = action.map_or(&[][..], |it| &it.requires);
        let open = |it: &usize| model.controls.get(*it).is_some_and(super::Control::is_open);
        let requires = needs.iter().filter_map(|it| model.control(it)).filter(open);
        let decided = wanted.decisions.get(&control.action).map(|(_, it)| &it.decided);
        let law = wanted.law && action.is_some_and(|it| !it.law.is_empty());
        plan::Item {
            hours: control.work.hours.likely,
            monthly: control.work.monthly.likely,
            dollars: control.work.first_year(),
            yearly_cost: control.work.cost_a_year(),
            requires: requires.filter_map(|it| u16::try_from(it).ok()).collect(),
            force: match decided {
                Some(Decided::Chosen { .. }) => plan::Force::Chosen,
                _ if law => plan::Force::Law,
                _ => plan::Force::No,
            },
        }
    };
    model.controls.iter().map(item).collect()
}

/// Which controls a plan may hold: those with something left to do that nobody accepted, put off, or
/// said to be done (unless a later look says no). What needs one of those cannot be done either, unless
/// it is said to be done.
fn candidates(wanted: &Wanted<'_>) -> Vec<bool> {
    let controls = wanted.study.model.controls.iter();
    controls
        .map(|control| {
            let decision = wanted.decisions.get(&control.action).map(|(_, it)| it);
            let free = match decision.map(|it| (&it.decided, it.at)) {
                Some((Decided::Accepted { .. } | Decided::Postponed { .. }, _)) => false,
                Some((Decided::Done { .. }, at)) => fails_since(wanted, &control.failing, at),
                _ => true,
            };
            control.is_open() && free
        })
        .collect()
}

/// Whether a look after a moment found one of these checks to fail.
fn fails_since(wanted: &Wanted<'_>, failing: &[String], at: Timestamp) -> bool {
    failing.iter().any(|check| {
        let mut findings = wanted.assessment.findings_of(check);
        findings
            .any(|it| it.outcome == Outcome::Fail && it.observed_at.is_some_and(|then| then > at))
    })
}

//! An action as a control of one organization: how far it is there, what it stops, what is left to do.

use serde::Serialize;

use super::coverage::{Seen, when_done};
use super::number::Beta;
use crate::catalog::{Action, Catalog, Cost, EffectOn, Priors, Range, Route};
use crate::engine::{PartStanding, State};
use crate::organization::Size;
use crate::outcome::Outcome;

/// Hours of a check's fix that are unlike the estimate in one case of twenty, either way.
const EFFORT_SPREAD: (f64, f64) = (0.5, 2.0);

/// Shares of the sector that the formulas bear; the linter wants less, but a catalog may come unlinted.
const ADOPTION: (f64, f64) = (0.005, 0.995);

/// One action in the model of one organization.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Control {
    /// The action's id.
    pub action: String,
    /// Share of the sector's organizations of this size that has it.
    pub adoption: f64,
    /// Share of it that is there now.
    pub coverage: Beta,
    /// Mean coverage once it is done and measured.
    pub when_done: f64,
    /// Of what is missing now, the share that doing it closes.
    pub closes: f64,
    /// Parts that apply here.
    pub parts: usize,
    /// Those of them that are not in place, or of which nobody knows.
    pub open_parts: usize,
    /// Checks of these parts that fail somewhere and are not accepted there.
    pub failing: Vec<String>,
    /// What is left to do.
    pub work: Work,
    /// What it does to threats.
    pub effects: Vec<ControlEffect>,
    /// Other controls (by position) of which doing it covers this share of what is missing there.
    pub raises: Vec<(usize, f64)>,
}

/// What is left to do, first once and then again and again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Work {
    /// Hours, once.
    pub hours: Range,
    /// Hours in each month from then on.
    pub monthly: Range,
    /// US dollars, once.
    pub first: Range,
    /// US dollars in each year.
    pub yearly: Range,
    /// Years for which what was bought once lasts.
    pub life: f64,
}

impl Work {
    /// US dollars of a year when what was bought once is spread over its life.
    pub fn cost_a_year(&self) -> f64 {
        self.first.likely / self.life + self.yearly.likely
    }

    /// US dollars of the first year.
    pub fn first_year(&self) -> f64 {
        self.first.likely + self.yearly.likely
    }
}

/// What a control does to one threat.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ControlEffect {
    /// Position of the threat in the model.
    pub threat: usize,
    /// How often, or how much.
    pub on: EffectOn,
    /// Which events.
    pub route: Route,
    /// The share that it stops or takes off when it is fully there.
    pub share: Beta,
}

impl Control {
    /// An action as it stands here; `None` where none of its parts has a place.
    pub(super) fn of(
        catalog: &Catalog,
        priors: &Priors,
        action: &Action,
        size: Size,
        seen: &Seen<'_>,
    ) -> Option<Self> {
        let cost = action.costs.near(size)?;
        let parts: Vec<&PartStanding> = action
            .serves
            .iter()
            .filter_map(|it| {
                let sub = seen.assessment.sub_practice(&it.sub_practice)?;
                sub.parts.iter().find(|part| part.part == *it)
            })
            .filter(|part| part.state != State::NotApplicable)
            .collect();
        if parts.is_empty() {
            return None;
        }
        let adoption = cost.adoption.clamp(ADOPTION.0, ADOPTION.1);
        let coverage = seen.action(&parts, adoption);
        let open: Vec<&PartStanding> =
            parts.iter().copied().filter(|it| it.state != State::InPlace).collect();
        let when_done = when_done(&priors.evidence, adoption);
        let missing = 1.0 - coverage.mean();
        let closes = if open.is_empty() { 0.0 } else { 1.0 - (1.0 - when_done) / missing };
        let failing = failing(&open, seen);
        let position = |id: &str| catalog.threats.iter().position(|threat| threat.id == id);
        Some(Self {
            action: action.id.clone(),
            adoption,
            coverage,
            when_done,
            closes: closes.max(0.0),
            parts: parts.len(),
            open_parts: open.len(),
            work: work(catalog, action, cost, &parts, &open, &failing),
            failing: failing.into_iter().map(|(check, _)| check.to_owned()).collect(),
            effects: action
                .effects
                .iter()
                .filter_map(|effect| {
                    Some(ControlEffect {
                        threat: position(&effect.threat)?,
                        on: effect.on,
                        route: effect.route(),
                        share: effect.beta,
                    })
                })
                .collect(),
            raises: Vec::new(),
        })
    }

    /// Whether there is something to do.
    pub const fn is_open(&self) -> bool {
        self.open_parts > 0
    }
}

/// Checks of open parts that fail on subjects where no waiver accepts it, and on how many.
fn failing<'a>(open: &[&'a PartStanding], seen: &Seen<'_>) -> Vec<(&'a str, usize)> {
    let mut checks: Vec<&str> =
        open.iter().flat_map(|part| &part.checks).map(|it| it.check.as_str()).collect();
    checks.sort_unstable();
    checks.dedup();
    let subjects = |check: &str| {
        let findings = seen.assessment.findings_of(check);
        findings.filter(|it| it.outcome == Outcome::Fail && it.waived_by.is_none()).count()
    };
    checks.into_iter().map(|it| (it, subjects(it))).filter(|(_, fails)| *fails > 0).collect()
}

/// What is left to do. Where checks fail, their own efforts on each subject; for parts that nobody
/// measured, their share of the action's estimate. Never more hours than the whole action.
fn work(
    catalog: &Catalog,
    action: &Action,
    cost: &Cost,
    parts: &[&PartStanding],
    open: &[&PartStanding],
    failing: &[(&str, usize)],
) -> Work {
    let fails = |part: &&&PartStanding| {
        part.checks.iter().any(|it| failing.iter().any(|(check, _)| *check == it.check))
    };
    let all = parts.len().max(1) as f64;
    let unmeasured = open.iter().filter(|part| !fails(part)).count() as f64 / all;
    let left = open.len() as f64 / all;
    let mut hours = cost.hours.times(unmeasured);
    let mut first = cost.first.times(unmeasured);
    for (check, subjects) in failing {
        let Some(check) = catalog.check(check) else { continue };
        hours = hours.plus(spread(check.effort.hours * *subjects as f64));
        first = first.plus(spread(check.effort.dollars * *subjects as f64));
    }
    Work {
        hours: at_most(hours, cost.hours),
        monthly: cost.monthly.times(left),
        first,
        yearly: cost.yearly.times(left),
        life: f64::from(action.life.max(1)),
    }
}

fn spread(likely: f64) -> Range {
    Range { low: likely * EFFORT_SPREAD.0, likely, high: likely * EFFORT_SPREAD.1 }
}

fn at_most(it: Range, most: Range) -> Range {
    Range {
        low: it.low.min(most.low),
        likely: it.likely.min(most.likely),
        high: it.high.min(most.high),
    }
}

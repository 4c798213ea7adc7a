//! Why a plan is not the one that was taken: what moved, and because of what. Data only, no words.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::decision::{Decided, Decision, PlanTaken, PlannedItem};

/// How much a coverage must move to be told as a cause.
const NOTICED: f64 = 0.05;

/// One action that is not where the parent had it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// The action's id.
    pub action: String,
    /// What became of it.
    pub moved: Moved,
    /// Because of what, the nearest cause first; never empty.
    pub because: Vec<Because>,
}

/// What became of an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Moved {
    /// It is new in the plan.
    Added {
        /// The month in which it begins.
        to: u32,
    },
    /// It is in the plan no more.
    Dropped {
        /// The month in which it was to begin.
        from: u32,
    },
    /// It begins earlier.
    Up {
        /// From which month.
        from: u32,
        /// To which month.
        to: u32,
    },
    /// It begins later.
    Down {
        /// From which month.
        from: u32,
        /// To which month.
        to: u32,
    },
}

/// A cause.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Because {
    /// Somebody decided so.
    Decided(Decided),
    /// Everything that belongs to it is in place now, or has no place here any more.
    NothingLeft,
    /// These checks fail now and did not then.
    FailsNow(Vec<String>),
    /// These checks failed then and do not now.
    FailsNoMore(Vec<String>),
    /// Less of it is known to be in place.
    LessInPlace,
    /// More of it is known to be in place.
    MoreInPlace,
    /// It had no place here then.
    NewHere,
    /// It takes other hours or dollars than then.
    OtherEffort,
    /// The budget changed.
    Budget {
        /// US dollars then.
        from: f64,
        /// US dollars now.
        to: f64,
    },
    /// The hours changed.
    Hours {
        /// Hours a month then.
        from: f64,
        /// Hours a month now.
        to: f64,
    },
    /// The catalog or its priors changed.
    Catalog,
    /// Other actions moved, and it moved with them.
    Others,
}

/// What is different between the plan that was taken and the present one: by the month in which it
/// begins now, dropped ones last.
pub(super) fn changes(
    parent: &PlanTaken,
    now: &PlanTaken,
    decisions: &BTreeMap<String, (u64, Decision)>,
) -> Vec<Change> {
    let ids = parent.items.keys().chain(now.items.keys());
    let ids: std::collections::BTreeSet<&String> = ids.collect();
    let mut all: Vec<Change> = ids
        .into_iter()
        .filter_map(|id| {
            let (then, here) = (parent.items.get(id), now.items.get(id));
            let moved = moved(then.and_then(|it| it.month), here.and_then(|it| it.month))?;
            let mut because = Vec::new();
            if let Some((_, it)) = decisions.get(id).filter(|(_, it)| it.at >= parent.at) {
                because.push(Because::Decided(it.decided.clone()));
            }
            because.extend(own(then, here));
            because.extend(limits(parent, now));
            if because.is_empty() {
                because.push(Because::Others);
            }
            Some(Change { action: id.clone(), moved, because })
        })
        .collect();
    all.sort_by_key(|it| match it.moved {
        Moved::Added { to } | Moved::Up { to, .. } | Moved::Down { to, .. } => to,
        Moved::Dropped { .. } => u32::MAX,
    });
    all
}

fn moved(from: Option<u32>, to: Option<u32>) -> Option<Moved> {
    match (from, to) {
        (None, Some(to)) => Some(Moved::Added { to }),
        (Some(from), None) => Some(Moved::Dropped { from }),
        (Some(from), Some(to)) if to < from => Some(Moved::Up { from, to }),
        (Some(from), Some(to)) if to > from => Some(Moved::Down { from, to }),
        _ => None,
    }
}

/// Causes in the action itself.
fn own(then: Option<&PlannedItem>, now: Option<&PlannedItem>) -> Vec<Because> {
    let (then, now) = match (then, now) {
        (Some(then), Some(now)) => (then, now),
        (Some(_), None) => return vec![Because::NothingLeft],
        _ => return vec![Because::NewHere],
    };
    let new = |of: &PlannedItem, than: &PlannedItem| {
        let checks = of.failing.iter().filter(|it| !than.failing.contains(it));
        checks.cloned().collect::<Vec<String>>()
    };
    let mut causes = Vec::new();
    let (fails, mended) = (new(now, then), new(then, now));
    if !fails.is_empty() {
        causes.push(Because::FailsNow(fails));
    }
    if !mended.is_empty() {
        causes.push(Because::FailsNoMore(mended));
    }
    if now.coverage < then.coverage - NOTICED {
        causes.push(Because::LessInPlace);
    }
    if now.coverage > then.coverage + NOTICED {
        causes.push(Because::MoreInPlace);
    }
    let differs = |a: f64, b: f64| (a - b).abs() > 0.1 * a.abs().max(b.abs());
    if causes.is_empty() && (differs(now.hours, then.hours) || differs(now.dollars, then.dollars)) {
        causes.push(Because::OtherEffort);
    }
    causes
}

/// Causes that touch all actions.
fn limits(parent: &PlanTaken, now: &PlanTaken) -> Vec<Because> {
    let mut causes = Vec::new();
    let differs = |a: f64, b: f64| (a - b).abs() > 1e-9;
    if differs(parent.budget, now.budget) {
        causes.push(Because::Budget { from: parent.budget, to: now.budget });
    }
    if differs(parent.hours, now.hours) {
        causes.push(Because::Hours { from: parent.hours, to: now.hours });
    }
    if parent.catalog != now.catalog || parent.priors != now.priors {
        causes.push(Because::Catalog);
    }
    causes
}

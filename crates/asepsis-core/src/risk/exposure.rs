//! How much each threat threatens this organization: expected events, dollars and days of care.

use super::model::Model;
use super::numbers::{Expected, Numbers};
use super::residual::{Cell, Left, cells, ways};

/// Means of one threat in a year.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Means {
    /// Events.
    pub events: f64,
    /// US dollars.
    pub loss: f64,
    /// Days of disturbed care.
    pub care_days: f64,
}

/// The means of every threat as the organization stands, in the model's order. Closed forms and fixed
/// rules, no sampling: no noise, and the same on every machine.
pub fn means(model: &Model) -> Vec<Means> {
    means_with(model, &Expected(model))
}

/// The means, by whatever numbers.
pub(super) fn means_with(model: &Model, numbers: &impl Numbers) -> Vec<Means> {
    let now = cells(model, numbers, |_| vec![1.0]);
    (0..model.threats.len()).map(|it| of_threat(model, numbers, it, &now)).collect()
}

fn of_threat(model: &Model, numbers: &impl Numbers, threat: usize, now: &[Cell]) -> Means {
    let (mut often, mut both) = (0.0, 0.0);
    for term in branches(model, numbers, threat, now) {
        often += term.weight * (model.floor + (1.0 - model.floor) * term.left.often);
        both += term.weight * floored(model.floor, term.left);
    }
    let rate = numbers.rate(threat);
    Means {
        events: rate * often,
        loss: rate * both * numbers.loss(threat),
        care_days: rate * both * numbers.care(threat),
    }
}

/// One route at one node of the overlap: its weight among all events of the threat, and what all
/// controls together leave of it at present.
pub(super) struct Branch {
    pub(super) weight: f64,
    pub(super) left: Left,
}

/// All branches of a threat: by route, then by node. None where it does not apply.
pub(super) fn branches(
    model: &Model,
    numbers: &impl Numbers,
    threat: usize,
    now: &[Cell],
) -> Vec<Branch> {
    let Some(it) = model.threats.get(threat).filter(|it| it.applies) else { return Vec::new() };
    let vendor = if it.by_vendor { numbers.vendor() } else { 0.0 };
    let mut branches = Vec::new();
    for (route, _) in ways(it) {
        let share = if route == 0 { 1.0 - vendor } else { vendor };
        let first = branches.len();
        let overlap = numbers.overlap(threat).into_iter();
        branches
            .extend(overlap.map(|(_, weight)| Branch { weight: share * weight, left: Left::ALL }));
        for cell in now.iter().filter(|it| it.threat == threat && it.route == route) {
            let present = cell.left.first().into_iter().flatten();
            for (branch, left) in branches.iter_mut().skip(first).zip(present) {
                branch.left = branch.left.times(*left);
            }
        }
    }
    branches
}

/// Frequency times loss, each with its floor.
fn floored(floor: f64, it: Left) -> f64 {
    let rest = 1.0 - floor;
    floor * floor + floor * rest * (it.often + it.much) + rest * rest * it.both
}

//! What is left in one world of how often and how much, by threat and route: now, after a plan, and
//! after each action alone.

use super::super::model::Model;
use super::super::residual::{Left, cells};
use super::super::terms::{missing, raisers};
use super::super::worlds::World;

/// How often and how much, as shares of the sector's.
pub(super) type Share = (f64, f64);

/// What is left in one world: by threat, then by route.
#[derive(Clone, Debug, Default)]
pub(super) struct Residuals {
    pub(super) now: Vec<[Share; 2]>,
    pub(super) after: Vec<[Share; 2]>,
    /// By threat and route: the actions that work there, each with what it alone leaves.
    pub(super) alone: Vec<[Vec<(usize, Share)>; 2]>,
    pub(super) controls: usize,
}

impl Residuals {
    pub(super) fn of(model: &Model, world: &World, done: &[u16], values: bool) -> Self {
        let raised: Vec<Vec<(u16, f64)>> =
            (0..model.controls.len()).map(|it| raisers(model, it)).collect();
        let of = |control: usize| raised.get(control).map_or(&[][..], Vec::as_slice);
        let all = cells(model, world, |control| missing(of(control)));
        let threats = model.threats.len();
        let mut now = vec![[Left::ALL; 2]; threats];
        let mut after = now.clone();
        // What one more raiser does to a cell, by threat and route.
        let mut steps = vec![[Vec::new(), Vec::new()]; if values { threats } else { 0 }];
        for cell in &all {
            let row = |mask: usize| {
                let left = cell.left.get(mask).and_then(|it| it.first()).copied();
                left.unwrap_or(Left::ALL)
            };
            let members = of(cell.control);
            let bits = members.iter().enumerate().filter(|(_, (item, _))| done.contains(item));
            let mask = bits.fold(0, |mask, (bit, _)| mask | 1_usize << bit);
            let at = |of: &mut Vec<[Left; 2]>, left: Left| {
                if let Some(it) = of.get_mut(cell.threat).and_then(|it| it.get_mut(cell.route)) {
                    *it = it.times(left);
                }
            };
            at(&mut now, row(0));
            at(&mut after, row(mask));
            if let Some(steps) = steps.get_mut(cell.threat).and_then(|it| it.get_mut(cell.route)) {
                for (bit, (item, _)) in members.iter().enumerate() {
                    let (before, with) = (row(0), row(1 << bit));
                    steps.push((
                        usize::from(*item),
                        with.often / before.often,
                        with.much / before.much,
                    ));
                }
            }
        }
        let floor = model.floor;
        let floored = |it: f64| floor + (1.0 - floor) * it;
        let share = |it: &Left| (floored(it.often), floored(it.much));
        let alone = steps.iter().zip(&now).map(|(steps, now)| {
            let mut routes = [Vec::new(), Vec::new()];
            for ((route, steps), now) in routes.iter_mut().zip(steps).zip(now) {
                let mut merged: Vec<(usize, f64, f64)> = Vec::new();
                for (item, often, much) in steps {
                    match merged.iter_mut().find(|it| it.0 == *item) {
                        Some(it) => *it = (*item, it.1 * often, it.2 * much),
                        None => merged.push((*item, *often, *much)),
                    }
                }
                let ratio = |before: f64, by: f64| floored(before * by) / floored(before);
                *route = merged
                    .into_iter()
                    .map(|(item, often, much)| {
                        (item, (ratio(now.often, often), ratio(now.much, much)))
                    })
                    .collect();
            }
            routes
        });
        Self {
            alone: alone.collect(),
            now: now.iter().map(|[own, vendor]| [share(own), share(vendor)]).collect(),
            after: after.iter().map(|[own, vendor]| [share(own), share(vendor)]).collect(),
            controls: model.controls.len(),
        }
    }
}

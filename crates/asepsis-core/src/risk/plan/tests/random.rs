//! Random problems of the true shape: controls with effects on threats, some of which act through others.

use super::super::{Cell, Force, Item, Limits, Problem, Terms};
use crate::risk::number::Stream;

pub(super) struct Random {
    pub(super) terms: Terms,
    pub(super) items: Vec<Item>,
    pub(super) may: Vec<bool>,
}

impl Random {
    pub(super) fn problem(&self) -> Problem<'_> {
        Problem { terms: &self.terms, items: &self.items, may: &self.may }
    }

    pub(super) fn hours(&self, months: u32) -> f64 {
        self.items.iter().map(|it| it.hours + it.monthly * f64::from(months)).sum()
    }

    pub(super) fn dollars(&self) -> f64 {
        self.items.iter().map(|it| it.dollars).sum()
    }
}

/// A problem of so many items over five threats of a few terms each. `free` leaves out what is forced.
pub(super) fn random(seed: u64, items: usize, terms: usize, forced: bool) -> Random {
    let mut stream = Stream::new(seed, 0, 0, 0);
    let mut draw = move || stream.uniform();
    let weights: Vec<f64> = (0..terms).map(|_| 4_000.0 * draw() * draw()).collect();
    let mut cells = Vec::new();
    for item in 0..items {
        if draw() < 0.15 {
            continue;
        }
        let mut members = vec![item as u16];
        for _ in 0..(draw() * 3.0) as usize {
            let other = (draw() * items as f64) as u16;
            if !members.contains(&other) {
                members.push(other);
            }
        }
        let touched = 1 + (draw() * terms as f64 * 0.4) as usize;
        let mut touches: Vec<u16> = (0..touched).map(|_| (draw() * terms as f64) as u16).collect();
        touches.sort_unstable();
        touches.dedup();
        let missing = 0.1 + 0.9 * draw();
        let closes: Vec<f64> = (0..members.len())
            .map(|at| if at == 0 { 0.5 + 0.5 * draw() } else { 0.3 * draw() })
            .collect();
        let effects: Vec<(f64, f64)> =
            touches.iter().map(|_| (0.7 * draw(), 0.4 + 0.6 * draw())).collect();
        let left = |mask: usize, (effect, overlap): (f64, f64)| {
            let still: f64 = closes
                .iter()
                .enumerate()
                .filter(|(bit, _)| mask >> bit & 1 == 1)
                .map(|(_, it)| 1.0 - it)
                .product();
            let at = |missing: f64| (1.0 - effect * (1.0 - missing)).powf(overlap);
            at(missing * still) / at(missing)
        };
        let rows = (0..1_usize << members.len())
            .flat_map(|mask| effects.iter().map(move |it| (mask, *it)))
            .map(|(mask, it)| left(mask, it));
        let left: Vec<f64> = rows.collect();
        cells.push(Cell { members, touches, left });
    }
    let items: Vec<Item> = (0..items)
        .map(|at| Item {
            hours: if draw() < 0.1 { 0.0 } else { 1.0 + 20.0 * draw() },
            monthly: if draw() < 0.7 { 0.0 } else { draw() },
            dollars: if draw() < 0.4 { 0.0 } else { 2_000.0 * draw() },
            yearly_cost: if draw() < 0.4 { 0.0 } else { 500.0 * draw() },
            requires: if at > 0 && draw() < 0.25 {
                vec![(draw() * at as f64) as u16]
            } else {
                vec![]
            },
            force: match draw() {
                it if forced && it < 0.10 => Force::Law,
                it if forced && it < 0.13 => Force::Chosen,
                _ => Force::No,
            },
        })
        .collect();
    let may = (0..items.len()).map(|_| draw() > 0.05).collect();
    Random { terms: Terms { weights, cells }, items, may }
}

/// Limits that let in about this share of everything.
pub(super) fn limits(of: &Random, share: f64, months: u32) -> Limits {
    Limits {
        dollars: of.dollars() * share,
        hours: of.hours(months) * share,
        months,
        nodes: 1_000_000,
    }
}

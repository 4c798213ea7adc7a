//! The expected loss as the planner sees it: terms that shrink as controls are raised.
//!
//! Expected loss is a sum over threats, routes, nodes of the overlap and three products (how often, how
//! much, both), each a product over controls. What a set of actions avoids is therefore a sum of
//! `weight · (1 - product)`, monotone and submodular in the set: exactly, with no approximation.

use std::collections::BTreeMap;

use super::exposure::branches;
use super::model::Model;
use super::numbers::{Expected, Numbers};
use super::plan;
use super::residual::{Cell, Left, cells, cells_of};

/// The expected loss of a year in terms that actions take away. The items are the model's controls.
#[derive(Clone, Debug)]
pub struct LossTerms {
    /// What the planner reads; US dollars a year.
    pub terms: plan::Terms,
    /// The threat of each term, by its position in the model.
    pub threats: Vec<usize>,
    /// Where the terms of a threat on a route begin.
    places: BTreeMap<(usize, usize), usize>,
    /// The control of each of the planner's cells.
    controls: Vec<usize>,
}

impl LossTerms {
    /// US dollars a year that these actions avoid together.
    pub fn avoided(&self, chosen: &[u16]) -> f64 {
        avoided(&self.terms.weights, self.terms.cells.iter(), chosen)
    }

    /// The same with everything of one threat multiplied.
    #[must_use]
    pub(super) fn scaled(&self, threat: usize, factor: f64) -> Self {
        let mut scaled = self.clone();
        for (weight, of) in scaled.terms.weights.iter_mut().zip(&self.threats) {
            if *of == threat {
                *weight *= factor;
            }
        }
        scaled
    }

    /// What is different when other numbers hold for one control: its coverage, its effects. These terms
    /// must have been made with `before`, or with a rule that says the same as `before` of this control.
    pub(super) fn replaced(
        &self,
        model: &Model,
        control: usize,
        before: &impl Numbers,
        after: &impl Numbers,
    ) -> Replaced {
        let members = raisers(model, control);
        let overlaps: Vec<_> = (0..model.threats.len()).map(|it| before.overlap(it)).collect();
        let then = cells_of(model, before, &overlaps, control, &[1.0]);
        let now = cells_of(model, after, &overlaps, control, &missing(&members));
        let mut weights = Vec::new();
        for (then, now) in then.iter().zip(&now) {
            let Some(first) = self.places.get(&(now.threat, now.route)) else { continue };
            let pairs =
                then.left.first().into_iter().flatten().zip(now.left.first().into_iter().flatten());
            for (node, (then, now)) in pairs.enumerate() {
                for (kind, (then, now)) in kinds(*then).into_iter().zip(kinds(*now)).enumerate() {
                    let term = first + node * KINDS + kind;
                    let weight = self.terms.weights.get(term).copied().unwrap_or_default();
                    weights.push((term, weight * (now / then)));
                }
            }
        }
        let at = self.controls.iter().position(|it| *it == control);
        let cell = at.map(|at| (at, cell(&members, &now, &self.places)));
        Replaced { weights, cell }
    }
}

/// What is different in terms when one control is known better.
#[derive(Clone, Debug)]
pub(super) struct Replaced {
    /// Terms with their weight then; those that are not named keep theirs.
    pub(super) weights: Vec<(usize, f64)>,
    /// The control's cell, in its place among the planner's.
    pub(super) cell: Option<(usize, plan::Cell)>,
}

impl Replaced {
    /// All terms with these in their place.
    pub(super) fn in_place(&self, of: &LossTerms) -> LossTerms {
        let mut all = of.clone();
        all.terms.weights = self.all_weights(of);
        if let Some((at, cell)) = &self.cell
            && let Some(slot) = all.terms.cells.get_mut(*at)
        {
            slot.clone_from(cell);
        }
        all
    }

    /// US dollars a year that actions avoid together.
    pub(super) fn avoided(&self, of: &LossTerms, chosen: &[u16]) -> f64 {
        let cells = of.terms.cells.iter().enumerate();
        let cells = cells.map(|(at, it)| match &self.cell {
            Some((here, cell)) if *here == at => cell,
            _ => it,
        });
        avoided(&self.all_weights(of), cells, chosen)
    }

    fn all_weights(&self, of: &LossTerms) -> Vec<f64> {
        let mut all = of.terms.weights.clone();
        for (term, weight) in &self.weights {
            if let Some(slot) = all.get_mut(*term) {
                *slot = *weight;
            }
        }
        all
    }
}

fn avoided<'a>(
    weights: &[f64],
    cells: impl Iterator<Item = &'a plan::Cell>,
    chosen: &[u16],
) -> f64 {
    let mut left = vec![1.0; weights.len()];
    for cell in cells {
        let bits = cell.members.iter().enumerate().filter(|(_, it)| chosen.contains(it));
        let mask = bits.fold(0, |mask, (bit, _)| mask | 1_usize << bit);
        let row = cell.left.get(mask * cell.touches.len()..).unwrap_or_default();
        for (term, share) in cell.touches.iter().zip(row) {
            if let Some(it) = left.get_mut(usize::from(*term)) {
                *it *= share;
            }
        }
    }
    weights.iter().zip(left).map(|(weight, left)| weight * (1.0 - left)).sum()
}

/// What each action can take away of the expected loss of a year.
pub fn terms(model: &Model) -> LossTerms {
    terms_with(model, &Expected(model))
}

/// The terms, by whatever numbers.
pub(super) fn terms_with(model: &Model, numbers: &impl Numbers) -> LossTerms {
    let raisers: Vec<Vec<(u16, f64)>> =
        (0..model.controls.len()).map(|it| raisers(model, it)).collect();
    let of = |control: usize| raisers.get(control).map_or(&[][..], Vec::as_slice);
    let all = cells(model, numbers, |control| missing(of(control)));
    let mut weighed = Weighed::default();
    for threat in 0..model.threats.len() {
        weighed.add(model, numbers, threat, &all);
    }
    let by_control = all.chunk_by(|a, b| a.control == b.control);
    let cells = by_control.filter_map(|cells| {
        let control = cells.first()?.control;
        let members = of(control);
        (!members.is_empty()).then(|| (control, cell(members, cells, &weighed.places)))
    });
    let (controls, cells) = cells.unzip();
    let Weighed { weights, threats, places } = weighed;
    LossTerms { terms: plan::Terms { weights, cells }, threats, places, controls }
}

/// Most actions that raise one control, itself among them: every set of them is worked out. The linter
/// wants fewer, but a catalog may come unlinted.
const MAX_RAISERS: usize = 8;

/// The actions that raise a control, each with the share of what is missing that it closes: itself,
/// and those that act through it.
pub(super) fn raisers(model: &Model, control: usize) -> Vec<(u16, f64)> {
    let itself = model.controls.get(control).filter(|it| it.closes > 0.0);
    let itself = itself.map(|it| (control, it.closes));
    let others = model.controls.iter().enumerate().flat_map(|(position, other)| {
        let raises = other.raises.iter().filter(move |(target, _)| *target == control);
        raises.map(move |(_, share)| (position, *share))
    });
    let all = itself.into_iter().chain(others).take(MAX_RAISERS);
    all.filter_map(|(position, share)| Some((u16::try_from(position).ok()?, share))).collect()
}

/// What is still missing of a control for each set of its raisers, none of them first.
pub(super) fn missing(raisers: &[(u16, f64)]) -> Vec<f64> {
    let sets = 0..1_usize << raisers.len();
    sets.map(|mask| {
        let chosen = raisers.iter().enumerate().filter(|(bit, _)| mask >> bit & 1 == 1);
        chosen.map(|(_, (_, share))| 1.0 - share).product()
    })
    .collect()
}

/// Terms of each branch: how often, how much, both.
const KINDS: usize = 3;

const fn kinds(it: Left) -> [f64; KINDS] {
    [it.often, it.much, it.both]
}

/// US dollars a year in each term at present: three terms for each branch of a threat.
#[derive(Default)]
struct Weighed {
    weights: Vec<f64>,
    threats: Vec<usize>,
    /// Where the terms of a threat on a route begin.
    places: BTreeMap<(usize, usize), usize>,
}

impl Weighed {
    fn add(&mut self, model: &Model, numbers: &impl Numbers, threat: usize, now: &[Cell]) {
        let rest = 1.0 - model.floor;
        let loss = numbers.rate(threat) * numbers.loss(threat);
        let nodes = numbers.overlap(threat).len().max(1);
        for (at, branch) in branches(model, numbers, threat, now).into_iter().enumerate() {
            if at % nodes == 0 {
                self.places.insert((threat, at / nodes), self.weights.len());
            }
            let base = loss * branch.weight;
            self.weights.push(base * model.floor * rest * branch.left.often);
            self.weights.push(base * model.floor * rest * branch.left.much);
            self.weights.push(base * rest * rest * branch.left.both);
            self.threats.extend([threat; KINDS]);
        }
    }
}

/// One control for the planner: every term it touches, for every set of its raisers.
fn cell(
    members: &[(u16, f64)],
    cells: &[Cell],
    places: &BTreeMap<(usize, usize), usize>,
) -> plan::Cell {
    let mut touches = Vec::new();
    let mut rows = vec![Vec::new(); 1 << members.len()];
    for cell in cells {
        let (Some(now), Some(first)) = (cell.left.first(), places.get(&(cell.threat, cell.route)))
        else {
            continue;
        };
        for (node, present) in now.iter().enumerate() {
            for (kind, before) in kinds(*present).into_iter().enumerate() {
                let after = cell.left.iter().map(|set| {
                    set.get(node).and_then(|it| kinds(*it).get(kind).copied()).unwrap_or(before)
                });
                let ratios: Vec<f64> = after.map(|it| (it / before).min(1.0)).collect();
                if ratios.iter().all(|it| *it >= 1.0) {
                    continue;
                }
                touches.push((first + node * KINDS + kind) as u16);
                for (row, ratio) in rows.iter_mut().zip(ratios) {
                    row.push(ratio);
                }
            }
        }
    }
    plan::Cell {
        members: members.iter().map(|(item, _)| *item).collect(),
        touches,
        left: rows.concat(),
    }
}

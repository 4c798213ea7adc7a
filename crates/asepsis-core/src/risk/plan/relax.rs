//! A closer bound than what items add now: the same problem, with items that may be taken in part.
//!
//! What is avoided, `sum_k left_k · (1 - exp(-sum_j pull_jk · part_j))`, is concave in the parts. So every
//! tangent lies above it, and the most that a tangent reaches under limits is a fractional knapsack. Steps
//! go towards the knapsack's answer (Frank and Wolfe, 1956). Where several items raise one control, each
//! pulls as if the others did not, which is not less than what it pulls beside them. Prerequisites are left
//! out, which only raises the bound.

use super::bound::{LEAST, Open};
use super::state::State;
use crate::risk::number::exp;

/// Mixes of the two limits that are tried first; each gives a valid bound.
const MIXES: [f64; 9] = [0.0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1.0];
/// Steps for the first problem of a search, and for each that follows from another.
const FIRST: usize = 12;
const NEXT: usize = 3;
/// Steps of Newton's along a line.
const LINE: usize = 4;

/// The answer of a relaxed problem.
#[derive(Clone, Debug)]
pub(super) struct Relaxed {
    /// The most that can still be added.
    pub(super) most: f64,
    /// By position among the open items, how much the bound falls if the item is left out (above 0) or
    /// taken (below 0) against the relaxed answer.
    pub(super) prices: Vec<f64>,
    /// Which part of each item is taken, by item.
    parts: Vec<f64>,
    /// The mix of the limits that bounds best.
    mix: Option<f64>,
}

impl Relaxed {
    /// Nothing is known yet of a problem of so many items.
    pub(super) fn unknown(items: usize) -> Self {
        Self { most: f64::INFINITY, prices: Vec::new(), parts: vec![0.0; items], mix: None }
    }

    /// The relaxed problem from a state on. Begins at the answer of a problem like it, and ends early
    /// once the bound is not above `enough`.
    pub(super) fn of(state: &State<'_>, open: &[Open], like: &Self, enough: f64) -> Self {
        let problem = Relaxation::new(state, open);
        let part = |it: &Open| like.parts.get(usize::from(it.item)).copied().unwrap_or_default();
        let mut here = problem.within(open.iter().map(part).collect());
        let mut found = Self::unknown(like.parts.len());
        for _ in 0..if like.mix.is_some() { NEXT } else { FIRST } {
            let tangent = problem.tangent(&here);
            let knapsack = problem.knapsack(&tangent, like.mix);
            if tangent.base + knapsack.most < found.most {
                found.most = tangent.base + knapsack.most;
                found.prices = problem.prices(&tangent, &knapsack);
                found.mix = Some(knapsack.mix);
            }
            if found.most <= enough {
                break;
            }
            problem.step(&mut here, &knapsack.parts);
        }
        for (it, part) in open.iter().zip(here) {
            if let Some(slot) = found.parts.get_mut(usize::from(it.item)) {
                *slot = part;
            }
        }
        found
    }
}

/// The relaxed problem of one state. All lists but `left` go by position among the open items.
struct Relaxation {
    /// US dollars in each term.
    left: Vec<f64>,
    /// How much each item pulls at which terms: logarithms of what it leaves.
    pulls: Vec<Vec<(u16, f64)>>,
    costs: Vec<f64>,
    /// Shares of the room in hours and of the room in dollars.
    takes: Vec<(f64, f64)>,
    /// What there is of both: 1 or nothing.
    room: (f64, f64),
}

/// A plane above what can be added: the base, and more for each part of an item.
struct Tangent {
    base: f64,
    slopes: Vec<f64>,
}

struct Knapsack {
    most: f64,
    parts: Vec<f64>,
    mix: f64,
    /// What a unit of the mix is worth where the knapsack is full.
    edge: f64,
}

impl Relaxation {
    fn new(state: &State<'_>, open: &[Open]) -> Self {
        let (room, money) = state.room();
        let share = |it: f64, of: f64| if of > LEAST { it / of } else { 0.0 };
        let cost = |it: &Open| state.problem.item(it.item).map_or(0.0, |it| it.yearly_cost);
        let takes = |it: &Open| (share(it.hours, room), share(it.dollars, money));
        Self {
            left: state.left().to_vec(),
            pulls: open.iter().map(|it| state.pulls(it.item)).collect(),
            costs: open.iter().map(cost).collect(),
            takes: open.iter().map(takes).collect(),
            room: (f64::from(room > LEAST), f64::from(money > LEAST)),
        }
    }

    /// Parts scaled down until they fit: a better place to begin, no matter for the bound.
    fn within(&self, mut parts: Vec<f64>) -> Vec<f64> {
        let sum = self.takes.iter().zip(&parts).fold((0.0, 0.0), |sum: (f64, f64), (it, part)| {
            (sum.0 + it.0 * part, sum.1 + it.1 * part)
        });
        let over = sum.0.max(sum.1).max(1.0);
        parts.iter_mut().for_each(|it| *it /= over);
        parts
    }

    /// The sum of all pulls at each term.
    fn pulled(&self, parts: &[f64]) -> Vec<f64> {
        let mut sums = vec![0.0; self.left.len()];
        for (pulls, part) in self.pulls.iter().zip(parts).filter(|(_, part)| **part != 0.0) {
            for (term, pull) in pulls {
                if let Some(sum) = sums.get_mut(usize::from(*term)) {
                    *sum += pull * part;
                }
            }
        }
        sums
    }

    fn tangent(&self, parts: &[f64]) -> Tangent {
        let pulled = self.pulled(parts);
        let kept = self.left.iter().zip(pulled).map(|(left, pull)| left * exp(-pull));
        let kept: Vec<f64> = kept.collect();
        let at = |term: u16| kept.get(usize::from(term)).copied().unwrap_or_default();
        let mut base: f64 = self.left.iter().zip(&kept).map(|(left, kept)| left - kept).sum();
        let mut slopes = Vec::with_capacity(parts.len());
        for ((pulls, part), cost) in self.pulls.iter().zip(parts).zip(&self.costs) {
            let slope: f64 = pulls.iter().map(|(term, pull)| at(*term) * pull).sum();
            base -= slope * part;
            slopes.push(slope - cost);
        }
        Tangent { base, slopes }
    }

    /// The most that a plane reaches within one mix of the limits; by the best mix unless one is given.
    fn knapsack(&self, tangent: &Tangent, mix: Option<f64>) -> Knapsack {
        let all = mix.is_none().then_some(MIXES).into_iter().flatten();
        let each = mix.into_iter().chain(all).map(|mix| self.filled(tangent, mix));
        let least = each.min_by(|a, b| a.most.total_cmp(&b.most));
        least.unwrap_or_else(|| self.filled(tangent, 0.5))
    }

    fn filled(&self, tangent: &Tangent, mix: f64) -> Knapsack {
        let worth = tangent.slopes.iter().enumerate().filter(|(_, slope)| **slope > 0.0);
        let mut order: Vec<(f64, f64, usize)> =
            worth.map(|(at, slope)| (*slope, self.weight(at, mix), at)).collect();
        order.sort_by(|a, b| (b.0 * a.1).total_cmp(&(a.0 * b.1)).then(a.2.cmp(&b.2)));
        let mut left = mix * self.room.0 + (1.0 - mix) * self.room.1;
        let parts = vec![0.0; tangent.slopes.len()];
        let mut found = Knapsack { most: 0.0, parts, mix, edge: 0.0 };
        for (slope, weight, at) in order {
            let part = if weight <= left { 1.0 } else { left / weight };
            left -= part * weight;
            found.most += part * slope;
            if let Some(it) = found.parts.get_mut(at) {
                *it = part;
            }
            if part < 1.0 {
                found.edge = slope / weight;
                break;
            }
        }
        found
    }

    fn weight(&self, at: usize, mix: f64) -> f64 {
        self.takes.get(at).map_or(0.0, |it| mix * it.0 + (1.0 - mix) * it.1)
    }

    /// By how much the bound falls where one item is decided against the knapsack: what it is worth
    /// above the edge. Linear programming calls these reduced costs.
    fn prices(&self, tangent: &Tangent, knapsack: &Knapsack) -> Vec<f64> {
        let slopes = tangent.slopes.iter().enumerate();
        slopes.map(|(at, slope)| slope - knapsack.edge * self.weight(at, knapsack.mix)).collect()
    }

    /// Goes towards other parts, as far as it pays.
    fn step(&self, here: &mut [f64], there: &[f64]) {
        let way: Vec<f64> = there.iter().zip(&*here).map(|(there, here)| there - here).collect();
        let (pulled, more) = (self.pulled(here), self.pulled(&way));
        let cost: f64 = self.costs.iter().zip(&way).map(|(cost, way)| cost * way).sum();
        let terms = self.left.iter().zip(&pulled).zip(&more).filter(|(_, more)| **more != 0.0);
        let kept = terms.map(|((left, pulled), more)| (left * exp(-pulled), *more));
        let kept: Vec<(f64, f64)> = kept.collect();
        let mut far: f64 = 0.0;
        for _ in 0..LINE {
            let (mut slope, mut bend) = (-cost, 0.0);
            for (kept, more) in &kept {
                let it = kept * exp(-more * far) * more;
                slope += it;
                bend += it * more;
            }
            if bend <= 0.0 {
                break;
            }
            far = (far + slope / bend).clamp(0.0, 1.0);
        }
        for (here, way) in here.iter_mut().zip(way) {
            *here = (*here + far * way).clamp(0.0, 1.0);
        }
    }
}

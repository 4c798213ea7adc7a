//! Against brute force: 1,000 random problems of 16 items, with everything that a plan can have.

use super::super::bound::{bound, open};
use super::super::relax::Relaxed;
use super::super::search::{best, forced};
use super::super::state::State;
use super::super::{Force, Limits, Problem};
use super::random::{limits, random};
use crate::risk::number::Stream;

/// Sets by what they hold at least and what they do not hold, with the best value among all that fit.
#[derive(Clone, Copy)]
struct Query {
    holds: u32,
    lacks: u32,
    best: f64,
}

impl Query {
    fn new(holds: u32, lacks: u32) -> Self {
        Self { holds, lacks, best: f64::NEG_INFINITY }
    }
}

/// Every set that is closed under its prerequisites and fits, one item more at a time. Indexes and plain
/// loops, because tests are not optimized.
struct Walk<'a> {
    problem: Problem<'a>,
    limits: Limits,
    needs: Vec<u32>,
    takes: Vec<(f64, f64)>,
    /// For each item, the cells that it raises with its bit in each.
    reach: Vec<Vec<(usize, usize)>>,
    queries: Vec<Query>,
    sets: u64,
}

#[derive(Clone, Copy)]
struct Here {
    set: u32,
    hours: f64,
    dollars: f64,
    cost: f64,
    left: [f64; TERMS],
    masks: [u8; ITEMS],
}

const ITEMS: usize = 16;
const TERMS: usize = 8;

impl<'a> Walk<'a> {
    fn new(problem: Problem<'a>, limits: Limits, queries: Vec<Query>) -> Self {
        let items = 0..ITEMS as u16;
        let mut reach = vec![Vec::new(); ITEMS];
        for (cell, it) in problem.terms.cells.iter().enumerate() {
            for (bit, member) in it.members.iter().enumerate() {
                reach[usize::from(*member)].push((cell, bit));
            }
        }
        let needs = items.clone().map(|it| mask(&problem.closure(it))).collect();
        let takes = items.map(|it| problem.cost(it, limits.months)).collect();
        Self { problem, limits, needs, takes, reach, queries, sets: 0 }
    }

    /// The best value for each query, and how many sets there are.
    fn all(mut self) -> (Vec<f64>, u64) {
        let mut left = [0.0; TERMS];
        left.copy_from_slice(&self.problem.terms.weights);
        let masks = [0; ITEMS];
        self.visit(&Here { set: 0, hours: 0.0, dollars: 0.0, cost: 0.0, left, masks }, 0);
        (self.queries.iter().map(|it| it.best).collect(), self.sets)
    }

    fn visit(&mut self, here: &Here, from: usize) {
        self.sets += 1;
        let mut value = -here.cost;
        let mut at = 0;
        while at < TERMS {
            value += self.problem.terms.weights[at] - here.left[at];
            at += 1;
        }
        for it in &mut self.queries {
            if here.set & it.holds == it.holds && here.set & it.lacks == 0 && value > it.best {
                it.best = value;
            }
        }
        let mut item = from;
        while item < ITEMS {
            // What an item of these problems requires has a lower number.
            let with = here.set | 1 << item;
            let closed = self.needs[item] & !with == 0 && self.problem.may[item];
            let (hours, dollars) =
                (here.hours + self.takes[item].0, here.dollars + self.takes[item].1);
            let fits = hours <= self.limits.hours + 1e-7 && dollars <= self.limits.dollars + 1e-7;
            if closed && fits {
                let cost = here.cost + self.problem.items[item].yearly_cost;
                let mut next = Here { set: with, hours, dollars, cost, ..*here };
                let mut reach = 0;
                while reach < self.reach[item].len() {
                    let (at, bit) = self.reach[item][reach];
                    let cell = &self.problem.terms.cells[at];
                    let (before, touches) = (usize::from(next.masks[at]), cell.touches.len());
                    let after = before | 1 << bit;
                    let mut touch = 0;
                    while touch < touches {
                        let row = |mask: usize| cell.left[mask * touches + touch];
                        next.left[usize::from(cell.touches[touch])] *= row(after) / row(before);
                        touch += 1;
                    }
                    next.masks[at] = after as u8;
                    reach += 1;
                }
                self.visit(&next, item + 1);
            }
            item += 1;
        }
    }
}

fn mask(items: &[u16]) -> u32 {
    items.iter().fold(0, |mask, it| mask | 1 << it)
}

#[test]
fn the_planner_is_as_good_as_brute_force_and_its_bounds_are_never_below() {
    let (mut proved, mut forced_over, mut sets) = (0, 0, 0);
    for seed in 0..1_000 {
        let case = random(seed, ITEMS, TERMS, seed % 3 == 0);
        let problem = case.problem();
        let limits = limits(&case, 0.1 + 0.4 * (seed % 7) as f64 / 7.0, 12);
        let found = best(&problem, &limits);
        // Which forced items go in first is a rule of its own; of plans that hold those, the best counts.
        let must = mask(&forced(State::new(problem, limits)).chosen());
        let chosen = mask(&found.chosen);
        let mut queries = vec![
            Query::new(must, 0),
            // The plan that was found is one that fits.
            Query::new(chosen, !chosen),
        ];
        // Random sets, with what both bounds say of all that hold them.
        let mut stream = Stream::new(seed, 1, 0, 0);
        let mut bounds = Vec::new();
        for _ in 0..3 {
            let mut state = State::new(problem, limits);
            for _ in 0..(stream.uniform() * 5.0) as usize {
                let bundle = state.missing((stream.uniform() * ITEMS as f64) as u16);
                if state.fits(&bundle) {
                    bundle.into_iter().for_each(|it| state.take(it));
                }
            }
            queries.push(Query::new(mask(&state.chosen()), 0));
            let may = (0..ITEMS as u16).filter(|it| problem.may[usize::from(*it)]);
            let open = open(&state, may);
            let relaxed = Relaxed::of(&state, &open, &Relaxed::unknown(ITEMS), f64::NEG_INFINITY);
            let simple = bound(&state, &open).0;
            bounds.push((state.value() + simple, state.value() + relaxed.most));
        }
        let (optima, walked) = Walk::new(problem, limits, queries).all();
        let tolerance = 1e-7 * (1.0 + optima[0].abs());
        assert!((found.value - optima[0]).abs() <= tolerance, "{seed}: {found:?}, best {optima:?}");
        assert!((found.value - optima[1]).abs() <= tolerance, "{seed}: it fits, for this value");
        assert!(found.upper >= optima[0] - tolerance, "{seed}");
        for ((simple, relaxed), optimum) in bounds.iter().zip(&optima[2..]) {
            assert!(*simple >= optimum - tolerance, "{seed}: {simple}, optimum {optimum}");
            assert!(*relaxed >= optimum - tolerance, "{seed}: {relaxed}, optimum {optimum}");
        }
        proved += usize::from(found.proved);
        forced_over += usize::from(!found.over.is_empty());
        sets += walked;
    }
    assert_eq!(proved, 1_000);
    assert!(forced_over > 20, "some cases have forced items without room: {forced_over}");
    assert!(sets > 1_000_000, "there was something to choose from: {sets}");
}

#[test]
fn a_search_that_stops_early_says_how_far_it_may_be_off() {
    for seed in 0..200 {
        let case = random(seed, 16, 8, false);
        let problem = case.problem();
        let whole = limits(&case, 0.3, 12);
        let optimum = best(&problem, &whole);
        let stopped = best(&problem, &Limits { nodes: 3, ..whole });
        let tolerance = 1e-7 * (1.0 + optimum.value.abs());
        assert!(stopped.value <= optimum.value + tolerance, "{seed}");
        assert!(stopped.upper >= optimum.value - tolerance, "{seed}: {stopped:?} {optimum:?}");
        if stopped.proved {
            assert!((stopped.value - optimum.value).abs() <= tolerance, "{seed}");
        }
    }
}

#[test]
fn the_same_problem_has_the_same_answer() {
    let case = random(7, 40, 30, true);
    let limits = limits(&case, 0.2, 12);
    assert_eq!(best(&case.problem(), &limits), best(&case.problem(), &limits));
}

#[test]
fn what_the_law_requires_gets_half_where_not_all_of_it_fits() {
    let mut case = random(3, 16, 8, false);
    for item in &mut case.items {
        (item.force, item.hours, item.monthly) = (Force::Law, 10.0, 0.0);
        (item.dollars, item.yearly_cost, item.requires) = (0.0, 0.0, Vec::new());
    }
    case.may.fill(true);
    for free in [3, 4, 5, 6, 7] {
        case.items[free].force = Force::No;
    }
    let limits = Limits { dollars: 0.0, hours: 60.0, months: 12, nodes: 100_000 };
    let problem = case.problem();
    let first = forced(State::new(problem, limits)).chosen();
    assert_eq!(first.len(), 3, "half of 60 hours, ten hours each");
    let law = |it: &u16| case.items[usize::from(*it)].force == Force::Law;
    let state = State::new(problem, limits);
    let best_alone = (0..16).filter(law).max_by(|a, b| state.gain(*a).total_cmp(&state.gain(*b)));
    assert!(first.contains(&best_alone.unwrap()), "those that avoid most come first");
    let found = best(&problem, &limits);
    assert_eq!(found.chosen.len(), 6);
    assert!(first.iter().all(|it| found.chosen.contains(it)));
    assert_eq!(found.over.len(), 11 - found.chosen.iter().filter(|it| law(it)).count());
    // With room for all of it, all of it is in.
    let all = best(&problem, &Limits { hours: 115.0, ..limits });
    assert!(all.over.is_empty() && all.chosen.iter().filter(|it| law(it)).count() == 11);
}

//! Branch and bound: the best plan, or a good one and how far from the best it may be.

use super::bound::{bound, open};
use super::greedy::{filled_best, greedy};
use super::problem::{Force, Limits, Problem};
use super::state::State;

/// Two values that differ by less than this share are the same.
const SAME: f64 = 1e-9;

/// The best plan that was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Best {
    /// Its items, in ascending order.
    pub chosen: Vec<u16>,
    /// US dollars a year that it avoids, less what it costs.
    pub value: f64,
    /// US dollars a year that it avoids.
    pub avoided: f64,
    /// No plan with the same forced items is worth more.
    pub upper: f64,
    /// It is the best.
    pub proved: bool,
    /// Steps of the search.
    pub nodes: u64,
    /// Items that had to be in and found no room.
    pub over: Vec<u16>,
}

/// Hours that anything takes, so that what takes none is not worth endlessly much an hour.
pub(in crate::risk) const LEAST_HOURS: f64 = 0.1;

/// The best plan under limits. Deterministic: it counts steps, never time.
pub fn best(problem: &Problem<'_>, limits: &Limits) -> Best {
    let forced = forced(State::new(*problem, *limits));
    let items: Vec<u16> = (0..).take(problem.items.len()).filter(|it| problem.may(*it)).collect();
    let start = greedy(&forced, &items);
    let mut search = Search {
        nodes: 0,
        most: limits.nodes,
        best: start.value(),
        found: start,
        unseen: f64::NEG_INFINITY,
    };
    search.visit(&forced, &items, f64::INFINITY);
    let upper = search.unseen.max(search.best);
    let over = (0..)
        .zip(problem.items)
        .filter(|(at, it)| it.force != Force::No && problem.may(*at) && !search.found.holds(*at));
    Best {
        over: over.map(|(at, _)| at).collect(),
        chosen: search.found.chosen(),
        value: search.found.value(),
        avoided: search.found.avoided,
        upper,
        proved: upper <= search.best + SAME * search.best.abs(),
        nodes: search.nodes,
    }
}

/// A good plan under limits, without a proof and without a search: the best of the greedy rules.
pub fn quick(problem: &Problem<'_>, limits: &Limits) -> Vec<u16> {
    let forced = forced(State::new(*problem, *limits));
    let items = (0..).take(problem.items.len()).filter(|it| problem.may(*it));
    filled_best(&forced, &items.collect::<Vec<u16>>()).chosen()
}

/// Takes what must be in: first what somebody chose, then what the law requires; of each those first
/// that avoid most for an hour.
pub(super) fn forced(mut state: State<'_>) -> State<'_> {
    let problem = state.problem;
    for force in [Force::Chosen, Force::Law] {
        let wanted =
            (0..).zip(problem.items).filter(|(at, it)| it.force == force && problem.may(*at));
        let mut wanted: Vec<u16> = wanted.map(|(at, _)| at).collect();
        let mut together: Vec<u16> = Vec::new();
        for item in wanted.iter().flat_map(|it| state.missing(*it)) {
            if !together.contains(&item) {
                together.push(item);
            }
        }
        let half = force == Force::Law && !state.fits(&together);
        let (room, money) = state.room();
        let within = |state: &State<'_>, bundle: &[u16]| {
            let (hours, dollars) = bundle.iter().fold((0.0, 0.0), |sum: (f64, f64), it| {
                let (hours, dollars) = state.takes(*it);
                (sum.0 + hours, sum.1 + dollars)
            });
            let (hours_left, money_left) = state.room();
            let spent = (room - hours_left + hours, money - money_left + dollars);
            state.fits(bundle) && (!half || (spent.0 <= room / 2.0 && spent.1 <= money / 2.0))
        };
        loop {
            wanted.retain(|it| !state.holds(*it));
            let bundles = wanted.iter().map(|it| (*it, state.missing(*it)));
            let fitting = bundles.filter(|(_, bundle)| within(&state, bundle));
            let for_an_hour = |(item, bundle): &(u16, Vec<u16>)| {
                let hours: f64 = bundle.iter().map(|it| state.takes(*it).0).sum();
                state.gain(*item) / (hours + LEAST_HOURS)
            };
            let next = fitting
                .max_by(|a, b| for_an_hour(a).total_cmp(&for_an_hour(b)).then(b.0.cmp(&a.0)));
            let Some((_, bundle)) = next else { break };
            for item in bundle {
                state.take(item);
            }
        }
    }
    state
}

struct Search<'a> {
    nodes: u64,
    most: u64,
    best: f64,
    found: State<'a>,
    /// The greatest bound of what was not looked at for want of steps.
    unseen: f64,
}

impl<'a> Search<'a> {
    /// All plans that hold what the state holds and otherwise only of these items.
    fn visit(&mut self, state: &State<'a>, items: &[u16], above: f64) {
        if self.nodes >= self.most {
            self.unseen = self.unseen.max(above);
            return;
        }
        self.nodes += 1;
        if state.value() > self.best {
            self.best = state.value();
            self.found = state.clone();
        }
        let open = open(state, items.iter().copied());
        let (most, next) = bound(state, &open);
        let most = (state.value() + most).min(above);
        if most <= self.best + SAME * self.best.abs() {
            return;
        }
        let Some(next) = next else { return };
        // What adds nothing now never will; it may still be needed by what does.
        let others: Vec<u16> = open.iter().map(|it| it.item).filter(|it| *it != next).collect();
        let bundle = state.missing(next);
        if state.fits(&bundle) {
            let mut with = state.clone();
            for item in bundle {
                with.take(item);
            }
            self.visit(&with, &others, most);
        }
        // Without it, what requires it cannot be in either.
        let problem = state.problem;
        let without: Vec<u16> =
            others.into_iter().filter(|it| !problem.closure(*it).contains(&next)).collect();
        self.visit(state, &without, most);
    }
}

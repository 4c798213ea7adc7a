//! Branch and bound: the best plan, or a good one and how far from the best it may be.

use super::bound::{Open, bound, open};
use super::greedy::{filled_best, greedy};
use super::problem::{Force, Limits, Problem};
use super::relax::Relaxed;
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

/// The best plan under limits. Deterministic: it counts steps, never time.
pub fn best(problem: &Problem<'_>, limits: &Limits) -> Best {
    search(problem, limits, greedy)
}

/// The best plan under limits where one is known that is likely good, such as the best of a problem that
/// is little different. Quicker; and never worse than the known one, if that fits with what is forced.
pub fn better(problem: &Problem<'_>, limits: &Limits, known: &[u16]) -> Best {
    search(problem, limits, |forced, items| {
        with(forced, known).unwrap_or_else(|| greedy(forced, items))
    })
}

fn search<'a>(
    problem: &Problem<'a>,
    limits: &Limits,
    start: impl Fn(&State<'a>, &[u16]) -> State<'a>,
) -> Best {
    let forced = forced(State::new(*problem, *limits));
    let items: Vec<u16> = (0..).take(problem.items.len()).filter(|it| problem.may(*it)).collect();
    let start = start(&forced, &items);
    let mut search = Search {
        nodes: 0,
        most: limits.nodes,
        best: start.value(),
        found: start,
        unseen: f64::NEG_INFINITY,
    };
    let like = Relaxed::unknown(problem.items.len());
    search.visit(&forced, &items, f64::INFINITY, &like);
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
            let for_an_hour = |(_, bundle): &(u16, Vec<u16>)| state.for_an_hour(bundle);
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
    fn visit(&mut self, state: &State<'a>, items: &[u16], above: f64, like: &Relaxed) {
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
        let enough = self.best + SAME * self.best.abs();
        let Some(next) = next.filter(|_| most > enough) else { return };
        let relaxed = Relaxed::of(state, &open, like, enough - state.value());
        let relaxed_most = state.value() + relaxed.most;
        let most = most.min(relaxed_most);
        if most <= enough {
            return;
        }
        // What adds nothing now never will; it may still be needed by what does.
        let priced = Priced::of(state, &open, &relaxed, relaxed_most - enough);
        if !priced.sure.is_empty() {
            if let Some(with) = with(state, &priced.sure) {
                self.visit(&with, &priced.free, most, &relaxed);
            }
            return;
        }
        let next =
            if priced.free.contains(&next) { Some(next) } else { priced.free.first().copied() };
        let Some(next) = next else { return };
        let at = open.iter().position(|it| it.item == next);
        let price = at.and_then(|at| relaxed.prices.get(at)).copied().unwrap_or_default();
        let others: Vec<u16> = priced.free.into_iter().filter(|it| *it != next).collect();
        if let Some(with) = with(state, &[next]) {
            self.visit(&with, &others, most.min(relaxed_most + price), &relaxed);
        }
        self.visit(state, &without(state, others, next), most.min(relaxed_most - price), &relaxed);
    }
}

/// What the prices of a relaxed answer say, where a plan can be better than the best known by so much at
/// most: items that every better plan holds, and items that one may hold.
struct Priced {
    sure: Vec<u16>,
    free: Vec<u16>,
}

impl Priced {
    fn of(state: &State<'_>, open: &[Open], relaxed: &Relaxed, spare: f64) -> Self {
        let with = |wanted: fn(f64, f64) -> bool| {
            let all = open.iter().zip(&relaxed.prices);
            all.filter(move |(_, price)| wanted(**price, spare)).map(|(it, _)| it.item)
        };
        let sure = with(|price, spare| price > spare).collect();
        let mut free: Vec<u16> = open.iter().map(|it| it.item).collect();
        for item in with(|price, spare| -price > spare) {
            free = without(state, free, item);
        }
        Self { sure, free }
    }
}

/// A set with more items and what they require; `None` if that does not fit.
fn with<'a>(state: &State<'a>, items: &[u16]) -> Option<State<'a>> {
    let mut with = state.clone();
    for item in items {
        let bundle = with.missing(*item);
        if !with.fits(&bundle) {
            return None;
        }
        bundle.into_iter().for_each(|it| with.take(it));
    }
    Some(with)
}

/// Items but one, which takes along what requires it.
fn without(state: &State<'_>, items: Vec<u16>, out: u16) -> Vec<u16> {
    items.into_iter().filter(|it| *it != out && !state.closure(*it).contains(&out)).collect()
}

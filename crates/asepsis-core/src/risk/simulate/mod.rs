//! Years that could be: for what no formula gives, the whole distribution of a year's loss. The same
//! events before and after an action, so that a difference is no accident.

mod curve;
mod residuals;
mod year;

pub use curve::{Curve, Curves, Moment, Point, curves};

use super::model::Model;
use super::study::Study;
use super::worlds::World;
use residuals::Layout;
use year::{Made, Shocks, Years};

/// How much is simulated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    /// Worlds, at most as many as the study has.
    pub worlds: usize,
    /// Years in each world; rounded up to a power of two.
    pub years: u32,
    /// Threads that share the work. The result is the same with any number.
    pub threads: usize,
}

impl Amount {
    /// A million years: 512 worlds of 2,048.
    pub const WHOLE: Self = Self { worlds: 512, years: 2_048, threads: 2 };
    /// Enough for a page that answers at once.
    pub const QUICK: Self = Self { worlds: 256, years: 1_024, threads: 1 };
}

/// A mean that was counted off simulated years.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Counted {
    /// The mean over all worlds.
    pub value: f64,
    /// Its standard error, from how worlds differ: no less than it is, since worlds are spread evenly.
    pub error: f64,
}

impl Counted {
    fn of(worlds: impl ExactSizeIterator<Item = f64> + Clone) -> Self {
        let n = worlds.len().max(1) as f64;
        let value = worlds.clone().sum::<f64>() / n;
        let squares: f64 = worlds.map(|it| (it - value) * (it - value)).sum();
        Self { value, error: squares.sqrt() / n }
    }
}

/// What every action avoids alone, in US dollars a year, counted off simulated events: each event keeps
/// a uniform number, and an action stops it where that number is above what the action leaves. For
/// checking the closed forms, and for speed beside other tools; what is shown is exact.
pub fn simulated_values(study: &Study, amount: Amount) -> Vec<Counted> {
    let worlds = worlds(&study.model, &study.worlds, amount, &Wanted::Values);
    let each =
        (0..study.model.controls.len()).map(|at| {
            Counted::of(worlds.iter().map(|it| {
                it.values.get(at).copied().unwrap_or_default() / f64::from(it.years.max(1))
            }))
        });
    each.collect()
}

/// What is wanted of simulated years.
enum Wanted<'a> {
    /// What each action alone avoids; nothing is kept of single years.
    Values,
    /// Every year, and again after the actions of a plan.
    Years(&'a [u16]),
}

/// Simulates each world by itself, and so with the same result on any number of threads.
fn worlds(model: &Model, all: &[World], amount: Amount, wanted: &Wanted<'_>) -> Vec<Made> {
    let (done, keep) = match wanted {
        Wanted::Values => (&[][..], false),
        Wanted::Years(done) => (*done, true),
    };
    let layout = Layout::of(model, done);
    let shocks = Shocks::of(model.shock, amount.years);
    let number = amount.worlds.min(all.len());
    let mut made = vec![Made::default(); number];
    let work = |first: usize, out: &mut [Made]| {
        for ((at, world), place) in all.iter().enumerate().skip(first).zip(out) {
            let left = layout.left(world, !keep);
            let years = Years::new(model, world, at as u64, left, &shocks, amount.years);
            *place = years.run(keep);
        }
    };
    let share = number.div_ceil(amount.threads.max(1)).max(1);
    if share >= number {
        work(0, &mut made);
        return made;
    }
    std::thread::scope(|scope| {
        for (chunk, out) in made.chunks_mut(share).enumerate() {
            let work = &work;
            scope.spawn(move || work(chunk * share, out));
        }
    });
    made
}

/// The key of a threat's streams: its name, which no action moves.
fn key(model: &Model, threat: usize) -> u64 {
    model
        .threats
        .get(threat)
        .map_or(0, |it| it.id.bytes().fold(0, |key, it| key << 8 | u64::from(it)))
}

#[cfg(test)]
mod tests;

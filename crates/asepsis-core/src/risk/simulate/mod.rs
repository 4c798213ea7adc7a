//! Years that could be: for what no formula gives, the whole distribution of a year's loss. The same
//! events before and after an action, so that a difference is no accident.

mod curve;
mod residuals;
mod year;

pub use curve::{Curve, Curves, Moment, Point, curves};

use super::model::Model;
use super::study::Study;
use residuals::Residuals;
use year::{Made, Years};

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
    pub const QUICK: Self = Self { worlds: 256, years: 256, threads: 1 };
}

/// What every action avoids alone, in US dollars a year, counted off simulated events: each event keeps
/// a uniform number, and an action stops it where that number is above what the action leaves. For
/// checking the closed forms, and for speed beside other tools; what is shown is exact.
pub fn simulated_values(study: &Study, amount: Amount) -> Vec<f64> {
    let worlds = worlds(study, amount, &[], true);
    let years: f64 = worlds.iter().map(|it| f64::from(it.years)).sum();
    let mut values = vec![0.0; study.model.controls.len()];
    for world in &worlds {
        for (value, of) in values.iter_mut().zip(&world.values) {
            *value += of;
        }
    }
    values.into_iter().map(|it| it / years.max(1.0)).collect()
}

/// Simulates each world by itself. `done` are the actions after which the same years are told again.
fn worlds(study: &Study, amount: Amount, done: &[u16], values: bool) -> Vec<Made> {
    let model = &study.model;
    let number = amount.worlds.min(study.worlds.len());
    let mut made = vec![Made::default(); number];
    let share = number.div_ceil(amount.threads.max(1)).max(1);
    let work = |first: usize, out: &mut [Made]| {
        for (world, place) in (first..).zip(out) {
            let Some(it) = study.worlds.get(world) else { continue };
            let left = Residuals::of(model, it, done, values);
            *place = Years::new(model, it, world as u64, &left).run(amount.years);
        }
    };
    if amount.threads <= 1 {
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

/// The key of a threat's streams: its place in the list of HICP, which no action moves.
fn key(model: &Model, threat: usize) -> u64 {
    model
        .threats
        .get(threat)
        .map_or(0, |it| it.id.bytes().fold(0, |key, it| key << 8 | u64::from(it)))
}

//! The years of one world: how many events, what each costs, what an action would have stopped.

use super::super::model::Model;
use super::super::number::special::normal_quantile;
use super::super::number::{LogNormal, Poisson, Sobol, Stream, mixed};
use super::super::worlds::World;
use super::key;
use super::residuals::{Residuals, Share};

/// Purposes of streams, so that none is used twice.
const SHOCK: u64 = 1;
const EVENTS: u64 = 2;

/// What came out of one world.
#[derive(Clone, Debug, Default)]
pub(super) struct Made {
    pub(super) years: u32,
    /// US dollars of each year that had a loss.
    pub(super) losses: Vec<f64>,
    /// Of the same years, by threat; as many for each year as there are threats.
    pub(super) by_threat: Vec<f32>,
    /// US dollars after the plan of each year that still has a loss.
    pub(super) after: Vec<f64>,
    /// Days of disturbed care of each year that has any, now and after the plan.
    pub(super) care: Vec<f64>,
    pub(super) care_after: Vec<f64>,
    /// US dollars that each action alone avoids, over all years.
    pub(super) values: Vec<f64>,
}

/// One threat of one world, ready to run.
struct Lane {
    sobol: Sobol,
    stream: Stream,
    /// Events a year of each route now, before the year's shock.
    rates: [f64; 2],
    /// How much of a loss is left, now and after the plan, by route.
    much: ((f64, f64), (f64, f64)),
    /// The share of the events that the plan leaves, by route.
    kept: (f64, f64),
    shocked: bool,
    amount: LogNormal,
    cap: f64,
    care: Option<LogNormal>,
    tallies: [Tally; 2],
}

/// The years of one world.
pub(super) struct Years {
    lanes: Vec<Lane>,
    shock: Stream,
    shape: super::super::number::Gamma,
    controls: usize,
}

impl Years {
    pub(super) fn new(model: &Model, world: &World, number: u64, left: &Residuals) -> Self {
        let lane = |(at, it): (usize, &super::super::ThreatWorld)| {
            let threat = model.threats.get(at);
            let by_vendor = threat.is_some_and(|it| it.by_vendor);
            let vendor = if by_vendor { world.vendor } else { 0.0 };
            let share = |of: &[[Share; 2]]| of.get(at).copied().unwrap_or([(1.0, 1.0); 2]);
            let [own, other] = share(&left.now);
            let [own_after, other_after] = share(&left.after);
            let name = key(model, at);
            let alone = left.alone.get(at).cloned().unwrap_or_default();
            Lane {
                sobol: Sobol::new(mixed(&[model.seed, number, name]), 1),
                stream: Stream::new(model.seed, number, name, EVENTS),
                rates: [it.rate * (1.0 - vendor) * own.0, it.rate * vendor * other.0],
                much: ((own.1, own_after.1), (other.1, other_after.1)),
                kept: (own_after.0 / own.0, other_after.0 / other.0),
                shocked: threat.is_some_and(|it| it.shocked),
                amount: it.amount,
                cap: it.cap,
                care: it.care,
                tallies: alone.map(|it| Tally::new(&it)),
            }
        };
        Self {
            lanes: world.threats.iter().enumerate().map(lane).collect(),
            shock: Stream::new(model.seed, number, 0, SHOCK),
            shape: model.shock,
            controls: left.controls,
        }
    }

    /// Lives so many years, rounded up to a power of two.
    pub(super) fn run(mut self, years: u32) -> Made {
        let years = years.clamp(1, 1 << 20).next_power_of_two();
        for lane in &mut self.lanes {
            lane.sobol = lane.sobol.with_points(years);
        }
        let mut made = Made { years, ..Made::default() };
        let mut losses = vec![0.0; self.lanes.len()];
        for year in 0..years {
            let shock = self.shock.gamma(self.shape);
            losses.fill(0.0);
            let (mut after, mut care, mut care_after) = (0.0, 0.0, 0.0);
            for (lane, loss) in self.lanes.iter_mut().zip(&mut losses) {
                let [own, other] = lane.rates;
                let mean = (own + other) * if lane.shocked { shock } else { 1.0 };
                let uniform = lane.sobol.at(year, 0);
                // 1 - mean is never above the chance of none: most years need no exponential.
                if mean <= 0.0 || uniform <= 1.0 - mean {
                    continue;
                }
                for event in 0..Poisson::new(mean).quantile(uniform) {
                    let deviate = if event == 0 {
                        normal_quantile(lane.sobol.at(year, 1))
                    } else {
                        lane.stream.normal()
                    };
                    let route = usize::from(lane.stream.uniform() * (own + other) >= own);
                    let fate = lane.stream.uniform();
                    let whole = lane.amount.at(deviate).min(lane.cap);
                    let (now, then) = if route == 0 { lane.much.0 } else { lane.much.1 };
                    let stays = fate < if route == 0 { lane.kept.0 } else { lane.kept.1 };
                    *loss += whole * now;
                    after += if stays { whole * then } else { 0.0 };
                    if let Some(days) = lane.care {
                        let days = days.at(lane.stream.normal());
                        care += days * now;
                        care_after += if stays { days * then } else { 0.0 };
                    }
                    if let Some(tally) = lane.tallies.get_mut(route) {
                        tally.note(fate, whole * now);
                    }
                }
            }
            made.note(&losses, after, care, care_after);
        }
        made.values = vec![0.0; self.controls];
        for tally in self.lanes.iter().flat_map(|it| &it.tallies) {
            tally.add_to(&mut made.values);
        }
        made
    }
}

impl Made {
    fn note(&mut self, losses: &[f64], after: f64, care: f64, care_after: f64) {
        let loss: f64 = losses.iter().sum();
        if loss > 0.0 {
            self.losses.push(loss);
            self.by_threat.extend(losses.iter().map(|it| *it as f32));
        }
        for (of, value) in
            [(&mut self.after, after), (&mut self.care, care), (&mut self.care_after, care_after)]
        {
            if value > 0.0 {
                of.push(value);
            }
        }
    }
}

/// Losses on one route by the fate of their event, so that each event is noted once and not once for
/// each action: an action stops the events whose fate is at or above what it leaves.
#[derive(Clone, Debug, Default)]
struct Tally {
    /// What actions leave of how often, ascending.
    marks: Vec<f64>,
    /// US dollars of events by the number of marks at or below their fate.
    dollars: Vec<f64>,
    /// The actions: item, its mark's position, what it leaves of how much.
    actions: Vec<(usize, usize, f64)>,
}

impl Tally {
    fn new(alone: &[(usize, Share)]) -> Self {
        let mut marks: Vec<f64> = alone.iter().map(|(_, (often, _))| *often).collect();
        marks.sort_by(f64::total_cmp);
        marks.dedup();
        let place = |often: f64| marks.partition_point(|it| *it < often);
        let actions = alone.iter().map(|(item, (often, much))| (*item, place(*often), *much));
        let actions = actions.collect();
        Self { dollars: vec![0.0; marks.len() + 1], actions, marks }
    }

    fn note(&mut self, fate: f64, dollars: f64) {
        let place = self.marks.partition_point(|it| *it <= fate);
        if let Some(it) = self.dollars.get_mut(place) {
            *it += dollars;
        }
    }

    fn add_to(&self, values: &mut [f64]) {
        // Dollars of events that an action leaves are those with fewer marks than its own.
        let below: Vec<f64> = std::iter::once(0.0)
            .chain(self.dollars.iter().scan(0.0, |sum, it| {
                *sum += it;
                Some(*sum)
            }))
            .collect();
        let all = below.last().copied().unwrap_or_default();
        for (item, mark, much) in &self.actions {
            let left = below.get(mark + 1).copied().unwrap_or(all);
            if let Some(value) = values.get_mut(*item) {
                *value += (all - left) + left * (1.0 - much);
            }
        }
    }
}

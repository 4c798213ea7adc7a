//! The years of one world: how many events, what each costs, what an action would have stopped.

use super::super::model::Model;
use super::super::number::special::{gamma_lower, normal_quantile};
use super::super::number::{Gamma, LogNormal, Poisson, Sobol, Stream, mixed};
use super::super::worlds::World;
use super::key;
use super::residuals::{Residuals, Share};

/// Purposes of streams, so that none is used twice.
const SHOCK: u64 = 1;
const EVENTS: u64 = 2;

/// Most different shocks of a year.
const SHOCKS: u32 = 1_024;

/// What came out of one world. Losses and days are of the years that have any, the worst first.
#[derive(Clone, Debug, Default)]
pub(super) struct Made {
    pub(super) years: u32,
    /// US dollars.
    pub(super) losses: Vec<f64>,
    /// US dollars by threat, of each year with a loss, as they came; as many for each year as there are
    /// threats.
    pub(super) by_threat: Vec<f32>,
    /// US dollars after the plan.
    pub(super) after: Vec<f64>,
    /// Days of disturbed care, now and after the plan.
    pub(super) care: Vec<f64>,
    pub(super) care_after: Vec<f64>,
    /// US dollars that each action alone avoids, over all years.
    pub(super) values: Vec<f64>,
}

/// The good and the bad years that there may be: a year's shock is the mean of one of many equal parts
/// of its distribution. So the mean over the parts is that of the distribution, and in every world.
#[derive(Clone, Debug)]
pub(super) struct Shocks {
    means: Vec<f64>,
}

impl Shocks {
    /// For so many years in each world.
    pub(super) fn of(gamma: Gamma, years: u32) -> Self {
        let parts = rounded(years).min(SHOCKS);
        // The share of the mean below a quantile is the next shape's share below it.
        let below = |part: u32| match part {
            0 => 0.0,
            _ if part == parts => 1.0,
            _ => {
                let quantile = gamma.quantile(f64::from(part) / f64::from(parts));
                gamma_lower(gamma.shape + 1.0, quantile * gamma.rate)
            }
        };
        let marks: Vec<f64> = (0..=parts).map(below).collect();
        let scale = gamma.mean() * f64::from(parts);
        let means = marks.windows(2).map(|it| match it {
            [low, high] => (high - low) * scale,
            _ => 0.0,
        });
        Self { means: means.collect() }
    }

    /// The shock at a uniform number.
    pub(super) fn at(&self, uniform: f64) -> f64 {
        let part = (uniform * self.means.len() as f64) as usize;
        self.means.get(part).copied().unwrap_or(1.0)
    }

    fn worst(&self) -> f64 {
        self.means.last().copied().unwrap_or(1.0)
    }
}

/// One threat of one world, ready to run.
#[derive(Debug)]
struct Lane {
    points: Sobol,
    /// Seed of the model, number of the world, name of the threat.
    keys: [u64; 3],
    /// Events a year now, before the year's shock, and the share that comes by its own doors.
    rate: f64,
    own: f64,
    shocked: bool,
    amount: LogNormal,
    cap: f64,
    care: Option<LogNormal>,
    routes: [Way; 2],
}

/// One route of a threat.
#[derive(Debug, Default)]
struct Way {
    /// How much of a loss is left, now and after the plan.
    much: f64,
    much_after: f64,
    /// The share of the events that the plan leaves.
    kept: f64,
    tally: Tally,
}

/// The years of one world.
#[derive(Debug)]
pub(super) struct Years<'a> {
    lanes: Vec<Lane>,
    season: Season<'a>,
    years: u32,
    controls: usize,
}

/// Which year has which shock.
#[derive(Clone, Copy, Debug)]
struct Season<'a> {
    shocks: &'a Shocks,
    order: Sobol,
}

/// What one year adds up to.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    loss: f64,
    after: f64,
    care: f64,
    care_after: f64,
}

/// All years of a world; nothing where single years are not asked for.
struct Told {
    years: Vec<Sums>,
    by_threat: Vec<f32>,
    threats: usize,
}

impl<'a> Years<'a> {
    pub(super) fn new(
        model: &Model,
        world: &World,
        number: u64,
        left: Residuals,
        shocks: &'a Shocks,
        years: u32,
    ) -> Self {
        let years = rounded(years);
        let mut alone = left.alone.into_iter();
        let each = world.threats.iter().zip(&model.threats).enumerate();
        let lanes = each.map(|(at, (it, threat))| {
            let vendor = if threat.by_vendor { world.vendor } else { 0.0 };
            let share = |of: &[[Share; 2]]| of.get(at).copied().unwrap_or([(1.0, 1.0); 2]);
            let ([own, other], [own_after, other_after]) = (share(&left.now), share(&left.after));
            let name = key(model, at);
            let rates = [it.rate * (1.0 - vendor) * own.0, it.rate * vendor * other.0];
            let rate: f64 = rates.iter().sum();
            let [tally, other_tally] = alone.next().unwrap_or_default().map(|it| Tally::new(&it));
            let way = |now: Share, after: Share, tally| Way {
                much: now.1,
                much_after: after.1,
                kept: after.0 / now.0,
                tally,
            };
            Lane {
                points: Sobol::new(mixed(&[model.seed, number, name]), years),
                keys: [model.seed, number, name],
                rate,
                own: if rate > 0.0 { rates[0] / rate } else { 1.0 },
                shocked: threat.shocked,
                amount: it.amount,
                cap: it.cap,
                care: it.care,
                routes: [way(own, own_after, tally), way(other, other_after, other_tally)],
            }
        });
        let order = Sobol::new(mixed(&[model.seed, number, 0, SHOCK]), years);
        Self {
            lanes: lanes.collect(),
            season: Season { shocks, order },
            years,
            controls: model.controls.len(),
        }
    }

    /// Lives them; what each year had is kept only where it is asked for.
    pub(super) fn run(mut self, keep: bool) -> Made {
        let threats = self.lanes.len();
        let number = if keep { self.years as usize } else { 0 };
        let mut told = Told {
            years: vec![Sums::default(); number],
            by_threat: vec![0.0; number * threats],
            threats,
        };
        for (at, lane) in self.lanes.iter_mut().enumerate() {
            lane.run(at, &self.season, &mut told);
        }
        let mut made = Made { years: self.years, ..Made::default() };
        made.note(&told);
        made.values = vec![0.0; self.controls];
        for way in self.lanes.iter().flat_map(|it| &it.routes) {
            way.tally.add_to(&mut made.values);
        }
        made
    }
}

impl Lane {
    /// Goes through the years from the most eventful down to where none has an event.
    fn run(&mut self, at: usize, season: &Season<'_>, told: &mut Told) {
        if self.rate <= 0.0 {
            return;
        }
        let worst = if self.shocked { season.shocks.worst() } else { 1.0 };
        // 1 - mean is never above the chance of none.
        let quiet = (1.0 - self.rate * worst).max(0.0);
        let years = self.points.points();
        let plain = Poisson::new(self.rate);
        for step in (quiet * f64::from(years)) as u32..years {
            let (uniform, first) = self.points.in_step(step);
            let year = self.points.place(step);
            let count = if self.shocked {
                let mean = self.rate * season.shocks.at(season.order.at(year, 0));
                if uniform <= 1.0 - mean {
                    continue;
                }
                Poisson::new(mean)
            } else {
                plain
            };
            let events = count.quantile(uniform);
            if events > 0 {
                let sums = self.live(year, events, first);
                told.add(year as usize, at, sums);
            }
        }
    }

    /// So many events of a year. Each year has a stream of its own, so that an event more in one moves
    /// nothing in another. What the first costs is spread evenly over the years that have an event.
    fn live(&mut self, year: u32, events: u64, first: f64) -> Sums {
        let [seed, number, name] = self.keys;
        let mut stream = Stream::new(seed, number, name, EVENTS << 32 | u64::from(year));
        let mut sums = Sums::default();
        for event in 0..events {
            let deviate = if event == 0 { normal_quantile(first) } else { stream.normal() };
            let [own, other] = &mut self.routes;
            let way = if stream.uniform() < self.own { own } else { other };
            let fate = stream.uniform();
            let stays = fate < way.kept;
            let whole = self.amount.at(deviate).min(self.cap);
            sums.loss += whole * way.much;
            sums.after += if stays { whole * way.much_after } else { 0.0 };
            if let Some(days) = self.care {
                let days = days.at(stream.normal());
                sums.care += days * way.much;
                sums.care_after += if stays { days * way.much_after } else { 0.0 };
            }
            way.tally.note(fate, whole * way.much);
        }
        sums
    }
}

impl Told {
    fn add(&mut self, year: usize, threat: usize, sums: Sums) {
        if let Some(it) = self.years.get_mut(year) {
            it.loss += sums.loss;
            it.after += sums.after;
            it.care += sums.care;
            it.care_after += sums.care_after;
        }
        if let Some(it) = self.by_threat.get_mut(year * self.threats + threat) {
            *it = sums.loss as f32;
        }
    }
}

impl Made {
    fn note(&mut self, told: &Told) {
        for (sums, row) in told.years.iter().zip(told.by_threat.chunks(told.threats.max(1))) {
            if sums.loss > 0.0 {
                self.by_threat.extend_from_slice(row);
            }
            for (of, value) in [
                (&mut self.losses, sums.loss),
                (&mut self.after, sums.after),
                (&mut self.care, sums.care),
                (&mut self.care_after, sums.care_after),
            ] {
                if value > 0.0 {
                    of.push(value);
                }
            }
        }
        for of in [&mut self.losses, &mut self.after, &mut self.care, &mut self.care_after] {
            of.sort_unstable_by(|a, b| b.total_cmp(a));
            of.shrink_to_fit();
        }
        self.by_threat.shrink_to_fit();
    }
}

/// So many years that points are even over them.
fn rounded(years: u32) -> u32 {
    years.clamp(1, 1 << 20).next_power_of_two()
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
        // An action leaves the events with at most as many marks below their fate as it has below its own.
        let below: Vec<f64> = self
            .dollars
            .iter()
            .scan(0.0, |sum, it| {
                *sum += it;
                Some(*sum)
            })
            .collect();
        let all = below.last().copied().unwrap_or_default();
        for (item, mark, much) in &self.actions {
            let left = below.get(*mark).copied().unwrap_or(all);
            if let Some(value) = values.get_mut(*item) {
                *value += (all - left) + left * (1.0 - much);
            }
        }
    }
}

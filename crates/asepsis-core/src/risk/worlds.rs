//! Plausible worlds: every number that is in doubt, drawn once. Ranges and confidence come from these.
//!
//! Each number has a stream of its own, keyed by what it is the number of. So an action that comes or
//! goes moves no other number, and the same model gives the same worlds on any number of threads.

use super::control::Control;
use super::exposure::{Means, means_with};
use super::loss::spread_at;
use super::model::{Model, ThreatModel};
use super::number::special::normal_quantile;
use super::number::{LogNormal, Stream, exp};
use super::numbers::{Numbers, Rule};
use super::terms::{LossTerms, terms_with};
use crate::catalog::EffectOn;
use crate::hash::Hash;

/// How many worlds are drawn unless said: either end of a 90 % range then has 25 of them beyond it.
pub const WORLDS: usize = 512;

/// One world: nothing is in doubt in it but what happens.
#[derive(Clone, Debug, PartialEq)]
pub struct World {
    /// In the model's order.
    pub threats: Vec<ThreatWorld>,
    /// In the model's order.
    pub controls: Vec<ControlWorld>,
    /// Share of events that come in through a vendor, for threats that can.
    pub vendor: f64,
}

/// One threat in one world.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ThreatWorld {
    /// Events a year if the organization were as well guarded as most, in a year like others.
    pub rate: f64,
    /// US dollars for each event.
    pub amount: LogNormal,
    /// No event costs more.
    pub cap: f64,
    /// Days of disturbed care for each event.
    pub care: Option<LogNormal>,
    /// How much controls overlap.
    pub overlap: f64,
}

/// One control in one world.
#[derive(Clone, Debug, PartialEq)]
pub struct ControlWorld {
    /// How far it is there.
    pub coverage: f64,
    /// What each of its effects stops when it is fully there.
    pub effects: Vec<f64>,
}

/// Draws so many worlds.
pub fn worlds(model: &Model, number: usize) -> Vec<World> {
    let vendor = Draw::new(model, number, &["vendor"]).of(|stream| stream.beta(model.vendor));
    let threats: Vec<Vec<ThreatWorld>> =
        model.threats.iter().map(|it| threat_worlds(model, it, number)).collect();
    let controls: Vec<Vec<ControlWorld>> =
        model.controls.iter().map(|it| control_worlds(model, it, number)).collect();
    let at = |world: usize| World {
        threats: threats.iter().filter_map(|it| it.get(world).copied()).collect(),
        controls: controls.iter().filter_map(|it| it.get(world).cloned()).collect(),
        vendor: vendor.get(world).copied().unwrap_or_default(),
    };
    (0..number).map(at).collect()
}

fn threat_worlds(model: &Model, threat: &ThreatModel, number: usize) -> Vec<ThreatWorld> {
    let draw = |of: &str| Draw::new(model, number, &[&threat.id, of]).even();
    let (ratio, doubt) = threat.covariate;
    let normals = |of: &str| draw(of).into_iter().map(normal_quantile).collect::<Vec<f64>>();
    let rates: Vec<f64> = draw("rate").into_iter().map(|u| threat.rate.quantile(u)).collect();
    let overlaps: Vec<f64> =
        draw("overlap").into_iter().map(|u| model.overlap.quantile(u)).collect();
    let (drifts, factors) = (normals("drift"), normals("covariate"));
    let (medians, sigmas) = (normals("median"), normals("sigma"));
    let mean_one = |sigma: f64, z: f64| exp(sigma * z - sigma * sigma / 2.0);
    let each = rates.iter().zip(&overlaps).zip(&drifts).zip(&factors).zip(&medians).zip(&sigmas);
    each.map(|(((((rate, overlap), drift), factor), median), sigma)| ThreatWorld {
        rate: if threat.applies {
            rate * ratio * mean_one(threat.drift, *drift) * mean_one(doubt, *factor)
        } else {
            0.0
        },
        amount: LogNormal {
            mu: threat.loss.amount.mu + threat.loss.median_doubt * median,
            sigma: spread_at(&threat.loss, *sigma),
        },
        cap: threat.loss.cap,
        care: threat.care,
        overlap: *overlap,
    })
    .collect()
}

fn control_worlds(model: &Model, control: &Control, number: usize) -> Vec<ControlWorld> {
    let id = control.action.as_str();
    let coverage = Draw::new(model, number, &[id, "coverage"]);
    let coverage = coverage.of(|stream| stream.beta(control.coverage));
    let effects: Vec<Vec<f64>> = control
        .effects
        .iter()
        .map(|it| {
            let threat = model.threats.get(it.threat).map_or("", |it| it.id.as_str());
            let on = if it.on == EffectOn::Frequency { "frequency" } else { "loss" };
            Draw::new(model, number, &[id, threat, on]).of(|stream| stream.beta(it.share))
        })
        .collect();
    let at = |(world, coverage): (usize, f64)| ControlWorld {
        coverage,
        effects: effects.iter().filter_map(|it| it.get(world).copied()).collect(),
    };
    coverage.into_iter().enumerate().map(at).collect()
}

/// The draws of one number, one for each world.
struct Draw {
    seed: u64,
    number: usize,
    key: u64,
}

impl Draw {
    /// Of what it is the number, in words that no other number has.
    fn new(model: &Model, number: usize, of: &[&str]) -> Self {
        let words: Vec<&[u8]> = of.iter().flat_map(|it| [it.as_bytes(), b"\n"]).collect();
        let key = Hash::of(&words).0.first_chunk().map_or(0, |it| u64::from_be_bytes(*it));
        Self { seed: model.seed, number, key }
    }

    /// One from each of as many equal parts of 0 to 1, in an order of its own: what the worlds say
    /// together of one number is then much steadier than if each were drawn by itself.
    fn even(&self) -> Vec<f64> {
        let mut stream = Stream::new(self.seed, self.key, 0, 0);
        let mut order: Vec<usize> = (0..self.number).collect();
        for last in (1..self.number).rev() {
            let other = (stream.uniform() * (last + 1) as f64) as usize;
            order.swap(last, other.min(last));
        }
        let within =
            order.into_iter().map(|it| (it as f64 + stream.uniform()) / self.number as f64);
        within.collect()
    }

    /// One drawn for each world by itself, each from a stream of its own.
    fn of(&self, draw: impl Fn(&mut Stream) -> f64) -> Vec<f64> {
        let worlds = 0..self.number as u64;
        worlds.map(|world| draw(&mut Stream::new(self.seed, self.key, world + 1, 0))).collect()
    }
}

impl World {
    /// The means of a year in this world, with the controls as they stand.
    pub fn means(&self, model: &Model) -> Vec<Means> {
        means_with(model, self)
    }

    /// What each action can take away in this world.
    pub fn terms(&self, model: &Model) -> LossTerms {
        terms_with(model, self)
    }
}

impl Numbers for World {
    fn overlap(&self, threat: usize) -> Rule {
        vec![(self.threats.get(threat).map_or(1.0, |it| it.overlap), 1.0)]
    }

    fn coverage(&self, control: usize) -> Rule {
        self.controls.get(control).map(|it| (it.coverage, 1.0)).into_iter().collect()
    }

    fn effect(&self, control: usize, effect: usize) -> Rule {
        let share = self.controls.get(control).and_then(|it| it.effects.get(effect));
        share.map(|it| (*it, 1.0)).into_iter().collect()
    }

    fn vendor(&self) -> f64 {
        self.vendor
    }

    fn rate(&self, threat: usize) -> f64 {
        self.threats.get(threat).map_or(0.0, |it| it.rate)
    }

    fn loss(&self, threat: usize) -> f64 {
        self.threats.get(threat).map_or(0.0, |it| it.amount.mean_capped(it.cap))
    }

    fn care(&self, threat: usize) -> f64 {
        let days = self.threats.get(threat).and_then(|it| it.care);
        days.map_or(0.0, |it| it.mean())
    }
}

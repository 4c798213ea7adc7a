//! What controls leave of a threat, relative to an organization that has them as the sector has them.
//!
//! ```text
//! R = floor + (1 - floor) · prod_a ((1 - e_a c_a) / (1 - e_a cbar_a)) ^ kappa      (frequency; loss alike)
//! ```
//!
//! `e` is the effect, `c` the coverage here, `cbar` the sector's adoption, `kappa` the overlap. Where
//! c = cbar the factor is 1 for every `e` and `kappa`: the average organization is at the sector's rate.
//! Given kappa, controls are independent; frequency and loss share coverage, so that their product is
//! averaged with them.

use super::model::{Model, ThreatModel};
use super::number::{exp, ln};
use super::numbers::{Numbers, Rule};
use crate::catalog::{EffectOn, Route};

/// The ways of an event, by position: 0 = own doors, 1 = a vendor.
const ROUTES: [Route; 2] = [Route::Own, Route::Vendor];

/// What is left: of how often, of how much, and of both together.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Left {
    pub(super) often: f64,
    pub(super) much: f64,
    pub(super) both: f64,
}

impl Left {
    /// Nothing is taken away.
    pub(super) const ALL: Self = Self { often: 1.0, much: 1.0, both: 1.0 };

    pub(super) fn times(self, other: Self) -> Self {
        Self {
            often: self.often * other.often,
            much: self.much * other.much,
            both: self.both * other.both,
        }
    }
}

/// What one control leaves of one threat on one route, for each share of it that may still be missing.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub(super) control: usize,
    pub(super) threat: usize,
    pub(super) route: usize,
    /// By the shares that were asked for, the first being the present; then by node of the overlap.
    pub(super) left: Vec<Vec<Left>>,
}

/// All controls against all threats, by control. `missing` names for each control the shares of what is
/// missing now that may still be missing; the first must be 1, the present.
pub(super) fn cells(
    model: &Model,
    numbers: &impl Numbers,
    missing: impl Fn(usize) -> Vec<f64>,
) -> Vec<Cell> {
    let overlaps: Vec<Rule> = (0..model.threats.len()).map(|it| numbers.overlap(it)).collect();
    let controls = 0..model.controls.len();
    controls.flat_map(|it| cells_of(model, numbers, &overlaps, it, &missing(it))).collect()
}

/// One control against all threats.
pub(super) fn cells_of(
    model: &Model,
    numbers: &impl Numbers,
    overlaps: &[Rule],
    position: usize,
    missing: &[f64],
) -> Vec<Cell> {
    let Some(control) = model.controls.get(position).filter(|it| !it.effects.is_empty()) else {
        return Vec::new();
    };
    let effects: Vec<Rule> =
        (0..control.effects.len()).map(|it| numbers.effect(position, it)).collect();
    let coverage = numbers.coverage(position);
    let mut cells = Vec::new();
    for (threat, it) in model.threats.iter().enumerate().filter(|(_, it)| it.applies) {
        for (route, way) in ways(it) {
            let rule = |on: EffectOn| {
                let hits = |effect: &super::ControlEffect| {
                    let reaches = effect.route == way || effect.route == Route::Both;
                    effect.threat == threat && effect.on == on && reaches
                };
                effects.get(control.effects.iter().position(hits)?)
            };
            let against = Against {
                adoption: control.adoption,
                coverage: &coverage,
                often: rule(EffectOn::Frequency),
                much: rule(EffectOn::Loss),
                overlap: overlaps.get(threat).map_or(&[], Vec::as_slice),
            };
            if against.often.is_some() || against.much.is_some() {
                let left = missing.iter().map(|it| against.left(*it)).collect();
                cells.push(Cell { control: position, threat, route, left });
            }
        }
    }
    cells
}

/// The routes on which a threat comes.
pub(super) fn ways(threat: &ThreatModel) -> impl Iterator<Item = (usize, Route)> {
    ROUTES.into_iter().enumerate().take(if threat.by_vendor { 2 } else { 1 })
}

/// One control against one threat on one route.
struct Against<'a> {
    adoption: f64,
    coverage: &'a Rule,
    often: Option<&'a Rule>,
    much: Option<&'a Rule>,
    overlap: &'a [(f64, f64)],
}

impl Against<'_> {
    /// The mean of what is left at each node of the overlap when of what is missing of the control
    /// only this share is still missing.
    fn left(&self, missing: f64) -> Vec<Left> {
        let mut sums = vec![Left::default(); self.overlap.len()];
        for (coverage, weight) in self.coverage {
            let coverage = 1.0 - (1.0 - coverage) * missing;
            let often = self.node(self.often, coverage);
            let much = self.node(self.much, coverage);
            for ((sum, often), much) in sums.iter_mut().zip(often).zip(much) {
                sum.often += weight * often;
                sum.much += weight * much;
                sum.both += weight * often * much;
            }
        }
        sums
    }

    /// At one coverage, the mean over the effect, at each node of the overlap.
    fn node(&self, effect: Option<&Rule>, coverage: f64) -> Vec<f64> {
        let Some(effect) = effect else { return vec![1.0; self.overlap.len()] };
        let mut means = vec![0.0; self.overlap.len()];
        for (share, weight) in effect {
            let log = ln((1.0 - share * coverage) / (1.0 - share * self.adoption));
            for (mean, (kappa, _)) in means.iter_mut().zip(self.overlap) {
                *mean += weight * exp(kappa * log);
            }
        }
        means
    }
}

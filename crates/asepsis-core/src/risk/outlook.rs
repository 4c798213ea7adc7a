//! The outlook of one organization: its five threats in figures, what each action is worth alone, and how
//! sure any of that is. The means are exact; ranges are the middle 90 % of plausible worlds.

use std::collections::BTreeMap;

use serde::Serialize;

use super::exposure::Means;
use super::figure::{Figure, Grounds};
use super::model::{Model, ThreatModel};
use super::number::{exp, pow};
use super::study::Study;
use super::terms::LossTerms;
use crate::catalog::Catalog;

/// How many actions count as the best.
pub const BEST: usize = 5;

/// The outlook of one organization, before any plan.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Outlook {
    /// In how many plausible worlds ranges and shares were counted.
    pub worlds: usize,
    /// The five, in the catalog's order.
    pub threats: Vec<Exposure>,
    /// All five together.
    pub all: Together,
    /// What each action that is left to do is worth, alone and now: the most valuable first.
    pub actions: Vec<ActionValue>,
}

/// How much one threat threatens this organization.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Exposure {
    /// `T1` to `T5`.
    pub threat: String,
    /// It can happen here at all.
    pub applies: bool,
    /// Events with a loss in a year.
    pub events: Figure,
    /// Chance of one or more in a year.
    pub chance: Figure,
    /// US dollars in a year.
    pub loss: Figure,
    /// Days of disturbed care in a year.
    pub care_days: Figure,
    /// Share of the worlds in which it costs most of the five.
    pub costliest: Figure,
}

/// All threats together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Together {
    /// US dollars in a year.
    pub loss: Figure,
    /// Days of disturbed care in a year.
    pub care_days: Figure,
    /// Share of the years without any loss.
    pub loss_free: Figure,
}

/// What one action is worth.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ActionValue {
    /// The action's id.
    pub action: String,
    /// US dollars a year that it avoids, if it alone is done now.
    pub avoided: Figure,
    /// By threat, US dollars a year; only those on which it works.
    pub by_threat: Vec<(String, Figure)>,
    /// Share of the worlds in which it is among the best five by what it avoids.
    pub among_best: Figure,
}

impl Outlook {
    /// The outlook of a study.
    pub fn of(catalog: &Catalog, study: &Study) -> Self {
        Self {
            worlds: study.worlds.len(),
            threats: exposures(study),
            all: together(study),
            actions: values(catalog, study),
        }
    }

    /// What one action is worth.
    pub fn action(&self, id: &str) -> Option<&ActionValue> {
        self.actions.iter().find(|it| it.action == id)
    }

    /// The threat that costs most, if it does so in enough worlds to say so; else `None`: undecided.
    pub fn leader(&self) -> Option<&Exposure> {
        self.threats.iter().find(|it| it.costliest.value >= DECIDED)
    }
}

/// In so many worlds one threat must cost most before it is named the costliest (our judgment).
const DECIDED: f64 = 0.8;

fn exposures(study: &Study) -> Vec<Exposure> {
    let (model, each) = (&study.model, &study.means_in);
    let tops: Vec<Option<usize>> = each.iter().map(|it| costliest(it)).collect();
    let threats = model.threats.iter().zip(&study.means).enumerate();
    threats
        .map(|(at, (threat, mean))| {
            let of =
                |pick: fn(&Means) -> f64| range(each.iter().filter_map(|it| it.get(at)).map(pick));
            let grounds = &threat.grounds;
            let chances: Vec<f64> = each
                .iter()
                .filter_map(|it| it.get(at))
                .map(|it| chance(model, threat, it.events))
                .collect();
            let chance = chances.iter().sum::<f64>() / chances.len().max(1) as f64;
            let top = tops.iter().filter(|it| **it == Some(at)).count();
            Exposure {
                threat: threat.id.clone(),
                applies: threat.applies,
                events: Figure::new(mean.events, of(|it| it.events), grounds),
                chance: Figure::new(chance, range(chances.into_iter()), grounds),
                loss: Figure::new(mean.loss, of(|it| it.loss), grounds),
                care_days: Figure::new(mean.care_days, of(|it| it.care_days), grounds),
                costliest: share(top, each.len(), grounds),
            }
        })
        .collect()
}

fn costliest(means: &[Means]) -> Option<usize> {
    let losses = means.iter().enumerate().filter(|(_, it)| it.loss > 0.0);
    losses.max_by(|a, b| a.1.loss.total_cmp(&b.1.loss)).map(|(at, _)| at)
}

/// Chance of one or more events in a year whose mean number is known, over good years and bad.
fn chance(model: &Model, threat: &ThreatModel, events: f64) -> f64 {
    1.0 - if threat.shocked { none_over_shocks(model, events) } else { exp(-events) }
}

/// Chance of no event when the year's shock multiplies their mean.
fn none_over_shocks(model: &Model, events: f64) -> f64 {
    let (shape, rate) = (model.shock.shape, model.shock.rate);
    pow(rate / (rate + events), shape)
}

fn together(study: &Study) -> Together {
    let (model, each) = (&study.model, &study.means_in);
    let mut grounds = Grounds::default();
    for threat in model.threats.iter().filter(|it| it.applies) {
        grounds.and(&threat.grounds);
    }
    let sum = |pick: fn(&Means) -> f64| {
        let worlds = each.iter().map(|it| it.iter().map(pick).sum::<f64>());
        Figure::new(study.means.iter().map(pick).sum(), range(worlds), &grounds)
    };
    let free: Vec<f64> = each.iter().map(|it| loss_free(model, it)).collect();
    let mean = free.iter().sum::<f64>() / free.len().max(1) as f64;
    Together {
        loss: sum(|it| it.loss),
        care_days: sum(|it| it.care_days),
        loss_free: Figure::new(mean, range(free.into_iter()), &grounds),
    }
}

/// Chance of a year without a loss in a world where the means are known.
fn loss_free(model: &Model, means: &[Means]) -> f64 {
    let pairs = || model.threats.iter().zip(means);
    let shocked: f64 = pairs().filter(|(it, _)| it.shocked).map(|(_, it)| it.events).sum();
    let others: f64 = pairs().filter(|(it, _)| !it.shocked).map(|(_, it)| it.events).sum();
    none_over_shocks(model, shocked) * exp(-others)
}

/// What each open action is worth, the most valuable first; equals by id.
fn values(catalog: &Catalog, study: &Study) -> Vec<ActionValue> {
    let model = &study.model;
    let exact = alone(model, &study.terms);
    let each: Vec<Alone> = study.terms_in.iter().map(|it| alone(model, it)).collect();
    let best: Vec<Vec<usize>> = each.iter().map(|it| best(&it.total)).collect();
    let open = model.controls.iter().enumerate().filter(|(_, it)| it.is_open());
    let mut values: Vec<ActionValue> = open
        .map(|(at, control)| {
            let grounds = grounds(catalog, model, at);
            let of = |it: &Alone| it.total.get(at).copied().unwrap_or_default();
            let among = best.iter().filter(|it| it.contains(&at)).count();
            let by_threat = model.threats.iter().enumerate().filter_map(|(threat, it)| {
                let of = |it: &Alone| {
                    it.by_threat.get(threat).and_then(|it| it.get(at)).copied().unwrap_or_default()
                };
                let value = of(&exact);
                let figure = Figure::new(value, range(each.iter().map(of)), &grounds);
                (value > 0.0).then(|| (it.id.clone(), figure))
            });
            ActionValue {
                action: control.action.clone(),
                avoided: Figure::new(of(&exact), range(each.iter().map(of)), &grounds),
                by_threat: by_threat.collect(),
                among_best: share(among, each.len(), &grounds),
            }
        })
        .collect();
    values.sort_by(|a, b| {
        b.avoided.value.total_cmp(&a.avoided.value).then_with(|| a.action.cmp(&b.action))
    });
    values
}

/// What each control's action avoids alone, in all and by threat.
pub(super) struct Alone {
    pub(super) total: Vec<f64>,
    by_threat: Vec<Vec<f64>>,
}

pub(super) fn alone(model: &Model, loss: &LossTerms) -> Alone {
    let controls = model.controls.len();
    // What each action alone leaves of each term that it touches. An action may touch a term twice:
    // itself, and through another one.
    let mut left: Vec<BTreeMap<u16, f64>> = vec![BTreeMap::new(); controls];
    for cell in &loss.terms.cells {
        for (bit, member) in cell.members.iter().enumerate() {
            let row = cell.left.get((1 << bit) * cell.touches.len()..).unwrap_or_default();
            let Some(of) = left.get_mut(usize::from(*member)) else { continue };
            for (term, left) in cell.touches.iter().zip(row) {
                *of.entry(*term).or_insert(1.0) *= left;
            }
        }
    }
    let mut by_threat = vec![vec![0.0; controls]; model.threats.len()];
    for (control, terms) in left.iter().enumerate() {
        for (term, left) in terms {
            let term = usize::from(*term);
            let weight = loss.terms.weights.get(term).copied().unwrap_or_default();
            let of = loss.threats.get(term).and_then(|it| by_threat.get_mut(*it));
            if let Some(it) = of.and_then(|it| it.get_mut(control)) {
                *it += weight * (1.0 - left);
            }
        }
    }
    let sum = |at: usize| by_threat.iter().filter_map(|it| it.get(at)).sum();
    Alone { total: (0..controls).map(sum).collect(), by_threat }
}

/// The positions of the best, by what they avoid; those that avoid nothing are not among them.
fn best(total: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..total.len()).collect();
    let of = |at: usize| total.get(at).copied().unwrap_or_default();
    order.retain(|it| of(*it) > 0.0);
    order.sort_by(|a, b| of(*b).total_cmp(&of(*a)).then(a.cmp(b)));
    order.truncate(BEST);
    order
}

/// What the value of an action rests on: the threats it works on, its effects, its adoption; and the
/// same of what it acts through.
pub(super) fn grounds(catalog: &Catalog, model: &Model, control: usize) -> Grounds {
    let mut grounds = Grounds::default();
    let mut add = |at: usize| {
        let Some(control) = model.controls.get(at) else { return };
        let Some(action) = catalog.action(&control.action) else { return };
        if let Some(cost) = action.costs.near(model.size) {
            grounds.on(&cost.adopted);
        }
        for effect in &action.effects {
            grounds.add(effect.badge, &effect.source);
        }
        for effect in &control.effects {
            if let Some(threat) = model.threats.get(effect.threat) {
                grounds.and(&threat.grounds);
            }
        }
        for raise in &action.raises {
            grounds.add(raise.badge, &raise.source);
        }
    };
    add(control);
    for (target, _) in model.controls.get(control).map_or(&[][..], |it| &it.raises) {
        add(*target);
    }
    grounds
}

/// The middle 90 % of what worlds say.
pub(super) fn range(worlds: impl Iterator<Item = f64>) -> (f64, f64) {
    let mut all: Vec<f64> = worlds.collect();
    all.sort_by(f64::total_cmp);
    let at = |share: f64| {
        let place = (share * all.len().saturating_sub(1) as f64).round() as usize;
        all.get(place).copied().unwrap_or_default()
    };
    (at(0.05), at(0.95))
}

/// A share of worlds, with the range that so few worlds leave (Wilson 1927).
pub(super) fn share(of: usize, worlds: usize, grounds: &Grounds) -> Figure {
    /// The normal deviate of a 90 % range.
    const Z: f64 = 1.645;
    let n = worlds.max(1) as f64;
    let share = of as f64 / n;
    let middle = share + Z * Z / (2.0 * n);
    let half = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
    let whole = 1.0 + Z * Z / n;
    let range = (((middle - half) / whole).max(0.0), ((middle + half) / whole).min(1.0));
    Figure::new(share, range, grounds)
}

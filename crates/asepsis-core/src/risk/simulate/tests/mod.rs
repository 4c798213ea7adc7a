//! Simulated years held against what is known without them: closed forms, a recursion, and laws.

mod laws;
mod moments;
mod recursion;

use super::super::number::{Beta, Gamma, LogNormal};
use super::super::{LossModel, Model, ThreatModel, World, worlds as drawn};
use super::year::Made;
use super::{Amount, Wanted, worlds};
use crate::organization::Size;

/// One threat alone, of which only the frequency is in doubt, and no control.
fn alone(rate: Gamma, amount: LogNormal, cap: f64) -> Model {
    let threat = ThreatModel {
        id: "T1".to_owned(),
        applies: true,
        rate,
        drift: 0.0,
        covariate: (1.0, 0.0),
        shocked: false,
        by_vendor: false,
        loss: LossModel { amount, cap, median_doubt: 0.0, sigma_doubt: 0.0 },
        care: None,
        grounds: super::super::Grounds::default(),
    };
    Model {
        size: Size::Small,
        seed: 20_261_125,
        threats: vec![threat],
        controls: Vec::new(),
        overlap: Beta::new(7.0, 3.0),
        floor: 0.05_f64.sqrt(),
        shock: Gamma::new(4.0, 4.0),
        vendor: Beta::new(10.0, 20.0),
        revenue: 3e6,
        revenue_known: false,
    }
}

/// Simulates so many worlds of a model.
fn lived(model: &Model, number: usize, years: u32, done: &[u16]) -> Vec<Made> {
    lived_in(model, &drawn(model, number), years, done)
}

fn lived_in(model: &Model, all: &[World], years: u32, done: &[u16]) -> Vec<Made> {
    let amount = Amount { worlds: all.len(), years, threads: 1 };
    worlds(model, all, amount, &Wanted::Years(done))
}

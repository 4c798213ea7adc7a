//! Which doubts matter most: the expected loss of a year with one input low or high, all others in doubt.

use serde::Serialize;

use super::exposure::means_with;
use super::figure::Figure;
use super::input::{InDoubt, Input, Pinned, at_share};
use super::study::Study;
use crate::catalog::Catalog;

/// How many are told.
const TOLD: usize = 12;

/// One doubt and what it moves.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Swing {
    /// The input.
    pub input: InDoubt,
    /// Its middle, and where one world of ten is lower and one higher.
    pub at: Figure,
    /// US dollars a year: the mean, and what it is with the input at those two ends.
    pub loss: Figure,
    /// The loss rises with the input.
    pub rises: bool,
}

/// The doubts that move the expected loss most, the greatest first.
pub fn tornado(catalog: &Catalog, study: &Study) -> Vec<Swing> {
    let model = &study.model;
    let mean: f64 = study.means.iter().map(|it| it.loss).sum();
    let mut swings: Vec<(f64, Swing)> = Input::all(model)
        .into_iter()
        .map(|input| {
            let ends = [0.1, 0.5, 0.9].map(|share| at_share(input, &study.worlds, share));
            let [low, middle, high] = ends;
            let loss = |value: f64| {
                let means = means_with(model, &Pinned { model, input, value });
                means.iter().map(|it| it.loss).sum::<f64>()
            };
            let (at_low, at_high) = (loss(low), loss(high));
            let grounds = input.grounds(catalog, model);
            let swing = Swing {
                input: input.about(model),
                at: Figure::new(middle, (low, high), &grounds),
                loss: Figure::new(mean, (at_low.min(at_high), at_low.max(at_high)), &grounds),
                rises: at_high >= at_low,
            };
            ((at_high - at_low).abs(), swing)
        })
        .collect();
    swings.sort_by(|a, b| b.0.total_cmp(&a.0));
    swings.into_iter().map(|(_, swing)| swing).take(TOLD).collect()
}

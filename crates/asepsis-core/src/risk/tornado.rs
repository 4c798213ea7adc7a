//! Which doubts matter most: the expected loss of a year with one input low or high, all others in doubt.
//! Closed forms and the input's own distribution; nothing is drawn.

use serde::Serialize;

use super::figure::Figure;
use super::input::{InDoubt, Input, Moved};
use super::study::Study;
use crate::catalog::Catalog;

/// How many are told.
const TOLD: usize = 12;
/// The ends between which an input is moved, as shares of its distribution.
const ENDS: (f64, f64) = (0.1, 0.9);

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
    let mut all: Vec<(f64, Input, [f64; 2])> = Input::all(model)
        .into_iter()
        .map(|input| {
            let ends = [ENDS.0, ENDS.1].map(|it| loss_at(study, input, input.quantile(model, it)));
            ((ends[1] - ends[0]).abs(), input, ends)
        })
        .filter(|(swing, ..)| *swing > 0.0)
        .collect();
    all.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mean = total(study);
    let told = all.into_iter().take(TOLD).map(|(_, input, [at_low, at_high])| {
        let [low, middle, high] = [ENDS.0, 0.5, ENDS.1].map(|it| input.quantile(model, it));
        let grounds = input.grounds(catalog, model);
        let mut all = grounds.clone();
        for threat in model.threats.iter().filter(|it| it.applies) {
            all.and(&threat.grounds);
        }
        Swing {
            input: input.about(model),
            at: Figure::new(middle, (low, high), &grounds),
            loss: Figure::new(mean, (at_low.min(at_high), at_low.max(at_high)), &all),
            rises: at_high >= at_low,
        }
    });
    told.collect()
}

/// US dollars a year that are expected to be lost if one input is known and all others stay in doubt.
pub(super) fn loss_at(study: &Study, input: Input, value: f64) -> f64 {
    let now = &study.terms.terms.weights;
    let more = match Moved::of(&study.model, &study.terms, input, value) {
        Moved::Threat(at, factor) => study.means.get(at).map_or(0.0, |it| it.loss) * (factor - 1.0),
        // What is beneath both floors stands in no term, and stays.
        Moved::Control(replaced) => {
            let weights = replaced.weights.iter();
            weights.map(|(at, then)| then - now.get(*at).copied().unwrap_or_default()).sum()
        }
        Moved::All(then) => then.terms.weights.iter().sum::<f64>() - now.iter().sum::<f64>(),
    };
    total(study) + more
}

fn total(study: &Study) -> f64 {
    study.means.iter().map(|it| it.loss).sum()
}

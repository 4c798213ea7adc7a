//! A study: the model of one organization with its plausible worlds, worked out once. The outlook and any
//! number of plans are read from it.

use super::exposure::{Means, means};
use super::model::Model;
use super::terms::{LossTerms, terms};
use super::worlds::{World, worlds};

/// The model of one organization with what was worked out from it.
#[derive(Clone, Debug)]
pub struct Study {
    /// The model.
    pub model: Model,
    /// Plausible worlds of it.
    pub worlds: Vec<World>,
    /// The means of every threat, exactly.
    pub means: Vec<Means>,
    /// The means of every threat, by world.
    pub means_in: Vec<Vec<Means>>,
    /// What actions can take away, exactly.
    pub terms: LossTerms,
    /// What actions can take away, by world.
    pub terms_in: Vec<LossTerms>,
}

impl Study {
    /// Draws so many worlds of a model and works them out.
    pub fn of(model: Model, number: usize) -> Self {
        let worlds = worlds(&model, number);
        Self {
            means: means(&model),
            means_in: worlds.iter().map(|it| it.means(&model)).collect(),
            terms: terms(&model),
            terms_in: worlds.iter().map(|it| it.terms(&model)).collect(),
            worlds,
            model,
        }
    }
}

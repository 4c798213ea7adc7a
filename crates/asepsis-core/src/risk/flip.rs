//! What would change which action comes first: the smallest move of one input that does.

use serde::Serialize;

use super::figure::Figure;
use super::input::{InDoubt, Input, Pinned, at_share};
use super::outlook::alone;
use super::plan::LEAST_HOURS;
use super::proposal::Proposal;
use super::study::Study;
use super::terms::terms_with;
use crate::catalog::Catalog;

/// Places among the worlds that are tried, from the middle outward.
const PLACES: [f64; 6] = [0.25, 0.75, 0.1, 0.9, 0.01, 0.99];

/// A move of one input after which another action comes first.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Flip {
    /// The action that comes first.
    pub first: String,
    /// The action that would.
    pub then: String,
    /// The input.
    pub input: InDoubt,
    /// Where it would have to be, and where nine of ten worlds have it.
    pub to: Figure,
    /// Share of the worlds that are at least so far out.
    pub worlds: f64,
}

/// The smallest move of one input after which another action of the plan would be worth most for an
/// hour; `None` if no input does it within 98 % of the worlds. An action that others wait for stays.
pub fn flip(catalog: &Catalog, study: &Study, proposal: &Proposal) -> Option<Flip> {
    let model = &study.model;
    let position = |id: &str| model.control(id);
    let picks = proposal.picks.iter().filter_map(|it| Some((position(&it.action)?, it)));
    let rivals: Vec<(usize, f64)> =
        picks.map(|(at, it)| (at, it.hours.likely + LEAST_HOURS)).collect();
    let best = |values: &[f64]| {
        let worth =
            |(at, hours): &(usize, f64)| values.get(*at).copied().unwrap_or_default() / hours;
        rivals
            .iter()
            .max_by(|a, b| worth(a).total_cmp(&worth(b)).then(b.0.cmp(&a.0)))
            .map(|it| it.0)
    };
    let first = best(&alone(model, &study.terms).total)?;
    let inputs: Vec<Input> = Input::all(model)
        .into_iter()
        .filter(|input| match input {
            // Of other actions than those in the plan nothing here can move.
            Input::Coverage(at) | Input::Effect(at, _) => rivals.iter().any(|it| it.0 == *at),
            _ => true,
        })
        .collect();
    for place in PLACES {
        let found = inputs.iter().find_map(|input| {
            let value = at_share(*input, &study.worlds, place);
            let terms = terms_with(model, &Pinned { model, input: *input, value });
            let then = best(&alone(model, &terms).total)?;
            (then != first).then_some((*input, value, then))
        });
        if let Some((input, value, then)) = found {
            let ends = [0.05, 0.95].map(|share| at_share(input, &study.worlds, share));
            let name = |at: usize| model.controls.get(at).map_or("", |it| &it.action).to_owned();
            return Some(Flip {
                first: name(first),
                then: name(then),
                input: input.about(model),
                to: Figure::new(value, (ends[0], ends[1]), &input.grounds(catalog, model)),
                worlds: place.min(1.0 - place),
            });
        }
    }
    None
}

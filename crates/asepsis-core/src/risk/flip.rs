//! What would change which action comes first: the smallest move of one input that does. Smallest is the
//! likeliest: the one with the greatest chance that the input really lies there or beyond.

use serde::Serialize;

use super::choice::{self, Choice};
use super::figure::Figure;
use super::input::{InDoubt, Input, Moved};
use super::plan;
use super::terms::LossTerms;
use super::wanted::Wanted;

/// Steps of the search for the plan when an input has moved. It begins at the present plan.
const NODES: u64 = 400;
/// A chance below this is not told.
const LEAST_CHANCE: f64 = 0.01;
/// How closely the chance is found.
const CLOSE: f64 = 0.005;

/// A move of one input after which another action comes first.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Flip {
    /// The action that comes first.
    pub first: String,
    /// The action that would.
    pub then: String,
    /// The input.
    pub input: InDoubt,
    /// From where on it would, and where nine of ten worlds have it.
    pub to: Figure,
    /// Chance that the input lies there or beyond.
    pub worlds: f64,
}

/// The smallest move of one input after which another action would come first in the best plan: the one
/// that avoids most for an hour, with what it needs first. `None` where nothing is to be done, and where
/// no input does it within 98 % of its distribution.
pub fn flip(wanted: &Wanted<'_>) -> Option<Flip> {
    let model = &wanted.study.model;
    let choice = Choice::of(wanted);
    let terms = &wanted.study.terms;
    let present = plan::best(&choice.problem(terms), &choice.year(choice::NODES));
    let first_by = |terms: &LossTerms| {
        let problem = choice.problem(terms);
        plan::first(&problem, &plan::better(&problem, &choice.year(NODES), &present.chosen).chosen)
    };
    let first = plan::first(&choice.problem(terms), &present.chosen)?;
    let mut found: Option<Point> = None;
    for input in Input::all(model) {
        for above in [false, true] {
            let at = |chance: f64| {
                let share = if above { 1.0 - chance } else { chance };
                let moved = Moved::of(model, terms, input, input.quantile(model, share));
                first_by(&moved.terms(terms)).filter(|it| *it != first)
            };
            // Only what is likelier than the likeliest yet.
            let least = found.map_or(LEAST_CHANCE, |it| it.chance + CLOSE);
            let Some(then) = (least < 0.5).then(|| at(least)).flatten() else { continue };
            let mut point = Point { input, above, chance: least, then };
            let mut not = 0.5;
            while not - point.chance > CLOSE {
                let chance = f64::midpoint(point.chance, not);
                match at(chance) {
                    Some(then) => point = Point { chance, then, ..point },
                    None => not = chance,
                }
            }
            found = Some(point);
        }
    }
    let Point { input, above, chance, then } = found?;
    let id = |at: u16| model.controls.get(usize::from(at)).map(|it| it.action.clone());
    let to = input.quantile(model, if above { 1.0 - chance } else { chance });
    let range = (input.quantile(model, 0.05), input.quantile(model, 0.95));
    Some(Flip {
        first: id(first)?,
        then: id(then)?,
        input: input.about(model),
        to: Figure::new(to, range, &input.grounds(wanted.catalog, model)),
        worlds: chance,
    })
}

/// Where the first action changes.
#[derive(Clone, Copy)]
struct Point {
    input: Input,
    /// Above the middle of the input's distribution; else below.
    above: bool,
    chance: f64,
    then: u16,
}

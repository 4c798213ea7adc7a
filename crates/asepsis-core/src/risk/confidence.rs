//! How sure the plan is: in how many plausible worlds each action would be in the best plan, and what the
//! others hang on.

use serde::Serialize;

use super::choice::Choice;
use super::control::Control;
use super::figure::Figure;
use super::input::{InDoubt, Input};
use super::outlook::{grounds, share};
use super::plan;
use super::wanted::Wanted;
use crate::catalog::Badge;

/// From this share of the worlds on: do it now. Our judgment.
const NOW: f64 = 0.8;
/// Below this share of the worlds: not now. Our judgment.
const NOT_NOW: f64 = 0.2;

/// Steps of the search in each world: nearly all plans are proved the best within them.
const NODES: u64 = 60;
/// A rank correlation of so many standard deviations is more than chance: among some thirty inputs the
/// strongest by chance alone has two or three.
const CHANCE: f64 = 3.5;

/// How sure one action is.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sureness {
    /// The action's id.
    pub action: String,
    /// Share of the worlds in whose best plan it is.
    pub in_plan: Figure,
    /// In a word.
    pub mark: Mark,
    /// What it depends on most, where it depends; `None` too where nothing does more than chance would.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on: Option<InDoubt>,
}

/// How sure, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// In nearly every world.
    DoNow,
    /// In some worlds and not in others.
    Depends,
    /// In hardly any world.
    NotNow,
}

/// How sure each open action is, under the limits of a year; in the model's order.
pub fn confidence(wanted: &Wanted<'_>) -> Vec<Sureness> {
    let study = wanted.study;
    let choice = Choice::of(wanted);
    let limits = choice.year(NODES);
    let plans = study.terms_in.iter().map(|it| plan::best(&choice.problem(it), &limits));
    let plans: Vec<Vec<u16>> = plans.map(|it| it.chosen).collect();
    let inputs = Input::all(&study.model);
    let ranks: Vec<Vec<f64>> = inputs
        .iter()
        .map(|input| ranks(&study.worlds.iter().map(|it| input.value(it)).collect::<Vec<f64>>()))
        .collect();
    let open = study.model.controls.iter().enumerate().filter(|(_, it)| it.is_open());
    open.map(|(at, control)| {
        let inside: Vec<f64> = plans
            .iter()
            .map(|it| f64::from(u8::from(it.iter().any(|item| usize::from(*item) == at))))
            .collect();
        let number = inside.iter().filter(|it| **it > 0.0).count();
        let mut grounds = grounds(wanted.catalog, &study.model, at);
        grounds.add(Badge::Judgment, "our-judgment");
        let in_plan = share(number, plans.len(), &grounds);
        let mark = match in_plan.value {
            it if it >= NOW => Mark::DoNow,
            it if it >= NOT_NOW => Mark::Depends,
            _ => Mark::NotNow,
        };
        let strongest = || {
            let own = inputs.iter().zip(&ranks).filter(|(input, _)| is_near(**input, at, control));
            let each = own.map(|(input, it)| (*input, correlation(it, &inside).abs()));
            let strongest = each.max_by(|a, b| a.1.total_cmp(&b.1))?;
            let chance = CHANCE / (plans.len().max(2) as f64 - 1.0).sqrt();
            (strongest.1 > chance).then_some(strongest.0)
        };
        let on = if mark == Mark::Depends { strongest() } else { None };
        let on = on.map(|it| it.about(&study.model));
        Sureness { action: control.action.clone(), in_plan, mark, on }
    })
    .collect()
}

/// Whether an input is one of those that all actions share, or one of an action's own: of its coverage
/// and effects, or of those that it works through. Of the hundreds of others the strongest is strong by
/// chance.
fn is_near(input: Input, at: usize, control: &Control) -> bool {
    match input {
        Input::Coverage(of) | Input::Effect(of, _) => {
            of == at || control.raises.iter().any(|(target, _)| *target == of)
        }
        _ => true,
    }
}

/// The rank of each value; equal values share the mean of their ranks.
pub(super) fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<(usize, f64)> = values.iter().copied().enumerate().collect();
    order.sort_by(|a, b| a.1.total_cmp(&b.1));
    let mut ranks = vec![0.0; values.len()];
    let mut next = 0.0;
    for equal in order.chunk_by(|a, b| a.1 == b.1) {
        let rank = next + (equal.len() as f64 - 1.0) / 2.0;
        for (at, _) in equal {
            if let Some(it) = ranks.get_mut(*at) {
                *it = rank;
            }
        }
        next += equal.len() as f64;
    }
    ranks
}

/// Pearson's correlation; of ranks it is Spearman's. 0 where one of them does not vary.
pub(super) fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let n = a.len().max(1) as f64;
    let (mean_a, mean_b) = (a.iter().sum::<f64>() / n, b.iter().sum::<f64>() / n);
    let (mut both, mut of_a, mut of_b) = (0.0, 0.0, 0.0);
    for (a, b) in a.iter().zip(b) {
        both += (a - mean_a) * (b - mean_b);
        of_a += (a - mean_a) * (a - mean_a);
        of_b += (b - mean_b) * (b - mean_b);
    }
    if of_a > 0.0 && of_b > 0.0 { both / (of_a * of_b).sqrt() } else { 0.0 }
}

//! How sure the plan is: in how many plausible worlds each action would be in the best plan, and what the
//! others hang on.

use serde::Serialize;

use super::figure::Figure;
use super::input::{InDoubt, Input};
use super::outlook::{grounds, share};
use super::plan;
use super::proposal::{Wanted, candidates, items};
use crate::catalog::Badge;

/// From this share of the worlds on: do it now. Our judgment.
const NOW: f64 = 0.8;
/// Below this share of the worlds: not now. Our judgment.
const NOT_NOW: f64 = 0.2;

/// How sure one action is.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sureness {
    /// The action's id.
    pub action: String,
    /// Share of the worlds in whose plan it is. Each world's plan is a good one, not a proved one.
    pub in_plan: Figure,
    /// In a word.
    pub mark: Mark,
    /// What it depends on most, where it depends.
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
    let (items, may) = (items(wanted), candidates(wanted));
    let limits = plan::Limits {
        dollars: wanted.limits.dollars,
        hours: wanted.limits.hours * 12.0,
        months: 12,
        nodes: 0,
    };
    let plans: Vec<Vec<u16>> = study
        .terms_in
        .iter()
        .map(|it| {
            plan::quick(&plan::Problem { terms: &it.terms, items: &items, may: &may }, &limits)
        })
        .collect();
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
            let each =
                inputs.iter().zip(&ranks).map(|(input, it)| (input, correlation(it, &inside)));
            each.max_by(|a, b| a.1.abs().total_cmp(&b.1.abs())).map(|(input, _)| *input)
        };
        let on = if mark == Mark::Depends { strongest() } else { None };
        let on = on.map(|it| it.about(&study.model));
        Sureness { action: control.action.clone(), in_plan, mark, on }
    })
    .collect()
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

//! The value of information about one control.
//!
//! The nodes of its coverage are split at one half: it is in place, or it is not. Given either, the plan is
//! chosen anew; what that plan avoids above the present one is what the answer was worth. The expected loss
//! is linear in one control's factor, so the two cases together are exactly what is expected now.
//!
//! An answer is believed as far as its weight in evidence says. "It is not there" is believed. "It is there"
//! may be said where it is not: so often that hearing it raises the chance that the control is in place as
//! far as that many cases would. The more weight, the fewer such answers, and the more the answer is worth
//! (Blackwell, 1953); never more than certainty.

use std::collections::BTreeSet;

use super::super::choice::{Choice, NODES};
use super::super::input::{Held, Input};
use super::super::model::Model;
use super::super::number::{Beta, beta_rule};
use super::super::numbers::{Expected, Numbers, Rule};
use super::super::plan::{self, best, better};
use super::super::terms::{LossTerms, Replaced};
use super::super::wanted::Wanted;
use super::super::worlds::World;
use crate::catalog::{EvidenceWeights, Priors};

/// Nodes over the coverage of the control in question.
const SPLIT_NODES: usize = 16;
/// In place from this share on.
const HALF: f64 = 0.5;
/// What is less likely than this is out of the question.
const NEVER: f64 = 1e-9;
/// Steps of the search for the plan after an answer. It begins at the present plan.
const STEPS: u64 = 400;
/// Worlds from which ranges are read.
const WORLDS: usize = 128;
/// Values that differ by less than this share of the expected loss are the same.
const SAME: f64 = 1e-9;

/// What it is worth to know of one control whether it is in place.
#[derive(Clone, Debug)]
pub(super) struct Worth {
    /// To be told.
    pub(super) word: Value,
    /// To have it looked at.
    pub(super) look: Value,
    /// Items that come into the plan or leave it by an answer.
    pub(super) moved: Vec<u16>,
}

/// US dollars a year.
#[derive(Clone, Debug, Default)]
pub(super) struct Value {
    /// Exactly.
    pub(super) mean: f64,
    /// By world; below 0 where the answer misleads.
    pub(super) worlds: Vec<f64>,
}

/// Works out what knowing is worth, for one control after the other.
pub(super) struct Adviser<'a> {
    wanted: &'a Wanted<'a>,
    evidence: &'a EvidenceWeights,
    choice: Choice,
    /// The present plan for a year, and how far the best may be above it.
    plan: Vec<u16>,
    gap: f64,
    /// What is left of each term by the present plan, and by everything.
    left: Vec<f64>,
    least: Vec<f64>,
}

impl<'a> Adviser<'a> {
    pub(super) fn new(wanted: &'a Wanted<'a>, priors: &'a Priors) -> Self {
        let choice = Choice::of(wanted);
        let terms = &wanted.study.terms;
        let now = best(&choice.problem(terms), &choice.year(NODES));
        let all: Vec<u16> = (0..).take(choice.items.len()).collect();
        Self {
            evidence: &priors.evidence,
            gap: (now.upper - now.value).max(0.0),
            left: left(&terms.terms, &now.chosen),
            least: left(&terms.terms, &all),
            plan: now.chosen,
            wanted,
            choice,
        }
    }

    /// What it is worth to know of a control whether it is in place; `None` where that is at most
    /// `floor`, as far as a quick bound can say, or where no answer changes the plan.
    pub(super) fn worth(&self, control: usize, floor: f64) -> Option<Worth> {
        let study = self.wanted.study;
        let Turn { split, plans, costs, table } = self.turn(control, floor)?;
        let worlds = study.worlds.iter().zip(&study.terms_in).take(WORLDS);
        let each = worlds.map(|(world, terms)| {
            let cases = split.cases_in(&study.model, world, terms, control);
            Table::of(terms, &cases, &plans, &costs)
        });
        let each: Vec<Table> = each.collect();
        let mut moved = BTreeSet::new();
        let mut value = |liars| {
            let picks = table.picks(split.chance, liars);
            for plan in [picks.yes, picks.no].into_iter().filter_map(|it| plans.get(it)) {
                moved.extend(plan.iter().filter(|it| !self.plan.contains(it)));
                moved.extend(self.plan.iter().filter(|it| !plan.contains(it)));
            }
            Value {
                mean: table.mean(split.chance, liars, picks),
                worlds: each.iter().map(|it| it.mean(split.chance, liars, picks)).collect(),
            }
        };
        let word = value(split.liars(self.evidence.told));
        let look = value(split.liars(self.evidence.measured_pass));
        Some(Worth { word, look, moved: moved.into_iter().collect() })
    }

    /// The plans that answers could turn to; `None` as in `worth`.
    fn turn(&self, control: usize, floor: f64) -> Option<Turn> {
        let (model, terms) = (&self.wanted.study.model, &self.wanted.study.terms);
        let split = Split::of(model.controls.get(control)?.coverage)?;
        let cases = split.cases(model, &Expected(model), terms, control);
        let bounds = (self.most(&cases.yes), self.most(&cases.no));
        if split.chance * bounds.0 + (1.0 - split.chance) * bounds.1 <= floor {
            return None;
        }
        let mut plans = vec![self.plan.clone()];
        plans.extend([&cases.yes, &cases.no].map(|it| self.plan_with(&it.in_place(terms))));
        if plans.iter().all(|it| *it == self.plan) {
            return None;
        }
        let heard = split.heard(model, terms, control, split.liars(self.evidence.told));
        plans.push(self.plan_with(&heard.in_place(terms)));
        let costs: Vec<f64> = plans.iter().map(|it| self.cost(it)).collect();
        let table = Table::of(terms, &cases, &plans, &costs);
        let same = SAME * terms.terms.weights.iter().sum::<f64>();
        let sure = table.mean(split.chance, 0.0, table.picks(split.chance, 0.0));
        (sure > same).then_some(Turn { split, plans, costs, table })
    }

    fn cost(&self, plan: &[u16]) -> f64 {
        let items = plan.iter().filter_map(|it| self.choice.items.get(usize::from(*it)));
        items.map(|it| it.yearly_cost).sum()
    }

    fn plan_with(&self, terms: &LossTerms) -> Vec<u16> {
        better(&self.choice.problem(terms), &self.choice.year(STEPS), &self.plan).chosen
    }

    /// At most so much is any plan above the present one in this case: what the case changes of any
    /// plan's value against the present one's, term by term, and how far the present one may be from the
    /// best.
    fn most(&self, case: &Replaced) -> f64 {
        let now = &self.wanted.study.terms.terms;
        let cell = case.cell.as_ref().map(|(at, then)| (now.cells.get(*at), then));
        let masks = cell.map_or(1, |(_, then)| 1_usize << then.members.len());
        let here = cell.map_or(0, |(_, then)| mask(then, &self.plan));
        let share = |cell: Option<&plan::Cell>, mask: usize, term: usize| {
            let row = cell.and_then(|it| it.left.get(mask * it.touches.len()..));
            let at = cell.and_then(|it| it.touches.iter().position(|it| usize::from(*it) == term));
            at.and_then(|at| row?.get(at)).copied().unwrap_or(1.0)
        };
        let (before, after) = (cell.and_then(|it| it.0), cell.map(|it| it.1));
        let (mut present, mut least) = (0.0, vec![0.0; masks]);
        for (term, then) in &case.weights {
            let weight = now.weights.get(*term).copied().unwrap_or_default();
            let kept = |mask: usize| {
                then * share(after, mask, *term) - weight * share(before, mask, *term)
            };
            let others = |of: &[f64], mask: usize| {
                of.get(*term).copied().unwrap_or(1.0) / share(before, mask, *term)
            };
            present += others(&self.left, here) * kept(here);
            let floor = others(&self.least, masks - 1);
            for (mask, least) in least.iter_mut().enumerate() {
                *least += kept(mask).min(kept(mask) * floor);
            }
        }
        let least = least.into_iter().fold(f64::INFINITY, f64::min);
        self.gap + (present - least).max(0.0)
    }
}

/// What is left of each term by a plan.
fn left(terms: &plan::Terms, plan: &[u16]) -> Vec<f64> {
    let mut left = vec![1.0; terms.weights.len()];
    for cell in &terms.cells {
        let row = cell.left.get(mask(cell, plan) * cell.touches.len()..).unwrap_or_default();
        for (term, share) in cell.touches.iter().zip(row) {
            if let Some(it) = left.get_mut(usize::from(*term)) {
                *it *= share;
            }
        }
    }
    left
}

fn mask(cell: &plan::Cell, plan: &[u16]) -> usize {
    let bits = cell.members.iter().enumerate().filter(|(_, it)| plan.contains(it));
    bits.fold(0, |mask, (bit, _)| mask | 1_usize << bit)
}

/// The nodes of a control's coverage, apart by whether it is in place.
#[derive(Clone)]
struct Split {
    coverage: Beta,
    /// Chance that it is in place.
    chance: f64,
    all: Rule,
    yes: Rule,
    no: Rule,
}

impl Split {
    /// `None` where one of the two is out of the question. The chance is exact: of the node in which
    /// one half lies, a part of the weight goes to either side.
    fn of(coverage: Beta) -> Option<Self> {
        let below = coverage.cdf(HALF);
        if !(NEVER..=1.0 - NEVER).contains(&below) {
            return None;
        }
        let all = beta_rule(coverage, SPLIT_NODES);
        let (mut yes, mut no, mut room) = (Rule::new(), Rule::new(), below);
        for (node, weight) in &all {
            let part = weight.min(room);
            room -= part;
            no.extend((part > 0.0).then_some((*node, part / below)));
            let rest = weight - part;
            yes.extend((rest > 0.0).then_some((*node, rest / (1.0 - below))));
        }
        Some(Self { coverage, chance: 1.0 - below, all, yes, no })
    }

    /// Share of those without the control who say that it is there, if hearing so raises the chance as
    /// far as so many cases would: by the ratio of the odds.
    fn liars(&self, cases: f64) -> f64 {
        let Beta { a, b } = self.coverage;
        let odds = |below: f64| (1.0 - below) / below;
        let heard = Beta::new(a + cases, b).cdf(HALF);
        if heard > 0.0 { (odds(1.0 - self.chance) / odds(heard)).clamp(0.0, 1.0) } else { 0.0 }
    }

    fn cases(
        &self,
        model: &Model,
        numbers: &impl Numbers,
        terms: &LossTerms,
        control: usize,
    ) -> Cases {
        let held = |rule: &Rule| Held {
            model,
            of: numbers,
            input: Input::Coverage(control),
            rule: rule.clone(),
        };
        let then = |rule| terms.replaced(model, control, &held(&self.all), &held(rule));
        Cases { yes: then(&self.yes), no: then(&self.no) }
    }

    /// The cases in a world, whose own coverage is one draw of it.
    fn cases_in(&self, model: &Model, world: &World, terms: &LossTerms, control: usize) -> Cases {
        let held = |rule: &Rule| Held {
            model,
            of: world,
            input: Input::Coverage(control),
            rule: rule.clone(),
        };
        let then = |rule| terms.replaced(model, control, world, &held(rule));
        Cases { yes: then(&self.yes), no: then(&self.no) }
    }

    /// When it was said to be there.
    fn heard(&self, model: &Model, terms: &LossTerms, control: usize, liars: f64) -> Replaced {
        let lies = (1.0 - self.chance) * liars;
        let all = self.chance + lies;
        let true_ones = self.yes.iter().map(|(node, weight)| (*node, weight * self.chance / all));
        let lies = self.no.iter().map(|(node, weight)| (*node, weight * lies / all));
        let rule: Rule = true_ones.chain(lies).collect();
        let numbers = Expected(model);
        let held = |rule| Held { model, of: &numbers, input: Input::Coverage(control), rule };
        terms.replaced(model, control, &held(self.all.clone()), &held(rule))
    }
}

/// The present plan and those that answers could turn to, with what each is worth.
struct Turn {
    split: Split,
    plans: Vec<Vec<u16>>,
    costs: Vec<f64>,
    table: Table,
}

/// The terms where a control is in place, and where it is not.
struct Cases {
    yes: Replaced,
    no: Replaced,
}

/// US dollars a year by which each plan is above the present one, which is the first: where the control
/// is in place, and where it is not.
struct Table {
    yes: Vec<f64>,
    no: Vec<f64>,
}

/// The plans that are best after an answer.
#[derive(Clone, Copy)]
struct Picks {
    yes: usize,
    no: usize,
}

impl Table {
    fn of(terms: &LossTerms, cases: &Cases, plans: &[Vec<u16>], costs: &[f64]) -> Self {
        let above = |case: &Replaced| {
            let values =
                plans.iter().zip(costs).map(|(plan, cost)| case.avoided(terms, plan) - cost);
            let values: Vec<f64> = values.collect();
            let present = values.first().copied().unwrap_or_default();
            values.into_iter().map(|it| it - present).collect()
        };
        Self { yes: above(&cases.yes), no: above(&cases.no) }
    }

    /// The best plan after either answer; the present one unless another is better.
    fn picks(&self, chance: f64, liars: f64) -> Picks {
        let lies = (1.0 - chance) * liars;
        let heard: Vec<f64> =
            self.yes.iter().zip(&self.no).map(|(yes, no)| chance * yes + lies * no).collect();
        Picks { yes: highest(&heard), no: highest(&self.no) }
    }

    /// What plans chosen by the answer are worth on average.
    fn mean(&self, chance: f64, liars: f64, picks: Picks) -> f64 {
        let at = |of: &[f64], plan: usize| of.get(plan).copied().unwrap_or_default();
        let heard = liars * at(&self.no, picks.yes) + (1.0 - liars) * at(&self.no, picks.no);
        chance * at(&self.yes, picks.yes) + (1.0 - chance) * heard
    }
}

/// The first of the highest.
fn highest(of: &[f64]) -> usize {
    let mut found = (0, f64::NEG_INFINITY);
    for (at, value) in of.iter().enumerate() {
        if *value > found.1 {
            found = (at, *value);
        }
    }
    found.0
}

#[cfg(test)]
impl Adviser<'_> {
    /// What it is worth to know for certain whether a control is in place.
    pub(super) fn certainty(&self, control: usize) -> f64 {
        let turn = self.turn(control, f64::NEG_INFINITY);
        turn.map_or(0.0, |it| {
            it.table.mean(it.split.chance, 0.0, it.table.picks(it.split.chance, 0.0))
        })
    }

    /// What it is worth to know of a control, over all sets that fit, and the quick bound on it.
    pub(super) fn by_brute_force(&self, control: usize) -> (f64, f64) {
        let study = self.wanted.study;
        let model = &study.model;
        let Some(split) = Split::of(model.controls[control].coverage) else { return (0.0, 0.0) };
        let cases = split.cases(model, &Expected(model), &study.terms, control);
        let limits = self.choice.year(0);
        let n = self.choice.items.len() as u16;
        let sets =
            (0..1_u32 << n).map(|set| (0..n).filter(|it| set >> it & 1 == 1).collect::<Vec<u16>>());
        let fits = |set: &Vec<u16>| {
            let items = || set.iter().map(|it| &self.choice.items[usize::from(*it)]);
            items().map(|it| it.hours).sum::<f64>() <= limits.hours + 1e-9
                && items().map(|it| it.dollars).sum::<f64>() <= limits.dollars + 1e-9
        };
        let plans: Vec<Vec<u16>> =
            std::iter::once(self.plan.clone()).chain(sets.filter(fits)).collect();
        let costs: Vec<f64> = plans.iter().map(|it| self.cost(it)).collect();
        let table = Table::of(&study.terms, &cases, &plans, &costs);
        let evppi = table.mean(split.chance, 0.0, table.picks(split.chance, 0.0));
        let bound =
            split.chance * self.most(&cases.yes) + (1.0 - split.chance) * self.most(&cases.no);
        (evppi, bound)
    }

    /// What is lost in a year with a plan: in the two cases together, as expected now by the same
    /// nodes, and as expected now by those of the terms.
    pub(super) fn together(&self, control: usize, plan: &[u16]) -> Option<[f64; 3]> {
        let study = self.wanted.study;
        let split = Split::of(study.model.controls[control].coverage)?;
        let numbers = Expected(&study.model);
        let cases = split.cases(&study.model, &numbers, &study.terms, control);
        let same = Split { yes: split.all.clone(), ..split.clone() };
        let same = same.cases(&study.model, &numbers, &study.terms, control).yes;
        let remains = |it: &LossTerms| it.terms.weights.iter().sum::<f64>() - it.avoided(plan);
        let then = |it: &Replaced| remains(&it.in_place(&study.terms));
        let together = split.chance * then(&cases.yes) + (1.0 - split.chance) * then(&cases.no);
        Some([together, then(&same), remains(&study.terms)])
    }
}

//! What to find out next: what knowing is worth before choosing a plan, for each minute that it takes.
//!
//! How far a control is in place is a distribution. Knowing whether it is mostly there or mostly not cuts
//! it in two. The expected loss is linear in one control's factor, so the two halves average to the
//! present: knowing is never worth less than nothing, and nothing if no answer changes the plan. A word
//! is worth less than a look: some say yes where it is not so.

use serde::Serialize;

use super::figure::{Figure, Grounds};
use super::model::Model;
use super::numbers::{Expected, Numbers, Rule};
use super::outlook::grounds;
use super::plan;
use super::proposal::{Wanted, candidates, items};
use super::terms::{LossTerms, terms_with};
use crate::catalog::{Action, Asking, Catalog};
use crate::engine::{Basis, State};

/// Steps of the search for each answer.
const NODES: u64 = 2_000;
/// US dollars a year below which knowing is worth nothing: what is left there are last bits of sums.
const LEAST: f64 = 0.01;
/// Above this coverage a control is mostly there.
const HALF: f64 = 0.5;

/// What to find out next.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Asks {
    /// The most valuable for its minutes first; only those worth anything.
    pub asks: Vec<Ask>,
    /// Further answers could change the plan by more than the minutes they take.
    pub further: bool,
}

/// One thing to find out.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Ask {
    /// The action of which it is in doubt how far it is in place.
    pub action: String,
    /// Questions that would tell, by id.
    pub questions: Vec<String>,
    /// Checks that would tell, by id.
    pub checks: Vec<String>,
    /// Minutes that it takes.
    pub minutes: Figure,
    /// US dollars a year that knowing is worth, by a look where there is one, else by a word.
    pub worth: Figure,
}

/// What to find out next, under the limits of a year.
pub fn asks(wanted: &Wanted<'_>) -> Asks {
    let Some(priors) = &wanted.catalog.priors else {
        return Asks { asks: Vec::new(), further: false };
    };
    let study = wanted.study;
    let desk = Desk::new(wanted);
    let mut asks: Vec<(f64, Ask)> = Vec::new();
    for (at, control) in study.model.controls.iter().enumerate() {
        let Some(action) = wanted.catalog.action(&control.action) else { continue };
        let (questions, checks) = open(wanted, action);
        if control.effects.is_empty() || questions.is_empty() && checks.is_empty() {
            continue;
        }
        let Some(answers) = desk.answers(at) else { continue };
        // What is left below nothing, or above a look, are the last bits of sums.
        let look = answers.look().max(0.0);
        let word = answers.word().clamp(0.0, look);
        let worth = if checks.is_empty() { word } else { look };
        if worth <= LEAST {
            continue;
        }
        let minutes = minutes(&priors.ask, questions.len(), checks.len());
        let grounds = grounds(wanted.catalog, &study.model, at);
        let mut clock = Grounds::default();
        clock.on(&priors.ask.basis);
        let ask = Ask {
            action: control.action.clone(),
            questions,
            checks,
            minutes: Figure::new(minutes, (minutes / 2.0, minutes * 2.0), &clock),
            // A word at least, knowing for certain at most.
            worth: Figure::new(worth, (word, look), &grounds),
        };
        asks.push((worth / minutes, ask));
    }
    asks.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.action.cmp(&b.1.action)));
    let further = asks.first().is_some_and(|(a_minute, _)| *a_minute > priors.ask.minute);
    Asks { asks: asks.into_iter().map(|(_, ask)| ask).collect(), further }
}

fn minutes(ask: &Asking, questions: usize, checks: usize) -> f64 {
    // One look runs every check of its kind.
    let looks = if checks > 0 { ask.look_minutes } else { 0.0 };
    let words = if checks > 0 { 0.0 } else { ask.question_minutes * questions as f64 };
    looks + words
}

/// Questions and checks that would tell of parts that are not measured.
fn open(wanted: &Wanted<'_>, action: &Action) -> (Vec<String>, Vec<String>) {
    let (mut questions, mut checks) = (Vec::new(), Vec::new());
    for reference in &action.serves {
        let sub = wanted.assessment.sub_practice(&reference.sub_practice);
        let part = sub.and_then(|it| it.parts.iter().find(|part| part.part == *reference));
        let Some(part) = part.filter(|it| it.state != State::NotApplicable) else { continue };
        if matches!(part.basis, Basis::Measured | Basis::Both) {
            continue;
        }
        let of_checks = wanted.catalog.index.checks(reference).iter();
        checks.extend(of_checks.filter_map(|at| Some(wanted.catalog.checks.get(*at)?.id.clone())));
        if part.basis == Basis::Nothing {
            let of = wanted.catalog.index.questions(reference).iter();
            questions
                .extend(of.filter_map(|at| Some(wanted.catalog.questions.get(*at)?.id.clone())));
        }
    }
    for list in [&mut questions, &mut checks] {
        list.sort();
        list.dedup();
    }
    (questions, checks)
}

/// What plans are worth under the answers to how far one control is in place, in US dollars a year.
#[derive(Clone, Copy, Debug)]
pub(super) struct Answers {
    /// Chance that it is mostly there.
    pub(super) p: f64,
    /// The present plan, if it is.
    pub(super) kept_with: f64,
    /// The present plan, if it is not.
    pub(super) kept_without: f64,
    best_with: f64,
    best_without: f64,
    /// Chance that somebody says that it is there.
    yes: f64,
    best_told: f64,
    kept_told: f64,
    /// The present plan, as things stand.
    pub(super) present: f64,
}

impl Answers {
    /// What it is worth to know it for certain (the expected value of perfect information).
    pub(super) fn look(&self) -> f64 {
        let with = self.best_with.max(self.kept_with);
        let without = self.best_without.max(self.kept_without);
        self.p * with + (1.0 - self.p) * without - self.present
    }

    /// What it is worth to be told. Of those without it some say yes all the same; nobody who has it
    /// says no.
    pub(super) fn word(&self) -> f64 {
        let told = self.best_told.max(self.kept_told);
        let without = self.best_without.max(self.kept_without);
        self.yes * told + (1.0 - self.yes) * without - self.present
    }
}

/// Where plans are made under one answer or another.
pub(super) struct Desk<'a> {
    model: &'a Model,
    catalog: &'a Catalog,
    items: Vec<plan::Item>,
    may: Vec<bool>,
    limits: plan::Limits,
    present: Vec<u16>,
    value: f64,
}

impl<'a> Desk<'a> {
    pub(super) fn new(wanted: &Wanted<'a>) -> Self {
        let mut desk = Self {
            model: &wanted.study.model,
            catalog: wanted.catalog,
            items: items(wanted),
            may: candidates(wanted),
            limits: plan::Limits {
                dollars: wanted.limits.dollars,
                hours: wanted.limits.hours * 12.0,
                months: 12,
                nodes: NODES,
            },
            present: Vec::new(),
            value: 0.0,
        };
        let best = desk.best(&wanted.study.terms);
        desk.value = best.value;
        desk.present = best.chosen;
        desk
    }

    fn best(&self, terms: &LossTerms) -> plan::Best {
        let problem = plan::Problem { terms: &terms.terms, items: &self.items, may: &self.may };
        plan::best(&problem, &self.limits)
    }

    /// What the present plan and what the best one that is found are worth where coverage has this rule.
    fn values_where(&self, control: usize, rule: Rule) -> (f64, f64) {
        let terms = terms_with(self.model, &Answered { model: self.model, control, rule });
        let chosen = self.present.iter().filter_map(|it| self.items.get(usize::from(*it)));
        let cost: f64 = chosen.map(|it| it.yearly_cost).sum();
        let kept = terms.avoided(&self.present) - cost;
        (kept, self.best(&terms).value)
    }

    /// What the answers would be worth; `None` where there is no doubt.
    pub(super) fn answers(&self, control: usize) -> Option<Answers> {
        let there = |it: &(f64, f64)| it.0 >= HALF;
        let rule = Expected(self.model).coverage(control);
        let (with, without): (Rule, Rule) = rule.into_iter().partition(there);
        let (p, q) = (weight(&with), weight(&without));
        if p <= 0.0 || q <= 0.0 {
            return None;
        }
        let (kept_with, best_with) = self.values_where(control, scaled(&with, 1.0 / p));
        let (kept_without, best_without) = self.values_where(control, scaled(&without, 1.0 / q));
        let wrongly = self.wrongly(control, p);
        let yes = p + q * wrongly;
        let mixed: Rule = with.into_iter().chain(scaled(&without, wrongly)).collect();
        let (kept_told, best_told) = self.values_where(control, scaled(&mixed, 1.0 / yes));
        let present = self.value;
        Some(Answers {
            p,
            kept_with,
            kept_without,
            best_with,
            best_without,
            yes,
            best_told,
            kept_told,
            present,
        })
    }

    /// The share that says yes without having it: so many that after a yes it is there as likely as the
    /// weight of a word says.
    fn wrongly(&self, control: usize, p: f64) -> f64 {
        let weights = self.catalog.priors.as_ref().map(|it| &it.evidence);
        let control = self.model.controls.get(control);
        let (Some(weights), Some(control)) = (weights, control) else { return 1.0 };
        let told = super::with_cases(weights, control.adoption, weights.told, 0.0).mean();
        let odds = told / (1.0 - told);
        (p / (1.0 - p) / odds).clamp(0.0, 1.0)
    }
}

fn weight(rule: &[(f64, f64)]) -> f64 {
    rule.iter().map(|(_, weight)| weight).sum()
}

fn scaled(rule: &[(f64, f64)], by: f64) -> Rule {
    rule.iter().map(|(node, weight)| (*node, weight * by)).collect()
}

/// A model in which the coverage of one control has another rule.
struct Answered<'a> {
    model: &'a Model,
    control: usize,
    rule: Rule,
}

impl Numbers for Answered<'_> {
    fn overlap(&self, threat: usize) -> Rule {
        Expected(self.model).overlap(threat)
    }

    fn coverage(&self, control: usize) -> Rule {
        if control == self.control {
            self.rule.clone()
        } else {
            Expected(self.model).coverage(control)
        }
    }

    fn effect(&self, control: usize, effect: usize) -> Rule {
        Expected(self.model).effect(control, effect)
    }

    fn vendor(&self) -> f64 {
        Expected(self.model).vendor()
    }

    fn rate(&self, threat: usize) -> f64 {
        Expected(self.model).rate(threat)
    }

    fn loss(&self, threat: usize) -> f64 {
        Expected(self.model).loss(threat)
    }

    fn care(&self, threat: usize) -> f64 {
        Expected(self.model).care(threat)
    }
}

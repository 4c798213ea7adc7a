//! The inputs of a model that are in doubt, one by one: each with its own distribution, along which it can
//! be moved while all others stay in doubt.

use serde::Serialize;

use super::figure::Grounds;
use super::loss::mean_loss;
use super::model::{LossModel, Model, ThreatModel};
use super::number::special::normal_quantile;
use super::number::{Beta, Gamma, LogNormal, exp, normal_rule};
use super::numbers::{Expected, Numbers, Rule};
use super::outlook;
use super::terms::{LossTerms, Replaced, terms_with};
use super::worlds::World;
use crate::catalog::{Catalog, EffectOn};

/// One input in doubt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Input {
    /// How often a threat comes, drift included.
    Rate(usize),
    /// The middle loss of a threat.
    Median(usize),
    /// How far its losses spread.
    Spread(usize),
    /// How much controls overlap against it.
    Overlap(usize),
    /// How much comes in through vendors.
    Vendor,
    /// How far a control is in place.
    Coverage(usize),
    /// What an effect of a control stops.
    Effect(usize, usize),
}

/// One input in doubt, by the ids of what it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum InDoubt {
    /// How often a threat comes.
    Frequency {
        /// `T1` to `T5`.
        threat: String,
    },
    /// The middle loss of a threat, in US dollars.
    MedianLoss {
        /// `T1` to `T5`.
        threat: String,
    },
    /// How far losses of a threat spread.
    LossSpread {
        /// `T1` to `T5`.
        threat: String,
    },
    /// How much controls overlap against a threat.
    Overlap {
        /// `T1` to `T5`.
        threat: String,
    },
    /// Which share of events comes in through vendors.
    VendorShare,
    /// How far an action is in place.
    InPlace {
        /// The action's id.
        action: String,
    },
    /// What an action stops when it is fully in place.
    Effect {
        /// The action's id.
        action: String,
        /// `T1` to `T5`.
        threat: String,
        /// How often, or how much.
        on: EffectOn,
    },
}

impl Input {
    /// All inputs of a model.
    pub(super) fn all(model: &Model) -> Vec<Self> {
        let mut all = Vec::new();
        for (at, threat) in model.threats.iter().enumerate().filter(|(_, it)| it.applies) {
            all.extend([Self::Rate(at), Self::Median(at), Self::Spread(at), Self::Overlap(at)]);
            if threat.by_vendor && !all.contains(&Self::Vendor) {
                all.push(Self::Vendor);
            }
        }
        for (at, control) in model.controls.iter().enumerate() {
            let effects = control.effects.iter().enumerate();
            let effects = effects.filter(|(_, it)| {
                model.threats.get(it.threat).is_some_and(|threat| threat.applies)
            });
            let effects: Vec<Self> = effects.map(|(effect, _)| Self::Effect(at, effect)).collect();
            if !effects.is_empty() {
                all.push(Self::Coverage(at));
            }
            all.extend(effects);
        }
        all
    }

    /// What it is in one world. Losses are given by their median in US dollars.
    pub(super) fn value(self, world: &World) -> f64 {
        let threat = |at: usize| world.threats.get(at);
        match self {
            Self::Rate(at) => threat(at).map(|it| it.rate),
            Self::Median(at) => threat(at).map(|it| it.amount.median()),
            Self::Spread(at) => threat(at).map(|it| it.amount.sigma),
            Self::Overlap(at) => threat(at).map(|it| it.overlap),
            Self::Vendor => Some(world.vendor),
            Self::Coverage(at) => world.controls.get(at).map(|it| it.coverage),
            Self::Effect(at, effect) => {
                world.controls.get(at).and_then(|it| it.effects.get(effect).copied())
            }
        }
        .unwrap_or_default()
    }

    /// What it is about.
    pub(super) fn about(self, model: &Model) -> InDoubt {
        let threat = |at: usize| model.threats.get(at).map_or_else(String::new, |it| it.id.clone());
        let action =
            |at: usize| model.controls.get(at).map_or_else(String::new, |it| it.action.clone());
        match self {
            Self::Rate(at) => InDoubt::Frequency { threat: threat(at) },
            Self::Median(at) => InDoubt::MedianLoss { threat: threat(at) },
            Self::Spread(at) => InDoubt::LossSpread { threat: threat(at) },
            Self::Overlap(at) => InDoubt::Overlap { threat: threat(at) },
            Self::Vendor => InDoubt::VendorShare,
            Self::Coverage(at) => InDoubt::InPlace { action: action(at) },
            Self::Effect(at, effect) => {
                let effect = model.controls.get(at).and_then(|it| it.effects.get(effect));
                InDoubt::Effect {
                    action: action(at),
                    threat: effect.map_or_else(String::new, |it| threat(it.threat)),
                    on: effect.map_or(EffectOn::Frequency, |it| it.on),
                }
            }
        }
    }

    /// What it rests on.
    pub(super) fn grounds(self, catalog: &Catalog, model: &Model) -> Grounds {
        let threat = |at: usize| {
            model.threats.get(at).map_or_else(Grounds::default, |it| it.grounds.clone())
        };
        match self {
            Self::Rate(at) | Self::Median(at) | Self::Spread(at) | Self::Overlap(at) => threat(at),
            Self::Vendor => {
                let mut grounds = Grounds::default();
                if let Some(priors) = &catalog.priors {
                    grounds.on(&priors.model.basis);
                }
                grounds
            }
            Self::Coverage(at) | Self::Effect(at, _) => outlook::grounds(catalog, model, at),
        }
    }
}

/// The distribution of an input.
#[derive(Clone, Copy, Debug)]
enum Law {
    /// A Gamma distribution, times a log-normal factor with mean 1 by the spread of its logarithm.
    Drifting(Gamma, f64),
    /// Log-normal, by its median and the spread of its logarithm.
    Around(f64, f64),
    /// A share.
    Share(Beta),
}

impl Law {
    fn of(input: Input, model: &Model) -> Option<Self> {
        let threat = |at: usize, law: fn(&ThreatModel) -> Self| model.threats.get(at).map(law);
        match input {
            Input::Rate(at) => threat(at, |it| {
                let Gamma { shape, rate } = it.rate;
                let (ratio, doubt) = it.covariate;
                let sigma = (it.drift * it.drift + doubt * doubt).sqrt();
                Self::Drifting(Gamma::new(shape, rate / ratio), sigma)
            }),
            Input::Median(at) => {
                threat(at, |it| Self::Around(it.loss.amount.median(), it.loss.median_doubt))
            }
            Input::Spread(at) => {
                threat(at, |it| Self::Around(it.loss.amount.sigma, it.loss.sigma_doubt))
            }
            Input::Vendor => Some(Self::Share(model.vendor)),
            Input::Overlap(_) => Some(Self::Share(model.overlap)),
            Input::Coverage(at) => model.controls.get(at).map(|it| Self::Share(it.coverage)),
            Input::Effect(at, effect) => {
                let effect = model.controls.get(at)?.effects.get(effect)?;
                Some(Self::Share(effect.share))
            }
        }
    }

    fn quantile(self, share: f64) -> f64 {
        match self {
            Self::Drifting(gamma, sigma) => drifting_quantile(gamma, sigma, share),
            Self::Around(middle, sigma) => middle * exp(sigma * normal_quantile(share)),
            Self::Share(beta) => beta.quantile(share),
        }
    }
}

/// Nodes over the drift of a frequency.
const DRIFT_NODES: usize = 16;
/// Halvings of the bracket in which a quantile is sought: to about six digits.
const HALVINGS: usize = 24;

/// The value below which a share of a Gamma distribution lies that is multiplied by a log-normal factor
/// with mean 1.
fn drifting_quantile(gamma: Gamma, sigma: f64, share: f64) -> f64 {
    if sigma <= 0.0 {
        return gamma.quantile(share);
    }
    let factors: Vec<(f64, f64)> = normal_rule(DRIFT_NODES)
        .into_iter()
        .map(|(deviate, weight)| (exp(sigma * deviate - sigma * sigma / 2.0), weight))
        .collect();
    let below = |x: f64| factors.iter().map(|(it, weight)| weight * gamma.cdf(x / it)).sum::<f64>();
    let ends = factors.iter().map(|(it, _)| it);
    let (least, most) =
        ends.fold((1.0_f64, 1.0_f64), |(low, high), it| (low.min(*it), high.max(*it)));
    let middle = gamma.quantile(share);
    let (mut low, mut high) = (middle * least, middle * most);
    for _ in 0..HALVINGS {
        let at = (low * high).sqrt();
        if below(at) < share {
            low = at;
        } else {
            high = at;
        }
    }
    (low * high).sqrt()
}

impl Input {
    /// The value below which a share (0 to 1) of its distribution lies.
    pub(super) fn quantile(self, model: &Model, share: f64) -> f64 {
        Law::of(self, model).map_or(0.0, |it| it.quantile(share))
    }
}

/// The numbers of a model, with one input known, or known better.
pub(super) struct Held<'a, N> {
    pub(super) model: &'a Model,
    pub(super) of: &'a N,
    pub(super) input: Input,
    /// What is known of it.
    pub(super) rule: Rule,
}

impl<N: Numbers> Held<'_, N> {
    fn value(&self) -> f64 {
        self.rule.iter().map(|(value, weight)| value * weight).sum()
    }
}

impl<N: Numbers> Numbers for Held<'_, N> {
    fn overlap(&self, threat: usize) -> Rule {
        let rule = self.of.overlap(threat);
        if self.input == Input::Overlap(threat) {
            // As many nodes as the others have.
            rule.into_iter().map(|(_, weight)| (self.value(), weight)).collect()
        } else {
            rule
        }
    }

    fn coverage(&self, control: usize) -> Rule {
        let here = self.input == Input::Coverage(control);
        if here { self.rule.clone() } else { self.of.coverage(control) }
    }

    fn effect(&self, control: usize, effect: usize) -> Rule {
        let here = self.input == Input::Effect(control, effect);
        if here { self.rule.clone() } else { self.of.effect(control, effect) }
    }

    fn vendor(&self) -> f64 {
        if self.input == Input::Vendor { self.value() } else { self.of.vendor() }
    }

    fn rate(&self, threat: usize) -> f64 {
        if self.input == Input::Rate(threat) { self.value() } else { self.of.rate(threat) }
    }

    fn loss(&self, threat: usize) -> f64 {
        let Some(it) = self.model.threats.get(threat).map(|it| it.loss) else { return 0.0 };
        match self.input {
            Input::Median(at) if at == threat => {
                let amount = LogNormal::from_median(self.value(), it.amount.sigma);
                mean_loss(&LossModel { amount, median_doubt: 0.0, ..it })
            }
            Input::Spread(at) if at == threat => {
                let amount = LogNormal { sigma: self.value(), ..it.amount };
                mean_loss(&LossModel { amount, sigma_doubt: 0.0, ..it })
            }
            _ => self.of.loss(threat),
        }
    }

    fn care(&self, threat: usize) -> f64 {
        self.of.care(threat)
    }
}

/// What becomes of the terms of a model when one input is known and all others stay in doubt.
pub(super) enum Moved {
    /// Everything of a threat is multiplied, what is beneath the floors too.
    Threat(usize, f64),
    /// One control leaves more or less.
    Control(Replaced),
    /// All is different.
    All(LossTerms),
}

impl Moved {
    pub(super) fn of(model: &Model, now: &LossTerms, input: Input, value: f64) -> Self {
        let expected = Expected(model);
        let held = Held { model, of: &expected, input, rule: vec![(value, 1.0)] };
        match input {
            Input::Rate(at) | Input::Median(at) | Input::Spread(at) => {
                let before = expected.rate(at) * expected.loss(at);
                let after = held.rate(at) * held.loss(at);
                Self::Threat(at, if before > 0.0 { after / before } else { 1.0 })
            }
            Input::Coverage(at) | Input::Effect(at, _) => {
                Self::Control(now.replaced(model, at, &expected, &held))
            }
            Input::Vendor | Input::Overlap(_) => Self::All(terms_with(model, &held)),
        }
    }

    /// All terms then.
    pub(super) fn terms(self, now: &LossTerms) -> LossTerms {
        match self {
            Self::Threat(at, factor) => now.scaled(at, factor),
            Self::Control(replaced) => replaced.in_place(now),
            Self::All(terms) => terms,
        }
    }
}

//! The inputs of a model that are in doubt, one by one: to pin one of them while all others stay in doubt.

use serde::Serialize;

use super::figure::Grounds;
use super::model::Model;
use super::number::LogNormal;
use super::numbers::{Expected, Numbers, Rule};
use super::outlook;
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

/// A model with one input pinned, all others averaged over.
pub(super) struct Pinned<'a> {
    pub(super) model: &'a Model,
    pub(super) input: Input,
    pub(super) value: f64,
}

impl Numbers for Pinned<'_> {
    fn overlap(&self, threat: usize) -> Rule {
        // As many nodes as the others have.
        let rule = Expected(self.model).overlap(threat);
        match self.input {
            Input::Overlap(at) if at == threat => {
                rule.into_iter().map(|(_, weight)| (self.value, weight)).collect()
            }
            _ => rule,
        }
    }

    fn coverage(&self, control: usize) -> Rule {
        match self.input {
            Input::Coverage(at) if at == control => vec![(self.value, 1.0)],
            _ => Expected(self.model).coverage(control),
        }
    }

    fn effect(&self, control: usize, effect: usize) -> Rule {
        match self.input {
            Input::Effect(at, of) if at == control && of == effect => vec![(self.value, 1.0)],
            _ => Expected(self.model).effect(control, effect),
        }
    }

    fn vendor(&self) -> f64 {
        if self.input == Input::Vendor { self.value } else { Expected(self.model).vendor() }
    }

    fn rate(&self, threat: usize) -> f64 {
        match self.input {
            Input::Rate(at) if at == threat => self.value,
            _ => Expected(self.model).rate(threat),
        }
    }

    fn loss(&self, threat: usize) -> f64 {
        let Some(it) = self.model.threats.get(threat).map(|it| it.loss) else { return 0.0 };
        match self.input {
            Input::Median(at) if at == threat => {
                let amount = LogNormal::from_median(self.value, it.amount.sigma);
                super::mean_loss(&super::LossModel { amount, median_doubt: 0.0, ..it })
            }
            Input::Spread(at) if at == threat => {
                let sigma = (self.value * self.value + it.median_doubt * it.median_doubt).sqrt();
                LogNormal { mu: it.amount.mu, sigma }.mean_capped(it.cap)
            }
            _ => Expected(self.model).loss(threat),
        }
    }

    fn care(&self, threat: usize) -> f64 {
        Expected(self.model).care(threat)
    }
}

/// The value below which this share of the worlds lies.
pub(super) fn at_share(input: Input, worlds: &[World], share: f64) -> f64 {
    let mut all: Vec<f64> = worlds.iter().map(|it| input.value(it)).collect();
    all.sort_by(f64::total_cmp);
    let place = (share * all.len().saturating_sub(1) as f64).round() as usize;
    all.get(place).copied().unwrap_or_default()
}

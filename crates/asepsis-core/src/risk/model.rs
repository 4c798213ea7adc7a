//! The model of one organization: its threats with their priors, its controls as they stand.

use std::collections::BTreeMap;

use serde::Serialize;

use super::control::Control;
use super::coverage::Seen;
use super::figure::Grounds;
use super::number::{Beta, Gamma, LogNormal};
use crate::catalog::{Catalog, Priors};
use crate::decision::LossHistory;
use crate::engine::{Assessment, Faded};
use crate::hash::Hash;
use crate::organization::Size;
use crate::time::Timestamp;

/// What a model is made from.
#[derive(Clone, Copy, Debug)]
pub struct ModelInput<'a> {
    /// The catalog, with priors and actions.
    pub catalog: &'a Catalog,
    /// How the organization stands.
    pub assessment: &'a Assessment,
    /// What looks said that are no longer fresh.
    pub faded: &'a BTreeMap<String, Faded>,
    /// Its own past, if anybody said it.
    pub history: Option<&'a LossHistory>,
    /// US dollars a year, if anybody said it.
    pub revenue: Option<f64>,
}

/// A catalog without priors: one from before there were any.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error(
    "this catalog holds no priors for {0}: it says nothing of how likely threats are; use one that has risk/priors.toml"
)]
pub struct NoPriors(pub String);

/// The model of one organization.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Model {
    /// Of the organization.
    pub size: Size,
    /// Where every random stream begins: the priors' version and the size, so that an answer changes
    /// numbers by what it means and never by chance.
    pub seed: u64,
    /// The five, in the catalog's order.
    pub threats: Vec<ThreatModel>,
    /// Actions of which some part has a place here, in the catalog's order.
    pub controls: Vec<Control>,
    /// How much controls overlap: the power of their joint effect, one draw for each threat.
    pub overlap: Beta,
    /// Whatever is done, this share of the sector's frequency remains, and this share of its loss.
    pub floor: f64,
    /// A bad or a good year for everybody; mean 1.
    pub shock: Gamma,
    /// Share of events that come in through a vendor, for threats that can.
    pub vendor: Beta,
    /// US dollars a year.
    pub revenue: f64,
    /// Somebody said the revenue.
    pub revenue_known: bool,
}

/// One threat to one organization, before its controls.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ThreatModel {
    /// `T1` to `T5`.
    pub id: String,
    /// It can happen here at all.
    pub applies: bool,
    /// Events a year, with the organization's own past.
    pub rate: Gamma,
    /// Spread of the logarithm by which the frequency may have drifted since the data; the mean stays.
    pub drift: f64,
    /// Mean ratio by what is known of the organization itself, and the spread of its logarithm.
    pub covariate: (f64, f64),
    /// A bad year moves it.
    pub shocked: bool,
    /// Some of its events come in through a vendor.
    pub by_vendor: bool,
    /// US dollars for each event.
    pub loss: LossModel,
    /// Days of disturbed care for each event, where there are any.
    pub care: Option<LogNormal>,
    /// What frequency and loss rest on.
    #[serde(skip)]
    pub grounds: Grounds,
}

/// US dollars for each event, with the doubt about them.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct LossModel {
    /// Logarithm of the median, and spread.
    pub amount: LogNormal,
    /// No event costs more.
    pub cap: f64,
    /// Doubt about the median, as the spread of its logarithm.
    pub median_doubt: f64,
    /// Doubt about the spread, as a share of it.
    pub sigma_doubt: f64,
}

impl Model {
    /// The model of an organization as it stands.
    pub fn of(input: &ModelInput<'_>) -> Result<Self, NoPriors> {
        let catalog = input.catalog;
        let priors = catalog.priors.as_ref().ok_or_else(|| NoPriors("any threat".to_owned()))?;
        let size = input.assessment.size.size;
        let threats = catalog.threats.iter().map(|threat| threat_model(input, priors, &threat.id));
        let threats = threats.collect::<Result<Vec<_>, _>>()?;
        let seen =
            Seen { weights: &priors.evidence, assessment: input.assessment, faded: input.faded };
        let assumed = priors.revenue(size).map_or(0.0, |it| it.dollars);
        let said = input.revenue.filter(|it| *it > 0.0);
        let seed = Hash::of(&[&priors.version.to_be_bytes(), size.word().as_bytes()]);
        let seed = seed.0.first_chunk().map_or(0, |first| u64::from_be_bytes(*first));
        Ok(Self {
            size,
            seed,
            threats,
            controls: controls(catalog, priors, size, &seen),
            overlap: priors.model.overlap,
            floor: priors.model.floor.sqrt(),
            shock: priors.model.shock,
            vendor: priors.model.vendor,
            revenue: said.unwrap_or(assumed),
            revenue_known: said.is_some(),
        })
    }

    /// The position of a control by its action's id.
    pub fn control(&self, action: &str) -> Option<usize> {
        self.controls.iter().position(|it| it.action == action)
    }

    /// The same organization, if every control were exactly as common as in the sector. Its expected
    /// loss is the sector's, whatever the effects are.
    #[must_use]
    pub fn average(&self) -> Self {
        let mut average = self.clone();
        average.controls.clear();
        average
    }
}

fn threat_model(
    input: &ModelInput<'_>,
    priors: &Priors,
    id: &str,
) -> Result<ThreatModel, NoPriors> {
    let size = input.assessment.size.size;
    let missing = || NoPriors(format!("{id} in a {size} organization"));
    let frequency = priors.frequency(id, size).ok_or_else(missing)?;
    let loss = priors.loss(id, size).ok_or_else(missing)?;
    let mut grounds = Grounds::default();
    grounds.on(&frequency.basis);
    grounds.on(&loss.basis);
    grounds.on(&priors.model.basis);
    let rate = match input.history.filter(|it| it.is_sound()) {
        Some(history) => {
            grounds.add(crate::catalog::Badge::Data, "your-answers");
            let events = history.events.get(id).copied().unwrap_or_default();
            frequency.rate.with_events(events, history.years)
        }
        None => frequency.rate,
    };
    let (mut ratio, mut variance) = (1.0, 0.0);
    for it in priors.covariates.iter().filter(|it| it.threat == id) {
        if it.when.holds(&input.assessment.attributes) == Ok(true) {
            grounds.on(&it.basis);
            ratio *= it.ratio;
            variance += it.sigma * it.sigma;
        }
    }
    let care = priors.care(id).map(|it| {
        grounds.on(&it.basis);
        LogNormal::from_median(it.median, it.sigma)
    });
    Ok(ThreatModel {
        id: id.to_owned(),
        applies: ratio > 0.0,
        rate,
        drift: priors.model.drift * years_since(&priors.as_of, input.assessment.as_of).sqrt(),
        covariate: (ratio, variance.sqrt()),
        shocked: priors.model.shocked.iter().any(|it| it == id),
        by_vendor: priors.model.by_vendor.iter().any(|it| it == id),
        loss: LossModel {
            amount: LogNormal::from_median(loss.median, loss.sigma),
            cap: loss.cap,
            median_doubt: priors.model.loss_median_doubt,
            sigma_doubt: priors.model.loss_sigma_doubt,
        },
        care,
        grounds,
    })
}

/// Years after which data is as old as it gets: nothing is known any more.
const OLDEST: f64 = 30.0;

/// Years from a day, as in `2025-12-31`, to a moment; never negative, and not beyond reason.
fn years_since(day: &str, as_of: Timestamp) -> f64 {
    let from: Timestamp = format!("{day}T00:00:00Z").parse().unwrap_or(as_of);
    (as_of.days_since(from) as f64 / 365.25).clamp(0.0, OLDEST)
}

fn controls(catalog: &Catalog, priors: &Priors, size: Size, seen: &Seen<'_>) -> Vec<Control> {
    let actions = catalog.actions.iter();
    let mut controls: Vec<Control> =
        actions.filter_map(|it| Control::of(catalog, priors, it, size, seen)).collect();
    let positions: BTreeMap<String, usize> =
        controls.iter().enumerate().map(|(at, it)| (it.action.clone(), at)).collect();
    for control in &mut controls {
        let gain = (control.when_done - control.coverage.mean()).max(0.0);
        let gain = if control.is_open() { gain } else { 0.0 };
        let Some(action) = catalog.action(&control.action) else { continue };
        control.raises = action
            .raises
            .iter()
            .filter_map(|it| Some((*positions.get(&it.action)?, it.share.min(1.0) * gain)))
            .filter(|(_, share)| *share > 0.0)
            .collect();
    }
    controls
}

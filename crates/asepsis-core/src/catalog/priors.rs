//! What is known before anybody looks: how often each threat comes to an organization of a size, what
//! it costs, how many days care is disturbed, and what each kind of evidence says of a control.

use serde::Deserialize;

use super::action::Basis;
use crate::hash::Hash;
use crate::organization::Size;
use crate::predicate::Predicate;
use crate::risk::number::{Beta, Gamma};

/// All priors: the file `risk/priors.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Priors {
    /// Raised whenever a number or a formula changes; part of every seed.
    pub version: u32,
    /// The day of which the frequencies speak: drift counts from it.
    pub as_of: String,
    /// The public list that the priors were held against.
    pub breach_list: BreachList,
    /// How often, by threat and size.
    #[serde(rename = "frequency")]
    pub frequencies: Vec<Frequency>,
    /// How much, by threat and size.
    #[serde(rename = "loss")]
    pub losses: Vec<Loss>,
    /// Days of disturbed care, by threat.
    #[serde(rename = "care")]
    pub care: Vec<Care>,
    /// What is known of the organization itself changes the frequency.
    #[serde(rename = "covariate", default)]
    pub covariates: Vec<Covariate>,
    /// Yearly revenue where nobody said it, by size.
    #[serde(rename = "revenue")]
    pub revenues: Vec<Revenue>,
    /// A breach on the federal list, by size: for one sentence and the printed table.
    #[serde(rename = "listed")]
    pub listed: Vec<Listed>,
    /// How the model hangs together.
    pub model: Structure,
    /// What evidence says of a control.
    pub evidence: EvidenceWeights,
    /// What it takes to find out.
    pub ask: Asking,
    /// Words for print.
    pub bands: Bands,
}

/// The public list of breaches, and what our program that reads it printed.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BreachList {
    /// SHA-256 of the list as read.
    pub input_sha256: Hash,
    /// SHA-256 of what `asepsis-priors` prints for it.
    pub output_sha256: Hash,
}

/// How often a threat comes to an organization of a size that is as well guarded as most.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Frequency {
    /// `T1` to `T5`.
    pub threat: String,
    /// Of the organization.
    pub size: Size,
    /// Events a year.
    pub rate: Gamma,
    /// What it rests on.
    pub basis: Basis,
}

/// What one event costs an organization of a size that is as well guarded as most.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Loss {
    /// `T1` to `T5`.
    pub threat: String,
    /// Of the organization.
    pub size: Size,
    /// US dollars; half of the events cost less.
    pub median: f64,
    /// Spread of the logarithm.
    pub sigma: f64,
    /// US dollars; no event costs more.
    pub cap: f64,
    /// What it rests on.
    pub basis: Basis,
}

/// Days of disturbed care for each event of a threat.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Care {
    /// `T1` to `T5`.
    pub threat: String,
    /// Half of the events disturb care for fewer days.
    pub median: f64,
    /// Spread of the logarithm.
    pub sigma: f64,
    /// What it rests on.
    pub basis: Basis,
}

/// Something about the organization that makes a threat come more or less often.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Covariate {
    /// `T1` to `T5`.
    pub threat: String,
    /// Over organization attributes; where it cannot be told, the covariate says nothing.
    #[serde(deserialize_with = "org_predicate")]
    pub when: Predicate,
    /// In words, as in "nobody can reach you from outside".
    pub text: String,
    /// The mean ratio of the frequency; 0 = the threat has no place here.
    pub ratio: f64,
    /// Doubt about it, as the spread of its logarithm.
    pub sigma: f64,
    /// What it rests on.
    pub basis: Basis,
}

fn org_predicate<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Predicate, D::Error> {
    let source = String::deserialize(from)?;
    Predicate::compile(&source, "org").map_err(serde::de::Error::custom)
}

/// Yearly revenue of an organization of a size.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Revenue {
    /// Of the organization.
    pub size: Size,
    /// US dollars a year.
    pub dollars: f64,
    /// What it rests on.
    pub basis: Basis,
}

/// The chance in a year of an own breach on the federal list of 500 people and more.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listed {
    /// Of the organization.
    pub size: Size,
    /// Chance in a year: median, and its 90 % range.
    pub chance: [f64; 3],
    /// What it rests on.
    pub basis: Basis,
}

/// How the model hangs together.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Structure {
    /// Spread of the logarithm of a frequency that each year since the data adds.
    pub drift: f64,
    /// Doubt about the median loss, as the spread of its logarithm.
    pub loss_median_doubt: f64,
    /// Doubt about the spread of a loss, as a share of it.
    pub loss_sigma_doubt: f64,
    /// How much a bad or a good year moves the threats it touches; its mean is 1.
    pub shock: Gamma,
    /// The threats that a bad year moves together.
    pub shocked: Vec<String>,
    /// Share of events that come in through a vendor.
    pub vendor: Beta,
    /// The threats that can.
    pub by_vendor: Vec<String>,
    /// How much controls overlap: the power of their joint effect.
    pub overlap: Beta,
    /// Whatever is done, this share of the sector's expected loss remains.
    pub floor: f64,
    /// What all this rests on.
    pub basis: Basis,
}

/// What each kind of evidence adds to the sector's adoption: counts of cases with and without.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvidenceWeights {
    /// How many cases the sector's adoption is worth.
    pub prior: f64,
    /// Measured, and it holds.
    pub measured_pass: f64,
    /// Measured, and it does not hold; or told that it is not there.
    pub fail: f64,
    /// Told that it is there.
    pub told: f64,
    /// Told that it is partly there: as many with as without.
    pub told_partly: f64,
    /// Days after which evidence that is no longer fresh counts half.
    pub half_life_days: f64,
    /// What it rests on.
    pub basis: Basis,
}

/// What it takes to find out how far a control is in place.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asking {
    /// Minutes that a question takes.
    pub question_minutes: f64,
    /// Minutes that a look takes.
    pub look_minutes: f64,
    /// US dollars that a minute of whoever answers is worth.
    pub minute: f64,
    /// What it rests on.
    pub basis: Basis,
}

/// Where words begin, for print.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bands {
    /// Chance in a year from which likelihood is medium, and high.
    pub likelihood: [f64; 2],
    /// Share of yearly revenue from which impact is medium, and high.
    pub impact: [f64; 2],
    /// Share of yearly revenue from which the expected loss of a year is medium, and high.
    pub level: [f64; 2],
    /// What it rests on.
    pub basis: Basis,
}

impl Priors {
    /// The frequency for a threat and a size.
    pub fn frequency(&self, threat: &str, size: Size) -> Option<&Frequency> {
        self.frequencies.iter().find(|it| it.threat == threat && it.size == size)
    }

    /// The loss for a threat and a size.
    pub fn loss(&self, threat: &str, size: Size) -> Option<&Loss> {
        self.losses.iter().find(|it| it.threat == threat && it.size == size)
    }

    /// The days of disturbed care for a threat.
    pub fn care(&self, threat: &str) -> Option<&Care> {
        self.care.iter().find(|it| it.threat == threat)
    }

    /// The yearly revenue that is assumed for a size.
    pub fn revenue(&self, size: Size) -> Option<&Revenue> {
        self.revenues.iter().find(|it| it.size == size)
    }
}

//! The Gamma distribution: a frequency that is not known for sure.

use serde::{Deserialize, Serialize};

use super::special::{gamma_lower, gamma_lower_inverse};
use super::{BadParameters, positive};

/// Gamma(shape, rate): events a year. In data `[shape, rate]`.
///
/// Reads like a history: `shape` events in `rate` years.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "[f64; 2]", into = "[f64; 2]")]
pub struct Gamma {
    /// Finite and above 0.
    pub shape: f64,
    /// The inverse of the scale, in years; finite and above 0.
    pub rate: f64,
}

impl Gamma {
    /// Both must be finite and above 0; data is held to that when it is read.
    pub const fn new(shape: f64, rate: f64) -> Self {
        Self { shape, rate }
    }

    /// The mean, in events a year.
    pub fn mean(&self) -> f64 {
        self.shape / self.rate
    }

    /// The variance.
    pub fn variance(&self) -> f64 {
        self.shape / self.rate / self.rate
    }

    /// The share of the distribution below x.
    pub fn cdf(&self, x: f64) -> f64 {
        gamma_lower(self.shape, x * self.rate)
    }

    /// The value below which the share `p` (0 to 1) of the distribution lies.
    pub fn quantile(&self, p: f64) -> f64 {
        gamma_lower_inverse(self.shape, p) / self.rate
    }

    /// What is known after so many `events` were seen in so many `years` (0 and more): the posterior
    /// of a Poisson count, which is a Gamma distribution again.
    #[must_use]
    pub fn with_events(self, events: u32, years: f64) -> Self {
        Self { shape: self.shape + f64::from(events), rate: self.rate + years }
    }
}

impl TryFrom<[f64; 2]> for Gamma {
    type Error = BadParameters;

    fn try_from(pair: [f64; 2]) -> Result<Self, BadParameters> {
        let [shape, rate] = positive("Gamma", pair)?;
        Ok(Self { shape, rate })
    }
}

impl From<Gamma> for [f64; 2] {
    fn from(gamma: Gamma) -> Self {
        [gamma.shape, gamma.rate]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_events_in_five_years_double_a_small_practices_frequency() {
        let prior = Gamma::new(1.58, 101.0);
        let after = prior.with_events(2, 5.0);
        assert_eq!(after, Gamma::new(3.58, 106.0));
        assert!((prior.mean() - 0.0156).abs() < 1e-4);
        assert!((after.mean() - 0.0338).abs() < 1e-4);
        // Five quiet years lower it, and not by much.
        let quiet = prior.with_events(0, 5.0);
        assert!(quiet.mean() < prior.mean() && quiet.mean() > 0.95 * prior.mean());
    }

    #[test]
    fn the_exponential_distribution_has_a_known_quantile() {
        let exponential = Gamma::new(1.0, 4.0);
        for p in [1e-6_f64, 0.1, 0.5, 0.999] {
            let known = -libm::log1p(-p) / 4.0;
            assert!((exponential.quantile(p) / known - 1.0).abs() < 1e-13, "{p}");
            assert!((exponential.cdf(known) / p - 1.0).abs() < 1e-13, "{p}");
        }
        assert_eq!(exponential.variance(), 1.0 / 16.0);
    }

    #[test]
    fn data_with_impossible_parameters_is_refused() {
        assert!(serde_json::from_str::<Gamma>("[1.58, 101]").is_ok());
        assert!(serde_json::from_str::<Gamma>("[1.58, 0]").is_err());
    }
}

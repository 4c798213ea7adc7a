//! The Beta distribution: a share between 0 and 1 that is not known for sure.

use serde::{Deserialize, Serialize};

use super::special::{beta_lower, beta_lower_inverse};
use super::{BadParameters, positive};

/// Beta(a, b): a share between 0 and 1. In data `[a, b]`.
///
/// Reads like a count: `a` cases with, `b` cases without.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "[f64; 2]", into = "[f64; 2]")]
pub struct Beta {
    /// Weight of "with"; finite and above 0.
    pub a: f64,
    /// Weight of "without"; finite and above 0.
    pub b: f64,
}

impl Beta {
    /// Both must be finite and above 0; data is held to that when it is read.
    pub const fn new(a: f64, b: f64) -> Self {
        Self { a, b }
    }

    /// By its mean (0 < mean < 1) and a + b (above 0): how many cases it is worth.
    pub fn from_mean(mean: f64, concentration: f64) -> Self {
        Self { a: mean * concentration, b: (1.0 - mean) * concentration }
    }

    /// The mean.
    pub fn mean(&self) -> f64 {
        self.a / (self.a + self.b)
    }

    /// The variance.
    pub fn variance(&self) -> f64 {
        let n = self.a + self.b;
        self.a / n * (self.b / n) / (n + 1.0)
    }

    /// The mean of the n-th power: the product of (a + i) / (a + b + i).
    pub fn moment(&self, n: u32) -> f64 {
        (0..n).map(f64::from).map(|i| (self.a + i) / (self.a + self.b + i)).product()
    }

    /// The share of the distribution below x.
    pub fn cdf(&self, x: f64) -> f64 {
        beta_lower(self.a, self.b, x)
    }

    /// The value below which the share `p` (0 to 1) of the distribution lies.
    pub fn quantile(&self, p: f64) -> f64 {
        beta_lower_inverse(self.a, self.b, p)
    }
}

impl TryFrom<[f64; 2]> for Beta {
    type Error = BadParameters;

    fn try_from(pair: [f64; 2]) -> Result<Self, BadParameters> {
        let [a, b] = positive("Beta", pair)?;
        Ok(Self { a, b })
    }
}

impl From<Beta> for [f64; 2] {
    fn from(beta: Beta) -> Self {
        [beta.a, beta.b]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_beta_distribution_knows_its_moments() {
        let beta = Beta::new(7.0, 3.0);
        assert_eq!(beta.mean(), 0.7);
        assert!((beta.variance() - 0.21 / 11.0).abs() < 1e-17);
        let second = beta.variance() + beta.mean() * beta.mean();
        assert!((beta.moment(2) - second).abs() < 1e-15);
        assert_eq!(beta.moment(0), 1.0);
        let same = Beta::from_mean(0.7, 10.0);
        assert!((same.a - 7.0).abs() < 1e-15 && (same.b - 3.0).abs() < 1e-15);
    }

    #[test]
    fn the_uniform_distribution_is_its_own_quantile() {
        let uniform = Beta::new(1.0, 1.0);
        for p in [1e-9, 0.05, 0.5, 0.95, 1.0 - 1e-9] {
            assert!((uniform.quantile(p) - p).abs() < 1e-15, "{p}");
            assert!((uniform.cdf(p) - p).abs() < 1e-15, "{p}");
        }
    }

    #[test]
    fn data_with_impossible_parameters_is_refused() {
        let read = serde_json::from_str::<Beta>;
        assert_eq!(read("[6, 6]").unwrap(), Beta::new(6.0, 6.0));
        assert_eq!(serde_json::to_string(&Beta::new(0.5, 2.0)).unwrap(), "[0.5,2.0]");
        for bad in ["[0, 1]", "[1, -1]", "[1]", "[1, 2, 3]", "[1e300, 1]", "[1, 1e-300]"] {
            assert!(read(bad).is_err(), "{bad}");
        }
        let told = Beta::try_from([f64::NAN, 1.0]).unwrap_err().to_string();
        assert_eq!(
            told,
            "a Beta distribution is two numbers from 0.001 to 1,000,000, not [NaN, 1]"
        );
    }
}

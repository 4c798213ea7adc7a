//! The log-normal distribution: what an event costs, in dollars or in days.

use serde::Serialize;

use super::special::{normal_cdf, normal_quantile};

/// exp(mu + sigma Z): dollars, or days.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct LogNormal {
    /// The logarithm of the median.
    pub mu: f64,
    /// The spread of the logarithm; above 0.
    pub sigma: f64,
}

impl LogNormal {
    /// By its median (above 0) and the spread of its logarithm (above 0).
    pub fn from_median(median: f64, sigma: f64) -> Self {
        Self { mu: libm::log(median), sigma }
    }

    /// By the points below which 5 % and 95 % lie (0 < low < high).
    pub fn from_range(low: f64, high: f64) -> Self {
        let (low, high) = (libm::log(low), libm::log(high));
        Self { mu: 0.5 * (low + high), sigma: 0.5 * (high - low) / normal_quantile(0.95) }
    }

    /// The same where the logarithm of the median is in doubt by so much (0 and more): wider, with the
    /// same median.
    #[must_use]
    pub fn with_doubt(self, doubt: f64) -> Self {
        Self { sigma: (self.sigma * self.sigma + doubt * doubt).sqrt(), ..self }
    }

    /// The median.
    pub fn median(&self) -> f64 {
        libm::exp(self.mu)
    }

    /// The mean.
    pub fn mean(&self) -> f64 {
        self.power(1.0)
    }

    /// The mean of min(X, cap): the limited expected value. A cap that is infinite is none.
    pub fn mean_capped(&self, cap: f64) -> f64 {
        self.power_capped(1.0, cap)
    }

    /// The mean of min(X, cap)²; the variance is this less the square of [`Self::mean_capped`].
    pub fn square_capped(&self, cap: f64) -> f64 {
        self.power_capped(2.0, cap)
    }

    /// The share of the distribution below x.
    pub fn cdf(&self, x: f64) -> f64 {
        if x <= 0.0 { 0.0 } else { normal_cdf((libm::log(x) - self.mu) / self.sigma) }
    }

    /// The value below which the share `p` (0 to 1) of the distribution lies.
    pub fn quantile(&self, p: f64) -> f64 {
        self.at(normal_quantile(p))
    }

    /// The value at a standard normal deviate.
    pub fn at(&self, deviate: f64) -> f64 {
        libm::exp(self.mu + self.sigma * deviate)
    }

    /// The mean of X^k.
    fn power(&self, k: f64) -> f64 {
        libm::exp(k * self.mu + 0.5 * k * k * self.sigma * self.sigma)
    }

    /// The mean of min(X, cap)^k: below the cap the distribution with k sigma² more on its logarithm.
    fn power_capped(&self, k: f64, cap: f64) -> f64 {
        if cap <= 0.0 {
            return 0.0;
        }
        if cap == f64::INFINITY {
            return self.power(k);
        }
        let at = (libm::log(cap) - self.mu) / self.sigma;
        self.power(k) * normal_cdf(at - k * self.sigma) + libm::pow(cap, k) * normal_cdf(-at)
    }
}

#[cfg(test)]
mod tests {
    use super::super::normal_rule;
    use super::*;

    fn near(found: f64, known: f64, relative: f64) {
        assert!((found / known - 1.0).abs() < relative, "{found} is not {known}");
    }

    /// The mean of a function of a standard normal deviate, by the midpoint rule.
    fn numerically(function: impl Fn(f64) -> f64) -> f64 {
        let (steps, width) = (400_000, 24.0 / 400_000.0);
        let density = |z: f64| libm::exp(-0.5 * z * z) / (2.0 * std::f64::consts::PI).sqrt();
        (0..steps)
            .map(|step| -12.0 + (f64::from(step) + 0.5) * width)
            .map(|z| function(z) * density(z) * width)
            .sum()
    }

    #[test]
    fn the_capped_mean_is_the_integral() {
        for (median, sigma, cap) in [(18e3, 1.8, 3e6), (400.0, 1.8, 3e6), (1.5e6, 1.9, 1e6)] {
            let it = LogNormal::from_median(median, sigma);
            near(it.mean_capped(cap), numerically(|z| it.at(z).min(cap)), 1e-8);
            let square = numerically(|z| it.at(z).min(cap) * it.at(z).min(cap));
            near(it.square_capped(cap), square, 1e-8);
        }
    }

    #[test]
    fn no_cap_is_the_plain_mean_and_a_cap_only_lowers_it() {
        // NetDiligence's small firms: median $36k, mean about $175k.
        let it = LogNormal { mu: 10.49, sigma: 1.78 };
        near(it.mean(), 175_328.0, 1e-3);
        near(it.mean_capped(f64::INFINITY), it.mean(), 1e-15);
        near(it.mean_capped(1e15), it.mean(), 1e-12);
        let mut last = 0.0;
        for cap in [0.0, 1.0, 1e3, 1e5, 1e7, 1e9] {
            let mean = it.mean_capped(cap);
            assert!(mean >= last && mean <= it.mean() && mean <= cap);
            last = mean;
        }
    }

    #[test]
    fn doubt_about_the_median_is_one_more_spread() {
        let (it, doubt, cap) = (LogNormal::from_median(60e3, 1.75), 0.5, 3e6);
        let averaged: f64 = normal_rule(16)
            .into_iter()
            .map(|(z, weight)| weight * LogNormal { mu: it.mu + doubt * z, ..it }.mean_capped(cap))
            .sum();
        near(it.with_doubt(doubt).mean_capped(cap), averaged, 1e-9);
        near(it.with_doubt(doubt).median(), it.median(), 1e-15);
    }

    #[test]
    fn a_range_holds_ninety_percent() {
        let days = LogNormal::from_range(1.0, 35.0);
        near(days.quantile(0.05), 1.0, 1e-12);
        near(days.quantile(0.95), 35.0, 1e-12);
        near(days.cdf(days.median()), 0.5, 1e-14);
        assert_eq!(days.cdf(0.0), 0.0);
    }
}

//! How many events: Poisson where the frequency is known, negative binomial where it is a Gamma.

use super::special::{beta_lower, gamma_upper, ln_binomial_mass, ln_poisson_mass};

/// So many steps are gone one by one; beyond, the count is sought by halving.
const STEPS: u64 = 1024;

/// A count with a known mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Poisson {
    mean: f64,
    none: f64,
}

impl Poisson {
    /// By its mean; 0 and more, below about 1e9.
    pub fn new(mean: f64) -> Self {
        Self { mean, none: libm::exp(-mean) }
    }

    /// The chance of no event.
    pub const fn none(&self) -> f64 {
        self.none
    }

    /// The chance of exactly k events.
    pub fn mass(&self, k: u64) -> f64 {
        if k == 0 || self.mean <= 0.0 {
            return if k == 0 { self.none } else { 0.0 };
        }
        libm::exp(ln_poisson_mass(k as f64, self.mean))
    }

    /// The chance of at most k events.
    pub fn cdf(&self, k: u64) -> f64 {
        gamma_upper(k as f64 + 1.0, self.mean)
    }

    /// The least count whose cdf reaches `u`, 0 < u < 1.
    pub fn quantile(&self, u: f64) -> u64 {
        let mean = self.mean;
        sought(u, self.none, |k| mean / (k + 1.0), |k| self.cdf(k))
    }
}

/// A count whose mean is Gamma distributed: wider than Poisson.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NegativeBinomial {
    shape: f64,
    mean: f64,
    none: f64,
}

impl NegativeBinomial {
    /// The count when the frequency is Gamma with this shape (above 0) and this mean (0 and more).
    /// Variance: mean + mean² / shape.
    pub fn new(shape: f64, mean: f64) -> Self {
        Self { shape, mean, none: libm::exp(-shape * libm::log1p(mean / shape)) }
    }

    /// The chance of no event.
    pub const fn none(&self) -> f64 {
        self.none
    }

    /// The share of the next event: mean / (shape + mean), and what is left.
    fn shares(&self) -> (f64, f64) {
        let whole = self.shape + self.mean;
        (self.mean / whole, self.shape / whole)
    }

    /// The chance of exactly k events.
    pub fn mass(&self, k: u64) -> f64 {
        if k == 0 || self.mean <= 0.0 {
            return if k == 0 { self.none } else { 0.0 };
        }
        let (q, p) = self.shares();
        let k = k as f64;
        self.shape / (self.shape + k) * libm::exp(ln_binomial_mass(self.shape, k, p, q))
    }

    /// The chance of at most k events.
    pub fn cdf(&self, k: u64) -> f64 {
        let (_, p) = self.shares();
        beta_lower(self.shape, k as f64 + 1.0, p)
    }

    /// The least count whose cdf reaches `u`, 0 < u < 1.
    pub fn quantile(&self, u: f64) -> u64 {
        let (q, _) = self.shares();
        let shape = self.shape;
        sought(u, self.none, |k| q * (shape + k) / (k + 1.0), |k| self.cdf(k))
    }
}

/// The least count whose cdf reaches `u`: step by step from the chance of none, by the `ratio` of a
/// mass to the one before; where that is long, or the chance of none too small to begin with, by
/// doubling and halving.
fn sought(u: f64, none: f64, ratio: impl Fn(f64) -> f64, cdf: impl Fn(u64) -> f64) -> u64 {
    let mut below = 0;
    if none > f64::MIN_POSITIVE / f64::EPSILON {
        let (mut mass, mut sum) = (none, none);
        for k in 0..STEPS {
            if u <= sum {
                return k;
            }
            mass *= ratio(k as f64);
            let next = sum + mass;
            // The sum has settled a last digit short of 1, and u lies in between.
            if next == sum && ratio(k as f64) < 1.0 {
                return k;
            }
            sum = next;
        }
        below = STEPS - 1;
    }
    // From here on: cdf(below) < u, or below is 0 and not yet looked at.
    if below == 0 && u <= cdf(0) {
        return 0;
    }
    let mut above = (below + 1).max(64);
    while cdf(above) < u && above < u64::MAX / 4 {
        below = above;
        above *= 2;
    }
    while above - below > 1 {
        let middle = below + (above - below) / 2;
        if cdf(middle) < u {
            below = middle;
        } else {
            above = middle;
        }
    }
    above
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, known: f64, relative: f64) {
        assert!((found / known - 1.0).abs() < relative, "{found} is not {known}");
    }

    #[test]
    fn masses_sum_to_the_cdf() {
        for mean in [0.0148, 0.9, 7.5, 60.0] {
            let poisson = Poisson::new(mean);
            let wide = NegativeBinomial::new(1.37, mean);
            let (mut sum, mut wide_sum) = (0.0, 0.0);
            for k in 0..120 {
                sum += poisson.mass(k);
                wide_sum += wide.mass(k);
                near(poisson.cdf(k), sum, 1e-12);
                near(wide.cdf(k), wide_sum, 1e-12);
            }
        }
    }

    #[test]
    fn moments_of_the_negative_binomial_are_those_of_a_gamma_mixed_count() {
        let it = NegativeBinomial::new(2.5, 3.0);
        let moment =
            |power: i32| -> f64 { (0..2000).map(|k| (k as f64).powi(power) * it.mass(k)).sum() };
        near(moment(0), 1.0, 1e-12);
        near(moment(1), 3.0, 1e-12);
        near(moment(2) - 9.0, 3.0 + 9.0 / 2.5, 1e-12);
        near(it.none(), (2.5_f64 / 5.5).powf(2.5), 1e-14);
    }

    #[test]
    fn the_quantile_is_the_least_count_that_reaches() {
        for mean in [1e-4, 0.3, 14.8, 100.0, 690.0, 1e4, 1e6] {
            for u in [1e-12, 0.01, 0.5, 0.9077, 0.999, 1.0 - 1e-12] {
                let poisson = Poisson::new(mean);
                let wide = NegativeBinomial::new(0.7, mean);
                let (k, wide_k) = (poisson.quantile(u), wide.quantile(u));
                // To the last digits: sums and the incomplete functions may differ there.
                let slack = 1e-13;
                assert!(poisson.cdf(k) >= u - slack, "{mean} {u}");
                assert!(k == 0 || poisson.cdf(k - 1) < u + slack, "{mean} {u}");
                assert!(wide.cdf(wide_k) >= u - slack, "{mean} {u}");
                assert!(wide_k == 0 || wide.cdf(wide_k - 1) < u + slack, "{mean} {u}");
            }
        }
    }

    #[test]
    fn a_known_wide_count_has_its_known_chance_of_none() {
        // Mean 0.1 a year and shape 1.58... of a history of 15.8 years: (b / (b + 1))^a.
        let it = NegativeBinomial::new(1.58, 1.58 / 101.0);
        near(it.none(), (101.0_f64 / 102.0).powf(1.58), 1e-13);
        assert_eq!(Poisson::new(0.0).quantile(0.999_999), 0);
        assert_eq!(Poisson::new(0.0).mass(0), 1.0);
        assert_eq!(NegativeBinomial::new(1.0, 0.0).quantile(0.999_999), 0);
    }

    #[test]
    fn the_last_uniform_ends() {
        let last = 1.0 - f64::EPSILON / 2.0;
        for mean in [1e-8, 1.0, 300.0] {
            assert!(Poisson::new(mean).quantile(last) < 1000);
            assert!(NegativeBinomial::new(5.0, mean).quantile(last) < 100_000);
        }
    }
}

//! A log-normal distribution of which only what lies above a floor is seen.

use asepsis_core::risk::number::special::{normal_cdf, normal_quantile};
use asepsis_core::risk::number::{LogNormal, Stream, exp, ln};

use super::minimum::minimum;

/// A log-normal distribution seen above a floor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Truncated {
    /// The whole distribution.
    pub(crate) whole: LogNormal,
    /// Nothing below is seen.
    floor: f64,
}

impl Truncated {
    #[cfg(test)]
    pub(crate) const fn new(mu: f64, sigma: f64, floor: f64) -> Self {
        Self { whole: LogNormal { mu, sigma }, floor }
    }

    /// The likeliest with the same floor for other sizes.
    pub(crate) fn fitted_to(&self, sizes: &[f64]) -> Self {
        Self::fit(sizes, self.floor)
    }

    /// The likeliest for these sizes, all above the floor.
    pub(crate) fn fit(sizes: &[f64], floor: f64) -> Self {
        let logs = Logs::of(sizes);
        let start = [logs.mean, ln(logs.variance.max(1e-12)) / 2.0];
        let [mu, ln_sigma] = minimum(start, [0.1, 0.1], |[mu, ln_sigma]| {
            let it = Self { whole: LogNormal { mu, sigma: exp(ln_sigma) }, floor };
            -it.likelihood_of_logs(&logs) / logs.number
        });
        Self { whole: LogNormal { mu, sigma: exp(ln_sigma) }, floor }
    }

    /// The logarithm of the likelihood of the sizes.
    pub(crate) fn likelihood(&self, sizes: &[f64]) -> f64 {
        let logs = Logs::of(sizes);
        // The density of a size is that of its logarithm over the size.
        self.likelihood_of_logs(&logs) - logs.mean * logs.number
    }

    fn likelihood_of_logs(&self, logs: &Logs) -> f64 {
        const LN_SQRT_2PI: f64 = 0.918_938_533_204_672_8;
        let LogNormal { mu, sigma } = self.whole;
        let away = logs.mean - mu;
        let squares = (logs.variance + away * away) / (sigma * sigma);
        logs.number * (-LN_SQRT_2PI - ln(sigma) - 0.5 * squares - ln(self.seen()))
    }

    /// The share of the whole distribution that lies above the floor.
    fn seen(&self) -> f64 {
        self.upper(self.floor)
    }

    /// The share of the whole distribution above a size.
    fn upper(&self, size: f64) -> f64 {
        normal_cdf((self.whole.mu - ln(size)) / self.whole.sigma)
    }

    /// The share of what is seen that lies below a size.
    pub(crate) fn cdf(&self, size: f64) -> f64 {
        1.0 - self.upper(size) / self.seen()
    }

    /// A size, seen.
    pub(crate) fn draw(&self, stream: &mut Stream) -> f64 {
        self.whole.at(-normal_quantile(stream.uniform() * self.seen()))
    }
}

/// All that the likelihood needs of the sizes.
struct Logs {
    number: f64,
    mean: f64,
    /// Around the mean, over n.
    variance: f64,
}

impl Logs {
    fn of(sizes: &[f64]) -> Self {
        let number = sizes.len() as f64;
        let mean = sizes.iter().map(|it| ln(*it)).sum::<f64>() / number;
        let away = sizes.iter().map(|it| ln(*it) - mean);
        Self { number, mean, variance: away.map(|it| it * it).sum::<f64>() / number }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_distribution_is_found_again_from_what_is_seen_of_it() {
        for (mu, sigma) in [(9.76, 2.13), (8.07, 2.1), (5.15, 2.42)] {
            let known = Truncated { whole: LogNormal { mu, sigma }, floor: 501.5 };
            let mut stream = Stream::new(1, 2, 3, 4);
            let sizes: Vec<f64> = (0..40_000).map(|_| known.draw(&mut stream)).collect();
            assert!(sizes.iter().all(|it| *it >= 501.5));
            let found = Truncated::fit(&sizes, 501.5);
            assert!((found.whole.mu - mu).abs() < 0.25, "{found:?}");
            assert!((found.whole.sigma - sigma).abs() < 0.1, "{found:?}");
            // Nothing near it is likelier.
            for (dx, dy) in [(1e-3, 0.0), (-1e-3, 0.0), (0.0, 1e-3), (0.0, -1e-3)] {
                let whole = LogNormal { mu: found.whole.mu + dx, sigma: found.whole.sigma + dy };
                let other = Truncated { whole, ..found };
                assert!(other.likelihood(&sizes) < found.likelihood(&sizes));
            }
        }
    }

    #[test]
    fn what_is_seen_begins_at_the_floor() {
        let it = Truncated { whole: LogNormal { mu: 7.0, sigma: 2.0 }, floor: 501.5 };
        assert!(it.cdf(501.5).abs() < 1e-15);
        assert!((it.cdf(1e12) - 1.0).abs() < 1e-12);
        assert!(it.cdf(5000.0) > it.cdf(1000.0));
    }
}

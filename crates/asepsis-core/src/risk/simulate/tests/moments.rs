//! Mean and variance of a year against their closed forms, for each of the fifteen priors.

use super::super::super::number::special::normal_cdf;
use super::super::super::number::{Gamma, LogNormal, exp, ln, pow};
use super::super::super::tests::support::unknown;
use super::super::year::Made;
use super::{alone, lived};
use crate::organization::Size;

/// Worlds of each prior.
const WORLDS: usize = 256;
/// So many events in each of them are enough.
const EVENTS: f64 = 16.0;

/// What is known of a year in which a count, Poisson at a Gamma distributed frequency, of capped
/// log-normal losses comes together.
struct Known {
    mean: f64,
    variance: f64,
    /// Variances over worlds of the world's mean of L, and of its mean of (L - mean)².
    of_mean: f64,
    of_variance: f64,
}

impl Known {
    fn of(rate: Gamma, amount: LogNormal, cap: f64, years: f64) -> Self {
        let [m1, m2, m3, m4] = [1.0, 2.0, 3.0, 4.0].map(|k| {
            let at = (ln(cap) - amount.mu) / amount.sigma;
            let whole = exp(k * amount.mu + 0.5 * k * k * amount.sigma * amount.sigma);
            whole * normal_cdf(at - k * amount.sigma) + pow(cap, k) * normal_cdf(-at)
        });
        // Raw moments of the frequency.
        let of = |k: i32| (0..k).map(|i| (rate.shape + f64::from(i)) / rate.rate).product::<f64>();
        let (r1, r2, r3, r4) = (of(1), of(2), of(3), of(4));
        // Raw moments of a year.
        let mean = r1 * m1;
        let l2 = r1 * m2 + r2 * m1 * m1;
        let l3 = r1 * m3 + 3.0 * r2 * m1 * m2 + r3 * m1.powi(3);
        let l4 = r1 * m4
            + r2 * (4.0 * m1 * m3 + 3.0 * m2 * m2)
            + 6.0 * r3 * m1 * m1 * m2
            + r4 * m1.powi(4);
        let fourth = l4 - 4.0 * mean * l3 + 6.0 * mean * mean * l2 - 4.0 * mean.powi(3) * mean
            + mean.powi(4);
        // At a known frequency r, the mean of (L - mean)² is a r² + b r + c.
        let (a, b, c) = (m1 * m1, m2 - 2.0 * mean * m1, mean * mean);
        let square =
            a * a * r4 + 2.0 * a * b * r3 + (b * b + 2.0 * a * c) * r2 + 2.0 * b * c * r1 + c * c;
        // Var N = mean + mean² / shape; Var L = E N Var X + Var N (E X)².
        let count = r1 + r1 * r1 / rate.shape;
        let variance = r1 * (m2 - m1 * m1) + count * m1 * m1;
        assert!((variance / (l2 - mean * mean) - 1.0).abs() < 1e-9);
        Self {
            mean,
            variance,
            of_mean: (r2 - r1 * r1) * m1 * m1 + r1 * m2 / years,
            of_variance: square - variance * variance + (fourth - square) / years,
        }
    }
}

/// Mean over the years of a world of a function of the loss.
fn over(made: &Made, function: impl Fn(f64) -> f64) -> f64 {
    let years = f64::from(made.years);
    let quiet = years - made.losses.len() as f64;
    let sum: f64 = made.losses.iter().map(|it| function(*it)).sum();
    (sum + quiet * function(0.0)) / years
}

#[test]
fn each_prior_has_its_mean_and_variance_within_four_standard_errors() {
    let (mut worst, mut widest) = (0.0_f64, 0.0_f64);
    for size in Size::ALL {
        for threat in unknown(size).threats {
            let (rate, amount) = (threat.rate, threat.loss.amount);
            // With the cap of the prior the fourth moment is that of events that never come in so few
            // years: a variance would be held against nothing. So the variance has a nearer cap.
            let near = amount.quantile(0.99).min(threat.loss.cap);
            for (cap, both) in [(threat.loss.cap, false), (near, true)] {
                let enough = (EVENTS / rate.mean()) as u32;
                let years = enough.clamp(64, 4_096).next_power_of_two();
                let known = Known::of(rate, amount, cap, f64::from(years));
                let made = lived(&alone(rate, amount, cap), WORLDS, years, &[]);
                let n = WORLDS as f64;
                let mean = made.iter().map(|it| over(it, |loss| loss)).sum::<f64>() / n;
                let error = (known.of_mean / n).sqrt();
                let off = (mean - known.mean) / error;
                assert!(off.abs() < 4.0, "{size} {}: {mean} and {}", threat.id, known.mean);
                worst = worst.max(off.abs());
                if !both {
                    continue;
                }
                let squares = |loss: f64| (loss - known.mean) * (loss - known.mean);
                let variance = made.iter().map(|it| over(it, squares)).sum::<f64>() / n;
                let error = (known.of_variance / n).sqrt();
                let off = (variance - known.variance) / error;
                assert!(off.abs() < 4.0, "{size} {}: {variance}, {}", threat.id, known.variance);
                worst = worst.max(off.abs());
                widest = widest.max(error / known.variance);
            }
        }
    }
    println!("at most {worst:.2} standard errors off; they are at most {widest:.3} of a variance");
    assert!(widest < 0.25, "an error that holds anything against nothing: {widest}");
}

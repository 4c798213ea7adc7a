//! How far sizes are from a distribution: Kolmogorov and Smirnov, Anderson and Darling.

use asepsis_core::risk::number::{Stream, exp, ln};

use super::truncated::Truncated;
use crate::sample::sorted;

/// The greatest distance between a sample's shares (values of the cdf, ascending) and equal shares.
pub(crate) fn kolmogorov_smirnov(shares: &[f64]) -> f64 {
    let number = shares.len() as f64;
    let gaps = shares
        .iter()
        .enumerate()
        .map(|(at, share)| (share - at as f64 / number).max((at + 1) as f64 / number - share));
    gaps.fold(0.0, f64::max)
}

/// Anderson and Darling's distance, which weighs the tails; shares ascending.
pub(crate) fn anderson_darling(shares: &[f64]) -> f64 {
    let number = shares.len() as f64;
    let inside = |share: &f64| share.clamp(1e-12, 1.0 - 1e-12);
    let both = shares.iter().map(inside).zip(shares.iter().rev().map(inside));
    let sum: f64 = both
        .enumerate()
        .map(|(at, (low, high))| (2 * at + 1) as f64 * (ln(low) + ln(1.0 - high)))
        .sum();
    -number - sum / number
}

/// The chance of a distance as great as this where the distribution is right and was not fitted to
/// the sample: Kolmogorov's series with Stephens' correction (1970).
pub(crate) fn kolmogorov_p(distance: f64, number: usize) -> f64 {
    let root = (number as f64).sqrt();
    let scaled = (root + 0.12 + 0.11 / root) * distance;
    let terms = (1..=100).map(|k| {
        let k = f64::from(k);
        let sign = if k % 2.0 == 1.0 { 2.0 } else { -2.0 };
        sign * exp(-2.0 * k * k * scaled * scaled)
    });
    if scaled < 0.2 { 1.0 } else { terms.sum::<f64>().clamp(0.0, 1.0) }
}

/// The shares of a sample under a distribution, ascending.
pub(crate) fn shares(sizes: &[f64], distribution: &Truncated) -> Vec<f64> {
    sorted(sizes.iter().map(|it| distribution.cdf(*it)))
}

/// The chance of a distance as great as `observed` where the distribution is right and was fitted to
/// the sample: samples of the same number are drawn from it, fitted and measured again. `name` names
/// the random streams.
pub(crate) fn bootstrap_p(
    fitted: &Truncated,
    number: usize,
    observed: f64,
    draws: u32,
    name: u64,
) -> f64 {
    let as_far = |draw: u32| {
        let mut stream = Stream::new(SEED, u64::from(draw), name, 0);
        let sizes: Vec<f64> = (0..number).map(|_| fitted.draw(&mut stream)).collect();
        let again = fitted.fitted_to(&sizes);
        kolmogorov_smirnov(&shares(&sizes, &again)) >= observed
    };
    let farther = (0..draws).filter(|draw| as_far(*draw)).count();
    (farther + 1) as f64 / f64::from(draws + 1)
}

/// Where the streams begin; any number would do.
const SEED: u64 = 20_261_124;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_of_a_small_sample_are_those_by_hand() {
        // Shares 0.1, 0.5, 0.7: the greatest gap is 1 - 0.7.
        let shares = [0.1, 0.5, 0.7];
        assert!((kolmogorov_smirnov(&shares) - 0.3).abs() < 1e-15);
        let by_hand = -3.0
            - ((ln(0.1) + ln(0.3)) + 3.0 * (ln(0.5) + ln(0.5)) + 5.0 * (ln(0.7) + ln(0.9))) / 3.0;
        assert!((anderson_darling(&shares) - by_hand).abs() < 1e-12);
    }

    #[test]
    fn kolmogorovs_points_are_the_tabled_ones() {
        // Limits for large n: 1.3581 at 5 %, 1.6276 at 1 % (Smirnov, 1948).
        assert!((kolmogorov_p(1.3581 / 1000.0, 1_000_000) - 0.05).abs() < 1e-4);
        assert!((kolmogorov_p(1.6276 / 1000.0, 1_000_000) - 0.01).abs() < 1e-4);
        assert_eq!(kolmogorov_p(0.0, 10), 1.0);
    }

    #[test]
    fn the_bootstrap_lets_a_right_fit_stand_and_a_wrong_one_fall() {
        let mut stream = Stream::new(1, 1, 1, 1);
        let right = Truncated::new(9.0, 2.0, 501.5);
        let sizes: Vec<f64> = (0..400).map(|_| right.draw(&mut stream)).collect();
        let fitted = right.fitted_to(&sizes);
        let distance = kolmogorov_smirnov(&shares(&sizes, &fitted));
        let p = bootstrap_p(&fitted, sizes.len(), distance, 99, 1);
        assert!(p > 0.05, "{p}");
        // A tenth of the sizes on one point, as stand-ins are.
        let heaped = sizes.iter().enumerate();
        let heaped: Vec<f64> =
            heaped.map(|(at, it)| if at % 10 == 0 { 502.0 } else { *it }).collect();
        let fitted = right.fitted_to(&heaped);
        let distance = kolmogorov_smirnov(&shares(&heaped, &fitted));
        let p = bootstrap_p(&fitted, heaped.len(), distance, 99, 1);
        assert_eq!(p, 0.01);
    }
}

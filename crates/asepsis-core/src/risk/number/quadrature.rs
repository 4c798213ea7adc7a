//! Gauss rules: means over a Beta or a normal distribution from a few fixed nodes, without sampling.
//!
//! A rule of n nodes is exact for polynomials of degree 2n - 1. Nodes are the zeros of the orthogonal
//! polynomial, weights follow from all lower ones (DLMF 3.5(v)). The zeros of each polynomial separate
//! those of the next, which gives every one its bracket.

use super::Beta;

/// Most nodes of a rule.
pub const MAX_NODES: usize = 16;

/// Steps after which a bracket is as narrow as numbers are.
const MAX_STEPS: u32 = 100;
/// A relative step after which the next would be below the last digit.
const CLOSE: f64 = 1e-10;

/// Nodes in (0, 1), ascending, and weights that sum to 1 for means over a Beta distribution
/// (Gauss-Jacobi). At least 1 node and at most [`MAX_NODES`].
pub fn beta_rule(beta: Beta, nodes: usize) -> Vec<(f64, f64)> {
    let Beta { a, b } = beta;
    let sum = a + b;
    let steps: Vec<Step> = (0..nodes.clamp(1, MAX_NODES))
        .map(|k| {
            // DLMF 18.9.2 on [0, 1], with alpha = b - 1 and beta = a - 1. At the first step its
            // factors cancel to mean and variance.
            if k == 0 {
                return Step { center: beta.mean(), reach: beta.variance() };
            }
            let k = k as f64;
            let width = 2.0 * k + sum;
            let center = 0.5 + 0.5 * (a - b) / (width - 2.0) * ((sum - 2.0) / width);
            let ratio = (k + 1.0) / width * ((k + a) / width);
            let reach = ratio * ((k + b) / (width + 1.0)) * ((k + sum - 1.0) / (width - 1.0));
            Step { center, reach }
        })
        .collect();
    rule(&steps, 0.0, 1.0)
}

/// Nodes, ascending, and weights that sum to 1 for means over the standard normal distribution
/// (Gauss-Hermite). At least 1 node and at most [`MAX_NODES`].
pub fn normal_rule(nodes: usize) -> Vec<(f64, f64)> {
    let nodes = nodes.clamp(1, MAX_NODES);
    let steps: Vec<Step> = (1..=nodes).map(|k| Step { center: 0.0, reach: k as f64 }).collect();
    // All zeros lie within 2 sqrt(n) (Gershgorin).
    let end = 2.0 * (nodes as f64).sqrt();
    rule(&steps, -end, end)
}

/// One step of the recurrence of polynomials that begin with x^n:
/// next = (x - center) · this - (reach before) · before.
/// Divided by the root of the product of all reaches before, they are orthonormal.
#[derive(Clone, Copy)]
struct Step {
    center: f64,
    reach: f64,
}

fn rule(steps: &[Step], low: f64, high: f64) -> Vec<(f64, f64)> {
    let mut zeros: Vec<f64> = Vec::with_capacity(steps.len());
    for degree in 1..=steps.len() {
        let steps = steps.get(..degree).unwrap_or_default();
        // From the highest zero down the polynomial is positive above, negative above the next one.
        let ends = std::iter::once(low).chain(zeros.iter().copied());
        let brackets = ends.zip(zeros.iter().copied().chain([high]));
        let signs = (0..degree).map(|at| if (degree - at) % 2 == 1 { 1.0 } else { -1.0 });
        zeros = brackets.zip(signs).map(|(ends, sign)| zero(steps, ends, sign)).collect();
    }
    zeros.into_iter().map(|at| (at, weight(steps, at))).collect()
}

/// The one zero between two ends, from below which to above which the polynomial changes to `sign`.
fn zero(steps: &[Step], (mut low, mut high): (f64, f64), sign: f64) -> f64 {
    let mut at = 0.5 * (low + high);
    for _ in 0..MAX_STEPS {
        let (value, slope) = evaluate(steps, at);
        if value == 0.0 {
            break;
        }
        if value * sign > 0.0 {
            high = at;
        } else {
            low = at;
        }
        let newton = at - value / slope;
        let inside = newton > low && newton < high;
        let next = if inside { newton } else { 0.5 * (low + high) };
        let step = (next - at).abs();
        at = next;
        // Each of Newton's steps squares what the one before was off; halving goes to the last digit.
        if step <= at.abs() * if inside { CLOSE } else { f64::EPSILON } {
            break;
        }
    }
    at
}

/// Value and slope of the polynomial of the degree that there are steps.
fn evaluate(steps: &[Step], x: f64) -> (f64, f64) {
    let (mut value, mut slope) = (1.0, 0.0);
    let (mut value_before, mut slope_before, mut reach) = (0.0, 0.0, 0.0);
    for step in steps {
        let away = x - step.center;
        let next = away * value - reach * value_before;
        let next_slope = value + away * slope - reach * slope_before;
        (value_before, slope_before, reach) = (value, slope, step.reach);
        (value, slope) = (next, next_slope);
    }
    (value, slope)
}

/// One over the sum of the squares of all lower orthonormal polynomials.
fn weight(steps: &[Step], x: f64) -> f64 {
    let (mut value, mut before, mut reach, mut norm, mut sum) = (1.0, 0.0, 0.0, 1.0, 0.0);
    for step in steps {
        sum += value * value / norm;
        (value, before) = ((x - step.center) * value - reach * before, value);
        reach = step.reach;
        norm *= reach;
    }
    1.0 / sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mean(rule: &[(f64, f64)], function: impl Fn(f64) -> f64) -> f64 {
        rule.iter().map(|(at, weight)| weight * function(*at)).sum()
    }

    #[test]
    fn a_beta_rule_is_exact_for_all_powers_that_it_must() {
        for (a, b) in [(1.0, 1.0), (0.1, 4.9), (7.0, 3.0), (31.5, 3.5), (1.0, 49.0), (0.5, 0.5)] {
            let beta = Beta::new(a, b);
            for nodes in 1..=MAX_NODES {
                let rule = beta_rule(beta, nodes);
                assert_eq!(rule.len(), nodes);
                assert!(rule.iter().all(|(at, weight)| *at > 0.0 && *at < 1.0 && *weight > 0.0));
                assert!(rule.windows(2).all(|pair| pair[0].0 < pair[1].0));
                for power in 0..2 * nodes as u32 {
                    let found = mean(&rule, |x| x.powi(power as i32));
                    let known = beta.moment(power);
                    assert!(
                        (found / known - 1.0).abs() < 1e-11,
                        "Beta({a}, {b}), {nodes} nodes, x^{power}: {found} is not {known}"
                    );
                }
                // The next power is where a rule must fail, as far as few nodes show it.
                let beyond = mean(&rule, |x| x.powi(2 * nodes as i32));
                assert!(nodes > 4 || beyond < beta.moment(2 * nodes as u32) * (1.0 - 1e-9));
            }
        }
    }

    #[test]
    fn a_normal_rule_is_exact_for_all_powers_that_it_must() {
        for nodes in 1..=MAX_NODES {
            let rule = normal_rule(nodes);
            let mut known = 1.0;
            for power in 0..nodes {
                // The mean of z^2k is 1 · 3 · ... · (2k - 1); odd powers vanish.
                let found = mean(&rule, |z| z.powi(2 * power as i32));
                assert!((found / known - 1.0).abs() < 1e-11, "{nodes} nodes, z^{}", 2 * power);
                let odd = mean(&rule, |z| z.powi(2 * power as i32 + 1));
                assert!(odd.abs() < 1e-11 * known * 10.0, "{nodes} nodes, odd");
                known *= (2 * power + 1) as f64;
            }
        }
    }

    #[test]
    fn known_rules_come_out() {
        // Gauss-Legendre with 3 nodes: 0.5 ± 0.5 sqrt(3/5), weights 5/18 and 8/18.
        let legendre = beta_rule(Beta::new(1.0, 1.0), 3);
        let reach = 0.5 * 0.6_f64.sqrt();
        for (found, known) in legendre.iter().zip([
            (0.5 - reach, 5.0 / 18.0),
            (0.5, 8.0 / 18.0),
            (0.5 + reach, 5.0 / 18.0),
        ]) {
            assert!((found.0 - known.0).abs() < 1e-15 && (found.1 - known.1).abs() < 1e-15);
        }
        // Gauss-Hermite with 3 nodes: 0 and ± sqrt(3), weights 2/3 and 1/6.
        let hermite = normal_rule(3);
        let known = [(-3_f64.sqrt(), 1.0 / 6.0), (0.0, 2.0 / 3.0), (3_f64.sqrt(), 1.0 / 6.0)];
        for (found, known) in hermite.iter().zip(known) {
            assert!((found.0 - known.0).abs() < 1e-15 && (found.1 - known.1).abs() < 1e-15);
        }
    }

    #[test]
    fn a_smooth_mean_that_is_no_polynomial_is_met_by_eight_nodes() {
        // The mean of exp(t x) over Beta(3, 7) is a hypergeometric series.
        let beta = Beta::new(3.0, 7.0);
        let series: f64 = (0..60)
            .scan(1.0, |factorial, n| {
                let term = beta.moment(n) * (-2.0_f64).powi(n as i32) / *factorial;
                *factorial *= f64::from(n + 1);
                Some(term)
            })
            .sum();
        let found = mean(&beta_rule(beta, 8), |x| libm::exp(-2.0 * x));
        assert!((found - series).abs() < 1e-14, "{found} is not {series}");
    }

    #[test]
    fn the_number_of_nodes_is_kept_in_bounds() {
        assert_eq!(beta_rule(Beta::new(2.0, 2.0), 0).len(), 1);
        assert_eq!(normal_rule(1000).len(), MAX_NODES);
        assert_eq!(normal_rule(1), [(0.0, 1.0)]);
    }
}

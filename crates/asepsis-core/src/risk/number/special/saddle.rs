//! Probability masses that keep their digits where numbers are large.
//!
//! Catherine Loader, "Fast and accurate computation of binomial probabilities" (2000): what Stirling's
//! formula misses, and the deviance, are small numbers, while the logarithms of factorials that they
//! replace are large and would cancel. Holds for counts that are no whole numbers too.

/// ln(sqrt(2 pi)).
const LN_SQRT_2PI: f64 = 0.918_938_533_204_672_8;
/// From here on the series is exact.
const LARGE: f64 = 16.0;

/// ln(x!) less Stirling's formula for it (DLMF 5.11.1).
pub(super) fn stirling_error(x: f64) -> f64 {
    if x >= LARGE {
        let square = 1.0 / (x * x);
        let inner = 1.0 / 1260.0 - square * (1.0 / 1680.0 - square / 1188.0);
        return (1.0 / 12.0 - square * (1.0 / 360.0 - square * inner)) / x;
    }
    libm::lgamma(x + 1.0) - (x + 0.5) * libm::log(x) + x - LN_SQRT_2PI
}

/// x ln(x / m) + m - x, without the cancellation where x is near m.
pub(super) fn deviance(x: f64, mean: f64) -> f64 {
    let difference = x - mean;
    if difference.abs() >= 0.1 * (x + mean) {
        return x * libm::log(x / mean) - difference;
    }
    // x = m (1 + v) / (1 - v): the series of the inverse hyperbolic tangent.
    let v = difference / (x + mean);
    let square = v * v;
    let (mut sum, mut term) = (difference * v, 2.0 * x * v);
    for odd in (3_u32..).step_by(2) {
        term *= square;
        let next = sum + term / f64::from(odd);
        if next == sum {
            break;
        }
        sum = next;
    }
    sum
}

/// The logarithm of m^x e^-m / x!, for x above 0.
pub(in super::super) fn ln_poisson_mass(x: f64, mean: f64) -> f64 {
    -stirling_error(x) - deviance(x, mean) - LN_SQRT_2PI - 0.5 * libm::log(x)
}

/// The logarithm of (a + b)! / (a! b!) p^a q^b, for a and b above 0; q = 1 - p, given apart because the
/// difference may have lost its digits.
pub(in super::super) fn ln_binomial_mass(a: f64, b: f64, p: f64, q: f64) -> f64 {
    let n = a + b;
    stirling_error(n)
        - stirling_error(a)
        - stirling_error(b)
        - deviance(a, n * p)
        - deviance(b, n * q)
        - LN_SQRT_2PI
        + 0.5 * libm::log(n / a / b)
}

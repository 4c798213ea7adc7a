//! The regularized incomplete beta function I_x(a, b) and its inverse.

use super::saddle::ln_binomial_mass;
use super::{Tails, inverse, normal_quantile};

/// Terms after which the fraction must have settled; far more than parameters below 1e8 need.
const MAX_TERMS: u32 = 200_000;
/// Range of ln(x / (1-x)) in which the inverse is sought.
const RANGE: (f64, f64) = (-745.0, 745.0);

/// The logarithm of the beta function, a and b above 0.
pub fn ln_beta(a: f64, b: f64) -> f64 {
    libm::lgamma(a) + libm::lgamma(b) - libm::lgamma(a + b)
}

/// I_x(a, b): the share of a Beta(a, b) distribution below x (DLMF 8.17.2); a and b above 0.
pub fn beta_lower(a: f64, b: f64, x: f64) -> f64 {
    if x <= 0.0 {
        0.0
    } else if x >= 1.0 {
        1.0
    } else {
        libm::exp(tails(a, b, x, 1.0 - x).ln_lower)
    }
}

/// The x at which I_x(a, b) = p, for 0 <= p <= 1.
pub fn beta_lower_inverse(a: f64, b: f64, p: f64) -> f64 {
    if p <= 0.0 || p >= 1.0 {
        return if p <= 0.0 { 0.0 } else { 1.0 };
    }
    let t = inverse(p, start(a, b, p), RANGE, |t| tails(a, b, logistic(t), logistic(-t)));
    logistic(t)
}

/// Where to begin: near the normal deviate in ln(x / (1-x)), or in the tail where one end is steep.
fn start(a: f64, b: f64, p: f64) -> f64 {
    if a >= 1.0 && b >= 1.0 {
        let spread = (1.0 / a + 1.0 / b).sqrt();
        return libm::log(a / b) + normal_quantile(p) * spread;
    }
    let below = (libm::log(p * a) + ln_beta(a, b)) / a;
    let above = (libm::log1p(-p) + libm::log(b) + ln_beta(a, b)) / b;
    if p < a.recip() / (a.recip() + b.recip()) { below } else { -above }
}

fn logistic(t: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-t))
}

/// Both tails at x, with y = 1 - x; the density is that of ln(x / (1-x)).
fn tails(a: f64, b: f64, x: f64, y: f64) -> Tails {
    // x^a y^b / B(a, b).
    let ln_density = libm::log(a * (b / (a + b))) + ln_binomial_mass(a, b, x, y);
    if x < (a + 1.0) / (a + b + 2.0) {
        Tails::from_lower(ln_density + libm::log(fraction(a, b, x) / a), ln_density)
    } else {
        Tails::from_upper(ln_density + libm::log(fraction(b, a, y) / b), ln_density)
    }
}

/// The continued fraction of DLMF 8.17.22, by Lentz's method.
fn fraction(a: f64, b: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let apart = |it: f64| if it.abs() < TINY { TINY } else { it };
    let (mut c, mut d) = (1.0, 1.0 / apart(1.0 - (a + b) * x / (a + 1.0)));
    let mut value = d;
    for m in 1..MAX_TERMS {
        let m = f64::from(m);
        let a2m = a + 2.0 * m;
        let even = m * (b - m) * x / ((a2m - 1.0) * a2m);
        let odd = -(a + m) * (a + b + m) * x / (a2m * (a2m + 1.0));
        d = 1.0 / apart(1.0 + even * d);
        c = apart(1.0 + even / c);
        value *= c * d;
        d = 1.0 / apart(1.0 + odd * d);
        c = apart(1.0 + odd / c);
        let step = c * d;
        value *= step;
        if (step - 1.0).abs() <= f64::EPSILON {
            break;
        }
    }
    value
}

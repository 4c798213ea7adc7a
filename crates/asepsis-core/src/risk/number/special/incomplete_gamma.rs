//! The regularized incomplete gamma function P(a, x), its rest Q(a, x), and the inverse of P.

use super::saddle::ln_poisson_mass;
use super::{Tails, inverse, normal_quantile};

/// Terms after which a sum must have settled; far more than a below 1e8 needs.
const MAX_TERMS: u32 = 200_000;
/// Range of ln x in which the inverse is sought: from the smallest double to beyond what occurs.
const RANGE: (f64, f64) = (-745.0, 745.0);

/// P(a, x) = the integral of t^(a-1) e^-t from 0 to x, over that from 0 to infinity (DLMF 8.2.4);
/// a above 0, x at least 0.
pub fn gamma_lower(a: f64, x: f64) -> f64 {
    if x <= 0.0 { 0.0 } else { libm::exp(tails(a, x).ln_lower) }
}

/// Q(a, x) = 1 - P(a, x), with all its digits where it is small.
pub fn gamma_upper(a: f64, x: f64) -> f64 {
    if x <= 0.0 { 1.0 } else { libm::exp(tails(a, x).ln_upper) }
}

/// The x at which P(a, x) = p, for 0 <= p <= 1.
pub fn gamma_lower_inverse(a: f64, p: f64) -> f64 {
    if p <= 0.0 {
        return 0.0;
    }
    if p >= 1.0 {
        return f64::INFINITY;
    }
    // Wilson and Hilferty's cube root where that is sound, else the first term of the series.
    let ninth = 1.0 / (9.0 * a);
    let cube = 1.0 - ninth + normal_quantile(p) * ninth.sqrt();
    let by_series = (libm::log(p) + libm::lgamma(a + 1.0)) / a;
    let start = if cube > 0.3 { libm::log(a) + 3.0 * libm::log(cube) } else { by_series };
    libm::exp(inverse(p, start, RANGE, |t| tails(a, libm::exp(t))))
}

/// Both tails; the density is that of ln x.
fn tails(a: f64, x: f64) -> Tails {
    // x^a e^-x / (a - 1)! = a times the mass of a at mean x.
    let ln_density = libm::log(a) + ln_poisson_mass(a, x);
    if x < a + 1.0 {
        Tails::from_lower(ln_density + libm::log(series(a, x) / a), ln_density)
    } else {
        Tails::from_upper(ln_density + libm::log(fraction(a, x)), ln_density)
    }
}

/// The sum of x^n / ((a+1)...(a+n)) (DLMF 8.7.1).
fn series(a: f64, x: f64) -> f64 {
    let (mut sum, mut term) = (1.0, 1.0);
    for n in 1..MAX_TERMS {
        term *= x / (a + f64::from(n));
        sum += term;
        if term <= sum * (0.1 * f64::EPSILON) {
            break;
        }
    }
    sum
}

/// The continued fraction of e^x x^-a times the upper integral (DLMF 8.9.2, contracted), by Lentz's
/// method.
fn fraction(a: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let mut below = x + 1.0 - a;
    let mut c = 1.0 / TINY;
    let mut d = 1.0 / below;
    let mut value = d;
    for n in 1..MAX_TERMS {
        let n = f64::from(n);
        let numerator = -n * (n - a);
        below += 2.0;
        d = 1.0 / apart(numerator * d + below, TINY);
        c = apart(below + numerator / c, TINY);
        let step = c * d;
        value *= step;
        if (step - 1.0).abs() <= f64::EPSILON {
            break;
        }
    }
    value
}

/// A number that may be divided by.
fn apart(x: f64, tiny: f64) -> f64 {
    if x.abs() < tiny { tiny } else { x }
}

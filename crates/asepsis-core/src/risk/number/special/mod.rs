//! Special functions: normal, incomplete gamma and incomplete beta, each with its inverse.
//!
//! Formulas: NIST Digital Library of Mathematical Functions (DLMF), chapters 7 and 8. Tests hold them
//! to values computed with mpmath at 40 digits.

mod incomplete_beta;
mod incomplete_gamma;
mod normal;
mod root;
mod saddle;
#[cfg(test)]
mod tests;

pub use incomplete_beta::{beta_lower, beta_lower_inverse, ln_beta};
pub use incomplete_gamma::{gamma_lower, gamma_lower_inverse, gamma_upper};
pub use normal::{normal_cdf, normal_quantile};
pub(super) use saddle::{ln_binomial_mass, ln_poisson_mass};

/// The logarithm of the gamma function, for x above 0.
pub fn ln_gamma(x: f64) -> f64 {
    libm::lgamma(x)
}

/// Both tails of a distribution at a point, and its density in the variable that the inverse is
/// sought in, all as logarithms: they stay apart where the plain values would be 0 or 1.
#[derive(Clone, Copy, Debug)]
struct Tails {
    ln_lower: f64,
    ln_upper: f64,
    ln_density: f64,
}

impl Tails {
    fn from_lower(ln_lower: f64, ln_density: f64) -> Self {
        let ln_lower = ln_lower.min(0.0);
        Self { ln_lower, ln_upper: rest(ln_lower), ln_density }
    }

    fn from_upper(ln_upper: f64, ln_density: f64) -> Self {
        let ln_upper = ln_upper.min(0.0);
        Self { ln_lower: rest(ln_upper), ln_upper, ln_density }
    }
}

/// ln(1 - e^x) for x at most 0.
fn rest(x: f64) -> f64 {
    libm::log1p(-libm::exp(x))
}

/// The point at which the lower tail is `p`, by its logarithms: sought from the smaller tail, which is
/// the one that is known to its last digit.
fn inverse(p: f64, start: f64, range: (f64, f64), tails: impl Fn(f64) -> Tails) -> f64 {
    if p <= 0.5 {
        let target = libm::log(p);
        root::increasing(start, range, |t| {
            let at = tails(t);
            (at.ln_lower - target, libm::exp(at.ln_density - at.ln_lower))
        })
    } else {
        let target = libm::log1p(-p);
        root::increasing(start, range, |t| {
            let at = tails(t);
            (target - at.ln_upper, libm::exp(at.ln_density - at.ln_upper))
        })
    }
}

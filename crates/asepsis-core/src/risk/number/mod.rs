//! Numbers of chance: distributions, quadrature, random streams. Knows nothing of threats.
//!
//! All transcendental functions are those of `libm`, never the system's: the same inputs give the same
//! bytes on every platform. Nothing here allocates in a draw, reads a clock or has a state of its own.
//!
//! ```text
//! special ─► Beta, Gamma, LogNormal ─► Poisson, NegativeBinomial      what is known
//!        └─► beta_rule, normal_rule                                   means without sampling
//!        └─► Stream, Sobol                                            years that could be
//! ```

mod beta;
mod count;
mod gamma;
mod log_normal;
mod quadrature;
mod sobol;
pub mod special;
mod stream;

pub use beta::Beta;
pub use count::{NegativeBinomial, Poisson};
pub use gamma::Gamma;
pub use log_normal::LogNormal;
pub use quadrature::{MAX_NODES, beta_rule, normal_rule};
pub use sobol::Sobol;
pub use stream::{Stream, mixed};

/// A distribution whose parameters cannot be.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error("a {name} distribution is two numbers from 0.001 to 1,000,000, not [{first}, {second}]")]
pub struct BadParameters {
    name: &'static str,
    first: f64,
    second: f64,
}

/// Least and most that a parameter may be: beyond, the quadratures and quantiles lose their digits.
const PARAMETERS: std::ops::RangeInclusive<f64> = 0.001..=1e6;

/// Two parameters that can be worked with.
fn positive(name: &'static str, [first, second]: [f64; 2]) -> Result<[f64; 2], BadParameters> {
    let sound = |it: f64| PARAMETERS.contains(&it);
    if sound(first) && sound(second) {
        Ok([first, second])
    } else {
        Err(BadParameters { name, first, second })
    }
}

/// The exponential function.
pub fn exp(x: f64) -> f64 {
    libm::exp(x)
}

/// The natural logarithm.
pub fn ln(x: f64) -> f64 {
    libm::log(x)
}

/// `x` to the power of `y`.
pub fn pow(x: f64, y: f64) -> f64 {
    libm::pow(x, y)
}

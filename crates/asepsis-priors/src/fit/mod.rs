//! Distributions fitted to sizes, and how well they fit. Knows nothing of breaches.

pub(crate) mod goodness;
mod minimum;
pub(crate) mod tail;
pub(crate) mod truncated;

//! The model on the shipped catalog and on random ones: exact where it says so, monotone, reproducible.

mod coverage;
mod doubt;
mod exposure;
pub(super) mod laws;
mod simulate;
pub(super) mod support;

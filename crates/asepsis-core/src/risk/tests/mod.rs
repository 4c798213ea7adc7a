//! The model on the shipped catalog and on random ones: exact where it says so, monotone, reproducible.

mod confidence;
mod coverage;
mod doubt;
mod edges;
mod exposure;
mod flip;
pub(super) mod laws;
mod simulate;
pub(super) mod support;
mod tornado;

//! The program as a library: use cases in [`ops`], the command line in [`cli`].
//!
//! `cli` prints and chooses exit codes; `ops` does the work and reaches the collectors, the store
//! and the reports; [`config`] is the only reader of the environment and the clock.

pub mod cli;
pub mod config;
pub mod ops;
mod platform;
mod text;
pub mod web;

//! The engine, rule by rule ("What a verdict means" in ARCHITECTURE.md: each line is a test), as
//! laws over random evidence, and on three invented organizations.

mod actions;
mod applies;
mod catalog;
mod changes;
mod denominator;
mod evidence;
mod expiring;
mod golden;
mod interview;
mod laws;
mod looks;
mod next;
mod people;
mod size;
mod standing;
mod told;
mod waivers;
mod world;

use super::{Basis, State};

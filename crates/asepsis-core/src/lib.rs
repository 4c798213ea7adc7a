//! The pure heart of asepsis: nouns, catalog and engine.
//!
//! ```text
//! Observation, Attestation, Waiver ──► Evidence ──► evaluate(catalog, evidence, as_of) ──► Assessment
//! ```
//!
//! Nothing here reads a clock, a file, a socket or the environment. Same inputs, same bytes: an
//! assessment can be computed again by anyone who holds the ledger and the catalog.

pub mod account;
pub mod action;
pub mod canonical;
pub mod catalog;
pub mod decision;
pub mod engine;
pub mod evidence;
pub mod hash;
pub mod identity;
pub mod import;
pub mod observation;
pub mod organization;
pub mod outcome;
pub mod predicate;
pub mod random;
pub mod risk;
pub mod statement;
pub mod time;

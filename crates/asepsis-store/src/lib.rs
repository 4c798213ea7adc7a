//! The ledger, and the read tables beside it, on SQLite or PostgreSQL.
//!
//! ```text
//! NewEntry ──► append (one transaction) ──► ledger_entry, ledger_head ──► evidence_index ──► Evidence
//!                                                │
//!                                                ├──► verify (against a signed head from outside)
//!                                                └──► export: C2SP tiles, bundles, signed head, bodies
//! ```
//!
//! The format is frozen in `docs/ledger-format.md`. Time and randomness are handed in; nothing here
//! reads the environment.

pub mod accounts;
mod audit;
pub mod backup;
pub mod checkpoint;
pub mod db;
pub mod entry;
pub mod envelope;
pub mod evidence;
pub mod export;
pub mod import;
pub mod jobs;
pub mod ledger;
pub mod lines;
pub mod merkle;
pub mod net_log;
pub mod newest;
pub mod note;
mod platform;
pub mod recovery;
mod rows;
#[cfg(test)]
mod send_tests;
pub mod sessions;
pub mod settings;
pub mod sign;
mod statement;
pub mod throttle;
pub mod tile;
pub mod uploads;
pub mod vendor_links;
pub mod verify;

pub use entry::{Entry, NewEntry};
pub use ledger::{Head, LedgerError, Store};

/// For tests that tamper with a database behind the store's back.
#[doc(hidden)]
pub use sqlx;

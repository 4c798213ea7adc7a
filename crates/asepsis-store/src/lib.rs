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

mod audit;
pub mod backup;
pub mod checkpoint;
pub mod db;
pub mod entry;
pub mod envelope;
pub mod evidence;
pub mod export;
pub mod import;
pub mod ledger;
pub mod merkle;
pub mod net_log;
pub mod note;
mod platform;
mod rows;
pub mod sign;
pub mod tile;
pub mod verify;

pub use entry::{Entry, NewEntry};
pub use ledger::{Head, LedgerError, Store};

/// For tests that tamper with a database behind the store's back.
#[doc(hidden)]
pub use sqlx;

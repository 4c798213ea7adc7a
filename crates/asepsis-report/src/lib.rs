//! Assessment to bytes: one self-contained HTML file, for screen and paper.
//!
//! ```text
//! Report ─ facts ──► index of findings, answers, accepted gaps   (one pass, whatever the size)
//!        ─ page ───► headline, contradictions, next, table, practices, threats, open, vendor, about
//! ```
//!
//! Nothing here reads a clock or draws a number: the same report gives the same bytes. The file
//! loads nothing from anywhere and runs no script, so it can be mailed, archived and printed.

mod about;
mod accepted;
pub mod chart;
mod contradictions;
mod evidence;
mod facts;
pub mod headline;
pub mod marks;
mod next;
mod open;
mod page;
mod practices;
pub mod prose;
mod subjects;
pub mod table;
mod threats;
pub mod vendor;
pub mod vendor_sheet;
pub mod words;

pub use page::{Report, html};

#[cfg(test)]
mod tests;

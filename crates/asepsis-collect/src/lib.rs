//! Facts from the world: one folder per collector. A collector never stores and never judges.
//!
//! A collector that could not look says so in an observation of its own
//! ([`asepsis_core::observation::Body::Skipped`], [`asepsis_core::observation::Body::Failed`]).

pub mod computer;
pub mod directory;
pub mod email;
pub mod facts_file;
pub mod import;
pub mod mapping;
pub mod net;
mod platform;
pub mod remark;
pub mod source;
pub mod vendor_sheet;
pub mod workbook;

//! Facts about software that do not depend on who uses it: when a system stops getting security
//! updates, and which of two versions is the newer one. Knows nothing of the other crates.

pub mod end_of_life;
pub mod version;

//! What scanners of settings wrote down about a computer (`computer/1`): Lynis, OpenSCAP, Wazuh,
//! NIST's macOS Security Compliance Project. A rule becomes a fact only where its meaning is beyond
//! doubt; what a scanner could not tell is never taken for a pass.

mod lynis;
mod mscp;
mod mscp_rules;
mod plist;
mod rules;
mod wazuh;
mod xccdf;
mod xccdf_rules;

#[cfg(test)]
mod lynis_tests;
#[cfg(test)]
mod mscp_tests;
#[cfg(test)]
mod wazuh_tests;
#[cfg(test)]
mod xccdf_tests;

use asepsis_core::observation::{BodyBuilder, Observation};
use asepsis_core::time::Timestamp;

use super::ReadError;
use super::machine::Machine;
use super::system::System;
pub(super) use lynis::READER as LYNIS;
pub(super) use mscp::READER as MSCP;
pub(super) use wazuh::READER as WAZUH;
pub(super) use xccdf::READER as XCCDF;

/// Rules of NIST's macOS project that are read, and the fact that each one speaks of.
pub fn mscp_rules() -> impl Iterator<Item = (&'static str, &'static str)> {
    mscp_rules::RULES.iter().map(|rule| (rule.id, rule.path))
}

/// Text for people or a fact: one line, of a length that names have.
fn tidy(text: &str) -> String {
    text.trim().chars().filter(|c| !c.is_control()).take(120).collect()
}

fn damaged(format: &'static str, place: impl Into<String>, why: impl Into<String>) -> ReadError {
    ReadError::Damaged { format, place: place.into(), why: why.into() }
}

/// The look at a computer; `None` if the file does not name one that can be known again.
fn observation(
    machine: &Machine<'_>,
    at: Timestamp,
    collector: &str,
    body: BodyBuilder,
) -> Option<Observation> {
    let (subject, also) = machine.subject()?;
    Some(Observation {
        schema: crate::computer::SCHEMA.to_owned(),
        subject,
        also,
        label: machine.label(),
        observed_at: at,
        collector: collector.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        body: body.build(),
    })
}

/// The facts of a system and of the time that is left to it.
fn system(body: &mut BodyBuilder, system: &System, name: &str, at: Timestamp, from: &str) {
    body.saw("os.family", system.family, from);
    if !system.id.is_empty() {
        body.saw("os.id", tidy(&system.id), from);
    }
    if !system.version.is_empty() {
        body.saw("os.version", tidy(&system.version), from);
    }
    if !name.is_empty() {
        body.saw("os.name", tidy(name), from);
    }
    match system.support(at) {
        None => body.missed("os.supported", "the table of end-of-life dates does not have it"),
        Some(support) => {
            body.saw("os.supported", support.supported, from);
            if let (Some(end), Some(left)) = (support.end, support.days_left) {
                body.saw("os.end_of_life", end.to_string(), from);
                body.saw("os.days_left", left, from);
            }
        }
    }
}

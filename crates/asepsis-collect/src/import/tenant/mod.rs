//! What assessment tools say of a tenant of a cloud service (`tenant/1`): ScubaGear for Microsoft 365,
//! ScubaGoggles for Google Workspace, Maester. Each of their controls is either taken into a fact, or
//! left with the reason. Where raw settings are there too, both must agree.

mod controls;
mod maester;
mod raw;
mod scuba;

#[cfg(test)]
mod tests;

use asepsis_core::observation::{BodyBuilder, Observation, Subject};
use asepsis_core::time::Timestamp;

pub(super) use maester::READER as MAESTER;
pub(super) use scuba::READER as SCUBA;

/// The schema of what is seen of a tenant.
const SCHEMA: &str = "tenant/1";
/// Largest file: raw settings of a large tenant are long.
const LARGEST: usize = 64 << 20;
/// Most controls of one file.
const MOST_CONTROLS: usize = 10_000;

/// A result that a tool gives, as far as it tells something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Met,
    NotMet,
    /// The tool could not tell, and why.
    Unknown(&'static str),
}

/// The id of a control without its version: `MS.AAD.3.2` of `MS.AAD.3.2v2`.
fn unversioned(id: &str) -> &str {
    match id.rsplit_once('v') {
        Some((start, version))
            if start.ends_with(|c: char| c.is_ascii_digit())
                && !version.is_empty()
                && version.bytes().all(|c| c.is_ascii_digit() || c == b'.') =>
        {
            start
        }
        _ => id,
    }
}

fn observation(
    subject: Subject,
    service: &str,
    at: Timestamp,
    collector: &str,
    mut body: BodyBuilder,
) -> Observation {
    body.saw("service", service, "the file");
    Observation {
        schema: SCHEMA.to_owned(),
        subject,
        also: Vec::new(),
        label: match service {
            "entra" => "Microsoft 365".to_owned(),
            "google" => "Google Workspace".to_owned(),
            other => other.to_owned(),
        },
        observed_at: at,
        collector: collector.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        body: body.build(),
    }
}

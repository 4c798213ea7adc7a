//! `asepsis waive`: accept a gap for a time.

use serde::Serialize;

use super::Done;
use super::args::WaiveArgs;
use super::output::Output;
use crate::config;
use crate::ops::{By, Home};

pub(crate) async fn run(
    args: &WaiveArgs,
    home: &Home,
    output: &mut Output,
) -> anyhow::Result<Done> {
    let now = config::now();
    let terms = (args.reason.as_str(), args.owner.as_str(), args.until.as_str());
    let seq = home
        .waive(
            &args.check,
            args.subject.as_deref(),
            terms,
            By::Named { name: "", role: &args.role },
            now,
        )
        .await?;
    if output.json {
        output.document("asepsis-entries/1", Document { entries: vec![seq] })?;
    } else {
        output.text(&format!(
            "Recorded as entry {seq}: accepted until {}. The finding stays; it is shown as accepted.\n",
            args.until
        ));
    }
    Ok(Done::Well)
}

/// Ledger entries that were recorded.
#[derive(Serialize)]
pub(crate) struct Document {
    pub(crate) entries: Vec<u64>,
}

//! `asepsis net-log`: every question asked over the network.

use serde::Serialize;

use super::Done;
use super::output::Output;
use crate::config;
use crate::ops::Home;
use crate::text::clean;

/// Most lines shown.
const LIMIT: u32 = 10_000;

#[derive(Serialize)]
struct Line {
    at: String,
    protocol: String,
    peer: String,
    what: String,
}

#[derive(Serialize)]
struct Document {
    questions: Vec<Line>,
}

pub(crate) async fn run(days: u32, home: &Home, output: &mut Output) -> anyhow::Result<Done> {
    let since = config::now().plus_days(-i64::from(days));
    let calls = home.store.calls(&home.organization, since, LIMIT).await?;
    let line = |call: asepsis_store::net_log::NetCall| Line {
        at: call.at.to_string(),
        protocol: call.protocol,
        peer: call.peer,
        what: clean(&call.what),
    };
    let questions: Vec<Line> = calls.into_iter().map(line).collect();
    if output.json {
        output.document("asepsis-net-log/1", Document { questions })?;
        return Ok(Done::Well);
    }
    if questions.is_empty() {
        output.text(&format!("Nothing was asked over the network in the last {days} days.\n"));
    }
    for it in questions {
        output.text(&format!("{}  {:5}  {}  {}\n", it.at, it.protocol, it.peer, it.what));
    }
    Ok(Done::Well)
}

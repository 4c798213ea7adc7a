//! What osquery logs: results of the queries of our pack (`packs/osquery/asepsis.conf`), as snapshots,
//! as changes, in batches, or as one table. Queries of other packs are counted and left.
//!
//! A log may hold a fleet of tens of thousands: it is read line by line, and of each computer only its
//! facts are kept.

mod facts;
mod fleet;
mod line;
mod queries;
mod rows;

mod common;
mod linux;
mod macos;
mod windows;

#[cfg(test)]
mod tests;

use asepsis_core::time::Timestamp;

use super::{Ask, Input, ReadError, Reader, Reading, Told};
use fleet::Fleet;
use line::Line;

/// The pack of queries, for whoever runs osquery.
pub const PACK: &str = include_str!("../../../../../packs/osquery/asepsis.conf");

pub(super) const LOG: Reader =
    Reader { format: "osquery-log", name: "a results log of osquery", is: is_log, read: read_log };
pub(super) const TABLE: Reader = Reader {
    format: "osquery-table",
    name: "the answer of osqueryi to one query of the asepsis pack",
    is: is_table,
    read: read_table,
};

const COLLECTOR: &str = "osquery/asepsis-pack";
/// Longest line: one query on one computer.
const LONGEST_LINE: usize = 16 << 20;
/// Largest table.
const LARGEST_TABLE: usize = 16 << 20;

fn has(head: &[u8], mark: &str) -> bool {
    head.windows(mark.len()).any(|it| it == mark.as_bytes())
}

fn is_log(head: &[u8]) -> bool {
    head.trim_ascii_start().starts_with(b"{")
        && has(head, "\"unixTime\"")
        && ["\"hostIdentifier\"", "\"hostname\""].iter().any(|it| has(head, it))
        && ["\"columns\"", "\"snapshot\"", "\"diffResults\""].iter().any(|it| has(head, it))
}

fn read_log(mut input: Input<'_>, told: &Told) -> Result<Reading, ReadError> {
    let mut reading = Reading::new("osquery");
    let mut fleet = Fleet::default();
    let mut text = Vec::new();
    let mut number = 0_u64;
    while input.line(&mut text, LONGEST_LINE)? {
        number += 1;
        if text.trim_ascii().is_empty() {
            continue;
        }
        let damaged = |why: String| ReadError::Damaged {
            format: LOG.name,
            place: format!("line {number}"),
            why,
        };
        match Line::parse(&text) {
            Ok(line) => fleet.take(&line, &mut reading).map_err(damaged)?,
            // The last line of a log that is being written may be cut off.
            Err(error) if error.is_eof() => reading.leave("a line", "it is cut off"),
            Err(error) => return Err(damaged(error.to_string())),
        }
    }
    fleet.finish(told.now, &mut reading);
    Ok(reading)
}

fn is_table(head: &[u8]) -> bool {
    let start = head.trim_ascii_start();
    if !start.starts_with(b"[") {
        return false;
    }
    // The first row tells the query by its columns.
    let text = String::from_utf8_lossy(start);
    let Some(end) = text.find('}') else { return false };
    let row = text.get(1..=end).unwrap_or_default();
    rows::row(row.trim()).is_ok_and(|row| queries::by_columns(&row).is_some())
}

fn read_table(input: Input<'_>, told: &Told) -> Result<Reading, ReadError> {
    let bytes = input.whole(LARGEST_TABLE)?;
    let damaged =
        |why: String| ReadError::Damaged { format: TABLE.name, place: "the table".to_owned(), why };
    let text = std::str::from_utf8(&bytes).map_err(|error| damaged(error.to_string()))?;
    let rows = rows::rows(text).map_err(|error| damaged(error.to_string()))?;
    let mut reading = Reading::new("osquery");
    reading.asks = [(Ask::Date, told.date.is_none()), (Ask::Host, told.host.is_none())]
        .into_iter()
        .filter_map(|(ask, missing)| missing.then_some(ask))
        .collect();
    let query = rows.first().and_then(|row| queries::by_columns(row));
    let Some(query) = query else {
        return Err(damaged("its columns are of no query of the asepsis pack".to_owned()));
    };
    let at: Timestamp = told.date.unwrap_or(told.now);
    let mut fleet = Fleet::default();
    fleet.answer(told.host.as_deref().unwrap_or("this computer"), query, &rows, at);
    reading.date = told.date;
    fleet.finish(told.now, &mut reading);
    Ok(reading)
}

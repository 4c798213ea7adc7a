//! Tables that programs export, as text: CSV with commas, semicolons or tabs, in the encodings that
//! office programs and PowerShell write. Columns are known by their titles, whatever their order.

mod day;
mod json;
mod text;

mod devices;
mod entra;
mod google;
mod mapped;
mod okta;
mod roster;
mod workbook;

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use super::{Input, ReadError};

pub(super) use devices::{INTUNE, JAMF};
pub(super) use entra::{REGISTRATION, USERS as ENTRA_USERS};
pub(super) use google::READER as GOOGLE;
pub(super) use mapped::READER as MAPPED;
pub use mapped::columns;
pub(super) use okta::READER as OKTA;
pub(super) use roster::READER as ROSTER;
pub use workbook::{is_workbook, table_of};

pub(crate) use day::{day_text, moment};
pub(crate) use text::plain;

/// Largest file.
const LARGEST: usize = 256 << 20;
/// Most rows, columns, and bytes of a cell.
const MOST_ROWS: usize = 200_000;
const MOST_COLUMNS: usize = 400;
const LONGEST_CELL: usize = 32 << 10;
/// The titles stand in one of the first lines; exports for people put a heading above.
const HEADING: usize = 12;

/// A table in memory.
#[derive(Debug)]
pub(super) struct Table {
    /// The titles, plain: letters and digits in lower case.
    titles: Vec<String>,
    /// Where the first column with a plain title stands.
    places: HashMap<String, usize>,
    rows: Vec<(u64, csv::StringRecord)>,
    /// The row in which the titles stand, from 0.
    at: usize,
}

/// One row of a table.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    table: &'a Table,
    /// Its line in the file, from 1.
    pub(super) line: u64,
    cells: &'a csv::StringRecord,
}

/// Titles that say the same, plain: the first that is there counts.
pub(super) type Titles = &'static [&'static str];

impl Table {
    /// Reads a table of which at least these titles are there.
    pub(super) fn read(
        input: Input<'_>,
        format: &'static str,
        needs: &[Titles],
    ) -> Result<Self, ReadError> {
        let bytes = input.whole(LARGEST)?;
        let text = text::decode(&bytes);
        Self::parse(&text, format, needs, MOST_ROWS)
    }

    /// Whether the beginning of a file is a table with these titles.
    pub(super) fn begins(head: &[u8], needs: &[Titles]) -> bool {
        let text = text::decode(head);
        // The last line may be cut off.
        let whole = text.rfind('\n').map_or(&*text, |end| text.get(..end).unwrap_or_default());
        !text.trim_start().starts_with(['{', '[', '<'])
            && Self::parse(whole, "", needs, HEADING).is_ok()
    }

    fn parse(
        text: &str,
        format: &'static str,
        needs: &[Titles],
        most: usize,
    ) -> Result<Self, ReadError> {
        let has = |titles: &[String]| {
            needs.iter().all(|it| it.iter().any(|title| titles.iter().any(|known| known == title)))
        };
        Self::find(text, format, has, most)
    }

    /// Reads a table whose titles, plain, are those that are looked for.
    fn find(
        text: &str,
        format: &'static str,
        are: impl Fn(&[String]) -> bool,
        most: usize,
    ) -> Result<Self, ReadError> {
        let damaged = |place: String, why: String| ReadError::Damaged { format, place, why };
        let mut rows = Vec::new();
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(text::separator(text))
            .from_reader(text.as_bytes());
        for record in reader.records() {
            let cells = record.map_err(|error| damaged("a row".to_owned(), error.to_string()))?;
            let line = cells.position().map_or(0, csv::Position::line);
            if cells.len() > MOST_COLUMNS || cells.iter().any(|it| it.len() > LONGEST_CELL) {
                let why = format!("it has more than {MOST_COLUMNS} columns, or a cell too long");
                return Err(damaged(format!("line {line}"), why));
            }
            if rows.len() > most {
                if most == HEADING {
                    break;
                }
                let what = format!("more than {most} rows");
                return Err(ReadError::TooLarge { what, most: most as u64 });
            }
            rows.push((line, cells));
        }
        let found = rows.iter().take(HEADING).enumerate().find_map(|(at, (_, cells))| {
            let titles: Vec<String> = cells.iter().map(plain).collect();
            are(&titles).then_some((at, titles))
        });
        match found {
            Some((at, titles)) => Ok(Self::of(titles, rows, at)),
            None => Err(damaged("the titles".to_owned(), "a column is missing".to_owned())),
        }
    }

    fn of(titles: Vec<String>, rows: Vec<(u64, csv::StringRecord)>, at: usize) -> Self {
        let mut places = HashMap::new();
        for (place, title) in titles.iter().enumerate() {
            places.entry(title.clone()).or_insert(place);
        }
        Self { titles, places, rows, at }
    }

    /// The rows that hold something, below the titles.
    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        let below = self.rows.iter().skip(self.at + 1);
        let rows = below.map(|(line, cells)| Row { table: self, line: *line, cells });
        rows.filter(|row| row.cells.iter().any(|it| !it.trim().is_empty()))
    }

    /// Whether a column is there.
    pub(super) fn has(&self, titles: &[impl AsRef<str>]) -> bool {
        titles.iter().any(|title| self.places.contains_key(title.as_ref()))
    }

    /// A title as it stands in the table.
    pub(super) fn title(&self, place: usize) -> &str {
        let titles = self.rows.get(self.at).map(|(_, cells)| cells);
        titles.and_then(|cells| cells.get(place)).unwrap_or_default().trim()
    }

    /// Whether a column of days writes the day before the month: told by the whole column.
    pub(super) fn day_first(&self, titles: &[impl AsRef<str>]) -> bool {
        self.rows().filter_map(|row| row.get(titles)).any(day::must_be_day_first)
    }
}

impl<'a> Row<'a> {
    /// A cell by its column; `None` if it is empty, or the column is not there. A leading mark that
    /// keeps office programs from computing is taken off; formulas are text like all else.
    pub(super) fn get(&self, titles: &[impl AsRef<str>]) -> Option<&'a str> {
        let at = titles.iter().find_map(|title| self.table.places.get(title.as_ref()))?;
        let cell = self.cells.get(*at)?.trim();
        let cell = cell.strip_prefix('\'').unwrap_or(cell).trim();
        let nothing = ["", "-", "--", "n/a", "null", "none", "not available"];
        (!nothing.iter().any(|it| cell.eq_ignore_ascii_case(it))).then_some(cell)
    }

    /// Yes or no, in the words that exports use; `None` for anything else.
    pub(super) fn yes(&self, titles: Titles) -> Option<bool> {
        yes(self.get(titles)?)
    }

    /// A moment; a time without a zone is in the organization's.
    pub(super) fn time(
        &self,
        titles: &[impl AsRef<str>],
        zone: &jiff::tz::TimeZone,
        day_first: bool,
    ) -> Option<asepsis_core::time::Timestamp> {
        moment(self.get(titles)?, zone, day_first)
    }

    /// A day as `2026-11-24`.
    pub(super) fn day(&self, titles: Titles, day_first: bool) -> Option<String> {
        day::day(self.get(titles)?, day_first).map(|it| it.to_string())
    }
}

/// Yes or no.
pub(crate) fn yes(text: &str) -> Option<bool> {
    match plain(text).as_str() {
        "true" | "yes" | "y" | "1" | "enabled" | "on" | "active" | "capable" | "registered"
        | "encrypted" | "enforced" | "managed" | "compliant" => Some(true),
        "false" | "no" | "n" | "0" | "disabled" | "off" | "inactive" | "notcapable"
        | "notregistered" | "notencrypted" | "notenforced" | "unmanaged" | "noncompliant"
        | "notcompliant" => Some(false),
        _ => None,
    }
}

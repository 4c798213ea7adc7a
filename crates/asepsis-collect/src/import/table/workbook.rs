//! The one table of a workbook (.xlsx) as a table of text, for the readers of tables.

use super::super::recognize;
use super::{LONGEST_CELL, MOST_COLUMNS, MOST_ROWS};
use crate::import::HEAD;
use crate::workbook::{Limits, Sheet, WorkbookError, read};

/// Exports of whole fleets are larger than a sheet that somebody filled in.
const LIMITS: Limits = Limits {
    file: 32 << 20,
    entries: 200,
    unpacked: 256 << 20,
    ratio: 200,
    sheets: 20,
    rows: MOST_ROWS,
    columns: MOST_COLUMNS,
    characters: LONGEST_CELL / 4,
    text: 128 << 20,
};

/// Whether a file begins as workbooks do.
pub fn is_workbook(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04")
}

/// The sheet that some reader knows, as a table of text; of several the one that a reader of its own
/// knows, else the first. `None` if no sheet is a table.
pub fn table_of(bytes: &[u8]) -> Result<Option<Vec<u8>>, WorkbookError> {
    let mut first = None;
    for sheet in read(bytes, &LIMITS)? {
        let Some(table) = as_text(&sheet) else { continue };
        match recognize(table.get(..HEAD.min(table.len())).unwrap_or_default()) {
            Some(reader) if reader.format == super::MAPPED.format => {
                first.get_or_insert(table);
            }
            Some(_) => return Ok(Some(table)),
            None => {}
        }
    }
    Ok(first)
}

fn as_text(sheet: &Sheet) -> Option<Vec<u8>> {
    let wide = sheet.rows.iter().map(|it| it.cells.len()).max()?;
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    for row in &sheet.rows {
        let blank = std::iter::repeat_n("", wide.saturating_sub(row.cells.len()));
        writer.write_record(row.cells.iter().map(String::as_str).chain(blank)).ok()?;
    }
    writer.into_inner().ok()
}

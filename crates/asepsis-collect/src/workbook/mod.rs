//! The cells of a workbook (.xlsx) that came from outside, as text. Knows nothing of what they mean.
//!
//! A workbook is a zip archive of XML files (ECMA-376). Everything is weighed before it is read:
//! the archive is unpacked while counting, whatever its directory promises; no part is written to
//! disk; no document type is read; no formula is computed. Only cells that hold something take room.

mod cells;
mod index;
mod parts;
mod shape;
mod text;
mod values;

#[cfg(test)]
mod tests;

/// How much is read.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Most bytes of the file.
    pub file: usize,
    /// Most entries in the archive.
    pub entries: usize,
    /// Most bytes in all, unpacked.
    pub unpacked: usize,
    /// How many times larger than the file the unpacked parts may be.
    pub ratio: usize,
    /// Most sheets.
    pub sheets: usize,
    /// Most rows that hold something, on all sheets.
    pub rows: usize,
    /// Most columns.
    pub columns: usize,
    /// Most characters in a cell.
    pub characters: usize,
    /// Most bytes of text in all cells.
    pub text: usize,
}

impl Default for Limits {
    /// Our judgment: a hundred times what a filled vendor sheet needs. Office programs pack sheets
    /// to about a tenth; deflate itself ends at 1,032 to one.
    fn default() -> Self {
        Self {
            file: 16 << 20,
            entries: 200,
            unpacked: 32 << 20,
            ratio: 200,
            sheets: 20,
            rows: 20_000,
            columns: 64,
            characters: 4_000,
            text: 32 << 20,
        }
    }
}

/// One sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Its name on the tab.
    pub name: String,
    /// Rows that hold something, from above.
    pub rows: Vec<Row>,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number as the program shows it, from 1.
    pub number: u32,
    /// Its cells from the left, up to the last that holds something.
    pub cells: Vec<String>,
}

/// A file that is not read as a workbook.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum WorkbookError {
    /// Something else than a workbook.
    #[error("the file is {what}, not a workbook (.xlsx): {way}")]
    Other {
        /// What it is.
        what: &'static str,
        /// What to do.
        way: &'static str,
    },
    /// It cannot be opened without a password.
    #[error("the workbook is protected with a password: open it and save it without one")]
    Password,
    /// It holds programs.
    #[error("the workbook holds macros, which are never read: save it as a plain workbook (.xlsx)")]
    Macros,
    /// It declares a document type, as attacks on XML readers do.
    #[error(
        "{part} in the workbook declares a document type or entities, which no office program \
         writes: ask the sender how the file was made"
    )]
    Entities {
        /// Which part.
        part: String,
    },
    /// It is cut off or does not follow its format.
    #[error("the workbook is damaged ({0}): open it, save it anew and send it again")]
    Damaged(String),
    /// More than is read.
    #[error("the workbook is too large: {what}, and at most {most} is read")]
    TooLarge {
        /// What there is too much of.
        what: String,
        /// The limit.
        most: usize,
    },
}

/// Reads all sheets of a workbook, hidden ones too, in their order.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Vec<Sheet>, WorkbookError> {
    if bytes.len() > limits.file {
        let what = format!("{} bytes", bytes.len());
        return Err(WorkbookError::TooLarge { what, most: limits.file });
    }
    if let Some(other) = shape::other(bytes) {
        return Err(other);
    }
    let parts = parts::unpack(bytes, limits)?;
    let index = index::Index::of(&parts, limits)?;
    let mut room = cells::Room::of(limits);
    let sheets = index.sheets.iter().map(|sheet| {
        let rows = cells::rows(&sheet.part, parts.need(&sheet.part)?, &index, &mut room)?;
        Ok(Sheet { name: sheet.name.clone(), rows })
    });
    sheets.collect()
}

//! The cells of one sheet, read from above to below; only those that hold something are kept.

use std::collections::BTreeMap;

use quick_xml::events::BytesStart;

use super::index::{Index, Runs};
use super::parts::short;
use super::text::{Events, Piece, attribute, plain};
use super::values::{Shown, number};
use super::{Limits, Row, WorkbookError};

/// The last row and column that the format knows.
const LAST_ROW: u32 = 1_048_576;
const LAST_COLUMN: u32 = 16_384;

/// What may still be kept, over all sheets.
pub(super) struct Room<'a> {
    limits: &'a Limits,
    rows: usize,
    text: usize,
}

impl<'a> Room<'a> {
    pub(super) fn of(limits: &'a Limits) -> Self {
        Self { limits, rows: limits.rows, text: limits.text }
    }
}

/// One cell while it is read.
struct Cell {
    row: u32,
    column: u32,
    /// `t`: what its value is.
    kind: String,
    shown: Shown,
    value: String,
    inline: Option<String>,
}

/// Reads the rows of one sheet.
pub(super) fn rows(
    part: &str,
    text: &str,
    index: &Index,
    room: &mut Room<'_>,
) -> Result<Vec<Row>, WorkbookError> {
    let mut events = Events::of(part, text);
    let mut out: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    // Where a row or cell does not say where it stands, it follows the one before.
    let (mut row, mut column) = (0, 0);
    let (mut cell, mut in_value, mut runs): (Option<Cell>, bool, Runs) =
        (None, false, Runs::default());
    let (mut is_sheet, mut in_data) = (false, false);
    while let Some(piece) = events.next()? {
        if let Some(cell) = &mut cell
            && let Some(text) = runs.take(&piece, "is")
        {
            cell.inline = Some(text);
        }
        match &piece {
            Piece::Start(element) => match element.local_name().as_ref() {
                "worksheet" => is_sheet = true,
                "sheetData" => in_data = true,
                "row" if in_data => {
                    let said = attribute(element, "r").and_then(|it| it.parse().ok());
                    (row, column) = (said.unwrap_or(row + 1), 0);
                    if !(1..=LAST_ROW).contains(&row) {
                        return Err(events.wrong(&format!("there is no row {row}")));
                    }
                }
                "c" if in_data => {
                    let began = begin(element, (row, column + 1), index)
                        .ok_or_else(|| events.wrong("a cell stands nowhere"))?;
                    (row, column) = (began.row, began.column);
                    (cell, runs) = (Some(began), Runs::default());
                }
                "v" => in_value = true,
                _ => {}
            },
            Piece::Text(text) => {
                if let Some(cell) = cell.as_mut().filter(|_| in_value) {
                    cell.value.push_str(text);
                }
            }
            Piece::End(name) => match name.as_str() {
                "v" => in_value = false,
                "c" => {
                    if let Some(cell) = cell.take() {
                        keep(&cell, index, room, &mut out).map_err(|it| match it {
                            Refused::Kind(why) => events.wrong(&why),
                            Refused::TooMuch { what, most } => {
                                WorkbookError::TooLarge { what, most }
                            }
                        })?;
                    }
                }
                "sheetData" => in_data = false,
                _ => {}
            },
        }
    }
    if !is_sheet {
        return Err(events.wrong("it is no sheet"));
    }
    Ok(out.into_iter().map(|(number, cells)| Row { number, cells }).collect())
}

fn begin(element: &BytesStart<'_>, next: (u32, u32), index: &Index) -> Option<Cell> {
    let (row, column) = match attribute(element, "r") {
        Some(at) => place(&at)?,
        None => next,
    };
    let style = attribute(element, "s").and_then(|it| it.parse::<usize>().ok());
    Some(Cell {
        row,
        column,
        kind: attribute(element, "t").unwrap_or_else(|| "n".to_owned()),
        shown: style.and_then(|it| index.shown.get(it)).copied().unwrap_or(Shown::Number),
        value: String::new(),
        inline: None,
    })
    .filter(|it| (1..=LAST_ROW).contains(&it.row) && (1..=LAST_COLUMN).contains(&it.column))
}

/// The row and column of `B5`.
fn place(at: &str) -> Option<(u32, u32)> {
    let split = at.find(|c: char| !c.is_ascii_alphabetic())?;
    let (letters, digits) = at.split_at_checked(split)?;
    if !(1..=3).contains(&letters.len()) || digits.len() > 7 {
        return None;
    }
    let column = letters
        .bytes()
        .fold(0, |column, letter| column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1);
    Some((digits.parse().ok()?, column))
}

/// The letters of a column: `B`, `BL`.
fn letters(mut column: u32) -> String {
    let mut out = String::new();
    while column > 0 {
        let letter = u8::try_from((column - 1) % 26).unwrap_or_default();
        out.insert(0, char::from(b'A' + letter));
        column = (column - 1) / 26;
    }
    out
}

enum Refused {
    Kind(String),
    TooMuch { what: String, most: usize },
}

fn keep(
    cell: &Cell,
    index: &Index,
    room: &mut Room<'_>,
    out: &mut BTreeMap<u32, Vec<String>>,
) -> Result<(), Refused> {
    let text = text(cell, index)?;
    if text.is_empty() {
        return Ok(());
    }
    let at = || format!("{}{}", letters(cell.column), cell.row);
    let limits = room.limits;
    if cell.column as usize > limits.columns {
        let what = format!("something stands in {}, beyond the last column", at());
        return Err(Refused::TooMuch { what, most: limits.columns });
    }
    let characters = text.chars().count();
    if characters > limits.characters {
        let what = format!("{} holds {characters} characters", at());
        return Err(Refused::TooMuch { what, most: limits.characters });
    }
    if !out.contains_key(&cell.row) {
        let none = || Refused::TooMuch { what: "it has more rows".to_owned(), most: limits.rows };
        room.rows = room.rows.checked_sub(1).ok_or_else(none)?;
    }
    let none = || Refused::TooMuch { what: "it holds more text".to_owned(), most: limits.text };
    room.text = room.text.checked_sub(text.len()).ok_or_else(none)?;
    let cells = out.entry(cell.row).or_default();
    let column = cell.column as usize;
    if cells.len() < column {
        cells.resize(column, String::new());
    }
    if let Some(place) = cells.get_mut(column - 1) {
        *place = text;
    }
    Ok(())
}

/// What people see in the cell.
fn text(cell: &Cell, index: &Index) -> Result<String, Refused> {
    let value = cell.value.as_str();
    Ok(match cell.kind.as_str() {
        "s" if value.trim().is_empty() => String::new(),
        "s" => {
            let at = value.trim().parse::<usize>().ok();
            let shared = at.and_then(|at| index.strings.get(at));
            shared.cloned().ok_or_else(|| Refused::Kind("a cell's text is missing".to_owned()))?
        }
        "inlineStr" => cell.inline.clone().unwrap_or_default(),
        "str" => plain(value),
        "b" if value.trim() == "1" || value.trim() == "true" => "TRUE".to_owned(),
        "b" if value.trim().is_empty() => String::new(),
        "b" => "FALSE".to_owned(),
        "n" if value.trim().is_empty() => cell.inline.clone().unwrap_or_default(),
        "n" => number(value, cell.shown, index.from_1904),
        // A day that is midnight is a day.
        "d" => value.trim().trim_end_matches("T00:00:00").to_owned(),
        "e" => value.trim().to_owned(),
        kind => return Err(Refused::Kind(format!("a cell is of the kind {:?}", short(kind)))),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_and_written() {
        assert_eq!(place("A1"), Some((1, 1)));
        assert_eq!(place("bl20"), Some((20, 64)));
        assert_eq!(place("XFD1048576"), Some((LAST_ROW, LAST_COLUMN)));
        for bad in ["", "1", "A", "ABCD1", "A-1", "A99999999", "Ä1", "A1:B2"] {
            assert_eq!(place(bad), None, "{bad}");
        }
        for column in [1, 26, 27, 64, 702, 703, LAST_COLUMN] {
            assert_eq!(place(&format!("{}7", letters(column))), Some((7, column)));
        }
    }
}

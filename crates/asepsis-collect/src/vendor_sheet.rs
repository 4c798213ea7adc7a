//! A vendor sheet that came back: what was done, what was answered. Reads the workbook's cells and
//! finds columns by their titles; what the answers mean is for others to say.

use crate::workbook::{self, Limits, Row, Sheet, WorkbookError};

/// The sheet of things to do. Like all titles it may be written in another case, with other spaces.
pub const ASKS: &str = "What we ask";
/// The sheet of questions.
pub const QUESTIONS: &str = "Questions";
/// The column by which rows find their place.
const ID: &str = "Id";
/// The title of a column stands in one of the first rows.
const HEADER_ROWS: usize = 20;
/// Longest id, in bytes; those of the catalog are far shorter.
const LONGEST_ID: usize = 200;

/// What a vendor wrote into the sheet. Rows that were left empty are not in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    /// What was done, or not.
    pub done: Vec<FilledAsk>,
    /// What was answered.
    pub answers: Vec<FilledAnswer>,
    /// What could not be read, and why.
    pub left: Vec<Left>,
}

/// A row of the sheet of things to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilledAsk {
    /// Its number in the sheet.
    pub row: u32,
    /// The check, as it stands in the column of ids.
    pub check: String,
    /// Whether it was done; absent where only a remark was left.
    pub done: Option<Done>,
    /// When, as typed.
    pub on: Option<String>,
    /// A remark.
    pub remark: String,
    /// By whom.
    pub by: String,
}

/// Whether something was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// It was.
    Yes,
    /// It was not.
    No,
    /// It has no place here.
    DoesNotApply,
}

/// A row of the sheet of questions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilledAnswer {
    /// Its number in the sheet.
    pub row: u32,
    /// The question, as it stands in the column of ids.
    pub question: String,
    /// The answer, as typed; empty where only a remark was left.
    pub text: String,
    /// A remark.
    pub remark: String,
    /// By whom.
    pub by: String,
}

/// A row that was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// On which sheet.
    pub sheet: String,
    /// Its number there.
    pub row: u32,
    /// Why.
    pub why: String,
}

/// A file that is not read as a vendor sheet.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum VendorSheetError {
    /// It is no workbook that is read.
    #[error(transparent)]
    Workbook(#[from] WorkbookError),
    /// It has neither of the two sheets.
    #[error(
        "the workbook has no sheet {ASKS:?} and no sheet {QUESTIONS:?}: choose the vendor sheet that \
         was sent to you, filled in"
    )]
    NoSheet,
    /// A sheet has lost a column.
    #[error("the sheet {sheet:?} has no column {column:?}: put its title back into the first row")]
    NoColumn {
        /// Which sheet.
        sheet: String,
        /// Which column.
        column: &'static str,
    },
}

/// Reads a vendor sheet.
pub fn read(bytes: &[u8]) -> Result<Filled, VendorSheetError> {
    let sheets = workbook::read(bytes, &Limits::default())?;
    let named = |name| sheets.iter().find(|it| same(&it.name, name));
    let (asks, questions) = (named(ASKS), named(QUESTIONS));
    if asks.is_none() && questions.is_none() {
        return Err(VendorSheetError::NoSheet);
    }
    let mut out = Filled::default();
    if let Some(sheet) = asks {
        read_asks(sheet, &mut out)?;
    }
    if let Some(sheet) = questions {
        read_answers(sheet, &mut out)?;
    }
    Ok(out)
}

fn read_asks(sheet: &Sheet, out: &mut Filled) -> Result<(), VendorSheetError> {
    let (head, rows) = split(sheet)?;
    let done = column(sheet, head, "Done?")?;
    let (on, remark, by) =
        (optional(head, "Done on"), optional(head, "Remark"), optional(head, "By"));
    for row in rows {
        let get = |at| cell(row, at);
        let (typed, on, remark) = (get(Some(done)), get(on), get(remark));
        if typed.is_empty() && on.is_empty() && remark.is_empty() {
            continue;
        }
        let said = match word(&typed).as_str() {
            "" => Ok(None),
            "yes" | "y" | "done" | "true" | "x" => Ok(Some(Done::Yes)),
            "no" | "n" | "notdone" | "false" => Ok(Some(Done::No)),
            "doesnotapply" | "notapplicable" | "na" => Ok(Some(Done::DoesNotApply)),
            _ => Err(format!("{:?} is neither yes, no nor does not apply", short(&typed))),
        };
        match (said, id(sheet, head, row)) {
            (Ok(done), Ok(check)) => out.done.push(FilledAsk {
                row: row.number,
                check,
                done,
                on: (!on.is_empty()).then_some(on),
                remark,
                by: get(by),
            }),
            (Err(why), _) | (_, Err(why)) => out.left.push(left(sheet, row, why)),
        }
    }
    Ok(())
}

fn read_answers(sheet: &Sheet, out: &mut Filled) -> Result<(), VendorSheetError> {
    let (head, rows) = split(sheet)?;
    let answer = column(sheet, head, "Your answer")?;
    let (remark, by) = (optional(head, "Remark"), optional(head, "By"));
    for row in rows {
        let (text, remark) = (cell(row, Some(answer)), cell(row, remark));
        if text.is_empty() && remark.is_empty() {
            continue;
        }
        match id(sheet, head, row) {
            Ok(question) => out.answers.push(FilledAnswer {
                row: row.number,
                question,
                text,
                remark,
                by: cell(row, by),
            }),
            Err(why) => out.left.push(left(sheet, row, why)),
        }
    }
    Ok(())
}

/// The row of titles, which is the first that has the column of ids, and the rows below it.
fn split(sheet: &Sheet) -> Result<(&Row, &[Row]), VendorSheetError> {
    let at = sheet.rows.iter().take(HEADER_ROWS).position(|row| optional(row, ID).is_some());
    let found = at.and_then(|at| Some((sheet.rows.get(at)?, sheet.rows.get(at + 1..)?)));
    found.ok_or_else(|| VendorSheetError::NoColumn { sheet: sheet.name.clone(), column: ID })
}

fn column(sheet: &Sheet, head: &Row, title: &'static str) -> Result<usize, VendorSheetError> {
    let missing = || VendorSheetError::NoColumn { sheet: sheet.name.clone(), column: title };
    optional(head, title).ok_or_else(missing)
}

fn optional(head: &Row, title: &str) -> Option<usize> {
    head.cells.iter().position(|it| same(it, title))
}

fn id(sheet: &Sheet, head: &Row, row: &Row) -> Result<String, String> {
    let id = cell(row, optional(head, ID));
    match id.len() {
        0 => Err(format!("nothing stands under {ID:?} on the sheet {:?}", short(&sheet.name))),
        1..=LONGEST_ID => Ok(id),
        _ => Err("what stands under \"Id\" is too long".to_owned()),
    }
}

fn cell(row: &Row, at: Option<usize>) -> String {
    at.and_then(|at| row.cells.get(at)).map(|text| text.trim().to_owned()).unwrap_or_default()
}

fn left(sheet: &Sheet, row: &Row, why: String) -> Left {
    Left { sheet: sheet.name.clone(), row: row.number, why }
}

/// Letters and digits only, in lower case.
fn word(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn same(a: &str, b: &str) -> bool {
    word(a) == word(b)
}

fn short(text: &str) -> String {
    text.chars().take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(name: &str, rows: &[&[&str]]) -> Sheet {
        let rows = rows.iter().enumerate().map(|(at, cells)| Row {
            number: u32::try_from(at).unwrap() + 1,
            cells: cells.iter().map(|&it| it.to_owned()).collect(),
        });
        Sheet { name: name.to_owned(), rows: rows.collect() }
    }

    #[test]
    fn columns_are_found_by_their_titles_wherever_they_stand() {
        let sheet = sheet(
            "what we ask",
            &[
                &["A note of ours"],
                &["By", " DONE ", "", "remark", "Id", "Done  On"],
                &["Sam", "Yes", "", "restarted", "a.b", "2026-11-24"],
                &["Sam", "maybe", "", "", "a.c"],
                &["Sam", "no"],
                &["Sam", "", "", "", "a.d"],
                &["", "N/A", "", "", " a.e "],
                &["", "", "", "only said", "a.f"],
            ],
        );
        let mut out = Filled::default();
        read_asks(&sheet, &mut out).unwrap();
        let found: Vec<_> =
            out.done.iter().map(|it| (it.row, it.check.as_str(), it.done)).collect();
        let expected =
            [(3, "a.b", Some(Done::Yes)), (7, "a.e", Some(Done::DoesNotApply)), (8, "a.f", None)];
        assert_eq!(found, expected);
        assert_eq!(out.done[0].on.as_deref(), Some("2026-11-24"));
        assert_eq!((out.done[0].by.as_str(), out.done[0].remark.as_str()), ("Sam", "restarted"));
        let left: Vec<_> = out.left.iter().map(|it| (it.row, it.why.as_str())).collect();
        assert_eq!(left[0], (4, "\"maybe\" is neither yes, no nor does not apply"));
        assert_eq!(left[1].0, 5);
        assert!(left[1].1.contains("\"Id\""), "{}", left[1].1);
    }

    #[test]
    fn answers_are_taken_as_typed() {
        let rows: &[&[&str]] = &[
            &["Id", "Question", "Your answer", "Remark", "By"],
            &["q.one", "?", "Yes, all", "", "Sam"],
            &["q.two", "?", "", "", "Sam"],
            &["q.three", "?", "", "ask the lab", ""],
            &["", "?", "6", "", ""],
        ];
        let mut out = Filled::default();
        read_answers(&sheet("Questions", rows), &mut out).unwrap();
        let found: Vec<_> =
            out.answers.iter().map(|it| (it.question.as_str(), it.text.as_str())).collect();
        assert_eq!(found, [("q.one", "Yes, all"), ("q.three", "")]);
        assert_eq!(out.left.len(), 1);
    }

    #[test]
    fn a_lost_column_or_sheet_is_named() {
        let lost = sheet("Questions", &[&["Question", "Your answer"], &["q", "a"]]);
        let said = read_answers(&lost, &mut Filled::default()).unwrap_err().to_string();
        assert!(said.contains("\"Questions\"") && said.contains("\"Id\""), "{said}");
        let lost = sheet("Questions", &[&["Id", "Answer"], &["q", "a"]]);
        let said = read_answers(&lost, &mut Filled::default()).unwrap_err().to_string();
        assert!(said.contains("\"Your answer\""), "{said}");
        let said = read(b"%PDF-1.7").unwrap_err().to_string();
        assert!(said.contains("PDF"), "{said}");
    }
}

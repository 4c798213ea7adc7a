//! The English words of the vendor sheet.

use asepsis_report::words;

pub(super) const TITLE: &str = "Vendor sheet";
pub(super) const SAVE: &str = "Save for vendor";
pub(super) const LINKS: &str = "Or let the vendor answer by a link";
pub(super) const PRINT: &str = "To print it, use your browser (Ctrl+P): each area begins on a page of its own, on A4 or Letter.";
pub(super) const ASKED: &str = "What we ask";
pub(super) const BACK: &str = "A sheet that came back";
pub(super) const BACK_LEAD: &str = "The vendor fills in the saved workbook and mails it back. Drop it here: you see what it says before anything is kept.";
pub(super) const FILE: &str = "The filled-in sheet";
pub(super) const FILE_HINT: &str =
    "Drop the file on the field, or choose it: an Excel workbook (.xlsx) of at most 4 MB.";
pub(super) const READ: &str = "Look it over";
pub(super) const NO_FILE: &str = "Choose the file that the vendor sent back.";

pub(super) fn intro(asks: usize, questions: usize) -> String {
    match (asks, questions) {
        (0, 0) => "There is nothing to ask the vendor now.".to_owned(),
        _ => format!(
            "{} to do and {} to answer, in words for whoever looks after the computers.",
            words::many(asks, "thing"),
            words::many(questions, "question")
        ),
    }
}

pub(super) fn several_pages(pages: usize) -> String {
    format!("It is long, so it is shown on {pages} pages; print each, or save it.")
}

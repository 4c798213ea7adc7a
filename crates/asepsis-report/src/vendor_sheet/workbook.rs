//! The vendor sheet as a workbook: to read, to do, to answer. The same sheet gives the same bytes.
//! It holds text only: no formula, and nothing that begins like one is taken for one.

use asepsis_core::catalog::Kind;
use rust_xlsxwriter::{
    DataValidation, DataValidationRule, DocProperties, ExcelDateTime, Format, FormatAlign,
    FormatBorder, Formula, Workbook, Worksheet, XlsxError,
};

use super::{Ask, Asked, VendorSheet};
use crate::words;

/// Longest text of a cell, in characters; who reads the sheet back takes 4,000.
const LONGEST: usize = 3_800;
/// US Letter, the paper of the clinics; printers fit it to A4.
const LETTER: u8 = 1;
/// Columns that are filled in begin here.
const ASK_FILLED: u16 = 4;
const QUESTION_FILLED: u16 = 4;
const DONE: [&str; 3] = ["yes", "no", "does not apply"];
const DONT_KNOW: &str = "I don't know";

const ASK_COLUMNS: [(&str, f64); 8] = [
    ("Id", 22.0),
    ("What we ask", 34.0),
    ("What we saw", 40.0),
    ("How to fix", 52.0),
    ("Done?", 10.0),
    ("Done on", 12.0),
    ("Remark", 28.0),
    ("By", 16.0),
];
const QUESTION_COLUMNS: [(&str, f64); 7] = [
    ("Id", 26.0),
    ("Question", 46.0),
    ("What counts", 36.0),
    ("Offered answers", 44.0),
    ("Your answer", 30.0),
    ("Remark", 28.0),
    ("By", 16.0),
];

/// The formats of cells.
struct Look {
    title: Format,
    head: Format,
    said: Format,
    id: Format,
    filled: Format,
    day: Format,
    plain: Format,
}

impl Look {
    fn new() -> Self {
        let plain = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        let boxed = plain.clone().set_border(FormatBorder::Thin).set_border_color("#8A8A8A");
        Self {
            title: Format::new().set_bold().set_font_size(16),
            head: boxed.clone().set_bold().set_background_color("#D9E6E6"),
            said: boxed.clone(),
            id: boxed.clone().set_font_size(9).set_font_color("#54636A"),
            filled: boxed.clone().set_num_format("@").set_background_color("#FFFBE6"),
            day: boxed.set_num_format("yyyy-mm-dd").set_background_color("#FFFBE6"),
            plain,
        }
    }
}

/// Writes the workbook.
pub fn xlsx(sheet: &VendorSheet) -> Result<Vec<u8>, XlsxError> {
    let look = Look::new();
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_timestamp(sheet.as_of.as_millis().div_euclid(1_000))?;
    let properties = DocProperties::new()
        .set_title(format!("Vendor sheet of {}", clean(&sheet.organization)))
        .set_creation_datetime(&made);
    book.set_properties(&properties);
    read_me(book.add_worksheet(), sheet, &look)?;
    let asks = sheet.areas.iter().flat_map(|area| &area.asks);
    to_do(book.add_worksheet(), asks, &look)?;
    let questions: Vec<&Asked> = sheet.areas.iter().flat_map(|area| &area.questions).collect();
    to_answer(book.add_worksheet(), &questions, &look)?;
    offered(book.add_worksheet(), &questions)?;
    book.save_to_buffer()
}

fn read_me(page: &mut Worksheet, sheet: &VendorSheet, look: &Look) -> Result<(), XlsxError> {
    page.set_name("Read me")?.set_column_width(0, 100)?;
    page.set_landscape().set_paper_size(LETTER).set_print_fit_to_pages(1, 0);
    page.write_string_with_format(0, 0, "Vendor sheet", &look.title)?;
    let lines = [
        format!(
            "From {}, as of {}. For the person or company that looks after their computers.",
            sheet.organization, sheet.day
        ),
        "What this is: what was seen on computers and mail domains, what we ask you to do about \
         it, and what nobody here could answer."
            .to_owned(),
        "How to fill it in: on the sheet “What we ask” choose yes, no or does not apply under \
         “Done?”. On the sheet “Questions” choose or write your answer. Say more under “Remark”. \
         Write your name under “By”. Leave empty what you do not know."
            .to_owned(),
        "Please leave the column “Id” as it is: by it your answers find their place. Columns may \
         be moved, rows may be left out."
            .to_owned(),
        "What happens with it: your answers are recorded as the vendor's, with your name. What \
         can be seen is looked at again; what was seen counts more than what was said."
            .to_owned(),
        "Never write anything about patients in it: no names, no numbers, no dates of birth."
            .to_owned(),
        "Save it as a workbook (.xlsx) without a password and send it back.".to_owned(),
    ];
    for (row, line) in (2..).zip(lines) {
        page.write_string_with_format(row, 0, clean(&line), &look.plain)?;
    }
    Ok(())
}

/// The frame that both lists have: a header that stays, prints on every page, and fits the width.
fn frame(
    page: &mut Worksheet,
    name: &str,
    columns: &[(&str, f64)],
    look: &Look,
) -> Result<(), XlsxError> {
    page.set_name(name)?;
    for (at, (title, width)) in (0..).zip(columns) {
        page.set_column_width(at, *width)?;
        page.write_string_with_format(0, at, *title, &look.head)?;
    }
    page.set_freeze_panes(1, 1)?.set_repeat_rows(0, 0)?;
    page.set_landscape().set_paper_size(LETTER).set_print_fit_to_pages(1, 0);
    page.set_footer("&L&A&RPage &P of &N");
    Ok(())
}

fn to_do<'a>(
    page: &mut Worksheet,
    asks: impl Iterator<Item = &'a Ask>,
    look: &Look,
) -> Result<(), XlsxError> {
    frame(page, "What we ask", &ASK_COLUMNS, look)?;
    let done = DataValidation::new()
        .allow_list_strings(&DONE)?
        .set_error_title("Done?")?
        .set_error_message("Please choose yes, no or does not apply. Say more under Remark.")?;
    for (row, ask) in (1..).zip(asks) {
        page.write_string_with_format(row, 0, clean(&ask.check), &look.id)?;
        let texts = [what(ask), saw(ask), fix(ask)];
        for (column, text) in (1..).zip(texts) {
            page.write_string_with_format(row, column, clean(&text), &look.said)?;
        }
        for column in ASK_FILLED..8 {
            let format = if column == ASK_FILLED + 1 { &look.day } else { &look.filled };
            page.write_blank(row, column, format)?;
        }
        page.add_data_validation(row, ASK_FILLED, row, ASK_FILLED, &done)?;
    }
    Ok(())
}

fn what(ask: &Ask) -> String {
    format!(
        "{}\n\nSeverity {}. Fails on {} of {}. About {}, {}.",
        ask.title,
        ask.severity.word(),
        words::count(ask.failing),
        words::many(ask.applicable, &ask.noun),
        words::hours(ask.hours),
        words::dollars(ask.dollars),
    )
}

fn saw(ask: &Ask) -> String {
    let mut lines: Vec<String> = ask
        .saw
        .iter()
        .map(|it| match it.detail.as_str() {
            "" => it.label.clone(),
            detail => format!("{}: {}", it.label, unmarked(detail)),
        })
        .collect();
    if ask.more > 0 {
        lines.push(format!("and {} more", words::count(ask.more)));
    }
    lines.join("\n")
}

fn fix(ask: &Ask) -> String {
    let fix = unmarked(ask.fix.trim());
    if ask.sources.is_empty() {
        return fix;
    }
    format!("{fix}\n\nRests on {}", ask.sources.join("; "))
}

/// Catalog text without the marks of code and strong words.
fn unmarked(text: &str) -> String {
    text.replace("**", "").replace('`', "")
}

fn to_answer(page: &mut Worksheet, questions: &[&Asked], look: &Look) -> Result<(), XlsxError> {
    frame(page, "Questions", &QUESTION_COLUMNS, look)?;
    for ((row, at), question) in (1..).zip(0..).zip(questions) {
        page.write_string_with_format(row, 0, clean(&question.id), &look.id)?;
        let help = question.help.as_ref().map(|it| format!("\n\n{it}")).unwrap_or_default();
        let texts =
            [format!("{}{help}", question.ask), question.evidence.clone(), choices(question)];
        for (column, text) in (1..).zip(texts) {
            page.write_string_with_format(row, column, clean(&text), &look.said)?;
        }
        for column in QUESTION_FILLED..7 {
            page.write_blank(row, column, &look.filled)?;
        }
        if let Some(rule) = rule(question, at)? {
            page.add_data_validation(row, QUESTION_FILLED, row, QUESTION_FILLED, &rule)?;
        }
    }
    Ok(())
}

fn choices(question: &Asked) -> String {
    let how = match question.kind {
        Kind::One => "One of these:".to_owned(),
        Kind::Several => {
            "All that hold, with ; between them (their numbers will do), or “none of these”:"
                .to_owned()
        }
        Kind::Number => match (question.min, question.max) {
            (Some(min), Some(max)) => format!("A whole number from {min} to {max}"),
            _ => "A whole number".to_owned(),
        },
    };
    let answers = question.answers.iter().enumerate();
    let answers = answers.map(|(at, (_, text))| format!("{}) {text}", at + 1));
    std::iter::once(how).chain(answers).collect::<Vec<_>>().join("\n")
}

/// What the cell of an answer takes.
fn rule(question: &Asked, at: u32) -> Result<Option<DataValidation>, XlsxError> {
    let rule = DataValidation::new().set_error_title("Your answer")?;
    Ok(match question.kind {
        Kind::One => {
            // The texts hold commas, so they stand on a sheet of their own.
            let row = at + 1;
            let last = column(question.answers.len());
            let list = Formula::new(format!("=Lists!$A${row}:${last}${row}"));
            let rule = rule.allow_list_formula(list);
            Some(rule.set_error_message("Please choose one of the offered answers.")?)
        }
        Kind::Number => {
            let number = |n: Option<i64>, or| n.and_then(|n| i32::try_from(n).ok()).unwrap_or(or);
            let (min, max) = (number(question.min, 0), number(question.max, i32::MAX));
            let rule = rule.allow_whole_number(DataValidationRule::Between(min, max));
            Some(rule.set_error_message("Please write a whole number.")?)
        }
        Kind::Several => None,
    })
}

/// The letters of a column, from 0.
fn column(at: usize) -> String {
    let letter = |n: usize| u8::try_from(n % 26).map_or('A', |it| char::from(b'A' + it));
    match at / 26 {
        0 => letter(at).to_string(),
        more => format!("{}{}", letter(more - 1), letter(at)),
    }
}

/// The offered texts of the questions with one answer, a row for each question, out of sight.
fn offered(page: &mut Worksheet, questions: &[&Asked]) -> Result<(), XlsxError> {
    page.set_name("Lists")?.set_hidden(true);
    for (row, question) in (0..).zip(questions) {
        if question.kind != Kind::One {
            continue;
        }
        let texts = question.answers.iter().map(|(_, text)| text.as_str());
        for (column, text) in (0..).zip(texts.chain([DONT_KNOW])) {
            page.write_string(row, column, clean(text))?;
        }
    }
    Ok(())
}

/// Text as a cell takes it: no control characters, none that turn the direction of the text around
/// them, and not longer than a cell that is read back may be.
fn clean(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}');
    let kept = text.chars().filter(|c| *c == '\n' || !(c.is_control() || turns(*c)));
    let mut out: String = kept.clone().take(LONGEST).collect();
    if kept.count() > LONGEST {
        out.push('…');
    }
    out
}

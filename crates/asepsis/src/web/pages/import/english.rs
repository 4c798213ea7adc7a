//! The English words of bringing files in.

use asepsis_report::words;
use maud::{Markup, html};

pub(super) const TITLE: &str = "Bring in a file";
pub(super) const LEAD: &str = "What other computers saw, and what your vendor answered. You see what a file holds before anything is kept.";
pub(super) const FILES: &str = "Files";
pub(super) const FILES_HINT: &str =
    "Drop them on the field, or choose them. Up to 20 at once, 16 MB in all.";
pub(super) const READ: &str = "Look them over";
pub(super) const WHAT: &str = "What can be brought in, and how to make it";
pub(super) const FACTS: &str = "Facts of another computer";
pub(super) const SHEET: &str = "A vendor sheet that was filled in";
pub(super) const NOTHING_ELSE: &str = "Nothing else is taken: no macros run, no links are followed, and a file that is something else is refused whole.";
pub(super) const NO_FILE: &str = "Choose at least one file.";
pub(super) const FULL: &str = "There is no room for more files now: up to 20 wait at once. Bring in or drop those that wait, then send this again.";
pub(super) const LOOK_OVER: &str = "Look them over";

pub(super) fn how_facts() -> Markup {
    html! {
        "On that computer, run " code { "asepsis check --save desk-02.json" }
        " and carry the file here, by a share or a stick. It holds what the computer looks like from inside, and nothing about people."
    }
}

pub(super) fn how_sheet() -> Markup {
    html! {
        "Save the " a href="/vendor-sheet" { "vendor sheet" }
        " and mail it. The vendor fills in the columns at the end and mails it back."
    }
}

pub(super) fn some_wait(n: usize) -> String {
    match n {
        1 => "One file waits for you to look it over.".to_owned(),
        n => format!("{} files wait for you to look them over.", words::capital(n)),
    }
}

pub(super) fn not_taken(name: &str, cause: &str) -> String {
    format!("{name} is not taken: {cause}. Nothing of what you sent is kept.")
}

// Before it is brought in.
pub(super) const PREVIEW: &str = "Look it over first";
pub(super) const PREVIEW_LEAD: &str = "Nothing of this is kept yet.";
pub(super) const BRING_IN: &str = "Bring in";
pub(super) const DROP: &str = "Drop";
pub(super) const WAITS: &str = "What you leave here waits for an hour, for you alone.";
pub(super) const NOTHING_WAITS: &str = "No file waits. Files that were sent wait for an hour.";
pub(super) const ANOTHER: &str = "Send another file";
pub(super) const CHOOSE: &str = "Chosen";
pub(super) const THEN: &str = "See what it changed:";
pub(super) const THEN_WHERE: [(&str, &str); 3] =
    [("/today", "Today"), ("/assets", "Assets"), ("/evidence", "Evidence")];
pub(super) const ANSWERS: &str = "Answers, kept as the vendor\u{2019}s";
pub(super) const DONE: &str = "About things to do";
pub(super) const DONE_LEAD: &str =
    "Kept as the vendor\u{2019}s word. Whether it holds shows when it is looked at again.";
pub(super) const LEFT: &str = "What is left out, and why";
pub(super) const BY: &str = "Who filled it in";
pub(super) const BY_HINT: &str =
    "Kept with the answers. Rows that name somebody else keep that name.";
pub(super) const IS_DONE: &str = "Done";
pub(super) const NOT_DONE: &str = "Not done";
pub(super) const NOT_HERE: &str = "Does not apply";
pub(super) const REMARKS: &str = "A remark";

pub(super) fn chosen(name: &str) -> String {
    format!("Bring in or drop {name}")
}

pub(super) fn facts_of(program: &str, day: &Markup) -> Markup {
    html! { "Facts of another computer, made by " (program) " on " (day) "." }
}

pub(super) fn looks(fresh: usize, known: usize) -> String {
    let looks = |n| words::many(n, "look");
    match (fresh, known) {
        (0, n) => format!("All of it is known already ({}); nothing would change.", looks(n)),
        (1, 0) => "One look, which is new to this book.".to_owned(),
        (n, 0) => format!("{}, all of them new to this book.", looks(n)),
        (n, known) => format!("{} new; {} known already.", looks(n), words::count(known)),
    }
}

pub(super) fn sheet_of(answers: usize, done: usize, left: usize) -> String {
    let mut text = format!(
        "A vendor sheet with {} and {} about things to do",
        words::many(answers, "answer"),
        words::many(done, "note"),
    );
    if left > 0 {
        text.push_str(&format!("; {} cannot be taken", words::many(left, "row")));
    }
    text.push('.');
    text
}

pub(super) fn known_answers(n: usize) -> String {
    match n {
        1 => "One answer is known already and is not kept twice.".to_owned(),
        n => format!("{} answers are known already and are not kept twice.", words::capital(n)),
    }
}

pub(super) fn and_more(n: usize) -> String {
    format!("and {} more", words::count(n))
}

pub(super) fn facts(n: usize) -> String {
    words::many(n, "fact")
}

pub(super) fn skipped(reason: &str) -> String {
    format!("not looked at: {reason}")
}

pub(super) fn failed(cause: &str) -> String {
    format!("could not be looked at: {cause}")
}

pub(super) fn times(n: usize) -> String {
    format!("{n} looks")
}

pub(super) fn row(n: u32) -> String {
    format!("row {n}")
}

//! The English words of bringing files in.

use crate::ops::Counts;
use asepsis_report::words;
use maud::{Markup, html};

pub(super) const TITLE: &str = "Bring in a file";
pub(super) const LEAD: &str = "What other programs saw of your computers and accounts, your personnel list, and what your vendor answered. You see what a file holds before anything is kept.";
pub(super) const FILES: &str = "Files";
pub(super) const FILES_HINT: &str =
    "Drop them on the field, or choose them. Up to 20 at once, 16 MB in all.";
pub(super) const READ: &str = "Look them over";
pub(super) const WHAT: &str = "What can be brought in, and how to make it";
pub(super) const FACTS: &str = "Facts of another computer";
pub(super) const SHEET: &str = "A vendor sheet that was filled in";
pub(super) const NOTHING_ELSE: &str = "Nothing else is taken: no macros run, no links are followed, and a file that is something else is refused whole.";
/// How to make each kind of file. Steps are those of the makers in 2026; menus move.
pub(super) const HOW: [(&str, &str); 8] = [
    (
        "Computers and phones in Microsoft Intune",
        "Intune admin center: Devices, All devices, Export. Unpack the file and drop the table here.",
    ),
    (
        "Macs in Jamf Pro",
        "Computers, Search inventory, Advanced; show name, serial number, last check-in, system version, FileVault 2 status, Gatekeeper, system integrity protection and firewall; Export, CSV.",
    ),
    (
        "Computers in osquery or Fleet",
        "Add the asepsis pack (asepsis import --pack prints it), let it run for a day, and bring the snapshot log; or the hosts that Fleet lists (fleetctl get hosts --json). Logs larger than 16 MB: asepsis import FILE on this computer.",
    ),
    (
        "Microsoft 365",
        "Your vendor runs ScubaGear and sends you its ScubaResults file, or Maester and its TestResults.json.",
    ),
    (
        "Google Workspace",
        "Your vendor runs ScubaGoggles and sends you its ScubaResults file. Users: Admin console, Directory, Users, Download users, all columns.",
    ),
    (
        "Second steps in Entra ID",
        "Entra admin center: Protection, Authentication methods, User registration details, Download.",
    ),
    (
        "Accounts of Active Directory or another directory",
        "A listing in LDIF from ldapsearch, ldbsearch or ldifde; or asepsis check accounts with the directory's address, on this computer.",
    ),
    (
        "The personnel list",
        "From payroll, as a table (CSV): employee number, name, work mail, first day, last day, status. People who left within a year belong on it.",
    ),
];
pub(super) const HISTORY: &str = "Files that were brought in before";
pub(super) const NO_HISTORY: &str = "No file was brought in yet.";
pub(super) const FILE: &str = "File";
pub(super) const STATE_OF: &str = "Shows the state of";
pub(super) const BROUGHT_IN: &str = "Brought in";
pub(super) const ADDED: &str = "What it added";
pub(super) const TAKEN_BACK: &str = "taken back";
pub(super) const TAKE_BACK: &str = "Take a file back";
pub(super) const TAKE_BACK_LEAD: &str = "What came with it counts no longer; its entries stay on record, with your reason. It can be brought in again.";
pub(super) const WHICH_FILE: &str = "Which file";
pub(super) const WHY: &str = "Why";
pub(super) const WHY_HINT: &str = "As in: it was of another clinic.";

// One file of before.
pub(super) const IS: &str = "What it is";
pub(super) const DATE_TOLD: &str = "the day was told by whoever brought it in";
pub(super) const DIGEST: &str = "Its fingerprint (SHA-256)";
pub(super) const WHAT_LEFT: &str = "What";
pub(super) const WHY_LEFT: &str = "Why";
pub(super) const TIMES: &str = "How often";
pub(super) const LEFT_ROWS: &str = "Alike things stand in one row";
pub(super) const NOTHING_LEFT: &str = "Nothing: all of it was taken.";

// What the columns of a table mean.
pub(super) const COLUMNS: &str = "Tables with columns of their own";
pub(super) const COLUMNS_LEAD: &str = "Your IT company, your antivirus or your backup can export a table, and nobody but its maker knows its columns. Send one here: you get a draft of what each column means, put it right, and keep it. From then on such tables are brought in like any other file.";
pub(super) const TABLE: &str = "A table (CSV or .xlsx), or a description that somebody gave you";
pub(super) const TABLE_HINT: &str =
    "Its titles and some words of its cells make the draft. Nothing of it is kept.";
pub(super) const NO_TABLE: &str = "Choose a table.";
pub(super) const DRAFT: &str = "Make a draft";
pub(super) const MEANING: &str = "What its columns mean";
pub(super) const MEANING_HINT: &str =
    "Put right what is wrong and take out what you do not want. Lines that begin with # are notes.";
pub(super) const KEEP: &str = "Keep it";
pub(super) const KNOWN: &str = "Tables that are known";
pub(super) const KNOWN_ROWS: &str = "Those that you kept come first";
pub(super) const IS_TABLE: &str = "Table";
pub(super) const KNOWN_FROM: &str = "Columns known from";
pub(super) const TO_DO: &str = "Here";
pub(super) const NOT_SAID: &str = "not said";
pub(super) const HAND_ON: &str = "Save as a file, to hand on";
pub(super) const SHIPPED: &str = "comes with asepsis";
/// What every such description says of itself.
pub(super) const MAPPING_FORMAT: &str = "asepsis-mapping/";

pub(super) fn forget(id: &str) -> String {
    format!("Forget {id}")
}

pub(super) fn no_mapping(name: &str, titles: &[String]) -> String {
    let titles = titles.join(", ");
    format!(
        "{name} is a table whose columns are not known yet ({titles}). Say once what they mean, under \u{201c}{COLUMNS}\u{201d} below, and send it again. Nothing of what you sent is kept."
    )
}

pub(super) fn more(n: usize) -> String {
    format!("And {} more.", words::number(u64::try_from(n).unwrap_or(u64::MAX)))
}

pub(super) fn added(entries: u64, again: usize) -> String {
    let entries = words::many(usize::try_from(entries).unwrap_or(usize::MAX), "new fact");
    if again > 0 { format!("{entries}; others seen again") } else { entries }
}

pub(super) fn left_out(n: u64) -> String {
    format!("{} left out", words::number(n))
}

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

pub(super) const DATE: &str = "Of which day it is";
pub(super) const DATE_HINT: &str = "The file does not say. Give the day on which it was made.";
pub(super) const NO_DATE: &str = "Give the day on which the file was made.";
pub(super) const HOST: &str = "Which computer it is about";
pub(super) const HOST_HINT: &str = "The file does not say. Give the computer\u{2019}s name.";
pub(super) const NO_HOST: &str = "Give the name of the computer that the file is about.";
pub(super) const ADDS_NOTHING: &str = "All of it is known already; nothing would change.";

pub(super) fn file_is(is: &str, made_by: &str) -> String {
    let start: String =
        is.chars().take(1).flat_map(char::to_uppercase).chain(is.chars().skip(1)).collect();
    if made_by.is_empty() { format!("{start}.") } else { format!("{start}, made by {made_by}.") }
}

pub(super) fn shows(from: &Markup, to: &Markup, one: bool) -> Markup {
    html! { "It shows the state of " (from) @if !one { " to " (to) } "." }
}

pub(super) fn counts(noun: &str, it: &Counts) -> String {
    let all = it.new + it.changed + it.again + it.known + it.older;
    let parts = [
        (it.new, "new to this book"),
        (it.changed, "changed"),
        (it.again, "as before, seen again"),
        (it.known, "known already"),
        (it.older, "older than what is known, kept as history"),
    ];
    let parts = parts.iter().filter(|(n, _)| *n > 0);
    let parts: Vec<String> =
        parts.map(|(n, what)| format!("{} {what}", words::count(*n))).collect();
    format!("{}: {}.", words::many(all, noun), parts.join(", "))
}

pub(super) fn names(n: usize) -> String {
    format!("{} of accounts or people, kept apart from the facts.", words::many(n, "name"))
}

pub(super) fn left(what: &str, why: &str, count: u64) -> String {
    if count > 1 { format!("{what}: {why} ({count} times)") } else { format!("{what}: {why}") }
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

pub(super) fn row(n: u32) -> String {
    format!("row {n}")
}

//! `asepsis import`: take facts from other computers, and vendor sheets that were filled in.

use std::path::Path;

use anyhow::Context as _;
use serde::Serialize;

use super::args::ImportArgs;
use super::output::Output;
use super::{Done, file};
use crate::config;
use crate::ops::{self, By, FilledAsk, Given, Home, Left, recognize, understand};
use crate::text::{Page, Paint, clean, count};

/// Most bytes of a file; what it holds has limits of its own.
const MAX_BYTES: usize = 16 << 20;

pub(crate) async fn run(
    args: &ImportArgs,
    home: &Home,
    output: &mut Output,
) -> anyhow::Result<Done> {
    // All files are read before anything is recorded: one that cannot be taken stops the others too.
    let mut given = Vec::new();
    for path in &args.files {
        let bytes = file::read(path, MAX_BYTES)?;
        let what = recognize(&bytes).with_context(|| format!("{} is not taken", path.display()))?;
        given.push((path, what));
    }
    let mut files = Vec::new();
    for (path, given) in given {
        files.push(take(path, given, args, home).await?);
    }
    if output.json {
        output.document("asepsis-imported/1", Document { files })?;
        return Ok(Done::Well);
    }
    let mut page = output.page();
    for it in &files {
        said(it, &mut page);
    }
    output.text(&page.finish());
    if !output.quiet {
        output.text("Where you stand now: asepsis status\n");
    }
    Ok(Done::Well)
}

async fn take(
    path: &Path,
    given: Given,
    args: &ImportArgs,
    home: &Home,
) -> anyhow::Result<Imported> {
    let file = path.display().to_string();
    Ok(match given {
        Given::Facts(facts) => {
            let by = By::Named { name: &args.name, role: &args.role };
            let it = home.import_facts(&facts, by, config::now()).await?;
            Imported {
                file,
                holds: "facts",
                entries: it.entries,
                already_known: it.known,
                done: Vec::new(),
                left: Vec::new(),
            }
        }
        Given::Sheet(filled) => {
            let taken = understand(&home.catalog, filled);
            let it = home.import_sheet(&taken, None, config::now()).await?;
            Imported {
                file,
                holds: "vendor-sheet",
                entries: it.entries,
                already_known: it.known,
                done: taken.done.into_iter().map(Said::from).collect(),
                left: taken.left.into_iter().map(NotTaken::from).collect(),
            }
        }
    })
}

fn said(it: &Imported, page: &mut Page) {
    let entries: Vec<String> = it.entries.iter().map(ToString::to_string).collect();
    let entries = match entries.as_slice() {
        [] => String::new(),
        [one] => format!(", entry {one}"),
        [first, .., last] => format!(", entries {first} to {last}"),
    };
    let known = match it.already_known {
        0 => String::new(),
        n => format!("; {n} already known"),
    };
    let many = match (it.holds, it.entries.len()) {
        ("facts", n) => count(n, "look"),
        (_, n) => format!("{} of the vendor", count(n, "answer")),
    };
    page.hanging(
        "",
        &format!("{}: {many} recorded{entries}{known}", clean(&it.file)),
        0,
        Paint::Plain,
    );
    for done in &it.done {
        let word = match done.done {
            Some("yes") => "the vendor says it is done",
            Some("no") => "the vendor says it is not done",
            Some(_) => "the vendor says it does not apply",
            None => "the vendor remarks",
        };
        let on = done.on.as_ref().map(|on| format!(" ({on})")).unwrap_or_default();
        let remark =
            if done.remark.is_empty() { String::new() } else { format!(": {}", done.remark) };
        let text = clean(&format!("{}: {word}{on}{remark}", done.check));
        page.hanging("·", &text, 1, Paint::Plain);
    }
    if !it.done.is_empty() {
        page.hanging(
            "",
            "What is done shows when it is looked at again: asepsis check",
            1,
            Paint::Quiet,
        );
    }
    if !it.left.is_empty() {
        page.hanging("", &format!("Not taken: {}", count(it.left.len(), "row")), 1, Paint::Plain);
    }
    for left in &it.left {
        let text = clean(&format!("{}, row {}: {}", left.sheet, left.row, left.why));
        page.hanging("–", &text, 2, Paint::Plain);
    }
}

#[derive(Serialize)]
struct Document {
    files: Vec<Imported>,
}

#[derive(Serialize)]
struct Imported {
    file: String,
    holds: &'static str,
    entries: Vec<u64>,
    already_known: usize,
    done: Vec<Said>,
    left: Vec<NotTaken>,
}

#[derive(Serialize)]
struct Said {
    row: u32,
    check: String,
    done: Option<&'static str>,
    on: Option<String>,
    remark: String,
    by: String,
}

impl From<FilledAsk> for Said {
    fn from(it: FilledAsk) -> Self {
        let done = it.done.map(|it| match it {
            ops::Done::Yes => "yes",
            ops::Done::No => "no",
            ops::Done::DoesNotApply => "does-not-apply",
        });
        Self { row: it.row, check: it.check, done, on: it.on, remark: it.remark, by: it.by }
    }
}

#[derive(Serialize)]
struct NotTaken {
    sheet: String,
    row: u32,
    why: String,
}

impl From<Left> for NotTaken {
    fn from(it: Left) -> Self {
        Self { sheet: it.sheet, row: it.row, why: it.why }
    }
}

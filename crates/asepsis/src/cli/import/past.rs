//! `asepsis import --history`, `--undo` and `--formats`: files of before, and what can come.

use asepsis_core::time::Timestamp;
use serde::Serialize;

use super::super::Done;
use super::super::args::ImportArgs;
use super::super::output::Output;
use crate::config;
use crate::ops::{By, Home, PastImport, day, formats as known_formats, zone};
use crate::text::{Paint, clean, count};

pub(super) fn formats(output: &mut Output) -> anyhow::Result<Done> {
    if output.json {
        let formats = known_formats().map(|(id, is)| Format { id, is }).collect();
        output.document("asepsis-formats/1", Formats { formats })?;
        return Ok(Done::Well);
    }
    let mut page = output.page();
    page.paragraph("A file is known by what it holds, whatever its name:", 0);
    for (_, is) in known_formats() {
        page.hanging("·", is, 1, Paint::Plain);
    }
    page.hanging("·", "a vendor sheet that was filled in (.xlsx)", 1, Paint::Plain);
    output.text(&page.finish());
    Ok(Done::Well)
}

pub(super) async fn history(home: &Home, output: &mut Output) -> anyhow::Result<Done> {
    let past = home.past_imports().await?;
    if output.json {
        let files = past.iter().map(Past::of).collect();
        output.document("asepsis-imports/1", History { files })?;
        return Ok(Done::Well);
    }
    if past.is_empty() {
        output.text("No file was brought in yet.\n");
        return Ok(Done::Well);
    }
    let zone = zone(&home.organization_record().await?.zone);
    let mut page = output.page();
    for it in &past {
        let import = &it.import;
        let text = format!(
            "{}: {} of {}, brought in {}; {}",
            clean(&import.file),
            clean(if import.made_by.is_empty() { &import.format } else { &import.made_by }),
            day(import.effective, &zone),
            day(it.recorded_at, &zone),
            count(usize::try_from(import.entries).unwrap_or(usize::MAX), "new fact"),
        );
        page.hanging(&it.seq.to_string(), &text, 0, Paint::Plain);
        if let Some(undone) = &it.undone {
            let text = format!("taken back {}: {}", day(undone.recorded_at, &zone), undone.reason);
            page.hanging("–", &text, 4, Paint::Quiet);
        }
    }
    output.text(&page.finish());
    if !output.quiet {
        output.text("To take one back: asepsis import --undo NUMBER --reason TEXT\n");
    }
    Ok(Done::Well)
}

pub(super) async fn undo(
    import: u64,
    reason: &str,
    args: &ImportArgs,
    home: &Home,
    output: &mut Output,
) -> anyhow::Result<Done> {
    let by = By::Named { name: &args.name, role: &args.role };
    let entry = home.undo_import(import, reason, by, config::now()).await?;
    if output.json {
        output.document("asepsis-undone/1", Undone { import, entry })?;
    } else {
        output.text(&format!(
            "File {import} is taken back, entry {entry}. What came with it counts no longer.\n"
        ));
    }
    Ok(Done::Well)
}

#[derive(Serialize)]
struct Formats {
    formats: Vec<Format>,
}

#[derive(Serialize)]
struct Format {
    id: &'static str,
    is: &'static str,
}

#[derive(Serialize)]
struct Undone {
    import: u64,
    entry: u64,
}

#[derive(Serialize)]
struct History<'a> {
    files: Vec<Past<'a>>,
}

#[derive(Serialize)]
struct Past<'a> {
    entry: u64,
    file: &'a str,
    holds: &'a str,
    made_by: &'a str,
    effective: Timestamp,
    recorded_at: Timestamp,
    entries: u64,
    sha256: String,
    undone: Option<Back<'a>>,
}

#[derive(Serialize)]
struct Back<'a> {
    entry: u64,
    recorded_at: Timestamp,
    reason: &'a str,
}

impl<'a> Past<'a> {
    fn of(it: &'a PastImport) -> Self {
        Self {
            entry: it.seq,
            file: &it.import.file,
            holds: &it.import.format,
            made_by: &it.import.made_by,
            effective: it.import.effective,
            recorded_at: it.recorded_at,
            entries: it.import.entries,
            sha256: it.import.hash.to_string(),
            undone: it.undone.as_ref().map(|undone| Back {
                entry: undone.seq,
                recorded_at: undone.recorded_at,
                reason: &undone.reason,
            }),
        }
    }
}

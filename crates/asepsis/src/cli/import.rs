//! `asepsis import`: take what comes in a file, show what it adds, take it back.

mod file;
mod mappings;
mod past;

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context as _;
use asepsis_core::import::LeftOut;
use asepsis_core::time::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::Done;
use super::args::ImportArgs;
use super::output::Output;
use crate::config;
use crate::ops::{
    self, Ask, By, Counts, FilledAsk, Given, Home, ImportError, ImportedFile, ImportedSheet,
    Incoming, OSQUERY_PACK, Planned, Taken, ToldBeside as Told, recognize_at, understand, zone,
};
use crate::text::{Page, Paint, clean, count};

pub(crate) async fn run(
    args: &ImportArgs,
    home: &Home,
    output: &mut Output,
) -> anyhow::Result<Done> {
    if args.formats {
        return past::formats(output);
    }
    if args.pack {
        output.text(OSQUERY_PACK);
        return Ok(Done::Well);
    }
    if args.history {
        return past::history(home, output).await;
    }
    if args.map {
        return mappings::drafts(&args.files, output);
    }
    if args.mappings {
        return mappings::list(home, output).await;
    }
    if let Some(id) = &args.forget_mapping {
        return mappings::forget(id, home, output).await;
    }
    if let (Some(import), Some(reason)) = (args.undo, &args.reason) {
        return past::undo(import, reason, args, home, output).await;
    }
    // All files are read before anything is recorded: one that cannot be taken stops the others too.
    let told = home.told(args.date.as_deref(), args.host.as_deref(), config::now()).await?;
    let mapping = args.mapping.as_deref().map(mappings::read).transpose()?;
    let told = match &mapping {
        Some((path, bytes)) => {
            home.told_by(told, bytes).with_context(|| format!("{path} is not taken"))?
        }
        None => told,
    };
    let mut given = Vec::new();
    for path in &args.files {
        let refused = || format!("{} is not taken", path.display());
        let what = recognize_at(path).with_context(refused)?;
        given.push((path, Read::of(what, &told, args.dry_run, home).await.with_context(refused)?));
    }
    if let Some((_, bytes)) = mapping.filter(|_| !args.dry_run) {
        home.keep_mapping(&bytes).await?;
    }
    let mut files = Vec::new();
    for (path, read) in given {
        files.push(take(path, read, &told, args, home).await?);
    }
    if output.json {
        output.document("asepsis-imported/2", Document { dry_run: args.dry_run, files })?;
        return Ok(Done::Well);
    }
    let mut page = output.page();
    for it in &files {
        said(it, args.dry_run, &told.zone, &mut page);
    }
    output.text(&page.finish());
    if args.dry_run {
        output.text("Nothing is recorded: this was a dry run.\n");
    } else if !output.quiet {
        output.text("Where you stand now: asepsis status\n");
    }
    Ok(Done::Well)
}

/// Shows what was recorded of something that came like a file.
pub(super) async fn show(
    name: String,
    taken: ImportedFile,
    home: &Home,
    output: &mut Output,
) -> anyhow::Result<Done> {
    let file = Imported::of_file(name, taken);
    if output.json {
        output.document("asepsis-imported/2", Document { dry_run: false, files: vec![file] })?;
        return Ok(Done::Well);
    }
    let zone = zone(&home.organization_record().await?.zone);
    let mut page = output.page();
    said(&file, false, &zone, &mut page);
    output.text(&page.finish());
    Ok(Done::Well)
}

/// A file that was read and can be taken.
enum Read {
    File(Incoming, Box<Planned>),
    Sheet(Taken),
}

impl Read {
    async fn of(given: Given, told: &Told, look: bool, home: &Home) -> Result<Self, ImportError> {
        Ok(match given {
            Given::File(file) => {
                let planned = home.plan_import(&file, told).await?;
                if !look && !planned.asks.is_empty() {
                    return Err(ImportError::Asks(planned.asks));
                }
                Self::File(file, Box::new(planned))
            }
            Given::Sheet(filled) => Self::Sheet(understand(&home.catalog, filled)),
        })
    }
}

async fn take(
    path: &Path,
    read: Read,
    told: &Told,
    args: &ImportArgs,
    home: &Home,
) -> anyhow::Result<Imported> {
    let file = path.display().to_string();
    match read {
        Read::File(incoming, planned) => {
            let taken = if args.dry_run {
                ImportedFile { planned: *planned, import: None }
            } else {
                // Files before it may have been recorded since it was planned.
                let fresh = home.store.size(&home.organization).await? == planned.size();
                let planned = fresh.then_some(*planned);
                let by = By::Named { name: &args.name, role: &args.role };
                home.import_file(&incoming, told, by, planned).await?
            };
            Ok(Imported::of_file(file, taken))
        }
        Read::Sheet(taken) => {
            let recorded = if args.dry_run {
                ImportedSheet::default()
            } else {
                home.import_sheet(&taken, None, told.now).await?
            };
            Ok(Imported::of_sheet(file, taken, &recorded))
        }
    }
}

fn said(it: &Imported, dry_run: bool, zone: &TimeZone, page: &mut Page) {
    if it.holds == "vendor-sheet" {
        let entries = match it.entries.as_slice() {
            [] => String::new(),
            ranges => format!(", {}", numbers(ranges)),
        };
        let known = match it.already_known {
            0 => String::new(),
            n => format!("; {n} already known"),
        };
        let many = count(entries_in(&it.entries), "answer");
        let text = format!("{}: {many} of the vendor recorded{entries}{known}", clean(&it.file));
        page.hanging("", &text, 0, Paint::Plain);
    } else {
        file::said(it, dry_run, zone, page);
    }
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
        let all: u64 = it.left.iter().map(|it| it.count).sum();
        let all = usize::try_from(all).unwrap_or(usize::MAX);
        page.hanging("", &format!("Not taken: {}", count(all, "thing")), 1, Paint::Plain);
    }
    for left in &it.left {
        let times = if left.count > 1 { format!(" ({} times)", left.count) } else { String::new() };
        page.hanging("–", &format!("{}: {}{times}", left.what, left.why), 2, Paint::Plain);
    }
}

/// How many entries lie in ranges.
fn entries_in(ranges: &[(u64, u64)]) -> usize {
    let all: u64 = ranges.iter().map(|(first, last)| last - first + 1).sum();
    usize::try_from(all).unwrap_or(usize::MAX)
}

/// `entry 7`, or `entries 7 to 9`.
fn numbers(ranges: &[(u64, u64)]) -> String {
    match (ranges.first(), ranges.last()) {
        (Some((first, _)), Some((_, last))) if first == last => format!("entry {first}"),
        (Some((first, _)), Some((_, last))) => format!("entries {first} to {last}"),
        _ => String::new(),
    }
}

#[derive(Serialize)]
struct Document {
    dry_run: bool,
    files: Vec<Imported>,
}

/// One file, as it is shown and printed.
#[derive(Serialize)]
struct Imported {
    file: String,
    holds: &'static str,
    #[serde(skip)]
    is: &'static str,
    made_by: String,
    import: Option<u64>,
    entries: Vec<(u64, u64)>,
    already_known: usize,
    from: Option<Timestamp>,
    to: Option<Timestamp>,
    asks: Vec<&'static str>,
    looks: BTreeMap<String, Looks>,
    names: usize,
    done: Vec<Said>,
    left: Vec<LeftOut>,
}

/// How the looks of one schema stand to what was known.
#[derive(Serialize)]
struct Looks {
    new: usize,
    changed: usize,
    again: usize,
    known: usize,
    older: usize,
}

impl Imported {
    fn of_file(file: String, taken: ImportedFile) -> Self {
        let entries = taken.entries();
        let entries = match taken.import {
            Some(_) if !entries.is_empty() => vec![(entries.start, entries.end - 1)],
            _ => Vec::new(),
        };
        let it = taken.planned;
        let looks = it.counts.into_iter().map(|(schema, n)| {
            let Counts { new, changed, again, known, older, .. } = n;
            (schema, Looks { new, changed, again, known, older })
        });
        let looks: BTreeMap<String, Looks> = looks.collect();
        Self {
            file,
            holds: it.format,
            is: it.is,
            made_by: it.made_by,
            import: taken.import,
            entries,
            already_known: looks.values().map(|it| it.known).sum(),
            from: it.span.map(|(from, _)| from),
            to: it.span.map(|(_, to)| to),
            asks: it.asks.iter().map(|ask| word(*ask)).collect(),
            looks,
            names: it.names,
            done: Vec::new(),
            left: it.left,
        }
    }

    fn of_sheet(file: String, taken: Taken, recorded: &ImportedSheet) -> Self {
        let left = taken.left.into_iter().map(|it| LeftOut {
            what: format!("{}, row {}", it.sheet, it.row),
            why: it.why,
            count: 1,
        });
        Self {
            file,
            holds: "vendor-sheet",
            is: "a vendor sheet",
            made_by: String::new(),
            import: None,
            entries: recorded.entries.iter().map(|it| (*it, *it)).collect(),
            already_known: recorded.known,
            from: None,
            to: None,
            asks: Vec::new(),
            looks: BTreeMap::new(),
            names: 0,
            done: taken.done.into_iter().map(Said::from).collect(),
            left: left.collect(),
        }
    }
}

const fn word(ask: Ask) -> &'static str {
    match ask {
        Ask::Date => "date",
        Ask::Host => "host",
    }
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

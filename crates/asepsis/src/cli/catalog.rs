//! `asepsis catalog`: lint, review, write.

use std::path::Path;

use anyhow::Context as _;
use asepsis_core::catalog::{Catalog, CatalogFiles, Counts, Problem, ReviewItem, lint, review};
use serde::Serialize;

use super::Done;
use super::args::{CatalogArgs, CatalogVerb, Global};
use super::error::Help;
use super::output::Output;
use crate::ops::{embedded, folder};
use crate::text::{Paint, clean};

pub(crate) fn run(
    args: &CatalogArgs,
    global: &Global,
    output: &mut Output,
) -> anyhow::Result<Done> {
    match &args.verb {
        CatalogVerb::Lint { dir } => {
            let files = files(dir.as_deref().or(global.catalog.as_deref()))?;
            lint_files(&files, output)
        }
        CatalogVerb::Review => {
            let files = files(global.catalog.as_deref())?;
            let catalog = Catalog::load(&files).map_err(|problems| first(&problems))?;
            review_files(&review(&catalog), output)
        }
        CatalogVerb::Write { to } => write(&embedded(), to, output),
    }
}

fn files(dir: Option<&Path>) -> anyhow::Result<CatalogFiles> {
    match dir {
        Some(dir) => Ok(folder(dir)?),
        None => Ok(embedded()),
    }
}

fn first(problems: &[Problem]) -> anyhow::Error {
    let first = problems.first().map_or_else(String::new, ToString::to_string);
    anyhow::anyhow!("the catalog does not load: {first}")
        .context(Help("run `asepsis catalog lint` to see all problems".to_owned()))
}

#[derive(Serialize)]
struct LintDocument {
    counts: Option<Counts>,
    problems: Vec<LintProblem>,
}

#[derive(Serialize)]
struct LintProblem {
    file: String,
    line: Option<usize>,
    message: String,
}

fn lint_files(files: &CatalogFiles, output: &mut Output) -> anyhow::Result<Done> {
    let (counts, problems) = match Catalog::load(files) {
        Ok(catalog) => {
            let (counts, problems) = lint(&catalog, files);
            (Some(counts), problems)
        }
        Err(problems) => (None, problems),
    };
    let done = if problems.is_empty() { Done::Well } else { Done::Wrong };
    if output.json {
        let problem =
            |it: Problem| LintProblem { file: it.file, line: it.line, message: it.message };
        let problems = problems.into_iter().map(problem).collect();
        output.document("asepsis-lint/1", LintDocument { counts, problems })?;
        return Ok(done);
    }
    for problem in &problems {
        output.text(&format!("{}\n", clean(&problem.to_string())));
    }
    if let Some(counts) = counts {
        output.text(&format!("{counts}\n"));
    }
    output.text(&match problems.len() {
        0 => "0 problems\n".to_owned(),
        1 => "1 problem\n".to_owned(),
        n => format!("{n} problems\n"),
    });
    Ok(done)
}

#[derive(Serialize)]
struct ReviewDocument<'a> {
    items: &'a [ReviewItem],
}

fn review_files(items: &[ReviewItem], output: &mut Output) -> anyhow::Result<Done> {
    if output.json {
        output.document("asepsis-review/1", ReviewDocument { items })?;
        return Ok(Done::Well);
    }
    let mut page = output.page();
    page.paragraph(
        "Statements about HICP that nobody has read in the publication yet. Hold them against the \
         place named; then change their certainty to sourced.",
        0,
    );
    let mut place = "";
    for item in items {
        if place != item.of {
            place = &item.of;
            page.blank();
            let title = page.paint(&item.of, Paint::Strong);
            page.line(&title);
        }
        let note = match item.certainty.note.as_str() {
            "" => String::new(),
            note => format!(" ({note})"),
        };
        let text = format!(
            "{}: {}{note}. Confirm in: {}",
            item.field, item.certainty.level, item.confirm_in
        );
        page.hanging("·", &text, 1, Paint::Plain);
    }
    page.blank();
    page.line(&format!("{} fields are not sourced", items.len()));
    output.text(&page.finish());
    Ok(Done::Well)
}

#[derive(Serialize)]
struct Written {
    files: usize,
}

fn write(files: &CatalogFiles, to: &Path, output: &mut Output) -> anyhow::Result<Done> {
    if to.exists() {
        let help = Help("name a folder that does not exist yet".to_owned());
        return Err(anyhow::anyhow!("{} exists already", to.display()).context(help));
    }
    for (path, text) in &files.0 {
        let file = to.join(path);
        let made = file.parent().map_or(Ok(()), std::fs::create_dir_all);
        made.and_then(|()| std::fs::write(&file, text))
            .with_context(|| format!("cannot write {}", file.display()))?;
    }
    if output.json {
        output.document("asepsis-catalog/1", Written { files: files.0.len() })?;
    } else {
        output.text(&format!("Wrote {} files to {}\n", files.0.len(), to.display()));
    }
    Ok(Done::Well)
}

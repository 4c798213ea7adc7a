//! `asepsis import --map`, `--mappings` and `--forget-mapping`: what the columns of tables mean.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use serde::Serialize;

use super::super::Done;
use super::super::output::Output;
use crate::ops::{Home, KnownMapping, draft_at};
use crate::text::{Paint, clean};

/// Most bytes of a mapping that are read; what is larger is refused as too large.
const LARGEST: u64 = 1 << 20;

/// A file with a mapping: its name and its bytes.
pub(super) fn read(path: &Path) -> anyhow::Result<(String, Vec<u8>)> {
    let name = path.display().to_string();
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|it| it.take(LARGEST).read_to_end(&mut bytes))
        .with_context(|| format!("{name} cannot be read"))?;
    Ok((name, bytes))
}

pub(super) fn drafts(files: &[PathBuf], output: &mut Output) -> anyhow::Result<Done> {
    let mut drafts = Vec::new();
    for path in files {
        let file = path.display().to_string();
        let mapping = draft_at(path).with_context(|| format!("there is no draft for {file}"))?;
        drafts.push(Draft { file, mapping });
    }
    if output.json {
        output.document("asepsis-mapping-drafts/1", Drafts { drafts })?;
    } else {
        drafts.iter().for_each(|it| output.text(&it.mapping));
    }
    Ok(Done::Well)
}

pub(super) async fn list(home: &Home, output: &mut Output) -> anyhow::Result<Done> {
    let known = home.mappings().await?;
    if output.json {
        let mappings = known.iter().map(Known::of).collect();
        output.document("asepsis-mappings/1", All { mappings })?;
        return Ok(Done::Well);
    }
    let mut page = output.page();
    for it in &known {
        let from = if it.text.is_some() { "kept here" } else { "comes with asepsis" };
        let source = if it.mapping.source.is_empty() {
            String::new()
        } else {
            format!("; columns known from: {}", it.mapping.source)
        };
        let text = clean(&format!("{} ({from}){source}", it.mapping.title));
        page.hanging(&it.mapping.id, &text, 0, Paint::Plain);
    }
    output.text(&page.finish());
    if !output.quiet {
        output.text("To forget one that is kept here: asepsis import --forget-mapping ID\n");
    }
    Ok(Done::Well)
}

pub(super) async fn forget(id: &str, home: &Home, output: &mut Output) -> anyhow::Result<Done> {
    home.forget_mapping(id).await?;
    if !output.quiet && !output.json {
        output
            .text(&format!("The mapping {} is forgotten; what came in by it stays.\n", clean(id)));
    }
    Ok(Done::Well)
}

#[derive(Serialize)]
struct Drafts {
    drafts: Vec<Draft>,
}

#[derive(Serialize)]
struct Draft {
    file: String,
    mapping: String,
}

#[derive(Serialize)]
struct All {
    mappings: Vec<Known>,
}

#[derive(Serialize)]
struct Known {
    id: String,
    title: String,
    source: String,
    schema: String,
    version: String,
    /// The file; none for those that come with the program.
    mapping: Option<String>,
}

impl Known {
    fn of(it: &KnownMapping) -> Self {
        Self {
            id: it.mapping.id.clone(),
            title: it.mapping.title.clone(),
            source: it.mapping.source.clone(),
            schema: it.mapping.schema.clone(),
            version: it.mapping.version(),
            mapping: it.text.clone(),
        }
    }
}

//! What a workbook consists of: its sheets in order, the strings they share, how its numbers show.

use std::collections::BTreeMap;

use super::parts::{Parts, damaged, short};
use super::text::{Events, Piece, attribute, plain};
use super::values::{Shown, shown};
use super::{Limits, WorkbookError};

/// What the cells need to be read.
pub(super) struct Index {
    pub(super) sheets: Vec<SheetPart>,
    pub(super) strings: Vec<String>,
    /// By the number of a cell's style.
    pub(super) shown: Vec<Shown>,
    /// Days are counted from 1904 instead of 1900.
    pub(super) from_1904: bool,
}

/// A sheet and the part that holds its cells.
pub(super) struct SheetPart {
    pub(super) name: String,
    pub(super) part: String,
}

/// A line of a `.rels` part: the last word of its type, and where it leads.
struct Relation {
    kind: String,
    target: String,
}

impl Index {
    pub(super) fn of(parts: &Parts, limits: &Limits) -> Result<Self, WorkbookError> {
        let roots = relations(parts, "")?;
        let book = roots.values().find(|it| it.kind == "officeDocument");
        let book = &book.ok_or_else(|| damaged("it names no workbook"))?.target;
        let related = relations(parts, book)?;
        let (sheets, from_1904) = sheets(book, parts.need(book)?, &related)?;
        if sheets.len() > limits.sheets {
            let what = format!("{} sheets", sheets.len());
            return Err(WorkbookError::TooLarge { what, most: limits.sheets });
        }
        let part = |kind: &str| {
            let target = &related.values().find(|it| it.kind == kind)?.target;
            Some((target.as_str(), parts.get(target)?))
        };
        let strings = part("sharedStrings").map(|(name, text)| strings(name, text));
        let shown = part("styles").map(|(name, text)| styles(name, text));
        Ok(Self {
            sheets,
            strings: strings.transpose()?.unwrap_or_default(),
            shown: shown.transpose()?.unwrap_or_default(),
            from_1904,
        })
    }
}

/// Where a part leads, by the ids of its relations.
fn relations(parts: &Parts, of: &str) -> Result<BTreeMap<String, Relation>, WorkbookError> {
    let (folder, file) = of.rsplit_once('/').map_or(("", of), |(folder, file)| (folder, file));
    let name = if folder.is_empty() {
        format!("_rels/{file}.rels")
    } else {
        format!("{folder}/_rels/{file}.rels")
    };
    let mut events = Events::of(&name, parts.need(&name)?);
    let mut out = BTreeMap::new();
    while let Some(piece) = events.next()? {
        let Piece::Start(element) = piece else { continue };
        if element.local_name().as_ref() != "Relationship" {
            continue;
        }
        let get = |name| attribute(&element, name);
        if let (Some(id), Some(kind), Some(target)) = (get("Id"), get("Type"), get("Target")) {
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            out.insert(id, Relation { kind, target: resolve(folder, &target) });
        }
    }
    Ok(out)
}

/// Where a target leads from a folder: a name in the archive and nothing else.
fn resolve(folder: &str, target: &str) -> String {
    let from = if target.starts_with('/') { "" } else { folder };
    let mut path: Vec<&str> = from.split('/').filter(|it| !it.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            step => path.push(step),
        }
    }
    path.join("/")
}

fn sheets(
    part: &str,
    text: &str,
    related: &BTreeMap<String, Relation>,
) -> Result<(Vec<SheetPart>, bool), WorkbookError> {
    let mut events = Events::of(part, text);
    let (mut out, mut from_1904, mut is_book) = (Vec::new(), false, false);
    while let Some(piece) = events.next()? {
        let Piece::Start(element) = piece else { continue };
        match element.local_name().as_ref() {
            "workbook" => is_book = true,
            "workbookPr" => {
                let said = attribute(&element, "date1904");
                from_1904 |= said.is_some_and(|it| it == "1" || it == "true");
            }
            "sheet" => {
                let name = attribute(&element, "name").unwrap_or_default();
                let relation = attribute(&element, "id").and_then(|id| related.get(&id));
                let relation = relation.ok_or_else(|| {
                    events.wrong(&format!("the sheet {:?} leads nowhere", short(&name)))
                })?;
                // Charts and dialogs have no cells.
                if relation.kind == "worksheet" {
                    out.push(SheetPart { name, part: relation.target.clone() });
                }
            }
            _ => {}
        }
    }
    if is_book { Ok((out, from_1904)) } else { Err(events.wrong("it is no workbook")) }
}

/// The strings that cells share: plain ones, and those of several runs put together. How a word is
/// pronounced (`rPh`) is left out.
fn strings(part: &str, text: &str) -> Result<Vec<String>, WorkbookError> {
    let mut events = Events::of(part, text);
    let mut out: Vec<String> = Vec::new();
    let mut reader = Runs::default();
    while let Some(piece) = events.next()? {
        if let Some(text) = reader.take(&piece, "si") {
            out.push(text);
        }
    }
    Ok(out)
}

/// Puts the runs of one text together.
#[derive(Default)]
pub(super) struct Runs {
    inside: bool,
    in_text: bool,
    spoken: bool,
    text: String,
}

impl Runs {
    /// Takes the next piece; gives the text where the element that holds it ends.
    pub(super) fn take(&mut self, piece: &Piece<'_>, holder: &str) -> Option<String> {
        match piece {
            Piece::Start(element) => match element.local_name().as_ref() {
                it if it == holder => *self = Self { inside: true, ..Self::default() },
                "t" => self.in_text = self.inside && !self.spoken,
                "rPh" => self.spoken = true,
                _ => {}
            },
            Piece::Text(text) if self.in_text => self.text.push_str(text),
            Piece::Text(_) => {}
            Piece::End(name) => match name.as_str() {
                it if it == holder => {
                    self.inside = false;
                    return Some(plain(&std::mem::take(&mut self.text)));
                }
                "t" => self.in_text = false,
                "rPh" => self.spoken = false,
                _ => {}
            },
        }
        None
    }
}

/// How the numbers of each style show.
fn styles(part: &str, text: &str) -> Result<Vec<Shown>, WorkbookError> {
    let mut events = Events::of(part, text);
    let (mut own, mut out, mut in_cells) = (BTreeMap::new(), Vec::new(), false);
    while let Some(piece) = events.next()? {
        match piece {
            Piece::Start(element) => {
                let id = || attribute(&element, "numFmtId")?.parse::<u32>().ok();
                match element.local_name().as_ref() {
                    "numFmt" => {
                        if let (Some(id), Some(code)) = (id(), attribute(&element, "formatCode")) {
                            own.insert(id, Shown::of_code(&code));
                        }
                    }
                    "cellXfs" => in_cells = true,
                    "xf" if in_cells => {
                        let id = id().unwrap_or_default();
                        out.push(own.get(&id).copied().unwrap_or_else(|| shown(id)));
                    }
                    _ => {}
                }
            }
            Piece::End(name) if name == "cellXfs" => in_cells = false,
            _ => {}
        }
    }
    Ok(out)
}

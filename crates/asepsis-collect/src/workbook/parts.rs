//! The archive of a workbook, unpacked while counting. Nothing is believed of what its directory
//! says of sizes, and no name in it is used as a path.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use super::{Limits, WorkbookError};

/// Unpacked bytes that are always allowed, however small the file: small files pack well.
const ALLOWANCE: usize = 1 << 20;

/// The XML parts of a workbook, by their names in lower case (names differ in nothing but case:
/// ECMA-376 part 2, 6.2.2.3).
pub(super) struct Parts(BTreeMap<String, String>);

impl Parts {
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(&name.to_lowercase()).map(String::as_str)
    }

    /// A part without which nothing can be read.
    pub(super) fn need(&self, name: &str) -> Result<&str, WorkbookError> {
        self.get(name).ok_or_else(|| damaged(&format!("it has no part {:?}", short(name))))
    }
}

pub(super) fn damaged(why: &str) -> WorkbookError {
    WorkbookError::Damaged(why.to_owned())
}

/// The beginning of a name from outside, for a message.
pub(super) fn short(name: &str) -> String {
    name.chars().take(80).collect()
}

/// Unpacks the archive; refuses what no workbook has.
pub(super) fn unpack(bytes: &[u8], limits: &Limits) -> Result<Parts, WorkbookError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|it| damaged(&it.to_string()))?;
    if archive.len() > limits.entries {
        let what = format!("{} parts", archive.len());
        return Err(WorkbookError::TooLarge { what, most: limits.entries });
    }
    if archive.has_duplicate_names() {
        return Err(damaged("two parts have the same name"));
    }
    let most = limits.unpacked.min(bytes.len().saturating_mul(limits.ratio).max(ALLOWANCE));
    let (mut parts, mut left, mut names) = (BTreeMap::new(), most, Vec::new());
    for at in 0..archive.len() {
        let broken = |error: &dyn std::fmt::Display| damaged(&error.to_string());
        let entry = archive.by_index_data(at).map_err(|it| broken(&it))?;
        if entry.encrypted() {
            return Err(WorkbookError::Password);
        }
        let name = name(&entry.name().map_err(|it| broken(&it))?)?;
        if name.ends_with("vbaproject.bin") || name.contains("/macrosheets/") {
            return Err(WorkbookError::Macros);
        }
        let mut content = Vec::new();
        let part = archive.by_index(at).map_err(|it| broken(&it))?;
        let read = part.take(left as u64 + 1).read_to_end(&mut content);
        let read = read.map_err(|error| damaged(&format!("{:?}: {error}", short(&name))))?;
        if read > left {
            let what = format!("its parts unpack to more than {most} bytes");
            return Err(WorkbookError::TooLarge { what, most });
        }
        left -= read;
        let is_xml = [".xml", ".rels", ".vml"].iter().any(|end| name.ends_with(end));
        if is_xml && declares(&content) {
            return Err(WorkbookError::Entities { part: short(&name) });
        }
        // Text in another encoding is dropped here, and missed where it is needed.
        if let (true, Ok(text)) = (is_xml, String::from_utf8(content))
            && parts.insert(name.clone(), text).is_some()
        {
            return Err(damaged("two parts have the same name"));
        }
        names.push(name);
    }
    what_else(&names).map_or(Ok(Parts(parts)), Err)
}

/// A part's name with `/` between its folders, in lower case; refuses names that lead elsewhere.
fn name(given: &str) -> Result<String, WorkbookError> {
    let name = given.replace('\\', "/").to_lowercase();
    let leads_away = name.starts_with('/')
        || name.split('/').any(|it| it == ".." || it == ".")
        || name.contains(|c: char| c.is_control() || c == ':');
    if leads_away {
        return Err(damaged(&format!("a part has the name {:?}", short(given))));
    }
    Ok(name)
}

/// Whether XML declares a document type or an entity, in any of the encodings that XML readers take.
fn declares(content: &[u8]) -> bool {
    let letters: Vec<u8> = content.iter().filter(|byte| **byte != 0).copied().collect();
    [&b"<!doctype"[..], b"<!entity"]
        .iter()
        .any(|word| letters.windows(word.len()).any(|window| window.eq_ignore_ascii_case(word)))
}

/// What the archive is, if it is no workbook.
fn what_else(names: &[String]) -> Option<WorkbookError> {
    let has = |name: &str| names.iter().any(|it| it == name);
    let begins = |folder: &str| names.iter().any(|it| it.starts_with(folder));
    let save = "open it and save it as an Excel workbook (.xlsx)";
    let (what, way) = if has("xl/workbook.bin") {
        ("a binary Excel workbook (.xlsb)", save)
    } else if has("_rels/.rels") && !begins("word/") && !begins("ppt/") {
        return None;
    } else if begins("word/") {
        ("a Word document", "choose the workbook instead")
    } else if has("content.xml") {
        ("an OpenDocument file (.ods)", save)
    } else {
        ("an archive (.zip)", "choose the workbook in it")
    };
    Some(WorkbookError::Other { what, way })
}

//! What a file is by its first bytes, where it is no archive.

use super::WorkbookError;

/// The beginning of every zip archive that holds something (APPNOTE 4.3.7).
const ZIP: &[u8] = b"PK\x03\x04";
/// The beginning of a compound file (MS-CFB 2.2): old Office documents, and new ones with a password.
const COMPOUND: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
/// How many bytes are looked at to tell text from other things.
const BEGINNING: usize = 4_096;

/// What the file is instead of an archive; `None` if it begins as one.
pub(super) fn other(bytes: &[u8]) -> Option<WorkbookError> {
    if bytes.starts_with(ZIP) {
        return None;
    }
    if bytes.starts_with(COMPOUND) && holds(bytes, "EncryptedPackage") {
        return Some(WorkbookError::Password);
    }
    let save = "open it and save it as an Excel workbook (.xlsx)";
    let start = String::from_utf8_lossy(bytes.get(..BEGINNING).unwrap_or(bytes)).to_lowercase();
    let start = start.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    let begins = |any: &[&str]| any.iter().any(|it| start.starts_with(it));
    let (what, way) = if bytes.is_empty() {
        ("empty", "send it again")
    } else if bytes.starts_with(COMPOUND) {
        ("an old Excel workbook (.xls)", save)
    } else if bytes.starts_with(b"%PDF") {
        ("a PDF", "fill in the workbook itself, not a print of it")
    } else if begins(&["<html", "<!doctype html", "<table", "<head", "<meta"]) {
        ("a web page with the name of a workbook", save)
    } else if begins(&["<?xml", "<"]) {
        ("an XML file", save)
    } else if begins(&["{", "["]) {
        ("a JSON file", "choose the workbook instead")
    } else if start.contains(['\0', '\u{fffd}']) {
        ("something else", "choose the workbook that was sent to you, filled in")
    } else if start.lines().next().is_some_and(|line| line.contains([',', ';', '\t'])) {
        ("a list as plain text (CSV)", save)
    } else {
        ("plain text", "choose the workbook that was sent to you, filled in")
    };
    Some(WorkbookError::Other { what, way })
}

/// Whether a compound file names this stream; names are UTF-16 (MS-CFB 2.6.1).
fn holds(bytes: &[u8], name: &str) -> bool {
    let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(name.len()).any(|window| window == name)
}

//! Bytes of a table as text, its separator, and titles made plain.

use std::borrow::Cow;

/// The upper half of Windows-1252 where it differs from Latin-1.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// UTF-8, UTF-16 with its mark (as PowerShell writes it), else Windows-1252.
pub(super) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    let wide = |bytes: &[u8], join: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).filter_map(|it| Some(join(it.try_into().ok()?)));
        String::from_utf16_lossy(&units.collect::<Vec<u16>>())
    };
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return Cow::Owned(wide(rest, u16::from_le_bytes));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return Cow::Owned(wide(rest, u16::from_be_bytes));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        // A beginning of a file may end within a character.
        Err(error) if error.error_len().is_none() => {
            let whole = bytes.get(..error.valid_up_to()).unwrap_or_default();
            String::from_utf8_lossy(whole)
        }
        Err(_) => Cow::Owned(bytes.iter().map(|byte| windows_1252(*byte)).collect()),
    }
}

fn windows_1252(byte: u8) -> char {
    let special = byte.checked_sub(0x80).and_then(|at| WINDOWS_1252.get(usize::from(at)));
    special.copied().unwrap_or_else(|| char::from(byte))
}

/// What stands between cells: what the first line with any of them has most of.
pub(super) fn separator(text: &str) -> u8 {
    let count = |line: &str, mark: char| line.matches(mark).count();
    let line = text
        .lines()
        .take(super::HEADING)
        .max_by_key(|line| [',', ';', '\t'].into_iter().map(|mark| count(line, mark)).max());
    let line = line.unwrap_or_default();
    let (commas, semicolons, tabs) = (count(line, ','), count(line, ';'), count(line, '\t'));
    if tabs > commas.max(semicolons) {
        b'\t'
    } else if semicolons > commas {
        b';'
    } else {
        b','
    }
}

/// Letters and digits, in lower case: `Last check-in (UTC)` is `lastcheckinutc`.
pub(crate) fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

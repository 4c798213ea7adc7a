//! The records of an LDIF file (RFC 2849), one after another: lines that go on, base64, comments.
//! Values that stand elsewhere (`:<`) are not fetched. Does not know what an entry means.

use super::base64;
use crate::import::directory::Entry;
use crate::import::{Input, ReadError};

/// The most bytes of one value: photos stand in directories.
const VALUE: usize = 16 << 20;
/// The most lines of one record.
const LINES: usize = 500_000;

/// What a piece of the file is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Record {
    /// An entry as it is, or as it is to be added.
    Entry(Entry, Odd),
    /// A change of another kind.
    Change,
    /// `result: 4 Size limit exceeded`: how a search ended.
    End(u32),
    /// A pointer to another server.
    Reference,
    /// Something without a name.
    Nameless,
}

/// What could not be read of an entry.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Odd {
    /// Values that stand in other files.
    pub(super) elsewhere: u64,
    /// Lines that do not follow the format.
    pub(super) broken: u64,
}

/// Reads records.
pub(super) struct Records<'a> {
    input: Input<'a>,
    /// The next line, already read.
    next: Option<Vec<u8>>,
    started: bool,
    /// The line reached, from 1.
    pub(super) line: u64,
    /// `# 7 entries`, as ldbsearch ends, or `# numEntries: 7`, as ldapsearch does.
    pub(super) counted: Option<u64>,
    /// The filter was written down, and it is not one that lets every account through.
    pub(super) filtered: bool,
}

impl<'a> Records<'a> {
    pub(super) fn new(input: Input<'a>) -> Self {
        Self { input, next: None, started: false, line: 0, counted: None, filtered: false }
    }

    /// The next record; `None` at the end of the file.
    pub(super) fn next(&mut self) -> Result<Option<Record>, ReadError> {
        let mut lines = Vec::new();
        let mut size = 0;
        while let Some(line) = self.logical()? {
            if line.is_empty() {
                if lines.is_empty() {
                    continue;
                }
                break;
            }
            if line.starts_with(b"#") {
                self.comment(&line);
                continue;
            }
            if lines.is_empty() && line.starts_with(b"version:") {
                continue;
            }
            size += line.len();
            // The limit on a record keeps a file of one endless entry from filling the memory.
            if lines.len() >= LINES || size > 4 * VALUE {
                let what = format!("an entry before line {}", self.line);
                return Err(ReadError::TooLarge { what, most: LINES as u64 });
            }
            if wanted(&line) {
                lines.push(line);
            } else if lines.is_empty() {
                lines.push(b"?".to_vec());
            }
        }
        Ok((!lines.is_empty()).then(|| record(&lines)))
    }

    /// A line with those that go on from it.
    fn logical(&mut self) -> Result<Option<Vec<u8>>, ReadError> {
        let Some(mut line) = self.physical()? else { return Ok(None) };
        if line.is_empty() {
            return Ok(Some(line));
        }
        while let Some(more) = self.physical()? {
            let Some(b' ') = more.first() else {
                self.next = Some(more);
                break;
            };
            line.extend_from_slice(more.get(1..).unwrap_or_default());
            if line.len() > VALUE {
                let what = format!("a value before line {}", self.line);
                return Err(ReadError::TooLarge { what, most: u64::try_from(VALUE).unwrap_or(0) });
            }
        }
        Ok(Some(line))
    }

    fn physical(&mut self) -> Result<Option<Vec<u8>>, ReadError> {
        if let Some(line) = self.next.take() {
            return Ok(Some(line));
        }
        let mut line = Vec::new();
        if !self.input.line(&mut line, VALUE)? {
            return Ok(None);
        }
        self.line += 1;
        self.started = true;
        Ok(Some(line))
    }

    fn comment(&mut self, line: &[u8]) {
        let text = String::from_utf8_lossy(line);
        let text = text.trim_start_matches(['#', ' ']).trim();
        if let Some(count) = text.strip_prefix("numEntries: ") {
            // Once for each page.
            let count = count.parse().unwrap_or(u64::MAX);
            self.counted = Some(self.counted.unwrap_or(0).saturating_add(count));
        } else if let Some(count) =
            text.strip_suffix(" entries").filter(|it| it.bytes().all(|it| it.is_ascii_digit()))
        {
            self.counted = count.parse().ok();
        } else if let Some(filter) = text.strip_prefix("filter: ") {
            self.filtered = !is_broad(filter);
        } else if text.starts_with("base <") && !text.contains("with scope subtree") {
            self.filtered = true;
        }
    }
}

/// Filters that let all accounts through: everything, and the one we tell people to use.
fn is_broad(filter: &str) -> bool {
    let filter: String = filter.chars().filter(|c| *c != ' ').collect::<String>().to_lowercase();
    let parts = filter.trim_start_matches("(|").trim_end_matches(')');
    filter == "(objectclass=*)"
        || (filter.starts_with("(|")
            && parts.split(")(").any(|it| it.trim_start_matches('(') == "objectclass=user")
            && !parts.contains(['&', '!']))
}

/// Whether a line is of use: its attribute is looked at, or it says what the record is.
fn wanted(line: &[u8]) -> bool {
    let name = line.split(|it| *it == b':').next().unwrap_or_default();
    let Ok(name) = std::str::from_utf8(name) else { return false };
    // A line without a colon, or one with a value elsewhere, is counted.
    name.len() == line.len()
        || line.get(name.len() + 1) == Some(&b'<')
        || ["dn", "changetype", "result", "ref", "control"]
            .iter()
            .any(|it| it.eq_ignore_ascii_case(name))
        || Entry::known(name).is_some()
}

/// A record by its lines.
fn record(lines: &[Vec<u8>]) -> Record {
    let mut odd = Odd::default();
    let mut entry: Option<Entry> = None;
    let mut end = None;
    let mut reference = false;
    for line in lines {
        let (name, value) = match field(line) {
            Ok(field) => field,
            Err(Broken::Elsewhere) => {
                odd.elsewhere += 1;
                continue;
            }
            Err(Broken::Line) => {
                odd.broken += 1;
                continue;
            }
        };
        let lower = name.to_ascii_lowercase();
        match (lower.as_str(), &mut entry) {
            ("dn", None) => match String::from_utf8(value) {
                Ok(name) => entry = Some(Entry::new(name)),
                Err(_) => return Record::Nameless,
            },
            ("changetype", Some(_)) if value != b"add" => return Record::Change,
            ("result", None) => {
                let text = String::from_utf8_lossy(&value);
                end = text.split(' ').next().and_then(|it| it.parse().ok());
            }
            ("ref", None) => reference = true,
            (_, Some(entry)) => entry.push(name, value),
            _ => {}
        }
    }
    match (entry, end) {
        (Some(entry), _) => Record::Entry(entry, odd),
        (None, Some(code)) => Record::End(code),
        (None, None) if reference => Record::Reference,
        (None, None) => Record::Nameless,
    }
}

enum Broken {
    Elsewhere,
    Line,
}

/// The name and value of a line.
fn field(line: &[u8]) -> Result<(&str, Vec<u8>), Broken> {
    let at = line.iter().position(|it| *it == b':').ok_or(Broken::Line)?;
    let (name, rest) = line.split_at_checked(at).ok_or(Broken::Line)?;
    let name = std::str::from_utf8(name).map_err(|_| Broken::Line)?;
    match rest.get(1) {
        Some(b':') => {
            let text = rest.get(2..).unwrap_or_default().trim_ascii();
            Ok((name, base64::decode(text).ok_or(Broken::Line)?))
        }
        Some(b'<') => Err(Broken::Elsewhere),
        _ => Ok((name, rest.get(1..).unwrap_or_default().trim_ascii_start().to_vec())),
    }
}

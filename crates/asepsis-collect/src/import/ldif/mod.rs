//! A listing of a directory in LDIF (RFC 2849): what `ldapsearch`, `ldbsearch` and `ldifde` write.
//! Only its accounts are taken; who is in which group is worked out of the same file.

mod base64;
mod records;
#[cfg(test)]
mod tests;

use super::directory::{self, Listing};
use super::{Input, ReadError, Reader, Reading, Told};
use records::{Record, Records};

/// The reader.
pub(super) const READER: Reader =
    Reader { format: "ldif", name: "a listing of a directory (LDIF)", is, read };

/// The most entries.
const ENTRIES: usize = 1_000_000;
/// The most bytes of what is kept of them.
const KEPT: usize = 512 << 20;
/// The most lines that may stand before the first entry.
const PREAMBLE: usize = 200;

/// Whether the first line that counts names an entry, or is the head of a listing.
fn is(head: &[u8]) -> bool {
    for line in head.split(|it| *it == b'\n').take(PREAMBLE) {
        let line = line.trim_ascii_end();
        match line {
            [] | [b'#' | b' ', ..] => {}
            _ if line.starts_with(b"version: 1") => return true,
            _ if line.starts_with(b"search: ") || line.starts_with(b"ref: ") => {}
            _ => {
                let Some((start, value)) = line.split_at_checked(3) else { return false };
                // Either base64 or a name: `dn: CN=…`. An empty one is the root of a server.
                return start.eq_ignore_ascii_case(b"dn:")
                    && (value.starts_with(b":") || value.is_empty() || value.contains(&b'='));
            }
        }
    }
    false
}

fn read(input: Input<'_>, told: &Told) -> Result<Reading, ReadError> {
    let mut records = Records::new(input);
    let mut reading = Reading::new("");
    let mut listing = Listing::default();
    let (mut kept, mut seen, mut end) = (0, 0_u64, None);
    while let Some(record) = records.next()? {
        match record {
            Record::Entry(entry, odd) => {
                seen += 1;
                for _ in 0..odd.broken {
                    reading.leave("lines", "they do not follow the format");
                }
                for _ in 0..odd.elsewhere {
                    reading.leave("values in other files", "only what stands in this file is read");
                }
                kept += entry.size();
                if listing.entries.len() >= ENTRIES || kept > KEPT {
                    return Err(ReadError::TooLarge {
                        what: format!("there are more entries after line {}", records.line),
                        most: u64::try_from(ENTRIES).unwrap_or(u64::MAX),
                    });
                }
                listing.entries.push(entry);
            }
            Record::Change => reading.leave("changes", "they say what is to be done, not what is"),
            Record::End(code) => end = Some(code),
            Record::Reference => {
                reading.leave("pointers to other servers", "only what stands in this file is read");
            }
            Record::Nameless => reading.leave("records", "they have no name (dn)"),
        }
    }
    if let Some(code @ 1..) = end {
        let why = match code {
            4 => "the server stopped at its size limit: ask for pages, `-E pr=1000/noprompt`",
            3 => "the server stopped at its time limit",
            _ => "the search ended with an error",
        };
        reading.leave("the rest of the directory", why);
    }
    listing.whole =
        end.is_none_or(|code| code == 0) && records.counted == Some(seen) && !records.filtered;
    directory::read(&listing, told.date, told, "LDIF", "asepsis/ldif", &mut reading);
    Ok(reading)
}

//! Facts of another computer, as `asepsis check --save` writes them (`docs/facts-format.md`).

use super::{Input, ReadError, Reader, Reading, Told};
use crate::facts_file::{self, MAX_BYTES};

pub(super) const READER: Reader =
    Reader { format: "facts", name: "facts of another computer", is, read };

/// A file whose format stands far behind its first bytes is none that the program wrote.
fn is(head: &[u8]) -> bool {
    let mark = b"\"asepsis-facts/";
    head.trim_ascii_start().starts_with(b"{") && head.windows(mark.len()).any(|it| it == mark)
}

fn read(input: Input<'_>, _told: &Told) -> Result<Reading, ReadError> {
    let file = facts_file::read(&input.whole(MAX_BYTES)?)?;
    let mut reading = Reading::new(file.program);
    reading.date = Some(file.made_at);
    reading.looks = Box::new(file.observations.into_iter());
    Ok(reading)
}

//! Facts on their way from another computer: `asepsis-facts/1`, one JSON document. What it holds is
//! described in `docs/facts-format.md`.
//!
//! Whoever reads such a file reads what a stranger may have written. It is weighed before it is
//! parsed, each observation is held to its form, and an error names the observation and the field.

use asepsis_core::canonical::canonical;
use asepsis_core::observation::Observation;
use asepsis_core::time::Timestamp;
use serde_json::{Map, Value, json};

mod one;
mod weigh;

#[cfg(test)]
mod tests;

/// The name of the format.
pub const FORMAT: &str = "asepsis-facts/1";

/// Most bytes of a file.
pub const MAX_BYTES: usize = 16 << 20;
/// Most observations.
pub const MAX_OBSERVATIONS: usize = 20_000;
/// Deepest nesting of the whole file.
const MAX_DEPTH: usize = 32;
/// Most values in the whole file: each takes more room in memory than in the file.
const MAX_VALUES: usize = 1_000_000;
/// Most facts of one observation.
const MAX_FACTS: usize = 4_096;
/// Longest string, in bytes.
const MAX_STRING: usize = 64 << 10;

/// Observations with where they come from.
#[derive(Clone, Debug, PartialEq)]
pub struct FactsFile {
    /// When the file was made, by the clock of that computer.
    pub made_at: Timestamp,
    /// Name and version of the program that made it.
    pub program: String,
    /// What was seen there.
    pub observations: Vec<Observation>,
}

/// A file that holds no facts that can be taken.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum FactsFileError {
    /// Not of this format.
    #[error("the file is no file of facts ({0}): make one with `asepsis check --save FILE`")]
    Other(String),
    /// Of a later one.
    #[error(
        "the file says it is of the format {0:?}, which this program does not know: {FORMAT} is"
    )]
    Format(String),
    /// More than is read.
    #[error("the file of facts is too large: {what}, and at most {most} is read")]
    TooLarge {
        /// What there is too much of.
        what: String,
        /// The limit.
        most: usize,
    },
    /// The frame around the observations.
    #[error("the field {field:?} of the file of facts {why}")]
    Field {
        /// Which field.
        field: &'static str,
        /// What is wrong with it.
        why: String,
    },
    /// One observation.
    #[error("the field {field:?} of observation {number} {why}")]
    Observation {
        /// Which one, from 1.
        number: usize,
        /// Which field.
        field: String,
        /// What is wrong with it.
        why: String,
    },
}

/// Writes a file: canonical JSON (RFC 8785) and a newline.
pub fn write(observations: &[Observation], made_at: Timestamp, program: &str) -> String {
    let observations = serde_json::to_value(observations)
        .expect("observations have string keys only and always serialize");
    let mut text = canonical(&json!({
        "format": FORMAT,
        "made_at": made_at.to_string(),
        "program": program,
        "observations": observations,
    }));
    text.push('\n');
    text
}

/// Reads a file.
pub fn read(bytes: &[u8]) -> Result<FactsFile, FactsFileError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    weigh::weigh(bytes)?;
    let value: Value = serde_json::from_slice(bytes)
        .map_err(|error| FactsFileError::Other(format!("it is not JSON: {error}")))?;
    let Value::Object(mut file) = value else {
        return Err(FactsFileError::Other("it is JSON of another kind".to_owned()));
    };
    match file.remove("format") {
        Some(Value::String(format)) if format == FORMAT => {}
        Some(Value::String(format)) => {
            return Err(FactsFileError::Format(format.chars().take(60).collect()));
        }
        _ => return Err(FactsFileError::Other("it names no format".to_owned())),
    }
    let made_at = moment(&mut file)?;
    let program = take_program(&mut file)?;
    let wrong = |field, why: &str| FactsFileError::Field { field, why: why.to_owned() };
    let Some(Value::Array(all)) = file.remove("observations") else {
        return Err(wrong("observations", "is missing or no list"));
    };
    if !file.is_empty() {
        let names: Vec<String> =
            file.keys().take(3).map(|it| it.chars().take(60).collect()).collect();
        let why = format!("has unknown neighbors: {}", names.join(", "));
        return Err(FactsFileError::Field { field: "format", why });
    }
    if all.len() > MAX_OBSERVATIONS {
        let what = format!("{} observations", all.len());
        return Err(FactsFileError::TooLarge { what, most: MAX_OBSERVATIONS });
    }
    let read = (1..).zip(all).map(|(number, value)| {
        one::read(value, made_at).map_err(|(field, why)| FactsFileError::Observation {
            number,
            field,
            why,
        })
    });
    Ok(FactsFile { made_at, program, observations: read.collect::<Result<_, _>>()? })
}

fn moment(file: &mut Map<String, Value>) -> Result<Timestamp, FactsFileError> {
    let wrong = |why: String| FactsFileError::Field { field: "made_at", why };
    let Some(Value::String(text)) = file.remove("made_at") else {
        return Err(wrong("is missing or no text".to_owned()));
    };
    let at =
        text.parse().map_err(|_| wrong("is not a time as in 2026-11-24T09:14:00Z".to_owned()))?;
    one::plausible(at).map(|()| at).map_err(wrong)
}

fn take_program(file: &mut Map<String, Value>) -> Result<String, FactsFileError> {
    let wrong = |why: &str| FactsFileError::Field { field: "program", why: why.to_owned() };
    match file.remove("program") {
        Some(Value::String(text)) if one::is_name(&text) => Ok(text),
        Some(Value::String(_)) => Err(wrong("is empty, too long or holds control characters")),
        _ => Err(wrong("is missing or no text")),
    }
}

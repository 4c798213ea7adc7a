//! What the priors rest on: reads the federal list of breaches of 500 people and more, and prints
//! rates, sizes and how far to trust them. A tool of the house, not part of the shipped program.
//!
//! ```text
//! asepsis-priors FILE                 print the report
//! asepsis-priors FILE --check HASH    and fail if it is not the report with this hash
//! ```
//!
//! The same list gives the same bytes on every run and platform: no clock, no environment, random
//! streams with fixed names, functions of `libm`. The report ends with the hash of all lines before,
//! which the shipped priors carry (`breach_list.output_sha256` in `catalog/risk/priors.toml`).

mod breach;
mod fit;
mod list;
mod page;
mod report;
mod sample;
mod section;
#[cfg(test)]
mod tests;
mod words;

use std::io::Write;
use std::process::ExitCode;

use asepsis_core::hash::{Hash, HashError};

use crate::list::ListError;

/// Why there is no report, or not the right one.
#[derive(Debug, thiserror::Error)]
enum PriorsError {
    #[error("usage: asepsis-priors FILE [--check HASH]")]
    Usage,
    #[error("the hash after --check is none")]
    Check(#[source] HashError),
    #[error("cannot read the list")]
    List(#[source] ListError),
    #[error("cannot write the report")]
    Write(#[source] std::io::Error),
    #[error(
        "the report has the hash {found}, not {expected}: the list, the program or its numbers have \
         changed. Read the difference, then write the new hash into catalog/risk/priors.toml"
    )]
    Differs { found: Hash, expected: Hash },
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments, &mut std::io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let mut text = error.to_string();
            let mut cause = std::error::Error::source(&error);
            while let Some(next) = cause {
                text = format!("{text}: {next}");
                cause = next.source();
            }
            // Nobody is left to be told if even this cannot be written.
            let _ = writeln!(std::io::stderr(), "asepsis-priors: {text}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String], out: &mut dyn Write) -> Result<(), PriorsError> {
    let mut words = arguments.iter().map(String::as_str);
    let (Some(file), flag, hash, None) = (words.next(), words.next(), words.next(), words.next())
    else {
        return Err(PriorsError::Usage);
    };
    let expected: Option<Hash> = match (flag, hash) {
        (None, None) => None,
        (Some("--check"), Some(hash)) => Some(hash.parse().map_err(PriorsError::Check)?),
        _ => return Err(PriorsError::Usage),
    };
    let list = list::read(file).map_err(PriorsError::List)?;
    let report = report::of(&list);
    out.write_all(report.text.as_bytes()).map_err(PriorsError::Write)?;
    match expected {
        Some(expected) if expected != report.hash => {
            Err(PriorsError::Differs { found: report.hash, expected })
        }
        _ => Ok(()),
    }
}

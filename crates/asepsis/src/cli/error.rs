//! How an error is said: the thing, the cause, and one thing the user can do.

use std::io::Write as _;
use std::process::ExitCode;

use crate::ops::{CatalogError, HomeError};
use crate::text::clean;

/// Prints an error with its causes and a way out, and gives the exit code.
pub(crate) fn report(error: &anyhow::Error) -> ExitCode {
    // A hint stands in the chain as a context of its own; it is said last, not first.
    let hint = error.downcast_ref::<Help>().map(|help| help.0.clone());
    let mut said: Vec<String> = hint.clone().into_iter().collect();
    let mut text = String::new();
    for cause in error.chain() {
        let cause = clean(&cause.to_string());
        // Transparent wrappers repeat what they wrap.
        if said.contains(&cause) {
            continue;
        }
        text.push_str(&if text.is_empty() {
            format!("error: {cause}\n")
        } else {
            format!("  because: {cause}\n")
        });
        said.push(cause);
    }
    text.push_str(&format!("help: {}\n", hint.unwrap_or_else(|| help(error))));
    let _ = std::io::stderr().write_all(text.as_bytes());
    ExitCode::from(1)
}

/// One thing to do about it.
fn help(error: &anyhow::Error) -> String {
    for cause in error.chain() {
        match cause.downcast_ref::<HomeError>() {
            Some(HomeError::Places(_)) => {
                return "name a folder with --home DIR".to_owned();
            }
            Some(HomeError::Several { ids }) => {
                return format!("name one with --organization-id: {}", ids.join(", "));
            }
            Some(HomeError::Catalog(CatalogError::Broken { .. })) => {
                return "run `asepsis catalog lint DIR` to see all problems".to_owned();
            }
            Some(HomeError::Store(_)) => {
                return "check that the folder can be written and has space, or that the database \
                        answers; `--home DIR` and `--store URL` name others"
                    .to_owned();
            }
            Some(HomeError::Ledger(_)) => {
                return "run `asepsis ledger verify` to see what is recorded".to_owned();
            }
            _ => {}
        }
    }
    "`asepsis help VERB` shows what can be typed".to_owned()
}

/// A hint that a command attaches to its error.
#[derive(Debug)]
pub(crate) struct Help(pub(crate) String);

impl std::fmt::Display for Help {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

//! How an error is said: the thing, the cause, and one thing the user can do.

use std::io::{ErrorKind, Write as _};
use std::process::ExitCode;

use crate::ops::{
    Ask, AssessError, CatalogError, ChangeError, HeadError, HomeError, ImportError, RedactError,
    Refused, WaiveError,
};
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
        match home_error(cause) {
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
            Some(HomeError::Ledger(_) | HomeError::Sign(_)) => {
                return "run `asepsis ledger verify` to see what is recorded".to_owned();
            }
            _ => {}
        }
        if let Some(way) = way_out(cause) {
            return way;
        }
        match cause.downcast_ref::<std::io::Error>().map(std::io::Error::kind) {
            Some(ErrorKind::NotFound) => {
                return "check the path: a folder or file in it does not exist".to_owned();
            }
            Some(ErrorKind::AlreadyExists) => {
                return "nothing is written over what exists; name another place".to_owned();
            }
            Some(ErrorKind::PermissionDenied) => {
                return "check who may read and write there, or name another place".to_owned();
            }
            _ => {}
        }
    }
    "`asepsis help VERB` shows what can be typed".to_owned()
}

/// The trouble with the home, also where a use case wraps it: a transparent wrapper hides it from
/// the chain.
fn home_error<'a>(cause: &'a (dyn std::error::Error + 'static)) -> Option<&'a HomeError> {
    if let Some(AssessError::Home(it)) = cause.downcast_ref() {
        return Some(it);
    }
    if let Some(Refused::Home(it)) = cause.downcast_ref() {
        return Some(it);
    }
    if let Some(WaiveError::Home(it)) = cause.downcast_ref() {
        return Some(it);
    }
    if let Some(ChangeError::Home(it)) = cause.downcast_ref() {
        return Some(it);
    }
    if let Some(RedactError::Home(it)) = cause.downcast_ref() {
        return Some(it);
    }
    if let Some(HeadError::Home(it)) = cause.downcast_ref() {
        return Some(it);
    }
    if let Some(ImportError::Home(it)) = cause.downcast_ref() {
        return Some(it);
    }
    cause.downcast_ref()
}

/// What to do about something that was refused.
fn way_out(cause: &(dyn std::error::Error + 'static)) -> Option<String> {
    let plain = "say it without a name, a number or a date that belongs to a patient".to_owned();
    match cause.downcast_ref::<Refused>() {
        Some(Refused::NotOffered { question, .. }) => {
            return Some(format!("`asepsis explain {question}` shows its answers"));
        }
        Some(Refused::PatientData { .. }) => return Some(plain),
        _ => {}
    }
    match cause.downcast_ref::<WaiveError>() {
        Some(WaiveError::NoCheck(_)) => {
            return Some("`asepsis explain 2` and so on names the checks of a practice".to_owned());
        }
        Some(WaiveError::PatientData(_)) => return Some(plain),
        _ => {}
    }
    match cause.downcast_ref() {
        Some(ImportError::Read(_) | ImportError::Facts(_) | ImportError::Sheet(_)) => {
            let help = "`asepsis import --formats` lists what is taken, and how to make it";
            return Some(help.to_owned());
        }
        Some(ImportError::Asks(asks)) => return Some(asked(asks)),
        _ => {}
    }
    let change = cause.downcast_ref::<ChangeError>();
    if let Some(ChangeError::Attribute { .. } | ChangeError::Column { .. }) = change {
        return Some("`asepsis organization --sizes` shows the table".to_owned());
    }
    matches!(cause.downcast_ref(), Some(RedactError::PatientData(_))).then_some(plain)
}

/// A hint that a command attaches to its error.
#[derive(Debug)]
pub(crate) struct Help(pub(crate) String);

impl std::fmt::Display for Help {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// How to say on the command line what a file does not say.
fn asked(asks: &[Ask]) -> String {
    let asks = asks.iter().map(|ask| match ask {
        Ask::Date => "`--date 2026-11-20` gives the day of its facts",
        Ask::Host => "`--host desk-07` names the computer it is about",
    });
    asks.collect::<Vec<_>>().join("; ")
}

//! Take what comes in a file: what other programs saw of computers and accounts, facts from another
//! computer, a vendor sheet that was filled in.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use asepsis_collect::facts_file::{self, FactsFileError};
use asepsis_collect::import::is_workbook;
use asepsis_collect::vendor_sheet::{self, Filled, VendorSheetError};
use asepsis_core::observation::Observation;
use asepsis_core::time::Timestamp;

mod holdings;
mod incoming;
mod mappings;
mod matching;
mod past;
mod planned;
mod record;
mod sheet;
mod told;

pub use asepsis_collect::import::osquery::PACK as OSQUERY_PACK;
pub use asepsis_collect::import::{Ask, ReadError, Told};
pub use asepsis_collect::vendor_sheet::{Done, FilledAsk, Left};
pub use incoming::Incoming;
pub use mappings::{KnownMapping, MappingFault, draft, draft_at};
pub use past::{PastImport, Undone};
pub use planned::{Counts, Planned};
pub use record::ImportedFile;
pub use sheet::{ImportedSheet, Taken, TakenAnswer, understand};

use super::home::HomeError;

/// Largest file that is read at once to find out what it is.
const LARGEST: u64 = 32 << 20;

/// What a file turned out to be.
#[derive(Clone, Debug)]
pub enum Given {
    /// What a program saw, in a format that a reader knows.
    File(Incoming),
    /// A vendor sheet.
    Sheet(Filled),
}

/// A file that is not taken.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The ledger cannot be used.
    #[error(transparent)]
    Home(#[from] HomeError),
    /// No file of facts.
    #[error(transparent)]
    Facts(#[from] FactsFileError),
    /// No vendor sheet.
    #[error(transparent)]
    Sheet(#[from] VendorSheetError),
    /// No file that a reader takes.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The date that was told cannot be.
    #[error(transparent)]
    Moment(#[from] super::moment::MomentError),
    /// The date that was told lies ahead.
    #[error("the date {date} lies ahead; give the day on which the file was made")]
    Future {
        /// The date.
        date: String,
    },
    /// No mapping that can be kept.
    #[error(transparent)]
    Mapping(#[from] MappingFault),
    /// Something has to be told first.
    #[error("the file does not say everything: {}", asked(.0))]
    Asks(Vec<Ask>),
    /// More than is taken.
    #[error("the file holds more than {most} {what}; split it")]
    TooMany {
        /// What there is too much of.
        what: &'static str,
        /// The limit.
        most: usize,
    },
    /// Others recorded all the time.
    #[error("others are recording at the same time; try again in a minute")]
    Busy,
    /// There is no such file to take back.
    #[error("entry {seq} is no file that was brought in and still counts")]
    NoImport {
        /// The number given.
        seq: u64,
    },
    /// A file is taken back without a reason.
    #[error("say why the file is taken back, in at most {most} characters")]
    Reason {
        /// The limit.
        most: usize,
    },
    /// Nobody may bring facts in that role.
    #[error("{0:?} is not a role: manager, front-desk, clinician, it, vendor")]
    Role(String),
}

fn asked(asks: &[Ask]) -> String {
    let asks = asks.iter().map(|ask| match ask {
        Ask::Date => "tell the day of its facts",
        Ask::Host => "tell which computer it is about",
    });
    asks.collect::<Vec<_>>().join(", and ")
}

/// The formats that readers know: id, and name for people.
pub fn formats() -> impl Iterator<Item = (&'static str, &'static str)> {
    asepsis_collect::import::readers().map(|it| (it.format, it.name))
}

/// Finds out what a file in memory is by what it holds, whatever its name.
pub fn recognize(name: &str, bytes: Vec<u8>) -> Result<Given, ImportError> {
    match Incoming::held(name, bytes) {
        Ok(file) => Ok(Given::File(file)),
        Err(bytes) => unlike_the_others(name, &bytes),
    }
}

/// Finds out what a file on disk is.
pub fn recognize_at(path: &Path) -> Result<Given, ImportError> {
    let unread = |error: std::io::Error| ImportError::Read(error.into());
    if let Some(file) = Incoming::at(path).map_err(unread)? {
        return Ok(Given::File(file));
    }
    let mut bytes = Vec::new();
    File::open(path).and_then(|it| it.take(LARGEST + 1).read_to_end(&mut bytes)).map_err(unread)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    unlike_the_others(&name, &bytes)
}

/// A vendor sheet or another workbook, or the error that says best what is wrong with a file of no known
/// format.
fn unlike_the_others(name: &str, bytes: &[u8]) -> Result<Given, ImportError> {
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    if start.starts_with(b"{") {
        facts_file::read(bytes)?;
    }
    match vendor_sheet::read(bytes) {
        // A workbook of another kind, or larger than any sheet of ours: a table, perhaps.
        Err(error) if is_workbook(bytes) => match Incoming::workbook(name, bytes) {
            Ok(Some(file)) => Ok(Given::File(file)),
            _ => Err(error.into()),
        },
        filled => Ok(Given::Sheet(filled?)),
    }
}

/// Looks as a file of facts.
pub fn as_file(observations: &[Observation], now: Timestamp) -> String {
    facts_file::write(observations, now, concat!("asepsis ", env!("CARGO_PKG_VERSION")))
}

/// Whether a file of facts could be brought in as it is.
pub fn can_be_taken(text: &str) -> Result<(), ImportError> {
    facts_file::read(text.as_bytes())?;
    Ok(())
}

//! Facts from files that other programs made: one folder or file per format, each a [`Reader`].
//!
//! A reader knows its file by what it holds, never by its name. It turns the file into observations
//! of the same schemas that live collectors fill, and says what it left out and why. It stores
//! nothing and judges nothing; what the file does not say (its date, whose it is) it asks for.

mod account;
mod ad_csv;
pub(crate) mod directory;
mod facts;
mod fleet;
mod input;
mod ldif;
pub mod machine;
pub mod osquery;
pub mod products;
pub mod scan;
pub mod system;
mod table;
mod tenant;

use std::sync::Arc;

use asepsis_core::identity::{Identity, Secret};
use asepsis_core::import::LeftOut;
use asepsis_core::observation::Observation;
use asepsis_core::time::Timestamp;

use crate::facts_file::FactsFileError;
use crate::mapping::Mapping;
pub use account::Account;
pub use input::{HEAD, Input};
pub use table::{columns, is_workbook, table_of};
pub(crate) use table::{day_text as table_day, moment as table_moment, plain, yes as table_yes};

/// All formats, in the order in which they are asked whether a file is theirs: those that can be
/// mistaken for another come later.
#[rustfmt::skip]
const READERS: &[Reader] = &[
    facts::READER,
    ad_csv::READER,
    ldif::READER,
    fleet::READER,
    osquery::LOG,
    osquery::TABLE,
    scan::LYNIS,
    scan::MSCP,
    scan::WAZUH,
    scan::XCCDF,
    tenant::SCUBA,
    tenant::MAESTER,
    table::OKTA,
    table::REGISTRATION,
    table::ENTRA_USERS,
    table::GOOGLE,
    table::INTUNE,
    table::JAMF,
    table::ROSTER,
    table::MAPPED,
];

/// A format that is read.
#[derive(Clone, Copy)]
pub struct Reader {
    /// Its id, as `osquery-log`.
    pub format: &'static str,
    /// Its name for people, as it stands in a sentence: "a results log of osquery".
    pub name: &'static str,
    /// Whether a file is of this format, by its first bytes (at most [`HEAD`]).
    is: fn(&[u8]) -> bool,
    read: fn(Input<'_>, &Told) -> Result<Reading, ReadError>,
}

/// What was told beside the file. Everything may be missing; a reader that cannot do without it says
/// so in [`Reading::asks`].
#[derive(Clone, Debug)]
pub struct Told {
    /// When the world was in the state that the file shows.
    pub date: Option<Timestamp>,
    /// Which computer it is about.
    pub host: Option<String>,
    /// The time zone of times without one.
    pub zone: jiff::tz::TimeZone,
    /// Now; nothing can have been seen later.
    pub now: Timestamp,
    /// What makes keys of subjects out of names.
    pub secret: Secret,
    /// How tables that no reader knows become facts, in the order in which they are tried.
    pub mappings: Arc<[Mapping]>,
}

impl Told {
    /// Nothing but the time; times without a zone are in UTC.
    pub fn only(now: Timestamp, secret: Secret) -> Self {
        Self {
            date: None,
            host: None,
            zone: jiff::tz::TimeZone::UTC,
            now,
            secret,
            mappings: Arc::default(),
        }
    }
}

/// What a reader has to know and the file does not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ask {
    /// The date of the file ([`Told::date`]).
    Date,
    /// The computer it is about ([`Told::host`]).
    Host,
}

/// What a file was found to hold.
pub struct Reading {
    /// The program that made it, with its version, as "ScubaGear 1.8.0"; empty if the file does not say.
    pub made_by: String,
    /// When the world was in that state. `None`: the looks have times of their own, or it was asked for.
    pub date: Option<Timestamp>,
    /// What has to be told before it can be taken. Where it is not empty, the rest shows what there is.
    pub asks: Vec<Ask>,
    /// What was seen; made as it is asked for where a file is large.
    pub looks: Box<dyn Iterator<Item = Observation> + Send>,
    /// Who the accounts and people are; the only place for names.
    pub identities: Vec<Identity>,
    /// What was not taken, and why; alike things stand together, counted.
    pub left: Vec<LeftOut>,
    /// The file lists all subjects whose keys begin so.
    pub lists: Option<String>,
}

/// A file that is not read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// No format that is known.
    #[error("it is no file that asepsis knows: {0}")]
    Unknown(&'static str),
    /// No file of facts that can be taken.
    #[error(transparent)]
    Facts(#[from] FactsFileError),
    /// The file cannot be read from where it is.
    #[error("it cannot be read: {0}")]
    Io(#[from] std::io::Error),
    /// It is cut off or does not follow its format.
    #[error("it looks like {format} and is damaged at {place}: {why}")]
    Damaged {
        /// What it looks like.
        format: &'static str,
        /// Where: a line, a record, a path.
        place: String,
        /// What is wrong.
        why: String,
    },
    /// A table of which no mapping is known.
    #[error("{}", no_mapping(.titles, .nearest.as_deref()))]
    NoMapping {
        /// The titles of its columns, the first few.
        titles: Vec<String>,
        /// The mapping that lacks the fewest titles, and what it lacks.
        nearest: Option<String>,
    },
    /// More than is read.
    #[error("it is too large: {what}, and at most {most} is read")]
    TooLarge {
        /// What there is too much of.
        what: String,
        /// The limit.
        most: u64,
    },
}

fn no_mapping(titles: &[String], nearest: Option<&str>) -> String {
    let nearest = nearest.map(|it| format!("; {it}")).unwrap_or_default();
    format!(
        "it is a table whose columns are not known yet ({}{nearest}): a draft of what they mean is \
         made by `asepsis import FILE --map`; correct it and give it with `--mapping`",
        titles.join(", ")
    )
}

impl Reading {
    /// Nothing yet: to be filled.
    pub fn new(made_by: impl Into<String>) -> Self {
        Self {
            made_by: made_by.into(),
            date: None,
            asks: Vec::new(),
            looks: Box::new(std::iter::empty()),
            identities: Vec::new(),
            left: Vec::new(),
            lists: None,
        }
    }

    /// Counts something that was not taken.
    pub fn leave(&mut self, what: impl Into<String>, why: impl Into<String>) {
        let (what, why) = (what.into(), why.into());
        match self.left.iter_mut().find(|it| it.what == what && it.why == why) {
            Some(it) => it.count += 1,
            None => self.left.push(LeftOut { what, why, count: 1 }),
        }
    }
}

/// The format of a file, by its first bytes; `None` if none knows it.
pub fn recognize(head: &[u8]) -> Option<&'static Reader> {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    READERS.iter().find(|reader| (reader.is)(head))
}

/// All formats.
pub fn readers() -> impl Iterator<Item = &'static Reader> {
    READERS.iter()
}

impl Reader {
    /// Reads a file of this format.
    pub fn read(&self, input: Input<'_>, told: &Told) -> Result<Reading, ReadError> {
        (self.read)(input, told)
    }
}

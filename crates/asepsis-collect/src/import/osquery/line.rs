//! One line of a results log, taken apart as far as needed: rows stay text until somebody wants them.

use std::borrow::Cow;

use asepsis_core::time::Timestamp;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::rows::Text;

/// One line.
#[derive(Deserialize)]
pub(super) struct Line<'a> {
    #[serde(borrow)]
    name: Text<'a>,
    #[serde(borrow, rename = "hostIdentifier")]
    identifier: Option<Text<'a>>,
    /// What older versions wrote instead.
    #[serde(borrow)]
    hostname: Option<Text<'a>>,
    #[serde(borrow, rename = "unixTime")]
    time: Option<Text<'a>>,
    #[serde(borrow)]
    epoch: Option<Text<'a>>,
    #[serde(borrow)]
    action: Option<Text<'a>>,
    #[serde(borrow)]
    columns: Option<&'a RawValue>,
    #[serde(borrow)]
    snapshot: Option<&'a RawValue>,
    #[serde(borrow, rename = "diffResults")]
    changes: Option<&'a RawValue>,
    #[serde(borrow)]
    decorations: Option<&'a RawValue>,
}

/// What a line says.
pub(super) enum Says<'a> {
    /// All rows that there are.
    Snapshot(&'a str),
    /// One row came.
    Added(&'a str),
    /// One row went.
    Removed(&'a str),
    /// Rows came and went: an object of two lists.
    Changes(&'a str),
    /// Nothing that is known.
    Nothing,
}

impl<'a> Line<'a> {
    pub(super) fn parse(text: &'a [u8]) -> Result<Self, serde_json::Error> {
        serde_json::from_slice(text)
    }

    /// The query's name in our pack, whatever stands before it: `pack_asepsis_asepsis_os`.
    pub(super) fn query(&self) -> Option<&str> {
        let at = self.name.0.rfind("asepsis_")?;
        self.name.0.get(at..)
    }

    pub(super) fn name(&self) -> &str {
        &self.name.0
    }

    pub(super) fn host(&self) -> Option<&str> {
        let host = self.identifier.as_ref().or(self.hostname.as_ref())?;
        Some(host.0.trim()).filter(|it| !it.is_empty())
    }

    /// When it was answered: seconds since 1970, as a number or as text.
    pub(super) fn at(&self) -> Option<Timestamp> {
        let seconds: i64 = self.time.as_ref()?.0.trim().parse().ok()?;
        // 2010 to 2100: osquery is younger than the first.
        let sane = (1_262_304_000..4_102_444_800).contains(&seconds);
        sane.then(|| Timestamp::from_millis(seconds * 1000))
    }

    /// Which counting of changes it belongs to.
    pub(super) fn epoch(&self) -> &str {
        self.epoch.as_ref().map_or("", |it| &it.0)
    }

    pub(super) fn says(&self) -> Says<'a> {
        match (self.snapshot, self.changes, self.columns) {
            (Some(rows), ..) => Says::Snapshot(rows.get()),
            (_, Some(changes), _) => Says::Changes(changes.get()),
            (_, _, Some(row)) => match self.action.as_ref().map(|it| &*it.0) {
                Some("removed") => Says::Removed(row.get()),
                Some("added") => Says::Added(row.get()),
                Some("snapshot") | None => Says::Nothing,
                Some(_) => Says::Nothing,
            },
            _ => Says::Nothing,
        }
    }

    /// What the log's owner has osquery write beside every result.
    pub(super) fn decorations(&self) -> Decorations<'a> {
        let read = |it: &'a RawValue| serde_json::from_str(it.get()).ok();
        self.decorations.and_then(read).unwrap_or_default()
    }
}

/// The decorations that name a computer, by the names that osquery's own sample gives them.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Decorations<'a> {
    #[serde(borrow)]
    pub(super) host_uuid: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) hostname: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) hardware_serial: Option<Cow<'a, str>>,
}

/// Rows that came and went.
#[derive(Default, Deserialize)]
pub(super) struct Changes<'a> {
    #[serde(borrow, default)]
    pub(super) added: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) removed: Option<&'a RawValue>,
}

//! What people decide and say about a thing to do: plan, assign, done, reopen, comment. Each is one
//! entry of the ledger, so nobody's words replace another's.

use asepsis_collect::remark;
use asepsis_core::action::{ActionChange, ActionEvent};
use asepsis_core::evidence::Record;
use asepsis_core::time::Timestamp;

use super::home::{By, Home, HomeError};

/// Longest comment, in characters.
const LONGEST: usize = 4000;

/// A word about a thing to do that is not recorded.
#[derive(Debug, thiserror::Error)]
pub enum ActionError {
    /// The ledger cannot be used.
    #[error(transparent)]
    Home(#[from] HomeError),
    /// No such check.
    #[error("there is no check {0:?}")]
    NoCheck(String),
    /// Somebody else wrote since the page was shown. Comments are never refused for this.
    #[error("somebody else changed this while you were writing")]
    Newer,
    /// Nothing was written.
    #[error("write a few words")]
    Empty,
    /// Too much was written.
    #[error("write at most {LONGEST} characters")]
    TooLong,
    /// What was written may hold patient data.
    #[error("this seems to hold {0}; asepsis keeps no patient data")]
    PatientData(String),
    /// Not a day.
    #[error("{0:?} is not a day as in 2026-12-01")]
    Day(String),
}

impl Home {
    /// Records a word about a thing to do. `read` is the last entry about it that the writer had seen
    /// (`None`: none); if there is a newer one, a decision is refused so that the writer reads it
    /// first. A comment is always taken.
    pub async fn act(
        &self,
        check: &str,
        change: ActionChange,
        read: Option<u64>,
        by: By<'_>,
        now: Timestamp,
    ) -> Result<u64, ActionError> {
        if self.catalog.check(check).is_none() {
            return Err(ActionError::NoCheck(check.to_owned()));
        }
        let change = accepted(change)?;
        let comment = matches!(change, ActionChange::Commented { .. });
        let (author, person) = self.by(by).await?;
        let event = ActionEvent { check: check.to_owned(), event: change, at: now };
        let records = person.into_iter().chain([Record::Action(event)]);
        let records = records.map(|record| (author.clone(), record)).collect();
        let check = check.to_owned();
        let unread = move |evidence: &[asepsis_core::evidence::Evidence]| {
            let newest = evidence.iter().rev().find(|entry| match &entry.record {
                Record::Action(it) => it.check == check,
                _ => false,
            });
            comment || newest.map(|entry| entry.seq) <= read
        };
        match self.record_if(records, unread, now).await? {
            Some(entries) => Ok(entries.last().map_or(0, |entry| entry.seq)),
            None => Err(ActionError::Newer),
        }
    }
}

/// The change as it is kept, if its words may be.
fn accepted(change: ActionChange) -> Result<ActionChange, ActionError> {
    let words = |text: String, needed: bool| {
        let text = text.trim().to_owned();
        if needed && text.is_empty() {
            return Err(ActionError::Empty);
        }
        if text.chars().count() > LONGEST {
            return Err(ActionError::TooLong);
        }
        match remark::patient_data(&text) {
            Some(found) => Err(ActionError::PatientData(found)),
            None => Ok(text),
        }
    };
    Ok(match change {
        ActionChange::Planned => ActionChange::Planned,
        ActionChange::Assigned { to, due } => {
            if let Some(day) =
                due.as_deref().filter(|day| day.parse::<jiff::civil::Date>().is_err())
            {
                return Err(ActionError::Day(day.to_owned()));
            }
            ActionChange::Assigned { to, due }
        }
        ActionChange::Done { note } => ActionChange::Done { note: words(note, false)? },
        ActionChange::Reopened { reason } => {
            ActionChange::Reopened { reason: words(reason, true)? }
        }
        ActionChange::Commented { text } => ActionChange::Commented { text: words(text, true)? },
    })
}

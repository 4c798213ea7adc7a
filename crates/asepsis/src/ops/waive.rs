//! Accept a gap: with a reason, an owner and an end.

use asepsis_core::evidence::Record;
use asepsis_core::observation::Subject;
use asepsis_core::statement::Waiver;
use asepsis_core::time::Timestamp;

use super::home::{By, Home, HomeError};
use super::moment::{MomentError, end_of_day};

/// Longest waiver, in days: a gap accepted for longer is a decision to be made again (our judgment).
const LONGEST: i64 = 366;

/// A waiver that is not recorded.
#[derive(Debug, thiserror::Error)]
pub enum WaiveError {
    /// The ledger cannot be used.
    #[error(transparent)]
    Home(#[from] HomeError),
    /// The end cannot be.
    #[error(transparent)]
    Moment(#[from] MomentError),
    /// No such check.
    #[error("there is no check {0:?}")]
    NoCheck(String),
    /// It ends in the past, or too late.
    #[error("a waiver ends after today and within a year; {0} does not")]
    End(String),
    /// No reason or owner.
    #[error("a waiver needs a reason and an owner")]
    Empty,
    /// The reason may hold patient data.
    #[error("the reason seems to hold {0}; asepsis keeps no patient data")]
    PatientData(String),
}

impl Home {
    /// Records a waiver and returns its ledger entry.
    pub async fn waive(
        &self,
        check: &str,
        subject: Option<&str>,
        (reason, owner, until): (&str, &str, &str),
        by: By<'_>,
        now: Timestamp,
    ) -> Result<u64, WaiveError> {
        if self.catalog.check(check).is_none() {
            return Err(WaiveError::NoCheck(check.to_owned()));
        }
        if reason.trim().is_empty() || owner.trim().is_empty() {
            return Err(WaiveError::Empty);
        }
        if let Some(found) = asepsis_collect::remark::patient_data(reason) {
            return Err(WaiveError::PatientData(found));
        }
        let zone = self.organization_record().await?.zone;
        let expires = end_of_day(until, &zone)?;
        if expires <= now || expires > now.plus_days(LONGEST) {
            return Err(WaiveError::End(until.to_owned()));
        }
        let (author, writer) = self.by(by).await?;
        let (owner, person) = self.author(owner.trim(), "owner").await?;
        let waiver = Waiver {
            check: check.to_owned(),
            subject: subject.map(|key| Subject(key.to_owned())),
            reason: reason.trim().to_owned(),
            owner,
            expires,
        };
        let records = writer.into_iter().chain(person).chain([Record::Waiver(waiver)]);
        let records = records.map(|record| (author.clone(), record)).collect();
        let entries = self.record(records, now).await?;
        Ok(entries.last().map_or(0, |entry| entry.seq))
    }
}

//! What people decide about an action: do it, leave the gap for a time, put it off, done, or as if
//! nothing had been decided. Each is one entry of the ledger.

use asepsis_collect::remark;
use asepsis_core::decision::{Decided, Decision};
use asepsis_core::evidence::Record;
use asepsis_core::time::Timestamp;

use super::home::{By, Home, HomeError};
use super::risk::today;

/// Longest reason or note, in characters.
const LONGEST: usize = 4000;
/// How far ahead a decision may reach, in days: what is left longer is decided again (our judgment, as
/// with waivers).
const FARTHEST: i64 = 366;

/// A decision that is not recorded.
#[derive(Debug, thiserror::Error)]
pub enum DecideError {
    /// The ledger cannot be used.
    #[error(transparent)]
    Home(#[from] HomeError),
    /// No such action.
    #[error("there is no action {0:?}")]
    NoAction(String),
    /// A gap is accepted or an action put off without a reason.
    #[error("say why, in a few words")]
    NoReason,
    /// Too much was written.
    #[error("write at most {LONGEST} characters")]
    TooLong,
    /// What was written may hold patient data.
    #[error("this seems to hold {0}; asepsis keeps no patient data")]
    PatientData(String),
    /// Not a day.
    #[error("{0:?} is not a day as in 2026-12-01")]
    Day(String),
    /// A day that is over, or too far off.
    #[error("a decision reaches to a day from today on, at most a year ahead; {0} is not one")]
    Reach(String),
    /// Not a person on record.
    #[error("{0:?} is not the id of anybody on record")]
    Nobody(String),
}

impl Home {
    /// Records a decision about an action and returns its ledger entry.
    pub async fn decide(
        &self,
        action: &str,
        decided: Decided,
        by: By<'_>,
        now: Timestamp,
    ) -> Result<u64, DecideError> {
        if self.catalog.action(action).is_none() {
            return Err(DecideError::NoAction(action.to_owned()));
        }
        let organization = self.organization_record().await?;
        let from = today(now, &organization);
        let until = today(now.plus_days(FARTHEST), &organization);
        let decided = accepted(decided, &from, &until)?;
        if let Decided::Chosen { to: Some(id), .. } = &decided
            && !self.knows(id).await?
        {
            return Err(DecideError::Nobody(id.clone()));
        }
        let (author, person) = self.by(by).await?;
        let decision = Decision { action: action.to_owned(), decided, at: now };
        let records = person.into_iter().chain([Record::Decision(decision)]);
        let records = records.map(|record| (author.clone(), record)).collect();
        let entries = self.record(records, now).await?;
        Ok(entries.last().map_or(0, |entry| entry.seq))
    }
}

/// The decision as it is kept, if its words and days may be.
fn accepted(decided: Decided, today: &str, farthest: &str) -> Result<Decided, DecideError> {
    let day = |text: String| {
        let day: jiff::civil::Date =
            text.trim().parse().map_err(|_| DecideError::Day(text.clone()))?;
        let day = day.to_string();
        if day.as_str() < today || day.as_str() > farthest {
            return Err(DecideError::Reach(day));
        }
        Ok(day)
    };
    Ok(match decided {
        Decided::Chosen { to, due } => Decided::Chosen { to, due: due.map(day).transpose()? },
        Decided::Accepted { reason, until } => {
            Decided::Accepted { reason: words(&reason, true)?, until: day(until)? }
        }
        Decided::Postponed { reason, until } => {
            Decided::Postponed { reason: words(&reason, true)?, until: day(until)? }
        }
        Decided::Done { note } => Decided::Done { note: words(&note, false)? },
        Decided::Reopened { reason } => Decided::Reopened { reason: words(&reason, false)? },
    })
}

fn words(text: &str, needed: bool) -> Result<String, DecideError> {
    let text = text.trim().to_owned();
    if needed && text.is_empty() {
        return Err(DecideError::NoReason);
    }
    if text.chars().count() > LONGEST {
        return Err(DecideError::TooLong);
    }
    match remark::patient_data(&text) {
        Some(found) => Err(DecideError::PatientData(found)),
        None => Ok(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(decided: Decided) -> Result<Decided, DecideError> {
        accepted(decided, "2026-11-25", "2027-11-26")
    }

    fn postponed(reason: &str, until: &str) -> Decided {
        Decided::Postponed { reason: reason.to_owned(), until: until.to_owned() }
    }

    #[test]
    fn a_day_may_be_today_and_not_yesterday() {
        assert!(kept(postponed("no time", "2026-11-25")).is_ok());
        for (day, said) in [
            ("2026-11-24", "from today on"),
            ("2027-11-27", "at most a year"),
            ("soon", "is not a day"),
            ("2026-02-30", "is not a day"),
            ("", "is not a day"),
        ] {
            let refused = kept(postponed("no time", day)).unwrap_err().to_string();
            assert!(refused.contains(said), "{day}: {refused}");
        }
        let due = Decided::Chosen { to: None, due: Some("2026-11-01".to_owned()) };
        assert!(matches!(kept(due), Err(DecideError::Reach(_))));
    }

    #[test]
    fn reasons_are_needed_and_hold_no_patient_data() {
        assert!(matches!(kept(postponed("  ", "2026-12-01")), Err(DecideError::NoReason)));
        let about = postponed("patient 123-45-6789 first", "2026-12-01");
        assert!(matches!(kept(about), Err(DecideError::PatientData(_))));
        let long = Decided::Done { note: "x".repeat(LONGEST + 1) };
        assert!(matches!(kept(long), Err(DecideError::TooLong)));
        assert_eq!(
            kept(Decided::Done { note: " all of them ".to_owned() }).unwrap(),
            Decided::Done { note: "all of them".to_owned() }
        );
    }
}

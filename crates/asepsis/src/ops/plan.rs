//! What people say for the plan: what may be spent, which plan they take, what they remember of losses.

use asepsis_core::decision::{LossHistory, PlanTaken};
use asepsis_core::evidence::Record;
use asepsis_core::risk::Limits;
use asepsis_core::time::Timestamp;

use super::home::{By, Home, HomeError};

/// Most dollars of a year, and most hours of a month, that a plan is made for: a large hospital's.
const MOST: Limits = Limits { dollars: 100_000_000.0, hours: 10_000.0 };
/// Fewest and most years that are remembered.
const YEARS: (f64, f64) = (LossHistory::LEAST_YEARS, LossHistory::MOST_YEARS);
/// Most events of a threat in a year that are remembered.
const A_YEAR: f64 = LossHistory::MOST_A_YEAR;

/// What cannot be spent.
#[derive(Debug, thiserror::Error, PartialEq)]
pub enum LimitsError {
    /// Not an amount.
    #[error("a plan is made for 0 to {} dollars a year", MOST.dollars)]
    Dollars,
    /// Not a time.
    #[error("a plan is made for 0 to {} hours a month", MOST.hours)]
    Hours,
}

/// A plan that is not recorded.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// The ledger cannot be used.
    #[error(transparent)]
    Home(#[from] HomeError),
    /// Cannot be spent.
    #[error(transparent)]
    Limits(#[from] LimitsError),
    /// It was made with another catalog.
    #[error("this plan was made with another catalog; make it again")]
    Other,
}

/// A history that is not recorded.
#[derive(Debug, thiserror::Error)]
pub enum HistoryError {
    /// The ledger cannot be used.
    #[error(transparent)]
    Home(#[from] HomeError),
    /// Not a time that can be remembered.
    #[error("say for how many years you remember: {} to {}", YEARS.0, YEARS.1)]
    Years,
    /// No such threat.
    #[error("{given:?} is not a threat; they are {known}")]
    Threat {
        /// What was given.
        given: String,
        /// What there is.
        known: String,
    },
    /// More than can be.
    #[error("{0} happened at most {A_YEAR} times in each year, as far as can be remembered")]
    Events(String),
}

/// What may be spent: dollars in the first year, hours in each month. In hundredths, as money is: what is
/// nearly nothing is nothing.
pub fn limits(dollars: f64, hours: f64) -> Result<Limits, LimitsError> {
    if !(0.0..=MOST.dollars).contains(&dollars) {
        return Err(LimitsError::Dollars);
    }
    if !(0.0..=MOST.hours).contains(&hours) {
        return Err(LimitsError::Hours);
    }
    // Adding 0 makes 0 of -0.
    let hundredths = |it: f64| (it * 100.0).round() / 100.0 + 0.0;
    Ok(Limits { dollars: hundredths(dollars), hours: hundredths(hours) })
}

impl Home {
    /// Records that somebody takes a plan: later ones are held against it. Returns its ledger entry.
    pub async fn take_plan(
        &self,
        plan: PlanTaken,
        by: By<'_>,
        now: Timestamp,
    ) -> Result<u64, PlanError> {
        limits(plan.budget, plan.hours)?;
        if plan.catalog != self.catalog.hash {
            return Err(PlanError::Other);
        }
        Ok(self.keep(Record::Plan(plan), by, now).await?)
    }

    /// Records what an organization remembers of its own losses; it replaces what was said before.
    /// Returns its ledger entry.
    pub async fn remember(
        &self,
        history: LossHistory,
        by: By<'_>,
        now: Timestamp,
    ) -> Result<u64, HistoryError> {
        if !history.can_be_remembered() {
            return Err(HistoryError::Years);
        }
        let threats: Vec<&str> = self.catalog.threats.iter().map(|it| it.id.as_str()).collect();
        for (threat, events) in &history.events {
            if !threats.contains(&threat.as_str()) {
                let (given, known) = (threat.clone(), threats.join(", "));
                return Err(HistoryError::Threat { given, known });
            }
            if !history.can_happen(*events) {
                return Err(HistoryError::Events(threat.clone()));
            }
        }
        Ok(self.keep(Record::History(history), by, now).await?)
    }

    /// Records one thing, with whoever says it.
    async fn keep(&self, record: Record, by: By<'_>, now: Timestamp) -> Result<u64, HomeError> {
        let (author, person) = self.by(by).await?;
        let records = person.into_iter().chain([record]);
        let records = records.map(|record| (author.clone(), record)).collect();
        let entries = self.record(records, now).await?;
        Ok(entries.last().map_or(0, |entry| entry.seq))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_can_be_spent_and_less_cannot() {
        assert_eq!(limits(0.0, 0.0).unwrap(), Limits { dollars: 0.0, hours: 0.0 });
        let nearly = limits(-0.0, 1e-310).unwrap();
        assert_eq!(
            (nearly.dollars.to_string(), nearly.hours.to_string()),
            ("0".into(), "0".into())
        );
        assert_eq!(limits(-1.0, 4.0), Err(LimitsError::Dollars));
        assert_eq!(limits(f64::NAN, 4.0), Err(LimitsError::Dollars));
        assert_eq!(limits(2000.0, f64::INFINITY), Err(LimitsError::Hours));
    }
}

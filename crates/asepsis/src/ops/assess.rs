//! The assessment of a date, with what is asked and done next.

use asepsis_core::catalog::Catalog;
use asepsis_core::engine::{
    Assessment, Input, Interview, NextStep, evaluate, interview, next_steps,
};
use asepsis_core::evidence::{Evidence, Record};
use asepsis_core::organization::Organization;
use asepsis_core::risk::NoPriors;
use asepsis_core::time::Timestamp;

use super::home::{Home, HomeError, load, organization_in};
use super::moment::{AsOf, MomentError, end_of_day};
use super::risk::{RiskView, Standing, by_worth};

/// An assessment and what belongs to it.
pub struct Assessed<'a> {
    /// The catalog it was made with.
    pub catalog: std::borrow::Cow<'a, Catalog>,
    /// The evidence it was made from.
    pub evidence: Vec<Evidence>,
    /// The organization's record.
    pub organization: Organization,
    /// The assessment.
    pub assessment: Assessment,
    /// What to do next.
    pub next: Vec<NextStep>,
    /// What to ask.
    pub interview: Interview,
}

impl Assessed<'_> {
    /// The five threats in figures and the plan.
    pub fn risk(&self) -> Result<RiskView, NoPriors> {
        RiskView::of(&Standing {
            catalog: &self.catalog,
            evidence: &self.evidence,
            assessment: &self.assessment,
            organization: &self.organization,
        })
    }
}

/// Something that keeps an assessment from being made.
#[derive(Debug, thiserror::Error)]
pub enum AssessError {
    /// The home cannot be read.
    #[error(transparent)]
    Home(#[from] HomeError),
    /// The date cannot be.
    #[error(transparent)]
    Moment(#[from] MomentError),
    /// The computing ended before it was done.
    #[error("the standing could not be computed: {0}")]
    Stopped(String),
}

/// Computes the assessment of a date: now, or any past day with the catalog then in force.
pub async fn assess<'a>(
    home: &'a Home,
    when: &AsOf,
    now: Timestamp,
) -> Result<Assessed<'a>, AssessError> {
    let as_of = match &when.date {
        Some(date) => end_of_day(date, &home.organization_record().await?.zone)?,
        None => now,
    };
    let size = home.store.size(&home.organization).await.map_err(HomeError::from)?;
    let ledger_size = when.known_at.unwrap_or(size).min(size);
    let evidence = home.evidence(as_of, Some(ledger_size)).await?;
    let past = when.date.is_some() || when.known_at.is_some();
    let catalog = match (past && !when.catalog_of_today).then(|| in_force(&evidence, as_of)) {
        Some(Some(files)) if files.hash() != home.catalog.hash => {
            std::borrow::Cow::Owned(load(&files).map_err(HomeError::from)?)
        }
        _ => std::borrow::Cow::Borrowed(&home.catalog),
    };
    let input = Input { catalog: &catalog, evidence: &evidence, ledger_size, as_of };
    let assessment = evaluate(&input);
    let interview = interview(&catalog, &evidence, &assessment, as_of);
    let organization = organization_in(&evidence).unwrap_or_default();
    let standing = Standing {
        catalog: &catalog,
        evidence: &evidence,
        assessment: &assessment,
        organization: &organization,
    };
    let next = by_worth(&standing, next_steps(&catalog, &assessment));
    Ok(Assessed { catalog, evidence, organization, assessment, next, interview })
}

/// The catalog in force at a date: the newest that had entered the ledger.
fn in_force(
    evidence: &[Evidence],
    as_of: Timestamp,
) -> Option<asepsis_core::catalog::CatalogFiles> {
    let entered = evidence.iter().filter(|entry| entry.recorded_at <= as_of);
    entered.rev().find_map(|entry| match &entry.record {
        Record::Catalog(it) => Some(asepsis_core::catalog::CatalogFiles(it.files.clone())),
        _ => None,
    })
}

//! Take what comes in a file: facts from another computer, a vendor sheet that was filled in.

use std::collections::BTreeMap;

use asepsis_collect::facts_file::{self, FactsFile, FactsFileError};
use asepsis_collect::vendor_sheet::{self, Filled, VendorSheetError};
use asepsis_core::canonical::canonical;
use asepsis_core::evidence::Record;
use asepsis_core::observation::Observation;
use asepsis_core::time::Timestamp;

mod matching;
mod sheet;

pub use asepsis_collect::vendor_sheet::{Done, FilledAsk, Left};
pub use sheet::{ImportedSheet, Taken, TakenAnswer, understand};

use super::answer::ROLES;
use super::home::{By, Home, HomeError};

/// What a file turned out to be.
#[derive(Clone, Debug, PartialEq)]
pub enum Given {
    /// Facts from another computer.
    Facts(FactsFile),
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
    /// Nobody may bring facts in that role.
    #[error("{0:?} is not a role: manager, front-desk, clinician, it, vendor")]
    Role(String),
}

/// What was taken of a file of facts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportedFacts {
    /// The ledger entries.
    pub entries: Vec<u64>,
    /// How many looks the ledger already had.
    pub known: usize,
}

/// Finds out what a file is by what it holds, whatever its name, and reads it.
pub fn recognize(bytes: &[u8]) -> Result<Given, ImportError> {
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    if start.starts_with(b"{") {
        return Ok(Given::Facts(facts_file::read(bytes)?));
    }
    Ok(Given::Sheet(vendor_sheet::read(bytes)?))
}

/// Looks as a file of facts.
pub fn as_file(observations: &[Observation], now: Timestamp) -> String {
    facts_file::write(observations, now, concat!("asepsis ", env!("CARGO_PKG_VERSION")))
}

/// One look: of which schema, at what, when.
type Look = (String, String, Timestamp);

fn look(observation: &Observation) -> Look {
    let Observation { schema, subject, observed_at, .. } = observation;
    (schema.clone(), subject.0.clone(), *observed_at)
}

/// A body with one spelling; numbers may change theirs on the way through the ledger.
fn body(observation: &Observation) -> String {
    let body = serde_json::to_value(&observation.body).unwrap_or_default();
    canonical(&body)
}

/// What a file of facts holds, against what the ledger has.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fresh {
    /// Looks that the ledger does not have yet.
    pub looks: Vec<Observation>,
    /// How many it has.
    pub known: usize,
}

impl Home {
    /// Holds a file of facts against the ledger; records nothing.
    pub async fn fresh(&self, file: &FactsFile) -> Result<Fresh, HomeError> {
        let Some(first) = file.observations.iter().map(|it| it.observed_at).min() else {
            return Ok(Fresh::default());
        };
        let evidence = self.store.evidence(&self.organization, None, Some(first)).await;
        let mut known: BTreeMap<Look, Vec<String>> = BTreeMap::new();
        for entry in evidence? {
            if let Record::Observation(it) = entry.record {
                known.entry(look(&it)).or_default().push(body(&it));
            }
        }
        let mut looks = Vec::new();
        for observation in &file.observations {
            let bodies = known.entry(look(observation)).or_default();
            let body = body(observation);
            if !bodies.contains(&body) {
                bodies.push(body);
                looks.push(observation.clone());
            }
        }
        let known = file.observations.len() - looks.len();
        Ok(Fresh { looks, known })
    }

    /// Records what another computer saw, in the name of the person who brings it. What the ledger
    /// already has is left out.
    pub async fn import_facts(
        &self,
        file: &FactsFile,
        by: By<'_>,
        now: Timestamp,
    ) -> Result<ImportedFacts, ImportError> {
        if let By::Named { role, .. } = by
            && !ROLES.contains(&role)
        {
            return Err(ImportError::Role(role.to_owned()));
        }
        let Fresh { looks, known } = self.fresh(file).await?;
        if looks.is_empty() {
            return Ok(ImportedFacts { entries: Vec::new(), known });
        }
        let (author, person) = self.by(by).await?;
        let people = usize::from(person.is_some());
        let records = person.into_iter().chain(looks.into_iter().map(Record::Observation));
        let records = records.map(|record| (author.clone(), record)).collect();
        let entries = self.record(records, now).await?;
        let entries = entries.iter().skip(people).map(|entry| entry.seq).collect();
        Ok(ImportedFacts { entries, known })
    }
}

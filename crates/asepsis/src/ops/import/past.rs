//! Files that were brought in before: the list of them, and taking one back.

use asepsis_core::evidence::Record;
use asepsis_core::import::{Import, Undo};
use asepsis_core::time::Timestamp;

use super::super::home::{By, Home, HomeError, LATEST};
use super::ImportError;

/// Longest reason for taking a file back, in characters.
const LONGEST_REASON: usize = 500;

/// A file that was brought in.
#[derive(Clone, Debug, PartialEq)]
pub struct PastImport {
    /// Its entry.
    pub seq: u64,
    /// When it was brought in.
    pub recorded_at: Timestamp,
    /// By whom: a random id.
    pub author: String,
    /// What it was.
    pub import: Import,
    /// That it was taken back, if it was.
    pub undone: Option<Undone>,
}

/// That a file was taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undone {
    /// Its entry.
    pub seq: u64,
    /// When.
    pub recorded_at: Timestamp,
    /// By whom: a random id.
    pub author: String,
    /// Why.
    pub reason: String,
}

impl Home {
    /// All files that were brought in, the newest first.
    pub async fn past_imports(&self) -> Result<Vec<PastImport>, HomeError> {
        let evidence = self.store.evidence(&self.organization, None, Some(LATEST)).await?;
        let mut past: Vec<PastImport> = Vec::new();
        for entry in evidence {
            let (seq, recorded_at, author) = (entry.seq, entry.recorded_at, entry.author);
            match entry.record {
                Record::Import(import) => {
                    past.push(PastImport { seq, recorded_at, author, import, undone: None });
                }
                Record::Undo(undo) => {
                    // The first counts.
                    let import = past.iter_mut().find(|it| it.seq == undo.import);
                    if let Some(import) = import.filter(|it| it.undone.is_none()) {
                        let reason = undo.reason;
                        import.undone = Some(Undone { seq, recorded_at, author, reason });
                    }
                }
                _ => {}
            }
        }
        past.reverse();
        Ok(past)
    }

    /// Takes a file back: what came with it counts no longer from now on. Hands back the entry.
    pub async fn undo_import(
        &self,
        import: u64,
        reason: &str,
        by: By<'_>,
        now: Timestamp,
    ) -> Result<u64, ImportError> {
        let reason = reason.trim();
        if reason.is_empty() || reason.chars().count() > LONGEST_REASON {
            return Err(ImportError::Reason { most: LONGEST_REASON });
        }
        let (author, person) = self.by(by).await?;
        let undo = Record::Undo(Undo { import, reason: reason.to_owned() });
        let records = person.into_iter().chain([undo]).map(|it| (author.clone(), it)).collect();
        let allowed = |evidence: &[asepsis_core::evidence::Evidence]| {
            let is = |record: &Record, seq| matches!(record, Record::Import(_)) && seq == import;
            evidence.iter().any(|entry| is(&entry.record, entry.seq))
                && !evidence
                    .iter()
                    .any(|entry| matches!(&entry.record, Record::Undo(it) if it.import == import))
        };
        let entries = self.record_if(records, allowed, now).await?;
        let entry = entries.and_then(|it| it.last().map(|entry| entry.seq));
        entry.ok_or(ImportError::NoImport { seq: import })
    }
}

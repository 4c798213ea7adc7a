//! A file is recorded: what it adds, then the entry that says which file it was. One transaction.

use std::ops::Range;

use asepsis_collect::import::Told;
use asepsis_core::evidence::Record;
use asepsis_core::import::Import;
use asepsis_core::time::Timestamp;
use asepsis_store::ledger::Stop;

use super::super::answer::ROLES;
use super::super::home::{By, Home, HomeError, new_entry};
use super::ImportError;
use super::incoming::Incoming;
use super::planned::Planned;

/// How often a file is held against the ledger anew where others write meanwhile.
const TRIES: usize = 5;

/// What was recorded of a file.
#[derive(Clone, Debug)]
pub struct ImportedFile {
    /// What it added.
    pub planned: Planned,
    /// The entry of the import, behind those that came with it; `None` if it added nothing.
    pub import: Option<u64>,
}

impl ImportedFile {
    /// The entries that came with it.
    pub fn entries(&self) -> Range<u64> {
        let end = self.import.unwrap_or_default();
        let came = self.planned.looks() + self.planned.identities.len();
        end.saturating_sub(came as u64)..end
    }
}

impl Home {
    /// Brings a file in, in the name of a person. What the ledger has is not recorded again; the same
    /// file twice adds nothing. A plan made before is used if nobody has recorded since.
    pub async fn import_file(
        &self,
        file: &Incoming,
        told: &Told,
        by: By<'_>,
        mut planned: Option<Planned>,
    ) -> Result<ImportedFile, ImportError> {
        if let By::Named { role, .. } = by
            && !ROLES.contains(&role)
        {
            return Err(ImportError::Role(role.to_owned()));
        }
        let only = self.writing.lock().await;
        self.check_head().await?;
        for _ in 0..TRIES {
            let planned = match planned.take() {
                Some(planned) => planned,
                None => self.plan_import(file, told).await?,
            };
            if !planned.asks.is_empty() {
                return Err(ImportError::Asks(planned.asks));
            }
            if !planned.adds() {
                return Ok(ImportedFile { planned, import: None });
            }
            if let Some(import) = self.record_file(file, told, by, &planned).await? {
                self.sign(told.now).await?;
                drop(only);
                return Ok(ImportedFile { planned, import: Some(import) });
            }
        }
        Err(ImportError::Busy)
    }

    /// The number of the import's entry; `None` if the ledger has grown since it was planned.
    async fn record_file(
        &self,
        file: &Incoming,
        told: &Told,
        by: By<'_>,
        planned: &Planned,
    ) -> Result<Option<u64>, ImportError> {
        let (author, person) = self.by(by).await?;
        let catalog = self
            .new_catalog()
            .await?
            .map(|it| new_entry(super::super::home::PROGRAM.to_owned(), &it));
        let person = person.map(|it| new_entry(author.clone(), &it));
        let whole = file.read(told).await?;
        let same = whole.hash == planned.hash;
        let entry = |record: Record| Ok::<_, Stop>(new_entry(author.clone(), &record));
        let names = planned.identities.iter().cloned().map(Record::Identity).map(entry);
        let looks = whole.reading.looks.zip(&planned.recorded).filter(|(_, record)| **record);
        let looks = looks.map(|(look, _)| entry(Record::Observation(look)));
        let import = std::iter::once_with(|| {
            if !same {
                return Err("the file changed while it was read".into());
            }
            entry(Record::Import(self.import_record(file, planned, told.now)))
        });
        let first = catalog.into_iter().chain(person).map(Ok);
        let mut entries = first.chain(names).chain(looks).chain(import);
        let store = &self.store;
        let written = store
            .append_at(&self.organization, planned.size, &mut entries, told.now, self.random())
            .await
            .map_err(HomeError::from)?;
        Ok(written.map(|numbers| numbers.end - 1))
    }

    fn import_record(&self, file: &Incoming, planned: &Planned, now: Timestamp) -> Import {
        Import {
            file: file.name.clone(),
            hash: planned.hash,
            bytes: planned.bytes,
            format: planned.format.to_owned(),
            made_by: planned.made_by.clone(),
            effective: planned.effective(now),
            date_told: planned.date_told,
            entries: (planned.looks() + planned.identities.len()) as u64,
            again: planned.again.clone(),
            left: planned.left.clone(),
            lists: planned.lists.clone(),
        }
    }
}

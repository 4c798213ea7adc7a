//! An open home: the store, the catalog, the organization, and who is acting.

use std::path::PathBuf;
use std::sync::Arc;

use asepsis_core::catalog::{Catalog, CatalogFiles};
use asepsis_core::evidence::{CatalogInUse, Evidence, Person, Record};
use asepsis_core::organization::Organization;
use asepsis_core::random::{Random, new_id};
use asepsis_core::time::Timestamp;
use asepsis_store::{Entry, LedgerError, NewEntry, Store};

use super::catalog::{CatalogError, embedded, folder};
use crate::config::{Places, PlacesError};

/// The author of what the program itself saw.
pub(super) const PROGRAM: &str = "program-asepsis";

/// What the command line says about where to work.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// One folder for data, keys and heads.
    pub home: Option<PathBuf>,
    /// Another store than the SQLite file: `postgres://…`.
    pub store: Option<String>,
    /// Whose ledger, where the store holds several.
    pub organization: Option<String>,
    /// A folder that replaces the catalog.
    pub catalog: Option<PathBuf>,
}

/// Who acts.
#[derive(Clone, Copy, Debug)]
pub enum By<'a> {
    /// Somebody with a name (or none) and a role; found again, or put on record.
    Named {
        /// The name, as given.
        name: &'a str,
        /// The role.
        role: &'a str,
    },
    /// Somebody on record, by the random id.
    Person(&'a str),
}

/// Something that keeps a home from opening.
#[derive(Debug, thiserror::Error)]
pub enum HomeError {
    /// No folder to keep data in.
    #[error(transparent)]
    Places(#[from] PlacesError),
    /// The catalog cannot be used.
    #[error(transparent)]
    Catalog(#[from] CatalogError),
    /// The store cannot be used.
    #[error(transparent)]
    Store(#[from] asepsis_store::db::DbError),
    /// The ledger cannot be used.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The store holds several organizations and none was named.
    #[error("the store holds {} organizations", ids.len())]
    Several {
        /// Their ids.
        ids: Vec<String>,
    },
    /// The head could not be signed or kept.
    #[error(transparent)]
    Sign(#[from] asepsis_store::sign::SignError),
}

/// An open home.
pub struct Home {
    /// The store.
    pub store: Store,
    /// Where things are kept.
    pub places: Places,
    /// Whose ledger.
    pub organization: String,
    /// The catalog of today.
    pub catalog: Catalog,
    /// Its files.
    pub files: CatalogFiles,
    pub(super) random: Box<dyn Random>,
    /// The catalog in the words of somebody outside health care, once it is asked for.
    pub(super) for_clients: std::sync::OnceLock<Option<Catalog>>,
    /// One writer at a time in this process; others are held off by the store.
    pub(super) writing: tokio::sync::Mutex<()>,
    /// One passphrase or code at a time in this process: trying one out takes memory, and many at
    /// once must get no further than one after the other.
    pub(super) trying: Arc<tokio::sync::Mutex<()>>,
}

impl Home {
    /// Opens the store and the catalog; makes what is missing.
    pub async fn open(settings: &Settings, random: Box<dyn Random>) -> Result<Self, HomeError> {
        let places = Places::find(settings.home.clone())?;
        let files = match &settings.catalog {
            Some(root) => folder(root)?,
            None => embedded(),
        };
        let catalog = load(&files)?;
        let file = places.data.join("ledger.db");
        let url = settings.store.clone().unwrap_or_else(|| format!("sqlite:{}", file.display()));
        let store = Store::open(&url).await?;
        let ids = store.organizations().await?;
        let organization = match (&settings.organization, ids.as_slice()) {
            (Some(id), _) => id.clone(),
            (None, []) => new_id("org", random.as_ref()),
            (None, [only]) => only.clone(),
            (None, _) => return Err(HomeError::Several { ids }),
        };
        let (writing, trying) = (tokio::sync::Mutex::default(), Arc::default());
        let for_clients = std::sync::OnceLock::new();
        Ok(Self {
            store,
            places,
            organization,
            catalog,
            files,
            random,
            for_clients,
            writing,
            trying,
        })
    }

    /// All evidence of the first `known_at` entries that can still count at `as_of`.
    pub async fn evidence(
        &self,
        as_of: Timestamp,
        known_at: Option<u64>,
    ) -> Result<Vec<Evidence>, HomeError> {
        // Nothing counts longer than a year and a day of leap; older observations stay unread.
        let since = as_of.plus_days(-366);
        Ok(self.store.evidence(&self.organization, known_at, Some(since)).await?)
    }

    /// The organization's record in force.
    pub async fn organization_record(&self) -> Result<Organization, HomeError> {
        let evidence = self.store.evidence(&self.organization, None, Some(LATEST)).await?;
        Ok(organization_in(&evidence).unwrap_or_else(|| Organization {
            zone: crate::config::zone(),
            ..Organization::default()
        }))
    }

    /// Records, and signs the new head. The catalog in force goes first whenever it is a new one.
    pub async fn record(
        &self,
        records: Vec<(String, Record)>,
        now: Timestamp,
    ) -> Result<Vec<Entry>, HomeError> {
        self.record_once(records, None, now).await
    }

    /// Records under a key: what was recorded under it before is not recorded again.
    pub(super) async fn record_once(
        &self,
        records: Vec<(String, Record)>,
        key: Option<&str>,
        now: Timestamp,
    ) -> Result<Vec<Entry>, HomeError> {
        let only = self.writing.lock().await;
        self.record_alone(records, key, now, only).await
    }

    async fn record_alone(
        &self,
        records: Vec<(String, Record)>,
        key: Option<&str>,
        now: Timestamp,
        _only: tokio::sync::MutexGuard<'_, ()>,
    ) -> Result<Vec<Entry>, HomeError> {
        self.check_head().await?;
        let mut entries = Vec::new();
        if let Some(catalog) = self.new_catalog().await? {
            entries.push(new_entry(PROGRAM.to_owned(), &catalog));
        }
        let first = entries.len();
        entries.extend(records.iter().enumerate().map(|(at, (author, record))| NewEntry {
            idempotency: key.map(|key| format!("{key}-{at}")),
            ..new_entry(author.clone(), record)
        }));
        let mut recorded =
            self.store.append(&self.organization, entries, now, self.random.as_ref()).await?;
        self.sign(now).await?;
        Ok(recorded.split_off(first.min(recorded.len())))
    }

    /// Records if what is on record by now allows it; `None` if it does not. Nobody else in this
    /// process writes between the look and the record.
    pub(super) async fn record_if(
        &self,
        records: Vec<(String, Record)>,
        allowed: impl Fn(&[Evidence]) -> bool,
        now: Timestamp,
    ) -> Result<Option<Vec<Entry>>, HomeError> {
        let only = self.writing.lock().await;
        let evidence = self.store.evidence(&self.organization, None, Some(LATEST)).await?;
        if !allowed(&evidence) {
            return Ok(None);
        }
        self.record_alone(records, None, now, only).await.map(Some)
    }

    /// The catalog, if the ledger does not hold this one as its newest.
    pub(super) async fn new_catalog(&self) -> Result<Option<Record>, HomeError> {
        let evidence = self.store.evidence(&self.organization, None, Some(LATEST)).await?;
        let newest = evidence.iter().rev().find_map(|entry| match &entry.record {
            Record::Catalog(it) => Some(it),
            _ => None,
        });
        let engine = env!("CARGO_PKG_VERSION");
        if newest.is_some_and(|it| it.hash == self.catalog.hash && it.engine == engine) {
            return Ok(None);
        }
        Ok(Some(Record::Catalog(CatalogInUse {
            hash: self.catalog.hash,
            edition: self.catalog.editions.id.clone(),
            engine: engine.to_owned(),
            files: self.files.0.clone(),
        })))
    }

    /// Where random bytes come from.
    pub fn random(&self) -> &dyn Random {
        self.random.as_ref()
    }

    /// Whether an id is that of a person on record.
    pub(super) async fn knows(&self, person: &str) -> Result<bool, HomeError> {
        let evidence = self.store.evidence(&self.organization, None, Some(LATEST)).await?;
        let is = |entry: &Evidence| matches!(&entry.record, Record::Person(it) if it.id == person);
        Ok(evidence.iter().any(is))
    }

    /// The author id of whoever acts, with the entry to record where it is a new person.
    pub(super) async fn by(&self, by: By<'_>) -> Result<(String, Option<Record>), HomeError> {
        match by {
            By::Person(id) => Ok((id.to_owned(), None)),
            By::Named { name, role } => self.author(name, role).await,
        }
    }

    /// The author id of a person: found again by name and role, or made, with the entry to record.
    pub async fn author(
        &self,
        name: &str,
        role: &str,
    ) -> Result<(String, Option<Record>), HomeError> {
        let evidence = self.store.evidence(&self.organization, None, Some(LATEST)).await?;
        let known = evidence.iter().rev().find_map(|entry| match &entry.record {
            Record::Person(it) if it.name == name && it.role == role => Some(it.id.clone()),
            _ => None,
        });
        Ok(match known {
            Some(id) => (id, None),
            None => {
                let id = new_id("person", self.random.as_ref());
                let (name, role) = (name.to_owned(), role.to_owned());
                (id.clone(), Some(Record::Person(Person { id, name, role })))
            }
        })
    }
}

/// Leaves all observations out.
pub(super) const LATEST: Timestamp = Timestamp::from_millis(i64::MAX);

pub(super) fn load(files: &CatalogFiles) -> Result<Catalog, CatalogError> {
    Catalog::load(files).map_err(|problems| CatalogError::Broken { problems })
}

pub(super) fn organization_in(evidence: &[Evidence]) -> Option<Organization> {
    evidence.iter().rev().find_map(|entry| match &entry.record {
        Record::Organization(it) => Some(it.clone()),
        _ => None,
    })
}

pub(super) fn new_entry(author: String, record: &Record) -> NewEntry {
    NewEntry { kind: record.kind().to_owned(), author, body: record.to_body(), idempotency: None }
}

//! The mappings of a home: how tables that nobody else knows become facts. Kept as the files they came
//! in, so that they can be handed on.

use std::path::Path;

use asepsis_collect::mapping::{Mapping, MappingError, shipped, suggest};

use super::super::home::{Home, HomeError};
use super::{Given, ImportError, Incoming, ReadError, Told, recognize_at};

/// The setting that holds them.
const SETTING: &str = "mappings";
/// Most that are kept.
const MOST: usize = 100;
/// How often it is tried anew when others keep one at the same time.
const TRIES: usize = 5;

/// A mapping that is tried on tables.
#[derive(Clone, Debug)]
pub struct KnownMapping {
    /// What it says.
    pub mapping: Mapping,
    /// Its file; `None` for those that come with the program.
    pub text: Option<String>,
}

/// A mapping that is not kept.
#[derive(Debug, thiserror::Error)]
pub enum MappingFault {
    /// The file is none.
    #[error(transparent)]
    Unsound(#[from] MappingError),
    /// There are many already.
    #[error("{MOST} mappings are kept already; forget one first")]
    TooMany,
    /// There is none to forget.
    #[error("no mapping {id:?} is kept")]
    Unknown {
        /// The id given.
        id: String,
    },
}

impl Home {
    /// All mappings, those of the home first, the newest of them before older ones.
    pub async fn mappings(&self) -> Result<Vec<KnownMapping>, ImportError> {
        let mut all = Vec::new();
        for text in kept(self.kept_mappings().await?.as_deref()) {
            // One that was kept by another version may not fit any more; it is no longer tried.
            if let Ok(mapping) = self.mapping(text.as_bytes()) {
                all.push(KnownMapping { mapping, text: Some(text) });
            }
        }
        for it in shipped() {
            if let Some(schema) = self.catalog.schemas.get(&it.schema)
                && let Ok(mapping) = it.fit(schema)
            {
                all.push(KnownMapping { mapping, text: None });
            }
        }
        Ok(all)
    }

    /// Keeps a mapping for all tables to come; one of the same id is replaced.
    pub async fn keep_mapping(&self, bytes: &[u8]) -> Result<Mapping, ImportError> {
        let mapping = self.mapping(bytes)?;
        let text = String::from_utf8_lossy(bytes).into_owned();
        self.change_mappings(|known| {
            known.retain(|it| id_of(it).as_deref() != Some(&mapping.id));
            if known.len() >= MOST {
                return Err(MappingFault::TooMany);
            }
            known.insert(0, text.clone());
            Ok(())
        })
        .await?;
        Ok(mapping)
    }

    /// What readers are told, with one more mapping that goes before the others and is not kept yet.
    pub fn told_by(&self, mut told: Told, bytes: &[u8]) -> Result<Told, ImportError> {
        let first = self.mapping(bytes)?;
        told.mappings = std::iter::once(first).chain(told.mappings.iter().cloned()).collect();
        Ok(told)
    }

    /// Forgets a mapping that was kept. What came in by it stays.
    pub async fn forget_mapping(&self, id: &str) -> Result<(), ImportError> {
        self.change_mappings(|known| {
            let before = known.len();
            known.retain(|it| id_of(it).as_deref() != Some(id));
            if known.len() == before {
                return Err(MappingFault::Unknown { id: id.to_owned() });
            }
            Ok(())
        })
        .await
    }

    fn mapping(&self, bytes: &[u8]) -> Result<Mapping, MappingFault> {
        let mapping = Mapping::parse(bytes)?;
        // `parse` takes no other schemas than the catalog's.
        match self.catalog.schemas.get(&mapping.schema) {
            Some(schema) => Ok(mapping.fit(schema)?),
            None => Ok(mapping),
        }
    }

    async fn kept_mappings(&self) -> Result<Option<String>, ImportError> {
        let kept = self.store.setting(&self.organization, SETTING).await;
        Ok(kept.map_err(HomeError::from)?)
    }

    async fn change_mappings(
        &self,
        change: impl Fn(&mut Vec<String>) -> Result<(), MappingFault>,
    ) -> Result<(), ImportError> {
        for _ in 0..TRIES {
            let old = self.kept_mappings().await?;
            let mut known = kept(old.as_deref());
            change(&mut known)?;
            let new = serde_json::to_string(&known).expect("a list of texts");
            let set = self.store.set_setting_if(&self.organization, SETTING, old.as_deref(), &new);
            if set.await.map_err(HomeError::from)? {
                return Ok(());
            }
        }
        Err(ImportError::Busy)
    }
}

fn kept(setting: Option<&str>) -> Vec<String> {
    setting.and_then(|it| serde_json::from_str(it).ok()).unwrap_or_default()
}

fn id_of(text: &str) -> Option<String> {
    Mapping::parse(text.as_bytes()).ok().map(|it| it.id)
}

/// A first draft of a mapping for a table.
pub fn draft(file: &Incoming) -> Result<String, ImportError> {
    let stem = Path::new(&file.name).file_stem().unwrap_or_default().to_string_lossy();
    let id: String = stem
        .to_lowercase()
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|it| !it.is_empty())
        .collect::<Vec<_>>()
        .join("-");
    let id: String = id.chars().take(60).collect();
    let id = if id.is_empty() { "table" } else { &id };
    Ok(suggest(id, &file.columns()?))
}

/// The same, of a file on disk.
pub fn draft_at(path: &Path) -> Result<String, ImportError> {
    match recognize_at(path)? {
        Given::File(file) => draft(&file),
        Given::Sheet(_) => {
            Err(ReadError::Unknown("it is a vendor sheet, whose columns are known").into())
        }
    }
}

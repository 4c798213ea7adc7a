//! The book as last computed. It is computed again when the ledger has grown, and when time has passed.

use std::sync::{Arc, PoisonError, RwLock};

use asepsis_core::organization::Sector;
use asepsis_core::time::Timestamp;

use crate::ops::{AssessError, Book, Home, HomeError};

/// A standing this old is shown once more while a new one is computed: ten minutes.
const RENEW: i64 = 600_000;
/// A standing this old is not shown any more: an hour.
const OLD: i64 = 3_600_000;

/// One book, and whoever is computing the next one.
#[derive(Default)]
pub(super) struct Shelf {
    kept: RwLock<Option<Arc<Book>>>,
    computing: tokio::sync::Mutex<()>,
}

impl Shelf {
    /// The book of now: what every page shows.
    pub(super) async fn book(
        self: &Arc<Self>,
        home: &Arc<Home>,
        now: Timestamp,
    ) -> Result<Arc<Book>, AssessError> {
        let size = size(home).await?;
        if let Some(book) = self.kept(size) {
            let age = age(&book, now);
            if age < RENEW {
                return Ok(book);
            }
            if age < OLD {
                let (shelf, home) = (Arc::clone(self), Arc::clone(home));
                // If it fails, the next visitor computes it in the open and is told why.
                tokio::spawn(async move { shelf.compute(&home, now).await });
                return Ok(book);
            }
        }
        self.compute(home, now).await
    }

    /// The organization's name as last shown; empty before the first book.
    pub(super) fn organization(&self) -> String {
        let kept = self.kept.read().unwrap_or_else(PoisonError::into_inner);
        kept.as_ref().map_or_else(String::new, |book| book.name().to_owned())
    }

    /// The organization's sector as last shown.
    pub(super) fn sector(&self) -> Sector {
        let kept = self.kept.read().unwrap_or_else(PoisonError::into_inner);
        kept.as_ref().map_or(Sector::HealthCare, |book| book.organization.sector)
    }

    /// The last book, if it was made from as many entries.
    fn kept(&self, size: u64) -> Option<Arc<Book>> {
        let kept = self.kept.read().unwrap_or_else(PoisonError::into_inner);
        kept.as_ref().filter(|book| book.ledger_size == size).map(Arc::clone)
    }

    async fn compute(&self, home: &Arc<Home>, now: Timestamp) -> Result<Arc<Book>, AssessError> {
        let _only = self.computing.lock().await;
        // Somebody else may have computed it while this one waited.
        if let Some(book) = self.kept(size(home).await?).filter(|book| age(book, now) < RENEW) {
            return Ok(book);
        }
        let book = Arc::new(Book::compute(Arc::clone(home), now).await?);
        *self.kept.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&book));
        Ok(book)
    }
}

async fn size(home: &Home) -> Result<u64, AssessError> {
    Ok(home.store.size(&home.organization).await.map_err(HomeError::from)?)
}

fn age(book: &Book, now: Timestamp) -> i64 {
    now.as_millis().saturating_sub(book.assessment.as_of.as_millis())
}

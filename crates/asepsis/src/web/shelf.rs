//! The book as last computed. It is computed again when the ledger has grown, and when time has passed.

use std::sync::{Arc, PoisonError, RwLock};

use asepsis_core::time::Timestamp;

use super::app::App;
use crate::ops::{AssessError, Book};

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
    /// The organization's name as last shown; empty before the first book.
    pub(super) fn organization(&self) -> String {
        self.kept().map_or_else(String::new, |book| book.name().to_owned())
    }

    fn kept(&self) -> Option<Arc<Book>> {
        self.kept.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// The book of now: what every page shows.
pub(super) async fn book(app: &Arc<App>) -> Result<Arc<Book>, AssessError> {
    let (size, now) = (size(app).await?, app.now());
    if let Some(book) = app.shelf.kept().filter(|it| it.ledger_size == size) {
        let age = age(&book, now);
        if age < RENEW {
            return Ok(book);
        }
        if age < OLD {
            let app = Arc::clone(app);
            // If it fails, the next visitor computes it in the open and is told why.
            tokio::spawn(async move { compute(&app).await });
            return Ok(book);
        }
    }
    compute(app).await
}

async fn compute(app: &Arc<App>) -> Result<Arc<Book>, AssessError> {
    let _only = app.shelf.computing.lock().await;
    // Somebody else may have computed it while this one waited.
    let (size, now) = (size(app).await?, app.now());
    if let Some(book) = app.shelf.kept().filter(|it| it.ledger_size == size) {
        if age(&book, now) < RENEW {
            return Ok(book);
        }
    }
    let book = Arc::new(Book::compute(Arc::clone(&app.home), now).await?);
    *app.shelf.kept.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&book));
    Ok(book)
}

async fn size(app: &App) -> Result<u64, AssessError> {
    Ok(app.home.store.size(&app.home.organization).await.map_err(crate::ops::HomeError::from)?)
}

fn age(book: &Book, now: Timestamp) -> i64 {
    now.as_millis().saturating_sub(book.assessment.as_of.as_millis())
}

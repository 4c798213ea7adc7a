//! The pages, one file or folder each. Each lists its own routes.

use axum::response::Response;

use super::error::PageError;
use super::routes::Route;

mod door;

/// All routes of all pages.
pub(super) fn routes() -> Vec<Route> {
    [door::routes()].into_iter().flatten().collect()
}

/// Any other address.
pub(super) async fn nothing_here() -> Result<Response, PageError> {
    Err(PageError::NotFound)
}

//! The pages, one file or folder each. Each lists its own routes.

use axum::response::Response;

use super::error::PageError;
use super::routes::Route;

mod accounts;
mod actions;
mod assets;
mod check;
mod computers;
mod door;
mod evidence;
mod first_run;
mod glossary;
mod habits;
mod import;
mod looks;
mod plan;
mod practices;
mod questions;
mod settings;
mod sources;
mod threats;
mod today;
mod vendor_link;
mod vendor_sheet;

/// All routes of all pages.
pub(super) fn routes() -> Vec<Route> {
    [
        accounts::routes(),
        computers::routes(),
        actions::routes(),
        assets::routes(),
        check::routes(),
        door::routes(),
        evidence::routes(),
        first_run::routes(),
        glossary::routes(),
        habits::routes(),
        import::routes(),
        looks::routes(),
        plan::routes(),
        practices::routes(),
        questions::routes(),
        settings::routes(),
        sources::routes(),
        threats::routes(),
        today::routes(),
        vendor_link::routes(),
        vendor_sheet::routes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Any other address.
pub(super) async fn nothing_here() -> Result<Response, PageError> {
    Err(PageError::NotFound)
}

//! The style sheet, the icon and the one script, under names that change with their content.

use axum::Router;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;
use axum::routing::get;

const STYLE: &str = include_str!("assets/style.css");
const SCRIPT: &str = include_str!("assets/live.js");
const ICON: &str = include_str!("assets/icon.svg");

/// A name may be kept for as long as it exists.
const FOREVER: &str = "public, max-age=31536000, immutable";

/// The address of the style sheet.
pub(super) fn style() -> &'static str {
    static PATH: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| path(STYLE, "css"));
    PATH.as_str()
}

/// The address of the script.
pub(super) fn script() -> &'static str {
    static PATH: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| path(SCRIPT, "js"));
    PATH.as_str()
}

/// The address of the icon.
pub(super) fn icon() -> &'static str {
    static PATH: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| path(ICON, "svg"));
    PATH.as_str()
}

fn path(text: &str, suffix: &str) -> String {
    let hash = asepsis_core::hash::Hash::of(&[text.as_bytes()]).short();
    format!("/assets/{hash}.{suffix}")
}

pub(super) fn router() -> Router {
    Router::new()
        .route(style(), get(|| async { file(STYLE, "text/css; charset=utf-8") }))
        .route(script(), get(|| async { file(SCRIPT, "text/javascript; charset=utf-8") }))
        .route(icon(), get(|| async { file(ICON, "image/svg+xml") }))
}

fn file(text: &'static str, kind: &'static str) -> impl IntoResponse {
    ([(CONTENT_TYPE, kind), (CACHE_CONTROL, FOREVER)], text)
}

//! The table of all routes, and the router made from it. The tests that try every role on every route
//! walk the same table.

use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;

use super::app::App;
use super::guard::{self, Rule};
use super::routes::Route;
use super::{assets, pages};

/// All routes.
pub fn all() -> Vec<Route> {
    pages::routes()
}

/// The router over an app.
pub fn router(app: &Arc<App>) -> Router {
    let mut router = Router::new();
    for route in all() {
        let rule = Rule { app: Arc::clone(app), right: route.right, limit: route.limit };
        let guarded = route.handler.route_layer(from_fn_with_state(rule, guard::guard));
        router = router.route(route.path, guarded);
    }
    router
        .merge(assets::router())
        .fallback(pages::nothing_here)
        .layer(from_fn_with_state(Arc::clone(app), guard::outer))
}

//! The table of all routes: method, path, the right each asks for. The router is made from it, and so
//! are the tests that try every role on every route.

use std::sync::Arc;

use axum::Router;
use axum::handler::Handler;
use axum::http::Method;
use axum::middleware::from_fn_with_state;
use axum::routing::MethodRouter;

use super::app::App;
use super::guard::{self, Rule};
use super::rights::Right;
use super::{assets, pages};

/// The most bytes of an ordinary form.
const FORM: usize = 128 << 10;

/// One route.
pub struct Route {
    /// Of what it does.
    pub method: Method,
    /// Where it is; `{name}` stands for one part.
    pub path: &'static str,
    /// What it asks for.
    pub right: Right,
    /// The most bytes a form may have here.
    pub limit: usize,
    handler: MethodRouter,
}

/// A page that shows something and changes nothing.
pub(super) fn get<H, T>(path: &'static str, right: Right, handler: H) -> Route
where
    H: Handler<T, ()>,
    T: 'static,
{
    let handler = axum::routing::get(handler);
    Route { method: Method::GET, path, right, limit: 0, handler }
}

/// A form that changes something.
pub(super) fn post<H, T>(path: &'static str, right: Right, handler: H) -> Route
where
    H: Handler<T, ()>,
    T: 'static,
{
    let handler = axum::routing::post(handler);
    Route { method: Method::POST, path, right, limit: FORM, handler }
}

impl Route {
    /// A form that carries files.
    pub(super) const fn taking(mut self, bytes: usize) -> Self {
        self.limit = bytes;
        self
    }
}

/// All routes.
pub fn all() -> Vec<Route> {
    let mut all = Vec::new();
    all.extend(pages::routes());
    all
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

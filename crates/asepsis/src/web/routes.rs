//! One route: method, path, the right it asks for, and the handler. The pages list theirs.

use axum::handler::Handler;
use axum::http::Method;
use axum::routing::MethodRouter;

use super::rights::Right;

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
    pub(super) handler: MethodRouter,
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

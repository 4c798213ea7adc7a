//! The practice book, route by route, without a socket: status, right, markup, and what must be
//! refused. The real browser is in `browser`.

mod doors;
mod habits;
mod looks;
mod evidence;
mod markup;
mod rights;
mod security;
mod serving;
mod structure;
pub(crate) mod support;
mod tenants;
mod today;

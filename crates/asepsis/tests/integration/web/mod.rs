//! The practice book, route by route, without a socket: status, right, markup, and what must be
//! refused. The real browser is in `browser`.

pub(crate) mod accounts;
mod actions;
mod assets;
mod calendar;
mod columns;
mod computers;
mod doors;
mod evidence;
mod figures;
mod first_run;
mod habits;
mod hostile;
mod import;
mod looks;
mod markup;
mod plan;
mod plan_checks;
mod practices;
mod questions;
pub(crate) mod rights;
mod security;
mod serving;
mod settings;
mod structure;
pub(crate) mod support;
mod tenants;
mod threats;
mod today;
mod vendor_links;

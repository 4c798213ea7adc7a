//! The practice book: pages made on the server, for a browser on this machine or behind TLS.
//!
//! ```text
//! serve ─ connection ─► outer (host, headers) ─► guard (session, right, token) ─► a page ─► ops
//!                                                                                  └─ ui, report's marks
//! ```
//!
//! Every action is a link or a form; the one script only makes waiting nicer. Every route is in the
//! table of [`router`] with the right it asks for.

mod app;
mod assets;
mod claim;
mod cookies;
mod csv;
mod error;
mod fields;
mod guard;
mod hosts;
mod log;
mod pages;
pub mod rights;
pub mod router;
pub mod routes;
mod serve;
mod shelf;
pub mod tls;
mod token;
mod ui;
mod visit;
mod worker;

pub use app::{App, Options};
pub use hosts::Hosts;
pub use serve::{Serving, serve};
pub use worker::work;

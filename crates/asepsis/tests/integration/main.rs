//! The one integration-test binary of the workspace.

mod architecture;
mod browser;
mod catalog;
mod cli;
mod store;
mod support;
mod web;

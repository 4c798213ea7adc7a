//! The one integration-test binary of the workspace.

mod architecture;
mod browser;
mod catalog;
pub(crate) mod cli;
mod mscp;
mod store;
mod support;
mod web;

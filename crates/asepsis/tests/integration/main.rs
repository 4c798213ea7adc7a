//! The one integration-test binary of the workspace.

mod architecture;
mod catalog;
mod first_session;
mod output_schema;
mod store;

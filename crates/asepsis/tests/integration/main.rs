//! The one integration-test binary of the workspace.

mod first_session;
mod store;

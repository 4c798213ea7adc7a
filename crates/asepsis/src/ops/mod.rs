//! Use cases: each is one thing a person wants done, the same for every face of the program.

mod answer;
mod assess;
mod catalog;
mod check;
mod home;
mod ledger;
mod moment;
mod organization;
mod waive;

pub use answer::{Answering, ROLES, Refused};
pub use assess::{AssessError, Assessed, assess};
pub use catalog::{CatalogError, embedded, folder};
pub use check::{Collected, What, check};
pub use home::{Home, HomeError, Settings};
pub use ledger::{HeadError, RedactError};
pub use moment::{AsOf, MomentError, day, end_of_day, zone};
pub use organization::{Change, ChangeError};
pub use waive::WaiveError;

//! Use cases: each is one thing a person wants done, the same for every face of the program.

mod access;
mod account;
mod action;
mod answer;
mod assess;
mod backup;
mod book;
mod catalog;
mod check;
mod decide;
mod directory;
mod factor;
mod home;
mod import;
mod law;
mod ledger;
mod look;
mod moment;
mod organization;
mod plan;
mod risk;
mod schedule;
mod seen;
mod serve;
mod sign_in;
mod vendor;
mod waive;
mod wording;

pub use access::{AccessError, AccessView, AccountRow, Flag};
pub use account::{AccountOpError, Kept, NewPerson, weak};
pub use action::ActionError;
pub use answer::{Answering, ROLES, Refused};
pub use assess::{AssessError, Assessed, assess};
pub use backup::BackupError;
pub use book::{Asset, Book, Gap, Told};
pub use catalog::{CatalogError, embedded, folder};
pub use check::{Collected, What, check, look_only};
pub use decide::DecideError;
pub use directory::{DirectorySettings, LookAtDirectoryError, Secured, roots as directory_roots};
pub use factor::{Enrollment, FactorError};
pub use home::{By, Home, HomeError, Settings};
pub use import::{
    Ask, Counts, Done, FilledAsk, Given, ImportError, ImportedFile, ImportedSheet, Incoming,
    KnownMapping, Left, MappingFault, OSQUERY_PACK, PastImport, Planned, ReadError, Taken,
    TakenAnswer, Told as ToldBeside, Undone, as_file, can_be_taken, draft, draft_at, formats,
    recognize, recognize_at, understand,
};
pub use law::LawWork;
pub use ledger::{HeadError, RedactError};
pub use look::{Due, Look, LookError, Progress, ProgressLine, own_computer};
pub use moment::{AsOf, MomentError, day, end_of_day, zone};
pub use organization::{Change, ChangeError, size_rows};
pub use plan::{HistoryError, LimitsError, PlanError, limits};
pub use risk::{DecisionEntry, Further, RiskView, Standing};
pub use schedule::{ScheduleError, ScheduleFile, Scheduler, schedule};
pub use seen::Seen;
pub use serve::ServeError;
pub use sign_in::{SignIn, SignInError};
pub use vendor::{LinkError, VendorAnswer};
pub use waive::WaiveError;

//! The English words of computers, phones and tablets.

use asepsis_report::words;

pub(super) const TITLE: &str = "Computers";
pub(super) const KINDS: [&str; 2] = ["Computers", "Phones and tablets"];
pub(super) const NONE_YET: &str =
    "None was seen yet. Bring in what your management system, osquery or a scanner knows.";
pub(super) const BRING: &str = "Bring in a file";
pub(super) const SHARES: &str = "How they stand";
pub(super) const LIST: &str = "One by one";
pub(super) const ALL: &str = "All of them";
pub(super) const WHAT_TO_DO: &str = "What to do";
pub(super) const SHARES_ROWS: &str = "Those with exceptions first";
pub(super) const CHECK: &str = "Check";
pub(super) const HOLDS: &str = "In order";
pub(super) const EXCEPTIONS: &str = "Exceptions";
pub(super) const NAME: &str = "Name";
pub(super) const SEEN: &str = "Last seen";
pub(super) const CHECKS: &str = "Checks";
pub(super) const ANY_TIME: &str = "at any time";
pub(super) const UNSEEN_7: &str = "not for a week";
pub(super) const UNSEEN_30: &str = "not for 30 days";
pub(super) const UNSEEN_90: &str = "not for 90 days";
pub(super) const ORDER: &str = "Order";
pub(super) const WORK_FIRST: &str = "Those that need work first";
pub(super) const UNSEEN_LONGEST: &str = "Unseen for longest first";
pub(super) const SHOW: &str = "Show";
pub(super) const NOTHING: &str = "Nothing fits. Look for a shorter name, or another time.";
pub(super) const EXPORT: &str = "Save this list as a table (CSV)";
/// Titles of the table that is saved.
pub(super) const TITLES: [&str; 6] =
    ["name", "key", "last seen", "checks not in order", "checks in order", "checks not known"];

pub(super) fn failing(title: &str) -> String {
    format!("Not in order: {title}")
}

pub(super) fn caption(all: usize) -> String {
    format!("{} of these.", words::capital(all))
}

pub(super) fn of(pass: usize, told: usize) -> String {
    format!("{} of {}", words::count(pass), words::count(told))
}

pub(super) fn sound(n: usize) -> String {
    format!("{} in order on every one.", words::many(n, "check"))
}

pub(super) fn unknown(n: usize) -> String {
    format!("Not known of {}", words::count(n))
}

pub(super) fn and_more(n: usize) -> String {
    format!("and {} more", words::count(n))
}

pub(super) fn more_checks(n: usize) -> String {
    format!(
        "And {} more with exceptions or doubts; all are under Practices.",
        words::many(n, "check")
    )
}

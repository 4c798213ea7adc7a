//! The English words of the habits card.

pub(super) const TITLE: &str = "Habits, like washing hands";
pub(super) const WHAT_FOR: &str = "Print a card for each role, hang it where people see it, and tick with a pen. Each role prints on a page of its own, on Letter or A4.";
pub(super) const WHOSE: &str = "Whose card";
pub(super) const EVERYBODY: &str = "Everybody";
pub(super) const NO_HABITS: &str = "This catalog has no habits.";
pub(super) const NAME_AND_MONTH: &str = "Name ______________________  Month ______________";
pub(super) const DAILY: &str = "Each working day";
pub(super) const DAILY_KEY: &str = "A box for each working day of a week.";
pub(super) const WEEKLY: &str = "Once a week";
pub(super) const WEEKLY_KEY: &str = "A box for each week of the month.";
pub(super) const MONTHLY: &str = "Once a month";
pub(super) const MONTHLY_KEY: &str = "One box, for this month.";
pub(super) const KEEPS: &str = "helps with";

pub(super) fn role(role: &str) -> &str {
    match role {
        "front-desk" => "Front desk",
        "manager" => "Manager",
        "clinician" => "Clinicians",
        "it" => "IT person",
        "vendor" => "IT vendor",
        other => other,
    }
}

pub(super) fn minutes(n: u32) -> String {
    if n == 1 { "1 minute".to_owned() } else { format!("{n} minutes") }
}

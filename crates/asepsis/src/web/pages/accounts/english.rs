//! The English words of accounts.

use asepsis_core::account::AccountKind;
use asepsis_report::words;

use crate::ops::Flag;

/// Titles of the table that is saved.
pub(super) const TITLES: [&str; 9] = [
    "account",
    "sign-in name",
    "where",
    "whose",
    "what for",
    "enabled",
    "privileged",
    "to look at",
    "last seen",
];
pub(super) const TITLE: &str = "Accounts";
pub(super) const NONE_YET: &str = "No list of accounts was brought in yet. With one, and the personnel list, you see who can still sign in.";
pub(super) const BRING: &str = "Bring in a file";
pub(super) const NO_LIST: &str =
    "Without the personnel list nobody can be told who left, or whose an account is.";
pub(super) const NAME: &str = "Account";
pub(super) const WHOSE: &str = "Whose";
pub(super) const LOOK_AT: &str = "To look at";
pub(super) const SEEN: &str = "Last seen";
pub(super) const EVERYTHING: &str = "All accounts";
pub(super) const FLAGGED: &str = "With something to look at";
pub(super) const PRIVILEGED: &str = "Administrator";
pub(super) const GRAVEST: &str = "Gravest first";
pub(super) const SHOW_ONLY: &str = "Which";
pub(super) const ORDER: &str = "Order";
pub(super) const SEARCH: &str = "Name";
pub(super) const SHOW: &str = "Show";
pub(super) const NOTHING: &str =
    "No account fits. Choose another kind, or look for a shorter name.";
pub(super) const DISABLED: &str = "disabled";
pub(super) const NOBODY_KNOWS: &str = "nobody knows";
pub(super) const EXPORT: &str = "Save this list as a file (CSV)";
pub(super) const GO_THROUGH: &str = "Go through the list and sign it";

// One account.
pub(super) const IN_SHORT: &str = "In short";
pub(super) const SIGNS_IN_AS: &str = "Signs in as";
pub(super) const LIVES_IN: &str = "Where it lives";
pub(super) const IS_FOR: &str = "What it is for";
pub(super) const FOUND_BY: &str = "How that is known";
pub(super) const NOTHING_WRONG: &str = "Nothing to look at.";
pub(super) const SAY_WHAT: &str = "Say what it is for";
pub(super) const OWNER: &str = "Who answers for it";
pub(super) const OWNER_HINT: &str = "A role or a team, as in: the front desk\u{2019}s lead.";
pub(super) const NOTE: &str = "A remark";
pub(super) const SAVE: &str = "Save";
pub(super) const SAY_WHOSE: &str = "Say whose it is";
pub(super) const MAY_BE: &str = "It may be one of these:";
pub(super) const IT_IS: &str = "It is theirs";
pub(super) const IT_IS_NOT: &str = "It is not theirs";
pub(super) const KNOWN_AS: &str = "Employee number or work mail";
pub(super) const KNOWN_AS_HINT: &str = "As it stands on the personnel list.";
pub(super) const NOBODY_SO: &str = "Nobody on the personnel list has that number or address.";
pub(super) const FACTS: &str = "What checks say of it, and its evidence";
pub(super) const CHOOSE_KIND: &str = "Choose what it is for.";

// Going through the list.
pub(super) const REVIEW: &str = "Go through the accounts";
pub(super) const REVIEW_LEAD: &str = "Look at each account that can be used. Tick those that are to be removed; all others stay. Signing puts the whole list on record, with your name and the day.";
pub(super) const SIGN: &str = "Sign the list";
pub(super) const OTHER_LIST: &str = "The list changed since it was shown. Go through it once more.";
pub(super) const TOO_LONG: &str = "The list is longer than one page can hold. Narrow it down with the owners of each part; only lists of up to this length can be signed here yet:";
pub(super) const LAST_REVIEW: &str = "Last gone through";

pub(super) fn summary(accounts: usize, people: usize) -> String {
    match people {
        0 => format!("{}.", words::many(accounts, "account")),
        n => format!(
            "{} and {} on the personnel list.",
            words::many(accounts, "account"),
            people_of(n)
        ),
    }
}

fn people_of(n: usize) -> String {
    if n == 1 { "one person".to_owned() } else { format!("{} people", words::count(n)) }
}

pub(super) fn caption(n: usize) -> String {
    words::many(n, "account")
}

pub(super) const fn flag(flag: Flag) -> &'static str {
    match flag {
        Flag::Left => "Left, can still sign in",
        Flag::UsedAfterLeaving => "Used after leaving",
        Flag::NotInList => "Nobody\u{2019}s on the personnel list",
        Flag::Unclear => "Needs a person",
        Flag::DailyAdministrator => "Administrator every day",
        Flag::NoSecondStep => "No second step",
        Flag::NoPassword => "Needs no password",
        Flag::Shared => "Shared",
        Flag::MaybeShared => "Maybe shared",
        Flag::Stale => "Unused for months",
        Flag::NeverUsed => "Never used",
        Flag::NoOwner => "No owner",
    }
}

pub(super) const fn kind(kind: AccountKind) -> &'static str {
    match kind {
        AccountKind::Person => "One person\u{2019}s",
        AccountKind::Service => "A program\u{2019}s",
        AccountKind::Shared => "Several people\u{2019}s",
        AccountKind::Vendor => "A vendor\u{2019}s",
        AccountKind::Locum => "A locum\u{2019}s",
        AccountKind::Guest => "A guest\u{2019}s",
        AccountKind::Emergency => "For emergencies",
        AccountKind::Computer => "A computer\u{2019}s or device\u{2019}s",
    }
}

pub(super) fn source(source: &str) -> &str {
    match source {
        "ad" => "Active Directory",
        "entra" => "Entra ID",
        "google" => "Google Workspace",
        "okta" => "Okta",
        "ldap" => "a directory",
        "local" => "one computer",
        other => other,
    }
}

pub(super) const fn found_by(by: asepsis_core::engine::access::By) -> &'static str {
    use asepsis_core::engine::access::By;
    match by {
        By::Word => "somebody said so",
        By::Number => "the same employee number",
        By::Mail => "the same work mail address",
    }
}

/// What is ticked to have an account removed: its name, how it signs in, whose it is.
pub(super) fn remove(name: &str, login: &str, whose: Option<&str>) -> String {
    let login = if login.is_empty() { String::new() } else { format!(", {login}") };
    let whose = match whose {
        Some(whose) if whose != name => format!(", {whose}"),
        _ => String::new(),
    };
    format!("Remove {name}{login}{whose}")
}

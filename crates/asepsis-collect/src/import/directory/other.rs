//! An account of a directory that is not Active Directory: OpenLDAP with its overlays for passwords
//! and sign-ins, 389 Directory Server, FreeIPA. Who may change such a directory stands in the
//! server's own rules, which it does not list.

use super::active_directory::Shown;
use super::entry::Entry;
use super::times::{days, generalized};
use super::{How, dn, sid};
use crate::import::Account;

const CLASSES: &[&str] = &[
    "inetOrgPerson",
    "posixAccount",
    "person",
    "organizationalPerson",
    "account",
    "shadowAccount",
];
/// What `pwdAccountLockedTime` holds for an account that an administrator shut for good
/// (draft-behera-ldap-password-policy section 5.3.3).
const FOR_GOOD: &str = "00000101";
/// Attributes that are there only where the server keeps them for everybody.
const POLICY: &[&str] = &["pwdChangedTime", "pwdAccountLockedTime", "pwdReset"];
const SIGN_IN: &[&str] = &["authTimestamp", "pwdLastSuccess"];

/// Whether an entry is of a person or an account.
pub(super) fn is_account(entry: &Entry) -> bool {
    CLASSES.iter().any(|class| entry.is(class))
}

/// Whether somebody can sign in with it: it has a name to sign in with.
pub(super) fn signs_in(entry: &Entry) -> bool {
    entry.has("uid") || entry.has("pwdChangedTime")
}

/// The account, with all that its entry says.
pub(super) fn account(entry: &Entry, scope: &str, shown: &Shown, how: &How<'_>) -> Account {
    let mut it = match entry.text("entryUUID").and_then(sid::uuid) {
        Some(id) => Account::with_id(scope, &id, how.from),
        None => Account::with_name(how.secret, scope, &dn::normal(&entry.dn), how.from),
    };
    let name = entry.text("displayName").or_else(|| entry.text("cn")).unwrap_or_default();
    it.named(name, entry.text("uid"), entry.text("mail"));
    if shown.has("employeeNumber") {
        it.employee_id(entry.text("employeeNumber"));
    }
    let policy = POLICY.iter().any(|name| shown.has(name));
    shut(&mut it, entry, shown, policy, how);
    it.saw_time("created", entry.text("createTimestamp").and_then(generalized));
    // 0 is read as "never" by some programs and as 1970 by others: it says nothing.
    if let Some(day) = entry.number("shadowExpire").filter(|day| *day >= 0) {
        match days(day).filter(|_| day > 1) {
            Some(at) => it.saw_time("expires", Some(at)),
            None => it.missed("expires", "shadowExpire is no day that can be"),
        }
    }
    it.saw_time("password.set", entry.text("pwdChangedTime").and_then(generalized));
    if policy {
        it.saw("password.must_change", entry.truth("pwdReset") == Some(true));
    }
    let last = SIGN_IN.iter().filter_map(|name| entry.text(name)).filter_map(generalized).max();
    if let Some(last) = last {
        it.saw_time("last_sign_in", Some(last));
        it.saw("never_signed_in", false);
    } else if SIGN_IN.iter().any(|name| entry.has(name)) {
        it.missed("last_sign_in", "it is no time that can be");
    } else if SIGN_IN.iter().any(|name| shown.has(name)) {
        it.saw("never_signed_in", true);
    } else {
        it.missed("last_sign_in", "the listing holds no times of sign-ins");
    }
    it.missed("privileged", "who may change such a directory stands in the server's own rules");
    it
}

fn shut(it: &mut Account, entry: &Entry, shown: &Shown, policy: bool, how: &How<'_>) {
    let since = entry.text("pwdAccountLockedTime");
    let for_good = since.is_some_and(|it| it.starts_with(FOR_GOOD));
    if for_good || entry.truth("nsAccountLock") == Some(true) {
        it.saw("enabled", false);
    } else if policy || shown.has("nsAccountLock") {
        it.saw("enabled", true);
    } else {
        it.missed(
            "enabled",
            "the listing holds nothing about locks: ask for operational attributes, `+`",
        );
    }
    match since.filter(|_| !for_good).map(generalized) {
        Some(Some(since)) => match how.lockout_minutes {
            Some(minutes) if minutes > 0 => {
                let passed = (how.at.as_millis() - since.as_millis()) / 60_000;
                it.saw("locked", passed < minutes);
            }
            Some(_) => it.saw("locked", true),
            None => it.missed("locked", "the listing does not say how long a lock lasts"),
        },
        Some(None) => it.missed("locked", "pwdAccountLockedTime is no time that can be"),
        None if policy => it.saw("locked", false),
        None => {}
    }
}

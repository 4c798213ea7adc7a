//! An account of Active Directory (Windows or Samba): its flags, times and groups as facts. What
//! the listing does not hold is not known; that differs from what the account does not have.

use std::collections::BTreeSet;

use asepsis_core::time::Timestamp;

use super::entry::Entry;
use super::groups::Groups;
use super::times::{FileTime, file_time, generalized};
use super::{How, sid};
use crate::import::Account;

// Bits of `userAccountControl` (MS-ADTS section 2.2.16).
const DISABLED: i64 = 0x2;
const TRUST: i64 = 0x800;
const COMPUTER: i64 = 0x1000 | 0x2000;
const NEVER_EXPIRES: i64 = 0x1_0000;
/// The other flags: the fact, its bit, and what PowerShell calls it.
const FLAGS: &[(&str, i64, &str)] = &[
    ("password.not_required", 0x20, "PasswordNotRequired"),
    ("password.reversible", 0x80, "AllowReversiblePasswordEncryption"),
    ("password.never_expires", NEVER_EXPIRES, "PasswordNeverExpires"),
    ("password.no_preauthentication", 0x40_0000, "DoesNotRequirePreAuth"),
];
/// Bit of the same number as Active Directory works it out.
const LOCKED: i64 = 0x10;
/// `lastLogonTimestamp` is written anew when it is 14 days old less up to 5 (MS-ADA1 section 2.351).
const LAG: i64 = 14;
const GUEST: u32 = 501;
const KRBTGT: u32 = 502;

/// Whether an entry is an account of Active Directory.
pub(super) fn is_account(entry: &Entry) -> bool {
    let class = entry.is("user") || (!entry.has("objectClass") && entry.has("userAccountControl"));
    class && (entry.has("sAMAccountName") || entry.has("objectSid"))
}

/// What the dump holds for any account: what one has not there, it has not at all.
pub(super) struct Shown(BTreeSet<&'static str>);

impl Shown {
    pub(super) fn by<'a>(entries: impl Iterator<Item = &'a Entry>) -> Self {
        Self(entries.flat_map(Entry::names).collect())
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains(name)
    }
}

/// The last number of the account's id.
pub(super) fn rid(entry: &Entry) -> Option<u32> {
    let own = sid::sid(entry.bytes("objectSid")?)?;
    sid::of_domain(&own).map(|(_, id)| id)
}

/// The account, with all that its entry says.
pub(super) fn account(
    entry: &Entry,
    scope: &str,
    shown: &Shown,
    groups: &Groups,
    how: &How<'_>,
) -> Account {
    let mut it = match entry.bytes("objectGUID").and_then(sid::guid) {
        Some(id) => Account::with_id(scope, &id, how.from),
        None => Account::with_name(how.secret, scope, &super::dn::normal(&entry.dn), how.from),
    };
    let login = entry.text("sAMAccountName").or_else(|| entry.text("userPrincipalName"));
    let name = entry.text("displayName").or_else(|| entry.text("cn")).unwrap_or_default();
    it.named(name, login, entry.text("mail"));
    if shown.has("employeeID") || shown.has("employeeNumber") {
        it.employee_id(entry.text("employeeID").or_else(|| entry.text("employeeNumber")));
    }
    let control = entry.number("userAccountControl");
    kind(&mut it, entry, control);
    for (path, bit, taken_out) in FLAGS {
        let taken_out = || entry.truth(taken_out);
        if let Some(set) = control.map(|it| it & bit != 0).or_else(taken_out) {
            it.saw(path, set);
        }
    }
    match control.map(|it| it & DISABLED == 0).or_else(|| entry.truth("Enabled")) {
        Some(enabled) => it.saw("enabled", enabled),
        None => it.missed("enabled", "the listing holds no userAccountControl of it"),
    }
    times(&mut it, entry, control, shown);
    locked(&mut it, entry, shown, how);
    if shown.has("servicePrincipalName") {
        it.saw("service_names", entry.has("servicePrincipalName"));
    }
    if shown.has("homeMDB") || shown.has("msExchMailboxGuid") {
        it.saw("mailbox", entry.has("homeMDB") || entry.has("msExchMailboxGuid"));
    } else {
        it.missed("mailbox", "the directory holds no attributes of Exchange");
    }
    privileged(&mut it, entry, groups);
    it
}

fn kind(it: &mut Account, entry: &Entry, control: Option<i64>) {
    let managed = entry.is("msDS-GroupManagedServiceAccount")
        || entry.is("msDS-ManagedServiceAccount")
        || entry.is("msDS-DelegatedManagedServiceAccount");
    let control = control.unwrap_or(0);
    // A managed service account is a kind of computer in the schema; so it is asked for first.
    if managed {
        it.saw("kind", "service");
    } else if entry.is("computer") || control & (COMPUTER | TRUST) != 0 {
        it.saw("kind", "computer");
    } else {
        match rid(entry) {
            Some(GUEST) => it.saw("kind", "guest"),
            Some(KRBTGT) => it.saw("kind", "service"),
            _ => {}
        }
    }
}

fn times(it: &mut Account, entry: &Entry, control: Option<i64>, shown: &Shown) {
    it.saw_time("created", entry.text("whenCreated").and_then(generalized));
    match entry.number("accountExpires").map(file_time) {
        Some(FileTime::At(at)) => it.saw_time("expires", Some(at)),
        Some(FileTime::Odd) => it.missed("expires", "accountExpires is no time that can be"),
        Some(FileTime::Never) | None => {}
    }
    match entry.number("pwdLastSet").map(file_time) {
        Some(FileTime::At(at)) => {
            it.saw_time("password.set", Some(at));
            it.saw("password.must_change", false);
        }
        Some(FileTime::Never) => {
            // A password that never expires need not be changed either (MS-ADTS section 3.1.1.4.5.17).
            let never = control.map(|it| it & NEVER_EXPIRES != 0);
            let never = never.or_else(|| entry.truth("PasswordNeverExpires"));
            it.saw("password.must_change", never != Some(true));
            it.missed("password.set", "pwdLastSet is 0: it has to be set anew");
        }
        Some(FileTime::Odd) => it.missed("password.set", "pwdLastSet is no time that can be"),
        None => {}
    }
    let shared = entry.number("lastLogonTimestamp").map(file_time);
    let here = entry.number("lastLogon").map(file_time);
    let at = |time: Option<FileTime>| -> Option<Timestamp> {
        match time {
            Some(FileTime::At(at)) => Some(at),
            _ => None,
        }
    };
    if let Some(last) = at(shared).max(at(here)) {
        it.saw_time("last_sign_in", Some(last));
        it.saw("last_sign_in_lag_days", LAG);
        it.saw("never_signed_in", false);
    } else if shared == Some(FileTime::Odd) || here == Some(FileTime::Odd) {
        it.missed("last_sign_in", "lastLogonTimestamp is no time that can be");
    } else if shown.has("lastLogonTimestamp") {
        it.saw("never_signed_in", true);
    } else {
        // lastLogon is of one domain controller alone.
        it.missed("last_sign_in", "the listing holds no lastLogonTimestamp of anybody");
    }
}

fn locked(it: &mut Account, entry: &Entry, shown: &Shown, how: &How<'_>) {
    if let Some(control) = entry.number("msDS-User-Account-Control-Computed") {
        it.saw("locked", control & LOCKED != 0);
        return;
    }
    if let Some(locked) = entry.truth("LockedOut") {
        it.saw("locked", locked);
        return;
    }
    match entry.number("lockoutTime").map(file_time) {
        Some(FileTime::At(since)) => match how.lockout_minutes {
            // It ends by itself, and the time stays until the next sign-in.
            Some(minutes) if minutes > 0 => {
                let passed = (how.at.as_millis() - since.as_millis()) / 60_000;
                it.saw("locked", passed < minutes);
            }
            Some(_) => it.saw("locked", true),
            None => it.missed("locked", "the listing does not say how long a lock lasts"),
        },
        Some(FileTime::Never) => it.saw("locked", false),
        Some(FileTime::Odd) => it.missed("locked", "lockoutTime is no time that can be"),
        None if shown.has("lockoutTime") => it.saw("locked", false),
        None => {}
    }
}

fn privileged(it: &mut Account, entry: &Entry, groups: &Groups) {
    let rule = groups.rule(entry);
    match (rule.by.is_empty(), rule.unknown) {
        // adminCount is a mark that stays when the rights are taken away: it says nothing.
        (true, Some(why)) => it.missed("privileged", why),
        (empty, why) => {
            it.saw("privileged", !empty);
            it.saw("privileged_by", rule.by.into_iter().collect::<Vec<_>>());
            match why {
                Some(why) if !rule.directly => it.missed("privileged_by_nesting", why),
                _ => it.saw("privileged_by_nesting", !empty && !rule.directly),
            }
        }
    }
}

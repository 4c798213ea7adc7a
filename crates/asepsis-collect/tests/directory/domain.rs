//! An invented domain: 2,000 people of whom nothing is wrong, and some of whom it is known what is.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use asepsis_core::time::Timestamp;

/// How many people.
pub(crate) const PEOPLE: usize = 2000;
const BASE: &str = "CN=Users,DC=clinic,DC=example";
/// 2025-01-01, in steps of 100 nanoseconds since 1601.
const LONG_AGO: u64 = 133_801_632_000_000_000;

/// The entries to add, the times to set, and by fact who has it (by login).
#[derive(Default)]
pub(crate) struct Domain {
    pub(crate) entries: String,
    pub(crate) times: String,
    pub(crate) planted: BTreeMap<&'static str, BTreeSet<String>>,
}

impl Domain {
    fn plant(&mut self, fact: &'static str, login: &str) {
        self.planted.entry(fact).or_default().insert(login.to_owned());
    }

    fn group(&mut self, name: &str, kind: i64, members: &[&str]) {
        write!(
            self.entries,
            "dn: CN={name},{BASE}\nchangetype: add\nobjectClass: group\nsAMAccountName: {name}\ngroupType: {kind}\n"
        )
        .unwrap();
        for member in members {
            writeln!(self.entries, "member: CN={member},{BASE}").unwrap();
        }
        self.entries.push('\n');
    }

    fn join(&mut self, group: &str, member: &str) {
        write!(
            self.entries,
            "dn: {group},DC=clinic,DC=example\nchangetype: modify\nadd: member\nmember: CN={member},{BASE}\n\n"
        )
        .unwrap();
    }

    fn account(&mut self, login: &str, more: &str, times: &[(&str, u64)]) {
        write!(
            self.entries,
            "dn: CN={login},{BASE}\nchangetype: add\nobjectClass: user\nsAMAccountName: {login}\n{more}\n"
        )
        .unwrap();
        write!(self.times, "dn: CN={login},{BASE}\nchangetype: modify\n").unwrap();
        for (name, value) in times {
            write!(self.times, "replace: {name}\n{name}: {value}\n-\n").unwrap();
        }
        self.times.push('\n');
    }
}

/// The domain, a minute after what lately happened in it. Person 0 to 199 in steps of 10 have one thing each; the others have nothing.
pub(crate) fn domain(now: Timestamp) -> Domain {
    let recent = u64::try_from(now.as_millis() - 60_000 + 11_644_473_600_000).unwrap() * 10_000;
    let mut it = Domain::default();
    for number in 0..PEOPLE {
        let login = format!("p{number:04}");
        let mut control = 512_u64;
        let mut more = format!("employeeID: {}\nmail: {login}@clinic.example\n", 10_000 + number);
        let never = [0, i64::MAX.unsigned_abs()][number % 2];
        let mut times = BTreeMap::from([
            ("pwdLastSet", recent),
            ("lastLogonTimestamp", recent),
            ("accountExpires", never),
        ]);
        match number {
            0..5 => {
                times.insert("lastLogonTimestamp", LONG_AGO);
                it.plant("stale", &login);
            }
            10..17 => {
                times.remove("lastLogonTimestamp");
                it.plant("never_signed_in", &login);
            }
            20..24 => {
                control |= 0x2;
                it.plant("disabled", &login);
            }
            30..33 => {
                control |= 0x20;
                it.plant("password.not_required", &login);
            }
            40..42 => {
                control |= 0x80;
                it.plant("password.reversible", &login);
            }
            50..56 => {
                control |= 0x1_0000;
                it.plant("password.never_expires", &login);
            }
            60..62 => {
                control |= 0x40_0000;
                it.plant("password.no_preauthentication", &login);
            }
            70..74 => {
                times.insert("pwdLastSet", 0);
                it.plant("password.must_change", &login);
            }
            // One lock has passed long ago: no fault.
            80..83 => {
                times.insert("lockoutTime", if number == 82 { LONG_AGO } else { recent });
                if number != 82 {
                    it.plant("locked", &login);
                }
            }
            90 => {
                times.insert("accountExpires", recent);
                it.plant("expires", &login);
            }
            // No time that can be: no fact, and above all no year 1601.
            91 => {
                times.insert("accountExpires", 1);
            }
            100 => more.push_str("adminCount: 1\n"),
            105 => {
                times.insert("primaryGroupID", 512);
            }
            _ => {}
        }
        writeln!(more, "userAccountControl: {control}").unwrap();
        let times: Vec<_> = times.into_iter().collect();
        it.account(&login, &more, &times);
    }
    for login in ["svc-sql", "svc-backup"] {
        let more = format!(
            "userAccountControl: 66048\nservicePrincipalName: MSSQLSvc/{login}.clinic.example\n"
        );
        it.account(login, &more, &[("pwdLastSet", LONG_AGO), ("lastLogonTimestamp", recent)]);
        it.plant("service_names", login);
        it.plant("looks_service", login);
        it.plant("password.never_expires", login);
        it.plant("no employee id", login);
    }
    for login in ["frontdesk", "xray1"] {
        it.account(
            login,
            "userAccountControl: 512\n",
            &[("pwdLastSet", recent), ("lastLogonTimestamp", recent)],
        );
        it.plant("looks_shared", login);
        it.plant("no employee id", login);
    }
    it.account(
        "PC1$",
        "objectClass: computer\nuserAccountControl: 4096\n",
        &[("pwdLastSet", recent)],
    );
    let managed = "objectClass: msDS-GroupManagedServiceAccount\nuserAccountControl: 4096\nmsDS-ManagedPasswordInterval: 30\n";
    it.account("gm1$", managed, &[("pwdLastSet", recent)]);
    let security = -2_147_483_646;
    it.group("Inner", security, &["p0101", "p0102"]);
    it.group("Middle", security, &["Inner", "p0103"]);
    it.group("Mail list", 2, &["p0104"]);
    it.group("DnsAdmins", -2_147_483_644, &["p0107"]);
    it.group("Harmless", security, &["p0108", "p0109"]);
    // Around in a circle.
    it.join("CN=Inner,CN=Users", "Middle");
    it.join("CN=Domain Admins,CN=Users", "Middle");
    it.join("CN=Domain Admins,CN=Users", "p0103");
    it.join("CN=Account Operators,CN=Builtin", "Mail list");
    it.join("CN=Backup Operators,CN=Builtin", "p0106");
    for login in ["p0101", "p0102"] {
        it.plant("privileged_by_nesting", login);
    }
    for login in ["p0101", "p0102", "p0103", "p0105", "p0106", "p0107"] {
        it.plant("privileged", login);
    }
    it
}

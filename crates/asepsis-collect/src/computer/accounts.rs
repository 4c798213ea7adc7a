//! Local accounts, as numbers: administrators, people, empty passwords. Names are never recorded.

use std::collections::BTreeSet;

use super::look::{Look, Read};
use super::sudoers;
use crate::source::SourceError;

const ADMINISTRATORS: &str = "accounts.administrators";
const PEOPLE: &str = "accounts.people";
const DIRECTORY: &str = "accounts.directory";
const UID_ZERO: &str = "accounts.uid_zero";

pub(super) fn look(at: &mut Look<'_>) {
    let directory = at.text("/etc/nsswitch.conf").map(|text| uses_directory(&text));
    let passwd = at.text("/etc/passwd");
    let passwd = passwd.as_ref().map(|text| accounts(text));
    match &passwd {
        Ok(accounts) => {
            let zero = accounts.iter().filter(|account| account.uid == 0).count();
            at.saw(UID_ZERO, zero, "/etc/passwd");
            if directory == Ok(true) {
                at.missed(
                    PEOPLE,
                    "people sign in with accounts of a directory, which are not listed",
                );
            } else {
                let people = accounts.iter().filter(|account| account.is_person()).count();
                at.saw(PEOPLE, people, "/etc/passwd");
            }
        }
        Err(error) => {
            at.missed(UID_ZERO, error);
            at.missed(PEOPLE, error);
        }
    }
    let administrators = match (at.text("/etc/group"), &passwd) {
        (Ok(group), Ok(accounts)) => {
            Ok((administrators(&group, accounts), "/etc/group, /etc/passwd".to_owned()))
        }
        (Err(error), _) => Err(error.to_string()),
        (_, Err(error)) => Err(error.to_string()),
    };
    at.record(ADMINISTRATORS, administrators);
    let directory = directory.map(|on| (on, "/etc/nsswitch.conf".to_owned()));
    at.record(DIRECTORY, directory.map_err(|error| error.to_string()));
    let rules = without_password(at);
    at.record("accounts.sudo_without_password", rules);
    let empty =
        at.text("/etc/shadow").map(|text| (empty_passwords(&text), "/etc/shadow".to_owned()));
    at.record("accounts.empty_passwords", empty.map_err(|error| error.to_string()));
}

struct Account<'a> {
    name: &'a str,
    uid: u32,
    gid: u32,
    shell: &'a str,
}

impl Account<'_> {
    /// login.defs(5): people have numbers from UID_MIN (1000) to UID_MAX (60000).
    fn is_person(&self) -> bool {
        let closed = ["nologin", "false", "sync", "halt", "shutdown"];
        (1000..=60_000).contains(&self.uid)
            && !closed.iter().any(|shell| self.shell.ends_with(shell))
    }
}

/// Lines of passwd(5); those that are not in its form are passed over.
fn accounts(text: &str) -> Vec<Account<'_>> {
    text.lines()
        .filter_map(|line| {
            let mut cells = line.split(':');
            let name = cells.next().filter(|name| !name.is_empty())?;
            let uid = cells.nth(1)?.parse().ok()?;
            let gid = cells.next()?.parse().ok()?;
            let shell = cells.nth(2)?;
            Some(Account { name, uid, gid, shell })
        })
        .collect()
}

/// Accounts that reach administrator rights through their groups, without user id 0.
fn administrators(group: &str, accounts: &[Account<'_>]) -> usize {
    let mut found = BTreeSet::new();
    for line in group.lines() {
        let mut cells = line.split(':');
        let (Some(name), Some(gid)) = (cells.next(), cells.nth(1)) else { continue };
        if !matches!(name, "sudo" | "wheel" | "admin") {
            continue;
        }
        let members = cells.next().unwrap_or_default().split(',').map(str::trim);
        found.extend(members.filter(|member| !member.is_empty()));
        if let Ok(gid) = gid.parse::<u32>() {
            let primary = accounts.iter().filter(|account| account.gid == gid);
            found.extend(primary.map(|account| account.name));
        }
    }
    for account in accounts.iter().filter(|account| account.uid == 0) {
        found.remove(account.name);
    }
    found.len()
}

/// nsswitch.conf(5): where accounts come from besides the local files.
fn uses_directory(text: &str) -> bool {
    text.lines()
        .filter_map(|line| line.trim().strip_prefix("passwd:"))
        .flat_map(|rest| rest.split('#').next().unwrap_or_default().split_whitespace())
        .any(|source| matches!(source, "sss" | "winbind" | "ldap" | "nis" | "nisplus"))
        && !text.trim().is_empty()
}

/// Accounts of shadow(5) whose password is empty.
fn empty_passwords(text: &str) -> usize {
    text.lines()
        .filter(|line| {
            let mut cells = line.split(':');
            let name = cells.next().unwrap_or_default();
            !name.is_empty() && cells.next() == Some("") && cells.next().is_some()
        })
        .count()
}

fn without_password(at: &Look<'_>) -> Read<usize> {
    let read = |path: &str| match at.text(path) {
        Ok(text) => Ok(sudoers::without_password(&text)),
        Err(error) => Err(error),
    };
    let main = match read("/etc/sudoers") {
        Ok(count) => count,
        Err(SourceError::Missing { .. }) if !at.there("/usr/bin/sudo") => {
            return Ok((0, "sudo is not installed".to_owned()));
        }
        Err(error) => return Err(error.to_string()),
    };
    let mut count = main;
    for name in at.names("/etc/sudoers.d").map_err(|error| error.to_string())? {
        // sudoers(5): files with a dot or ending in a tilde are passed over.
        if name.contains('.') || name.ends_with('~') {
            continue;
        }
        count += read(&format!("/etc/sudoers.d/{name}")).map_err(|error| error.to_string())?;
    }
    Ok((count, "/etc/sudoers, /etc/sudoers.d".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASSWD: &str = "root:x:0:0:root:/root:/bin/bash\ntoor:x:0:0::/root:/bin/sh\n\
        daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin\nana:x:1000:1000:,,,:/home/ana:/bin/bash\n\
        bo:x:1001:27::/home/bo:/bin/zsh\nkiosk:x:1002:1002::/home/kiosk:/usr/sbin/nologin\n\
        nobody:x:65534:65534::/:/bin/sh\nbroken\n:::::::\n";

    #[test]
    fn accounts_are_counted_not_named() {
        let list = accounts(PASSWD);
        assert_eq!(list.len(), 7);
        assert_eq!(list.iter().filter(|account| account.is_person()).count(), 2);
        assert_eq!(list.iter().filter(|account| account.uid == 0).count(), 2);
        let group = "root:x:0:\nsudo:x:27:ana,root\nwheel:x:10:ana\nstaff:x:50:bo,kiosk\nbad\n";
        assert_eq!(administrators(group, &list), 2);
        assert_eq!(administrators("", &[]), 0);
    }

    #[test]
    fn directories_and_empty_passwords_are_seen() {
        assert!(uses_directory("passwd: files systemd sss\ngroup: files\n"));
        assert!(!uses_directory("passwd: files systemd # sss\n"));
        assert!(!uses_directory(""));
        assert_eq!(
            empty_passwords("root:!:1::::::\nana::19000:0:99999:7:::\nbo:$y$x:1::::::\n\n:\n"),
            1
        );
    }
}

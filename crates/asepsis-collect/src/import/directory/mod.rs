//! Accounts of a directory (LDAP): from a listing in a file and from what a live server answers, the
//! same entries and the same facts. Reads no format itself. Groups within groups are followed here, not by the server.

mod active_directory;
mod dn;
mod entry;
mod groups;
mod other;
mod sid;
mod times;

use std::collections::BTreeSet;

use asepsis_core::identity::Secret;
use asepsis_core::time::Timestamp;

pub(crate) use entry::{ATTRIBUTES, Entry};

use super::{Ask, Reading, Told};
use active_directory::Shown;
use groups::Groups;

/// How many classes of entries are told apart where those that are not taken are counted.
const KINDS: usize = 30;

/// A listing of a directory.
#[derive(Debug, Default)]
pub(crate) struct Listing {
    /// What it holds.
    pub(crate) entries: Vec<Entry>,
    /// It was read to its end, and whoever asked did not ask for a part only, so far as can be told.
    pub(crate) whole: bool,
}

/// How facts come about.
pub(crate) struct How<'a> {
    /// Where they were read, as `LDIF`.
    pub(crate) from: &'a str,
    pub(crate) secret: &'a Secret,
    /// The time of the listing.
    pub(crate) at: Timestamp,
    /// How long wrong passwords shut an account; 0 until somebody opens it.
    pub(crate) lockout_minutes: Option<i64>,
}

/// What a listing says of accounts. `date`: when the directory was so; else it is asked for.
pub(crate) fn read(
    listing: &Listing,
    date: Option<Timestamp>,
    told: &Told,
    from: &str,
    collector: &str,
    reading: &mut Reading,
) {
    let date = date.map(|it| it.min(told.now));
    reading.date = date;
    if date.is_none() {
        reading.asks.push(Ask::Date);
    }
    let at = date.unwrap_or(told.now);
    let entries = &listing.entries;
    let how = How { from, secret: &told.secret, at, lockout_minutes: lockout(entries) };
    let (groups, mut looks) = (Groups::of(entries), Vec::new());
    let ours = Shown::by(entries.iter().filter(|it| active_directory::is_account(it)));
    let others = Shown::by(entries.iter().filter(|it| other::is_account(it)));
    let mut scopes = BTreeSet::new();
    let (mut keys, mut kinds) = (BTreeSet::new(), BTreeSet::new());
    for entry in entries {
        let account = if active_directory::is_account(entry) {
            if entry.truth("isDeleted") == Some(true) {
                reading.leave(
                    "deleted accounts",
                    "the directory keeps them for a while after they are gone",
                );
                continue;
            }
            let scope = scope("ad", &entry.dn);
            let account = active_directory::account(entry, &scope, &ours, &groups, &how);
            scopes.insert(scope);
            account
        } else if other::is_account(entry) && !groups::is_group(entry) {
            if !other::signs_in(entry) {
                reading.leave("entries of people", "they have no name to sign in with (uid)");
                continue;
            }
            let scope = scope("ldap", &entry.dn);
            let account = other::account(entry, &scope, &others, &how);
            scopes.insert(scope);
            account
        } else {
            let kind = kind(entry);
            let few = kinds.len() < KINDS || kinds.contains(&kind);
            let kind = if few { kind } else { "entries of other classes".to_owned() };
            reading.leave(kind.clone(), "it is not an account");
            kinds.insert(kind);
            continue;
        };
        let (look, identity) = account.build(at, collector);
        if !keys.insert(look.subject.clone()) {
            reading.leave("accounts listed twice", "the first is taken");
            continue;
        }
        looks.push(look);
        reading.identities.push(identity);
    }
    if groups.foreign > 0 {
        reading.left.push(asepsis_core::import::LeftOut {
            what: "members of groups that rule the domain".to_owned(),
            why: "they are of another domain, or not in this listing".to_owned(),
            count: groups.foreign,
        });
    }
    if let (true, 1, Some(scope)) = (covers(listing), scopes.len(), scopes.first()) {
        reading.lists = Some(format!("account:{scope}/"));
    }
    reading.looks = Box::new(looks.into_iter());
}

/// Whether the listing shows the root of the directory and, of Active Directory, the two accounts
/// that each domain has and keeps shut: then no filter left accounts out, so far as can be told.
fn covers(listing: &Listing) -> bool {
    if !listing.whole {
        return false;
    }
    let accounts = || listing.entries.iter().filter(|it| active_directory::is_account(it));
    let Some(account) = accounts().next() else {
        let other = listing.entries.iter().find(|it| other::is_account(it));
        return other.is_some_and(|it| has_root(listing, &it.dn));
    };
    let rids: BTreeSet<u32> = accounts().filter_map(active_directory::rid).collect();
    [500, 501, 502].iter().all(|it| rids.contains(it)) && has_root(listing, &account.dn)
}

fn has_root(listing: &Listing, of: &str) -> bool {
    let of = dn::normal(of);
    let mut roots = listing.entries.iter().map(|it| dn::normal(&it.dn));
    // The domain's own entry: all of its name is `dc=` (or, without those, the last part).
    let start = of.find("dc=").or_else(|| of.rfind('\n').map(|at| at + 1)).unwrap_or(0);
    let root = of.get(start..).unwrap_or_default();
    roots.any(|it| it == root)
}

/// The scope of keys: the kind of directory and its domain.
fn scope(kind: &str, name: &str) -> String {
    let domain = dn::domain(name).or_else(|| {
        let last = dn::normal(name);
        let value = last.rsplit('\n').next()?.split_once('=')?.1.to_owned();
        let slug: String =
            value.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(60).collect();
        (!slug.is_empty()).then_some(slug)
    });
    match domain {
        Some(domain) => format!("{kind}/{domain}"),
        None => kind.to_owned(),
    }
}

/// How long wrong passwords shut an account, by the domain's own entry or the one policy there is.
fn lockout(entries: &[Entry]) -> Option<i64> {
    let mut found = entries.iter().filter_map(|entry| {
        if let Some(duration) = entry.number("lockoutDuration").filter(|_| entry.has("objectSid")) {
            // Negative steps of 100 nanoseconds; 0 and the smallest number are "until opened".
            let minutes = duration.checked_neg().unwrap_or(0) / 600_000_000;
            return Some(minutes.max(0));
        }
        entry
            .number("pwdLockoutDuration")
            .map(|seconds| seconds.max(0).div_euclid(60).max(i64::from(seconds > 0)))
    });
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// What an entry that is no account is called where such are counted: by its class, which is the
/// schema's word and names nobody.
fn kind(entry: &Entry) -> String {
    if groups::is_group(entry) || entry.is("groupOfNames") || entry.is("posixGroup") {
        return "groups".to_owned();
    }
    let class = entry.texts("objectClass").filter(|it| !it.eq_ignore_ascii_case("top")).last();
    match class
        .filter(|it| it.len() < 60 && it.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'))
    {
        Some(class) => format!("entries of class {class}"),
        None => "entries without a class".to_owned(),
    }
}

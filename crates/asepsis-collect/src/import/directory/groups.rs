//! Who is in the groups of Active Directory that rule it, through groups within groups. Groups are
//! known by their ids, which are the same in every language; a name only where there is no fixed id.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::entry::Entry;
use super::{dn, sid};

/// Ids at the end of a domain's groups that rule it, with the names their maker gave them
/// (MS-DTYP section 2.4.2.4; which of them rule is that section's and our judgment).
const OF_DOMAIN: &[(u32, &str)] = &[
    (512, "Domain Admins"),
    (516, "Domain Controllers"),
    (518, "Schema Admins"),
    (519, "Enterprise Admins"),
    (526, "Key Admins"),
    (527, "Enterprise Key Admins"),
];
/// The same of every domain.
const BUILT_IN: &[(&str, &str)] = &[
    ("S-1-5-32-544", "Administrators"),
    ("S-1-5-32-548", "Account Operators"),
    ("S-1-5-32-549", "Server Operators"),
    ("S-1-5-32-550", "Print Operators"),
    ("S-1-5-32-551", "Backup Operators"),
];
/// This one has no fixed id; its name is the same in every language.
const DNS_ADMINS: &str = "DnsAdmins";
/// Everyone, and everyone who signed in.
const EVERYONE: &[&str] = &["S-1-1-0", "S-1-5-11"];
/// Bit of `groupType`: it is a security group; a group for mail alone gives no rights.
const SECURITY: i64 = 0x8000_0000;

/// What the groups say of one account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Rule {
    /// The ruling groups it is in, sorted.
    pub(super) by: BTreeSet<&'static str>,
    /// It is in one of them itself, not only through another group.
    pub(super) directly: bool,
    /// Why there may be more that is not seen; `None` if the answer is whole.
    pub(super) unknown: Option<&'static str>,
}

/// The memberships of a dump.
#[derive(Default)]
pub(super) struct Groups {
    /// By normal name, the place in the lists below; names that are only mentioned have one too.
    index: HashMap<String, usize>,
    nodes: Vec<Node>,
    by_sid: HashMap<String, usize>,
    /// Groups that rule and that everybody is in.
    everybody: BTreeSet<&'static str>,
    /// Why nobody can be said to be in no ruling group.
    hidden: Option<&'static str>,
    /// Members of ruling groups who are of another domain.
    pub(super) foreign: u64,
}

#[derive(Default)]
struct Node {
    kind: Kind,
    members: Vec<usize>,
    /// By ruling group: whether it is in it itself.
    rules: BTreeMap<&'static str, bool>,
    unsure: bool,
    sid: Option<String>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    Mentioned,
    Security,
    /// A group for mail: who is in it gets no rights by it.
    Mail,
    Account,
}

impl Groups {
    /// Follows all memberships from the ruling groups down; each is followed once for each of them.
    pub(super) fn of(entries: &[Entry]) -> Self {
        let mut it = Self::default();
        let mut seen = BTreeSet::new();
        let mut ruling: BTreeMap<&'static str, Vec<usize>> = BTreeMap::new();
        for entry in entries {
            seen.extend(entry.names());
            let at = it.node(dn::normal(&entry.dn));
            let sid = entry.bytes("objectSid").and_then(sid::sid);
            let foreign = entry.is("foreignSecurityPrincipal");
            if let (Some(sid), false) = (&sid, foreign) {
                it.by_sid.insert(sid.clone(), at);
            }
            if let (true, Some(title)) = (is_group(entry), ruling_name(entry, sid.as_deref())) {
                ruling.entry(title).or_default().push(at);
            }
            if let Some(node) = it.nodes.get_mut(at) {
                node.sid = sid;
                node.kind = match is_group(entry) {
                    true if entry.number("groupType").is_none_or(|it| it & SECURITY != 0) => {
                        Kind::Security
                    }
                    true => Kind::Mail,
                    false if foreign => Kind::Mentioned,
                    false => Kind::Account,
                };
            }
        }
        it.hidden = hidden(&ruling, &seen);
        it.link(entries);
        it.foreign = it.follow(&ruling);
        it
    }

    /// What the groups say of an account.
    pub(super) fn rule(&self, entry: &Entry) -> Rule {
        let mut rule = Rule { by: self.everybody.clone(), directly: false, unknown: self.hidden };
        if let Some(node) =
            self.index.get(&dn::normal(&entry.dn)).and_then(|at| self.nodes.get(*at))
        {
            rule.by.extend(node.rules.keys());
            rule.directly = node.rules.values().any(|it| *it);
            if node.unsure && rule.unknown.is_none() {
                rule.unknown = Some("it is in groups that are not in the listing");
            }
        }
        // What can be told without the group: its number, and its name where it was left as it came.
        if let Some((_, id)) = primary(entry).as_deref().and_then(sid::of_domain)
            && let Some((_, title)) = OF_DOMAIN.iter().find(|(rid, _)| *rid == id)
        {
            rule.by.insert(title);
            rule.directly = true;
        }
        for group in entry.texts("memberOf") {
            if let Some(title) = as_it_came(&dn::normal(group)) {
                rule.by.insert(title);
                rule.directly = true;
            }
        }
        rule
    }

    fn node(&mut self, name: String) -> usize {
        let next = self.nodes.len();
        let at = *self.index.entry(name).or_insert(next);
        if at == next {
            self.nodes.push(Node::default());
        }
        at
    }

    /// By each group's word, by each member's, and by primary group, which stands in neither.
    fn link(&mut self, entries: &[Entry]) {
        let mut pairs = Vec::new();
        for entry in entries {
            let at = self.node(dn::normal(&entry.dn));
            for member in entry.texts("member") {
                let name = dn::normal(member);
                let foreign = principal(&name);
                let same = foreign.as_ref().and_then(|sid| self.by_sid.get(sid)).copied();
                // An account of another domain that is in this listing too is that account.
                let member = same.unwrap_or_else(|| self.node(name));
                if let (Some(node), Some(sid)) = (self.nodes.get_mut(member), foreign) {
                    node.sid = Some(sid);
                }
                pairs.push((at, member));
            }
            for group in entry.texts("memberOf") {
                let group = self.node(dn::normal(group));
                pairs.push((group, at));
            }
            if let Some(group) = primary(entry).and_then(|it| self.by_sid.get(&it)) {
                pairs.push((*group, at));
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        for (group, member) in pairs {
            if let Some(node) = self.nodes.get_mut(group) {
                node.members.push(member);
            }
        }
    }

    /// Marks everybody below the ruling groups, and below groups that are only mentioned. Answers how
    /// many members of ruling groups are no entry of the dump.
    fn follow(&mut self, ruling: &BTreeMap<&'static str, Vec<usize>>) -> u64 {
        let mut strangers = BTreeSet::new();
        for (title, tops) in ruling {
            for (at, itself) in self.below(tops.clone()) {
                let Some(node) = self.nodes.get_mut(at) else { continue };
                *node.rules.entry(title).or_insert(false) |= itself;
                if node.sid.as_deref().is_some_and(|sid| EVERYONE.contains(&sid)) {
                    self.everybody.insert(title);
                } else if node.kind == Kind::Mentioned {
                    strangers.insert(at);
                }
            }
        }
        let mentioned =
            |(_, node): &(usize, &Node)| node.kind == Kind::Mentioned && !node.members.is_empty();
        let tops: Vec<usize> =
            self.nodes.iter().enumerate().filter(mentioned).map(|(at, _)| at).collect();
        for (at, _) in self.below(tops) {
            if let Some(node) = self.nodes.get_mut(at) {
                node.unsure = true;
            }
        }
        u64::try_from(strangers.len()).unwrap_or(u64::MAX)
    }

    /// All members below some groups, and whether they are in one of those themselves.
    fn below(&self, tops: Vec<usize>) -> Vec<(usize, bool)> {
        let first = tops.len();
        let (mut open, mut at, mut found) = (tops, 0, Vec::new());
        let mut entered: BTreeSet<usize> = open.iter().copied().collect();
        while let Some(group) = open.get(at).copied() {
            for member in self.nodes.get(group).map(|it| it.members.as_slice()).unwrap_or_default()
            {
                found.push((*member, at < first));
                let passes = self.nodes.get(*member).is_some_and(|it| it.kind == Kind::Security);
                if passes && entered.insert(*member) {
                    open.push(*member);
                }
            }
            at += 1;
        }
        found
    }
}

/// Whether an entry is a group of Active Directory.
pub(super) fn is_group(entry: &Entry) -> bool {
    entry.is("group") || (entry.has("groupType") && !entry.has("userAccountControl"))
}

fn ruling_name(entry: &Entry, sid: Option<&str>) -> Option<&'static str> {
    if let Some(sid) = sid {
        if let Some((_, title)) = BUILT_IN.iter().find(|(it, _)| *it == sid) {
            return Some(title);
        }
        if let Some((_, id)) = sid::of_domain(sid)
            && let Some((_, title)) = OF_DOMAIN.iter().find(|(it, _)| *it == id)
        {
            return Some(title);
        }
    }
    let name = entry.text("sAMAccountName").or_else(|| entry.text("cn"));
    name.is_some_and(|it| it.eq_ignore_ascii_case(DNS_ADMINS)).then_some(DNS_ADMINS)
}

/// A ruling group by the place and name that it has in an English domain.
fn as_it_came(name: &str) -> Option<&'static str> {
    let mut parts = name.split('\n');
    let (first, second) = (parts.next()?.strip_prefix("cn=")?, parts.next()?);
    let is = |title: &&'static str| title.eq_ignore_ascii_case(first);
    match second {
        "cn=users" => OF_DOMAIN.iter().map(|(_, it)| *it).chain([DNS_ADMINS]).find(is),
        "cn=builtin" => BUILT_IN.iter().map(|(_, it)| *it).find(is),
        _ => None,
    }
}

/// The id of an account's primary group.
fn primary(entry: &Entry) -> Option<String> {
    let id: u32 = entry.text("primaryGroupID")?.parse().ok()?;
    let own = sid::sid(entry.bytes("objectSid")?)?;
    Some(format!("{}-{id}", sid::of_domain(&own)?.0))
}

/// The id that a name of a foreign security principal is made of.
fn principal(name: &str) -> Option<String> {
    let first = name.split('\n').next()?.strip_prefix("cn=")?;
    first.starts_with("s-1-").then(|| first.to_ascii_uppercase())
}

/// What keeps the groups from saying of anybody that he rules nothing.
fn hidden(
    ruling: &BTreeMap<&'static str, Vec<usize>>,
    seen: &BTreeSet<&'static str>,
) -> Option<&'static str> {
    let has = |title| ruling.contains_key(title);
    if !has("Domain Admins") || !has("Administrators") {
        return Some("the groups that rule the domain are not in the listing");
    }
    if !seen.contains("member") && !seen.contains("memberOf") {
        return Some("the listing does not say who is in a group");
    }
    if !seen.contains("primaryGroupID") {
        return Some(
            "the listing leaves out primaryGroupID, by which one can be in a group unseen",
        );
    }
    None
}

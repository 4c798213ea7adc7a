//! Accounts and the people behind them (practice 3): who is who, and what follows for each account. Pure:
//! everything is computed anew for a date from what directories, personnel lists and people said.
//!
//! ```text
//! account/1, identity ─┐
//! employee/1, identity ├─► Accounts ──► looks of access/1, one per account
//! marks, belongs       │            └─► one look of access-summary/1
//! reviews, listings   ─┘
//! ```

mod facts;
mod summary;
mod who;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap};

use serde_json::{Map, Value};

pub use who::{By, Person, Whose};

use super::looks::{Files, Look, Looks};
use crate::account::{AccountKind, Mark, Review};
use crate::canonical::canonical;
use crate::evidence::{Evidence, Record};
use crate::hash::Hash;
use crate::identity::Identity;
use crate::observation::{Body, Observation, Subject};
use crate::time::{DAY_MS, Timestamp};
use who::People;

/// The schema of what is worked out about each account.
pub const ACCESS: &str = "access/1";
/// The schema of what is worked out about all of them.
pub const SUMMARY: &str = "access-summary/1";
const ACCOUNT: &str = "account/1";
/// An account that no source showed for so long is not there any more (our judgment).
const GONE_AFTER: i64 = 366;
/// A file's time is kept by the hour.
const HOUR_MS: i64 = 60 * 60 * 1000;

/// One account, as it stands at a date.
#[derive(Clone, Debug)]
pub struct Account {
    /// Its key.
    pub subject: Subject,
    /// The newest entry about it.
    pub seq: u64,
    /// When it was last seen.
    pub at: Timestamp,
    /// A name for it that names nobody.
    pub label: String,
    /// What its sources say, put together: of each fact the newest.
    pub fact: Map<String, Value>,
    /// What it is for; `None` while nobody says.
    pub kind: Option<AccountKind>,
    /// What somebody said about it, if anybody did.
    pub mark: Option<Mark>,
    /// Whose it is.
    pub whose: Whose,
    /// A newer full list of its directory does not have it.
    pub gone: bool,
    /// When it was last seen enabled, and first seen disabled after that.
    enabled_until: Option<Timestamp>,
    disabled_from: Option<Timestamp>,
}

/// All accounts at a date.
#[derive(Clone, Debug, Default)]
pub struct Accounts {
    /// In the order of their keys; those that are gone too.
    pub all: Vec<Account>,
    /// The people of the personnel list; empty if none was brought in.
    pub people: BTreeMap<Subject, Person>,
    /// Names, by the subject that counts.
    pub names: HashMap<Subject, Identity>,
    /// The newest review.
    pub review: Option<Review>,
    as_of: Timestamp,
}

impl Accounts {
    /// Everything that is known of accounts at a date. The order of the evidence does not matter.
    pub fn at(evidence: &[Evidence], as_of: Timestamp) -> Self {
        Self::of(&Looks::at(evidence, as_of), evidence, as_of)
    }

    /// The same from looks that were picked already.
    pub fn of(looks: &Looks<'_>, evidence: &[Evidence], as_of: Timestamp) -> Self {
        let Some(seen) = looks.of(ACCOUNT) else { return Self { as_of, ..Self::default() } };
        let files = Files::at(evidence, as_of);
        let names = names(looks, evidence, &files, as_of);
        let listings = listings(evidence, as_of);
        let people = People::at(looks, &names, &listings, evidence, as_of);
        let marks = newest(evidence, as_of, |record| match record {
            Record::Mark(it) => Some((looks.subject(&it.account).clone(), it.clone())),
            _ => None,
        });
        let mut all = Vec::with_capacity(seen.len());
        for (subject, looks) in seen {
            let Some(newest) = looks.first() else { continue };
            let fact = together(looks);
            let mark = marks.get(*subject).cloned();
            let whose = people.whose(subject, names.get(*subject));
            let kind = kind(&fact, mark.as_ref(), &whose);
            let listed = listings.iter().filter(|(start, _)| subject.0.starts_with(start.as_str()));
            let listed = listed.map(|(_, at)| *at).max();
            let old = newest.at.plus_days(GONE_AFTER) < as_of;
            let (enabled_until, disabled_from) = history(looks);
            all.push(Account {
                subject: (*subject).clone(),
                seq: newest.seq,
                at: newest.at,
                label: newest.observation.label.clone(),
                gone: old || listed.is_some_and(|at| by_hour(newest.at) < by_hour(at)),
                fact,
                kind,
                mark,
                whose,
                enabled_until,
                disabled_from,
            });
        }
        let reviews = evidence.iter().filter(|it| it.recorded_at <= as_of);
        let review = reviews.filter_map(|it| match &it.record {
            Record::Review(review) => Some((review.at.min(it.recorded_at), it.seq, review)),
            _ => None,
        });
        let review = review.max_by_key(|(at, seq, _)| (*at, *seq)).map(|(_, _, it)| it.clone());
        Self { all, people: people.all, names, review, as_of }
    }

    /// Those that are there.
    pub fn present(&self) -> impl Iterator<Item = &Account> {
        self.all.iter().filter(|it| !it.gone)
    }

    /// What follows, as looks: one for each account that is there, and one for all. Each with the entry
    /// that it rests on.
    pub fn looks(&self) -> Vec<(u64, Observation)> {
        let mut looks: Vec<(u64, Observation)> =
            self.present().map(|it| (it.seq, self.look(it))).collect();
        if let Some(last) = self.all.iter().map(|it| (it.at, it.seq)).max() {
            looks.push((last.1, summary::look(self, last.0)));
        }
        looks
    }

    fn look(&self, account: &Account) -> Observation {
        observation(
            ACCESS,
            account.subject.clone(),
            &account.label,
            account.at,
            facts::body(self, account),
        )
    }

    /// The digest of the list of all accounts that can be used: what somebody signs who goes through it.
    pub fn digest(&self) -> Hash {
        let rows = self.present().filter(|it| it.is_enabled() != Some(false)).map(|it| {
            let privileged = it.fact.get("privileged").and_then(Value::as_bool);
            serde_json::json!([it.subject.0, privileged])
        });
        Hash::of(&[canonical(&Value::Array(rows.collect())).as_bytes()])
    }

    /// The day that has ended everywhere in the country: half a day after it ended by UTC.
    fn today(&self) -> String {
        Timestamp::from_millis(self.as_of.as_millis() - DAY_MS / 2).date()
    }
}

impl Account {
    /// Whether somebody can sign in with it; `None` if no source says.
    pub fn is_enabled(&self) -> Option<bool> {
        self.fact.get("enabled").and_then(Value::as_bool)
    }

    /// A fact of its sources, by its dotted path.
    pub fn says(&self, path: &str) -> Option<&Value> {
        let mut keys = path.split('.');
        let first = self.fact.get(keys.next()?)?;
        keys.try_fold(first, |at, key| at.get(key))
    }

    /// A yes or no of its sources.
    pub fn is(&self, path: &str) -> Option<bool> {
        self.says(path).and_then(Value::as_bool)
    }

    fn time(&self, path: &str) -> Option<Timestamp> {
        self.says(path).and_then(Value::as_str).and_then(|it| it.parse().ok())
    }
}

fn observation(
    schema: &str,
    subject: Subject,
    label: &str,
    at: Timestamp,
    body: Body,
) -> Observation {
    Observation {
        schema: schema.to_owned(),
        subject,
        also: Vec::new(),
        label: label.to_owned(),
        observed_at: at,
        collector: "asepsis/access".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        body,
    }
}

fn by_hour(at: Timestamp) -> i64 {
    at.as_millis().div_euclid(HOUR_MS)
}

/// The newest entry of some sort by subject.
fn newest<T>(
    evidence: &[Evidence],
    as_of: Timestamp,
    pick: impl Fn(&Record) -> Option<(Subject, T)>,
) -> HashMap<Subject, T> {
    let mut found: HashMap<Subject, (u64, T)> = HashMap::new();
    for entry in evidence.iter().filter(|entry| entry.recorded_at <= as_of) {
        let Some((subject, it)) = pick(&entry.record) else { continue };
        match found.get(&subject) {
            Some((seq, _)) if *seq > entry.seq => {}
            _ => {
                found.insert(subject, (entry.seq, it));
            }
        }
    }
    found.into_iter().map(|(subject, (_, it))| (subject, it)).collect()
}

/// The names of accounts and people, by the subject that counts.
fn names(
    looks: &Looks<'_>,
    evidence: &[Evidence],
    files: &Files,
    as_of: Timestamp,
) -> HashMap<Subject, Identity> {
    let mut found: HashMap<Subject, (u64, Identity)> = HashMap::new();
    for entry in evidence.iter().filter(|entry| entry.recorded_at <= as_of) {
        let Record::Identity(it) = &entry.record else { continue };
        if files.took_back(entry.seq) {
            continue;
        }
        let subject = looks.subject(&it.subject).clone();
        match found.get_mut(&subject) {
            // What a newer entry does not say, an older one may.
            Some((seq, known)) => {
                let newer = *seq < entry.seq;
                let (new, old) =
                    if newer { (it, known.clone()) } else { (&known.clone(), it.clone()) };
                *known = Identity {
                    subject: subject.clone(),
                    name: if new.name.is_empty() { old.name } else { new.name.clone() },
                    login: new.login.clone().or(old.login),
                    mail: new.mail.clone().or(old.mail),
                    employee_id: new.employee_id.clone().or(old.employee_id),
                };
                *seq = entry.seq.max(*seq);
            }
            None => {
                found.insert(subject.clone(), (entry.seq, Identity { subject, ..it.clone() }));
            }
        }
    }
    found.into_iter().map(|(subject, (_, it))| (subject, it)).collect()
}

/// Full lists, by the beginning of the keys they list: when the newest was made.
fn listings(evidence: &[Evidence], as_of: Timestamp) -> BTreeMap<String, Timestamp> {
    let known = || evidence.iter().filter(|entry| entry.recorded_at <= as_of);
    let undone: std::collections::BTreeSet<u64> = known()
        .filter_map(|entry| match &entry.record {
            Record::Undo(it) => Some(it.import),
            _ => None,
        })
        .collect();
    let mut listings: BTreeMap<String, Timestamp> = BTreeMap::new();
    for entry in known().filter(|entry| !undone.contains(&entry.seq)) {
        let Record::Import(it) = &entry.record else { continue };
        let Some(start) = &it.lists else { continue };
        let at = it.effective.min(entry.recorded_at);
        if at <= as_of {
            let newest = listings.entry(start.clone()).or_insert(at);
            *newest = at.max(*newest);
        }
    }
    listings
}

/// What all sources say of one subject: of each the newest look, and of each fact the newest.
fn together(looks: &[Look<'_>]) -> Map<String, Value> {
    let mut fact = Map::new();
    let mut sources: Vec<&str> = Vec::new();
    for look in looks {
        let source = look.observation.collector.as_str();
        if sources.contains(&source) {
            continue;
        }
        sources.push(source);
        if let Body::Saw { fact: seen, .. } = &look.observation.body {
            fill(&mut fact, seen);
        }
    }
    fact
}

fn fill(fact: &mut Map<String, Value>, more: &Map<String, Value>) {
    for (key, value) in more {
        match (fact.get_mut(key), value) {
            (Some(Value::Object(inner)), Value::Object(more)) => fill(inner, more),
            (Some(_), _) => {}
            (None, value) => {
                fact.insert(key.clone(), value.clone());
            }
        }
    }
}

/// When an account was last seen enabled, and when it was first seen disabled after that.
fn history(looks: &[Look<'_>]) -> (Option<Timestamp>, Option<Timestamp>) {
    let says = |look: &Look<'_>| match &look.observation.body {
        Body::Saw { fact, .. } => fact.get("enabled").and_then(Value::as_bool),
        _ => None,
    };
    let mut disabled = None;
    // From the newest back.
    for look in looks {
        match says(look) {
            Some(false) => {
                let first = look.at.plus_days(-look.days);
                disabled = Some(first);
            }
            Some(true) => return (Some(look.at), disabled),
            None => {}
        }
    }
    (None, disabled)
}

/// What an account is for: somebody's word, else the directory's, else that it is a person's.
fn kind(fact: &Map<String, Value>, mark: Option<&Mark>, whose: &Whose) -> Option<AccountKind> {
    if let Some(mark) = mark {
        return Some(mark.kind);
    }
    match fact.get("kind").and_then(Value::as_str) {
        Some("service") => Some(AccountKind::Service),
        Some("guest") => Some(AccountKind::Guest),
        Some("computer") => Some(AccountKind::Computer),
        Some("person") => Some(AccountKind::Person),
        _ => matches!(whose, Whose::Person { .. }).then_some(AccountKind::Person),
    }
}

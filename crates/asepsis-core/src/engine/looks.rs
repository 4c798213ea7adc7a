//! Which observations count at a date, for which moment, and about whom: files that were taken back,
//! observations that a later file shows again, and keys that name the same thing. Judges nothing.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::{Map, Value};

use crate::catalog::{Ages, Schema};
use crate::evidence::{Evidence, Record};
use crate::observation::{Body, Observation, Subject};
use crate::time::{DAY_MS, Timestamp};

/// A key under which so many different subjects are seen names none of them: a serial number that a
/// maker left blank, a computer's name that was copied with its disk (our judgment).
const TOO_MANY: usize = 3;

/// One look at a subject.
#[derive(Clone, Copy, Debug)]
pub struct Look<'a> {
    /// When the world was in this state, for the last time as far as is known.
    pub at: Timestamp,
    /// Whole days from the first time it was seen so to that moment.
    pub days: i64,
    /// Its entry in the ledger.
    pub seq: u64,
    /// What was seen.
    pub observation: &'a Observation,
}

impl<'a> Look<'a> {
    /// The facts as they are at [`Look::at`]: numbers of days that pass by themselves have gone on.
    /// `None` where nothing was seen.
    pub fn fact(&self, schema: Option<&Schema>) -> Option<Cow<'a, Map<String, Value>>> {
        let Body::Saw { fact, .. } = &self.observation.body else { return None };
        let aging = schema.into_iter().flat_map(|it| &it.paths);
        let mut aged = Cow::Borrowed(fact);
        if self.days != 0 {
            for (path, ages) in aging.filter_map(|it| Some((&it.path, it.ages?))) {
                let days = if ages == Ages::Up { self.days } else { -self.days };
                if number(fact, path).is_some() {
                    shift(aged.to_mut(), path, days);
                }
            }
        }
        Some(aged)
    }
}

/// A number of days in a fact, by its dotted path.
pub fn number(fact: &Map<String, Value>, path: &str) -> Option<i64> {
    match path.split_once('.') {
        Some((first, rest)) => number(fact.get(first)?.as_object()?, rest),
        None => fact.get(path)?.as_i64(),
    }
}

fn shift(fact: &mut Map<String, Value>, path: &str, days: i64) {
    match path.split_once('.') {
        Some((first, rest)) => {
            if let Some(Value::Object(inner)) = fact.get_mut(first) {
                shift(inner, rest, days);
            }
        }
        None => {
            if let Some(old) = fact.get(path).and_then(Value::as_i64) {
                fact.insert(path.to_owned(), Value::from(old.saturating_add(days)));
            }
        }
    }
}

/// The looks that count at a date, by schema and subject, newest first.
#[derive(Clone, Debug, Default)]
pub struct Looks<'a> {
    by: BTreeMap<&'a str, BTreeMap<&'a Subject, Vec<Look<'a>>>>,
    /// By key: the subject that it names, where that is another one.
    names: HashMap<&'a Subject, &'a Subject>,
}

impl<'a> Looks<'a> {
    /// Of all evidence the looks that count: observed by `as_of`, and not in a file that had been taken
    /// back by then. The order of the evidence does not matter.
    pub fn at(evidence: &'a [Evidence], as_of: Timestamp) -> Self {
        let files = Files::at(evidence, as_of);
        let mut looks: Vec<Look<'a>> = Vec::new();
        for entry in evidence {
            let Record::Observation(observation) = &entry.record else { continue };
            let first = observation.observed_at.min(entry.recorded_at);
            if first > as_of || files.took_back(entry.seq) {
                continue;
            }
            let at = files.again(entry.seq).map_or(first, |again| again.max(first));
            let days = at.as_millis().saturating_sub(first.as_millis()) / DAY_MS;
            looks.push(Look { at, days, seq: entry.seq, observation });
        }
        let mut found = Self { by: BTreeMap::new(), names: names(&looks) };
        for look in looks {
            let subject = found.subject(&look.observation.subject);
            let subjects = found.by.entry(look.observation.schema.as_str()).or_default();
            subjects.entry(subject).or_default().push(look);
        }
        for looks in found.by.values_mut().flat_map(BTreeMap::values_mut) {
            looks.sort_unstable_by_key(|look| std::cmp::Reverse((look.at, look.seq)));
        }
        found
    }

    /// The subject that a key names: one for all keys of the same thing.
    pub fn subject<'s>(&self, key: &'s Subject) -> &'s Subject
    where
        'a: 's,
    {
        self.names.get(key).copied().unwrap_or(key)
    }

    /// All subjects of a schema with their looks, newest first.
    pub fn of(&self, schema: &str) -> Option<&BTreeMap<&'a Subject, Vec<Look<'a>>>> {
        self.by.get(schema)
    }

    /// All schemas with their subjects.
    pub fn iter(&self) -> impl Iterator<Item = (&'a str, &BTreeMap<&'a Subject, Vec<Look<'a>>>)> {
        self.by.iter().map(|(schema, subjects)| (*schema, subjects))
    }

    /// Keys that name a subject seen under another one, with that subject.
    pub fn names(&self) -> impl Iterator<Item = (&'a Subject, &'a Subject)> {
        self.names.iter().map(|(key, subject)| (*key, *subject))
    }

    /// Adds a look that follows from others, resting on an entry.
    pub(super) fn add(&mut self, seq: u64, observation: &'a Observation) {
        let look = Look { at: observation.observed_at, days: 0, seq, observation };
        let subjects = self.by.entry(observation.schema.as_str()).or_default();
        subjects.entry(&observation.subject).or_default().insert(0, look);
    }

    /// Leaves only looks that a rule keeps.
    pub(super) fn retain(&mut self, keep: impl Fn(&Look<'a>) -> bool) {
        for subjects in self.by.values_mut() {
            subjects.values_mut().for_each(|looks| looks.retain(&keep));
            subjects.retain(|_, looks| !looks.is_empty());
        }
    }
}

/// What files did to entries: those that came with them and were taken back, those they show again.
#[derive(Clone, Debug, Default)]
pub struct Files {
    /// Entries that came with files that were taken back: from, to (without it), in order.
    taken_back: Vec<(u64, u64)>,
    /// Entries that were seen again, by the last of each range: the first, and when.
    again: BTreeMap<u64, (u64, Timestamp)>,
}

impl Files {
    /// All files brought in by a date, whatever the order of the evidence.
    pub fn at(evidence: &[Evidence], as_of: Timestamp) -> Self {
        let recorded = || evidence.iter().filter(|entry| entry.recorded_at <= as_of);
        let undone: BTreeSet<u64> = recorded()
            .filter_map(|entry| match &entry.record {
                Record::Undo(it) => Some(it.import),
                _ => None,
            })
            .collect();
        let mut files = Self::default();
        let mut imports = Vec::new();
        for entry in recorded() {
            let Record::Import(it) = &entry.record else { continue };
            if undone.contains(&entry.seq) {
                files.taken_back.push((entry.seq.saturating_sub(it.entries), entry.seq));
                continue;
            }
            for again in &it.again {
                let at = again.at.min(entry.recorded_at);
                if at <= as_of {
                    imports.push((at, entry.seq, again.entries.as_slice()));
                }
            }
        }
        files.taken_back.sort_unstable();
        // The newest first: what it shows again is settled, older files cannot move it.
        imports.sort_unstable_by_key(|(at, seq, _)| std::cmp::Reverse((*at, *seq)));
        let mut settled = Settled::default();
        for (at, seq, ranges) in imports {
            for (first, last) in ranges {
                // A file can only show again what stands before it.
                let last = (*last).min(seq.saturating_sub(1));
                settled.add(*first, last, |first, last| {
                    files.again.insert(last, (first, at));
                });
            }
        }
        files
    }

    /// Whether an entry came with a file that was taken back.
    pub fn took_back(&self, seq: u64) -> bool {
        let after = self.taken_back.partition_point(|(from, _)| *from <= seq);
        let before = after.checked_sub(1).and_then(|at| self.taken_back.get(at));
        before.is_some_and(|(_, to)| seq < *to)
    }

    /// When an entry was last seen again.
    pub fn again(&self, seq: u64) -> Option<Timestamp> {
        let (_, (first, at)) = self.again.range(seq..).next()?;
        (*first <= seq).then_some(*at)
    }
}

/// Ranges of numbers that are settled, by their last; none touches another.
#[derive(Default)]
struct Settled(BTreeMap<u64, u64>);

impl Settled {
    /// Adds a range, and tells the parts of it that were not settled before.
    fn add(&mut self, first: u64, last: u64, mut tell: impl FnMut(u64, u64)) {
        if first > last {
            return;
        }
        let (mut from, mut new_first, mut new_last) = (first, first, last);
        // From one before, so that neighbors grow together.
        let touched: Vec<(u64, u64)> = self
            .0
            .range(first.saturating_sub(1)..)
            .take_while(|(_, old)| **old <= last.saturating_add(1))
            .map(|(old_last, old_first)| (*old_first, *old_last))
            .collect();
        for (old_first, old_last) in touched {
            if from < old_first {
                tell(from, old_first - 1);
            }
            from = from.max(old_last.saturating_add(1));
            (new_first, new_last) = (new_first.min(old_first), new_last.max(old_last));
            self.0.remove(&old_last);
        }
        if from <= last {
            tell(from, last);
        }
        self.0.insert(new_last, new_first);
    }
}

/// Which subject each key names, where that is another one.
///
/// Keys that a look gives together name the same thing. A host name is weak: it joins only where all
/// looks that know it besides a stronger key mean the same thing. The subject of the oldest look
/// stands for all, so that it stays when more is learned.
fn names<'a>(looks: &[Look<'a>]) -> HashMap<&'a Subject, &'a Subject> {
    if looks.iter().all(|look| look.observation.also.is_empty()) {
        return HashMap::new();
    }
    let weak = |key: &Subject| key.0.starts_with("host:");
    let mut seen_under: HashMap<&Subject, BTreeSet<&Subject>> = HashMap::new();
    for look in looks {
        for key in &look.observation.also {
            seen_under.entry(key).or_default().insert(&look.observation.subject);
        }
    }
    let joins = |key: &Subject| seen_under.get(key).is_none_or(|it| it.len() <= TOO_MANY);
    let mut groups = Groups::default();
    for look in looks {
        let it = look.observation;
        groups.meet(&it.subject, look.seq);
        for key in it.also.iter().filter(|key| !weak(key) && joins(key)) {
            if !weak(&it.subject) {
                groups.join(&it.subject, key);
            }
        }
    }
    // A host name, and which things are known by it.
    let mut hosts: BTreeMap<&Subject, BTreeSet<&Subject>> = BTreeMap::new();
    for look in looks.iter().filter(|look| !weak(&look.observation.subject)) {
        let thing = groups.root(&look.observation.subject);
        for host in look.observation.also.iter().filter(|key| weak(key)) {
            hosts.entry(host).or_default().insert(thing);
        }
    }
    for (host, things) in hosts {
        if let (Some(thing), 1) = (things.first(), things.len()) {
            groups.join(thing, host);
        }
    }
    groups.names()
}

/// Keys put together into groups; each group is named after the key met first.
#[derive(Default)]
struct Groups<'a> {
    parents: HashMap<&'a Subject, &'a Subject>,
    /// The oldest entry about a key.
    met: HashMap<&'a Subject, u64>,
}

impl<'a> Groups<'a> {
    fn meet(&mut self, key: &'a Subject, seq: u64) {
        let oldest = self.met.entry(key).or_insert(seq);
        *oldest = seq.min(*oldest);
    }

    fn root(&self, key: &'a Subject) -> &'a Subject {
        let mut key = key;
        while let Some(parent) = self.parents.get(key) {
            key = parent;
        }
        key
    }

    /// The older group takes the younger; a key that no look is about is youngest of all.
    fn join(&mut self, a: &'a Subject, b: &'a Subject) {
        let (a, b) = (self.root(a), self.root(b));
        if a == b {
            return;
        }
        let age = |key: &Subject| (self.met.get(key).copied().unwrap_or(u64::MAX), key.clone());
        let (old, young) = if age(a) <= age(b) { (a, b) } else { (b, a) };
        self.parents.insert(young, old);
    }

    fn names(self) -> HashMap<&'a Subject, &'a Subject> {
        self.parents.keys().map(|key| (*key, self.root(key))).collect()
    }
}

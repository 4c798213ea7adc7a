//! Who is who: people of the personnel list, and which accounts are theirs. By their number first, then
//! by their work mail; what does not fit needs a person.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use crate::evidence::{Evidence, Record};
use crate::identity::Identity;
use crate::observation::{Body, Subject};
use crate::time::Timestamp;

use super::super::looks::Looks;
use super::by_hour;

const EMPLOYEE: &str = "employee/1";

/// Somebody of the personnel list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The newest entry about them.
    pub seq: u64,
    /// In what relation they stand to the organization, if the list says.
    pub kind: Option<String>,
    /// The job, if the list says.
    pub role: Option<String>,
    /// The last day, as `2026-10-31`, if the list says; may lie ahead.
    pub leave: Option<String>,
    /// They work here no longer, with or without a day.
    pub left: bool,
    /// They are missing from a newer list: they left on some day after the first and up to the second.
    pub missing: Option<(Timestamp, Timestamp)>,
}

/// By what an account was found to be somebody's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Somebody said so.
    Word,
    /// The same employee number.
    Number,
    /// The same work mail address.
    Mail,
}

/// Whose an account is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    /// A person's.
    Person {
        /// Who.
        person: Subject,
        /// How it was found.
        by: By,
    },
    /// Number and address name different people, or several people have them.
    Unclear(Vec<Subject>),
    /// Nobody's that the personnel list knows.
    Nobody,
}

impl Whose {
    /// The person, if it is clear.
    pub const fn person(&self) -> Option<&Subject> {
        match self {
            Self::Person { person, .. } => Some(person),
            Self::Unclear(_) | Self::Nobody => None,
        }
    }
}

/// The people, and how to find them.
pub(super) struct People {
    pub(super) all: BTreeMap<Subject, Person>,
    by_number: HashMap<String, Vec<Subject>>,
    by_mail: HashMap<String, Vec<Subject>>,
    /// By account: of whom somebody said that it is theirs, or is not.
    said: HashMap<Subject, BTreeMap<Subject, bool>>,
}

impl People {
    pub(super) fn at(
        looks: &Looks<'_>,
        names: &HashMap<Subject, Identity>,
        listings: &BTreeMap<String, Timestamp>,
        evidence: &[Evidence],
        as_of: Timestamp,
    ) -> Self {
        let mut people = Self {
            all: BTreeMap::new(),
            by_number: HashMap::new(),
            by_mail: HashMap::new(),
            said: HashMap::new(),
        };
        for (subject, looks) in looks.of(EMPLOYEE).into_iter().flatten() {
            let Some(newest) = looks.first() else { continue };
            let Body::Saw { fact, .. } = &newest.observation.body else { continue };
            let text = |key: &str| fact.get(key).and_then(Value::as_str).map(str::to_owned);
            let listed = listings.iter().filter(|(start, _)| subject.0.starts_with(start.as_str()));
            let listed = listed.map(|(_, at)| *at).max();
            let missing = listed.filter(|at| by_hour(newest.at) < by_hour(*at));
            let person = Person {
                seq: newest.seq,
                kind: text("kind"),
                role: text("role"),
                leave: text("leave"),
                left: fact.get("left").and_then(Value::as_bool).unwrap_or(false),
                missing: missing.map(|at| (newest.at, at)),
            };
            if let Some(name) = names.get(*subject) {
                let file = |book: &mut HashMap<String, Vec<Subject>>, key: Option<String>| {
                    if let Some(key) = key {
                        book.entry(key).or_default().push((*subject).clone());
                    }
                };
                file(&mut people.by_number, number(name));
                file(&mut people.by_mail, name.mail.as_deref().map(str::to_lowercase));
            }
            people.all.insert((*subject).clone(), person);
        }
        let mut said: Vec<_> = evidence
            .iter()
            .filter(|entry| entry.recorded_at <= as_of)
            .filter_map(|entry| match &entry.record {
                Record::Belongs(it) => Some((entry.seq, it)),
                _ => None,
            })
            .collect();
        said.sort_unstable_by_key(|(seq, _)| *seq);
        for (_, it) in said {
            let of = people.said.entry(looks.subject(&it.account).clone()).or_default();
            of.insert(looks.subject(&it.person).clone(), it.same);
        }
        people
    }

    /// Whose an account is. Somebody's word counts before all.
    pub(super) fn whose(&self, account: &Subject, name: Option<&Identity>) -> Whose {
        let said = self.said.get(account);
        let word = |person: &Subject| said.and_then(|it| it.get(person)).copied();
        let mut told = said.into_iter().flatten();
        let told = told.find(|(person, same)| **same && self.all.contains_key(*person));
        if let Some((person, _)) = told {
            return Whose::Person { person: person.clone(), by: By::Word };
        }
        let Some(name) = name else { return Whose::Nobody };
        let of = |book: &HashMap<String, Vec<Subject>>, key: Option<String>| -> Vec<Subject> {
            let found = key.and_then(|key| book.get(&key)).into_iter().flatten();
            found.filter(|person| word(person) != Some(false)).cloned().collect()
        };
        let by_number = of(&self.by_number, number(name));
        let sign_in = name.login.as_deref().filter(|it| it.contains('@'));
        let mut by_mail = of(&self.by_mail, name.mail.as_deref().map(str::to_lowercase));
        by_mail.extend(of(&self.by_mail, sign_in.map(str::to_lowercase)));
        by_mail.sort_unstable();
        by_mail.dedup();
        match (by_number.as_slice(), by_mail.as_slice()) {
            ([], []) => Whose::Nobody,
            ([person], []) => Whose::Person { person: person.clone(), by: By::Number },
            ([person], mail) if mail == [person.clone()] => {
                Whose::Person { person: person.clone(), by: By::Number }
            }
            ([], [person]) => Whose::Person { person: person.clone(), by: By::Mail },
            (a, b) => {
                let mut all: Vec<Subject> = a.iter().chain(b).cloned().collect();
                all.sort_unstable();
                all.dedup();
                Whose::Unclear(all)
            }
        }
    }
}

/// An employee number as it is compared: without spaces and leading zeros.
fn number(name: &Identity) -> Option<String> {
    let text: String = name.employee_id.as_deref()?.split_whitespace().collect();
    let bare = text.trim_start_matches('0').to_lowercase();
    (!bare.is_empty()).then_some(bare)
}

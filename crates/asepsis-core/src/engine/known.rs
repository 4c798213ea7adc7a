//! What is known at a date: folds the ledger's records into looks, answers and attributes.
//!
//! Two clocks: evidence counts by the time it speaks of (`observed_at`, `stated_at`), decisions by
//! the time they were recorded. A time later than its own recording is clamped to it.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::access::{ACCESS, Accounts, SUMMARY};
use super::looks::{Look, Looks};
use crate::catalog::{Catalog, ContradictedBy, Kind, Question};
use crate::evidence::{Evidence, Record};
use crate::observation::Observation;
use crate::organization::Organization;
use crate::statement::{Answer, Attestation, Waiver};
use crate::time::{DAY_MS, Days, Timestamp};

/// Subjects not seen for this long are taken as retired: they count no longer (our judgment, a
/// year as with answers).
const RETIRED_AFTER: Days = Days(365);

/// One answer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Said<'a> {
    pub(super) at: Timestamp,
    pub(super) seq: u64,
    pub(super) author: &'a str,
    pub(super) attestation: &'a Attestation,
}

/// Looks that nobody made: what follows from others, worked out for a date.
#[derive(Default)]
pub(super) struct Derived(Vec<(u64, Observation)>);

impl Derived {
    pub(super) fn at(catalog: &Catalog, evidence: &[Evidence], as_of: Timestamp) -> Self {
        let asked = [ACCESS, SUMMARY].iter().any(|it| !catalog.index.readers(it).is_empty());
        Self(if asked { Accounts::at(evidence, as_of).looks() } else { Vec::new() })
    }
}

/// Everything that counts at a date.
#[derive(Debug)]
pub(super) struct Known<'a> {
    pub(super) organization: Organization,
    /// Organization attributes from answers, for `applies`.
    pub(super) attributes: Map<String, Value>,
    /// The answer that decides, by question: the newest fresh one that is not "I don't know".
    pub(super) answers: BTreeMap<&'a str, Said<'a>>,
    /// "I don't know" where no answer decides.
    pub(super) unknowing: BTreeMap<&'a str, Said<'a>>,
    /// Looks by schema and subject.
    pub(super) looks: Looks<'a>,
    pub(super) waivers: Vec<(u64, &'a Waiver)>,
}

/// Whether evidence of a time is fresh at a date.
pub(super) fn is_fresh(at: Timestamp, fresh: Days, as_of: Timestamp) -> bool {
    as_of.as_millis().saturating_sub(at.as_millis()) <= i64::from(fresh.0).saturating_mul(DAY_MS)
}

impl<'a> Known<'a> {
    pub(super) fn at(
        catalog: &'a Catalog,
        evidence: &'a [Evidence],
        derived: &'a Derived,
        as_of: Timestamp,
    ) -> Self {
        let mut known = Self {
            organization: Organization::default(),
            attributes: Map::new(),
            answers: BTreeMap::new(),
            unknowing: BTreeMap::new(),
            looks: Looks::at(evidence, as_of),
            waivers: Vec::new(),
        };
        let mut organization: Option<(u64, &Organization)> = None;
        for entry in evidence {
            match &entry.record {
                Record::Organization(it)
                    if entry.recorded_at <= as_of
                        && organization.is_none_or(|(seq, _)| seq < entry.seq) =>
                {
                    organization = Some((entry.seq, it));
                }
                Record::Attestation(it) => {
                    let at = it.stated_at.min(entry.recorded_at);
                    let said = Said { at, seq: entry.seq, author: &entry.author, attestation: it };
                    if at <= as_of {
                        known.hear(catalog, said, as_of);
                    }
                }
                Record::Waiver(it) if entry.recorded_at <= as_of => {
                    known.waivers.push((entry.seq, it));
                }
                _ => {}
            }
        }
        if let Some((_, it)) = organization {
            known.organization = it.clone();
        }
        derived.0.iter().for_each(|(seq, look)| known.looks.add(*seq, look));
        known.looks.retain(|look| is_fresh(look.at, RETIRED_AFTER, as_of));
        known.waivers.sort_by_key(|(seq, _)| *seq);
        let answered = known.answers.values().copied();
        known.attributes = answered.filter_map(|said| attribute(catalog, said)).collect();
        known
    }

    fn hear(&mut self, catalog: &'a Catalog, said: Said<'a>, as_of: Timestamp) {
        let Some(question) = catalog.question(&said.attestation.question) else { return };
        if !is_fresh(said.at, question.fresh, as_of) || !fits(question, &said.attestation.answer) {
            return;
        }
        let book = match said.attestation.answer {
            Answer::DontKnow => &mut self.unknowing,
            _ => &mut self.answers,
        };
        let newer = |old: &Said<'_>| (old.at, old.seq) < (said.at, said.seq);
        if book.get(question.id.as_str()).is_none_or(newer) {
            book.insert(question.id.as_str(), said);
        }
    }

    /// The looks that show a sighting. For each subject the newest fresh look that can tell
    /// decides, as with checks: what has been put right is no longer held against the answer.
    pub(super) fn sightings(
        &self,
        catalog: &Catalog,
        sighting: &ContradictedBy,
        fresh: Days,
        as_of: Timestamp,
    ) -> Vec<Look<'a>> {
        let schema = catalog.schemas.get(&sighting.reads);
        let subjects = self.looks.of(&sighting.reads);
        let newest = |looks: &Vec<Look<'a>>| {
            let mut fresh = looks.iter().take_while(|look| is_fresh(look.at, fresh, as_of));
            let (look, shown) = fresh
                .find_map(|look| Some((*look, sighting.when.holds(&*look.fact(schema)?).ok()?)))?;
            shown.then_some(look)
        };
        subjects.into_iter().flat_map(BTreeMap::values).filter_map(newest).collect()
    }
}

/// Whether an answer is one that the question (of this catalog) offers.
pub(super) fn fits(question: &Question, answer: &Answer) -> bool {
    match (question.kind, answer) {
        (_, Answer::DontKnow) => true,
        (Kind::One, Answer::One(id)) => question.answer(id).is_some(),
        (Kind::Several, Answer::Several(ids)) => ids.iter().all(|id| question.answer(id).is_some()),
        (Kind::Number, Answer::Number(n)) => {
            question.min.is_none_or(|min| *n >= min) && question.max.is_none_or(|max| *n <= max)
        }
        _ => false,
    }
}

/// The organization attribute that an answer sets.
fn attribute(catalog: &Catalog, said: Said<'_>) -> Option<(String, Value)> {
    let question = catalog.question(&said.attestation.question)?;
    let name = question.sets.clone()?;
    match &said.attestation.answer {
        Answer::One(id) => Some((name, Value::from(id.as_str()))),
        Answer::Number(n) => Some((name, Value::from(*n))),
        _ => None,
    }
}

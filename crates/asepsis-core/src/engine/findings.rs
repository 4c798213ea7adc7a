//! Every check on every subject, and how many of each outcome a check has.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use serde::Serialize;
use serde_json::{Map, Value};

use super::known::{Known, is_fresh};
use super::looks::{Look, Looks};
use super::measure::Tally;
use super::verdict::judge;
use crate::catalog::{Catalog, Check, Schema};
use crate::observation::{Body, Subject};
use crate::outcome::Outcome;
use crate::statement::Waiver;
use crate::time::Timestamp;

/// One check on one subject.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// The check's id.
    pub check: Arc<str>,
    /// The subject's key.
    pub subject: Arc<str>,
    /// The subject's name for people.
    pub label: Arc<str>,
    /// What the check says.
    pub outcome: Outcome,
    /// Why it is unknown, or what was seen where it fails.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The ledger entry it rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence: Option<u64>,
    /// When that was observed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub observed_at: Option<Timestamp>,
    /// The ledger entry of the waiver that accepts this gap. Changes the treatment, not the outcome.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waived_by: Option<u64>,
}

/// A waiver and what it did.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WaiverUse {
    /// Its ledger entry.
    pub seq: u64,
    /// The waiver.
    pub waiver: Waiver,
    /// Its time is over.
    pub expired: bool,
    /// Findings it accepts.
    pub accepts: usize,
}

/// All findings, and per check (by position in the catalog) its tally.
pub(super) struct Findings {
    /// By check in the catalog's order, then by subject.
    pub(super) all: Vec<Finding>,
    pub(super) tallies: Vec<Tally>,
    pub(super) waivers: Vec<WaiverUse>,
    /// Where in `all` the findings of each check stand.
    ranges: Vec<Range<usize>>,
}

impl Findings {
    /// The findings of the check at this position in the catalog.
    pub(super) fn of(&self, check: usize) -> &[Finding] {
        let range = self.ranges.get(check).cloned().unwrap_or_default();
        self.all.get(range).unwrap_or_default()
    }
}

pub(super) fn find(catalog: &Catalog, known: &Known<'_>, as_of: Timestamp) -> Findings {
    let mut waivers: Vec<WaiverUse> = known
        .waivers
        .iter()
        .map(|(seq, waiver)| WaiverUse {
            seq: *seq,
            waiver: (*waiver).clone(),
            expired: waiver.expires < as_of,
            accepts: 0,
        })
        .collect();
    let mut asked: Vec<Asked<'_>> = Vec::new();
    let fleets: Vec<Fleet<'_>> =
        catalog.schemas.values().map(|schema| Fleet::of(schema, known)).collect();
    for fleet in &fleets {
        let checks = catalog.index.readers(fleet.schema).iter();
        let first = asked.len();
        asked
            .extend(checks.filter_map(|at| Some(Asked::new(*at, catalog.checks.get(*at)?, fleet))));
        let readers = asked.get_mut(first..).unwrap_or_default();
        // All checks on one subject, then the next: its facts are read while they are near.
        let schema = catalog.schemas.get(fleet.schema);
        for subject in &fleet.subjects {
            let facts: Vec<_> = subject.looks.iter().map(|look| look.fact(schema)).collect();
            for reader in readers.iter_mut() {
                reader.verdicts.push(newest(reader.check, subject.looks, &facts, as_of));
            }
        }
    }
    asked.sort_by_key(|it| it.at);
    let mut all = Vec::with_capacity(asked.iter().map(|it| it.verdicts.len()).sum());
    let mut tallies = vec![Tally::default(); catalog.checks.len()];
    let mut ranges = vec![0..0; catalog.checks.len()];
    for it in asked {
        let start = all.len();
        let at = it.at;
        let tally = it.settle(&mut waivers, &known.looks, &mut all);
        if let (Some(place), Some(range)) = (tallies.get_mut(at), ranges.get_mut(at)) {
            (*place, *range) = (tally, start..all.len());
        }
    }
    Findings { all, tallies, waivers, ranges }
}

/// A subject that counts.
struct Row<'a> {
    key: Arc<str>,
    label: Arc<str>,
    /// Newest first; none if it was named and never seen.
    looks: &'a [Look<'a>],
}

impl<'a> Row<'a> {
    fn new(subject: &Subject, looks: &'a [Look<'a>]) -> Self {
        let label = looks.first().map_or(subject.key(), |look| &look.observation.label);
        Self { key: subject.0.as_str().into(), label: label.into(), looks }
    }
}

/// The subjects of a schema that count, held against those expected, never the other way round.
struct Fleet<'a> {
    schema: &'a str,
    subjects: Vec<Row<'a>>,
    /// The organization named or numbered them.
    expected_known: bool,
    /// Numbered but never seen.
    unseen: usize,
}

impl<'a> Fleet<'a> {
    fn of(schema: &'a Schema, known: &'a Known<'_>) -> Self {
        let looks = known.looks.of(&schema.schema);
        let seen = looks.into_iter().flatten().map(|(it, looks)| Row::new(it, looks));
        let mut fleet =
            Self { schema: &schema.schema, subjects: Vec::new(), expected_known: false, unseen: 0 };
        if schema.expected == "domains" {
            let names = known.organization.domains.iter();
            let named: BTreeSet<Subject> = names.map(|name| Subject::domain(name)).collect();
            fleet.expected_known = !named.is_empty();
            if named.is_empty() {
                fleet.subjects.extend(seen);
            }
            let looks_at = |it: &Subject| looks.and_then(|looks| looks.get(it));
            let row = |it| Row::new(it, looks_at(it).map_or(&[], Vec::as_slice));
            fleet.subjects.extend(named.iter().map(row));
            return fleet;
        }
        fleet.subjects.extend(seen);
        if schema.expected == "listed" {
            fleet.expected_known = !fleet.subjects.is_empty();
            return fleet;
        }
        let number = known.attributes.get(&schema.expected).and_then(|value| value.as_u64());
        let number = number.map(|number| usize::try_from(number).unwrap_or(usize::MAX));
        fleet.expected_known = number.is_some();
        fleet.unseen = number.unwrap_or(0).saturating_sub(fleet.subjects.len());
        fleet
    }
}

/// What a check says of a subject, before it is written out as a finding.
struct Verdict {
    outcome: Outcome,
    reason: Option<String>,
    /// Which of the subject's looks it rests on.
    look: Option<usize>,
}

/// The newest fresh look whose outcome is not unknown decides: a later look without privilege
/// never erases an earlier one with it.
fn newest(
    check: &Check,
    looks: &[Look<'_>],
    facts: &[Option<Cow<'_, Map<String, Value>>>],
    as_of: Timestamp,
) -> Verdict {
    let mut verdict = Verdict { outcome: Outcome::Unknown, reason: None, look: None };
    let fresh = looks.iter().take_while(|look| is_fresh(look.at, check.fresh, as_of));
    for (at, (look, fact)) in fresh.zip(facts).enumerate() {
        let (outcome, reason) = match (&look.observation.body, fact) {
            (Body::Saw { .. }, Some(fact)) => {
                let (outcome, reason) = judge(check, fact);
                let said = match (outcome, &check.detail) {
                    (Outcome::Fail, Some(detail)) => detail.render(fact),
                    _ => reason,
                };
                (outcome, said)
            }
            (Body::Skipped { reason }, _) => (Outcome::Unknown, Some(reason.clone())),
            (Body::Failed { operation, cause }, _) => {
                (Outcome::Unknown, Some(format!("could not {operation}: {cause}")))
            }
            // No facts without a look that saw.
            (Body::Saw { .. }, None) => (Outcome::Unknown, None),
        };
        if outcome != Outcome::Unknown {
            return Verdict { outcome, reason, look: Some(at) };
        }
        if verdict.look.is_none() {
            verdict = Verdict { outcome, reason, look: Some(at) };
        }
    }
    if verdict.look.is_none() {
        verdict.reason = Some(match looks.first() {
            Some(look) => {
                let (days, fresh) = (as_of.days_since(look.at), check.fresh.0);
                format!("last looked {days} days ago; older than {fresh} days")
            }
            None => "not looked at yet".to_owned(),
        });
    }
    verdict
}

/// A check and what it says of each subject of a fleet, in the fleet's order.
struct Asked<'a> {
    at: usize,
    check: &'a Check,
    fleet: &'a Fleet<'a>,
    verdicts: Vec<Verdict>,
}

impl<'a> Asked<'a> {
    fn new(at: usize, check: &'a Check, fleet: &'a Fleet<'a>) -> Self {
        Self { at, check, fleet, verdicts: Vec::with_capacity(fleet.subjects.len()) }
    }

    /// Writes the findings, marks those that a waiver accepts, and counts.
    fn settle(self, waivers: &mut [WaiverUse], looks: &Looks<'_>, all: &mut Vec<Finding>) -> Tally {
        let in_force = InForce::of(&self.check.id, waivers, looks);
        let id: Arc<str> = self.check.id.as_str().into();
        let (unseen, expected_known) = (self.fleet.unseen, self.fleet.expected_known);
        let mut tally = Tally { unseen, expected_known, ..Tally::default() };
        for (subject, verdict) in self.fleet.subjects.iter().zip(self.verdicts) {
            tally.add(verdict.outcome);
            let look = verdict.look.and_then(|at| subject.looks.get(at));
            let waiver = match verdict.outcome {
                Outcome::Fail => in_force.accepts(&subject.key),
                _ => None,
            };
            let waiver = waiver.and_then(|position| waivers.get_mut(position));
            all.push(Finding {
                check: id.clone(),
                subject: subject.key.clone(),
                label: subject.label.clone(),
                outcome: verdict.outcome,
                reason: verdict.reason,
                evidence: look.map(|look| look.seq),
                observed_at: look.map(|look| look.at),
                waived_by: waiver.map(|waiver| {
                    waiver.accepts += 1;
                    waiver.seq
                }),
            });
        }
        tally
    }
}

/// The waivers in force for one check, by their positions: for each gap the first one counts.
#[derive(Default)]
struct InForce {
    for_all: Option<usize>,
    for_one: BTreeMap<String, usize>,
}

impl InForce {
    fn of(check: &str, waivers: &[WaiverUse], looks: &Looks<'_>) -> Self {
        let mut found = Self::default();
        for (position, it) in waivers.iter().enumerate() {
            if it.expired || it.waiver.check != check {
                continue;
            }
            match &it.waiver.subject {
                None => found.for_all = found.for_all.or(Some(position)),
                Some(only) => {
                    // It may speak of a key under which the subject was known then.
                    let subject = looks.subject(only).0.clone();
                    found.for_one.entry(subject).or_insert(position);
                }
            }
        }
        found
    }

    fn accepts(&self, subject: &str) -> Option<usize> {
        self.for_one.get(subject).copied().into_iter().chain(self.for_all).min()
    }
}

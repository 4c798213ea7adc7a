//! Every check on every subject, and how many of each outcome a check has.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;

use super::known::{Known, Look, is_fresh};
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
    pub(super) all: Vec<Finding>,
    pub(super) tallies: Vec<Tally>,
    pub(super) waivers: Vec<WaiverUse>,
}

pub(super) fn find(catalog: &Catalog, known: &Known<'_>, as_of: Timestamp) -> Findings {
    let mut found = Findings {
        all: Vec::new(),
        tallies: vec![Tally::default(); catalog.checks.len()],
        waivers: known
            .waivers
            .iter()
            .map(|(seq, waiver)| WaiverUse {
                seq: *seq,
                waiver: (*waiver).clone(),
                expired: waiver.expires < as_of,
                accepts: 0,
            })
            .collect(),
    };
    let nothing = BTreeMap::new();
    for schema in catalog.schemas.values() {
        let looks = known.looks.get(schema.schema.as_str()).unwrap_or(&nothing);
        let expected = Expected::of(schema, known, looks);
        let readers: Vec<Reader<'_>> = catalog
            .index
            .readers(&schema.schema)
            .iter()
            .filter_map(|at| Some(Reader::new(*at, catalog.checks.get(*at)?)))
            .collect();
        for (subject, looks) in looks.iter().filter(|(subject, _)| expected.counts(subject)) {
            let key: Arc<str> = subject.0.as_str().into();
            let label: Arc<str> =
                looks.first().map_or(subject.key(), |look| &look.observation.label).into();
            for reader in &readers {
                let finding = reader.judge(looks, as_of, &key, &label);
                found.count(reader.at, finding);
            }
        }
        for reader in &readers {
            for subject in &expected.missing {
                let finding = Finding {
                    check: reader.id.clone(),
                    subject: subject.0.as_str().into(),
                    label: subject.key().into(),
                    outcome: Outcome::Unknown,
                    reason: Some("not looked at yet".to_owned()),
                    evidence: None,
                    observed_at: None,
                    waived_by: None,
                };
                found.count(reader.at, finding);
            }
            if let Some(tally) = found.tallies.get_mut(reader.at) {
                tally.unseen = expected.unseen;
                tally.expected_known = expected.known;
            }
        }
    }
    found
}

impl Findings {
    fn count(&mut self, check: usize, mut finding: Finding) {
        if let Some(tally) = self.tallies.get_mut(check) {
            tally.add(finding.outcome);
        }
        if finding.outcome == Outcome::Fail {
            let accepting = self.waivers.iter_mut().find(|it| {
                !it.expired
                    && *it.waiver.check == *finding.check
                    && it.waiver.subject.as_ref().is_none_or(|only| *only.0 == *finding.subject)
            });
            if let Some(accepting) = accepting {
                accepting.accepts += 1;
                finding.waived_by = Some(accepting.seq);
            }
        }
        self.all.push(finding);
    }
}

/// A check, ready to be asked of many subjects.
struct Reader<'a> {
    at: usize,
    id: Arc<str>,
    check: &'a Check,
}

impl<'a> Reader<'a> {
    fn new(at: usize, check: &'a Check) -> Self {
        Self { at, id: check.id.as_str().into(), check }
    }

    /// The newest fresh look whose outcome is not unknown decides: a later look without privilege
    /// never erases an earlier one with it.
    fn judge(
        &self,
        looks: &[Look<'_>],
        as_of: Timestamp,
        key: &Arc<str>,
        label: &Arc<str>,
    ) -> Finding {
        let mut finding = Finding {
            check: self.id.clone(),
            subject: key.clone(),
            label: label.clone(),
            outcome: Outcome::Unknown,
            reason: None,
            evidence: None,
            observed_at: None,
            waived_by: None,
        };
        for look in looks.iter().take_while(|look| is_fresh(look.at, self.check.fresh, as_of)) {
            let (outcome, reason) = match &look.observation.body {
                Body::Saw { fact, .. } => {
                    let (outcome, reason) = judge(self.check, fact);
                    let said = match (outcome, &self.check.detail) {
                        (Outcome::Fail, Some(detail)) => Some(detail.render(fact)),
                        _ => reason,
                    };
                    (outcome, said)
                }
                Body::Skipped { reason } => (Outcome::Unknown, Some(reason.clone())),
                Body::Failed { operation, cause } => {
                    (Outcome::Unknown, Some(format!("could not {operation}: {cause}")))
                }
            };
            if outcome != Outcome::Unknown || finding.evidence.is_none() {
                finding.outcome = outcome;
                finding.reason = reason;
                finding.evidence = Some(look.seq);
                finding.observed_at = Some(look.at);
            }
            if outcome != Outcome::Unknown {
                return finding;
            }
        }
        if finding.evidence.is_none() {
            finding.reason = looks.first().map(|look| {
                let days = as_of.days_since(look.at);
                format!("last looked {days} days ago; older than {} days", self.check.fresh.0)
            });
        }
        finding
    }
}

/// Which subjects are expected: those seen are held against it, never the other way round.
struct Expected {
    /// The organization named or numbered them.
    known: bool,
    /// Named ones, if it named them: only these count.
    named: Option<BTreeSet<Subject>>,
    /// Named but never seen.
    missing: Vec<Subject>,
    /// Numbered but never seen.
    unseen: usize,
}

impl Expected {
    fn of(schema: &Schema, known: &Known<'_>, looks: &BTreeMap<&Subject, Vec<Look<'_>>>) -> Self {
        if schema.expected == "domains" {
            let named: BTreeSet<Subject> =
                known.organization.domains.iter().map(|name| Subject::domain(name)).collect();
            let missing =
                named.iter().filter(|subject| !looks.contains_key(subject)).cloned().collect();
            return Self {
                known: !named.is_empty(),
                named: (!named.is_empty()).then_some(named),
                missing,
                unseen: 0,
            };
        }
        let number = known.attributes.get(&schema.expected).and_then(|value| value.as_u64());
        let number = number.map(|number| usize::try_from(number).unwrap_or(usize::MAX));
        Self {
            known: number.is_some(),
            named: None,
            missing: Vec::new(),
            unseen: number.unwrap_or(0).saturating_sub(looks.len()),
        }
    }

    fn counts(&self, subject: &Subject) -> bool {
        self.named.as_ref().is_none_or(|named| named.contains(subject))
    }
}

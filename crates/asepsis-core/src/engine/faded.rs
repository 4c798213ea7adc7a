//! What evidence said before it grew too old: it settles nothing any more, and still is not nothing.

use std::collections::BTreeMap;

use super::assessment::Assessment;
use super::evaluate::Input;
use super::known::{Derived, Known};
use super::looks::Look;
use super::verdict::judge;
use crate::catalog::{Check, Schema};
use crate::observation::Subject;
use crate::outcome::Outcome;
use crate::time::{DAY_MS, Timestamp};

/// Subjects of one check whose newest look that can tell is no longer fresh.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Faded {
    /// Those that passed, each by what is left of its weight (0 to 1).
    pub pass: f64,
    /// How many those are.
    pub passed: usize,
    /// Those that failed, each by what is left of its weight.
    pub fail: f64,
    /// How many those are.
    pub failed: usize,
}

/// By check id: what looks said that are no longer fresh, for subjects of which nothing newer is
/// known. The weight halves with every `half_life_days` after the look ceased to be fresh.
pub fn faded(
    input: &Input<'_>,
    assessment: &Assessment,
    half_life_days: f64,
) -> BTreeMap<String, Faded> {
    let derived = Derived::at(input.catalog, input.evidence, input.as_of);
    let known = Known::at(input.catalog, input.evidence, &derived, input.as_of);
    let mut all: BTreeMap<String, Faded> = BTreeMap::new();
    for finding in assessment.findings.iter().filter(|it| it.outcome == Outcome::Unknown) {
        let Some(check) = input.catalog.check(&finding.check) else { continue };
        let schema = input.catalog.schemas.get(&check.reads);
        let subjects = known.looks.of(&check.reads);
        let looks = subjects.and_then(|it| it.get(&Subject(finding.subject.to_string())));
        let Some((at, outcome)) = looks.and_then(|it| last_word(check, schema, it)) else {
            continue;
        };
        let age = input.as_of.as_millis().saturating_sub(at.as_millis()) as f64 / DAY_MS as f64;
        let weight = libm::exp2(-(age - f64::from(check.fresh.0)).max(0.0) / half_life_days);
        let found = all.entry(check.id.clone()).or_default();
        match outcome {
            Outcome::Pass => {
                found.pass += weight;
                found.passed += 1;
            }
            Outcome::Fail => {
                found.fail += weight;
                found.failed += 1;
            }
            Outcome::NotApplicable | Outcome::Unknown => {}
        }
    }
    all
}

/// The newest look that can tell, however old.
fn last_word(
    check: &Check,
    schema: Option<&Schema>,
    looks: &[Look<'_>],
) -> Option<(Timestamp, Outcome)> {
    looks.iter().find_map(|look| match judge(check, &*look.fact(schema)?).0 {
        Outcome::Unknown => None,
        outcome => Some((look.at, outcome)),
    })
}

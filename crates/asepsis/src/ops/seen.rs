//! What was seen by each check, gathered once so that a page never walks the findings of a large fleet.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use asepsis_core::engine::{Assessment, Finding};
use asepsis_core::outcome::Outcome;

/// How many subjects are kept by name.
const NAMED: usize = 12;
/// How many reasons are kept.
const REASONS: usize = 3;

/// What one check saw, as far as pages say it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// How many fail and are not accepted.
    pub fails: usize,
    /// How many fail and are accepted.
    pub accepted: usize,
    /// Where the first twelve that fail and are not accepted stand among all findings.
    pub failing: Vec<usize>,
    /// The three commonest reasons for not knowing, with how many each.
    pub unknown: Vec<(String, usize)>,
    /// Where all its findings stand among those of the assessment.
    pub all: std::ops::Range<usize>,
    /// Some ledger entries that hold a pass.
    pub entries: Vec<u64>,
}

/// By check id.
pub(super) fn seen(assessment: &Assessment) -> BTreeMap<String, Seen> {
    let mut all = BTreeMap::new();
    let mut at = 0;
    // The findings of a check stand together.
    for findings in assessment.findings.chunk_by(|a, b| a.check == b.check) {
        if let Some(first) = findings.first() {
            all.insert(first.check.to_string(), of(findings, at));
        }
        at += findings.len();
    }
    all
}

fn of(findings: &[Finding], start: usize) -> Seen {
    let mut seen = Seen { all: start..start + findings.len(), ..Seen::default() };
    let mut unknown: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, finding) in findings.iter().enumerate() {
        match (finding.outcome, finding.waived_by) {
            (Outcome::Fail, None) => {
                seen.fails += 1;
                if seen.failing.len() < NAMED {
                    seen.failing.push(start + at);
                }
            }
            (Outcome::Fail, Some(_)) => seen.accepted += 1,
            (Outcome::Unknown, _) => {
                let reason = finding.reason.as_deref().filter(|it| !it.is_empty());
                if let Some(reason) = reason {
                    *unknown.entry(reason).or_default() += 1;
                }
            }
            (Outcome::Pass, _) if seen.entries.len() < REASONS => {
                seen.entries.extend(finding.evidence);
            }
            (Outcome::Pass | Outcome::NotApplicable, _) => {}
        }
    }
    let mut unknown: Vec<(&str, usize)> = unknown.into_iter().collect();
    unknown.sort_by_key(|(why, n)| (Reverse(*n), *why));
    unknown.truncate(REASONS);
    seen.unknown = unknown.into_iter().map(|(why, n)| (why.to_owned(), n)).collect();
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(outcome: Outcome, waived_by: Option<u64>, reason: Option<&str>) -> Finding {
        Finding {
            check: "a".into(),
            subject: "computer:x".into(),
            label: "x".into(),
            outcome,
            reason: reason.map(str::to_owned),
            evidence: Some(7),
            observed_at: None,
            waived_by,
        }
    }

    #[test]
    fn a_fleet_is_gathered_to_what_a_page_says() {
        let mut findings = vec![
            finding(Outcome::Pass, None, None),
            finding(Outcome::Fail, Some(3), None),
            finding(Outcome::Unknown, None, Some("not looked at yet")),
            finding(Outcome::Unknown, None, Some("asleep")),
            finding(Outcome::Unknown, None, Some("asleep")),
        ];
        findings.extend((0..20).map(|_| finding(Outcome::Fail, None, Some("off"))));
        let seen = of(&findings, 100);
        assert_eq!((seen.fails, seen.accepted), (20, 1));
        assert_eq!(seen.failing, (105..117).collect::<Vec<_>>());
        assert_eq!(seen.unknown, [("asleep".to_owned(), 2), ("not looked at yet".to_owned(), 1)]);
        assert_eq!(seen.entries, [7]);
    }
}

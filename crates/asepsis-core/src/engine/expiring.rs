//! What is known now and will not count any more soon: looks, answers, waivers.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::assessment::Assessment;
use super::next::served;
use crate::catalog::{Catalog, Check};
use crate::observation::Subject;
use crate::outcome::Outcome;
use crate::time::{DAY_MS, Timestamp};

/// Something that ends soon.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Expiring {
    /// What ends.
    pub what: Expires,
    /// The last moment at which it counts; of many looks the first of these moments.
    pub at: Timestamp,
    /// How many subjects were looked at, or how many fails a waiver accepts; 1 for an answer.
    pub count: usize,
}

/// What ends.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Expires {
    /// Looks with which some check would be unknown from that day (in UTC) on.
    Look {
        /// The schema of what was seen.
        schema: String,
        /// The name of the subject, if it is only one.
        #[serde(skip_serializing_if = "Option::is_none")]
        label: Option<String>,
    },
    /// An answer.
    Answer {
        /// To which question.
        question: String,
    },
    /// A waiver.
    Waiver {
        /// The check whose fails it accepts.
        check: String,
        /// Only for this subject.
        #[serde(skip_serializing_if = "Option::is_none")]
        subject: Option<Subject>,
    },
}

/// What counts at the assessment's date and ends after it and no later than `until`, soonest first.
pub fn expiring(catalog: &Catalog, assessment: &Assessment, until: Timestamp) -> Vec<Expiring> {
    let soon = |at: Timestamp| assessment.as_of < at && at <= until;
    let mut all: Vec<Expiring> = Vec::new();
    for schema in catalog.schemas.keys() {
        all.extend(looks(catalog, assessment, schema, soon));
    }
    for answer in assessment.answers.values() {
        let Some(question) = catalog.question(&answer.question) else { continue };
        let at = answer.stated_at.plus_days(question.fresh.0.into());
        let what = Expires::Answer { question: answer.question.clone() };
        all.extend(soon(at).then_some(Expiring { what, at, count: 1 }));
    }
    for it in assessment.waivers.iter().filter(|it| soon(it.waiver.expires)) {
        let (check, subject) = (it.waiver.check.clone(), it.waiver.subject.clone());
        let what = Expires::Waiver { check, subject };
        all.push(Expiring { what, at: it.waiver.expires, count: it.accepts });
    }
    all.sort_by(|a, b| a.at.cmp(&b.at).then_with(|| a.what.cmp(&b.what)));
    all
}

/// The looks of one schema, those of a day together. A subject counts once, on the day on which
/// the first check goes stale that serves something in scope.
fn looks(
    catalog: &Catalog,
    assessment: &Assessment,
    schema: &str,
    soon: impl Fn(Timestamp) -> bool,
) -> Vec<Expiring> {
    let readers = catalog.index.readers(schema).iter().filter_map(|at| catalog.checks.get(*at));
    let readers: Vec<&Check> =
        readers.filter(|check| !served(check, assessment).is_empty()).collect();
    let Some(first) = readers.first() else { return Vec::new() };
    // All checks of a schema have the same subjects in the same order.
    let subjects = assessment.findings_of(&first.id).map(|it| &it.label);
    let mut ends: Vec<(&Arc<str>, Option<Timestamp>)> = subjects.map(|it| (it, None)).collect();
    for check in readers {
        for ((_, end), finding) in ends.iter_mut().zip(assessment.findings_of(&check.id)) {
            let seen = finding.observed_at.filter(|_| finding.outcome != Outcome::Unknown);
            let at = seen.map(|at| at.plus_days(check.fresh.0.into())).filter(|at| soon(*at));
            *end = [*end, at].into_iter().flatten().min();
        }
    }
    let mut days: BTreeMap<i64, Day<'_>> = BTreeMap::new();
    for (label, at) in ends.iter().filter_map(|(label, end)| Some((*label, (*end)?))) {
        let day = days.entry(at.as_millis().div_euclid(DAY_MS));
        let day = day.or_insert(Day { at, label, count: 0 });
        day.at = day.at.min(at);
        day.count += 1;
    }
    let lines = days.into_values().map(|it| Expiring {
        what: Expires::Look {
            schema: schema.to_owned(),
            label: (it.count == 1).then(|| it.label.to_string()),
        },
        at: it.at,
        count: it.count,
    });
    lines.collect()
}

/// The subjects whose looks end on one day.
struct Day<'a> {
    at: Timestamp,
    label: &'a str,
    count: usize,
}

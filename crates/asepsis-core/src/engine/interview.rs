//! Which questions are open, in the order that settles most, and why the others are not asked.

use std::collections::BTreeSet;

use serde::Serialize;

use super::assessment::Assessment;
use super::known::{Derived, Known};
use super::standing::{Basis, State};
use crate::catalog::{Catalog, Question};
use crate::evidence::Evidence;
use crate::statement::Answer;
use crate::time::Timestamp;

/// The state of the interview.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Interview {
    /// Questions to ask, those that settle most first.
    pub open: Vec<OpenQuestion>,
    /// Questions with an answer that counts: id and ledger entry.
    pub answered: Vec<(String, u64)>,
    /// Questions answered with "I don't know": they go to whoever may know.
    pub unknown: Vec<String>,
    /// Questions not asked, with the reason.
    pub skipped: Vec<SkippedQuestion>,
}

/// A question to ask.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OpenQuestion {
    /// Its id.
    pub id: String,
    /// How many unknown parts in scope its answer settles.
    pub settles: usize,
}

/// A question not asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SkippedQuestion {
    /// Its id.
    pub id: String,
    /// Why not.
    pub reason: String,
}

/// Sorts all questions in scope into open, answered and skipped.
///
/// A question is skipped when measurements settle all of its parts, when none of its parts has a
/// place here, or when the answer it depends on is another one. Questions for other sizes of
/// organization are left out altogether.
pub fn interview(
    catalog: &Catalog,
    evidence: &[Evidence],
    assessment: &Assessment,
    as_of: Timestamp,
) -> Interview {
    // Questions go by answers; what follows of accounts decides none.
    let derived = Derived::default();
    let known = Known::at(catalog, evidence, &derived, as_of);
    let mut out = Interview {
        open: Vec::new(),
        answered: Vec::new(),
        unknown: Vec::new(),
        skipped: Vec::new(),
    };
    let deciding = deciding(catalog, assessment);
    for question in &catalog.questions {
        let id = question.id.clone();
        let parts: Vec<_> = question
            .parts()
            .filter_map(|part| {
                let sub = assessment.sub_practice(&part.sub_practice)?;
                sub.parts.iter().find(|it| it.part == *part)
            })
            .collect();
        let decides = deciding.contains(id.as_str());
        if parts.is_empty() && !decides {
            continue;
        }
        if let Some(said) = known.answers.get(id.as_str()) {
            out.answered.push((id, said.seq));
            continue;
        }
        if let Some(reason) = not_asked(catalog, question, &known) {
            out.skipped.push(SkippedQuestion { id, reason });
            continue;
        }
        let settled = |basis| basis == Basis::Measured;
        if !decides && parts.iter().all(|part| part.state == State::NotApplicable) {
            let reason = parts.first().and_then(|part| part.reason.clone()).unwrap_or_default();
            out.skipped.push(SkippedQuestion { id, reason: format!("does not apply: {reason}") });
            continue;
        }
        let open = parts.iter().filter(|part| part.state != State::NotApplicable);
        if !decides && open.clone().all(|part| settled(part.basis) && part.state != State::Partly) {
            out.skipped.push(SkippedQuestion { id, reason: "already measured".to_owned() });
            continue;
        }
        if known.unknowing.contains_key(id.as_str()) {
            out.unknown.push(id);
            continue;
        }
        let settles = open.filter(|part| part.state == State::Unknown).count();
        out.open.push(OpenQuestion { id, settles });
    }
    // What decides which parts apply comes first; then what settles most.
    let first =
        |open: &OpenQuestion| catalog.question(&open.id).is_some_and(|it| it.sets.is_some());
    out.open.sort_by(|a, b| (first(b), b.settles, &a.id).cmp(&(first(a), a.settles, &b.id)));
    out
}

/// Questions whose answer decides something in scope: which parts apply, how many subjects are
/// expected, or whether another question is asked.
fn deciding<'a>(catalog: &'a Catalog, assessment: &Assessment) -> BTreeSet<&'a str> {
    let sets =
        |it: &&Question| it.sets.as_deref().is_some_and(|it| wanted(catalog, assessment, it));
    let mut deciding: BTreeSet<&str> =
        catalog.questions.iter().filter(sets).map(|it| it.id.as_str()).collect();
    let serves = |it: &Question| {
        it.parts().any(|part| assessment.sub_practice(&part.sub_practice).is_some())
    };
    // From the end of each chain of questions to its beginning.
    loop {
        let asked = |it: &&Question| serves(it) || deciding.contains(it.id.as_str());
        let conditions = catalog.questions.iter().filter(asked).filter_map(|it| it.ask_if.as_ref());
        let more: Vec<&str> =
            conditions.map(|it| it.question.as_str()).filter(|id| !deciding.contains(id)).collect();
        if more.is_empty() {
            return deciding;
        }
        deciding.extend(more);
    }
}

/// Whether an attribute decides anything in scope.
fn wanted(catalog: &Catalog, assessment: &Assessment, name: &str) -> bool {
    let by_schema = catalog.schemas.values().any(|schema| schema.expected == name);
    by_schema
        || catalog.sub_practices().any(|(_, sub)| {
            assessment.sub_practice(&sub.id).is_some()
                && sub.parts.iter().any(|part| {
                    part.applies
                        .as_ref()
                        .is_some_and(|it| it.paths().iter().any(|path| path == name))
                })
        })
}

fn not_asked(catalog: &Catalog, question: &Question, known: &Known<'_>) -> Option<String> {
    let condition = question.ask_if.as_ref()?;
    let earlier = catalog.question(&condition.question)?;
    match known.answers.get(earlier.id.as_str()).map(|said| &said.attestation.answer) {
        Some(Answer::One(id)) if condition.answers.contains(id) => None,
        Some(Answer::Several(ids)) if ids.iter().any(|id| condition.answers.contains(id)) => None,
        Some(Answer::One(id)) => {
            let text = earlier.answer(id).map_or(id.as_str(), |it| it.text.as_str());
            Some(format!("because of an earlier answer: {} {text}", earlier.ask))
        }
        Some(_) => Some(format!("because of an earlier answer: {}", earlier.ask)),
        None => Some(format!("asked after: {}", earlier.ask)),
    }
}

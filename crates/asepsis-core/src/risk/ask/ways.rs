//! The ways to know more of an action: questions that nobody has answered, and checks that have not seen
//! all they could.

use std::collections::BTreeSet;

use super::super::wanted::Wanted;
use crate::catalog::{Action, PartRef, Question};
use crate::engine::{Basis, CheckStanding, PartStanding, State};
use crate::statement::Answer;

/// What would tell more of an action, by id. None of either where all is known as well as it can be.
#[derive(Clone, Debug, Default)]
pub(super) struct Ways {
    pub(super) questions: Vec<String>,
    pub(super) checks: Vec<String>,
    /// How many looks decide the checks: one sees everything of one kind of subject.
    pub(super) looks: usize,
}

impl Ways {
    pub(super) fn of(wanted: &Wanted<'_>, action: &Action) -> Self {
        let part = |it: &PartRef| {
            let sub = wanted.assessment.sub_practice(&it.sub_practice)?;
            sub.parts.iter().find(|part| part.part == *it)
        };
        let parts: Vec<&PartStanding> = action
            .serves
            .iter()
            .filter_map(part)
            .filter(|part| part.state != State::NotApplicable)
            .collect();
        let unseen = parts.iter().filter(|it| !is_seen(it));
        let questions: BTreeSet<&str> = unseen.flat_map(|it| questions(wanted, it)).collect();
        let checks = parts.iter().flat_map(|it| &it.checks).filter(|it| is_open(wanted, it));
        let checks: BTreeSet<&str> = checks.map(|it| it.check.as_str()).collect();
        let kinds = checks.iter().filter_map(|it| wanted.catalog.check(it)).map(|it| &it.reads);
        let owned = |ids: &BTreeSet<&str>| ids.iter().map(|it| (*it).to_owned()).collect();
        Self {
            looks: kinds.collect::<BTreeSet<_>>().len(),
            questions: owned(&questions),
            checks: owned(&checks),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.questions.is_empty() && self.checks.is_empty()
    }
}

/// Looks have settled it, so that nobody needs to be asked.
fn is_seen(part: &PartStanding) -> bool {
    part.basis == Basis::Measured && part.state != State::Partly
}

/// A look could still say something, of subjects not seen or seen too long ago.
fn is_open(wanted: &Wanted<'_>, check: &CheckStanding) -> bool {
    let tally = wanted.assessment.tallies.get(&check.check).copied().unwrap_or_default();
    check.state == State::Unknown || tally.unknown + tally.unseen > 0
}

/// Questions about a part that nobody has answered and whose turn it is.
fn questions<'a>(wanted: &Wanted<'a>, part: &PartStanding) -> Vec<&'a str> {
    let all = wanted.catalog.index.questions(&part.part).iter();
    let all = all.filter_map(|at| wanted.catalog.questions.get(*at));
    let open = all.filter(|it| answer(wanted, &it.id).is_none() && is_asked(wanted, it));
    open.map(|it| it.id.as_str()).collect()
}

fn answer<'a>(wanted: &Wanted<'a>, question: &str) -> Option<&'a Answer> {
    let mut answers = wanted.assessment.answers.values();
    answers.find(|it| it.question == question).map(|it| &it.answer)
}

/// A question that depends on an earlier answer is asked only after it.
fn is_asked(wanted: &Wanted<'_>, question: &Question) -> bool {
    let Some(condition) = &question.ask_if else { return true };
    match answer(wanted, &condition.question) {
        Some(Answer::One(id)) => condition.answers.contains(id),
        Some(Answer::Several(ids)) => ids.iter().any(|it| condition.answers.contains(it)),
        Some(_) | None => false,
    }
}

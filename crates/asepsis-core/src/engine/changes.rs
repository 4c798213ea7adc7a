//! What is different between two assessments, as between last week and today.

use std::collections::BTreeMap;

use serde::Serialize;

use super::assessment::{Assessment, SubPracticeStanding};
use super::standing::{Basis, State};

/// What changed. Of what only the earlier assessment has, nothing is said: it left the scope.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Changes {
    /// Sub-practices in the order of the later assessment.
    pub sub_practices: Vec<Change>,
    /// Checks that serve something in scope, by id.
    pub checks: Vec<CheckChange>,
}

impl Changes {
    /// Whether nothing changed.
    pub const fn is_empty(&self) -> bool {
        self.sub_practices.is_empty() && self.checks.is_empty()
    }
}

/// A sub-practice that stands otherwise than before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// As printed, as in `1.S.A`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How it stood, and how we knew; unknown if it was not in scope.
    pub from: (State, Basis),
    /// How it stands, and how we know.
    pub to: (State, Basis),
    /// It is contradicted now and was not before.
    pub contradicted: bool,
}

/// A check that measures something else than before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CheckChange {
    /// The check's id.
    pub check: String,
    /// It is nearer to in place than before, or there.
    pub better: bool,
    /// What it measured; unknown if it served nothing in scope.
    pub before: State,
    /// What it measures.
    pub after: State,
}

/// What is different in `after`.
pub fn changes(before: &Assessment, after: &Assessment) -> Changes {
    let sub_practices = standings(after).filter_map(|is| {
        let was = before.sub_practice(&is.id);
        let from = was.map_or((State::Unknown, Basis::Nothing), |it| (it.state, it.basis));
        let to = (is.state, is.basis);
        let contradicted = is.contradicted && !was.is_some_and(|it| it.contradicted);
        let (id, title) = (is.id.clone(), is.title.clone());
        (from != to || contradicted).then_some(Change { id, title, from, to, contradicted })
    });
    let (was, is) = (measured(before), measured(after));
    let checks = is.into_iter().filter_map(|(check, after)| {
        let before = was.get(check).copied().unwrap_or(State::Unknown);
        let better = rank(after) > rank(before) || rank(after) == rank(State::InPlace);
        let check = check.to_owned();
        (before != after).then_some(CheckChange { check, better, before, after })
    });
    Changes { sub_practices: sub_practices.collect(), checks: checks.collect() }
}

fn standings(it: &Assessment) -> impl Iterator<Item = &SubPracticeStanding> {
    it.practices.iter().flat_map(|practice| &practice.sub_practices).chain(&it.apart)
}

/// What each check measures that serves something in scope.
fn measured(it: &Assessment) -> BTreeMap<&str, State> {
    let checks = standings(it).flat_map(|sub| &sub.parts).flat_map(|part| &part.checks);
    checks.map(|it| (it.check.as_str(), it.state)).collect()
}

/// How near to in place. To learn that something is not in place is no step forward, and no longer
/// to know is none either.
const fn rank(state: State) -> u8 {
    match state {
        State::Unknown | State::NotInPlace => 0,
        State::Partly => 1,
        State::InPlace | State::NotApplicable => 2,
    }
}

//! Things to do with what people said about them, held against what was seen since.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;

use super::assessment::Assessment;
use super::next::{EffortView, NextStep, next_steps};
use crate::action::ActionChange;
use crate::catalog::{Catalog, Check, Severity};
use crate::evidence::{Evidence, Record};
use crate::outcome::Outcome;
use crate::time::Timestamp;

/// One thing to do: how it stands, whose it is, and all that was said about it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ActionStanding {
    /// As a next step, where it is one.
    pub step: Option<NextStep>,
    /// The check that should pass.
    pub check: String,
    /// What will be so, in words.
    pub title: String,
    /// How much it matters.
    pub severity: Severity,
    /// What it takes.
    pub effort: EffortView,
    /// How it stands.
    pub state: ActionState,
    /// Random id of the person who does it.
    pub owner: Option<String>,
    /// By which day, as in `2026-12-01`.
    pub due: Option<String>,
    /// Somebody said that it will be done.
    pub planned: bool,
    /// The last ledger entry about it: who writes on knows with it what they have read.
    pub last_event: Option<u64>,
    /// What was said, oldest first.
    pub events: Vec<ActionEntry>,
}

/// One word about a thing to do, with its place in the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ActionEntry {
    /// Its ledger entry.
    pub seq: u64,
    /// Random id of the author.
    pub author: String,
    /// When it was said.
    pub at: Timestamp,
    /// What was said.
    pub change: ActionChange,
}

impl ActionStanding {
    /// A check of which nobody spoke, and that is no next step.
    pub fn silent(check: &Check, assessment: &Assessment) -> Self {
        stand(check, None, Vec::new(), assessment)
    }
}

/// How a thing to do stands: what was said, held against what was seen.
///
/// | fails that no waiver accepts | "done" was said | state |
/// |---|---|---|
/// | some | no | open |
/// | some, none seen after that | yes | said done |
/// | some, one seen after that | yes | not seen done |
/// | none, but accepted ones | either | accepted |
/// | none, passes everywhere, each pass seen after that | yes | verified |
/// | none, passes everywhere | no | in order |
/// | none, else | yes | said done |
/// | none, some not known | no | open |
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActionState {
    /// Not known to be in order, and nobody said that it is done.
    Open,
    /// Somebody said that it is done; no look has told yet.
    SaidDone,
    /// Somebody said that it is done, and a later look says no.
    NotSeenDone,
    /// Somebody said that it is done, and later looks say so too.
    Verified,
    /// It passes, or has no place here, without a word from anybody.
    InOrder,
    /// Every fail is accepted by a waiver.
    Accepted,
}

/// All next steps in their order, then the other checks that somebody spoke of, those with the
/// newest word first. What was said of checks that the catalog does not hold is left out.
pub fn actions(
    catalog: &Catalog,
    evidence: &[Evidence],
    assessment: &Assessment,
    as_of: Timestamp,
) -> Vec<ActionStanding> {
    let mut said = said(evidence, as_of);
    let mut all: Vec<ActionStanding> = next_steps(catalog, assessment)
        .into_iter()
        .filter_map(|step| {
            let check = catalog.check(&step.check)?;
            let events = said.remove(step.check.as_str()).unwrap_or_default();
            Some(stand(check, Some(step), events, assessment))
        })
        .collect();
    let mut others: Vec<ActionStanding> = said
        .into_iter()
        .filter_map(|(id, events)| Some(stand(catalog.check(id)?, None, events, assessment)))
        .collect();
    others.sort_by_key(|it| Reverse(it.events.last().map(|entry| (entry.at, entry.seq))));
    all.append(&mut others);
    all
}

/// What was said until a date, by check, oldest first.
fn said(evidence: &[Evidence], as_of: Timestamp) -> BTreeMap<&str, Vec<ActionEntry>> {
    let mut by_check: BTreeMap<&str, Vec<ActionEntry>> = BTreeMap::new();
    for entry in evidence {
        let Record::Action(it) = &entry.record else { continue };
        let at = it.at.min(entry.recorded_at);
        if at <= as_of {
            by_check.entry(&it.check).or_default().push(ActionEntry {
                seq: entry.seq,
                author: entry.author.clone(),
                at,
                change: it.event.clone(),
            });
        }
    }
    by_check.values_mut().for_each(|it| it.sort_by_key(|entry| (entry.at, entry.seq)));
    by_check
}

fn stand(
    check: &Check,
    step: Option<NextStep>,
    events: Vec<ActionEntry>,
    assessment: &Assessment,
) -> ActionStanding {
    let assigned = events.iter().rev().find_map(|entry| match &entry.change {
        ActionChange::Assigned { to, due } => Some((to.clone(), due.clone())),
        _ => None,
    });
    let (owner, due) = assigned.map_or((None, None), |(to, due)| (Some(to), due));
    ActionStanding {
        step,
        check: check.id.clone(),
        title: check.title.clone(),
        severity: check.severity,
        effort: (&check.effort).into(),
        state: state(check, done_at(&events), assessment),
        owner,
        due,
        planned: events.iter().any(|entry| entry.change == ActionChange::Planned),
        last_event: events.iter().map(|entry| entry.seq).max(),
        events,
    }
}

/// When "done" was last said, unless it was taken back. Of both at one moment the second thought
/// counts, whichever the ledger took first.
fn done_at(events: &[ActionEntry]) -> Option<Timestamp> {
    let newest = |is: fn(&ActionChange) -> bool| {
        events.iter().filter(|entry| is(&entry.change)).map(|entry| entry.at).max()
    };
    let done = newest(|it| matches!(it, ActionChange::Done { .. }))?;
    let reopened = newest(|it| matches!(it, ActionChange::Reopened { .. }));
    reopened.is_none_or(|at| at < done).then_some(done)
}

fn state(check: &Check, done: Option<Timestamp>, assessment: &Assessment) -> ActionState {
    let tally = assessment.tallies.get(&check.id).copied().unwrap_or_default();
    let seen = |outcome| assessment.findings_of(&check.id).filter(move |it| it.outcome == outcome);
    let mut fails = seen(Outcome::Fail).filter(|it| it.waived_by.is_none()).peekable();
    if fails.peek().is_some() {
        return match done {
            None => ActionState::Open,
            Some(done) if fails.any(|it| it.observed_at > Some(done)) => ActionState::NotSeenDone,
            Some(_) => ActionState::SaidDone,
        };
    }
    if tally.fail > 0 {
        return ActionState::Accepted;
    }
    if tally.applicable() == 0 && tally.not_applicable > 0 {
        return ActionState::InOrder;
    }
    let passes = tally.pass > 0 && tally.pass == tally.applicable();
    match done {
        None if passes => ActionState::InOrder,
        None => ActionState::Open,
        Some(done) if passes && seen(Outcome::Pass).all(|it| it.observed_at > Some(done)) => {
            ActionState::Verified
        }
        Some(_) => ActionState::SaidDone,
    }
}

//! The rules of aggregation, written down once: checks and answers → part → sub-practice → practice.
//!
//! | rule | reason |
//! |---|---|
//! | in place = every applicable one is | one missing control leaves the hole open |
//! | not in place = no known one is | half a control is not nothing, but no control is |
//! | unknown = none is known | no evidence is neither good nor bad news |
//! | else partly | |
//! | not applicable ones are left out; all of them = not applicable | what does not exist needs no guard |
//! | measured beats told | hands are checked by looking |
//! | told fills what was not measured, and shows as told | an answer is better than nothing |
//! | told ≠ measured raises `contradicted`, beside the measured state | shown first, never averaged |

use serde::Serialize;

use crate::catalog::Means;

/// The state of a part, a sub-practice or a practice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Nobody can tell yet.
    Unknown,
    /// No known part is in place.
    NotInPlace,
    /// Some is in place.
    Partly,
    /// Every applicable part is in place.
    InPlace,
    /// It has no place here.
    NotApplicable,
}

impl State {
    /// The word for people.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::NotInPlace => "not in place",
            Self::Partly => "partly",
            Self::InPlace => "in place",
            Self::NotApplicable => "does not apply",
        }
    }

    /// Whether somebody saw or said anything.
    pub const fn is_known(self) -> bool {
        !matches!(self, Self::Unknown)
    }
}

impl From<Means> for State {
    fn from(means: Means) -> Self {
        match means {
            Means::InPlace => Self::InPlace,
            Means::Partly => Self::Partly,
            Means::NotInPlace => Self::NotInPlace,
            Means::NotApplicable => Self::NotApplicable,
        }
    }
}

/// How we know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// Nobody saw or said anything.
    Nothing,
    /// People said so.
    Told,
    /// Some was seen, some was said.
    Both,
    /// It was seen.
    Measured,
}

impl Basis {
    /// What two sources are together.
    pub(super) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Nothing, it) | (it, Self::Nothing) => it,
            (a, b) if a == b => a,
            _ => Self::Both,
        }
    }
}

/// Many states as one, by the rules above.
pub(super) fn together(states: impl Iterator<Item = State>) -> State {
    let (mut all, mut none, mut known, mut any) = (true, true, false, false);
    let mut left_out = false;
    for state in states {
        if state == State::NotApplicable {
            left_out = true;
            continue;
        }
        any = true;
        all &= state == State::InPlace;
        known |= state.is_known();
        none &= !matches!(state, State::InPlace | State::Partly);
    }
    match (any, known) {
        (false, _) if left_out => State::NotApplicable,
        (false, _) | (true, false) => State::Unknown,
        (true, true) if all => State::InPlace,
        (true, true) if none => State::NotInPlace,
        (true, true) => State::Partly,
    }
}

/// What is measured and what is told about one part.
#[derive(Clone, Copy, Debug)]
pub(super) struct PartEvidence {
    /// What checks say together; `None` without checks or with nothing seen.
    pub(super) measured: State,
    /// Whether any check fails on any subject.
    pub(super) any_fail: bool,
    /// What answers say together.
    pub(super) told: State,
}

/// A part's state, how we know, and whether told and measured disagree.
pub(super) fn settle(it: PartEvidence) -> (State, Basis, bool) {
    let contradicted = match it.told {
        State::InPlace => it.any_fail,
        State::NotInPlace => it.measured == State::InPlace,
        _ => false,
    };
    let (state, basis) = match (it.measured, it.told) {
        (State::Unknown, State::Unknown) => (State::Unknown, Basis::Nothing),
        (State::Unknown, told) => (told, Basis::Told),
        // Those seen are fine, those unseen are vouched for.
        (State::Partly, State::InPlace) if !it.any_fail => (State::InPlace, Basis::Both),
        (measured, _) => (measured, Basis::Measured),
    };
    (state, basis, contradicted)
}

//! A check over its expected subjects: from a tally to a state.

use serde::Serialize;

use super::standing::State;
use crate::catalog::Check;
use crate::outcome::Outcome;

/// How many subjects had which outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// It holds.
    pub pass: usize,
    /// It does not.
    pub fail: usize,
    /// It has no place there.
    pub not_applicable: usize,
    /// Looked at, or named, but not known.
    pub unknown: usize,
    /// Expected by number, never looked at.
    pub unseen: usize,
    /// Whether the organization said how many there are.
    pub expected_known: bool,
}

impl Tally {
    pub(super) fn add(&mut self, outcome: Outcome) {
        *match outcome {
            Outcome::Pass => &mut self.pass,
            Outcome::Fail => &mut self.fail,
            Outcome::NotApplicable => &mut self.not_applicable,
            Outcome::Unknown => &mut self.unknown,
        } += 1;
    }

    /// Subjects to which the check applies, seen or not.
    pub const fn applicable(&self) -> usize {
        self.pass + self.fail + self.unknown + self.unseen
    }

    /// The state that this tally measures.
    ///
    /// | tally | state | why |
    /// |---|---|---|
    /// | enough pass, number of subjects known | in place | the whole fleet was looked at |
    /// | enough pass, number not known | partly | those seen are not all there are |
    /// | some pass | partly | |
    /// | none pass, some fail | not in place | no known subject has it |
    /// | only not applicable, number known | not applicable | |
    /// | nothing known | unknown | unknown is not fail, and not pass |
    ///
    /// Unseen and unknown subjects stay in the denominator, so they never make a pass.
    pub(super) fn state(&self, check: &Check) -> State {
        let applicable = self.applicable();
        if applicable == 0 {
            // Of an unknown number, those seen do not speak for the rest.
            let all_seen = self.not_applicable > 0 && self.expected_known;
            return if all_seen { State::NotApplicable } else { State::Unknown };
        }
        let required = check.share.as_ref().map_or(1.0, |share| share.required);
        // Rounded up: 95 % of 10 computers are 10 computers.
        let needed = (required * applicable as f64 - 1e-9).ceil() as usize;
        match (self.pass, self.fail) {
            (pass, _) if pass >= needed.max(1) => {
                if self.expected_known {
                    State::InPlace
                } else {
                    State::Partly
                }
            }
            (1.., _) => State::Partly,
            (0, 1..) => State::NotInPlace,
            (0, 0) => State::Unknown,
        }
    }
}

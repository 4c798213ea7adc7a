//! From evidence to an assessment: pure, for any date, the same bytes every time.
//!
//! ```text
//! evidence ─ known ──► looks, answers, attributes        (what counts at `as_of`)
//!          ─ verdict ► one check on one fact             (pass, fail, not applicable, unknown)
//!          ─ findings ► every check on every subject
//!          ─ measure ─► a check over its expected subjects
//!          ─ standing ► parts, sub-practices, practices   (rules: `standing.rs`, written down once)
//! ```

pub mod access;
mod actions;
mod assessment;
mod changes;
mod contradict;
mod evaluate;
mod expiring;
mod faded;
mod findings;
mod interview;
mod known;
mod looks;
mod measure;
mod next;
mod size;
mod standing;
mod verdict;

pub use actions::{ActionEntry, ActionStanding, ActionState, actions};
pub use assessment::{
    AnswerInForce, Assessment, CheckStanding, Contradiction, PartStanding, PracticeStanding,
    SubPracticeStanding,
};
pub use changes::{Change, Changes, CheckChange, changes};
pub use evaluate::{Input, evaluate};
pub use expiring::{Expires, Expiring, expiring};
pub use faded::{Faded, faded};
pub use findings::{Finding, WaiverUse};
pub use interview::{Interview, OpenQuestion, SkippedQuestion, interview};
pub use looks::{Files, Look, Looks, number};
pub use measure::Tally;
pub use next::{EffortView, NextStep, next_steps};
pub use size::{SizeBasis, classify};
pub use standing::{Basis, State};
pub use verdict::judge;

#[cfg(test)]
mod tests;

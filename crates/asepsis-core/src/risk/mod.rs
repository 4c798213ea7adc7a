//! Which threat first, and what to do with so many dollars and hours: pure, and without scores.
//!
//! ```text
//! priors ─┐
//! actions ─┼─ model ──► exposure  (expected events, dollars, days of care: exact)
//! assessment ─┘   │
//!                 ├──► terms ──► plan      (what to do, under a budget: with a proof or the gap)
//!                 └──► worlds ─► curve, ranges, confidence   (simulation, where no formula exists)
//! ```

mod ask;
mod changes;
mod choice;
mod confidence;
mod control;
mod coverage;
mod exposure;
mod figure;
mod flip;
mod input;
mod loss;
mod model;
pub mod number;
mod numbers;
mod outlook;
pub mod plan;
mod proposal;
mod register;
mod residual;
pub mod simulate;
mod study;
mod terms;
mod tornado;
mod wanted;
mod worlds;

pub use ask::{Ask, Asks, asks};
pub use changes::{Because, Change, Moved};
pub use confidence::{Mark, Sureness, confidence};
pub use control::{Control, ControlEffect, Work};
pub use coverage::{when_done, with_cases};
pub use exposure::{Means, means};
pub use figure::{Figure, Grounds, rounded};
pub use flip::{Flip, flip};
pub use input::InDoubt;
pub use loss::mean_loss;
pub use model::{LossModel, Model, ModelInput, NoPriors, ThreatModel};
pub use outlook::{ActionValue, BEST, Exposure, Outlook, Together};
pub use proposal::{Horizon, LeftOut, Pick, Proposal, Reason, Why};
pub use register::{Band, GapLine, Register, ThreatLine, Treatment};
pub use study::Study;
pub use terms::{LossTerms, terms};
pub use tornado::{Swing, tornado};
pub use wanted::{Limits, Wanted};
pub use worlds::{ControlWorld, ThreatWorld, WORLDS, World, worlds};

#[cfg(test)]
mod tests;

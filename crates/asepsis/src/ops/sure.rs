//! What takes longer to work out than the plan itself: how sure it is, what moves it, what to ask next.
//! Worked out once for a book, when somebody asks.

use asepsis_core::catalog::Catalog;
use asepsis_core::engine::Assessment;
use asepsis_core::risk::{Asks, Flip, Sureness, Swing, asks, confidence, flip, tornado};

use super::risk::RiskView;

/// How sure the plan under the usual limits is.
#[derive(Debug)]
pub struct Sure {
    /// How sure each action is.
    pub actions: Vec<Sureness>,
    /// The doubts that move the expected loss most.
    pub swings: Vec<Swing>,
    /// The smallest move of one number after which another action comes first.
    pub flip: Option<Flip>,
    /// What to find out next.
    pub asks: Asks,
}

impl Sure {
    /// Works it out: a second or so, for a hospital more.
    pub fn of(catalog: &Catalog, assessment: &Assessment, risk: &RiskView) -> Self {
        let wanted = risk.wanted(catalog, assessment, risk.limits);
        Self {
            actions: confidence(&wanted),
            swings: tornado(catalog, &risk.study),
            flip: flip(catalog, &risk.study, &risk.proposal),
            asks: asks(&wanted),
        }
    }

    /// How sure one action is.
    pub fn action(&self, id: &str) -> Option<&Sureness> {
        self.actions.iter().find(|it| it.action == id)
    }
}

//! What the plan's page and its document are made from.

use asepsis_core::risk::Proposal;

use crate::ops::{Assessed, Further, RiskView};

/// Everything that the page and the document show.
pub(crate) struct View<'a> {
    pub(crate) assessed: &'a Assessed<'a>,
    pub(crate) risk: &'a RiskView,
    pub(crate) plan: &'a Proposal,
    pub(crate) further: &'a Further,
    pub(crate) from: From,
}

/// Where the limits come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum From {
    /// They were typed.
    Asked,
    /// The plan that was taken last.
    PlanTaken,
    /// Nobody said any.
    Assumed,
}

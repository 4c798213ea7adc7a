//! What a plan is made from: the study, what people decided, what may be spent.

use std::collections::BTreeMap;

use serde::Serialize;

use super::study::Study;
use crate::catalog::Catalog;
use crate::decision::{Decision, PlanTaken};
use crate::engine::Assessment;

/// What may be spent.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Limits {
    /// US dollars in the first year.
    pub dollars: f64,
    /// Hours of anybody's work in a month.
    pub hours: f64,
}

impl Default for Limits {
    /// What is proposed to somebody who has said nothing: our judgment of what a small practice can do.
    fn default() -> Self {
        Self { dollars: 2_000.0, hours: 4.0 }
    }
}

/// What a proposal is made from.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The catalog with its actions.
    pub catalog: &'a Catalog,
    /// The model, worked out.
    pub study: &'a Study,
    /// How the organization stands.
    pub assessment: &'a Assessment,
    /// What people decided, in force, by action.
    pub decisions: &'a BTreeMap<String, (u64, Decision)>,
    /// What may be spent.
    pub limits: Limits,
    /// The HIPAA Security Rule applies.
    pub law: bool,
    /// The plan that was taken last, with its ledger entry.
    pub parent: Option<&'a (u64, PlanTaken)>,
}

//! What all that the law asks for would take, where a plan has no room for it. Makes no plan.

use std::collections::BTreeSet;

use asepsis_core::catalog::{Catalog, Range};
use asepsis_core::risk::{Proposal, Why};

use super::RiskView;

/// Months of the plan's year.
const MONTHS: f64 = 12.0;

/// The work of everything that the law asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LawWork {
    /// Hours in the first year, of what is done once and of what returns each month.
    pub hours: Range,
    /// The same for each month of it.
    pub monthly: Range,
}

impl RiskView {
    /// What all open actions that the law asks for would take, with what they need first; `None` where the
    /// plan holds all of them. What somebody put off, accepted or said to be done is not counted.
    #[must_use]
    pub fn law_work(&self, catalog: &Catalog, plan: &Proposal) -> Option<LawWork> {
        if !plan.left.iter().any(|it| matches!(it.why, Why::LawNoRoom(_))) {
            return None;
        }
        let decided = |id: &str| {
            let of = plan.left.iter().find(|it| it.action == id).map(|it| &it.why);
            matches!(of, Some(Why::Accepted { .. } | Why::Postponed { .. } | Why::SaidDone { .. }))
        };
        let asked = catalog.actions.iter().filter(|it| !it.law.is_empty());
        let mut waiting: Vec<&str> = asked.map(|it| it.id.as_str()).collect();
        let (mut seen, mut hours) = (BTreeSet::new(), Range::default());
        while let Some(id) = waiting.pop() {
            let control = self.study.model.controls.iter().find(|it| it.action == id);
            let Some(control) = control.filter(|it| it.is_open() && !decided(id)) else { continue };
            if !seen.insert(id) {
                continue;
            }
            let work = control.work;
            hours = hours.plus(work.hours).plus(work.monthly.times(MONTHS - 1.0));
            let needs = catalog.action(id).map_or(&[][..], |it| it.requires.as_slice());
            waiting.extend(needs.iter().map(String::as_str));
        }
        Some(LawWork { hours, monthly: hours.times(1.0 / MONTHS) })
    }
}

//! The risk analysis as a table, as an auditor expects it (45 CFR 164.308(a)(1)(ii)(A)): threat, what lets
//! it in, likelihood, impact, level, treatment. The words low, medium and high are read off the figures;
//! nothing is computed from the words. A level comes from the product, not from a cell of a matrix.

use serde::Serialize;

use super::exposure::Means;
use super::figure::Figure;
use super::outlook::{ActionValue, Exposure, Outlook, range};
use super::proposal::{Proposal, Why};
use super::study::Study;
use crate::catalog::{Bands, Catalog, PartRef};
use crate::engine::{Assessment, State};

/// The table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Register {
    /// US dollars a year against which impact and level are held.
    pub revenue: f64,
    /// Somebody said the revenue; else it is assumed by size.
    pub revenue_known: bool,
    /// One for each threat that can happen here, in the catalog's order.
    pub threats: Vec<ThreatLine>,
    /// One for each gap and each threat that it lets in: by threat, the greatest first.
    pub gaps: Vec<GapLine>,
}

/// One threat.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ThreatLine {
    /// `T1` to `T5`.
    pub threat: String,
    /// Chance of one or more events in a year.
    pub likelihood: Figure,
    /// The likelihood in a word.
    pub likelihood_band: Band,
    /// US dollars of an event, on average.
    pub impact: Figure,
    /// The impact in a word.
    pub impact_band: Band,
    /// US dollars in a year.
    pub level: Figure,
    /// The level in a word.
    pub level_band: Band,
}

/// One gap.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GapLine {
    /// `T1` to `T5`.
    pub threat: String,
    /// Number of the practice whose assets it is about.
    pub practice: u8,
    /// The parts that are not known to be in place.
    pub parts: Vec<PartRef>,
    /// The action that closes it.
    pub action: String,
    /// US dollars a year that it adds.
    pub level: Figure,
    /// The level in a word.
    pub level_band: Band,
    /// What is done about it.
    pub treatment: Treatment,
}

/// A word for print.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Band {
    /// Below the first mark.
    Low,
    /// Between the marks.
    Medium,
    /// At the second mark or above.
    High,
}

impl Band {
    fn of(value: f64, [medium, high]: [f64; 2]) -> Self {
        if value >= high {
            Self::High
        } else if value >= medium {
            Self::Medium
        } else {
            Self::Low
        }
    }

    /// The word as in data and on screen.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// What is done about a gap.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Treatment {
    /// It is closed, beginning in this month of the plan.
    Planned {
        /// From 1.
        month: u32,
        /// Random id of the person who does it.
        #[serde(skip_serializing_if = "Option::is_none")]
        to: Option<String>,
        /// By which day.
        #[serde(skip_serializing_if = "Option::is_none")]
        due: Option<String>,
    },
    /// It is left open for a reason.
    Left(Why),
}

impl Register {
    /// The table of a study with its plan; `None` where the catalog has no priors.
    pub fn of(
        catalog: &Catalog,
        assessment: &Assessment,
        study: &Study,
        outlook: &Outlook,
        proposal: &Proposal,
    ) -> Option<Self> {
        let bands = &catalog.priors.as_ref()?.bands;
        let revenue = study.model.revenue;
        let exposures = outlook.threats.iter().filter(|it| it.applies);
        let threats = exposures.map(|it| threat_line(it, study, bands, revenue)).collect();
        let mut gaps: Vec<GapLine> = outlook
            .actions
            .iter()
            .flat_map(|it| gap_lines(catalog, assessment, proposal, it, bands, revenue))
            .collect();
        gaps.sort_by(|a, b| {
            let by_level = b.level.value.total_cmp(&a.level.value);
            a.threat.cmp(&b.threat).then(by_level).then_with(|| a.action.cmp(&b.action))
        });
        Some(Self { revenue, revenue_known: study.model.revenue_known, threats, gaps })
    }
}

fn threat_line(it: &Exposure, study: &Study, bands: &Bands, revenue: f64) -> ThreatLine {
    // In each world frequency and loss are known, and so is the cost of an event.
    let at = study.model.threats.iter().position(|threat| threat.id == it.threat);
    let of = |means: &[Means]| {
        let means = at.and_then(|at| means.get(at)).filter(|it| it.events > 0.0);
        means.map(|it| it.loss / it.events)
    };
    let each = range(study.means_in.iter().filter_map(|it| of(it)));
    let impact =
        Figure { value: super::rounded(of(&study.means).unwrap_or_default()), ..it.loss.clone() }
            .within(each);
    ThreatLine {
        threat: it.threat.clone(),
        likelihood_band: Band::of(it.chance.value, bands.likelihood),
        likelihood: it.chance.clone(),
        impact_band: Band::of(impact.value / revenue, bands.impact),
        impact,
        level_band: Band::of(it.loss.value / revenue, bands.level),
        level: it.loss.clone(),
    }
}

/// One line for each threat that a gap lets in.
fn gap_lines(
    catalog: &Catalog,
    assessment: &Assessment,
    proposal: &Proposal,
    value: &ActionValue,
    bands: &Bands,
    revenue: f64,
) -> Vec<GapLine> {
    let Some(action) = catalog.action(&value.action) else { return Vec::new() };
    let open = |reference: &&PartRef| {
        let sub = assessment.sub_practice(&reference.sub_practice);
        let part = sub.and_then(|it| it.parts.iter().find(|part| part.part == **reference));
        part.is_some_and(|it| !matches!(it.state, State::InPlace | State::NotApplicable))
    };
    let parts: Vec<PartRef> = action.serves.iter().filter(open).cloned().collect();
    let practice = parts.first().and_then(|it| catalog.sub_practice(&it.sub_practice));
    let practice = practice.map_or(0, |(practice, _)| practice.number);
    let treatment = treatment(proposal, &value.action);
    let lines = value.by_threat.iter().map(|(threat, level)| GapLine {
        threat: threat.clone(),
        practice,
        parts: parts.clone(),
        action: value.action.clone(),
        level_band: Band::of(level.value / revenue, bands.level),
        level: level.clone(),
        treatment: treatment.clone(),
    });
    lines.collect()
}

fn treatment(proposal: &Proposal, action: &str) -> Treatment {
    if let Some(it) = proposal.picks.iter().find(|it| it.action == action) {
        return Treatment::Planned { month: it.begins, to: it.to.clone(), due: it.due.clone() };
    }
    let left = proposal.left.iter().find(|it| it.action == action);
    Treatment::Left(left.map_or(Why::NoFigure, |it| it.why.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_begin_at_their_marks() {
        let marks = [0.01, 0.1];
        assert_eq!(Band::of(0.009, marks), Band::Low);
        assert_eq!(Band::of(0.01, marks), Band::Medium);
        assert_eq!(Band::of(0.1, marks), Band::High);
    }
}

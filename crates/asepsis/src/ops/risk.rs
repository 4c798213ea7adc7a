//! Threats in figures and the plan: read off the evidence for every face. Records nothing.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use asepsis_core::catalog::Catalog;
use asepsis_core::decision::{Decision, LossHistory, PlanTaken, in_force};
use asepsis_core::engine::{Assessment, Input, NextStep, faded};
use asepsis_core::evidence::{Evidence, Record};
use asepsis_core::organization::{Organization, Sector};
use asepsis_core::risk::simulate::{Amount, Curves, curves};
use asepsis_core::risk::{
    Asks, Flip, Limits, Model, ModelInput, NoPriors, Outlook, Proposal, Study, Sureness, Swing,
    WORLDS, Wanted, asks, confidence, flip, terms, tornado,
};
use asepsis_core::time::Timestamp;

use super::moment::{day, zone};
use super::plan::limits;

/// Hours that anything takes at least, when what it avoids is told for an hour.
const LEAST_HOURS: f64 = 0.1;

/// What the figures are read off: one standing, and the evidence it was made from.
#[derive(Clone, Copy, Debug)]
pub struct Standing<'a> {
    /// The catalog it was made with.
    pub catalog: &'a Catalog,
    /// The evidence it was made from.
    pub evidence: &'a [Evidence],
    /// The standing.
    pub assessment: &'a Assessment,
    /// The organization's record.
    pub organization: &'a Organization,
}

/// Everything about threats and the plan that faces show.
#[derive(Debug)]
pub struct RiskView {
    /// The model, worked out: the plan for other limits is read off it.
    pub study: Study,
    /// The five threats in figures, and what each action is worth.
    pub outlook: Outlook,
    /// The plan under `limits`.
    pub proposal: Proposal,
    /// The limits of the plan that was taken last, else what is proposed to somebody who said nothing.
    pub limits: Limits,
    /// The HIPAA Security Rule applies.
    pub law: bool,
    /// The plan that was taken last, with its ledger entry.
    pub parent: Option<(u64, PlanTaken)>,
    /// The decision in force on each action, with its ledger entry.
    pub decisions: BTreeMap<String, (u64, Decision)>,
    /// Everything that was ever decided on each action, the oldest first.
    pub log: BTreeMap<String, Vec<DecisionEntry>>,
    /// What the organization remembers of its losses, with its ledger entry.
    pub history: Option<(u64, LossHistory)>,
    further: OnceLock<Further>,
    curves: OnceLock<Curves>,
}

/// What takes longer to work out than a plan: how sure it is, what it hangs on, what to find out.
#[derive(Clone, Debug)]
pub struct Further {
    /// How sure each open action is.
    pub sureness: Vec<Sureness>,
    /// What to find out next.
    pub asks: Asks,
    /// The doubts that move the expected loss most.
    pub swings: Vec<Swing>,
    /// What would change which action comes first.
    pub flip: Option<Flip>,
}

/// One decision as it was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecisionEntry {
    /// Its ledger entry.
    pub seq: u64,
    /// Random id of whoever decided.
    pub author: String,
    /// The decision.
    pub decision: Decision,
}

impl Further {
    /// How sure one action is.
    pub fn action(&self, id: &str) -> Option<&Sureness> {
        self.sureness.iter().find(|it| it.action == id)
    }
}

impl RiskView {
    /// Works out the model of a standing and the plan under its limits. A tenth of a second for a small
    /// organization, so once for many pages.
    pub fn of(standing: &Standing<'_>) -> Result<Self, NoPriors> {
        Self::with_worlds(standing, WORLDS)
    }

    /// The same with another number of plausible worlds.
    pub fn with_worlds(standing: &Standing<'_>, worlds: usize) -> Result<Self, NoPriors> {
        let told = Told::of(standing);
        let model = model(standing, told.history.as_ref().map(|(_, it)| it))?;
        let study = Study::of(model, worlds);
        let outlook = Outlook::of(standing.catalog, &study);
        let limits = told
            .parent
            .as_ref()
            .map_or_else(Limits::default, |(_, it)| Limits { dollars: it.budget, hours: it.hours });
        let law = standing.organization.sector == Sector::HealthCare;
        let wanted = Wanted {
            catalog: standing.catalog,
            study: &study,
            assessment: standing.assessment,
            decisions: &told.decisions,
            limits,
            law,
            parent: told.parent.as_ref(),
        };
        let proposal = Proposal::of(&wanted);
        let Told { parent, decisions, log, history } = told;
        let (further, curves) = (OnceLock::new(), OnceLock::new());
        Ok(Self {
            study,
            outlook,
            proposal,
            limits,
            law,
            parent,
            decisions,
            log,
            history,
            further,
            curves,
        })
    }

    /// What takes longer, for the view's own plan: worked out when it is first asked for, then kept.
    pub fn further(&self, catalog: &Catalog, assessment: &Assessment) -> &Further {
        self.further.get_or_init(|| self.further_for(catalog, assessment, &self.proposal))
    }

    /// What takes longer, if it was asked for before.
    pub fn known_further(&self) -> Option<&Further> {
        self.further.get()
    }

    /// What takes longer, for a plan under other limits.
    pub fn further_for(
        &self,
        catalog: &Catalog,
        assessment: &Assessment,
        plan: &Proposal,
    ) -> Further {
        let wanted = self.wanted(catalog, assessment, plan.limits);
        Further {
            sureness: confidence(&wanted),
            asks: asks(&wanted),
            swings: tornado(catalog, &self.study),
            flip: flip(&wanted),
        }
    }

    /// What a year may cost, now and after the view's own plan: worked out when it is first asked for,
    /// then kept.
    pub fn curves(&self) -> &Curves {
        self.curves.get_or_init(|| self.curves_for(&self.proposal))
    }

    /// What a year may cost, now and after a plan.
    pub fn curves_for(&self, plan: &Proposal) -> Curves {
        let done = plan.picks.iter().filter_map(|it| self.study.model.control(&it.action));
        let done: Vec<u16> = done.filter_map(|it| u16::try_from(it).ok()).collect();
        curves(&self.study, &done, Amount::QUICK)
    }

    /// What a plan under these limits is made from.
    pub fn wanted<'a>(
        &'a self,
        catalog: &'a Catalog,
        assessment: &'a Assessment,
        limits: Limits,
    ) -> Wanted<'a> {
        Wanted {
            catalog,
            study: &self.study,
            assessment,
            decisions: &self.decisions,
            limits,
            law: self.law,
            parent: self.parent.as_ref(),
        }
    }

    /// The plan under other limits.
    pub fn proposal_for(
        &self,
        catalog: &Catalog,
        assessment: &Assessment,
        limits: Limits,
    ) -> Proposal {
        if limits == self.limits {
            return self.proposal.clone();
        }
        Proposal::of(&self.wanted(catalog, assessment, limits))
    }

    /// A plan as it is kept when somebody takes it: made by this view for this standing.
    pub fn taken(
        &self,
        catalog: &Catalog,
        assessment: &Assessment,
        plan: &Proposal,
        at: Timestamp,
    ) -> PlanTaken {
        plan.taken(&self.wanted(catalog, assessment, plan.limits), at)
    }
}

/// The model of a standing.
fn model(standing: &Standing<'_>, history: Option<&LossHistory>) -> Result<Model, NoPriors> {
    let Standing { catalog, evidence, assessment, organization } = *standing;
    let half_life = catalog.priors.as_ref().map_or(1.0, |it| it.evidence.half_life_days);
    let (ledger_size, as_of) = (assessment.ledger_size, assessment.as_of);
    let input = Input { catalog, evidence, ledger_size, as_of };
    Model::of(&ModelInput {
        catalog,
        assessment,
        faded: &faded(&input, assessment, half_life),
        history,
        revenue: organization.revenue.map(|it| it as f64),
    })
}

/// Puts failing checks in the order of what their actions avoid for an hour of work; those of which
/// nothing is known in figures stay behind, worst first, as they come.
pub(super) fn by_worth(standing: &Standing<'_>, mut next: Vec<NextStep>) -> Vec<NextStep> {
    if next.len() < 2 {
        return next;
    }
    let told = Told::of(standing);
    let Ok(model) = model(standing, told.history.as_ref().map(|(_, it)| it)) else { return next };
    let terms = terms(&model);
    let mut worth: BTreeMap<&str, f64> = BTreeMap::new();
    for (at, control) in (0..).zip(&model.controls) {
        let for_an_hour = terms.avoided(&[at]) / (control.work.hours.likely + LEAST_HOURS);
        for check in &control.failing {
            let it = worth.entry(check).or_default();
            *it = it.max(for_an_hour);
        }
    }
    let of = |step: &NextStep| worth.get(step.check.as_str()).copied().unwrap_or_default();
    next.sort_by(|a, b| of(b).total_cmp(&of(a)));
    next
}

/// What people decided and remember, as recorded until the moment of the standing.
struct Told {
    parent: Option<(u64, PlanTaken)>,
    decisions: BTreeMap<String, (u64, Decision)>,
    log: BTreeMap<String, Vec<DecisionEntry>>,
    history: Option<(u64, LossHistory)>,
}

impl Told {
    fn of(standing: &Standing<'_>) -> Self {
        let as_of = standing.assessment.as_of;
        let (mut parent, mut history) = (None, None);
        let mut log: BTreeMap<String, Vec<DecisionEntry>> = BTreeMap::new();
        for entry in standing.evidence.iter().filter(|it| it.recorded_at <= as_of) {
            match &entry.record {
                // Entries may have been written by another program: what cannot be is passed over.
                Record::Plan(it) if limits(it.budget, it.hours).is_ok() => {
                    parent = Some((entry.seq, it.clone()));
                }
                Record::History(it) if it.is_sound() => history = Some((entry.seq, it.clone())),
                Record::Decision(it) => {
                    log.entry(it.action.clone()).or_default().push(DecisionEntry {
                        seq: entry.seq,
                        author: entry.author.clone(),
                        decision: it.clone(),
                    });
                }
                _ => {}
            }
        }
        let today = today(as_of, standing.organization);
        let all = log.values().flatten().map(|it| (it.seq, &it.decision));
        let decisions = in_force(all, &today).into_iter();
        let decisions = decisions.map(|(id, (seq, it))| (id.to_owned(), (seq, it.clone())));
        Self { parent, decisions: decisions.collect(), log, history }
    }
}

/// The day of a moment where the organization is.
pub(super) fn today(at: Timestamp, organization: &Organization) -> String {
    day(at, &zone(&organization.zone))
}

//! A proposal: what to do with so many dollars and hours. Chosen by the planner, said in figures.

use std::collections::BTreeMap;

use serde::Serialize;

use super::changes::{Change, changes};
use super::choice::{Choice, NODES};
use super::figure::{Figure, Grounds, rounded};
use super::outlook::{grounds, range};
use super::plan::{self, Best, MONTHS, Year};
use super::wanted::{Limits, Wanted};
use crate::catalog::{Law, Range};
use crate::decision::{Decided, Decision, PlanTaken, PlannedItem};
use crate::time::Timestamp;

/// What to do with so many dollars and hours.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Proposal {
    /// What may be spent.
    pub limits: Limits,
    /// The first month of the plan.
    pub month: Horizon,
    /// Its first three months.
    pub quarter: Horizon,
    /// All of it.
    pub year: Horizon,
    /// What is done, in the order in which it begins.
    pub picks: Vec<Pick>,
    /// What is left to do and is not done within the year.
    pub left: Vec<LeftOut>,
    /// No better plan fits.
    pub proved: bool,
    /// Where it is not proved: no plan is better by more than this share of what it avoids.
    pub gap: f64,
    /// The parent's ledger entry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<u64>,
    /// What is different from the parent.
    pub changes: Vec<Change>,
}

/// All that is done until some month.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Horizon {
    /// Months from now.
    pub months: u32,
    /// Ids of the actions that begin by then, in the order in which they do.
    pub actions: Vec<String>,
    /// Ids of those that are finished by then.
    pub finished: Vec<String>,
    /// US dollars a year that the finished ones avoid together.
    pub avoided: Figure,
    /// US dollars a year that are still expected to be lost then.
    pub remaining: Figure,
    /// Hours of the actions that begin by then, with their upkeep until then.
    pub hours: Range,
    /// US dollars of the first year for the actions that begin by then.
    pub dollars: Range,
}

/// One action in the plan.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pick {
    /// The action's id.
    pub action: String,
    /// The month in which it begins, from 1.
    pub begins: u32,
    /// The month in which it ends.
    pub ends: u32,
    /// Why it is in the plan.
    pub reason: Reason,
    /// US dollars a year that it avoids on top of what begins before it.
    pub adds: Figure,
    /// Hours, once.
    pub hours: Range,
    /// Hours in each month from then on.
    pub monthly: Range,
    /// US dollars, once.
    pub first: Range,
    /// US dollars in each year.
    pub yearly: Range,
    /// Somebody has taken it on: random id of the person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// By which day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// Somebody said that it is done, and a later look says no.
    pub not_seen_done: bool,
}

/// Why an action is in the plan.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// It avoids more than it costs.
    Worth,
    /// The law requires it.
    Law(Vec<Law>),
    /// Somebody chose it.
    Chosen,
    /// Something that is in the plan needs it first.
    Needed(Vec<String>),
}

/// One action that is left out.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LeftOut {
    /// The action's id.
    pub action: String,
    /// Why.
    pub why: Why,
}

/// Why an action is left out.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// The law requires it, and there is no room: it is the first to come when there is.
    LawNoRoom(Vec<Law>),
    /// It costs more than it avoids.
    CostsMore,
    /// It would be worth it; the hours or the dollars go further elsewhere.
    NoRoom,
    /// It avoids nothing that can be put in figures.
    NoFigure,
    /// Somebody accepted the gap.
    Accepted {
        /// Why.
        reason: String,
        /// Until which day.
        until: String,
    },
    /// Somebody put it off.
    Postponed {
        /// Why.
        reason: String,
        /// Until which day.
        until: String,
    },
    /// Somebody said that it is done; looks and answers will tell.
    SaidDone {
        /// When.
        at: Timestamp,
    },
}

impl Proposal {
    /// The best plan under limits.
    pub fn of(wanted: &Wanted<'_>) -> Self {
        Maker::new(wanted).proposal()
    }

    /// The proposal as it is kept when somebody takes it.
    pub fn taken(&self, wanted: &Wanted<'_>, at: Timestamp) -> PlanTaken {
        let mut items = snapshot(wanted);
        for pick in &self.picks {
            if let Some(item) = items.get_mut(&pick.action) {
                item.month = Some(pick.begins);
            }
        }
        PlanTaken {
            budget: self.limits.dollars,
            hours: self.limits.hours,
            catalog: wanted.catalog.hash,
            priors: wanted.catalog.priors.as_ref().map_or(0, |it| it.version),
            items,
            at,
        }
    }
}

/// How far a plan may be from the best, as a share of what it avoids; 1 where that is nothing.
fn gap(plan: &Best) -> f64 {
    let more = plan.upper - plan.value;
    if plan.proved || more <= 0.0 {
        0.0
    } else if plan.avoided > 0.0 {
        rounded(more / plan.avoided)
    } else {
        1.0
    }
}

/// What every open action looks like now, none of them in a month yet.
fn snapshot(wanted: &Wanted<'_>) -> BTreeMap<String, PlannedItem> {
    let model = &wanted.study.model;
    let open = model.controls.iter().enumerate().filter(|(_, it)| it.is_open());
    open.map(|(at, it)| {
        let alone = u16::try_from(at).map_or(0.0, |at| wanted.study.terms.avoided(&[at]));
        let item = PlannedItem {
            month: None,
            coverage: rounded(it.coverage.mean()),
            value: rounded(alone),
            hours: rounded(it.work.hours.likely),
            dollars: rounded(it.work.first_year()),
            failing: it.failing.clone(),
        };
        (it.action.clone(), item)
    })
    .collect()
}

/// Where an action stands in the plan's calendar.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    begins: u32,
    ends: u32,
}

struct Maker<'a> {
    wanted: &'a Wanted<'a>,
    choice: Choice,
    year: Year,
    slots: BTreeMap<u16, Slot>,
}

impl<'a> Maker<'a> {
    fn new(wanted: &'a Wanted<'a>) -> Self {
        let choice = Choice::of(wanted);
        let problem = choice.problem(&wanted.study.terms);
        let Limits { dollars, hours } = wanted.limits;
        let year = plan::year(&problem, hours, dollars, NODES);
        let mut slots: BTreeMap<u16, Slot> = BTreeMap::new();
        for (month, it) in (1..).zip(&year.months) {
            for started in &it.items {
                let begun = Slot { begins: month, ends: month };
                slots.entry(started.item).or_insert(begun).ends = month;
            }
        }
        Self { wanted, choice, year, slots }
    }

    fn proposal(&self) -> Proposal {
        let year = &self.year.best;
        let gap = gap(year);
        let mut proposal = Proposal {
            limits: self.wanted.limits,
            month: self.horizon(1),
            quarter: self.horizon(3),
            year: self.horizon(MONTHS),
            picks: self.picks(),
            left: self.left(),
            proved: year.proved,
            gap,
            parent: self.wanted.parent.map(|(seq, _)| *seq),
            changes: Vec::new(),
        };
        if let Some((_, parent)) = self.wanted.parent {
            let now = proposal.taken(self.wanted, parent.at);
            proposal.changes = changes(parent, &now, self.wanted.decisions);
        }
        proposal
    }

    fn id(&self, item: u16) -> &'a str {
        let control = self.wanted.study.model.controls.get(usize::from(item));
        control.map_or("", |it| it.action.as_str())
    }

    fn horizon(&self, months: u32) -> Horizon {
        let study = self.wanted.study;
        let until = |month: fn(&Slot) -> u32| {
            let by_then = |it: &&u16| self.slots.get(it).is_some_and(|it| month(it) <= months);
            self.year.order.iter().filter(by_then).copied().collect::<Vec<u16>>()
        };
        let (begun, chosen) = (until(|it| it.begins), until(|it| it.ends));
        let grounds = self.grounds(&chosen);
        let (mut hours, mut dollars) = (Range::default(), Range::default());
        for item in &begun {
            let Some(it) = study.model.controls.get(usize::from(*item)) else { continue };
            let kept_up = self.slots.get(item).map_or(0, |it| months.saturating_sub(it.ends));
            hours = hours.plus(it.work.hours).plus(it.work.monthly.times(f64::from(kept_up)));
            dollars = dollars.plus(it.work.first).plus(it.work.yearly);
        }
        let exact = study.terms.avoided(&chosen);
        let avoided: Vec<f64> = study.terms_in.iter().map(|it| it.avoided(&chosen)).collect();
        let now: f64 = study.means.iter().map(|it| it.loss).sum();
        let remaining = study
            .means_in
            .iter()
            .zip(&avoided)
            .map(|(means, avoided)| means.iter().map(|it| it.loss).sum::<f64>() - avoided);
        Horizon {
            months,
            actions: begun.iter().map(|it| self.id(*it).to_owned()).collect(),
            finished: chosen.iter().map(|it| self.id(*it).to_owned()).collect(),
            remaining: Figure::new(now - exact, range(remaining), &grounds),
            avoided: Figure::new(exact, range(avoided.into_iter()), &grounds),
            hours,
            dollars,
        }
    }

    /// What a set of actions rests on: all threats, and what each action rests on.
    fn grounds(&self, chosen: &[u16]) -> Grounds {
        let model = &self.wanted.study.model;
        let mut all = Grounds::default();
        for threat in model.threats.iter().filter(|it| it.applies) {
            all.and(&threat.grounds);
        }
        for item in chosen {
            all.and(&grounds(self.wanted.catalog, model, usize::from(*item)));
        }
        all
    }

    fn picks(&self) -> Vec<Pick> {
        let study = self.wanted.study;
        let mut before: Vec<u16> = Vec::new();
        let (mut exact, mut each) = (0.0, vec![0.0; study.terms_in.len()]);
        let mut picks = Vec::new();
        for item in &self.year.order {
            let Some(control) = study.model.controls.get(usize::from(*item)) else { continue };
            before.push(*item);
            let now = study.terms.avoided(&before);
            let now_in: Vec<f64> = study.terms_in.iter().map(|it| it.avoided(&before)).collect();
            let adds = range(now_in.iter().zip(&each).map(|(now, then)| now - then));
            let slot = self.slots.get(item).copied().unwrap_or_default();
            let grounds = grounds(self.wanted.catalog, &study.model, usize::from(*item));
            let (to, due) = match self.decided(&control.action) {
                Some(Decided::Chosen { to, due }) => (to.clone(), due.clone()),
                _ => (None, None),
            };
            picks.push(Pick {
                action: control.action.clone(),
                begins: slot.begins,
                ends: slot.ends,
                reason: self.reason(*item),
                adds: Figure::new(now - exact, adds, &grounds),
                hours: control.work.hours,
                monthly: control.work.monthly,
                first: control.work.first,
                yearly: control.work.yearly,
                to,
                due,
                not_seen_done: self
                    .decision(&control.action)
                    .is_some_and(|it| matches!(it.decided, Decided::Done { .. })),
            });
            (exact, each) = (now, now_in);
        }
        picks
    }

    fn decision(&self, action: &str) -> Option<&'a Decision> {
        self.wanted.decisions.get(action).map(|(_, it)| it)
    }

    fn decided(&self, action: &str) -> Option<&'a Decided> {
        self.decision(action).map(|it| &it.decided)
    }

    fn law(&self, action: &str) -> Vec<Law> {
        let action = self.wanted.catalog.action(action).filter(|_| self.wanted.law);
        action.map_or_else(Vec::new, |it| it.law.clone())
    }

    fn reason(&self, item: u16) -> Reason {
        let id = self.id(item);
        if matches!(self.decided(id), Some(Decided::Chosen { .. })) {
            return Reason::Chosen;
        }
        let law = self.law(id);
        if !law.is_empty() {
            return Reason::Law(law);
        }
        let without: Vec<u16> = self.year.order.iter().copied().filter(|it| *it != item).collect();
        let terms = &self.wanted.study.terms;
        let adds = terms.avoided(&self.year.order) - terms.avoided(&without);
        let cost = self.choice.items.get(usize::from(item)).map_or(0.0, |it| it.yearly_cost);
        let needing = self.year.order.iter().filter(|other| {
            let other = self.choice.items.get(usize::from(**other));
            other.is_some_and(|it| it.requires.contains(&item))
        });
        let needing: Vec<String> = needing.map(|it| self.id(*it).to_owned()).collect();
        if adds > cost || needing.is_empty() { Reason::Worth } else { Reason::Needed(needing) }
    }

    fn left(&self) -> Vec<LeftOut> {
        let controls = self.wanted.study.model.controls.iter().enumerate();
        let left = controls.filter(|(at, it)| {
            it.is_open() && !self.year.order.iter().any(|item| usize::from(*item) == *at)
        });
        left.map(|(at, it)| LeftOut { action: it.action.clone(), why: self.why(at, &it.action) })
            .collect()
    }

    fn why(&self, at: usize, action: &str) -> Why {
        if self.choice.may.get(at) == Some(&false)
            && let Some(decision) = self.decision(action)
        {
            match decision.decided.clone() {
                Decided::Accepted { reason, until } => return Why::Accepted { reason, until },
                Decided::Postponed { reason, until } => return Why::Postponed { reason, until },
                Decided::Done { .. } => return Why::SaidDone { at: decision.at },
                Decided::Chosen { .. } | Decided::Reopened { .. } => {}
            }
        }
        let law = self.law(action);
        if !law.is_empty() {
            return Why::LawNoRoom(law);
        }
        let Ok(item) = u16::try_from(at) else { return Why::NoFigure };
        let mut with = self.year.order.clone();
        with.push(item);
        let terms = &self.wanted.study.terms;
        let adds = terms.avoided(&with) - terms.avoided(&self.year.order);
        match self.choice.items.get(at).map_or(0.0, |it| it.yearly_cost) {
            cost if adds <= 0.0 && cost <= 0.0 => Why::NoFigure,
            cost if adds <= cost => Why::CostsMore,
            _ => Why::NoRoom,
        }
    }
}

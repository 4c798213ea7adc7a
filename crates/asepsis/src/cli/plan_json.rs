//! The plan as a document: every number of the model is a figure with range, badge and sources.

use std::collections::{BTreeMap, BTreeSet};

use asepsis_core::catalog::{Catalog, RiskSource};
use asepsis_core::hash::Hash;
use asepsis_core::organization::Size;
use asepsis_core::risk::{
    Ask, Because, Figure, Flip, Horizon, InDoubt, LeftOut, Mark, Moved, Pick, Reason, Swing, Why,
};
use asepsis_core::time::Timestamp;
use serde::Serialize;
use serde_json::Value;

use super::figure::estimate;
use super::plan_text::proofs;
use super::plan_view::{From, View};
use super::plan_words;

#[derive(Serialize)]
pub(crate) struct Document<'a> {
    as_of: Timestamp,
    size: Size,
    catalog: Hash,
    /// Version of the priors.
    priors: u32,
    /// In how many plausible worlds ranges and shares were counted.
    worlds: usize,
    limits: LimitsText,
    /// US dollars a year that are expected to be lost as the organization stands.
    expected: &'a Figure,
    month: HorizonText<'a>,
    quarter: HorizonText<'a>,
    year: HorizonText<'a>,
    picks: Vec<PickText<'a>>,
    left: Vec<LeftText<'a>>,
    proved: bool,
    gap: f64,
    parent: Option<u64>,
    changes: Vec<ChangeText<'a>>,
    doubts: &'a [Swing],
    flip: Option<FlipText<'a>>,
    further: bool,
    asks: &'a [Ask],
    sources: BTreeMap<String, RiskSource>,
}

#[derive(Serialize)]
struct LimitsText {
    dollars: f64,
    hours: f64,
    from: From,
}

#[derive(Serialize)]
struct HorizonText<'a> {
    months: u32,
    actions: &'a [String],
    finished: &'a [String],
    avoided: &'a Figure,
    remaining: &'a Figure,
    hours: Figure,
    dollars: Figure,
}

impl<'a> HorizonText<'a> {
    fn of(it: &'a Horizon) -> Self {
        Self {
            months: it.months,
            actions: &it.actions,
            finished: &it.finished,
            avoided: &it.avoided,
            remaining: &it.remaining,
            hours: estimate(it.hours),
            dollars: estimate(it.dollars),
        }
    }
}

#[derive(Serialize)]
struct PickText<'a> {
    action: &'a str,
    title: &'a str,
    who: &'a str,
    begins: u32,
    ends: u32,
    reason: &'a Reason,
    adds: &'a Figure,
    by_threat: BTreeMap<&'a str, &'a Figure>,
    hours: Figure,
    monthly: Figure,
    first: Figure,
    yearly: Figure,
    checks: Vec<String>,
    questions: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    in_plan: Option<&'a Figure>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sure: Option<Mark>,
    #[serde(skip_serializing_if = "Option::is_none")]
    depends_on: Option<&'a InDoubt>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<&'a str>,
    not_seen_done: bool,
}

impl<'a> PickText<'a> {
    fn of(view: &'a View<'_>, it: &'a Pick) -> Self {
        let action = view.assessed.catalog.action(&it.action);
        let (checks, questions) =
            action.map(|it| proofs(&view.assessed.catalog, it)).unwrap_or_default();
        let value = view.risk.outlook.action(&it.action);
        let sure = view.further.sureness.iter().find(|known| known.action == it.action);
        Self {
            action: &it.action,
            title: action.map_or("", |it| it.title.as_str()),
            who: action.map_or("", |it| it.who.as_str()),
            begins: it.begins,
            ends: it.ends,
            reason: &it.reason,
            adds: &it.adds,
            by_threat: value.map_or_else(BTreeMap::new, |it| {
                it.by_threat.iter().map(|(id, figure)| (id.as_str(), figure)).collect()
            }),
            hours: estimate(it.hours),
            monthly: estimate(it.monthly),
            first: estimate(it.first),
            yearly: estimate(it.yearly),
            checks,
            questions,
            in_plan: sure.map(|it| &it.in_plan),
            sure: sure.map(|it| it.mark),
            depends_on: sure.and_then(|it| it.on.as_ref()),
            to: it.to.as_deref(),
            due: it.due.as_deref(),
            not_seen_done: it.not_seen_done,
        }
    }
}

#[derive(Serialize)]
struct LeftText<'a> {
    action: &'a str,
    title: &'a str,
    why: &'a Why,
    /// US dollars a year that it would avoid alone; absent where that cannot be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    avoids: Option<&'a Figure>,
}

impl<'a> LeftText<'a> {
    fn of(view: &'a View<'_>, it: &'a LeftOut) -> Self {
        let action = view.assessed.catalog.action(&it.action);
        Self {
            action: &it.action,
            title: action.map_or("", |it| it.title.as_str()),
            why: &it.why,
            avoids: view.risk.outlook.action(&it.action).map(|it| &it.avoided),
        }
    }
}

#[derive(Serialize)]
struct ChangeText<'a> {
    action: &'a str,
    moved: &'a Moved,
    because: &'a [Because],
    words: String,
}

#[derive(Serialize)]
struct FlipText<'a> {
    first: &'a str,
    then: &'a str,
    input: &'a InDoubt,
    to: &'a Figure,
}

impl<'a> FlipText<'a> {
    fn of(it: &'a Flip) -> Self {
        Self { first: &it.first, then: &it.then, input: &it.input, to: &it.to }
    }
}

impl<'a> Document<'a> {
    pub(crate) fn of(view: &'a View<'a>) -> Self {
        let (plan, assessment) = (view.plan, &view.assessed.assessment);
        let catalog = &*view.assessed.catalog;
        let changes = plan.changes.iter().map(|it| ChangeText {
            action: &it.action,
            moved: &it.moved,
            because: &it.because,
            words: plan_words::change(catalog, it),
        });
        let mut document = Self {
            as_of: assessment.as_of,
            size: assessment.size.size,
            catalog: assessment.catalog,
            priors: catalog.priors.as_ref().map_or(0, |it| it.version),
            worlds: view.risk.outlook.worlds,
            limits: LimitsText {
                dollars: plan.limits.dollars,
                hours: plan.limits.hours,
                from: view.from,
            },
            expected: &view.risk.outlook.all.loss,
            month: HorizonText::of(&plan.month),
            quarter: HorizonText::of(&plan.quarter),
            year: HorizonText::of(&plan.year),
            picks: plan.picks.iter().map(|it| PickText::of(view, it)).collect(),
            left: plan.left.iter().map(|it| LeftText::of(view, it)).collect(),
            proved: plan.proved,
            gap: plan.gap,
            parent: plan.parent,
            changes: changes.collect(),
            doubts: &view.further.swings,
            flip: view.further.flip.as_ref().map(FlipText::of),
            further: view.further.asks.further,
            asks: &view.further.asks.asks,
            sources: BTreeMap::new(),
        };
        document.sources = sources(catalog, &document);
        document
    }
}

/// All sources that the figures of a document name.
pub(crate) fn sources(
    catalog: &Catalog,
    document: &impl Serialize,
) -> BTreeMap<String, RiskSource> {
    fn walk(value: &Value, ids: &mut BTreeSet<String>) {
        match value {
            Value::Object(map) => {
                if map.contains_key("badge")
                    && let Some(Value::Array(all)) = map.get("sources")
                {
                    ids.extend(all.iter().filter_map(Value::as_str).map(str::to_owned));
                }
                map.values().for_each(|it| walk(it, ids));
            }
            Value::Array(all) => all.iter().for_each(|it| walk(it, ids)),
            _ => {}
        }
    }
    let mut ids = BTreeSet::new();
    walk(&serde_json::to_value(document).unwrap_or_default(), &mut ids);
    ids.into_iter().filter_map(|id| Some((id.clone(), catalog.risk_source(&id)?.clone()))).collect()
}

//! Actions: every part has exactly one, each is whole, and what they say of each other holds.

use std::collections::{BTreeMap, BTreeSet};

use super::checks::ROLES;
use super::{Linter, Problem};
use crate::catalog::{Action, ActionBasis, Cost, EffectOn, PartRef, Range};
use crate::organization::Size;

/// Longest title, in characters (our judgment: a line of a page).
const MAX_TITLE: usize = 90;
/// Most actions that may act through another one: with more, a plan would take too long to prove.
pub(super) const MAX_RAISERS: usize = 4;
/// The most that acting through another action may close of what is missing there.
pub(super) const MAX_RAISE: f64 = 0.5;

impl Linter<'_> {
    pub(super) fn actions(&mut self) {
        let catalog = self.catalog;
        let mut served: BTreeMap<&PartRef, &str> = BTreeMap::new();
        let mut raisers: BTreeMap<&str, usize> = BTreeMap::new();
        for action in &catalog.actions {
            let file = format!("actions/{}.toml", action.id);
            if !self.files.0.contains_key(&file) {
                let at = self.file_of("actions/", &format!("\"{}\"", action.id));
                self.problem(&at, "id", &action.id, format!("its file must be {file}"));
            }
            for part in &action.serves {
                self.refer(
                    catalog.part(part).is_some(),
                    &file,
                    "serves",
                    &part.to_string(),
                    "part",
                );
                if let Some(other) = served.insert(part, &action.id) {
                    let message =
                        format!("{part} is also served by {other}; a part has one action");
                    self.problem(&file, "serves", &part.to_string(), message);
                }
            }
            for id in &action.requires {
                self.refer(catalog.action(id).is_some(), &file, "requires", id, "action");
            }
            for raise in &action.raises {
                let known = catalog.action(&raise.action).is_some();
                self.refer(known, &file, "[[raises]]", &raise.action, "action");
                *raisers.entry(&raise.action).or_default() += 1;
            }
            for effect in &action.effects {
                let known = catalog.threats.iter().any(|it| it.id == effect.threat);
                self.refer(known, &file, "[[effect]]", &effect.threat, "threat");
            }
            for source in sources(action) {
                let known = catalog.risk_source(source).is_some();
                self.refer(known, &file, source, source, "source");
            }
            for message in wrong(action) {
                self.problem(&file, "id", &action.id, format!("{}: {message}", action.id));
            }
            for message in sizes(self.catalog, action) {
                self.problem(&file, "[size", "[size", format!("{}: {message}", action.id));
            }
        }
        for (id, number) in raisers.into_iter().filter(|(_, number)| *number > MAX_RAISERS) {
            let file = format!("actions/{id}.toml");
            let message = format!("{number} actions act through {id}, at most {MAX_RAISERS} may");
            self.problem(&file, "id", id, message);
        }
        for action in catalog.actions.iter().filter(|it| needs_itself(catalog, it)) {
            let file = format!("actions/{}.toml", action.id);
            let message = format!("{} requires itself in the end", action.id);
            self.problem(&file, "requires", "requires", message);
        }
        if catalog.actions.is_empty() {
            // The folder is missing altogether: one problem, not four hundred.
            let message = "the catalog holds no actions".to_owned();
            self.problems.push(Problem { file: "actions/".to_owned(), line: None, message });
            return;
        }
        for (practice, sub) in catalog.sub_practices() {
            let file = format!("practices/{:02}-{}.md", practice.number, practice.slug);
            for part in &sub.parts {
                let part = PartRef { sub_practice: sub.id.clone(), part: part.id.clone() };
                if !served.contains_key(&part) {
                    self.problem(&file, &sub.id, &part.part, format!("{part} has no action"));
                }
            }
        }
    }
}

/// What is wrong with one action by itself.
fn wrong(action: &Action) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut rule = |holds: bool, message: &str| {
        if !holds {
            wrong.push(message.to_owned());
        }
    };
    let kebab = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '-';
    rule(action.id.chars().all(kebab), "its id is not in small letters, digits and -");
    rule(!action.serves.is_empty(), "it serves no part");
    rule(ROLES.contains(&action.who.as_str()), "who does it is not a role");
    let title = action.title.chars().count();
    rule((1..=MAX_TITLE).contains(&title), "its title is empty or longer than 90 characters");
    rule(!action.why.trim().is_empty(), "it does not say why");
    rule(action.steps.trim().starts_with("1. "), "its steps are not numbered");
    rule((1..=10).contains(&action.life), "life is not 1 to 10 years");
    rule(!action.sources.is_empty(), "it names no source");
    let quiet = action.effects.is_empty() && action.raises.is_empty();
    rule(
        !quiet || action.keep.is_some(),
        "it has no effect and raises nothing: say why to keep it",
    );
    let distinct: BTreeSet<(&str, bool)> = action
        .effects
        .iter()
        .map(|it| (it.threat.as_str(), it.on == EffectOn::Frequency))
        .collect();
    rule(distinct.len() == action.effects.len(), "two effects on the same side of one threat");
    for raise in &action.raises {
        rule(raise.action != action.id, "it acts through itself");
        let share = raise.share > 0.0 && raise.share <= MAX_RAISE;
        rule(share, "a share that it raises is not above 0 and at most 0.5");
    }
    let targets: BTreeSet<&str> = action.raises.iter().map(|it| it.action.as_str()).collect();
    rule(targets.len() == action.raises.len(), "it raises one action twice");
    for law in &action.law {
        let rule_named = law.rule.starts_with("164.3");
        rule(rule_named, "a law is not a citation as in 164.308(a)(5)(i)");
    }
    for (size, cost) in costs(action) {
        for message in wrong_cost(cost) {
            wrong.push(format!("{size}: {message}"));
        }
    }
    wrong
}

pub(super) fn wrong_cost(cost: &Cost) -> Vec<String> {
    let mut wrong = Vec::new();
    let ranges = [
        ("hours", cost.hours, 10_000.0),
        ("monthly", cost.monthly, 2_000.0),
        ("first", cost.first, 1e8),
        ("yearly", cost.yearly, 1e8),
    ];
    for (name, Range { low, likely, high }, most) in ranges {
        if !(0.0 <= low && low <= likely && likely <= high && high <= most) {
            wrong.push(format!("{name} is not three numbers from low to high, 0 to {most}"));
        }
    }
    if !(0.02..=0.98).contains(&cost.adoption) {
        wrong.push("adoption is not 0.02 to 0.98".to_owned());
    }
    wrong
}

/// A cost for each size for which a part is asked, and for no other.
fn sizes(catalog: &crate::catalog::Catalog, action: &Action) -> Vec<String> {
    let asked = |size: Size| {
        action.serves.iter().any(|part| {
            catalog.sub_practice(&part.sub_practice).is_some_and(|(_, sub)| sub.is_for(size))
        })
    };
    let given = |size: Size| action.costs.of(size).is_some();
    let differ = Size::ALL.into_iter().filter(|size| asked(*size) != given(*size));
    differ
        .map(|size| match asked(size) {
            true => format!("it serves {size} organizations and has no [size.{size}]"),
            false => format!("it has [size.{size}] and serves nothing of that size"),
        })
        .collect()
}

pub(super) fn costs(action: &Action) -> impl Iterator<Item = (Size, &Cost)> {
    Size::ALL.into_iter().filter_map(|size| Some((size, action.costs.of(size)?)))
}

/// All sources that an action names.
fn sources(action: &Action) -> impl Iterator<Item = &str> {
    let adopted = costs(action).map(|(_, it)| &it.adopted).map(|it: &ActionBasis| &*it.source);
    let effects = action.effects.iter().map(|it| &*it.source);
    adopted.chain(effects).chain(action.raises.iter().map(|it| &*it.source))
}

/// Whether an action rests on a source.
pub(super) fn names(action: &Action, source: &str) -> bool {
    sources(action).any(|it| it == source)
}

/// Whether following what an action requires leads back to it.
pub(super) fn needs_itself(catalog: &crate::catalog::Catalog, action: &Action) -> bool {
    let mut open: Vec<&str> = action.requires.iter().map(String::as_str).collect();
    let mut seen = BTreeSet::new();
    while let Some(id) = open.pop() {
        if id == action.id {
            return true;
        }
        if seen.insert(id) {
            let next = catalog.action(id).into_iter().flat_map(|it| &it.requires);
            open.extend(next.map(String::as_str));
        }
    }
    false
}

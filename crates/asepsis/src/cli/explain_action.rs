//! An action explained: what to do, what it takes, what it does; and a source of figures.

use asepsis_core::catalog::{Action, Effect, EffectOn, Law, RiskSource, Route};
use asepsis_core::risk::{Figure, rounded};
use serde::Serialize;

use super::figure::{Notes, Unit, estimate};
use super::plan_text::{proofs, verified_by};
use super::plan_words::{decided, title};
use super::status::View;
use crate::text::{Page, Paint, clean, role};

/// The page of one action.
pub(crate) fn action(it: &Action, view: &View<'_>, page: &mut Page) {
    let mut notes = Notes::default();
    let catalog = &*view.assessed.catalog;
    page.hanging("", &it.title, 0, Paint::Strong);
    page.hanging("", &format!("{} · for {}", it.id, role(&it.who)), 2, Paint::Quiet);
    page.paragraph(&it.why, 2);
    page.blank();
    for step in steps(&it.steps) {
        page.paragraph(&step, 2);
    }
    page.blank();
    takes(it, view, page, &mut notes);
    worth(it, view, page, &mut notes);
    if let Some(keep) = &it.keep {
        page.paragraph(&format!("Why it stays all the same: {}", clean(keep)), 2);
    }
    for law in &it.law {
        let text = format!(
            "The law requires it: {} ({}; {})",
            law.rule, law.certainty.level, law.certainty.note
        );
        page.paragraph(&text, 2);
    }
    if !it.requires.is_empty() {
        let first: Vec<String> =
            it.requires.iter().map(|id| format!("{} [{id}]", title(catalog, id))).collect();
        page.paragraph(&format!("Comes first: {}.", first.join("; ")), 2);
    }
    page.paragraph(&format!("Shown by: {}.", verified_by(catalog, it)), 2);
    log(it, view, page);
    page.blank();
    let serves: Vec<String> = it.serves.iter().map(ToString::to_string).collect();
    page.hanging("", &format!("Serves: {}", serves.join(", ")), 2, Paint::Quiet);
    page.hanging("", &format!("The advice rests on: {}", it.sources.join("; ")), 2, Paint::Quiet);
    notes.list(catalog, page);
}

fn takes(it: &Action, view: &View<'_>, page: &mut Page, notes: &mut Notes) {
    let Some(cost) = it.costs.near(view.assessed.assessment.size.size) else { return };
    let mut parts = vec![notes.figure(&estimate(cost.hours), Unit::Hours)];
    for (range, unit, behind) in [
        (cost.monthly, Unit::HoursAMonth, ""),
        (cost.first, Unit::Dollars, " once"),
        (cost.yearly, Unit::DollarsAYear, ""),
    ] {
        if range.high > 0.0 {
            parts.push(format!("{}{behind}", notes.figure(&estimate(range), unit)));
        }
    }
    page.paragraph(&format!("The whole of it takes {}.", parts.join(", ")), 2);
}

/// What it is worth here, and each effect with what it rests on.
fn worth(it: &Action, view: &View<'_>, page: &mut Page, notes: &mut Notes) {
    let catalog = &*view.assessed.catalog;
    if let Ok(risk) = view.assessed.risk()
        && let Some(value) = risk.outlook.action(&it.id).filter(|it| it.avoided.value > 0.0)
    {
        let avoided = notes.figure(&value.avoided, Unit::DollarsAYear);
        page.paragraph(&format!("Done alone now, it avoids {avoided}."), 2);
    }
    for effect in &it.effects {
        let on = match (effect.on, effect.route()) {
            (EffectOn::Frequency, Route::Own) => "cases that come through your own doors",
            (EffectOn::Frequency, Route::Vendor) => "cases that come in through a vendor",
            (EffectOn::Frequency, Route::Both) => "cases",
            (EffectOn::Loss, _) => "what a case costs, in dollars and days",
        };
        let text = format!(
            "{}: when it is all there, it takes off {} of {on}. {}",
            effect.threat,
            notes.figure(&share(effect), Unit::Share),
            clean(&effect.note)
        );
        page.hanging("·", &text, 2, Paint::Plain);
    }
    for raise in &it.raises {
        let text = format!(
            "Makes another work better: {} [{}]; {} ({})",
            title(catalog, &raise.action),
            raise.action,
            clean(&raise.note),
            raise.badge
        );
        page.hanging("·", &text, 2, Paint::Plain);
    }
    if it.effects.is_empty() && it.raises.is_empty() {
        page.paragraph("What it avoids cannot be put in figures.", 2);
    }
}

/// What an effect takes off when its action is all there, with what it rests on.
fn share(it: &Effect) -> Figure {
    Figure {
        value: rounded(it.beta.mean()),
        low: rounded(it.beta.quantile(0.05)),
        high: rounded(it.beta.quantile(0.95)),
        badge: it.badge,
        sources: vec![it.source.clone()],
    }
}

fn log(it: &Action, view: &View<'_>, page: &mut Page) {
    let Ok(risk) = view.assessed.risk() else { return };
    for known in risk.log.get(&it.id).into_iter().flatten() {
        let people = &view.assessed.assessment.people;
        let who = people.get(&known.author).filter(|it| !it.is_empty());
        let who = who.map_or(String::new(), |it| format!(" by {}", clean(it)));
        let text = format!(
            "{}{who}: {} (entry {})",
            view.day(known.decision.at),
            decided(&known.decision.decided),
            known.seq
        );
        page.hanging("·", &text, 2, Paint::Quiet);
    }
}

/// The steps: each numbered one is a paragraph of its own.
fn steps(text: &str) -> Vec<String> {
    let mut steps: Vec<String> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let new = line.starts_with(|c: char| c.is_ascii_digit());
        match steps.last_mut() {
            Some(step) if !new => {
                step.push(' ');
                step.push_str(line.trim());
            }
            _ => steps.push(line.trim().to_owned()),
        }
    }
    steps
}

/// The page of one source.
pub(crate) fn source(it: &RiskSource, page: &mut Page) {
    page.hanging("", &it.title, 0, Paint::Strong);
    page.hanging("", &format!("{} · published {}", it.id, it.date), 2, Paint::Quiet);
    page.paragraph(&it.note, 2);
    if let Some(url) = &it.url {
        page.paragraph(url, 2);
    }
}

/// An action as JSON.
#[derive(Serialize)]
pub(crate) struct Document<'a> {
    id: &'a str,
    title: &'a str,
    why: &'a str,
    steps: &'a str,
    who: &'a str,
    serves: Vec<String>,
    requires: &'a [String],
    law: &'a [Law],
    checks: Vec<String>,
    questions: Vec<String>,
    advice: &'a [String],
    hours: Option<Figure>,
    monthly: Option<Figure>,
    first: Option<Figure>,
    yearly: Option<Figure>,
    avoided: Option<Figure>,
    effects: Vec<EffectText<'a>>,
}

#[derive(Serialize)]
struct EffectText<'a> {
    threat: &'a str,
    on: EffectOn,
    route: Route,
    share: Figure,
    note: &'a str,
}

impl<'a> Document<'a> {
    pub(crate) fn of(it: &'a Action, view: &'a View<'_>) -> Self {
        let (checks, questions) = proofs(&view.assessed.catalog, it);
        let cost = it.costs.near(view.assessed.assessment.size.size);
        let avoided = view.assessed.risk().ok();
        let avoided = avoided.and_then(|risk| Some(risk.outlook.action(&it.id)?.avoided.clone()));
        Self {
            id: &it.id,
            title: &it.title,
            why: &it.why,
            steps: &it.steps,
            who: &it.who,
            serves: it.serves.iter().map(ToString::to_string).collect(),
            requires: &it.requires,
            law: &it.law,
            checks,
            questions,
            advice: &it.sources,
            hours: cost.map(|it| estimate(it.hours)),
            monthly: cost.map(|it| estimate(it.monthly)),
            first: cost.map(|it| estimate(it.first)),
            yearly: cost.map(|it| estimate(it.yearly)),
            avoided,
            effects: it
                .effects
                .iter()
                .map(|it| EffectText {
                    threat: &it.threat,
                    on: it.on,
                    route: it.route(),
                    share: share(it),
                    note: &it.note,
                })
                .collect(),
        }
    }
}

//! What to find out next: what knowing is worth before choosing a plan, for each minute that it takes
//! (Raiffa and Schlaifer, "Applied statistical decision theory", 1961). Where no answer would change the
//! plan, knowing is worth nothing, however unsure the answer is.

#[cfg(test)]
mod tests;
mod ways;
mod worth;

use serde::Serialize;

use self::ways::Ways;
use self::worth::Adviser;
use super::figure::{Figure, Grounds};
use super::outlook::{grounds, range};
use super::wanted::Wanted;
use crate::catalog::Asking;

/// Share of what the minutes are worth below which knowing is not told: it is far from worth them.
const LEAST: f64 = 0.1;

/// What to find out next.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Asks {
    /// The most valuable for its minutes first; only those worth something of the minutes they take.
    pub asks: Vec<Ask>,
    /// Further answers could change the plan by more than the minutes they take.
    pub further: bool,
}

/// One thing to find out.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Ask {
    /// The action of which it is in doubt how far it is in place.
    pub action: String,
    /// Questions that would tell, by id.
    pub questions: Vec<String>,
    /// Checks that would tell, by id.
    pub checks: Vec<String>,
    /// Minutes that it takes.
    pub minutes: Figure,
    /// US dollars a year that knowing is worth, by a look where there is one, else by a word. In some
    /// plausible worlds the answer misleads: there it is below 0.
    pub worth: Figure,
}

/// What to find out next, under the limits of a year.
pub fn asks(wanted: &Wanted<'_>) -> Asks {
    let Some(priors) = &wanted.catalog.priors else {
        return Asks { asks: Vec::new(), further: false };
    };
    let model = &wanted.study.model;
    let adviser = Adviser::new(wanted, priors);
    let mut clock = Grounds::default();
    clock.on(&priors.ask.basis);
    let mut asks: Vec<(f64, Ask)> = Vec::new();
    for (at, control) in model.controls.iter().enumerate() {
        let Some(action) = wanted.catalog.action(&control.action) else { continue };
        let ways = Ways::of(wanted, action);
        if ways.is_empty() {
            continue;
        }
        let minutes = minutes(&priors.ask, &ways);
        let floor = minutes * priors.ask.minute * LEAST;
        let Some(worth) = adviser.worth(at, floor) else { continue };
        let value = if ways.checks.is_empty() { &worth.word } else { &worth.look };
        if value.mean <= floor {
            continue;
        }
        let mut grounds_of_all = grounds(wanted.catalog, model, at);
        for item in &worth.moved {
            grounds_of_all.and(&grounds(wanted.catalog, model, usize::from(*item)));
        }
        grounds_of_all.on(&priors.evidence.basis);
        let range = range(value.worlds.iter().copied());
        let ask = Ask {
            action: control.action.clone(),
            questions: ways.questions,
            checks: ways.checks,
            minutes: Figure::new(minutes, (minutes / 2.0, minutes * 2.0), &clock),
            worth: Figure::new(value.mean, range, &grounds_of_all),
        };
        asks.push((value.mean / minutes, ask));
    }
    asks.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.action.cmp(&b.1.action)));
    let further = asks.first().is_some_and(|(a_minute, _)| *a_minute > priors.ask.minute);
    Asks { asks: asks.into_iter().map(|(_, ask)| ask).collect(), further }
}

/// Where a check can tell, looking is enough; else all questions are answered.
fn minutes(each: &Asking, ways: &Ways) -> f64 {
    if ways.checks.is_empty() {
        each.question_minutes * ways.questions.len() as f64
    } else {
        each.look_minutes * ways.looks as f64
    }
}

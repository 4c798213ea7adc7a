//! The calendar of a plan: month by month, prerequisites first, then what is worth most for an hour.

use super::horizons::Horizons;
use super::problem::{Limits, Problem};
use super::state::State;

/// Hours below which nothing is left of an item.
const DONE: f64 = 1e-9;
/// Months in a plan.
const MONTHS: usize = 12;

/// What is worked on in one month.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Month {
    /// In the order in which it is done.
    pub items: Vec<Started>,
    /// Hours that go into keeping up what was finished in months before.
    pub upkeep: f64,
}

/// So many hours of one item.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Started {
    /// The item.
    pub item: u16,
    /// Hours of it in this month.
    pub hours: f64,
}

/// Fills the months of a year: first the month's plan, then the rest of the quarter's, then the rest of
/// the year's. What does not fit in a month goes on in the next one.
pub fn months(problem: &Problem<'_>, plans: &Horizons, hours_a_month: f64) -> Vec<Month> {
    let mut months = vec![Month::default(); MONTHS];
    let (mut at, mut room, mut upkeep) = (0, hours_a_month, 0.0);
    let mut due = 0.0;
    for item in order(problem, plans) {
        let Some(it) = problem.item(item) else { continue };
        let mut left = it.hours;
        loop {
            let here = left.min(room.max(0.0));
            if (here > DONE || left <= DONE)
                && let Some(month) = months.get_mut(at)
            {
                month.items.push(Started { item, hours: here });
            }
            left -= here;
            room -= here;
            if left <= DONE || at + 1 >= MONTHS {
                break;
            }
            at += 1;
            upkeep += std::mem::take(&mut due);
            room = hours_a_month - upkeep;
            if let Some(month) = months.get_mut(at) {
                month.upkeep = upkeep;
            }
        }
        due += it.monthly;
    }
    while at + 1 < MONTHS {
        at += 1;
        upkeep += std::mem::take(&mut due);
        if let Some(month) = months.get_mut(at) {
            month.upkeep = upkeep;
        }
    }
    months
}

/// All items of the year in the order in which they are done.
fn order(problem: &Problem<'_>, plans: &Horizons) -> Vec<u16> {
    let endless = Limits { dollars: f64::MAX, hours: f64::MAX, months: 0, nodes: 0 };
    let mut state = State::new(*problem, endless);
    let mut order = Vec::new();
    for plan in [&plans.month, &plans.quarter, &plans.year] {
        loop {
            let ready = plan.chosen.iter().copied().filter(|it| {
                !state.holds(*it)
                    && state
                        .missing(*it)
                        .iter()
                        .all(|needed| needed == it || !plans.year.chosen.contains(needed))
            });
            let for_an_hour = |it: u16| {
                let hours = problem.item(it).map_or(0.0, |it| it.hours);
                state.gain(it) / (hours + 0.1)
            };
            let next =
                ready.max_by(|a, b| for_an_hour(*a).total_cmp(&for_an_hour(*b)).then(b.cmp(a)));
            let Some(next) = next else { break };
            state.take(next);
            order.push(next);
        }
    }
    order
}

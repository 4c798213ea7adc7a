//! The year's plan and its calendar: the best of all for a year, then month by month what avoids most
//! for an hour first, prerequisites before what needs them. What does not fit in a month goes on in the
//! next. The first month and the first quarter are the beginnings of the same calendar: by the rule of
//! weight over time (Smith 1956) no other order avoids more within the year, but for prerequisites and
//! for what items share.

use super::problem::{Limits, Problem};
use super::search::{Best, best};
use super::state::State;

/// Months in a plan.
pub const MONTHS: u32 = 12;
/// Hours below which nothing is left of an item.
const DONE: f64 = 1e-9;

/// A year's plan with its calendar.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Year {
    /// The best plan for a year.
    pub best: Best,
    /// Its items in the order in which they are done.
    pub order: Vec<u16>,
    /// What is worked on, month by month.
    pub months: Vec<Month>,
}

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

/// The best plan for a year of so many hours a month, with its calendar.
pub fn year(problem: &Problem<'_>, hours_a_month: f64, dollars: f64, nodes: u64) -> Year {
    let hours = hours_a_month * f64::from(MONTHS);
    let best = best(problem, &Limits { dollars, hours, months: MONTHS, nodes });
    let order = order(problem, &best);
    Year { months: months(problem, &order, hours_a_month), order, best }
}

/// The item of a plan that is done first.
pub fn first(problem: &Problem<'_>, chosen: &[u16]) -> Option<u16> {
    next(&endless(problem), chosen)?.first().copied()
}

/// The plan's items in the order in which they are done.
fn order(problem: &Problem<'_>, best: &Best) -> Vec<u16> {
    let mut state = endless(problem);
    let mut order = Vec::new();
    while let Some(bundle) = next(&state, &best.chosen) {
        for item in bundle {
            state.take(item);
            order.push(item);
        }
    }
    order
}

/// Nothing is done, and nothing has a limit.
fn endless<'a>(problem: &Problem<'a>) -> State<'a> {
    let limits = Limits { dollars: f64::MAX, hours: f64::MAX, months: 1, nodes: 0 };
    State::new(*problem, limits)
}

/// Of what is chosen and not done, the item that avoids most for an hour, with what it needs first: for
/// all the hours of both.
fn next(state: &State<'_>, chosen: &[u16]) -> Option<Vec<u16>> {
    let for_an_hour = |(_, bundle): &(u16, Vec<u16>)| state.for_an_hour(bundle);
    let left = chosen.iter().copied().filter(|it| !state.holds(*it));
    let bundles = left.map(|it| (it, state.missing(it)));
    let next = bundles.max_by(|a, b| for_an_hour(a).total_cmp(&for_an_hour(b)).then(b.0.cmp(&a.0)));
    next.map(|(_, bundle)| bundle)
}

/// Fills the months of a year in this order.
fn months(problem: &Problem<'_>, order: &[u16], hours_a_month: f64) -> Vec<Month> {
    let mut months = vec![Month::default(); MONTHS as usize];
    let (mut at, mut room, mut upkeep, mut due) = (0, hours_a_month, 0.0, 0.0);
    for item in order {
        let Some(it) = problem.item(*item) else { continue };
        let mut left = it.hours;
        loop {
            let here = left.min(room.max(0.0));
            if (here > DONE || left <= DONE)
                && let Some(month) = months.get_mut(at)
            {
                month.items.push(Started { item: *item, hours: here });
            }
            left -= here;
            room -= here;
            if left <= DONE || at + 1 >= months.len() {
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
    for month in months.iter_mut().skip(at + 1) {
        upkeep += std::mem::take(&mut due);
        month.upkeep = upkeep;
    }
    months
}

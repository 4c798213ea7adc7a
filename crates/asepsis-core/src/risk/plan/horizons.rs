//! Three plans, each within the next: this month, this quarter, this year.

use super::problem::{Force, Item, Limits, Problem, Terms};
use super::search::{Best, best};

/// The three plans.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Horizons {
    /// What of the quarter's plan is best done in the first month.
    pub month: Best,
    /// What of the year's plan is best done in the first three months.
    pub quarter: Best,
    /// The best of all for a year.
    pub year: Best,
}

/// The best plan for a year, and the best beginnings of it. What must be done must be done within the
/// year, not within the month.
pub fn horizons(problem: &Problem<'_>, hours_a_month: f64, dollars: f64, nodes: u64) -> Horizons {
    let limits =
        |months: u32| Limits { dollars, hours: hours_a_month * f64::from(months), months, nodes };
    let year = best(problem, &limits(12));
    // The year's items are paid for: within them a beginning is chosen by what it avoids.
    let free = |it: &Item| Item { force: Force::No, yearly_cost: 0.0, ..it.clone() };
    let items: Vec<Item> = problem.items.iter().map(free).collect();
    let within = |terms: &Terms, of: &Best, months: u32| {
        let may: Vec<bool> = (0..).take(items.len()).map(|it| of.chosen.contains(&it)).collect();
        best(&Problem { terms, items: &items, may: &may }, &limits(months))
    };
    let quarter = within(problem.terms, &year, 3);
    let month = within(problem.terms, &quarter, 1);
    Horizons { month, quarter, year }
}

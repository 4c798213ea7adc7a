//! The calendar: nothing is lost, prerequisites end first, no month holds more than its hours, and no
//! exchange of two neighbors avoids more within the year.

use proptest::prelude::*;

use super::super::{Month, Problem, Started, year};
use super::random::random;

fn last(months: &[Month], item: u16) -> Option<usize> {
    months.iter().rposition(|it| it.items.iter().any(|it| it.item == item))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn months_hold_the_plan(seed in 0_u64..10_000, hours in 2.0_f64..30.0) {
        let case = random(seed, 20, 8, seed % 2 == 0);
        let problem: Problem<'_> = case.problem();
        let plan = year(&problem, hours, case.dollars() * 0.3, 20_000);
        prop_assert_eq!(plan.months.len(), 12);
        let mut sorted = plan.order.clone();
        sorted.sort_unstable();
        prop_assert_eq!(&sorted, &plan.best.chosen, "the order holds every item once");
        let (mut upkeep, mut finished) = (0.0, Vec::new());
        for (at, month) in plan.months.iter().enumerate() {
            let worked: f64 = month.items.iter().map(|it| it.hours).sum();
            prop_assert!((month.upkeep - upkeep).abs() < 1e-6, "month {} keeps up what is done", at);
            prop_assert!(worked + month.upkeep <= hours + 1e-6, "month {} holds its hours", at);
            for it in plan.order.iter().filter(|it| last(&plan.months, **it) == Some(at)) {
                finished.push(*it);
                upkeep += problem.items[usize::from(*it)].monthly;
            }
        }
        finished.sort_unstable();
        prop_assert_eq!(&finished, &plan.best.chosen, "nothing is lost");
        for (place, item) in plan.order.iter().enumerate() {
            let of = |it: &Started| if it.item == *item { it.hours } else { 0.0 };
            let worked: f64 = plan.months.iter().flat_map(|it| &it.items).map(of).sum();
            prop_assert!((worked - problem.items[usize::from(*item)].hours).abs() < 1e-6);
            for needed in &problem.items[usize::from(*item)].requires {
                let before = plan.order.iter().position(|it| it == needed);
                prop_assert!(before.is_none_or(|it| it < place), "what is needed comes first");
            }
        }
    }

    #[test]
    fn no_two_neighbors_are_better_the_other_way_round(seed in 0_u64..10_000) {
        // Items that share nothing: what each avoids does not depend on the others.
        let mut case = random(seed, 8, 8, false);
        for (at, cell) in case.terms.cells.iter_mut().enumerate() {
            let left = 0.1 + 0.1 * at as f64;
            (cell.members, cell.touches) = (vec![at as u16], vec![at as u16]);
            cell.left = vec![1.0, left.min(0.95)];
        }
        for item in &mut case.items {
            (item.requires, item.monthly, item.yearly_cost, item.dollars) = (vec![], 0.0, 0.0, 0.0);
        }
        case.may.fill(true);
        let problem = case.problem();
        let plan = year(&problem, 1_000.0, 0.0, 20_000);
        // Dollars avoided until all is done, by when each item ends.
        let worth = |order: &[u16]| {
            let mut at = 0.0;
            let mut sum = 0.0;
            for item in order {
                at += problem.items[usize::from(*item)].hours + 0.1;
                let cell = problem.terms.cells.iter().find(|it| it.members[0] == *item);
                let value = cell.map_or(0.0, |it| {
                    problem.terms.weights[usize::from(it.touches[0])] * (1.0 - it.left[1])
                });
                sum -= value * at;
            }
            sum
        };
        for at in 1..plan.order.len() {
            let mut other = plan.order.clone();
            other.swap(at - 1, at);
            prop_assert!(worth(&plan.order) >= worth(&other) - 1e-6);
        }
    }
}

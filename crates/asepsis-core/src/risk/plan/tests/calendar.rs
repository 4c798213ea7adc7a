//! The calendar: nothing is lost, prerequisites end first, no month holds more than its hours.

use proptest::prelude::*;

use super::super::{Problem, horizons, months};
use super::random::random;

fn when(months: &[super::super::Month], item: u16) -> Vec<usize> {
    let with =
        months.iter().enumerate().filter(|(_, it)| it.items.iter().any(|it| it.item == item));
    with.map(|(at, _)| at).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn months_hold_the_plan(seed in 0_u64..10_000, hours in 2.0_f64..30.0) {
        let case = random(seed, 20, 8, seed % 2 == 0);
        let problem: Problem<'_> = case.problem();
        let plans = horizons(&problem, hours, case.dollars() * 0.3, 20_000);
        for (inner, outer) in [(&plans.month, &plans.quarter), (&plans.quarter, &plans.year)] {
            prop_assert!(inner.chosen.iter().all(|it| outer.chosen.contains(it)), "each within the next");
        }
        let months = months(&problem, &plans, hours);
        prop_assert_eq!(months.len(), 12);
        let mut upkeep_due = 0.0;
        let mut finished: Vec<u16> = Vec::new();
        for (at, month) in months.iter().enumerate() {
            let worked: f64 = month.items.iter().map(|it| it.hours).sum();
            prop_assert!((month.upkeep - upkeep_due).abs() < 1e-6, "month {} keeps up what is done", at);
            prop_assert!(worked + month.upkeep <= hours + 1e-6, "month {} holds its hours", at);
            for it in &plans.year.chosen {
                if when(&months, *it).last() == Some(&at) {
                    finished.push(*it);
                    upkeep_due += problem.items[usize::from(*it)].monthly;
                }
            }
        }
        finished.sort_unstable();
        prop_assert_eq!(&finished, &plans.year.chosen, "nothing is lost");
        for item in &plans.year.chosen {
            let of = |it: &super::super::Started| if it.item == *item { it.hours } else { 0.0 };
            let hours: f64 = months.iter().flat_map(|it| &it.items).map(of).sum();
            prop_assert!((hours - problem.items[usize::from(*item)].hours).abs() < 1e-6);
            for needed in &problem.items[usize::from(*item)].requires {
                if plans.year.chosen.contains(needed) {
                    let place = |it: u16| {
                        let all = months.iter().enumerate().flat_map(|(at, month)| {
                            month.items.iter().map(move |it| (at, it.item))
                        });
                        all.enumerate().filter(|(_, (_, item))| *item == it).map(|(at, _)| at).collect::<Vec<_>>()
                    };
                    prop_assert!(place(*needed).last() < place(*item).first(), "what is needed ends first");
                }
            }
        }
        for (until, plan) in [(1, &plans.month), (3, &plans.quarter)] {
            for item in &plan.chosen {
                prop_assert!(when(&months, *item).last().is_some_and(|it| *it < until));
            }
        }
    }
}

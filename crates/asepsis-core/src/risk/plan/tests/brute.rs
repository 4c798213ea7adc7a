//! Against brute force: 1,000 random problems of 16 items, with everything that a plan can have.

use super::super::bound::{bound, open};
use super::super::search::{best, forced};
use super::super::state::State;
use super::super::{Force, Limits, Problem};
use super::random::{limits, random};
use crate::risk::number::Stream;

/// The value of every set that is closed under its prerequisites and fits.
fn all_sets(problem: &Problem<'_>, limits: &Limits) -> Vec<(u32, f64)> {
    let n = problem.items.len();
    let may = (0..n).filter(|it| problem.may[*it]).fold(0_u32, |mask, it| mask | 1 << it);
    let needs: Vec<u32> = (0..n as u16)
        .map(|it| problem.closure(it).into_iter().fold(0, |mask, it| mask | 1 << it))
        .collect();
    let mut found = Vec::new();
    for set in 0..1_u32 << n {
        if set & !may != 0 {
            continue;
        }
        let members: Vec<usize> = (0..n).filter(|it| set >> it & 1 == 1).collect();
        if members.iter().any(|it| needs[*it] & !set != 0) {
            continue;
        }
        let (mut hours, mut dollars, mut cost) = (0.0, 0.0, 0.0);
        for it in &members {
            let it = &problem.items[*it];
            hours += it.hours + it.monthly * f64::from(limits.months - 1);
            dollars += it.dollars;
            cost += it.yearly_cost;
        }
        if hours > limits.hours + 1e-7 || dollars > limits.dollars + 1e-7 {
            continue;
        }
        let mut left = problem.terms.weights.clone();
        for cell in &problem.terms.cells {
            let mut mask = 0;
            for (bit, member) in cell.members.iter().enumerate() {
                mask |= ((set >> member & 1) as usize) << bit;
            }
            for (term, ratio) in cell.touches.iter().zip(cell.row(mask)) {
                left[usize::from(*term)] *= ratio;
            }
        }
        let kept: f64 = left.iter().sum();
        found.push((set, problem.terms.weights.iter().sum::<f64>() - kept - cost));
    }
    found
}

fn mask(items: &[u16]) -> u32 {
    items.iter().fold(0, |mask, it| mask | 1 << it)
}

#[test]
fn the_planner_is_as_good_as_brute_force_and_its_bound_is_never_below() {
    let (mut proved, mut forced_over) = (0, 0);
    for seed in 0..1_000 {
        let case = random(seed, 16, 8, seed % 3 == 0);
        let problem = case.problem();
        let limits = limits(&case, 0.1 + 0.4 * (seed % 7) as f64 / 7.0, 12);
        let found = best(&problem, &limits);
        // Which forced items go in first is a rule of its own; of plans that hold those, the best counts.
        let must = mask(&forced(State::new(problem, limits)).chosen());
        let sets = all_sets(&problem, &limits);
        let allowed = sets.iter().filter(|(set, _)| set & must == must);
        let optimum = allowed.map(|(_, value)| *value).fold(f64::NEG_INFINITY, f64::max);
        let tolerance = 1e-7 * (1.0 + optimum.abs());
        assert!((found.value - optimum).abs() <= tolerance, "{seed}: {found:?}, best {optimum}");
        assert!(found.upper >= optimum - tolerance, "{seed}");
        assert!(sets.iter().any(|(set, _)| *set == mask(&found.chosen)), "{seed}: it fits");
        proved += usize::from(found.proved);
        forced_over += usize::from(!found.over.is_empty());

        // At random sets: no set that holds this one is worth more than its value and bound.
        let mut stream = Stream::new(seed, 1, 0, 0);
        for _ in 0..3 {
            let mut state = State::new(problem, limits);
            for _ in 0..(stream.uniform() * 5.0) as usize {
                let bundle = state.missing((stream.uniform() * 16.0) as u16);
                if state.fits(&bundle) {
                    bundle.into_iter().for_each(|it| state.take(it));
                }
            }
            let here = mask(&state.chosen());
            let above = sets.iter().filter(|(set, _)| set & here == here);
            let most = above.map(|(_, value)| *value).fold(f64::NEG_INFINITY, f64::max);
            let open = open(&state, (0..16).filter(|it| problem.may[usize::from(*it)]));
            let bound = state.value() + bound(&state, &open).0;
            assert!(bound >= most - tolerance, "{seed}: bound {bound}, optimum {most}");
        }
    }
    assert_eq!(proved, 1_000);
    assert!(forced_over > 20, "some cases have forced items without room: {forced_over}");
}

#[test]
fn a_search_that_stops_early_says_how_far_it_may_be_off() {
    for seed in 0..200 {
        let case = random(seed, 16, 8, false);
        let problem = case.problem();
        let whole = limits(&case, 0.3, 12);
        let optimum = best(&problem, &whole);
        let stopped = best(&problem, &Limits { nodes: 3, ..whole });
        let tolerance = 1e-7 * (1.0 + optimum.value.abs());
        assert!(stopped.value <= optimum.value + tolerance, "{seed}");
        assert!(stopped.upper >= optimum.value - tolerance, "{seed}: {stopped:?} {optimum:?}");
        if stopped.proved {
            assert!((stopped.value - optimum.value).abs() <= tolerance, "{seed}");
        }
    }
}

#[test]
fn the_same_problem_has_the_same_answer() {
    let case = random(7, 40, 30, true);
    let limits = limits(&case, 0.2, 12);
    assert_eq!(best(&case.problem(), &limits), best(&case.problem(), &limits));
}

#[test]
fn what_the_law_requires_gets_half_where_not_all_of_it_fits() {
    let mut case = random(3, 16, 8, false);
    for item in &mut case.items {
        (item.force, item.hours, item.monthly) = (Force::Law, 10.0, 0.0);
        (item.dollars, item.yearly_cost, item.requires) = (0.0, 0.0, Vec::new());
    }
    case.may.fill(true);
    for free in [3, 4, 5, 6, 7] {
        case.items[free].force = Force::No;
    }
    let limits = Limits { dollars: 0.0, hours: 60.0, months: 12, nodes: 100_000 };
    let problem = case.problem();
    let first = forced(State::new(problem, limits)).chosen();
    assert_eq!(first.len(), 3, "half of 60 hours, ten hours each");
    let law = |it: &u16| case.items[usize::from(*it)].force == Force::Law;
    let state = State::new(problem, limits);
    let best_alone = (0..16).filter(law).max_by(|a, b| state.gain(*a).total_cmp(&state.gain(*b)));
    assert!(first.contains(&best_alone.unwrap()), "those that avoid most come first");
    let found = best(&problem, &limits);
    assert_eq!(found.chosen.len(), 6);
    assert!(first.iter().all(|it| found.chosen.contains(it)));
    assert_eq!(found.over.len(), 11 - found.chosen.iter().filter(|it| law(it)).count());
    // With room for all of it, all of it is in.
    let all = best(&problem, &Limits { hours: 115.0, ..limits });
    assert!(all.over.is_empty() && all.chosen.iter().filter(|it| law(it)).count() == 11);
}

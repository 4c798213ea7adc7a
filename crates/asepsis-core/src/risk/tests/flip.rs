//! The flip: beyond its point another action comes first, before it none does.

use proptest::prelude::*;

use super::super::input::{Input, Moved};
use super::super::{Flip, Limits, Proposal, flip};
use super::confidence::{action, small};
use super::support::Case;

/// The first action when one input is at a point of its distribution.
fn first_at(case: &Case, input: Input, share: f64) -> Option<String> {
    let model = &case.study.model;
    let value = input.quantile(model, share);
    let mut moved = case.study.clone();
    moved.terms = Moved::of(model, &case.study.terms, input, value).terms(&case.study.terms);
    let wanted = super::super::Wanted { study: &moved, ..case.wanted() };
    Proposal::of(&wanted).picks.first().map(|it| it.action.clone())
}

/// Holds a flip to its word.
fn holds(case: &Case, found: &Flip) -> Result<(), TestCaseError> {
    let model = &case.study.model;
    let input = Input::all(model).into_iter().find(|it| it.about(model) == found.input).unwrap();
    prop_assert!(found.worlds > 0.0 && found.worlds <= 0.5);
    let above = found.to.value > input.quantile(model, 0.5);
    let at = |chance: f64| first_at(case, input, if above { 1.0 - chance } else { chance });
    prop_assert_eq!(at(found.worlds - 0.002), Some(found.then.clone()));
    if found.worlds < 0.49 {
        prop_assert_eq!(at(found.worlds + 0.008), Some(found.first.clone()));
    }
    prop_assert_ne!(&found.then, &found.first);
    Ok(())
}

#[test]
fn the_nearest_rival_comes_first_when_one_number_moves() {
    // Phishing is worth a little more for an hour than ransomware; two percent of the effect decide.
    let controls = vec![action("mail", 0, 0.40, 4.0, 0.0), action("server", 1, 0.38, 4.0, 0.0)];
    let case = Case::new(small(controls), 1, Limits { dollars: 0.0, hours: 8.0 });
    let found = flip(&case.wanted()).unwrap();
    assert!(found.worlds > 0.3, "a narrow lead is lost easily: {found:?}");
    holds(&case, &found).unwrap();
}

#[test]
fn where_nothing_can_come_first_instead_nothing_flips() {
    let case = Case::new(
        small(vec![action("only", 0, 0.4, 4.0, 0.0)]),
        1,
        Limits { dollars: 0.0, hours: 8.0 },
    );
    assert_eq!(flip(&case.wanted()), None);
    let case = Case::new(small(Vec::new()), 1, Limits::default());
    assert_eq!(flip(&case.wanted()), None, "and where there is no action at all");
    let far = vec![action("much", 1, 0.9, 1.0, 0.0), action("little", 4, 0.01, 20.0, 0.0)];
    let case = Case::new(small(far), 1, Limits { dollars: 0.0, hours: 8.0 });
    assert_eq!(flip(&case.wanted()), None, "no plausible number makes little come before much");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn a_flip_is_where_it_says(seed in 0_u64..100_000, room in 0.2_f64..0.9) {
        let case = Case::random(seed, 6, room, 1);
        let found = flip(&case.wanted());
        prop_assert_eq!(&found, &flip(&case.wanted()));
        let first = Proposal::of(&case.wanted()).picks.first().map(|it| it.action.clone());
        if let Some(found) = &found {
            prop_assert_eq!(Some(&found.first), first.as_ref());
            holds(&case, found)?;
        }
    }
}

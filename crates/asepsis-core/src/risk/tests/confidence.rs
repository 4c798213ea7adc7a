//! Confidence: what is worth it in every world is sure, what is worth it in none is not, and the rest names
//! the number on which it depends.

use proptest::prelude::*;

use super::super::control::{Control, ControlEffect, Work};
use super::super::number::Beta;
use super::super::{InDoubt, Limits, Mark, Model, confidence};
use super::support::{Case, unknown};
use crate::catalog::{EffectOn, Range, Route};
use crate::organization::Size;

/// An action that stops a known share of one threat, for so many dollars a year.
pub(super) fn action(id: &str, threat: usize, share: f64, hours: f64, yearly: f64) -> Control {
    let exactly = |it: f64| Range { low: it, likely: it, high: it };
    Control {
        action: id.to_owned(),
        adoption: 0.05,
        coverage: Beta::new(10.0, 190.0),
        when_done: 0.95,
        closes: 0.947,
        parts: 1,
        open_parts: 1,
        failing: Vec::new(),
        work: Work { hours: exactly(hours), yearly: exactly(yearly), life: 1.0, ..Work::default() },
        effects: vec![ControlEffect {
            threat,
            on: EffectOn::Frequency,
            route: Route::Both,
            share: Beta::new(1_000.0 * share, 1_000.0 * (1.0 - share)),
        }],
        raises: Vec::new(),
    }
}

pub(super) fn small(controls: Vec<Control>) -> Model {
    let mut model = unknown(Size::Small);
    // With these controls alone, at an adoption that changes nothing.
    model.controls = controls;
    model
}

#[test]
fn an_action_is_sure_hopeless_or_depends_on_its_threats_frequency() {
    let controls = vec![
        action("free", 1, 0.3, 1.0, 0.0),
        action("dear", 2, 0.3, 1.0, 50_000.0),
        action("depends", 0, 0.5, 1.0, 450.0),
    ];
    let case = Case::new(small(controls), 512, Limits { dollars: 100_000.0, hours: 40.0 });
    let all = confidence(&case.wanted());
    assert_eq!(all.len(), 3);
    let of = |id: &str| all.iter().find(|it| it.action == id).unwrap();
    assert_eq!((of("free").in_plan.value, of("free").mark), (1.0, Mark::DoNow));
    assert_eq!((of("dear").in_plan.value, of("dear").mark), (0.0, Mark::NotNow));
    assert!(of("free").in_plan.low < 1.0, "so many worlds and no more");
    assert_eq!(of("depends").mark, Mark::Depends);
    match &of("depends").on {
        Some(InDoubt::Frequency { threat } | InDoubt::MedianLoss { threat }) => {
            assert_eq!(threat, "T1");
        }
        other => panic!("{other:?} {:?}", of("depends").in_plan),
    }
}

#[test]
fn what_goes_with_nothing_else_goes_with_its_own_draws() {
    // Two equal actions with room for one: which of them is chosen goes by their own draws alone.
    let controls = vec![action("one", 1, 0.3, 8.0, 0.0), action("other", 1, 0.3, 8.0, 0.0)];
    let case = Case::new(small(controls), 512, Limits { dollars: 0.0, hours: 8.0 / 12.0 });
    for it in confidence(&case.wanted()) {
        assert!((0.2..0.8).contains(&it.in_plan.value), "{it:?}");
        match &it.on {
            Some(InDoubt::Effect { action, .. } | InDoubt::InPlace { action }) => {
                assert_eq!(*action, it.action);
            }
            other => panic!("{other:?}"),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn shares_are_shares_and_the_same_each_time(seed in 0_u64..100_000, room in 0.1_f64..0.9) {
        let case = Case::random(seed, 8, room, 32);
        let all = confidence(&case.wanted());
        prop_assert_eq!(all.len(), 8);
        prop_assert_eq!(&all, &confidence(&case.wanted()));
        for it in &all {
            let share = &it.in_plan;
            prop_assert!((0.0..=1.0).contains(&share.low) && (0.0..=1.0).contains(&share.high));
            prop_assert!(share.low <= share.value && share.value <= share.high);
            let mark = match share.value {
                share if share >= 0.8 => Mark::DoNow,
                share if share < 0.2 => Mark::NotNow,
                _ => Mark::Depends,
            };
            prop_assert_eq!(it.mark, mark);
            prop_assert!(it.on.is_none() || mark == Mark::Depends);
        }
    }
}

//! Doubt: ranks, and the same answers twice.

use std::collections::BTreeMap;

use super::super::confidence::{correlation, ranks};
use super::super::{Limits, Proposal, Study, Wanted, asks, confidence};
use super::laws::random_model;
use super::support::{CATALOG, assessed};
use crate::organization::Size;

/// A study of a random model in which everything takes hours and dollars.
fn study(seed: u64) -> Study {
    let mut model = random_model(seed, 6);
    for (at, control) in model.controls.iter_mut().enumerate() {
        let hours = 1.0 + at as f64 * 3.0;
        control.work.hours = [hours / 2.0, hours, hours * 2.0].into();
        control.work.yearly = [0.0, 20.0 * at as f64, 100.0].into();
    }
    Study::of(model, 32)
}

fn wanted<'a>(
    study: &'a Study,
    assessment: &'a crate::engine::Assessment,
    decisions: &'a BTreeMap<String, (u64, crate::decision::Decision)>,
    limits: Limits,
) -> Wanted<'a> {
    Wanted { catalog: &CATALOG, study, assessment, decisions, limits, law: true, parent: None }
}

#[test]
fn ranks_and_correlation_are_the_usual_ones() {
    assert_eq!(ranks(&[3.0, 1.0, 1.0, 2.0]), [3.0, 0.5, 0.5, 2.0]);
    assert!((correlation(&[1.0, 2.0, 3.0], &[2.0, 4.0, 6.0]) - 1.0).abs() < 1e-12);
    assert!((correlation(&[1.0, 2.0, 3.0], &[3.0, 2.0, 1.0]) + 1.0).abs() < 1e-12);
    assert_eq!(correlation(&[1.0, 1.0], &[1.0, 2.0]), 0.0);
}

#[test]
fn the_same_study_is_as_sure_twice() {
    let (assessment, decisions) = (assessed(Size::Small, &[]).1, BTreeMap::new());
    let study = study(5);
    let wanted = wanted(&study, &assessment, &decisions, Limits::default());
    assert_eq!(confidence(&wanted), confidence(&wanted));
    assert_eq!(asks(&wanted), asks(&wanted));
    assert_eq!(Proposal::of(&wanted), Proposal::of(&wanted));
    let sure = confidence(&wanted);
    assert_eq!(sure.len(), 6);
    assert!(sure.iter().all(|it| it.in_plan.low <= it.in_plan.value));
}

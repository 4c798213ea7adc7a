//! Doubt: what knowing is worth, what moves the result, what would flip the first action.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::super::ask::Desk;
use super::super::confidence::{correlation, ranks};
use super::super::input::{Input, at_share};
use super::super::{Limits, Proposal, Study, Wanted, asks, confidence, flip, tornado};
use super::laws::random_model;
use super::support::{CATALOG, assessed, unknown};
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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn knowing_is_never_worth_less_than_nothing_and_a_word_never_more_than_a_look(seed in 0_u64..100_000, hours in 0.3_f64..4.0) {
        let study = study(seed);
        let (assessment, decisions) = (assessed(Size::Small, &[]).1, BTreeMap::new());
        let limits = Limits { dollars: 100.0, hours };
        let desk = Desk::new(&wanted(&study, &assessment, &decisions, limits));
        for control in 0..6 {
            let Some(answers) = desk.answers(control) else { continue };
            let scale = 1e-9 * (1.0 + answers.present.abs());
            // The present plan is worth the same on average before and after: no money out of nothing.
            let kept = answers.p * answers.kept_with + (1.0 - answers.p) * answers.kept_without;
            prop_assert!((kept - answers.present).abs() <= scale, "{answers:?}");
            prop_assert!(answers.look() >= -scale, "{answers:?}");
            prop_assert!(answers.word() >= -scale, "{answers:?}");
            // The search proves its answers here, so this is exact too.
            prop_assert!(answers.word() <= answers.look() + scale, "{answers:?}");
        }
    }

    #[test]
    fn knowing_is_worth_nothing_where_everything_is_done_anyway(seed in 0_u64..100_000) {
        let mut study = study(seed);
        for control in &mut study.model.controls {
            control.work = super::super::Work { life: 1.0, ..Default::default() };
        }
        let (assessment, decisions) = (assessed(Size::Small, &[]).1, BTreeMap::new());
        let limits = Limits { dollars: 100.0, hours: 100.0 };
        let desk = Desk::new(&wanted(&study, &assessment, &decisions, limits));
        for control in 0..6 {
            let Some(answers) = desk.answers(control) else { continue };
            prop_assert!(answers.look().abs() <= 1e-6 * (1.0 + answers.present.abs()), "{answers:?}");
        }
    }
}

#[test]
fn the_tornado_leads_with_what_correlates_most() {
    let study = Study::of(unknown(Size::Small), 512);
    let swings = tornado(&CATALOG, &study);
    assert!(swings.len() >= 10);
    for it in &swings {
        assert!(it.loss.low <= it.loss.value && it.loss.value <= it.loss.high, "{it:?}");
    }
    let losses: Vec<f64> =
        study.means_in.iter().map(|it| it.iter().map(|it| it.loss).sum()).collect();
    let losses = ranks(&losses);
    let mut inputs: Vec<(f64, Input)> = Input::all(&study.model)
        .into_iter()
        .map(|input| {
            let values: Vec<f64> = study.worlds.iter().map(|it| input.value(it)).collect();
            (correlation(&ranks(&values), &losses).abs(), input)
        })
        .collect();
    inputs.sort_by(|a, b| b.0.total_cmp(&a.0));
    let leaders: Vec<_> = inputs.iter().take(4).map(|it| it.1.about(&study.model)).collect();
    let found = swings.iter().take(6).filter(|it| leaders.contains(&it.input)).count();
    assert!(
        found >= 3,
        "{leaders:?} and {:?}",
        swings.iter().map(|it| &it.input).collect::<Vec<_>>()
    );
}

#[test]
fn ranks_and_correlation_are_the_usual_ones() {
    assert_eq!(ranks(&[3.0, 1.0, 1.0, 2.0]), [3.0, 0.5, 0.5, 2.0]);
    assert!((correlation(&[1.0, 2.0, 3.0], &[2.0, 4.0, 6.0]) - 1.0).abs() < 1e-12);
    assert!((correlation(&[1.0, 2.0, 3.0], &[3.0, 2.0, 1.0]) + 1.0).abs() < 1e-12);
    assert_eq!(correlation(&[1.0, 1.0], &[1.0, 2.0]), 0.0);
}

#[test]
fn a_flip_is_a_flip() {
    let (assessment, decisions) = (assessed(Size::Small, &[]).1, BTreeMap::new());
    let mut flips = 0;
    for seed in 0..20 {
        let study = study(seed);
        let wanted = wanted(&study, &assessment, &decisions, Limits { dollars: 500.0, hours: 3.0 });
        let proposal = Proposal::of(&wanted);
        let Some(it) = flip(&CATALOG, &study, &proposal) else { continue };
        flips += 1;
        assert_ne!(it.first, it.then);
        assert!(proposal.picks.iter().any(|pick| pick.action == it.then), "{it:?}");
        assert!(it.worlds > 0.0 && it.worlds <= 0.25);
    }
    assert!(flips > 0, "some of twenty models flip");
    let study = study(1);
    let middle = at_share(Input::Vendor, &study.worlds, 0.5);
    assert!((0.2..0.5).contains(&middle));
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

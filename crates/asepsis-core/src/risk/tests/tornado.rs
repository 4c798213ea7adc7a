//! The tornado against the expected loss, and against what plausible worlds say.

use proptest::prelude::*;

use super::super::confidence::{correlation, ranks};
use super::super::input::Input;
use super::super::tornado::loss_at;
use super::super::{InDoubt, Study, tornado};
use super::laws::random_model;
use super::support::{CATALOG, unknown};
use crate::organization::Size;

fn total(study: &Study) -> f64 {
    study.means.iter().map(|it| it.loss).sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn moving_an_input_through_all_of_its_distribution_gives_the_expected_loss(seed in 0_u64..100_000) {
        const POINTS: usize = 48;
        let study = Study::of(random_model(seed, 3), 1);
        let model = &study.model;
        for input in Input::all(model) {
            let at = |point: usize| (point as f64 + 0.5) / POINTS as f64;
            let each = (0..POINTS).map(|it| loss_at(&study, input, input.quantile(model, at(it))));
            let each: Vec<f64> = each.collect();
            let mean = each.iter().sum::<f64>() / POINTS as f64;
            // The middles of 48 equal parts miss some of a long tail.
            let ends = each.iter().fold((f64::MAX, 0.0_f64), |(low, high), it| (low.min(*it), high.max(*it)));
            let close = 0.01 * (ends.1 - ends.0) + 1e-6 * mean;
            prop_assert!((mean - total(&study)).abs() <= close, "{input:?}: {mean}, {}", total(&study));
        }
    }

    #[test]
    fn swings_are_the_widest_first_and_hold_the_expected_loss(seed in 0_u64..100_000) {
        let study = Study::of(random_model(seed, 6), 1);
        let swings = tornado(&CATALOG, &study);
        prop_assert!(swings.len() <= 12 && !swings.is_empty());
        prop_assert_eq!(&swings, &tornado(&CATALOG, &study));
        let width = |it: &super::super::Swing| it.loss.high - it.loss.low;
        for pair in swings.windows(2) {
            prop_assert!(width(&pair[0]) >= width(&pair[1]) - 0.02 * pair[0].loss.high);
        }
        for it in &swings {
            prop_assert!(it.loss.low <= it.loss.value && it.loss.value <= it.loss.high);
            // More of a control loses less, more of a threat more.
            match it.input {
                InDoubt::InPlace { .. } | InDoubt::Effect { .. } => {}
                InDoubt::Frequency { .. } | InDoubt::MedianLoss { .. } | InDoubt::LossSpread { .. } => {
                    prop_assert!(it.rises, "{it:?}");
                }
                InDoubt::Overlap { .. } | InDoubt::VendorShare => {}
            }
            prop_assert!(!(it.rises && matches!(it.input, InDoubt::InPlace { .. })), "{it:?}");
        }
    }
}

#[test]
fn an_input_has_the_distribution_that_worlds_draw_it_from() {
    let model = unknown(Size::Medium);
    let worlds = super::super::worlds(&model, 4_000);
    for input in Input::all(&model) {
        for share in [0.1, 0.5, 0.9] {
            let value = input.quantile(&model, share);
            let below = worlds.iter().filter(|it| input.value(it) < value).count();
            let found = below as f64 / worlds.len() as f64;
            // Five standard errors.
            let close = 5.0 * (share * (1.0 - share) / worlds.len() as f64).sqrt();
            assert!((found - share).abs() < close, "{input:?}: {found} and {share}");
        }
    }
}

#[test]
fn the_tornado_and_the_worlds_name_the_same_leaders() {
    for size in Size::ALL {
        let study = Study::of(unknown(size), 2048);
        let losses: Vec<f64> =
            study.means_in.iter().map(|it| it.iter().map(|it| it.loss).sum()).collect();
        let losses = ranks(&losses);
        let strength = |input: &Input| {
            let values: Vec<f64> = study.worlds.iter().map(|it| input.value(it)).collect();
            correlation(&ranks(&values), &losses).abs()
        };
        let mut by_rank: Vec<(f64, Input)> =
            Input::all(&study.model).into_iter().map(|it| (strength(&it), it)).collect();
        by_rank.sort_by(|a, b| b.0.total_cmp(&a.0));
        let by_rank: Vec<InDoubt> = by_rank.iter().map(|it| it.1.about(&study.model)).collect();
        let by_swing: Vec<InDoubt> =
            tornado(&CATALOG, &study).into_iter().map(|it| it.input).collect();
        assert!(by_rank[..2].contains(&by_swing[0]), "{size}: {by_rank:?} {by_swing:?}");
        assert!(by_swing[..3].contains(&by_rank[0]), "{size}: {by_rank:?} {by_swing:?}");
        let common = by_rank[..4].iter().filter(|it| by_swing[..5].contains(it)).count();
        assert!(common >= 3, "{size}: {by_rank:?} {by_swing:?}");
    }
}

//! Laws over random models: nothing that is done or better known raises the expected loss, and the terms
//! that the planner reads are the expected loss.

use proptest::prelude::*;

use super::super::control::{Control, ControlEffect, Work};
use super::super::number::{Beta, Gamma, LogNormal, Stream};
use super::super::{LossModel, Means, Model, ThreatModel, means, terms, worlds};
use crate::catalog::{EffectOn, Route};
use crate::organization::Size;

/// A model of three threats and a few controls, some of which act through others.
pub(crate) fn random_model(seed: u64, controls: usize) -> Model {
    let mut stream = Stream::new(seed, 9, 0, 0);
    let mut draw = move || stream.uniform();
    let threats = (0..3)
        .map(|at| ThreatModel {
            id: format!("T{}", at + 1),
            applies: draw() > 0.1,
            rate: Gamma::new(0.5 + 3.0 * draw(), 1.0 + 100.0 * draw()),
            drift: draw(),
            covariate: (0.3 + draw(), 0.4 * draw()),
            shocked: at < 2,
            by_vendor: at != 1,
            loss: LossModel {
                amount: LogNormal::from_median(500.0 + 50_000.0 * draw(), 0.5 + 1.7 * draw()),
                cap: 3e6,
                median_doubt: 0.5,
                sigma_doubt: 0.1,
            },
            care: (at == 1).then(|| LogNormal::from_median(5.0, 1.18)),
            grounds: super::super::Grounds::default(),
        })
        .collect();
    let beta =
        |draw: &mut dyn FnMut() -> f64| Beta::from_mean(0.05 + 0.9 * draw(), 2.0 + 30.0 * draw());
    let mut all: Vec<Control> = (0..controls)
        .map(|at| {
            let coverage = beta(&mut draw);
            let when_done = coverage.mean() + (0.98 - coverage.mean()).max(0.0) * draw();
            let mut effects = Vec::new();
            for threat in 0..3 {
                if draw() < 0.6 {
                    effects.push(ControlEffect {
                        threat,
                        on: if draw() < 0.7 { EffectOn::Frequency } else { EffectOn::Loss },
                        route: if draw() < 0.7 { Route::Own } else { Route::Both },
                        share: Beta::from_mean(0.02 + 0.6 * draw(), 4.0 + 10.0 * draw()),
                    });
                }
            }
            Control {
                action: format!("action-{at}"),
                adoption: 0.02 + 0.95 * draw(),
                coverage,
                when_done,
                closes: 1.0 - (1.0 - when_done) / (1.0 - coverage.mean()),
                parts: 3,
                open_parts: 1,
                failing: Vec::new(),
                work: Work { life: 3.0, ..Work::default() },
                effects,
                raises: Vec::new(),
            }
        })
        .collect();
    for (at, control) in all.iter_mut().enumerate() {
        let other = (draw() * controls as f64) as usize;
        if other != at && draw() < 0.5 {
            control.raises = vec![(other, 0.2 * draw())];
        }
    }
    Model {
        size: Size::Small,
        seed,
        threats,
        controls: all,
        overlap: Beta::new(7.0, 3.0),
        floor: 0.05_f64.sqrt(),
        shock: Gamma::new(4.0, 4.0),
        vendor: Beta::new(10.0, 20.0),
        revenue: 3e6,
        revenue_known: false,
    }
}

fn total(means: &[Means]) -> f64 {
    means.iter().map(|it| it.loss).sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn doing_more_never_avoids_less_and_adds_ever_less(seed in 0_u64..100_000, set in 0_u32..256, more in 0_u32..256, one in 0_u16..8) {
        let terms = terms(&random_model(seed, 8));
        let of = |mask: u32| {
            let chosen: Vec<u16> = (0..8).filter(|it| mask >> it & 1 == 1).collect();
            terms.avoided(&chosen)
        };
        let (small, large, item) = (set & more, set | more, 1_u32 << one);
        let scale = 1e-9 * (1.0 + of(255));
        prop_assert!(of(large) >= of(small) - scale, "monotone");
        if large & item == 0 {
            prop_assert!(of(small | item) - of(small) >= of(large | item) - of(large) - scale, "submodular");
        }
        let all: f64 = terms.terms.weights.iter().sum();
        prop_assert!(of(255) <= all + scale, "no more than there is");
    }

    #[test]
    fn an_action_pulls_less_where_another_one_pulls_too(seed in 0_u64..100_000) {
        // What the planner's closer bound rests on: the logarithm of what is left is convex.
        for cell in terms(&random_model(seed, 8)).terms.cells {
            let width = cell.touches.len();
            let left = |mask: usize, touch: usize| cell.left[mask * width + touch];
            let bits = cell.members.len();
            for (mask, bit) in (0..1_usize << bits).flat_map(|it| (0..bits).map(move |bit| (it, bit))) {
                for touch in (0..width).filter(|_| mask >> bit & 1 == 0) {
                    let alone = left(1 << bit, touch);
                    let beside = left(mask | 1 << bit, touch) / left(mask, touch);
                    prop_assert!(beside >= alone * (1.0 - 1e-12), "{} and {}", beside, alone);
                }
            }
        }
    }

    #[test]
    fn better_evidence_never_raises_the_expected_loss(seed in 0_u64..100_000, at in 0_usize..6, cases in 0.1_f64..30.0) {
        let model = random_model(seed, 6);
        let mut better = model.clone();
        let Beta { a, b } = model.controls[at].coverage;
        better.controls[at].coverage = Beta::new(a + cases, b);
        let (before, after) = (means(&model), means(&better));
        for (before, after) in before.iter().zip(&after) {
            prop_assert!(after.loss <= before.loss * (1.0 + 1e-9));
            prop_assert!(after.events <= before.events * (1.0 + 1e-9));
            prop_assert!(after.care_days <= before.care_days * (1.0 + 1e-9));
        }
    }

    #[test]
    fn what_is_done_is_what_the_terms_say(seed in 0_u64..100_000, done in 0_u16..6) {
        // A control whose coverage is a point at which doing it is exact: the terms are the means.
        let model = random_model(seed, 6);
        let before = total(&means(&model));
        let world = &worlds(&model, 4)[seed as usize % 4];
        let mut after = world.clone();
        let control = &model.controls[usize::from(done)];
        after.controls[usize::from(done)].coverage =
            1.0 - (1.0 - world.controls[usize::from(done)].coverage) * (1.0 - control.closes);
        for (target, share) in &control.raises {
            let it = &mut after.controls[*target].coverage;
            *it = 1.0 - (1.0 - *it) * (1.0 - share);
        }
        let avoided = total(&world.means(&model)) - total(&after.means(&model));
        let said = world.terms(&model).avoided(&[done]);
        prop_assert!((avoided - said).abs() <= 1e-9 * (1.0 + before), "{avoided} and {said}");
    }

    #[test]
    fn the_floor_holds(seed in 0_u64..100_000) {
        let mut model = random_model(seed, 8);
        for control in &mut model.controls {
            control.coverage = Beta::new(5_000.0, 0.01);
            control.adoption = 0.02;
            for effect in &mut control.effects {
                effect.share = Beta::new(900.0, 1.0);
                effect.route = Route::Both;
            }
        }
        let (best, sector) = (means(&model), means(&model.average()));
        for (best, sector) in best.iter().zip(&sector) {
            prop_assert!(best.loss >= 0.05 * sector.loss * (1.0 - 1e-9));
        }
    }
}

#[test]
fn fixed_rules_and_plain_draws_agree() {
    // The fixed rules (8 nodes over coverage and effect, 4 over the overlap) against plain sampling.
    for seed in [1, 2, 3] {
        let model = random_model(seed, 6);
        let exact = total(&means(&model));
        let worlds = worlds(&model, 20_000);
        let each: Vec<f64> = worlds.iter().map(|it| total(&it.means(&model))).collect();
        let n = each.len() as f64;
        let mean = each.iter().sum::<f64>() / n;
        let sd = (each.iter().map(|it| (it - mean).powi(2)).sum::<f64>() / n).sqrt();
        assert!((mean - exact).abs() < 4.0 * sd / n.sqrt(), "{seed}: {mean} and {exact}");
    }
}

//! Laws of simulated years over random models: nothing that is done or better known makes a year worse,
//! nothing moves what it does not touch, more doubt never narrows a band, and the formulas agree.

use proptest::prelude::*;

use super::super::super::number::{exp, pow};
use super::super::super::outlook::range;
use super::super::super::tests::laws::random_model;
use super::super::super::tests::support::unknown;
use super::super::super::{LossTerms, Model, Study, worlds as drawn};
use super::super::residuals::Layout;
use super::super::year::{Made, Shocks};
use super::super::{Amount, Counted, curves, simulated_values};
use super::{lived, lived_in};
use crate::organization::Size;

const SLACK: f64 = 1.0 + 1e-12;

/// The worst year is no worse, nor the second, and so on.
fn no_worse(one: &[f64], other: &[f64]) -> bool {
    one.len() <= other.len() && one.iter().zip(other).all(|(one, other)| *one <= other * SLACK)
}

fn set(mask: u16) -> Vec<u16> {
    (0..16).filter(|it| mask >> it & 1 == 1).collect()
}

/// A year's losses by one threat, where it has any.
fn of_threat(made: &[Made], threat: usize, threats: usize) -> Vec<f32> {
    let rows = made.iter().flat_map(|it| it.by_threat.chunks(threats));
    rows.filter_map(|it| it.get(threat).copied()).filter(|it| *it > 0.0).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn doing_more_makes_no_year_worse(seed in 0_u64..100_000, some in 0_u16..256, more in 0_u16..256) {
        let model = random_model(seed, 8);
        let less = lived(&model, 3, 256, &set(some & more));
        let most = lived(&model, 3, 256, &set(some | more));
        for (less, most) in less.iter().zip(&most) {
            prop_assert!(no_worse(&most.after, &less.after), "dollars");
            prop_assert!(no_worse(&most.care_after, &less.care_after), "days");
            prop_assert!(no_worse(&less.after, &less.losses), "now and after");
            prop_assert_eq!(&less.losses, &most.losses);
        }
    }

    #[test]
    fn better_coverage_makes_no_year_worse(seed in 0_u64..100_000, at in 0_usize..6, share in 0.0_f64..1.0) {
        let mut model = random_model(seed, 6);
        for threat in &mut model.threats {
            // With two routes an event may change its route, and so what it costs.
            threat.by_vendor = false;
        }
        let before = drawn(&model, 3);
        let mut after = before.clone();
        for world in &mut after {
            let it = &mut world.controls[at].coverage;
            *it += (1.0 - *it) * share;
        }
        let (before, after) = (lived_in(&model, &before, 256, &[]), lived_in(&model, &after, 256, &[]));
        for (before, after) in before.iter().zip(&after) {
            prop_assert!(no_worse(&after.losses, &before.losses));
            prop_assert!(no_worse(&after.care, &before.care));
        }
    }

    #[test]
    fn a_new_action_moves_no_event_of_a_threat_that_it_does_not_touch(seed in 0_u64..100_000) {
        let all = random_model(seed, 6);
        let mut fewer = all.clone();
        for control in &mut fewer.controls {
            control.effects.retain(|it| it.threat != 0);
        }
        let (all, fewer) = (lived(&all, 3, 256, &[]), lived(&fewer, 3, 256, &[]));
        for threat in [1, 2] {
            prop_assert_eq!(of_threat(&all, threat, 3), of_threat(&fewer, threat, 3));
        }
    }

    #[test]
    fn what_is_left_in_a_world_is_what_the_formulas_say(seed in 0_u64..100_000, done in 0_u16..256) {
        let model = random_model(seed, 8);
        let done = set(done);
        let world = &drawn(&model, 4)[seed as usize % 4];
        let left = Layout::of(&model, &done).left(world, true);
        let (means, terms) = (world.means(&model), world.terms(&model));
        let whole = |at: usize, route: usize| {
            let it = world.threats[at];
            let vendor = if model.threats[at].by_vendor { world.vendor } else { 0.0 };
            it.rate * it.amount.mean_capped(it.cap) * if route == 0 { 1.0 - vendor } else { vendor }
        };
        let mut total = 0.0;
        for (at, now) in left.now.iter().enumerate() {
            let loss: f64 =
                now.iter().enumerate().map(|(route, it)| whole(at, route) * it.0 * it.1).sum();
            prop_assert!((loss - means[at].loss).abs() <= 1e-9 * (1.0 + means[at].loss));
            total += loss;
        }
        let after: f64 = left.after.iter().enumerate().map(|(at, it)| {
            it.iter().enumerate().map(|(route, it)| whole(at, route) * it.0 * it.1).sum::<f64>()
        }).sum();
        prop_assert!((total - after - terms.avoided(&done)).abs() <= 1e-9 * (1.0 + total));
        for action in 0..8 {
            let mut avoided = 0.0;
            for (at, routes) in left.alone.iter().enumerate() {
                for (route, actions) in routes.iter().enumerate() {
                    let now = left.now[at][route];
                    let of = actions.iter().filter(|(it, _)| *it == action);
                    avoided += of
                        .map(|(_, it)| whole(at, route) * now.0 * now.1 * (1.0 - it.0 * it.1))
                        .sum::<f64>();
                }
            }
            let said = terms.avoided(&[action as u16]);
            prop_assert!((avoided - said).abs() <= 1e-9 * (1.0 + total), "{avoided} and {said}");
        }
    }

    #[test]
    fn more_doubt_never_narrows_a_band(seed in 0_u64..100_000, which in 0_usize..3, more in 0.5_f64..1.5) {
        let mut model = random_model(seed, 0);
        for threat in &mut model.threats {
            // Where a frequency may be next to nothing, the end of its band is mostly noise.
            threat.rate.shape += 2.0;
        }
        let mut unsure = model.clone();
        for threat in &mut unsure.threats {
            match which {
                0 => threat.drift += more,
                1 => threat.covariate.1 += more,
                _ => threat.loss.median_doubt += more,
            }
        }
        for at in (0..3).filter(|at| model.threats[*at].applies) {
            let width = |model: &Model| {
                let worlds = drawn(model, 512);
                let (low, high) = range(worlds.iter().map(|it| it.means(model)[at].loss));
                high / low
            };
            let (before, after) = (width(&model), width(&unsure));
            prop_assert!(after >= before, "T{}: {before} and {after}", at + 1);
        }
    }
}

#[test]
fn values_by_thinning_are_those_of_the_formula() {
    const WORLDS: usize = 128;
    for (size, years) in [(Size::Small, 2_048), (Size::Medium, 256), (Size::Large, 64)] {
        let mut model = unknown(size);
        for it in &mut model.threats {
            // A nearer cap: else one event that should come in a million years outweighs all others.
            it.loss.cap = it.loss.amount.quantile(0.99).min(it.loss.cap);
        }
        let study = Study::of(model, WORLDS);
        let amount = Amount { worlds: WORLDS, years, threads: 2 };
        let counted = simulated_values(&study, amount);
        let variances = variances(&study, years);
        let mut sharp = 0;
        for (at, (counted, variance)) in counted.iter().zip(variances).enumerate() {
            let of = |terms: &LossTerms| terms.avoided(&[at as u16]);
            let exact = of(&study.terms);
            // In the same worlds, and with the doubt about the world.
            let told = Counted::of(study.terms_in.iter().map(of));
            let error = variance.sqrt() / WORLDS as f64;
            let off = (counted.value - told.value).abs();
            assert!(off <= 4.0 * error, "{size}: {counted:?}, {told:?}, {error}");
            let both = (variance / WORLDS.pow(2) as f64 + told.error * told.error).sqrt();
            let off = (counted.value - exact).abs();
            assert!(off <= 4.0 * both, "{size}: {counted:?}, {exact}, {both}");
            sharp += usize::from(exact > 3.0 * error && exact > 0.0);
        }
        println!("{size}: {sharp} of {} actions by more than thrice the noise", counted.len());
        assert!(sharp > 10, "{size}: {sharp} actions stand out from the noise");
    }
}

/// For each action, the variance of what it avoids in a year as counted in one world, summed over
/// worlds: for each event the mean square of what it takes off. By formula, since of a handful of
/// events with a heavy tail the spread is not seen.
fn variances(study: &Study, years: u32) -> Vec<f64> {
    let layout = Layout::of(&study.model, &[]);
    let mut sums = vec![0.0; study.model.controls.len()];
    for world in &study.worlds {
        let left = layout.left(world, true);
        for (at, routes) in left.alone.iter().enumerate() {
            let it = world.threats[at];
            let vendor = if study.model.threats[at].by_vendor { world.vendor } else { 0.0 };
            for (route, actions) in routes.iter().enumerate() {
                let share = if route == 0 { 1.0 - vendor } else { vendor };
                let (often, much) = left.now[at][route];
                let square = it.amount.square_capped(it.cap) * much * much;
                for (action, (kept, less)) in actions {
                    let off = (1.0 - kept) + kept * (1.0 - less) * (1.0 - less);
                    sums[*action] += it.rate * share * often * square * off / f64::from(years);
                }
            }
        }
    }
    sums
}

#[test]
fn years_without_a_loss_are_as_many_as_the_formula_says() {
    for size in Size::ALL {
        let model = unknown(size);
        let study = Study::of(model.clone(), 128);
        let years = if size == Size::Large { 256 } else { 1_024 };
        let made = lived_in(&model, &study.worlds, years, &[]);
        let (mut ours, mut exact) = (0.0, 0.0);
        for (made, means) in made.iter().zip(&study.means_in) {
            let of = |shocked: bool| -> f64 {
                let pairs = model.threats.iter().zip(means);
                pairs.filter(|(it, _)| it.shocked == shocked).map(|(_, it)| it.events).sum()
            };
            exact += pow(4.0 / (4.0 + of(true)), 4.0) * exp(-of(false)) / 128.0;
            ours += (1.0 - made.losses.len() as f64 / f64::from(made.years)) / 128.0;
        }
        let error = (exact * (1.0 - exact) / (128.0 * f64::from(years))).sqrt();
        assert!((ours - exact).abs() < 4.0 * error, "{size}: {ours} and {exact}");
    }
}

#[test]
fn shocks_have_the_mean_of_their_distribution_and_nearly_its_variance() {
    let gamma = unknown(Size::Small).shock;
    for years in [1, 2, 256, 4_096] {
        let shocks = Shocks::of(gamma, years);
        let n = 10_240;
        let all = (0..n).map(|it| shocks.at((f64::from(it) + 0.5) / f64::from(n)));
        let mean = all.clone().sum::<f64>() / f64::from(n);
        assert!((mean - gamma.mean()).abs() < 1e-10, "{years}: {mean}");
        if years >= 256 {
            let variance = all.map(|it| (it - mean) * (it - mean)).sum::<f64>() / f64::from(n);
            assert!((variance / gamma.variance() - 1.0).abs() < 0.01, "{years}: {variance}");
        }
    }
}

#[test]
fn what_is_read_off_the_curve_fits_together() {
    let study = Study::of(unknown(Size::Medium), 64);
    let done: Vec<u16> = (0..study.model.controls.len() as u16).collect();
    let told = curves(&study, &done, Amount { worlds: 64, years: 256, threads: 2 });
    let after = told.after.as_ref().unwrap();
    let shares: f64 = told.bad_years.iter().map(|(_, it)| it.value).sum();
    assert!((shares - 1.0).abs() < 0.01, "{shares}");
    for curve in [&told.now, after] {
        let chances = curve.points.iter().map(|it| it.chance.value);
        assert!(chances.clone().zip(chances.skip(1)).all(|(one, next)| next <= one));
        assert!(
            curve
                .one_in
                .iter()
                .zip(curve.one_in.iter().skip(1))
                .all(|(a, b)| a.loss.value < b.loss.value)
        );
        assert!(curve.shortfall.value > curve.one_in[1].loss.value);
        let first = &curve.points[0].chance;
        assert!(first.value <= 1.0 - curve.loss_free.value + 0.01);
    }
    for (now, after) in told.now.points.iter().zip(&after.points) {
        assert!(after.chance.value <= now.chance.value && after.chance.high <= now.chance.high);
    }
    assert!(after.loss_free.value > told.now.loss_free.value);
    assert!(after.shortfall.value < told.now.shortfall.value);
}

//! Expected losses: exactly the sector's for the average organization, and as published for each size.

use super::super::numbers::{Expected, Numbers, Rule};
use super::super::{Means, Model, Outlook, Study, exposure::means_with, means, worlds};
use super::support::{CATALOG, unknown};
use crate::organization::Size;

/// The numbers of a model, with every control exactly as far in place as in the sector.
struct Average<'a>(&'a Model);

impl Numbers for Average<'_> {
    fn overlap(&self, threat: usize) -> Rule {
        Expected(self.0).overlap(threat)
    }

    fn coverage(&self, control: usize) -> Rule {
        vec![(self.0.controls[control].adoption, 1.0)]
    }

    fn effect(&self, control: usize, effect: usize) -> Rule {
        Expected(self.0).effect(control, effect)
    }

    fn vendor(&self) -> f64 {
        Expected(self.0).vendor()
    }

    fn rate(&self, threat: usize) -> f64 {
        Expected(self.0).rate(threat)
    }

    fn loss(&self, threat: usize) -> f64 {
        Expected(self.0).loss(threat)
    }

    fn care(&self, threat: usize) -> f64 {
        Expected(self.0).care(threat)
    }
}

fn total(means: &[Means]) -> f64 {
    means.iter().map(|it| it.loss).sum()
}

#[test]
fn the_average_organization_has_exactly_the_sectors_loss() {
    for size in Size::ALL {
        let model = unknown(size);
        let average = means_with(&model, &Average(&model));
        let sector = means(&model.average());
        for (ours, theirs) in average.iter().zip(&sector) {
            let close = |a: f64, b: f64| (a - b).abs() <= 1e-12 * b.abs();
            assert!(close(ours.events, theirs.events), "{size}: {ours:?} {theirs:?}");
            assert!(close(ours.loss, theirs.loss), "{size}: {ours:?} {theirs:?}");
            assert!(close(ours.care_days, theirs.care_days), "{size}: {ours:?} {theirs:?}");
        }
    }
}

/// Expected losses of the sector as worked out independently, by a million simulated years, before
/// this was written: in thousands of dollars a year, by threat.
#[test]
fn the_sectors_losses_are_those_of_an_independent_simulation() {
    let published = [
        (Size::Small, [1.5, 1.5, 0.3, 0.2, 0.2]),
        (Size::Medium, [13.0, 41.0, 7.0, 11.0, 8.0]),
        (Size::Large, [242.0, 772.0, 214.0, 337.0, 127.0]),
    ];
    for (size, losses) in published {
        let sector = means(&unknown(size).average());
        for (threat, (mean, published)) in sector.iter().zip(losses).enumerate() {
            let ours = mean.loss / 1000.0;
            let digit = if size == Size::Small { 0.05 } else { 0.5 };
            // 5 % for the noise of that simulation, and its rounding.
            let close = (ours - published).abs() <= 0.05 * published + digit;
            assert!(close, "{size}, T{}: {ours:.2} and {published}", threat + 1);
        }
    }
}

#[test]
fn a_small_practice_with_nothing_known_loses_about_four_thousand_a_year() {
    let model = unknown(Size::Small);
    let outlook = Outlook::of(&CATALOG, &Study::of(model, 512));
    let all = &outlook.all;
    assert!((3_000.0..5_000.0).contains(&all.loss.value), "{:?}", all.loss);
    assert!((1_000.0..2_000.0).contains(&all.loss.low), "{:?}", all.loss);
    assert!((6_000.0..12_000.0).contains(&all.loss.high), "{:?}", all.loss);
    assert!((0.85..0.90).contains(&all.loss_free.value), "{:?}", all.loss_free);
    let top: Vec<f64> = outlook.threats.iter().map(|it| it.costliest.value).collect();
    let phishing_and_ransomware = top[0] + top[1];
    assert!(phishing_and_ransomware > 0.8, "{top:?}");
    assert!(top[0].max(top[1]) < 0.8, "which of the two is undecided: {top:?}");
    assert!(outlook.leader().is_none());
    let often = |at: usize| outlook.threats[at].chance.value;
    assert!((0..5).all(|it| often(it) <= often(3)), "an insider's slip comes most often");
}

#[test]
fn the_same_model_has_the_same_worlds_and_a_new_action_moves_no_other() {
    let model = unknown(Size::Small);
    assert_eq!(worlds(&model, 64), worlds(&model, 64));
    let mut fewer = model.clone();
    fewer.controls.clear();
    let (all, few) = (worlds(&model, 64), worlds(&fewer, 64));
    for (a, b) in all.iter().zip(&few) {
        assert_eq!((&a.threats, a.vendor), (&b.threats, b.vendor));
    }
}

#[test]
fn worlds_agree_with_the_exact_means() {
    for size in Size::ALL {
        let model = unknown(size);
        let exact = total(&means(&model));
        let worlds = worlds(&model, 4096);
        let each: Vec<f64> = worlds.iter().map(|it| total(&it.means(&model))).collect();
        let n = each.len() as f64;
        let mean = each.iter().sum::<f64>() / n;
        let sd = (each.iter().map(|it| (it - mean).powi(2)).sum::<f64>() / n).sqrt();
        assert!((mean - exact).abs() < 4.0 * sd / n.sqrt(), "{size}: {mean} and {exact}");
    }
}

#[test]
fn own_history_moves_the_rate_by_its_weight() {
    use super::super::number::Gamma;
    // Two events of mail compromise in five years: from 1.6 % to 3.4 % a year, not to 40 %.
    let rate = Gamma::new(1.58, 101.0);
    let posterior = rate.with_events(2, 5.0);
    assert!((rate.mean() - 0.0156).abs() < 1e-4);
    assert!((posterior.mean() - 0.0338).abs() < 1e-4);
}

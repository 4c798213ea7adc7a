//! The value of information: never below nothing, nothing where nothing can change, less by a word than by
//! a look; against every set of actions by brute force.

use proptest::prelude::*;

use super::worth::{Adviser, Worth};
use super::{Asks, asks};
use crate::catalog::{Priors, Range};
use crate::organization::Size;
use crate::risk::number::Stream;
use crate::risk::tests::support::{CATALOG, Case, assessed, catalog_with};
use crate::risk::{Limits, Model, ModelInput};

fn priors() -> &'static Priors {
    CATALOG.priors.as_ref().unwrap()
}

fn worths(case: &Case) -> Vec<Option<Worth>> {
    let wanted = case.wanted();
    let adviser = Adviser::new(&wanted, priors());
    (0..case.study.model.controls.len()).map(|it| adviser.worth(it, f64::NEG_INFINITY)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn a_word_is_worth_less_than_a_look_and_a_look_less_than_certainty(seed in 0_u64..100_000, room in 0.1_f64..0.9) {
        let case = Case::random(seed, 7, room, 8);
        let loss: f64 = case.study.means.iter().map(|it| it.loss).sum();
        let wanted = case.wanted();
        let adviser = Adviser::new(&wanted, priors());
        for (at, it) in worths(&case).into_iter().enumerate() {
            let Some(Worth { word, look, .. }) = it else { continue };
            let sure = adviser.certainty(at);
            prop_assert!(word.mean >= 0.0 && sure > 0.0);
            prop_assert!(look.mean >= word.mean - 1e-9 * loss, "{} {}", look.mean, word.mean);
            prop_assert!(sure >= look.mean - 1e-9 * loss, "{} {}", sure, look.mean);
        }
    }

    #[test]
    fn knowing_is_worth_what_brute_force_says(seed in 0_u64..100_000, room in 0.1_f64..0.9) {
        let case = Case::random(seed, 7, room, 1);
        let wanted = case.wanted();
        let adviser = Adviser::new(&wanted, priors());
        for control in 0..7 {
            let (evppi, bound) = adviser.by_brute_force(control);
            let found = adviser.certainty(control);
            let loss: f64 = case.study.means.iter().map(|it| it.loss).sum();
            prop_assert!((found - evppi).abs() <= 1e-7 * loss, "{}: {} and {}", control, found, evppi);
            prop_assert!(bound >= evppi - 1e-9 * loss, "{}: bound {}, {}", control, bound, evppi);
        }
    }

    #[test]
    fn the_two_cases_together_are_what_is_expected_now(seed in 0_u64..100_000) {
        let case = Case::random(seed, 7, 0.5, 1);
        let wanted = case.wanted();
        let adviser = Adviser::new(&wanted, priors());
        let mut stream = Stream::new(seed, 3, 0, 0);
        for control in 0..7 {
            for _ in 0..4 {
                let plan: Vec<u16> = (0..7).filter(|_| stream.uniform() < 0.5).collect();
                let Some([together, now, coarse]) = adviser.together(control, &plan) else { continue };
                let close = |to: f64, by: f64| (together - to).abs() <= by * now;
                prop_assert!(close(now, 1e-12), "{} and {}", together, now);
                prop_assert!(close(coarse, 1e-6), "{} and with fewer nodes {}", together, coarse);
            }
        }
    }
}

#[test]
fn nothing_is_worth_knowing_where_nothing_can_be_done() {
    let mut some = 0;
    for seed in 0..10 {
        let mut case = Case::random(seed, 7, 0.4, 8);
        some += worths(&case).iter().flatten().count();
        case.limits = Limits { dollars: 0.0, hours: 0.0 };
        assert!(worths(&case).iter().all(Option::is_none));
        case.limits = Limits { dollars: 1e9, hours: 1e9 };
        for control in &mut case.study.model.controls {
            control.work.first = Range::default();
            control.work.yearly = Range::default();
        }
        assert!(worths(&case).iter().all(Option::is_none), "all is free and all fits");
    }
    assert!(some > 5, "else it is: {some}");
}

#[test]
fn worlds_say_on_average_what_the_formula_says() {
    let mut held = 0;
    for seed in 0..12 {
        let case = Case::random(seed, 7, 0.4, 128);
        for it in worths(&case).into_iter().flatten() {
            let n = it.look.worlds.len() as f64;
            let mean = it.look.worlds.iter().sum::<f64>() / n;
            let sd = (it.look.worlds.iter().map(|it| (it - mean).powi(2)).sum::<f64>() / n).sqrt();
            assert!(
                (mean - it.look.mean).abs() <= 5.0 * sd / n.sqrt(),
                "{seed}: {mean} and {}",
                it.look.mean
            );
            held += 1;
        }
    }
    assert!(held > 10, "{held}");
}

/// Two actions for one part each, equal but for how it can be known.
const ACTION: &str = r#"
id = "ID"
title = "Do it"
why = "It helps."
serves = ["PART"]
who = "it"
steps = "1. Do it."
life = 3
certainty = { level = "judged", note = "made up" }
sources = ["none"]
[size.small]
hours = [6, 12, 24]
first = [0, 0, 0]
yearly = [0, 60, 120]
adoption = 0.4
adopted = { badge = "judgment", source = "our-judgment" }
[[effect]]
threat = "T2"
on = "frequency"
beta = [4, 6]
badge = "judgment"
source = "our-judgment"
note = "made up"
"#;

fn asked(hours: f64) -> (Asks, Asks) {
    let action = |id: &str, part: &str| ACTION.replace("ID", id).replace("PART", part);
    let texts = [
        ("test-firewall", action("test-firewall", "2.S.A/host-firewall")),
        ("test-restores", action("test-restores", "4.S.B/restore-tests")),
        ("test-agreement", action("test-agreement", "1.S.A/mail-agreement")),
    ];
    let texts: Vec<(&str, &str)> = texts.iter().map(|(id, it)| (*id, it.as_str())).collect();
    let catalog = catalog_with(&texts);
    let (_, assessment) = assessed(Size::Small, &[]);
    let input = ModelInput {
        catalog: &catalog,
        assessment: &assessment,
        faded: &Default::default(),
        history: None,
        revenue: None,
    };
    let mut model = Model::of(&input).unwrap();
    model.controls.retain(|it| it.action.starts_with("test-"));
    let case = Case::new(model, 64, Limits { dollars: 1_000.0, hours });
    (asks(&case.wanted_by(&catalog)), asks(&case.wanted_by(&catalog)))
}

#[test]
fn what_is_worth_most_for_a_minute_is_asked_first_and_says_how() {
    let (found, again) = asked(2.0);
    assert_eq!(found, again);
    assert!(found.further && found.asks.len() > 1, "{found:?}");
    let for_a_minute = |it: &super::Ask| it.worth.value / it.minutes.value;
    let each: Vec<f64> = found.asks.iter().map(for_a_minute).collect();
    assert!(each.windows(2).all(|pair| pair[0] >= pair[1] * 0.99), "{each:?}");
    for it in &found.asks {
        assert!(it.worth.low <= it.worth.value && it.worth.value <= it.worth.high, "{it:?}");
        assert!(it.questions.iter().all(|id| CATALOG.question(id).is_some()), "{it:?}");
        assert!(it.checks.iter().all(|id| CATALOG.check(id).is_some()), "{it:?}");
        assert!(!it.questions.is_empty() || !it.checks.is_empty());
    }
    let firewall = found.asks.iter().find(|it| it.action == "test-firewall").unwrap();
    assert!(!firewall.checks.is_empty(), "the program can see firewalls");
    assert_eq!(firewall.minutes.value, 3.0, "in one look");
}

#[test]
fn further_answers_do_not_help_without_hours() {
    let (found, _) = asked(0.0);
    assert!(!found.further && found.asks.is_empty());
}

//! At the edges: no hours, no dollars, no worlds, nothing that threatens, nothing to do, numbers out of
//! bounds. Everything is still a number.

use serde::Serialize;
use serde_json::Value;

use super::super::number::Gamma;
use super::super::simulate::{Amount, curves};
use super::super::{
    Limits, Model, ModelInput, Outlook, Proposal, Register, Study, asks, confidence, flip, means,
    terms, tornado,
};
use super::laws::random_model;
use super::support::{CATALOG, Case, assessed, catalog_with, unknown};
use crate::organization::Size;

/// What is no number is written as null; and what is absent is left out.
fn nulls(of: &impl Serialize) -> Vec<String> {
    fn walk(at: &str, value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Null => found.push(at.to_owned()),
            Value::Array(all) => all.iter().for_each(|it| walk(&format!("{at}[]"), it, found)),
            Value::Object(all) => {
                all.iter().for_each(|(key, it)| walk(&format!("{at}.{key}"), it, found));
            }
            Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    let mut found = Vec::new();
    walk("", &serde_json::to_value(of).unwrap(), &mut found);
    found
}

/// Works everything out and holds it to numbers.
fn all_numbers(name: &str, case: &Case) {
    let wanted = case.wanted();
    let outlook = Outlook::of(&CATALOG, &case.study);
    let proposal = Proposal::of(&wanted);
    let register = Register::of(&CATALOG, &case.assessment, &case.study, &outlook, &proposal);
    let done: Vec<u16> = (0..case.study.model.controls.len().min(3) as u16).collect();
    let curves = curves(&case.study, &done, Amount { worlds: 4, years: 64, threads: 1 });
    for (what, found) in [
        ("outlook", nulls(&outlook)),
        ("proposal", nulls(&proposal)),
        ("register", nulls(&register.unwrap())),
        ("curves", nulls(&curves)),
        ("asks", nulls(&asks(&wanted))),
        ("confidence", nulls(&confidence(&wanted))),
        ("tornado", nulls(&tornado(&CATALOG, &case.study))),
        ("flip", flip(&wanted).map_or_else(Vec::new, |it| nulls(&it))),
    ] {
        assert!(found.is_empty(), "{name}, {what}: {found:?}");
    }
}

#[test]
fn every_number_is_one_at_the_edges() {
    let usual = Limits { dollars: 2_000.0, hours: 4.0 };
    let small = || unknown(Size::Small);
    let with = |change: fn(&mut Model)| {
        let mut model = small();
        change(&mut model);
        model
    };
    let none_applies = with(|it| it.threats.iter_mut().for_each(|it| it.applies = false));
    let no_controls = with(|it| it.controls.clear());
    let no_effects = with(|it| it.controls.iter_mut().for_each(|it| it.effects.clear()));
    let never = with(|it| it.threats.iter_mut().for_each(|it| it.rate = Gamma::new(1e-9, 1e9)));
    let free = with(|it| {
        it.controls.iter_mut().for_each(|it| it.work = super::super::Work { life: 1.0, ..it.work });
    });
    let no_revenue = with(|it| it.revenue = 0.0);
    for (name, model, worlds, limits) in [
        ("no hours", small(), 8, Limits { hours: 0.0, ..usual }),
        ("no dollars", small(), 8, Limits { dollars: 0.0, ..usual }),
        ("neither", small(), 8, Limits { dollars: 0.0, hours: 0.0 }),
        ("all there is", small(), 8, Limits { dollars: 1e12, hours: 1e9 }),
        ("no worlds", small(), 0, usual),
        ("one world", small(), 1, usual),
        ("no threat applies", none_applies, 8, usual),
        ("no controls", no_controls, 8, usual),
        ("no effects", no_effects, 8, usual),
        ("nothing ever happens", never, 8, usual),
        ("all is free", free, 8, usual),
        ("no revenue", no_revenue, 8, usual),
    ] {
        all_numbers(name, &Case::new(model, worlds, limits));
    }
}

#[test]
fn a_plan_without_room_is_empty_and_proved() {
    let mut model = unknown(Size::Small);
    for control in &mut model.controls {
        control.work.hours = [1.0, 2.0, 3.0].into();
    }
    let case = Case::new(model, 4, Limits { dollars: 0.0, hours: 0.0 });
    let found = Proposal::of(&case.wanted());
    assert!(found.picks.is_empty() && found.proved && found.gap == 0.0);
    assert_eq!(found.year.avoided.value, 0.0);
    assert_eq!(
        found.left.len(),
        case.study.model.controls.iter().filter(|it| it.is_open()).count()
    );
}

#[test]
fn hours_of_a_horizon_hold_the_upkeep_of_what_is_done_by_then_and_no_more() {
    for seed in 0..8 {
        let mut model = random_model(seed, 6);
        for control in &mut model.controls {
            control.work.hours = [4.0, 8.0, 16.0].into();
            control.work.monthly = [0.5, 1.0, 2.0].into();
        }
        let case = Case::new(model, 4, Limits { dollars: 1.0, hours: 10.0 });
        let found = Proposal::of(&case.wanted());
        for horizon in [&found.month, &found.quarter, &found.year] {
            let begun = found.picks.iter().filter(|it| it.begins <= horizon.months);
            let hours: f64 =
                begun.map(|it| 8.0 + f64::from(horizon.months.saturating_sub(it.ends))).sum();
            assert!((horizon.hours.likely - hours).abs() < 1e-9, "{seed}: {horizon:?}");
        }
        assert!(!found.picks.is_empty());
    }
}

#[test]
fn an_event_costs_what_the_year_costs_for_each_event_of_it_in_every_world() {
    let case = Case::new(unknown(Size::Medium), 128, Limits::default());
    let (outlook, proposal) = (Outlook::of(&CATALOG, &case.study), Proposal::of(&case.wanted()));
    let register =
        Register::of(&CATALOG, &case.assessment, &case.study, &outlook, &proposal).unwrap();
    for (line, means) in register.threats.iter().zip(&case.study.means) {
        let impact = &line.impact;
        assert!((impact.value / (means.loss / means.events) - 1.0).abs() < 0.01);
        assert!(impact.low < impact.value && impact.value < impact.high);
        // The doubt about an event's cost is not that about how often it comes.
        let year = line.level.high / line.level.low;
        assert!(impact.high / impact.low < 0.8 * year, "{line:?}");
    }
}

#[test]
fn a_control_that_many_raise_does_not_take_endless_room() {
    let mut model = random_model(3, 40);
    for at in 1..40 {
        model.controls[at].raises = vec![(0, 0.01)];
    }
    model.controls[0].raises.clear();
    let found = terms(&model);
    let most = found.terms.cells.iter().map(|it| it.members.len()).max();
    assert_eq!(most, Some(8));
    assert!(means(&model).iter().all(|it| it.loss.is_finite()));
    assert!(Study::of(model, 2).terms_in.iter().all(|it| it.avoided(&[1, 2]).is_finite()));
}

#[test]
fn a_catalog_at_its_bounds_gives_numbers_too() {
    let action = |adoption: &str, share: &str| {
        format!(
            r#"
id = "test-wild"
title = "Do it"
why = "It helps."
serves = ["2.S.A/host-firewall"]
who = "it"
steps = "1. Do it."
life = 1
certainty = {{ level = "judged", note = "made up" }}
sources = ["none"]
[size.small]
hours = [6, 12, 24]
first = [10, 20, 30]
adoption = {adoption}
adopted = {{ badge = "judgment", source = "our-judgment" }}
[[effect]]
threat = "T2"
on = "frequency"
beta = [900, 0.1]
badge = "judgment"
source = "our-judgment"
note = "made up"
[[raises]]
action = "guest-network"
share = {share}
badge = "judgment"
source = "our-judgment"
note = "made up"
"#
        )
    };
    let (_, assessment) = assessed(Size::Small, &[]);
    for (adoption, share) in
        [("0.02", "0.001"), ("0.02", "0.5"), ("0.98", "0.001"), ("0.98", "0.5")]
    {
        let text = action(adoption, share);
        let catalog = catalog_with(&[("test-wild", &text)]);
        let input = ModelInput {
            catalog: &catalog,
            assessment: &assessment,
            faded: &std::collections::BTreeMap::new(),
            history: None,
            revenue: Some(0.0),
        };
        let model = Model::of(&input).unwrap();
        assert!(model.control("test-wild").is_some());
        assert!(model.revenue > 0.0 && !model.revenue_known, "nobody lives on nothing");
        all_numbers(adoption, &Case::new(model, 8, Limits::default()));
    }
}

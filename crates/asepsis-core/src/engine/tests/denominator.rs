//! A fleet is judged against the subjects expected, not those seen.

use serde_json::json;

use super::State;
use super::catalog::catalog;
use super::world::{World, finding, part, sound, state, unsound};
use crate::organization::{Organization, Size};
use crate::outcome::Outcome;
use crate::statement::Answer;

#[test]
fn without_an_expected_number_the_best_is_partly() {
    let mut world = World::new();
    world.saw("host:a", 0, sound());
    let assessment = world.on(&catalog(), 1);
    assert_eq!(state(&assessment, "2.S.A/disk"), State::Partly);
    assert!(!assessment.tallies["machine.disk"].expected_known);
}

#[test]
fn unseen_subjects_are_unknown_and_stay_in_the_denominator() {
    let catalog = catalog();
    let mut world = World::new();
    world.said("org.machines", Answer::Number(3), 0);
    assert_eq!(state(&world.on(&catalog, 1), "2.S.A/disk"), State::Unknown);
    world.saw("host:a", 0, sound());
    world.saw("host:b", 0, sound());
    let assessment = world.on(&catalog, 1);
    let tally = assessment.tallies["machine.disk"];
    assert_eq!((tally.pass, tally.unseen, tally.applicable()), (2, 1, 3));
    assert_eq!(state(&assessment, "2.S.A/disk"), State::Partly);
    world.saw("host:c", 0, sound());
    assert_eq!(state(&world.on(&catalog, 1), "2.S.A/disk"), State::InPlace);
    // More than expected: every one counts.
    world.saw("host:d", 0, unsound());
    let assessment = world.on(&catalog, 1);
    assert_eq!(assessment.tallies["machine.disk"].unseen, 0);
    assert_eq!(state(&assessment, "2.S.A/disk"), State::Partly);
}

#[test]
fn an_expired_number_is_no_number() {
    let mut world = World::new();
    world.said("org.machines", Answer::Number(1), -366);
    world.saw("host:a", 0, sound());
    assert_eq!(state(&world.on(&catalog(), 0), "2.S.A/disk"), State::Partly);
}

#[test]
fn a_number_out_of_the_bounds_of_its_question_is_ignored() {
    let mut world = World::new();
    world.said("org.machines", Answer::Number(0), 0);
    world.said("org.machines", Answer::Number(-5), 0);
    world.saw("host:a", 0, sound());
    assert!(!world.on(&catalog(), 0).tallies["machine.disk"].expected_known);
}

#[test]
fn the_share_required_is_by_check_and_rounds_up() {
    let catalog = catalog();
    // Three quarters of the machines must be patched; all must have encrypted disks.
    for (number, passing, expected) in [
        (4, 3, State::InPlace),
        (4, 2, State::Partly),
        (5, 3, State::Partly),
        (5, 4, State::InPlace),
        (1, 1, State::InPlace),
        (4, 0, State::NotInPlace),
    ] {
        let mut world = World::new();
        world.said("org.machines", Answer::Number(number), 0);
        for machine in 0..number {
            let fact = if machine < passing { sound() } else { unsound() };
            world.saw(&format!("host:{machine}"), 0, fact);
        }
        let assessment = world.on(&catalog, 1);
        assert_eq!(state(&assessment, "2.S.A/patches"), expected, "{passing} of {number}");
        let all = passing == number;
        assert_eq!(state(&assessment, "2.S.A/disk") == State::InPlace, all);
    }
}

#[test]
fn unknown_subjects_never_make_a_pass_or_a_fail() {
    let mut world = World::new();
    world.said("org.machines", Answer::Number(2), 0);
    world.skipped("host:a", 0);
    let assessment = world.on(&catalog(), 1);
    assert_eq!(state(&assessment, "2.S.A/disk"), State::Unknown);
    assert_eq!(part(&assessment, "2.S.A/disk").reason.as_deref(), Some("no privilege"));
    world.saw("host:b", 0, sound());
    let assessment = world.on(&catalog(), 1);
    assert_eq!(state(&assessment, "2.S.A/disk"), State::Partly);
}

#[test]
fn where_no_subject_is_concerned_the_part_does_not_apply() {
    let catalog = catalog();
    let mut world = World::new();
    world.saw("host:a", 0, json!({"portable": false}));
    assert_eq!(state(&world.on(&catalog, 1), "2.S.A/disk"), State::Unknown, "of how many?");
    world.said("org.machines", Answer::Number(2), 0);
    assert_eq!(state(&world.on(&catalog, 1), "2.S.A/disk"), State::Unknown);
    world.saw("host:b", 0, json!({"portable": false}));
    assert_eq!(state(&world.on(&catalog, 1), "2.S.A/disk"), State::NotApplicable);
}

#[test]
fn of_named_domains_only_those_count_and_missing_ones_are_unknown_findings() {
    let catalog = catalog();
    let mut world = World::of(Organization {
        chosen_size: Some(Size::Small),
        domains: vec!["Clinic.example.".to_owned(), "lab.example".to_owned()],
        ..Organization::default()
    });
    let reject = json!({"dmarc": {"policy": "reject"}, "spf": true});
    world.saw("dns:clinic.example", 0, reject.clone());
    world.saw("dns:other.example", 0, json!({"dmarc": {"policy": "none"}}));
    let assessment = world.on(&catalog, 1);
    let subjects: Vec<&str> = assessment.findings_of("zone.dmarc").map(|it| &*it.subject).collect();
    assert_eq!(subjects, ["dns:clinic.example", "dns:lab.example"]);
    let missing = finding(&assessment, "zone.dmarc", "dns:lab.example");
    assert_eq!(missing.outcome, Outcome::Unknown);
    assert_eq!(missing.reason.as_deref(), Some("not looked at yet"));
    assert_eq!(&*missing.label, "lab.example");
    assert_eq!(state(&assessment, "1.S.A/sender"), State::Partly);
    world.saw("dns:lab.example", 0, reject);
    assert_eq!(state(&world.on(&catalog, 1), "1.S.A/sender"), State::InPlace);
}

#[test]
fn without_named_domains_those_seen_are_judged_and_the_best_is_partly() {
    let mut world = World::new();
    world.saw("dns:a.example", 0, json!({"dmarc": {"policy": "reject"}, "spf": true}));
    let assessment = world.on(&catalog(), 1);
    assert_eq!(assessment.tallies["zone.dmarc"].pass, 1);
    assert_eq!(state(&assessment, "1.S.A/sender"), State::Partly);
}

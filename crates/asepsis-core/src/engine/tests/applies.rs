//! Parts that have a place only in some organizations, by what these say of themselves.

use serde_json::json;

use super::catalog::catalog;
use super::world::{World, contradiction, part, sound, state, unsound};
use super::{Basis, State};
use crate::catalog::Severity;
use crate::statement::Answer;

#[test]
fn told_none_is_not_applicable_until_that_answer_expires() {
    let catalog = catalog();
    let mut world = World::new();
    world.one("org.devices", "none", 0);
    world.one("device.list", "no", 0);
    let assessment = world.on(&catalog, 365);
    let list = part(&assessment, "9.S.A/list");
    assert_eq!((list.state, list.basis), (State::NotApplicable, Basis::Told));
    assert_eq!(list.reason.as_deref(), Some("Any devices? No, none"));
    let assessment = world.on(&catalog, 366);
    assert_eq!(state(&assessment, "9.S.A/list"), State::Unknown);
}

#[test]
fn unanswered_is_unknown_and_names_the_question() {
    let assessment = World::new().on(&catalog(), 0);
    let list = part(&assessment, "9.S.A/list");
    assert_eq!((list.state, list.basis), (State::Unknown, Basis::Nothing));
    assert_eq!(list.reason.as_deref(), Some("not answered yet: Any devices?"));
}

#[test]
fn not_knowing_leaves_it_unknown() {
    let mut world = World::new();
    world.said("org.devices", Answer::DontKnow, 0);
    assert_eq!(state(&world.on(&catalog(), 0), "9.S.A/list"), State::Unknown);
}

#[test]
fn told_some_is_judged_by_its_own_evidence() {
    let catalog = catalog();
    let mut world = World::new();
    world.one("org.devices", "some", 0);
    let assessment = world.on(&catalog, 0);
    let reason = part(&assessment, "9.S.A/list").reason.clone().unwrap();
    assert_eq!(reason, "nobody has looked or answered yet");
    world.one("device.list", "yes", 0);
    assert_eq!(state(&world.on(&catalog, 0), "9.S.A/list"), State::InPlace);
}

#[test]
fn a_sighting_contradicts_none_and_the_part_is_judged_again() {
    let catalog = catalog();
    let mut world = World::new();
    let answer = world.one("org.devices", "none", 0);
    world.one("device.list", "no", 0);
    let mut fact = sound();
    fact["medical"] = json!(true);
    let seen = world.saw("host:pump", 3, fact);
    let assessment = world.on(&catalog, 4);
    assert_eq!(state(&assessment, "9.S.A/list"), State::NotInPlace);
    let it = contradiction(&assessment, "org.devices");
    assert_eq!((it.answer, it.severity), (answer, Severity::High));
    assert_eq!((it.said.as_str(), it.seen.as_str()), ("No, none", "seen otherwise on PUMP"));
    assert_eq!(it.evidence, [seen]);
    assert!(it.parts.is_empty());
}

#[test]
fn a_sighting_ends_when_the_newest_look_no_longer_shows_it() {
    let catalog = catalog();
    let mut world = World::new();
    world.one("org.remote", "none", 0);
    world.saw("host:a", 1, unsound());
    assert_eq!(world.on(&catalog, 2).contradictions.len(), 1);
    // A look that could not see it does not end it.
    world.skipped("host:a", 2);
    world.saw("host:a", 2, json!({"portable": false}));
    assert_eq!(world.on(&catalog, 2).contradictions.len(), 1);
    world.saw("host:a", 3, sound());
    let assessment = world.on(&catalog, 3);
    assert!(assessment.contradictions.is_empty());
    assert_eq!(state(&assessment, "9.S.A/remote"), State::NotApplicable);
}

#[test]
fn what_a_sighting_denies_leaves_other_attributes_their_say() {
    let catalog = catalog();
    let mut world = World::new();
    world.one("org.devices", "none", 0);
    world.one("org.remote", "none", 0);
    world.saw("host:a", 1, unsound());
    let assessment = world.on(&catalog, 2);
    // Ways in were seen, devices were not.
    assert_eq!(state(&assessment, "9.S.A/remote"), State::NotInPlace);
    assert_eq!(state(&assessment, "9.S.A/both"), State::NotApplicable);
    let reason = part(&assessment, "9.S.A/both").reason.clone().unwrap();
    assert_eq!(reason, "Any devices? No, none");
}

#[test]
fn a_measurement_speaks_though_nobody_answered() {
    let catalog = catalog();
    let mut world = World::new();
    world.said("org.machines", Answer::Number(1), 0);
    world.saw("host:a", 1, sound());
    let assessment = world.on(&catalog, 2);
    assert_eq!(state(&assessment, "9.S.A/remote"), State::InPlace);
}

//! Accepted gaps: they change how a finding is treated, never the finding.

use super::State;
use super::catalog::catalog;
use super::world::{World, finding, sound, state, unsound};
use crate::engine::next_steps;
use crate::outcome::Outcome;

#[test]
fn a_waiver_marks_the_fails_it_accepts_and_changes_nothing_else() {
    let catalog = catalog();
    let mut world = World::new();
    world.saw("host:a", 0, unsound());
    world.saw("host:b", 0, unsound());
    let before = world.on(&catalog, 2);
    let seq = world.waive("machine.disk", Some("host:a"), 1, 100);
    let after = world.on(&catalog, 2);
    let waived = finding(&after, "machine.disk", "host:a");
    assert_eq!((waived.outcome, waived.waived_by), (Outcome::Fail, Some(seq)));
    assert_eq!(finding(&after, "machine.disk", "host:b").waived_by, None);
    assert_eq!(finding(&after, "machine.patched", "host:a").waived_by, None);
    assert_eq!((after.practices, after.tallies), (before.practices, before.tallies));
    assert_eq!((after.waivers[0].accepts, after.waivers[0].expired), (1, false));
}

#[test]
fn a_waiver_without_a_subject_accepts_all_and_the_first_one_is_named() {
    let mut world = World::new();
    world.saw("host:a", 0, unsound());
    world.saw("host:b", 0, unsound());
    world.saw("host:c", 0, sound());
    let first = world.waive("machine.disk", None, 1, 100);
    world.waive("machine.disk", Some("host:a"), 1, 100);
    let assessment = world.on(&catalog(), 2);
    let accepted: Vec<_> = assessment.findings_of("machine.disk").map(|it| it.waived_by).collect();
    assert_eq!(accepted, [Some(first), Some(first), None]);
    assert_eq!(assessment.waivers.iter().map(|it| it.accepts).collect::<Vec<_>>(), [2, 0]);
}

#[test]
fn expired_and_unused_waivers_are_reported() {
    let catalog = catalog();
    let mut world = World::new();
    world.saw("host:a", 0, unsound());
    world.waive("machine.disk", None, 0, 10);
    world.waive("gone.check", None, 0, 100);
    let assessment = world.on(&catalog, 10);
    let uses: Vec<_> = assessment.waivers.iter().map(|it| (it.expired, it.accepts)).collect();
    assert_eq!(uses, [(false, 1), (false, 0)], "it counts to its last moment");
    let assessment = world.on(&catalog, 11);
    let uses: Vec<_> = assessment.waivers.iter().map(|it| (it.expired, it.accepts)).collect();
    assert_eq!(uses, [(true, 0), (false, 0)]);
    assert_eq!(finding(&assessment, "machine.disk", "host:a").waived_by, None);
    assert!(world.on(&catalog, -1).waivers.is_empty(), "a decision counts once it is recorded");
}

#[test]
fn what_is_accepted_is_not_a_next_step() {
    let catalog = catalog();
    let mut world = World::new();
    world.saw("host:a", 0, unsound());
    let ids = |world: &World| {
        let steps = next_steps(&catalog, &world.on(&catalog, 2));
        steps.into_iter().map(|it| it.check).collect::<Vec<_>>()
    };
    assert!(ids(&world).contains(&"machine.disk".to_owned()));
    world.waive("machine.disk", None, 1, 100);
    assert!(!ids(&world).contains(&"machine.disk".to_owned()));
    assert_eq!(state(&world.on(&catalog, 2), "2.S.A/disk"), State::NotInPlace);
}

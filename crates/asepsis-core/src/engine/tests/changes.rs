//! What is different between two assessments, also of different sizes.

use super::catalog::catalog;
use super::world::{World, sound, unsound};
use super::{Basis, State};
use crate::engine::{Change, Changes, CheckChange, changes};
use crate::evidence::Record;
use crate::organization::{Organization, Size};
use crate::statement::Answer;

fn between(world: &World, before: i64, after: i64) -> Changes {
    let catalog = catalog();
    changes(&world.on(&catalog, before), &world.on(&catalog, after))
}

/// One machine, on which nothing is right.
fn one() -> World {
    let mut world = World::new();
    world.said("org.machines", Answer::Number(1), 0);
    world.saw("host:a", 0, unsound());
    world
}

fn check(check: &str, better: bool, before: State, after: State) -> CheckChange {
    CheckChange { check: check.to_owned(), better, before, after }
}

#[test]
fn nothing_new_is_no_change() {
    let mut world = one();
    world.saw("host:a", 5, unsound());
    let found = between(&world, 1, 6);
    assert!(found.is_empty());
    assert_eq!(found, Changes::default());
}

#[test]
fn what_was_put_right_is_better_and_what_broke_is_not() {
    let mut world = one();
    world.saw("host:a", 2, sound());
    world.saw("host:a", 4, unsound());
    let care = |from, to| Change {
        id: "2.S.A".to_owned(),
        title: "Basic care".to_owned(),
        from: (from, Basis::Measured),
        to: (to, Basis::Measured),
        contradicted: false,
    };
    let right = between(&world, 1, 3);
    assert_eq!(right.sub_practices[0], care(State::NotInPlace, State::InPlace));
    assert_eq!(right.checks[0], check("machine.accounts", true, State::NotInPlace, State::InPlace));
    let broke = between(&world, 3, 5);
    assert_eq!(broke.sub_practices[0], care(State::InPlace, State::NotInPlace));
    assert!(broke.checks.iter().all(|it| !it.better));
    assert_eq!(broke.checks.len(), right.checks.len());
}

#[test]
fn to_learn_of_a_gap_and_to_lose_sight_are_not_better() {
    let world = one();
    let learned = between(&world, -1, 0);
    assert!(learned.checks.contains(&check(
        "machine.disk",
        false,
        State::Unknown,
        State::NotInPlace
    )));
    let lost = between(&world, 0, 31);
    assert!(lost.checks.contains(&check("machine.disk", false, State::NotInPlace, State::Unknown)));
}

#[test]
fn a_new_contradiction_is_a_change_by_itself() {
    let mut world = one();
    world.one("machine.care", "yes", 2);
    let found = between(&world, 1, 3);
    let [it] = found.sub_practices.as_slice() else { panic!("{found:?}") };
    assert_eq!((it.id.as_str(), it.from == it.to, it.contradicted), ("2.S.A", true, true));
    assert!(found.checks.is_empty());
    assert!(between(&world, 3, 4).is_empty(), "it is not new any more");
}

#[test]
fn what_comes_into_scope_was_unknown_and_what_leaves_it_is_not_listed() {
    let mut world = one();
    let large = Organization { chosen_size: Some(Size::Medium), ..Organization::default() };
    world.record(super::world::day(3), Record::Organization(large));
    let found = between(&world, 2, 4);
    let [it] = found.sub_practices.as_slice() else { panic!("{found:?}") };
    assert_eq!(it.id, "2.M.A");
    assert_eq!((it.from, it.to.0), ((State::Unknown, Basis::Nothing), State::NotInPlace));
    assert!(found.checks.is_empty(), "they served the small items as well: {found:?}");
}

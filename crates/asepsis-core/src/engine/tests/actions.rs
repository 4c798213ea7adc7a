//! Things to do: what was said is held against what was seen since.

use proptest::prelude::*;
use serde_json::json;

use super::catalog::catalog;
use super::world::{World, day, sound, unsound};
use crate::action::{ActionChange, ActionEvent};
use crate::engine::{ActionStanding, ActionState, actions};
use crate::evidence::Record;
use crate::statement::Answer;

const DISK: &str = "machine.disk";

fn done() -> ActionChange {
    ActionChange::Done { note: String::new() }
}

fn reopened() -> ActionChange {
    ActionChange::Reopened { reason: "the key was lost".to_owned() }
}

fn comment() -> ActionChange {
    ActionChange::Commented { text: "waiting for the vendor".to_owned() }
}

fn event(check: &str, event: ActionChange, at: i64) -> Record {
    Record::Action(ActionEvent { check: check.to_owned(), event, at: day(at) })
}

impl World {
    fn act(&mut self, check: &str, change: ActionChange, at: i64) -> u64 {
        self.record(day(at), event(check, change, at))
    }

    fn todo(&self, at: i64) -> Vec<ActionStanding> {
        let catalog = catalog();
        actions(&catalog, &self.0, &self.on(&catalog, at), day(at))
    }

    fn disk(&self, at: i64) -> ActionStanding {
        self.todo(at).into_iter().find(|it| it.check == DISK).unwrap()
    }
}

/// Two machines, one of which is not encrypted.
fn two() -> World {
    let mut world = World::new();
    world.said("org.machines", Answer::Number(2), 0);
    world.saw("host:a", 0, sound());
    world.saw("host:b", 0, unsound());
    world
}

#[test]
fn done_is_said_until_a_look_tells() {
    let mut world = two();
    assert_eq!(world.disk(1).state, ActionState::Open);
    world.act(DISK, done(), 2);
    world.saw("host:b", 4, unsound());
    world.saw("host:b", 6, sound());
    world.saw("host:a", 8, sound());
    assert_eq!(world.disk(1).state, ActionState::Open, "what comes later does not count yet");
    assert_eq!(world.disk(3).state, ActionState::SaidDone);
    assert_eq!(world.disk(5).state, ActionState::NotSeenDone);
    assert_eq!(world.disk(7).state, ActionState::SaidDone, "one of two was looked at since");
    assert_eq!(world.disk(9).state, ActionState::Verified);
    assert_eq!(world.disk(60).state, ActionState::SaidDone, "the looks are not fresh any more");
}

#[test]
fn a_look_in_vain_after_done_tells_nothing() {
    let mut world = two();
    world.act(DISK, done(), 2);
    world.skipped("host:b", 3);
    assert_eq!(world.disk(4).state, ActionState::SaidDone);
}

#[test]
fn what_passes_without_a_word_is_in_order_and_what_is_unknown_is_open() {
    let mut world = two();
    world.act(DISK, comment(), 1);
    world.saw("host:b", 2, sound());
    let it = world.disk(3);
    assert_eq!((it.state, it.step.is_none()), (ActionState::InOrder, true));
    assert_eq!(world.disk(60).state, ActionState::Open);
    world.said("org.machines", Answer::Number(3), 4);
    assert_eq!(world.disk(5).state, ActionState::Open, "one was never seen");
}

#[test]
fn a_check_of_which_nobody_spoke_stands_as_it_was_seen() {
    let mut world = two();
    let silent = |world: &World, at| {
        let catalog = catalog();
        ActionStanding::silent(catalog.check(DISK).unwrap(), &world.on(&catalog, at))
    };
    assert_eq!(silent(&world, 1).state, ActionState::Open);
    world.saw("host:b", 2, sound());
    let it = silent(&world, 3);
    assert_eq!((it.state, it.last_event, it.events.len()), (ActionState::InOrder, None, 0));
}

#[test]
fn what_has_no_place_here_is_in_order() {
    let mut world = World::new();
    world.saw("host:a", 0, json!({"portable": false}));
    world.act(DISK, done(), 1);
    assert_eq!(world.disk(2).state, ActionState::InOrder);
}

#[test]
fn fails_that_are_all_accepted_make_it_accepted() {
    let mut world = two();
    world.act(DISK, ActionChange::Planned, 1);
    world.waive(DISK, None, 2, 10);
    assert_eq!(world.disk(3).state, ActionState::Accepted);
    assert_eq!(world.disk(11).state, ActionState::Open);
}

#[test]
fn reopened_takes_done_back() {
    let mut world = two();
    world.act(DISK, reopened(), 2);
    world.act(DISK, done(), 2);
    assert_eq!(world.disk(2).state, ActionState::Open, "of both at one moment");
    world.act(DISK, done(), 3);
    assert_eq!(world.disk(3).state, ActionState::SaidDone);
    world.act(DISK, reopened(), 4);
    assert_eq!(world.disk(4).state, ActionState::Open);
}

#[test]
fn the_newest_assignment_counts_and_every_word_is_kept() {
    let mut world = two();
    let to = |to: &str, due: Option<&str>| ActionChange::Assigned {
        to: to.to_owned(),
        due: due.map(str::to_owned),
    };
    world.act(DISK, ActionChange::Planned, 1);
    world.act(DISK, to("person-1", Some("2026-02-01")), 2);
    world.act(DISK, to("person-2", None), 3);
    let last = world.act(DISK, comment(), 3);
    let it = world.disk(2);
    assert_eq!((it.owner.as_deref(), it.due.as_deref()), (Some("person-1"), Some("2026-02-01")));
    let it = world.disk(4);
    assert_eq!((it.owner.as_deref(), it.due, it.planned), (Some("person-2"), None, true));
    assert_eq!(it.last_event, Some(last));
    let seqs: Vec<u64> = it.events.iter().map(|entry| entry.seq).collect();
    assert_eq!(seqs, [last - 3, last - 2, last - 1, last]);
    assert_eq!(it.events[3].author, "person-1");
}

#[test]
fn next_steps_come_first_then_what_was_spoken_of_newest_first() {
    let mut world = two();
    world.saw("host:b", 1, sound());
    world.saw("host:c", 1, json!({"portable": true, "patch": {"days": 90}}));
    world.act(DISK, done(), 2);
    world.act("machine.accounts", done(), 3);
    world.act("machine.gone", done(), 4);
    let order: Vec<String> = world.todo(5).into_iter().map(|it| it.check).collect();
    assert_eq!(order, ["machine.patched", "machine.accounts", "machine.disk"]);
}

#[test]
fn an_event_reads_back_and_takes_no_other_word() {
    let it = event(DISK, ActionChange::Assigned { to: "person-1".to_owned(), due: None }, 1);
    let body = it.to_body();
    assert_eq!(body["event"], json!({"assigned": {"to": "person-1"}}));
    assert_eq!(Record::from_body(it.kind(), body.clone()).unwrap(), Some(it));
    let mut strange = body;
    strange["event"]["assigned"]["by"] = json!("tomorrow");
    assert!(Record::from_body("action", strange).is_err());
    let planned = event(DISK, ActionChange::Planned, 1).to_body();
    assert_eq!(planned["event"], json!("planned"));
}

fn change() -> impl Strategy<Value = ActionChange> {
    let to = prop_oneof![Just("person-1"), Just("person-2")];
    prop_oneof![
        Just(ActionChange::Planned),
        Just(done()),
        Just(reopened()),
        Just(comment()),
        to.prop_map(|to| ActionChange::Assigned { to: to.to_owned(), due: None }),
    ]
}

/// What was said, and on which day.
fn events() -> impl Strategy<Value = Vec<(ActionChange, i64)>> {
    proptest::collection::vec((change(), 0..8_i64), 0..8)
}

/// Looks at the two machines.
fn looks() -> impl Strategy<Value = World> {
    proptest::collection::vec((any::<bool>(), any::<bool>(), 0..8_i64), 0..6).prop_map(|looks| {
        let mut world = two();
        for (first, encrypted, at) in looks {
            let subject = if first { "host:a" } else { "host:b" };
            world.saw(subject, at, if encrypted { sound() } else { unsound() });
        }
        world
    })
}

/// Everything was recorded on one later day, so that only the order in the ledger differs.
fn with(mut world: World, events: &[(ActionChange, i64)]) -> World {
    for (change, at) in events {
        world.record(day(9), event(DISK, change.clone(), *at));
    }
    world
}

fn state_of(evidence: &World, at: i64) -> Option<ActionState> {
    evidence.todo(at).into_iter().find(|it| it.check == DISK).map(|it| it.state)
}

proptest! {
    #[test]
    fn the_order_of_events_does_not_change_the_state(
        world in looks(),
        (given, shuffled) in events().prop_flat_map(|it| (Just(it.clone()), Just(it).prop_shuffle())),
        at in 0..12_i64,
    ) {
        let (one, other) = (with(world.clone(), &given), with(world, &shuffled));
        prop_assert_eq!(state_of(&one, at), state_of(&other, at));
    }

    #[test]
    fn a_comment_never_changes_a_state(world in looks(), given in events(), at in 0..8_i64) {
        let before = with(world, &given);
        let mut after = before.clone();
        after.record(day(9), event(DISK, comment(), at));
        prop_assume!(state_of(&before, 10).is_some());
        prop_assert_eq!(state_of(&before, 10), state_of(&after, 10));
    }
}

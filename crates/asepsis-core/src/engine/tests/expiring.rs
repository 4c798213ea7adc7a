//! What ends soon: in force now, over by then, and few lines for many machines.

use serde_json::json;

use super::catalog::catalog;
use super::world::{World, day, sound, unsound};
use crate::engine::{Expires, Expiring, expiring};
use crate::observation::Subject;
use crate::organization::{Organization, Size};

fn ending(world: &World, at: i64, until: i64) -> Vec<Expiring> {
    let catalog = catalog();
    expiring(&catalog, &world.on(&catalog, at), day(until))
}

fn look(schema: &str, label: Option<&str>) -> Expires {
    Expires::Look { schema: schema.to_owned(), label: label.map(str::to_owned) }
}

fn line(what: Expires, at: i64, count: usize) -> Expiring {
    Expiring { what, at: day(at), count }
}

#[test]
fn looks_answers_and_waivers_end_soonest_first() {
    let mut world = World::of(Organization {
        chosen_size: Some(Size::Small),
        domains: vec!["a.example".to_owned()],
        ..Organization::default()
    });
    let answer = |question: &str| Expires::Answer { question: question.to_owned() };
    world.saw("host:a", 3, unsound());
    world.saw("dns:a.example", 1, json!({"spf": true}));
    world.one("machine.care", "yes", -340);
    world.waive("machine.disk", Some("host:a"), 4, 20);
    let waiver = Expires::Waiver {
        check: "machine.disk".to_owned(),
        subject: Some(Subject("host:a".to_owned())),
    };
    assert_eq!(
        ending(&world, 5, 33),
        [
            line(waiver, 20, 1),
            line(answer("machine.care"), 25, 1),
            line(look("zone/1", Some("A.EXAMPLE")), 31, 1),
            line(look("machine/1", Some("A")), 33, 1),
        ]
    );
}

#[test]
fn only_what_counts_now_and_ends_after_now_is_listed() {
    let mut world = World::new();
    world.saw("host:a", 0, sound());
    world.waive("machine.disk", None, 0, 10);
    assert_eq!(ending(&world, 1, 9), []);
    assert_eq!(ending(&world, -1, 40), [], "what is not yet recorded");
    assert_eq!(ending(&world, 9, 10).len(), 1);
    assert_eq!(ending(&world, 10, 29), [], "what ends at this very moment");
    assert_eq!(ending(&world, 29, 30), [line(look("machine/1", Some("A")), 30, 1)]);
    assert_eq!(
        ending(&world, 30, 200),
        [line(look("machine/1", Some("A")), 90, 1)],
        "the check whose evidence lasts longest is left"
    );
    world.saw("host:a", 20, sound());
    assert_eq!(ending(&world, 29, 30), [], "it was looked at again");
}

#[test]
fn a_look_in_vain_keeps_nothing_alive_and_is_nothing_to_lose() {
    let mut world = World::new();
    world.saw("host:a", 0, sound());
    world.skipped("host:a", 20);
    world.skipped("host:b", 0);
    assert_eq!(ending(&world, 29, 60), [line(look("machine/1", Some("A")), 30, 1)]);
}

#[test]
fn what_serves_nothing_in_scope_is_not_missed() {
    let of = |chosen_size| Organization { chosen_size, ..Organization::default() };
    for (size, first) in [(Size::Small, 30), (Size::Large, 90)] {
        let mut world = World::of(of(Some(size)));
        // Only `machine.quiet`, which serves small sub-practices, and `machine.accounts` can tell.
        let fact = json!({"remote": {"listening": false}, "accounts": []});
        world.saw("host:a", 0, fact);
        assert_eq!(ending(&world, 1, 200), [line(look("machine/1", Some("A")), first, 1)]);
    }
}

#[test]
fn many_machines_are_one_line_a_day() {
    let mut world = World::new();
    for machine in 0..500 {
        world.saw(&format!("host:{machine:03}"), -(machine % 2), sound());
    }
    assert_eq!(
        ending(&world, 1, 45),
        [line(look("machine/1", None), 29, 250), line(look("machine/1", None), 30, 250)]
    );
}

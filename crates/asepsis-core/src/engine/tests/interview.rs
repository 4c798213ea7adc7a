//! Which questions are open, in which order, and why the others are not asked.

use serde_json::json;

use super::catalog::catalog;
use super::world::{World, sound};
use crate::engine::Interview;
use crate::organization::{Organization, Size};
use crate::statement::Answer;

fn open(it: &Interview) -> Vec<&str> {
    it.open.iter().map(|it| it.id.as_str()).collect()
}

fn reason<'a>(it: &'a Interview, id: &str) -> &'a str {
    let found = it.skipped.iter().find(|skipped| skipped.id == id);
    &found.unwrap_or_else(|| panic!("{id} is not skipped: {it:?}")).reason
}

#[test]
fn what_decides_others_comes_first_then_what_settles_most() {
    let it = World::new().asked(&catalog(), 0);
    assert_eq!(
        open(&it),
        [
            "mail.provider",
            "org.devices",
            "org.machines",
            "org.remote",
            "machine.care",
            "device.list",
            "mail.lure",
            "mail.sender",
        ]
    );
    let settles: Vec<usize> = it.open.iter().map(|it| it.settles).collect();
    assert_eq!(settles, [0, 0, 0, 0, 2, 1, 1, 1]);
}

#[test]
fn questions_for_other_sizes_are_left_out() {
    let large = Organization { chosen_size: Some(Size::Large), ..Organization::default() };
    let it = World::of(large).asked(&catalog(), 0);
    assert_eq!(
        open(&it),
        [
            "org.devices",
            "org.machines",
            "mail.boxes",
            "machine.care",
            "device.list",
            "machine.hunt",
            "mail.sender",
        ]
    );
    assert!(it.skipped.is_empty(), "{it:?}");
}

#[test]
fn a_chain_of_questions_opens_link_by_link() {
    let catalog = catalog();
    let mut world = World::new();
    let it = world.asked(&catalog, 0);
    assert_eq!(reason(&it, "mail.agreement"), "asked after: Who runs your mail?");
    assert_eq!(reason(&it, "mail.signed-when"), "asked after: Has it signed?");

    world.one("mail.provider", "own", 0);
    let it = world.asked(&catalog, 0);
    let earlier = "because of an earlier answer: Who runs your mail? We do";
    assert_eq!(reason(&it, "mail.agreement"), earlier);

    let provider = world.one("mail.provider", "hosted", 1);
    let it = world.asked(&catalog, 1);
    assert!(it.answered.contains(&("mail.provider".to_owned(), provider)));
    assert!(open(&it).contains(&"mail.agreement"));

    world.one("mail.agreement", "yes", 2);
    assert!(open(&world.asked(&catalog, 2)).contains(&"mail.signed-when"));
    // Its answer lasts 30 days; then it is asked again.
    let it = world.asked(&catalog, 40);
    assert!(open(&it).contains(&"mail.agreement"));
    assert_eq!(reason(&it, "mail.signed-when"), "asked after: Has it signed?");
}

#[test]
fn i_do_not_know_goes_to_whoever_may_until_somebody_answers() {
    let catalog = catalog();
    let mut world = World::new();
    world.said("machine.care", Answer::DontKnow, 0);
    let it = world.asked(&catalog, 1);
    assert_eq!(it.unknown, ["machine.care"]);
    assert!(!open(&it).contains(&"machine.care"));
    let seq = world.one("machine.care", "yes", 2);
    let it = world.asked(&catalog, 2);
    assert!(it.unknown.is_empty());
    assert_eq!(it.answered, [("machine.care".to_owned(), seq)]);
}

#[test]
fn what_is_measured_is_not_asked() {
    let catalog = catalog();
    let mut world = World::new();
    world.saw("host:a", 0, sound());
    // Nobody knows how many machines there are: the answer can vouch for the rest.
    assert!(open(&world.asked(&catalog, 1)).contains(&"machine.care"));
    world.said("org.machines", Answer::Number(1), 0);
    assert_eq!(reason(&world.asked(&catalog, 1), "machine.care"), "already measured");
}

#[test]
fn what_has_no_place_here_is_not_asked() {
    let catalog = catalog();
    let mut world = World::new();
    world.one("org.devices", "none", 0);
    let it = world.asked(&catalog, 1);
    assert_eq!(reason(&it, "device.list"), "does not apply: Any devices? No, none");
    let mut fact = sound();
    fact["medical"] = json!(true);
    world.saw("host:pump", 1, fact);
    assert!(open(&world.asked(&catalog, 1)).contains(&"device.list"));
}

//! Three invented organizations: their whole assessments, findings included, against stored ones.
//!
//! If a change of the engine is meant, look at the difference and refresh the stored ones:
//! `cargo test -p asepsis-core refresh_goldens -- --ignored`, then read `git diff`.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::catalog::catalog;
use super::world::{World, day, look, saw, sound, unsound};
use crate::engine::{interview, next_steps};
use crate::evidence::{Person, Record};
use crate::organization::{Organization, Site, Size};
use crate::statement::Answer;

/// Six people, four laptops, one domain; the manager answers what she knows.
fn practice() -> World {
    let mut world = World::of(Organization {
        name: "Invented Family Practice".to_owned(),
        attributes: [("beds".to_owned(), Size::Small), ("it".to_owned(), Size::Small)].into(),
        domains: vec!["practice.example".to_owned()],
        zone: "America/Chicago".to_owned(),
        ..Organization::default()
    });
    world.said("org.machines", Answer::Number(5), -2);
    world.one("org.devices", "none", -2);
    world.said("org.remote", Answer::DontKnow, -2);
    world.one("mail.provider", "hosted", -2);
    world.one("mail.agreement", "yes", -2);
    world.one("machine.care", "yes", -2);
    world.one("mail.lure", "no", -2);
    world.saw("dns:practice.example", -1, json!({"dmarc": {"policy": "none"}, "spf": true}));
    world.saw("host:desk", -1, sound());
    world.saw("host:room-1", -1, sound());
    world.saw("host:room-2", -45, sound());
    world.saw("host:old", -1, unsound());
    world.record(
        day(-1),
        Record::Person(Person {
            id: "person-1".to_owned(),
            name: "Invented Person".to_owned(),
            role: "manager".to_owned(),
        }),
    );
    world.waive("machine.patched", Some("host:old"), -1, 90);
    world
}

/// 120 beds: forty machines of which some were looked at without privilege, one medical device
/// that nobody knew of, two domains of which one was never looked at.
fn hospital() -> World {
    let mut world = World::of(Organization {
        name: "Invented Community Hospital".to_owned(),
        attributes: [
            ("beds".to_owned(), Size::Medium),
            ("it".to_owned(), Size::Medium),
            ("sites".to_owned(), Size::Small),
        ]
        .into(),
        domains: vec!["hospital.example".to_owned(), "gifts.example".to_owned()],
        adopted: vec!["2.L.A".to_owned()],
        zone: "America/New_York".to_owned(),
        ..Organization::default()
    });
    world.said("org.machines", Answer::Number(44), -100);
    world.one("org.devices", "none", -100);
    world.ticked("mail.boxes", &["spam", "virus"], -90);
    world.one("machine.care", "some", -90);
    world.one("machine.hunt", "no", -90);
    world.one("device.list", "no", -90);
    world.saw("dns:hospital.example", -3, json!({"dmarc": {"policy": "reject"}, "spf": true}));
    for machine in 0..40 {
        let subject = format!("host:ward-{machine:02}");
        let mut fact = sound();
        fact["portable"] = json!(machine % 4 == 0);
        fact["patch"]["days"] = json!(machine);
        if machine % 5 == 0 {
            fact.as_object_mut().unwrap().remove("accounts");
        }
        fact["medical"] = json!(machine == 17);
        world.saw(&subject, -20, fact);
        if machine % 3 == 0 {
            world.skipped(&subject, -1);
        }
        if machine % 7 == 0 {
            world.failed(&subject, -1);
        }
    }
    world.waive("machine.patched", None, -200, -10);
    world
}

/// Three hospitals and a small clinic under one name, one clock that runs ahead.
fn system() -> World {
    let site = |name: &str, size| Site { name: name.to_owned(), size };
    let mut world = World::of(Organization {
        name: "Invented Health System".to_owned(),
        attributes: [
            ("beds".to_owned(), Size::Large),
            ("it".to_owned(), Size::Large),
            ("sites".to_owned(), Size::Medium),
        ]
        .into(),
        domains: vec!["system.example".to_owned()],
        sites: vec![
            site("North", None),
            site("South", Some(Size::Medium)),
            site("West", Some(Size::Large)),
            site("Clinic on the Hill", Some(Size::Small)),
        ],
        zone: "America/Denver".to_owned(),
        ..Organization::default()
    });
    world.said("org.machines", Answer::Number(60), -10);
    world.one("org.devices", "some", -10);
    world.one("org.remote", "none", -10);
    world.one("device.list", "yes", -10);
    world.ticked("mail.boxes", &["spam", "virus", "links"], -10);
    world.one("mail.sender", "no", -10);
    world.one("machine.care", "no", -10);
    world.one("machine.hunt", "yes", -10);
    world.saw("dns:system.example", -3, json!({"dmarc": {"policy": "quarantine"}, "spf": true}));
    for (site, count) in [("north", 25), ("south", 20), ("west", 10), ("hill", 5)] {
        for machine in 0..count {
            let mut fact = sound();
            fact["remote"]["listening"] = json!(site == "west" && machine == 3);
            fact["disk"]["encrypted"] = json!(site != "hill");
            world.saw(&format!("host:{site}-{machine:02}"), -2, fact);
        }
    }
    world.record(day(-1), look("host:ahead-00", day(500), saw(unsound())));
    world
}

fn organizations() -> [(&'static str, World); 3] {
    [("practice", practice()), ("hospital", hospital()), ("system", system())]
}

/// The assessment with what follows from it, as people would read its difference.
fn text(world: &World) -> String {
    let catalog = catalog();
    let assessment = world.on(&catalog, 0);
    let asked = interview(&catalog, &world.0, &assessment, day(0));
    let mut assessed: Value = serde_json::from_str(&assessment.to_json()).unwrap();
    // The hash is that of the tests' own catalog, whose every comma would show here.
    assessed["catalog"] = json!("");
    let all = json!({
        "assessment": assessed,
        "interview": asked,
        "next": next_steps(&catalog, &assessment),
    });
    format!("{}\n", serde_json::to_string_pretty(&all).unwrap())
}

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("testdata/golden/{name}.json"))
}

#[test]
fn the_assessments_of_three_organizations_are_those_stored() {
    for (name, world) in organizations() {
        let found = text(&world);
        let stored = std::fs::read_to_string(path(name)).unwrap_or_default();
        let differs = found.lines().zip(stored.lines()).position(|(a, b)| a != b);
        assert!(
            found == stored,
            "{name}: differs from testdata/golden/{name}.json at line {}. If the change is meant: \
             cargo test -p asepsis-core refresh_goldens -- --ignored, and read git diff",
            differs.unwrap_or(found.lines().count().min(stored.lines().count())) + 1,
        );
    }
}

#[test]
#[ignore = "writes the stored assessments anew"]
fn refresh_goldens() {
    for (name, world) in organizations() {
        std::fs::create_dir_all(path(name).parent().unwrap()).unwrap();
        std::fs::write(path(name), text(&world)).unwrap();
    }
}

#[test]
fn no_entry_is_without_effect() {
    // A golden that does not notice a missing entry would not notice a broken rule either.
    let (name, world) = ("practice", practice());
    let whole = text(&world);
    for left_out in 0..world.0.len() {
        let mut fewer = world.clone();
        let entry = fewer.0.remove(left_out);
        let kind = entry.record.kind();
        assert!(text(&fewer) != whole, "{name}: entry {left_out}, {kind}, has no effect");
    }
}

//! From looks to findings: missing keys, broken checks, freshness, and which look decides.

use serde_json::json;

use super::catalog::catalog;
use super::world::{World, day, finding, look, saw, sound, unsound};
use crate::engine::judge;
use crate::outcome::Outcome;

#[test]
fn an_outcome_that_depends_on_a_missing_key_is_unknown_and_names_the_full_path() {
    let catalog = catalog();
    let ask = |id: &str, fact: serde_json::Value| {
        let (outcome, reason) = judge(catalog.check(id).unwrap(), fact.as_object().unwrap());
        (outcome, reason.unwrap_or_default())
    };
    let missing = |path: &str| (Outcome::Unknown, format!("{path} was not seen"));
    assert_eq!(
        ask("machine.disk", json!({"portable": true, "disk": {}})),
        missing("disk.encrypted")
    );
    assert_eq!(ask("machine.disk", json!({"portable": true})), missing("disk"));
    assert_eq!(ask("machine.disk", json!({})), missing("portable"));
    let accounts = json!({"accounts": [{"admin": true}]});
    assert_eq!(ask("machine.accounts", accounts), missing("accounts[].twice"));
    // One that decides absorbs what another lacks.
    let accounts = json!({"accounts": [{"admin": true}, {"admin": true, "twice": false}]});
    assert_eq!(ask("machine.accounts", accounts).0, Outcome::Fail);
    assert_eq!(ask("machine.accounts", json!({"accounts": []})).0, Outcome::Pass);
}

#[test]
fn any_other_error_is_unknown_because_the_check_is_broken() {
    let catalog = catalog();
    let fact = json!({"patch": {"days": "three"}});
    let check = catalog.check("machine.patched").unwrap();
    let (outcome, reason) = judge(check, fact.as_object().unwrap());
    assert_eq!(outcome, Outcome::Unknown);
    assert!(reason.unwrap().starts_with("check broken: "));
}

#[test]
fn a_check_that_does_not_apply_is_not_applicable_whatever_else_is_missing() {
    let catalog = catalog();
    let check = catalog.check("machine.disk").unwrap();
    let fact = json!({"portable": false});
    assert_eq!(judge(check, fact.as_object().unwrap()), (Outcome::NotApplicable, None));
}

#[test]
fn a_fail_says_what_was_seen_or_nothing_where_some_was_not() {
    let catalog = catalog();
    let mut world = World::new();
    let seq = world.saw("host:a", 0, unsound());
    world.saw("host:b", 0, json!({"portable": true, "disk": {"encrypted": false}}));
    let assessment = world.on(&catalog, 1);
    let it = finding(&assessment, "machine.disk", "host:a");
    assert_eq!(it.reason.as_deref(), Some("encrypted: no, patched 300 days ago"));
    assert_eq!((it.evidence, it.observed_at), (Some(seq), Some(day(0))));
    assert_eq!(&*it.label, "A");
    let it = finding(&assessment, "machine.disk", "host:b");
    assert_eq!((it.outcome, it.reason.as_deref()), (Outcome::Fail, None));
}

#[test]
fn the_newest_look_with_a_known_outcome_decides() {
    let catalog = catalog();
    let mut world = World::new();
    world.saw("host:a", 0, unsound());
    let sound_at = world.saw("host:a", 5, sound());
    // Looks that could not see never erase one that could.
    world.skipped("host:a", 6);
    world.failed("host:a", 7);
    world.saw("host:a", 8, json!({"portable": true, "disk": {}}));
    let assessment = world.on(&catalog, 9);
    let it = finding(&assessment, "machine.disk", "host:a");
    assert_eq!((it.outcome, it.evidence), (Outcome::Pass, Some(sound_at)));
    assert_eq!(it.observed_at, Some(day(5)));
    // Each check chooses for itself: this later look knows the patches only.
    let patches = world.saw("host:a", 9, json!({"patch": {"days": 31}}));
    let assessment = world.on(&catalog, 9);
    let it = finding(&assessment, "machine.patched", "host:a");
    assert_eq!((it.outcome, it.evidence), (Outcome::Fail, Some(patches)));
    assert_eq!(finding(&assessment, "machine.disk", "host:a").evidence, Some(sound_at));
}

#[test]
fn of_two_looks_at_one_moment_the_later_entry_decides() {
    let mut world = World::new();
    world.saw("host:a", 0, sound());
    let later = world.saw("host:a", 0, unsound());
    let it = world.on(&catalog(), 0);
    assert_eq!(finding(&it, "machine.disk", "host:a").evidence, Some(later));
}

#[test]
fn a_subject_only_looked_at_in_vain_says_why_by_its_newest_look() {
    let catalog = catalog();
    let mut world = World::new();
    world.skipped("host:a", 0);
    let newest = world.failed("host:a", 1);
    let assessment = world.on(&catalog, 2);
    let it = finding(&assessment, "machine.disk", "host:a");
    assert_eq!(it.outcome, Outcome::Unknown);
    assert_eq!(it.reason.as_deref(), Some("could not ask it: it is off"));
    assert_eq!(it.evidence, Some(newest));
    world.skipped("host:a", 2);
    let assessment = world.on(&catalog, 2);
    let it = finding(&assessment, "machine.disk", "host:a");
    assert_eq!(it.reason.as_deref(), Some("no privilege"));
}

#[test]
fn stale_evidence_is_unknown_and_says_for_how_many_days() {
    let catalog = catalog();
    let mut world = World::new();
    world.saw("host:a", 0, sound());
    // Fresh to the last moment of its 30 days, each check by its own span.
    let assessment = world.on(&catalog, 30);
    assert_eq!(finding(&assessment, "machine.disk", "host:a").outcome, Outcome::Pass);
    let assessment = world.on(&catalog, 31);
    let it = finding(&assessment, "machine.disk", "host:a");
    assert_eq!((it.outcome, it.evidence), (Outcome::Unknown, None));
    assert_eq!(it.reason.as_deref(), Some("last looked 31 days ago; older than 30 days"));
    assert_eq!(finding(&assessment, "machine.accounts", "host:a").outcome, Outcome::Pass);
}

#[test]
fn a_stale_look_does_not_speak_behind_a_fresh_one_in_vain() {
    let mut world = World::new();
    world.saw("host:a", 0, sound());
    world.skipped("host:a", 40);
    let assessment = world.on(&catalog(), 41);
    let it = finding(&assessment, "machine.disk", "host:a");
    assert_eq!(it.outcome, Outcome::Unknown);
    assert_eq!(it.reason.as_deref(), Some("no privilege"));
}

#[test]
fn a_subject_not_seen_for_a_year_is_retired() {
    let mut world = World::new();
    world.saw("host:a", 0, sound());
    assert_eq!(world.on(&catalog(), 365).findings.len(), 4);
    assert!(world.on(&catalog(), 366).findings.is_empty());
}

#[test]
fn a_time_later_than_its_own_recording_is_clamped_to_it() {
    let catalog = catalog();
    let mut world = World::new();
    // The clock of this machine runs a year ahead; its look must not outlive later ones.
    world.record(day(0), look("host:a", day(365), saw(unsound())));
    let assessment = world.on(&catalog, 1);
    let it = finding(&assessment, "machine.disk", "host:a");
    assert_eq!((it.outcome, it.observed_at), (Outcome::Fail, Some(day(0))));
    world.saw("host:a", 2, sound());
    let assessment = world.on(&catalog, 3);
    assert_eq!(finding(&assessment, "machine.disk", "host:a").outcome, Outcome::Pass);
    let assessment = world.on(&catalog, 40);
    assert_eq!(finding(&assessment, "machine.disk", "host:a").outcome, Outcome::Unknown);
}

#[test]
fn what_was_observed_earlier_counts_though_recorded_later() {
    let mut world = World::new();
    world.record(day(9), look("host:a", day(1), saw(sound())));
    let assessment = world.on(&catalog(), 2);
    let it = finding(&assessment, "machine.disk", "host:a");
    assert_eq!((it.outcome, it.observed_at), (Outcome::Pass, Some(day(1))));
}

//! Which looks count: files taken back, what is seen again, keys of one thing.

use proptest::prelude::*;
use serde_json::json;

use super::catalog::catalog;
use super::world::{World, day, finding, look, saw, sound, waiver};
use crate::engine::looks::Looks;
use crate::evidence::{Evidence, Record};
use crate::hash::Hash;
use crate::import::{Import, SeenAgain, Undo};
use crate::observation::Subject;
use crate::outcome::Outcome;

fn file(entries: u64, again: &[(u64, u64)], effective: i64) -> Record {
    Record::Import(Import {
        file: "fleet.log".to_owned(),
        hash: Hash::default(),
        bytes: 1,
        format: "test".to_owned(),
        made_by: String::new(),
        effective: day(effective),
        date_told: false,
        entries,
        again: vec![SeenAgain { at: day(effective), entries: again.to_vec() }],
        left: Vec::new(),
        lists: None,
    })
}

fn undo(import: u64) -> Record {
    Record::Undo(Undo { import, reason: "of another clinic".to_owned() })
}

fn known_as(subject: &str, also: &[&str], at: i64) -> Record {
    let Record::Observation(mut it) = look(subject, day(at), saw(sound())) else { panic!() };
    it.also = also.iter().map(|key| Subject((*key).to_owned())).collect();
    Record::Observation(it)
}

#[test]
fn what_came_with_a_file_counts_until_the_file_is_taken_back() {
    let catalog = catalog();
    let mut world = World::new();
    world.saw("host:a", 0, json!({"portable": true, "disk": {"encrypted": false}}));
    world.saw("host:a", 3, sound());
    world.saw("host:b", 3, sound());
    let import = world.record(day(3), file(2, &[], 3));
    let disk = |world: &World, subject: &str, at| {
        let assessment = world.on(&catalog, at);
        assessment
            .findings_of("machine.disk")
            .find(|it| *it.subject == *subject)
            .map(|it| it.outcome)
    };
    assert_eq!(disk(&world, "host:a", 4), Some(Outcome::Pass));
    assert_eq!(disk(&world, "host:b", 4), Some(Outcome::Pass));
    world.record(day(5), undo(import));
    assert_eq!(disk(&world, "host:a", 6), Some(Outcome::Fail), "the older look decides again");
    assert_eq!(disk(&world, "host:b", 6), None);
    assert_eq!(disk(&world, "host:b", 4), Some(Outcome::Pass), "what was known then stays");
}

#[test]
fn a_look_that_is_seen_again_is_as_fresh_as_the_file_and_its_days_go_on() {
    let catalog = catalog();
    let mut world = World::new();
    let seq = world.saw("host:a", 0, sound());
    assert_eq!(
        finding(&world.on(&catalog, 31), "machine.disk", "host:a").outcome,
        Outcome::Unknown
    );
    world.record(day(31), file(0, &[(seq, seq)], 31));
    let assessment = world.on(&catalog, 31);
    let disk = finding(&assessment, "machine.disk", "host:a");
    assert_eq!((disk.outcome, disk.observed_at), (Outcome::Pass, Some(day(31))));
    let looks = Looks::at(&world.0, day(31));
    let seen = looks.of("machine/1").unwrap().values().next().unwrap()[0];
    assert_eq!((seen.at, seen.days, seen.seq), (day(31), 31, seq));
    let fact = seen.fact(catalog.schemas.get("machine/1")).unwrap();
    assert_eq!(fact["patch"]["days"], json!(34), "3 days then, 31 days have passed");
    // Known earlier, it was not.
    assert_eq!(
        Looks::at(&world.0, day(30)).of("machine/1").unwrap().values().next().unwrap()[0].at,
        day(0)
    );
}

#[test]
fn a_file_shows_nothing_again_that_stands_behind_it() {
    let mut world = World::new();
    world.record(day(1), file(0, &[(0, u64::MAX)], 9));
    world.saw("host:a", 2, sound());
    let looks = Looks::at(&world.0, day(20));
    assert_eq!(looks.of("machine/1").unwrap().values().next().unwrap()[0].at, day(2));
}

#[test]
fn keys_that_are_given_together_name_one_thing() {
    let catalog = catalog();
    let mut world = World::new();
    // A scanner knows only the name; two management systems know serial numbers too.
    world.record(day(0), known_as("host:desk-04", &[], 0));
    world.record(day(1), known_as("serial:1", &["host:desk-04"], 1));
    world.record(day(2), known_as("machine-id:7", &["serial:1", "host:desk-04"], 2));
    world.record(day(2), known_as("serial:2", &["host:desk-05"], 2));
    let assessment = world.on(&catalog, 3);
    let subjects: Vec<_> =
        assessment.findings_of("machine.disk").map(|it| it.subject.to_string()).collect();
    assert_eq!(subjects, ["host:desk-04", "serial:2"]);
    // A gap that was accepted under any of the keys stays accepted.
    let mut world = World::new();
    world.record(day(0), known_as("serial:1", &["host:desk-04"], 0));
    world.saw("host:desk-04", 1, json!({"portable": true, "disk": {"encrypted": false}}));
    world.record(day(1), waiver("machine.disk", Some("host:desk-04"), day(90)));
    let assessment = world.on(&catalog, 2);
    assert!(finding(&assessment, "machine.disk", "serial:1").waived_by.is_some());
}

#[test]
fn a_name_that_many_things_have_joins_none_of_them() {
    let mut world = World::new();
    world.record(day(0), known_as("serial:1", &["host:localhost"], 0));
    world.record(day(0), known_as("serial:2", &["host:localhost"], 0));
    world.record(day(0), known_as("host:localhost", &[], 0));
    // A serial number that came out of the factory blank.
    for id in 0..5 {
        world.record(day(0), known_as(&format!("machine-id:{id}"), &["serial:0"], 0));
    }
    assert_eq!(Looks::at(&world.0, day(1)).of("machine/1").unwrap().len(), 3 + 5);
}

/// One step of a ledger: a look at one of a few subjects, a file over some entries, or one taken back.
#[derive(Clone, Debug)]
enum Step {
    Look(u8, i64),
    File(u64, Vec<(u64, u64)>, i64),
    Undo(u64),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let range = (0..30_u64, 0..6_u64).prop_map(|(first, more)| (first, first + more));
    let step = prop_oneof![
        3 => (0..4_u8, 0..40_i64).prop_map(|(subject, at)| Step::Look(subject, at)),
        2 => (0..4_u64, prop::collection::vec(range, 0..4), 0..40_i64)
            .prop_map(|(entries, again, at)| Step::File(entries, again, at)),
        1 => (0..30_u64).prop_map(Step::Undo),
    ];
    prop::collection::vec(step, 0..30)
}

fn ledger(steps: &[Step]) -> Vec<Evidence> {
    let mut world = World::default();
    for (at, step) in steps.iter().enumerate() {
        let now = day(i64::try_from(at).unwrap());
        let record = match step {
            Step::Look(subject, at) => look(&format!("host:{subject}"), day(*at), saw(sound())),
            Step::File(entries, again, at) => file(*entries, again, *at),
            Step::Undo(import) => undo(*import),
        };
        world.record(now, record);
    }
    world.0
}

/// The same rule, said slowly: for each look every file is asked.
fn slowly(evidence: &[Evidence], seq: u64, as_of: i64) -> Option<i64> {
    let as_of = day(as_of);
    let entry = &evidence[usize::try_from(seq).unwrap()];
    let Record::Observation(it) = &entry.record else { return None };
    let mut at = it.observed_at.min(entry.recorded_at);
    if at > as_of {
        return None;
    }
    let known = || evidence.iter().filter(|it| it.recorded_at <= as_of);
    for import in known() {
        let Record::Import(it) = &import.record else { continue };
        let undone = known()
            .any(|entry| matches!(&entry.record, Record::Undo(it) if it.import == import.seq));
        if undone {
            if (import.seq.saturating_sub(it.entries)..import.seq).contains(&seq) {
                return None;
            }
            continue;
        }
        for again in &it.again {
            let shows = again.entries.iter().any(|(first, last)| (*first..=*last).contains(&seq));
            let seen = again.at.min(import.recorded_at);
            if shows && seq < import.seq && seen <= as_of {
                at = at.max(seen);
            }
        }
    }
    Some(at.as_millis())
}

proptest! {
    #[test]
    fn looks_are_those_of_the_slow_rule(steps in steps(), as_of in 0..45_i64) {
        let evidence = ledger(&steps);
        let looks = Looks::at(&evidence, day(as_of));
        let mut found: Vec<(u64, i64)> = looks
            .iter()
            .flat_map(|(_, subjects)| subjects.values().flatten())
            .map(|look| (look.seq, look.at.as_millis()))
            .collect();
        found.sort_unstable();
        let expected: Vec<(u64, i64)> = (0..evidence.len() as u64)
            .filter_map(|seq| Some((seq, slowly(&evidence, seq, as_of)?)))
            .collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn the_order_of_evidence_does_not_matter(steps in steps(), as_of in 0..45_i64) {
        let evidence = ledger(&steps);
        let mut backwards = evidence.clone();
        backwards.reverse();
        let all = |evidence: &[Evidence]| format!("{:?}", Looks::at(evidence, day(as_of)));
        prop_assert_eq!(all(&evidence), all(&backwards));
    }
}

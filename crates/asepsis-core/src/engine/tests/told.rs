//! Answers: how long they count, what they mean, and what contradicts them.

use serde_json::json;

use super::catalog::{catalog, catalog_with};
use super::world::{World, contradiction, day, part, said, sound, state, unsound};
use super::{Basis, State};
use crate::catalog::Severity;
use crate::organization::{Organization, Size};
use crate::statement::Answer;

#[test]
fn an_answer_counts_for_a_year_or_for_as_long_as_its_question_says() {
    let catalog = catalog();
    let mut world = World::new();
    world.one("machine.care", "yes", 0);
    world.one("mail.agreement", "yes", 0);
    let assessment = world.on(&catalog, 30);
    assert_eq!(state(&assessment, "1.S.A/agreement"), State::InPlace);
    assert_eq!(part(&assessment, "1.S.A/agreement").basis, Basis::Told);
    let assessment = world.on(&catalog, 31);
    assert_eq!(state(&assessment, "1.S.A/agreement"), State::Unknown);
    assert_eq!(state(&assessment, "2.S.A/disk"), State::InPlace);
    assert_eq!(state(&world.on(&catalog, 365), "2.S.A/disk"), State::InPlace);
    assert_eq!(state(&world.on(&catalog, 366), "2.S.A/disk"), State::Unknown);
}

#[test]
fn the_newest_answer_counts_and_its_entry_is_named() {
    let catalog = catalog();
    let mut world = World::new();
    world.one("mail.agreement", "no", 5);
    let newest = world.one("mail.agreement", "some", 7);
    world.record(day(9), said("mail.agreement", Answer::One("yes".to_owned()), day(6)));
    let assessment = world.on(&catalog, 10);
    assert_eq!(state(&assessment, "1.S.A/agreement"), State::Partly);
    assert_eq!(part(&assessment, "1.S.A/agreement").answers, [newest]);
    assert_eq!(state(&world.on(&catalog, 6), "1.S.A/agreement"), State::InPlace);
}

#[test]
fn an_answer_from_the_future_is_clamped_to_its_recording() {
    let mut world = World::new();
    world.record(day(0), said("mail.agreement", Answer::One("yes".to_owned()), day(300)));
    world.one("mail.agreement", "no", 1);
    assert_eq!(state(&world.on(&catalog(), 2), "1.S.A/agreement"), State::NotInPlace);
}

#[test]
fn not_knowing_never_erases_an_earlier_answer() {
    let catalog = catalog();
    let mut world = World::new();
    world.said("mail.agreement", Answer::DontKnow, 0);
    let assessment = world.on(&catalog, 1);
    assert_eq!(state(&assessment, "1.S.A/agreement"), State::Unknown);
    let reason = part(&assessment, "1.S.A/agreement").reason.clone().unwrap();
    assert_eq!(reason, "manager did not know on 2026-01-01");
    world.one("mail.agreement", "yes", 2);
    world.said("mail.agreement", Answer::DontKnow, 3);
    assert_eq!(state(&world.on(&catalog, 4), "1.S.A/agreement"), State::InPlace);
}

#[test]
fn answers_that_the_question_does_not_offer_are_ignored() {
    let mut world = World::new();
    world.one("mail.agreement", "yes", 0);
    world.one("mail.agreement", "perhaps", 1);
    world.said("mail.agreement", Answer::Number(1), 1);
    world.ticked("mail.agreement", &["no"], 1);
    world.one("gone.question", "yes", 1);
    world.ticked("mail.boxes", &["spam", "gone"], 1);
    let assessment = world.on(&catalog(), 2);
    assert_eq!(state(&assessment, "1.S.A/agreement"), State::InPlace);
}

#[test]
fn ticked_boxes_are_in_place_and_others_are_not() {
    let catalog = catalog();
    let organization = Organization { chosen_size: Some(Size::Medium), ..Organization::default() };
    let mut world = World::of(organization);
    for (ticked, filter, links) in [
        (vec![], State::NotInPlace, State::NotInPlace),
        (vec!["spam"], State::Partly, State::NotInPlace),
        (vec!["spam", "virus", "links"], State::InPlace, State::InPlace),
    ] {
        world.ticked("mail.boxes", &ticked, 0);
        let assessment = world.on(&catalog, 0);
        assert_eq!(state(&assessment, "1.M.A/filter"), filter, "{ticked:?}");
        assert_eq!(state(&assessment, "1.M.A/links"), links, "{ticked:?}");
    }
}

#[test]
fn said_in_place_is_contradicted_by_a_measured_fail() {
    let catalog = catalog();
    let mut world = World::new();
    let answer = world.one("machine.care", "yes", 0);
    world.said("org.machines", Answer::Number(2), 0);
    world.saw("host:a", 1, sound());
    let failing = world.saw("host:b", 1, unsound());
    let assessment = world.on(&catalog, 2);
    let disk = part(&assessment, "2.S.A/disk");
    assert_eq!((disk.state, disk.basis, disk.contradicted), (State::Partly, Basis::Measured, true));
    assert!(assessment.sub_practice("2.S.A").unwrap().contradicted);
    // One answer, one contradiction, for all the parts it speaks of.
    assert_eq!(assessment.contradictions.len(), 1);
    let it = contradiction(&assessment, "machine.care");
    assert_eq!(
        it.parts.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["2.S.A/disk", "2.S.A/patches"]
    );
    assert_eq!((it.answer, it.role.as_str(), it.stated_at), (answer, "manager", day(0)));
    assert_eq!(it.said, "Yes, all of it");
    assert_eq!(it.evidence, [failing]);
    assert_eq!(it.severity, Severity::Critical);
    assert_eq!(
        it.seen,
        "“Disks of portable machines are encrypted” fails on 1 of 2; \
         “Machines are patched” fails on 1 of 2"
    );
}

#[test]
fn said_not_in_place_is_contradicted_by_a_measured_pass() {
    let catalog = catalog();
    let mut world = World::new();
    world.one("machine.care", "no", 0);
    world.said("org.machines", Answer::Number(1), 0);
    let passing = world.saw("host:a", 1, sound());
    let assessment = world.on(&catalog, 2);
    let disk = part(&assessment, "2.S.A/disk");
    assert_eq!((disk.state, disk.contradicted), (State::InPlace, true));
    let it = contradiction(&assessment, "machine.care");
    assert_eq!(it.said, "No, none of it");
    assert!(it.seen.contains("holds on 1 of 1"), "{}", it.seen);
    assert_eq!(it.evidence, [passing]);
}

#[test]
fn a_partly_contradicts_nothing_and_an_expired_answer_neither() {
    let catalog = catalog();
    let mut world = World::new();
    world.one("machine.care", "some", 0);
    world.saw("host:a", 1, unsound());
    assert!(world.on(&catalog, 2).contradictions.is_empty());
    let mut world = World::new();
    world.one("machine.care", "yes", -400);
    world.saw("host:a", 1, unsound());
    assert!(world.on(&catalog, 2).contradictions.is_empty());
}

#[test]
fn what_is_told_fills_what_was_not_measured() {
    let catalog = catalog();
    let mut world = World::new();
    world.one("machine.care", "yes", 0);
    world.said("org.machines", Answer::Number(2), 0);
    world.saw("host:a", 1, sound());
    let assessment = world.on(&catalog, 2);
    let disk = part(&assessment, "2.S.A/disk");
    assert_eq!((disk.state, disk.basis, disk.contradicted), (State::InPlace, Basis::Both, false));
}

#[test]
fn contradictions_come_worst_first() {
    let catalog = catalog();
    let mut world = World::of(Organization {
        chosen_size: Some(Size::Small),
        domains: vec!["a.example".to_owned()],
        ..Organization::default()
    });
    world.one("mail.sender", "yes", 0);
    world.one("machine.care", "yes", 0);
    world.one("org.remote", "none", 0);
    world.saw("dns:a.example", 1, json!({"dmarc": {"policy": "none"}}));
    world.saw("host:a", 1, unsound());
    let assessment = world.on(&catalog, 2);
    let order: Vec<_> =
        assessment.contradictions.iter().map(|it| (it.severity, it.question.as_str())).collect();
    assert_eq!(
        order,
        [
            (Severity::Critical, "machine.care"),
            (Severity::High, "mail.sender"),
            (Severity::High, "org.remote"),
        ]
    );
}

#[test]
fn two_questions_of_one_part_are_taken_together() {
    let catalog = catalog();
    let mut world = World::new();
    world.one("mail.agreement", "yes", 0);
    world.one("mail.signed-when", "no", 0);
    assert_eq!(state(&world.on(&catalog, 1), "1.S.A/agreement"), State::Partly);
    let mut questions = include_str!("questions.toml").to_owned();
    questions = questions.replace("id = \"no-phi\"", "id = \"no-longer\"");
    // A later edition without an answer: what was said by it no longer counts.
    let later = catalog_with("questions/all.toml", &questions);
    let mut world = World::new();
    world.one("mail.agreement", "no-phi", 0);
    assert_eq!(state(&world.on(&catalog, 1), "1.S.A/agreement"), State::NotApplicable);
    assert_eq!(state(&world.on(&later, 1), "1.S.A/agreement"), State::Unknown);
}

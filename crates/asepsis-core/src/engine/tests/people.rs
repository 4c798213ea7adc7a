//! Who is who, and what is kept of an answer.

use serde_json::json;

use super::catalog::catalog;
use super::world::{World, day, said};
use crate::evidence::{Person, Record};
use crate::statement::{Answer, Via};

#[test]
fn each_person_is_named_by_the_newest_entry() {
    let catalog = catalog();
    let mut world = World::new();
    let person = |id: &str, name: &str| {
        let (id, name, role) = (id.to_owned(), name.to_owned(), "manager".to_owned());
        Record::Person(Person { id, name, role })
    };
    world.record(day(0), person("person-1", "Ada Stone"));
    world.record(day(1), person("person-2", "Ben Reed"));
    world.record(day(5), person("person-1", "Ada Stone-Hill"));
    let names = |at| world.on(&catalog, at).people.into_values().collect::<Vec<_>>();
    assert!(names(-1).is_empty(), "an entry counts once it is recorded");
    assert_eq!(names(0), ["Ada Stone"]);
    assert_eq!(names(4), ["Ada Stone", "Ben Reed"]);
    assert_eq!(names(5), ["Ada Stone-Hill", "Ben Reed"]);
}

#[test]
fn an_answer_in_force_says_who_said_what_and_how_it_came() {
    let mut world = World::new();
    let mut record = said("machine.care", Answer::One("some".to_owned()), day(1));
    let Record::Attestation(it) = &mut record else { panic!("not an answer") };
    (it.note, it.via) = ("two of three".to_owned(), Some(Via::VendorSheet));
    it.entered_by = Some("person-2".to_owned());
    assert_eq!(record.to_body()["via"], json!("vendor-sheet"));
    let read = Record::from_body("attestation", record.to_body()).unwrap();
    assert_eq!(read.as_ref(), Some(&record));
    let seq = world.record(day(1), record);
    let assessment = world.on(&catalog(), 2);
    let it = &assessment.answers[&seq];
    assert_eq!((it.author.as_str(), it.note.as_str()), ("person-1", "two of three"));
    assert_eq!((&it.answer, it.via), (&Answer::One("some".to_owned()), Some(Via::VendorSheet)));
}

#[test]
fn an_answer_said_in_the_program_itself_is_written_as_before() {
    let body = said("machine.care", Answer::DontKnow, day(1)).to_body();
    let keys: Vec<&String> = body.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["answer", "question", "role", "stated_at", "sure"]);
}

//! Invented organizations for the tests: each method appends one entry, as the ledger would.

use serde_json::{Value, json};

use super::super::{
    Assessment, Contradiction, Finding, Input, Interview, PartStanding, State, evaluate, interview,
};
use crate::catalog::Catalog;
use crate::evidence::{Evidence, Record};
use crate::observation::{Body, Observation, Subject};
use crate::organization::{Organization, Size};
use crate::statement::{Answer, Attestation, Sureness, Waiver};
use crate::time::Timestamp;

/// Noon of a day, counted from January 1, 2026.
pub(super) fn day(number: i64) -> Timestamp {
    "2026-01-01T12:00:00Z".parse::<Timestamp>().unwrap().plus_days(number)
}

/// Evidence being gathered.
#[derive(Clone, Debug, Default)]
pub(super) struct World(pub(super) Vec<Evidence>);

impl World {
    /// A small organization that named nothing else.
    pub(super) fn new() -> Self {
        Self::of(Organization { chosen_size: Some(Size::Small), ..Organization::default() })
    }

    pub(super) fn of(organization: Organization) -> Self {
        let mut world = Self::default();
        world.record(day(-400), Record::Organization(organization));
        world
    }

    pub(super) fn record(&mut self, at: Timestamp, record: Record) -> u64 {
        let seq = self.0.len() as u64;
        let author = "person-1".to_owned();
        self.0.push(Evidence { seq, recorded_at: at, author, record });
        seq
    }

    pub(super) fn look(&mut self, subject: &str, at: i64, body: Body) -> u64 {
        let record = look(subject, day(at), body);
        self.record(day(at), record)
    }

    pub(super) fn saw(&mut self, subject: &str, at: i64, fact: Value) -> u64 {
        self.look(subject, at, saw(fact))
    }

    pub(super) fn skipped(&mut self, subject: &str, at: i64) -> u64 {
        self.look(subject, at, Body::Skipped { reason: "no privilege".to_owned() })
    }

    pub(super) fn failed(&mut self, subject: &str, at: i64) -> u64 {
        let (operation, cause) = ("ask it".to_owned(), "it is off".to_owned());
        self.look(subject, at, Body::Failed { operation, cause })
    }

    pub(super) fn said(&mut self, question: &str, answer: Answer, at: i64) -> u64 {
        self.record(day(at), said(question, answer, day(at)))
    }

    pub(super) fn one(&mut self, question: &str, answer: &str, at: i64) -> u64 {
        self.said(question, Answer::One(answer.to_owned()), at)
    }

    pub(super) fn ticked(&mut self, question: &str, boxes: &[&str], at: i64) -> u64 {
        let boxes = boxes.iter().map(|it| (*it).to_owned()).collect();
        self.said(question, Answer::Several(boxes), at)
    }

    pub(super) fn waive(&mut self, check: &str, subject: Option<&str>, at: i64, to: i64) -> u64 {
        self.record(day(at), waiver(check, subject, day(to)))
    }

    pub(super) fn on(&self, catalog: &Catalog, at: i64) -> Assessment {
        assess(catalog, &self.0, day(at))
    }

    pub(super) fn asked(&self, catalog: &Catalog, at: i64) -> Interview {
        interview(catalog, &self.0, &self.on(catalog, at), day(at))
    }
}

pub(super) fn assess(catalog: &Catalog, evidence: &[Evidence], as_of: Timestamp) -> Assessment {
    evaluate(&Input { catalog, evidence, ledger_size: 7, as_of })
}

/// A look; subjects of kind `dns:` are zones, all others machines.
pub(super) fn look(subject: &str, at: Timestamp, body: Body) -> Record {
    let subject = Subject(subject.to_owned());
    Record::Observation(Observation {
        schema: if subject.0.starts_with("dns:") { "zone/1" } else { "machine/1" }.to_owned(),
        also: Vec::new(),
        label: subject.key().to_uppercase(),
        subject,
        observed_at: at,
        collector: "test/look".to_owned(),
        version: "1".to_owned(),
        body,
    })
}

pub(super) fn saw(fact: Value) -> Body {
    let Value::Object(fact) = fact else { panic!("a fact is a map") };
    Body::Saw { fact, seen: std::collections::BTreeMap::new() }
}

pub(super) fn said(question: &str, answer: Answer, at: Timestamp) -> Record {
    Record::Attestation(Attestation {
        question: question.to_owned(),
        answer,
        stated_at: at,
        role: "manager".to_owned(),
        sure: Sureness::Sure,
        note: String::new(),
        via: None,
        entered_by: None,
    })
}

pub(super) fn waiver(check: &str, subject: Option<&str>, expires: Timestamp) -> Record {
    Record::Waiver(Waiver {
        check: check.to_owned(),
        subject: subject.map(|it| Subject(it.to_owned())),
        reason: "the maker forbids it".to_owned(),
        owner: "person-1".to_owned(),
        expires,
    })
}

/// A machine on which all is well.
pub(super) fn sound() -> Value {
    json!({
        "portable": true,
        "disk": {"encrypted": true},
        "patch": {"days": 3},
        "accounts": [{"admin": true, "twice": true}, {"admin": false}],
        "remote": {"listening": false},
        "medical": false,
    })
}

/// A machine on which every check fails.
pub(super) fn unsound() -> Value {
    json!({
        "portable": true,
        "disk": {"encrypted": false},
        "patch": {"days": 300},
        "accounts": [{"admin": true, "twice": false}],
        "remote": {"listening": true},
    })
}

pub(super) fn part<'a>(assessment: &'a Assessment, reference: &str) -> &'a PartStanding {
    let reference = reference.parse::<crate::catalog::PartRef>().unwrap();
    let sub = assessment.sub_practice(&reference.sub_practice).unwrap();
    sub.parts.iter().find(|it| it.part == reference).unwrap()
}

pub(super) fn state(assessment: &Assessment, reference: &str) -> State {
    part(assessment, reference).state
}

pub(super) fn finding<'a>(assessment: &'a Assessment, check: &str, subject: &str) -> &'a Finding {
    assessment.findings_of(check).find(|it| *it.subject == *subject).unwrap()
}

pub(super) fn contradiction<'a>(assessment: &'a Assessment, question: &str) -> &'a Contradiction {
    assessment.contradictions.iter().find(|it| it.question == question).unwrap()
}

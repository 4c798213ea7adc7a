//! Record what a person says, after checking that the question offers it and that the remark holds
//! no patient data.

use asepsis_collect::remark;
use asepsis_core::catalog::{Catalog, Kind, Question};
use asepsis_core::evidence::{Evidence, Record};
use asepsis_core::statement::{Answer, Attestation, Sureness};
use asepsis_core::time::Timestamp;

use super::home::{By, Home, HomeError};

/// An answer before it is recorded.
#[derive(Clone, Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answering {
    /// The question's id.
    pub question: String,
    /// What was said.
    pub answer: Answer,
    /// A remark.
    #[serde(default)]
    pub note: String,
    /// How sure.
    #[serde(default)]
    pub sure: Sureness,
}

/// An answer that is not recorded.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// The ledger cannot be used.
    #[error(transparent)]
    Home(#[from] HomeError),
    /// No such question.
    #[error("there is no question {0:?}")]
    NoQuestion(String),
    /// No such answer.
    #[error("{question} does not offer {given}; it offers {offered}")]
    NotOffered {
        /// Which question.
        question: String,
        /// What was given.
        given: String,
        /// What it offers.
        offered: String,
    },
    /// The remark may hold patient data.
    #[error("the remark to {question} seems to hold {found}; asepsis keeps no patient data")]
    PatientData {
        /// Which question.
        question: String,
        /// What kind of thing was found, never the thing.
        found: String,
    },
    /// Too long a remark.
    #[error("the remark to {question} is longer than 2,000 characters")]
    TooLong {
        /// Which question.
        question: String,
    },
    /// Somebody else answered since the question was shown.
    #[error("somebody else answered {question} meanwhile")]
    Newer {
        /// Which question.
        question: String,
    },
    /// Nobody may answer in that role.
    #[error("{0:?} is not a role: manager, front-desk, clinician, it, vendor")]
    Role(String),
}

/// The roles in which a person can answer.
pub const ROLES: [&str; 5] = ["manager", "front-desk", "clinician", "it", "vendor"];

impl Home {
    /// Records answers given by one person, all or none. Returns their ledger entries.
    pub async fn answer(
        &self,
        answers: &[Answering],
        by: By<'_>,
        role: &str,
        now: Timestamp,
    ) -> Result<Vec<u64>, Refused> {
        if !ROLES.contains(&role) {
            return Err(Refused::Role(role.to_owned()));
        }
        for answering in answers {
            let question = self
                .catalog
                .question(&answering.question)
                .ok_or_else(|| Refused::NoQuestion(answering.question.clone()))?;
            accept(question, answering)?;
        }
        let (author, person) = self.by(by).await?;
        let mut records: Vec<_> =
            person.into_iter().map(|person| (author.clone(), person)).collect();
        let people = records.len();
        records.extend(answers.iter().map(|it| {
            let attestation = attestation(&self.catalog, it, role, now);
            (author.clone(), Record::Attestation(attestation))
        }));
        let entries = self.record(records, now).await?;
        Ok(entries.iter().skip(people).map(|entry| entry.seq).collect())
    }
}

impl Home {
    /// Records one answer, unless somebody else answered since `read`, the newest answer that the
    /// person had seen (`None`: none). Returns its ledger entry.
    pub async fn answer_what_was_read(
        &self,
        answering: &Answering,
        read: Option<u64>,
        person: &str,
        role: &str,
        now: Timestamp,
    ) -> Result<u64, Refused> {
        let id = &answering.question;
        let none = || Refused::NoQuestion(id.clone());
        accept(self.catalog.question(id).ok_or_else(none)?, answering)?;
        let record = Record::Attestation(attestation(&self.catalog, answering, role, now));
        let unread = |evidence: &[Evidence]| {
            let newest = evidence.iter().rev().find(|entry| match &entry.record {
                Record::Attestation(it) => it.question == *id,
                _ => false,
            });
            newest.is_none_or(|it| it.author == person || Some(it.seq) <= read)
        };
        match self.record_if(vec![(person.to_owned(), record)], unread, now).await? {
            Some(entries) => Ok(entries.last().map_or(0, |entry| entry.seq)),
            None => Err(Refused::Newer { question: id.clone() }),
        }
    }
}

/// The answer as a record.
pub(super) fn attestation(
    catalog: &Catalog,
    answering: &Answering,
    role: &str,
    now: Timestamp,
) -> Attestation {
    Attestation {
        question: answering.question.clone(),
        answer: in_order(catalog, answering),
        stated_at: now,
        role: role.to_owned(),
        sure: answering.sure,
        note: answering.note.trim().to_owned(),
        via: None,
        entered_by: None,
    }
}

/// The answer as it is kept: ticked boxes in the catalog's order, each once.
pub(super) fn in_order(catalog: &Catalog, answering: &Answering) -> Answer {
    match (&answering.answer, catalog.question(&answering.question)) {
        (Answer::Several(given), Some(question)) => {
            let all = question.answers.iter().map(|it| it.id.clone());
            Answer::Several(all.filter(|id| given.contains(id)).collect())
        }
        (answer, _) => answer.clone(),
    }
}

/// Whether the question offers the answer.
pub(super) fn accept(question: &Question, answering: &Answering) -> Result<(), Refused> {
    let id = question.id.clone();
    let known = |given: &String| question.answer(given).is_some();
    let offered = match (question.kind, &answering.answer) {
        (_, Answer::DontKnow) => true,
        (Kind::One, Answer::One(given)) => known(given),
        (Kind::Several, Answer::Several(given)) => given.iter().all(known),
        (Kind::Number, Answer::Number(n)) => {
            question.min.is_none_or(|min| *n >= min) && question.max.is_none_or(|max| *n <= max)
        }
        _ => false,
    };
    if !offered {
        let ids: Vec<&str> = question.answers.iter().map(|it| it.id.as_str()).collect();
        let offered = match question.kind {
            Kind::One => format!("one of {}", ids.join(", ")),
            Kind::Several => format!("any of {}", ids.join(", ")),
            Kind::Number => {
                let (min, max) = (question.min.unwrap_or(0), question.max.unwrap_or(i64::MAX));
                format!("a number from {min} to {max}")
            }
        };
        let given = serde_json::to_string(&answering.answer).unwrap_or_default();
        return Err(Refused::NotOffered { question: id, given, offered });
    }
    if answering.note.chars().count() > 2_000 {
        return Err(Refused::TooLong { question: id });
    }
    match remark::patient_data(&answering.note) {
        Some(found) => Err(Refused::PatientData { question: id, found }),
        None => Ok(()),
    }
}

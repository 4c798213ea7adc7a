//! A vendor sheet that was filled in: what its answers mean, which are taken, and recording them as
//! the vendor's.

use std::collections::BTreeMap;

use asepsis_collect::remark;
use asepsis_collect::vendor_sheet::{ASKS, Filled, FilledAnswer, FilledAsk, Left, QUESTIONS};
use asepsis_core::catalog::Catalog;
use asepsis_core::evidence::Record;
use asepsis_core::statement::{Answer, Sureness};
use asepsis_core::time::Timestamp;

use super::super::answer::{Answering, accept, attestation};
use super::super::home::Home;
use super::ImportError;
use super::matching::matched;

/// The role in which a vendor answers.
const VENDOR: &str = "vendor";
/// Longest name under "By", in characters.
const LONGEST_NAME: usize = 200;

/// A vendor sheet, understood; nothing of it is recorded yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Taken {
    /// Answers that can be recorded.
    pub answers: Vec<TakenAnswer>,
    /// What the vendor says about each thing to do. Not evidence: the next look shows it.
    pub done: Vec<FilledAsk>,
    /// Rows that are not taken, and why.
    pub left: Vec<Left>,
}

/// One answer that can be recorded.
#[derive(Clone, Debug, PartialEq)]
pub struct TakenAnswer {
    /// Its row on the sheet of questions.
    pub row: u32,
    /// The question's id.
    pub question: String,
    /// What was answered.
    pub answer: Answer,
    /// A remark.
    pub note: String,
    /// By whom.
    pub by: String,
}

/// What was recorded of a vendor sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportedSheet {
    /// The ledger entries of the answers.
    pub entries: Vec<u64>,
    /// How many answers the ledger already had as the vendor's newest.
    pub known: usize,
}

/// Holds a filled sheet against the catalog: which answers are offered, and who may give them.
pub fn understand(catalog: &Catalog, filled: Filled) -> Taken {
    let mut out = Taken { answers: Vec::new(), done: Vec::new(), left: filled.left };
    let left = |sheet: &str, row, why| Left { sheet: sheet.to_owned(), row, why };
    for ask in filled.done {
        match about(catalog, &ask) {
            Ok(()) => out.done.push(ask),
            Err(why) => out.left.push(left(ASKS, ask.row, why)),
        }
    }
    let mut rows: BTreeMap<String, u32> = BTreeMap::new();
    for given in filled.answers {
        let earlier = rows.get(&given.question).copied();
        let taken = match earlier {
            Some(row) => Err(format!("{} was already answered in row {row}", given.question)),
            None => take(catalog, &given),
        };
        match taken {
            Ok(answer) => {
                rows.insert(given.question, given.row);
                out.answers.push(answer);
            }
            Err(why) => out.left.push(left(QUESTIONS, given.row, why)),
        }
    }
    out
}

/// Whether something is said about a check of ours, in words that may be kept.
fn about(catalog: &Catalog, ask: &FilledAsk) -> Result<(), String> {
    if catalog.check(&ask.check).is_none() {
        return Err(format!("there is no check {:?}", short(&ask.check)));
    }
    let on = ask.on.as_deref().unwrap_or_default();
    [&ask.remark, &ask.by, on].into_iter().try_for_each(plain)
}

fn take(catalog: &Catalog, given: &FilledAnswer) -> Result<TakenAnswer, String> {
    let unknown = || format!("there is no question {:?}", short(&given.question));
    let question = catalog.question(&given.question).ok_or_else(unknown)?;
    if !question.roles.iter().any(|role| role == VENDOR || role == "it") {
        return Err(format!("{} is not a question for the vendor", question.id));
    }
    if given.text.is_empty() {
        return Err("there is a remark and no answer".to_owned());
    }
    plain(&given.text)?;
    plain(&given.by)?;
    let answer = matched(question, &given.text)
        .map_err(|it| format!("{:?} is not an answer that {} offers", short(&it), question.id))?;
    let taken = TakenAnswer {
        row: given.row,
        question: question.id.clone(),
        answer,
        note: given.remark.clone(),
        by: name(&given.by),
    };
    accept(question, &answering(&taken)).map_err(|refused| refused.to_string())?;
    Ok(taken)
}

/// A name on one line, of a length that names have.
fn name(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect()
}

/// Nothing that a patient can be known by.
fn plain(text: &str) -> Result<(), String> {
    match remark::patient_data(text) {
        Some(found) => Err(format!("it seems to hold {found}; asepsis keeps no patient data")),
        None => Ok(()),
    }
}

fn answering(taken: &TakenAnswer) -> Answering {
    Answering {
        question: taken.question.clone(),
        answer: taken.answer.clone(),
        note: taken.note.clone(),
        sure: Sureness::Sure,
    }
}

fn short(text: &str) -> String {
    text.chars().take(60).collect()
}

impl Home {
    /// Records the answers of a vendor sheet as the vendor's, all or none. An answer that is the
    /// same as the newest to its question is left out: a sheet may come twice.
    pub async fn import_sheet(
        &self,
        taken: &Taken,
        now: Timestamp,
    ) -> Result<ImportedSheet, ImportError> {
        let evidence = self.evidence(Timestamp::from_millis(i64::MAX), None).await?;
        let mut newest = BTreeMap::new();
        for entry in evidence {
            if let Record::Attestation(it) = entry.record {
                newest.insert(it.question.clone(), (entry.author, it));
            }
        }
        let mut authors: BTreeMap<String, String> = BTreeMap::new();
        let (mut people, mut answers, mut known) = (Vec::new(), Vec::new(), 0);
        for it in &taken.answers {
            let author = match authors.get(&it.by) {
                Some(id) => id.clone(),
                None => {
                    let (id, person) = self.author(&it.by, VENDOR).await?;
                    people.extend(person.map(|person| (id.clone(), person)));
                    authors.insert(it.by.clone(), id.clone());
                    id
                }
            };
            // The one place where a record says in which role, and how, the answer came.
            let record = attestation(&self.catalog, &answering(it), VENDOR, now);
            let same = newest.get(&it.question).is_some_and(|(by, old)| {
                let (a, b) = (old, &record);
                *by == author && (&a.answer, &a.role, &a.note) == (&b.answer, &b.role, &b.note)
            });
            if same {
                known += 1;
            } else {
                answers.push((author, Record::Attestation(record)));
            }
        }
        if answers.is_empty() {
            return Ok(ImportedSheet { entries: Vec::new(), known });
        }
        // People who have nothing new to say are not recorded either.
        people.retain(|(id, _)| answers.iter().any(|(author, _)| author == id));
        let first = people.len();
        people.extend(answers);
        let entries = self.record(people, now).await?;
        let entries = entries.iter().skip(first).map(|entry| entry.seq).collect();
        Ok(ImportedSheet { entries, known })
    }
}

//! A vendor sheet that was filled in: what its answers mean, which are taken, and recording them as
//! the vendor's.

use std::collections::BTreeMap;

use asepsis_collect::remark;
use asepsis_collect::vendor_sheet::{ASKS, Done, Filled, FilledAnswer, FilledAsk, Left, QUESTIONS};
use asepsis_core::action::{ActionChange, ActionEvent};
use asepsis_core::catalog::Catalog;
use asepsis_core::evidence::{Evidence, Record};
use asepsis_core::statement::{Answer, Attestation, Sureness, Via};
use asepsis_core::time::Timestamp;

use super::super::answer::{Answering, accept, attestation};
use super::super::home::Home;
use super::ImportError;
use super::matching::matched;

/// The role in which a vendor answers.
const VENDOR: &str = "vendor";
/// Longest name under "By", in characters.
const LONGEST_NAME: usize = 200;
/// Longest remark about a thing to do, in characters.
const LONGEST_REMARK: usize = 2_000;

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
    /// The ledger entries of what the vendor says about things to do.
    pub asks: Vec<u64>,
    /// How much of it the ledger already had as the vendor's newest.
    pub known: usize,
}

impl Taken {
    /// The name under "By" that stands most often; empty if none does.
    pub fn by(&self) -> &str {
        let mut times: BTreeMap<&str, usize> = BTreeMap::new();
        for name in self.names().filter(|it| !it.is_empty()) {
            *times.entry(name).or_default() += 1;
        }
        let most = times.into_iter().max_by_key(|(name, times)| (*times, std::cmp::Reverse(*name)));
        most.map_or("", |(name, _)| name)
    }

    /// Puts a name where [`Taken::by`] stands, and where none does.
    pub fn signed(mut self, name: &str) -> Self {
        let old = self.by().to_owned();
        let answers = self.answers.iter_mut().map(|it| &mut it.by);
        for by in answers.chain(self.done.iter_mut().map(|it| &mut it.by)) {
            if by.is_empty() || *by == old {
                name.clone_into(by);
            }
        }
        self
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        let answers = self.answers.iter().map(|it| it.by.as_str());
        answers.chain(self.done.iter().map(|it| it.by.as_str()))
    }
}

/// Holds a filled sheet against the catalog: which answers are offered, and who may give them.
pub fn understand(catalog: &Catalog, filled: Filled) -> Taken {
    let mut out = Taken { answers: Vec::new(), done: Vec::new(), left: filled.left };
    let left = |sheet: &str, row, why| Left { sheet: sheet.to_owned(), row, why };
    for mut ask in filled.done {
        ask.by = name(&ask.by);
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
    if ask.remark.chars().count() + on.chars().count() > LONGEST_REMARK {
        return Err(format!("the remark is longer than {LONGEST_REMARK} characters"));
    }
    [&ask.remark, &ask.by, on].into_iter().try_for_each(plain)
}

/// What the vendor says about a thing to do, as it is kept.
fn change(ask: &FilledAsk) -> ActionChange {
    let join = |start: &str| {
        let on = ask.on.as_ref().map(|on| format!("on {on}"));
        let words = [Some(start.to_owned()), on, Some(ask.remark.clone())];
        words.into_iter().flatten().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(": ")
    };
    match ask.done {
        Some(Done::Yes) => ActionChange::Done { note: join("") },
        Some(Done::No) => ActionChange::Commented { text: join("Not done") },
        Some(Done::DoesNotApply) => ActionChange::Commented { text: join("Does not apply") },
        None => ActionChange::Commented { text: join("") },
    }
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
    /// Records a vendor sheet as the vendor's, all or nothing; `entered_by` is the person who brought
    /// it. What is the same as the newest to its question or thing to do is left out: a sheet may
    /// come twice.
    pub async fn import_sheet(
        &self,
        taken: &Taken,
        entered_by: Option<&str>,
        now: Timestamp,
    ) -> Result<ImportedSheet, ImportError> {
        let old = Newest::of(self.evidence(Timestamp::from_millis(i64::MAX), None).await?);
        let mut authors: BTreeMap<&str, String> = BTreeMap::new();
        let mut people = Vec::new();
        for name in taken.names() {
            if !authors.contains_key(name) {
                let (id, person) = self.author(name, VENDOR).await?;
                people.extend(person.map(|person| (id.clone(), person)));
                authors.insert(name, id);
            }
        }
        let author = |name: &str| authors.get(name).cloned().unwrap_or_default();
        let (mut answers, mut asks) = (Vec::new(), Vec::new());
        for it in &taken.answers {
            let record = Attestation {
                via: Some(Via::VendorSheet),
                entered_by: entered_by.map(str::to_owned),
                ..attestation(&self.catalog, &answering(it), VENDOR, now)
            };
            let author = author(&it.by);
            if !old.has_answer(&author, &record) {
                answers.push((author, Record::Attestation(record)));
            }
        }
        for it in &taken.done {
            let event = ActionEvent { check: it.check.clone(), event: change(it), at: now };
            let author = author(&it.by);
            if !old.has_word(&author, &event) {
                asks.push((author, Record::Action(event)));
            }
        }
        let known = taken.answers.len() + taken.done.len() - answers.len() - asks.len();
        if answers.is_empty() && asks.is_empty() {
            return Ok(ImportedSheet { known, ..ImportedSheet::default() });
        }
        // People who have nothing new to say are not recorded either.
        people.retain(|(id, _)| answers.iter().chain(&asks).any(|(author, _)| author == id));
        let (first, middle) = (people.len(), people.len() + answers.len());
        people.extend(answers);
        people.extend(asks);
        let entries: Vec<u64> =
            self.record(people, now).await?.iter().map(|entry| entry.seq).collect();
        let part = |range: std::ops::Range<usize>| entries.get(range).unwrap_or_default().to_vec();
        Ok(ImportedSheet { entries: part(first..middle), asks: part(middle..entries.len()), known })
    }
}

/// What was said last, by question and by author and thing to do.
struct Newest {
    answers: BTreeMap<String, (String, Attestation)>,
    words: BTreeMap<(String, String), ActionChange>,
}

impl Newest {
    fn of(evidence: Vec<Evidence>) -> Self {
        let mut newest = Self { answers: BTreeMap::new(), words: BTreeMap::new() };
        for entry in evidence {
            match entry.record {
                Record::Attestation(it) => {
                    newest.answers.insert(it.question.clone(), (entry.author, it));
                }
                Record::Action(it) => {
                    newest.words.insert((entry.author, it.check), it.event);
                }
                _ => {}
            }
        }
        newest
    }

    fn has_answer(&self, author: &str, record: &Attestation) -> bool {
        self.answers.get(&record.question).is_some_and(|(by, old)| {
            let (a, b) = (old, record);
            by == author && (&a.answer, &a.role, &a.note) == (&b.answer, &b.role, &b.note)
        })
    }

    fn has_word(&self, author: &str, event: &ActionEvent) -> bool {
        self.words.get(&(author.to_owned(), event.check.clone())) == Some(&event.event)
    }
}

//! What a file would add, before it does.

use std::collections::{BTreeMap, HashMap};

use asepsis_collect::import::{Ask, Told};
use asepsis_core::engine::Files;
use asepsis_core::evidence::{Evidence, Record};
use asepsis_core::hash::Hash;
use asepsis_core::identity::Identity;
use asepsis_core::import::{LeftOut, SeenAgain};
use asepsis_core::observation::{Observation, Subject};
use asepsis_core::time::Timestamp;

use super::super::home::{Home, LATEST};
use super::ImportError;
use super::holdings::{Holdings, Stands};
use super::incoming::Incoming;

/// Most looks of one file.
const MOST_LOOKS: usize = 1_000_000;
/// Most names of one file.
const MOST_NAMES: usize = 500_000;
/// Subjects of each kind that a preview names.
const NAMED: usize = 12;

/// How many looks of one schema stand how.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Subjects of which nothing is known from this source.
    pub new: usize,
    /// Something is other than before.
    pub changed: usize,
    /// All is as before, and was seen again.
    pub again: usize,
    /// The ledger has them.
    pub known: usize,
    /// Kept as history: newer looks are known.
    pub older: usize,
    /// The first of those that are new or changed, by their names for people.
    pub first: Vec<String>,
}

/// What a file would add.
#[derive(Clone, Debug)]
pub struct Planned {
    /// The id of the format.
    pub format: &'static str,
    /// The format for people.
    pub is: &'static str,
    /// Which program made it, where it says so.
    pub made_by: String,
    /// What has to be told first.
    pub asks: Vec<Ask>,
    /// The oldest and the newest state that it shows.
    pub span: Option<(Timestamp, Timestamp)>,
    /// By schema.
    pub counts: BTreeMap<String, Counts>,
    /// Names of accounts and people that are new or changed.
    pub names: usize,
    /// What is not taken, and why.
    pub left: Vec<LeftOut>,
    /// The entry of the import that brought in this very file, if it was not taken back.
    pub already: Option<u64>,
    /// The digest of the file.
    pub hash: Hash,
    pub(super) bytes: u64,
    pub(super) date_told: bool,
    pub(super) lists: Option<String>,
    /// How many entries the ledger had.
    pub(super) size: u64,
    /// Which looks are recorded, by their place in the file.
    pub(super) recorded: Vec<bool>,
    pub(super) again: Vec<SeenAgain>,
    pub(super) identities: Vec<Identity>,
}

impl Planned {
    /// Whether it would add anything.
    pub fn adds(&self) -> bool {
        self.already.is_none()
            && (self.recorded.contains(&true)
                || !self.again.is_empty()
                || !self.identities.is_empty())
    }

    /// How many entries the ledger had when it was planned.
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// How many looks would be recorded.
    pub fn looks(&self) -> usize {
        self.recorded.iter().filter(|it| **it).count()
    }

    /// The state that the file speaks of: its newest.
    pub(super) fn effective(&self, now: Timestamp) -> Timestamp {
        self.span.map_or(now, |(_, newest)| newest).min(now)
    }
}

impl Home {
    /// Reads a file and holds it against the ledger; records nothing.
    pub async fn plan_import(&self, file: &Incoming, told: &Told) -> Result<Planned, ImportError> {
        let size = self.store.size(&self.organization).await.map_err(super::HomeError::from)?;
        let evidence = self.store.evidence(&self.organization, Some(size), Some(LATEST)).await;
        let evidence = evidence.map_err(super::HomeError::from)?;
        let whole = file.read(told).await?;
        let mut reading = whole.reading;
        if reading.identities.len() > MOST_NAMES {
            return Err(ImportError::TooMany { what: "names", most: MOST_NAMES });
        }
        let known_names = names(&evidence);
        reading.identities.retain(|it| known_names.get(&it.subject) != Some(&it));
        let files = Files::at(&evidence, Timestamp::from_millis(i64::MAX));
        let mut planned = Planned {
            format: file.format,
            is: file.is,
            made_by: reading.made_by,
            asks: reading.asks,
            span: None,
            counts: BTreeMap::new(),
            names: reading.identities.len(),
            left: reading.left,
            already: None,
            hash: whole.hash,
            bytes: whole.bytes,
            date_told: reading.date.is_some() && reading.date == told.date,
            lists: reading.lists,
            size,
            recorded: Vec::new(),
            again: Vec::new(),
            identities: reading.identities,
        };
        planned.already = already(&evidence, whole.hash, &planned.made_by);
        let mut holdings: HashMap<(String, String), Holdings> = HashMap::new();
        let mut again: BTreeMap<Timestamp, Vec<u64>> = BTreeMap::new();
        for look in reading.looks {
            if planned.recorded.len() >= MOST_LOOKS {
                return Err(ImportError::TooMany { what: "looks", most: MOST_LOOKS });
            }
            let key = (look.schema.clone(), look.collector.clone());
            if !holdings.contains_key(&key) {
                let held = Holdings::read(self, &key.0, &key.1, &files).await;
                holdings.insert(key.clone(), held.map_err(super::HomeError::from)?);
            }
            let stands = holdings.get(&key).map_or(Stands::New, |it| it.stands(&look));
            let at = look.observed_at;
            planned.span = match planned.span {
                None => Some((at, at)),
                Some((oldest, newest)) => Some((oldest.min(at), newest.max(at))),
            };
            let counts = planned.counts.entry(look.schema.clone()).or_default();
            let record = match stands {
                Stands::New => {
                    counts.new += 1;
                    true
                }
                Stands::Changed => {
                    counts.changed += 1;
                    true
                }
                Stands::Again(seq, at) => {
                    counts.again += 1;
                    again.entry(at).or_default().push(seq);
                    false
                }
                Stands::Known => {
                    counts.known += 1;
                    false
                }
                Stands::Older if self.has_look(&look).await? => {
                    counts.known += 1;
                    false
                }
                Stands::Older => {
                    counts.older += 1;
                    true
                }
            };
            if matches!(stands, Stands::New | Stands::Changed) && counts.first.len() < NAMED {
                counts.first.push(look.label.clone());
            }
            planned.recorded.push(record);
        }
        planned.again =
            again.into_iter().map(|(at, seqs)| SeenAgain { at, entries: ranges(seqs) }).collect();
        Ok(planned)
    }

    /// Whether the ledger has this look: the same subject, moment and facts.
    async fn has_look(&self, look: &Observation) -> Result<bool, ImportError> {
        let subject = &look.subject.0;
        let found = self.store.looks_at(&self.organization, subject, look.observed_at).await;
        let found = found.map_err(super::HomeError::from)?;
        Ok(found.iter().any(|it| {
            it.schema == look.schema && it.collector == look.collector && it.body == look.body
        }))
    }
}

/// The newest name of each account and person.
fn names(evidence: &[Evidence]) -> HashMap<&Subject, &Identity> {
    let names = evidence.iter().filter_map(|entry| match &entry.record {
        Record::Identity(it) => Some((&it.subject, it)),
        _ => None,
    });
    // Later entries replace earlier ones.
    names.collect()
}

/// The import of the same bytes, understood in the same way, that still counts.
fn already(evidence: &[Evidence], hash: Hash, made_by: &str) -> Option<u64> {
    let undone = |seq| {
        evidence.iter().any(|entry| matches!(&entry.record, Record::Undo(it) if it.import == seq))
    };
    let same = evidence
        .iter()
        .rev()
        .filter(|entry| {
            matches!(&entry.record, Record::Import(it) if it.hash == hash && it.made_by == made_by)
        });
    same.map(|entry| entry.seq).find(|seq| !undone(*seq))
}

/// Numbers as ranges, first and last.
fn ranges(mut numbers: Vec<u64>) -> Vec<(u64, u64)> {
    numbers.sort_unstable();
    let mut ranges: Vec<(u64, u64)> = Vec::new();
    for number in numbers {
        match ranges.last_mut() {
            Some((_, last)) if number <= last.saturating_add(1) => *last = number,
            _ => ranges.push((number, number)),
        }
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_become_ranges() {
        assert_eq!(ranges(vec![7, 3, 4, 5, 9, 8, 4]), [(3, 5), (7, 9)]);
        assert_eq!(ranges(vec![]), []);
    }
}

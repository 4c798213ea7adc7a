//! What the ledger holds already, as far as a file can show it again: the newest look at each subject
//! by the same collector.

use std::collections::HashMap;

use asepsis_core::canonical::canonical;
use asepsis_core::catalog::{Ages, Schema};
use asepsis_core::engine::{Files, number};
use asepsis_core::hash::Hash;
use asepsis_core::observation::{Body, Observation};
use asepsis_core::time::{DAY_MS, Timestamp};
use asepsis_store::LedgerError;
use asepsis_store::newest::NewestLook;
use serde_json::{Map, Value, json};

use super::super::home::Home;

/// An observation is recorded again after so many days, though nothing changed: what is older than a
/// year is not read for an assessment, and half of that leaves room for a fleet that is seldom seen.
const RECORD_AGAIN_DAYS: i64 = 180;
/// How far a number of days that passes by itself may differ: looks are not at the same hour.
const DAYS_DIFFER: i64 = 1;
const HOUR_MS: i64 = 60 * 60 * 1000;

/// How a look of a file stands to what the ledger holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stands {
    /// Nothing is known of its subject from this source.
    New,
    /// Something is other than before.
    Changed,
    /// All is as in this entry; it was seen again at that time, by the hour.
    Again(u64, Timestamp),
    /// The ledger has it.
    Known,
    /// Newer looks are known; whether the ledger has this one must be looked up.
    Older,
}

/// The newest looks of one collector under one schema.
pub(super) struct Holdings {
    aging: Vec<(String, Ages)>,
    newest: HashMap<String, Newest>,
}

struct Newest {
    seq: u64,
    /// When it was seen so first, and last.
    first: Timestamp,
    last: Timestamp,
    same: [u8; 16],
    days: Vec<Option<i64>>,
}

impl Holdings {
    pub(super) async fn read(
        home: &Home,
        schema: &str,
        collector: &str,
        files: &Files,
    ) -> Result<Self, LedgerError> {
        let aging = home.catalog.schemas.get(schema).map(aging).unwrap_or_default();
        let mut newest = HashMap::new();
        let each = |look: NewestLook| {
            if files.took_back(look.seq) {
                return;
            }
            let first = look.observation.observed_at.min(look.recorded_at);
            let (same, days) = gist(&aging, &look.observation);
            let last = files.again(look.seq).map_or(first, |again| again.max(first));
            let known = Newest { seq: look.seq, first, last, same, days };
            newest.insert(look.observation.subject.0, known);
        };
        home.store.newest_looks(&home.organization, schema, collector, each).await?;
        Ok(Self { aging, newest })
    }

    pub(super) fn stands(&self, look: &Observation) -> Stands {
        let Some(known) = self.newest.get(&look.subject.0) else { return Stands::New };
        let (same, days) = gist(&self.aging, look);
        let passed = look.observed_at.as_millis().saturating_sub(known.first.as_millis()) / DAY_MS;
        let as_before = same == known.same
            && self.aging.iter().zip(days.iter().zip(&known.days)).all(|((_, ages), days)| {
                match days {
                    (None, None) => true,
                    (Some(now), Some(then)) => {
                        let gone = if *ages == Ages::Up { passed } else { -passed };
                        (then + gone - now).abs() <= DAYS_DIFFER
                    }
                    _ => false,
                }
            });
        if look.observed_at < known.first {
            return Stands::Older;
        }
        match as_before {
            true if look.observed_at <= known.last => Stands::Known,
            true if passed < RECORD_AGAIN_DAYS => {
                let hour = look.observed_at.as_millis().div_euclid(HOUR_MS) * HOUR_MS;
                let hour = Timestamp::from_millis(hour);
                if hour <= known.last { Stands::Known } else { Stands::Again(known.seq, hour) }
            }
            false if look.observed_at < known.last => Stands::Older,
            _ => Stands::Changed,
        }
    }
}

fn aging(schema: &Schema) -> Vec<(String, Ages)> {
    schema.paths.iter().filter_map(|it| Some((it.path.clone(), it.ages?))).collect()
}

fn take(fact: &mut Map<String, Value>, path: &str) {
    match path.split_once('.') {
        Some((first, rest)) => {
            if let Some(Value::Object(inner)) = fact.get_mut(first) {
                take(inner, rest);
            }
        }
        None => {
            fact.remove(path);
        }
    }
}

/// What must be equal for nothing to have changed, and the numbers of days that pass by themselves.
fn gist(aging: &[(String, Ages)], look: &Observation) -> ([u8; 16], Vec<Option<i64>>) {
    let nothing = Map::new();
    let (fact, other) = match &look.body {
        Body::Saw { fact, .. } => (fact, None),
        other => (&nothing, Some(other)),
    };
    let days = aging.iter().map(|(path, _)| number(fact, path)).collect();
    let mut still = fact.clone();
    aging.iter().for_each(|(path, _)| take(&mut still, path));
    let gist = canonical(&json!([look.label, look.also, Value::Object(still), other]));
    let mut same = [0; 16];
    let Hash(hash) = Hash::of(&[gist.as_bytes()]);
    same.iter_mut().zip(hash).for_each(|(to, from)| *to = from);
    (same, days)
}

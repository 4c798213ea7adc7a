//! A fleet as a log shows it: of each computer its newest answer to each query, as facts.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use asepsis_core::observation::{BodyBuilder, Observation, Subject};
use asepsis_core::time::{DAY_MS, Timestamp};

use super::super::Reading;
use super::super::machine::Machine;
use super::COLLECTOR;
use super::facts::{Facts, Small};
use super::line::{Changes, Line, Says};
use super::queries::{IDENTITY, QUERIES, by_name};
use super::rows::{Row, row, rows};

/// Answers so much older than a computer's newest say nothing of its state then.
const TOGETHER_MS: i64 = DAY_MS + DAY_MS / 2;
/// Most computers in one log.
const MOST_HOSTS: usize = 500_000;
/// Most rows that are held of logs of changes.
const MOST_ROWS: usize = 2_000_000;
/// Most queries of other packs that are counted by name.
const MOST_NAMES: usize = 200;

/// All computers of a log.
#[derive(Default)]
pub(super) struct Fleet {
    hosts: BTreeMap<Box<str>, Host>,
    texts: HashSet<Arc<str>>,
    /// Rows of logs of changes, by computer and query.
    changing: HashMap<(Box<str>, usize), Changing>,
    rows: usize,
    /// Queries that are not ours, with how often they stand there.
    others: BTreeMap<String, u64>,
}

/// One computer.
#[derive(Default)]
struct Host {
    answers: Vec<Answer>,
    key: Option<(Subject, Vec<Subject>)>,
    label: Option<Box<str>>,
}

/// What one query told.
struct Answer {
    query: usize,
    at: Timestamp,
    facts: Facts,
}

/// Rows that came and went.
#[derive(Default)]
struct Changing {
    epoch: String,
    at: Option<Timestamp>,
    rows: BTreeSet<Box<str>>,
}

impl Fleet {
    /// Takes one line of a log. An error tells what is wrong with it.
    pub(super) fn take(&mut self, line: &Line<'_>, reading: &mut Reading) -> Result<(), String> {
        let Some(query) = line.query().and_then(by_name) else {
            if self.others.len() < MOST_NAMES || self.others.contains_key(line.name()) {
                let name = line.name().chars().filter(|c| !c.is_control()).take(80).collect();
                *self.others.entry(name).or_default() += 1;
            }
            return Ok(());
        };
        let Some(host) = line.host() else {
            reading.leave("a line", "it names no computer (hostIdentifier)");
            return Ok(());
        };
        let Some(at) = line.at() else {
            reading.leave("a line", "it has no time (unixTime)");
            return Ok(());
        };
        if self.hosts.len() >= MOST_HOSTS && !self.hosts.contains_key(host) {
            return Err(format!("the log holds more than {MOST_HOSTS} computers"));
        }
        let wrong = |error: serde_json::Error| error.to_string();
        match line.says() {
            Says::Snapshot(text) => {
                if self.newest(host, query).is_some_and(|known| known > at) {
                    return Ok(());
                }
                self.answer(host, query, &rows(text).map_err(wrong)?, at);
            }
            Says::Added(text) => {
                let row = row(text).map_err(wrong)?;
                self.change(host, query, line, at, &[row], &[])?;
            }
            Says::Removed(text) => {
                let row = row(text).map_err(wrong)?;
                self.change(host, query, line, at, &[], &[row])?;
            }
            Says::Changes(text) => {
                // Older versions write an empty text where nothing changed.
                let changes: Changes<'_> = if text == "\"\"" {
                    Changes::default()
                } else {
                    serde_json::from_str(text).map_err(wrong)?
                };
                let added = changes.added.map_or("\"\"", |it| it.get());
                let removed = changes.removed.map_or("\"\"", |it| it.get());
                let (added, removed) = (rows(added).map_err(wrong)?, rows(removed).map_err(wrong)?);
                self.change(host, query, line, at, &added, &removed)?;
            }
            Says::Nothing => reading.leave("a line", "it holds no rows"),
        }
        let found = self.hosts.entry(host.into()).or_default();
        if found.key.is_none() {
            let it = line.decorations();
            found.name(
                it.hardware_serial.as_deref(),
                it.host_uuid.as_deref(),
                it.hostname.as_deref(),
            );
        }
        Ok(())
    }

    fn newest(&self, host: &str, query: usize) -> Option<Timestamp> {
        let answers = &self.hosts.get(host)?.answers;
        answers.iter().find(|it| it.query == query).map(|it| it.at)
    }

    /// Takes all rows of one answer.
    pub(super) fn answer(&mut self, host: &str, query: usize, rows: &[Row<'_>], at: Timestamp) {
        let Some(it) = QUERIES.get(query) else { return };
        let mut facts = Facts::default();
        (it.tells)(rows, at, &mut facts);
        facts.share(&mut self.texts);
        if !self.hosts.contains_key(host) {
            self.hosts.insert(host.into(), Host::default());
        }
        let Some(found) = self.hosts.get_mut(host) else { return };
        if it.name == IDENTITY
            && let Some(row) = rows.first()
        {
            found.name(row.get("hardware_serial"), row.get("uuid"), row.get("hostname"));
        }
        match found.answers.iter_mut().find(|it| it.query == query) {
            Some(known) => (known.at, known.facts) = (at, facts),
            None => {
                found.answers.reserve_exact(1);
                found.answers.push(Answer { query, at, facts });
            }
        }
    }

    fn change(
        &mut self,
        host: &str,
        query: usize,
        line: &Line<'_>,
        at: Timestamp,
        added: &[Row<'_>],
        removed: &[Row<'_>],
    ) -> Result<(), String> {
        let state = self.changing.entry((host.into(), query)).or_default();
        // Another epoch counts from nothing.
        if state.epoch != line.epoch() {
            self.rows -= state.rows.len();
            state.rows.clear();
            state.epoch = line.epoch().to_owned();
        }
        let before = state.rows.len();
        removed.iter().for_each(|row| {
            state.rows.remove(&row.spelled());
        });
        state.rows.extend(added.iter().map(Row::spelled));
        state.at = state.at.max(Some(at));
        self.rows = self.rows + state.rows.len() - before;
        if self.rows > MOST_ROWS {
            return Err(format!("the log of changes holds more than {MOST_ROWS} rows"));
        }
        Ok(())
    }

    /// Hands over what was seen of each computer.
    pub(super) fn finish(mut self, now: Timestamp, reading: &mut Reading) {
        for ((host, query), state) in std::mem::take(&mut self.changing) {
            let Some(at) = state.at else { continue };
            if self.newest(&host, query).is_none_or(|known| known < at) {
                let rows: Vec<Row<'_>> = state.rows.iter().map(|it| Row::respelled(it)).collect();
                self.answer(&host, query, &rows, at);
            }
        }
        for (name, count) in self.others {
            reading.left.push(asepsis_core::import::LeftOut {
                what: format!("query {name}"),
                why: "it is none of the asepsis pack".to_owned(),
                count,
            });
        }
        // The identifier may be a name; a key in another computer's log names that one.
        let looks = self.hosts.into_iter().filter(|(_, host)| !host.answers.is_empty());
        reading.looks = Box::new(looks.map(move |(identifier, host)| host.look(&identifier, now)));
    }
}

impl Host {
    fn name(&mut self, serial: Option<&str>, uuid: Option<&str>, host: Option<&str>) {
        let machine = Machine { serial, uuid, host };
        if let Some(key) = machine.subject() {
            self.key = Some(key);
        }
        if host.is_some() {
            self.label = Some(machine.label().into());
        }
    }

    fn look(self, identifier: &str, now: Timestamp) -> Observation {
        let newest = self.answers.iter().map(|it| it.at).max().unwrap_or(now);
        let together = |at: Timestamp| newest.as_millis() - at.as_millis() <= TOGETHER_MS;
        let oldest = self.answers.iter().map(|it| it.at).filter(|at| together(*at)).min();
        let mut body = BodyBuilder::new();
        for answer in &self.answers {
            let name = QUERIES.get(answer.query).map_or("", |it| it.name);
            for (path, value) in &answer.facts.all {
                match (value.value(), value) {
                    (Some(_), _) if !together(answer.at) => {
                        body.missed(path, format!("{name} was last answered {}", answer.at.date()));
                    }
                    (Some(value), _) => body.saw(path, value, name),
                    (None, Small::Missed(why)) => body.missed(path, *why),
                    (None, _) => {}
                }
            }
        }
        let as_named = || {
            let machine = if identifier.len() == 36 {
                Machine { uuid: Some(identifier), ..Machine::default() }
            } else {
                Machine { host: Some(identifier), ..Machine::default() }
            };
            machine.subject().unwrap_or_else(|| (Subject::host(identifier), Vec::new()))
        };
        let label = self.label.map_or_else(
            || Machine { host: Some(identifier), ..Machine::default() }.label(),
            Into::into,
        );
        let (subject, also) = self.key.unwrap_or_else(as_named);
        Observation {
            schema: crate::computer::SCHEMA.to_owned(),
            subject,
            also,
            label,
            observed_at: oldest.unwrap_or(newest).min(now),
            collector: COLLECTOR.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            body: body.build(),
        }
    }
}

//! A table that no other reader knows, by a mapping that somebody wrote: management systems, antivirus,
//! backups, configuration databases, personnel lists. Last of the readers: any table may be one.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use asepsis_core::observation::{BodyBuilder, Observation, Subject};
use asepsis_core::time::Timestamp;

use super::super::machine::Machine;
use super::super::system::System;
use super::super::{Ask, Input, ReadError, Reader, Reading, Told};
use super::roster::Person;
use super::{HEADING, LARGEST, Row, Table, text};
use crate::mapping::{Cell, Column, FactColumn, Mapping, value};

pub(in super::super) const READER: Reader =
    Reader { format: "mapped-table", name: "a table with columns of its own", is, read };

/// Fewer columns make no table.
const FEWEST: usize = 3;
/// Titles and texts that are shown of a table of which nothing is known.
const SHOWN: usize = 20;
const TEXTS: usize = 20;
/// Longest title that is shown, in characters.
const TITLE: usize = 60;

fn is(head: &[u8]) -> bool {
    let text = text::decode(head);
    let whole = text.rfind('\n').map_or(&*text, |end| text.get(..end).unwrap_or_default());
    if whole.trim_start().starts_with(['{', '[', '<']) || whole.contains('\0') {
        return false;
    }
    titles_at(whole).is_some()
}

/// The row in which the titles seem to stand, and the titles: the first of the first rows whose cells are all
/// texts of their own, above a row of as many cells.
fn titles_at(text: &str) -> Option<(usize, Vec<String>)> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(text::separator(text))
        .from_reader(text.as_bytes());
    let rows: Vec<csv::StringRecord> =
        reader.records().take(HEADING).map_while(Result::ok).collect();
    rows.iter().zip(rows.iter().skip(1)).enumerate().find_map(|(at, (row, below))| {
        let titles: Vec<String> = row.iter().map(|it| it.trim().to_owned()).collect();
        let plain: BTreeSet<String> = titles.iter().map(|it| text::plain(it)).collect();
        let named = titles.iter().filter(|it| it.chars().any(char::is_alphabetic)).count();
        let table = named >= FEWEST
            && named + 1 >= titles.len()
            && plain.len() >= FEWEST
            && below.len() == titles.len();
        table.then_some((at, titles))
    })
}

/// The columns of a table, with some of the texts in them: what a draft of a mapping is made of.
pub fn columns(input: Input<'_>) -> Result<Vec<Column>, ReadError> {
    let bytes = input.whole(LARGEST)?;
    let text = text::decode(&bytes);
    let Some((at, titles)) = titles_at(&text) else {
        return Err(ReadError::Unknown("no row of it has titles of columns"));
    };
    let mut columns: Vec<Column> =
        titles.into_iter().map(|title| Column { title, texts: Vec::new() }).collect();
    let table = Table::parse(&text, READER.name, &[], super::MOST_ROWS)?;
    for (_, cells) in table.rows.iter().skip(at + 1) {
        for (column, cell) in columns.iter_mut().zip(cells) {
            let cell = cell.trim();
            if !cell.is_empty()
                && column.texts.len() < TEXTS
                && !column.texts.iter().any(|it| it == cell)
            {
                column.texts.push(cell.to_owned());
            }
        }
    }
    Ok(columns)
}

fn read(input: Input<'_>, told: &Told) -> Result<Reading, ReadError> {
    let bytes = input.whole(LARGEST)?;
    let text = text::decode(&bytes);
    let known = |mapping: &Mapping| {
        let needs = plain(&mapping.known_by);
        move |titles: &[String]| needs.iter().all(|it| titles.contains(it))
    };
    let found =
        told.mappings.iter().find(|it| Table::find(&text, READER.name, known(it), HEADING).is_ok());
    match found {
        Some(mapping) => {
            let table = Table::find(&text, READER.name, known(mapping), super::MOST_ROWS)?;
            Ok(Mapped { mapping, plain: Plain::of(mapping), table, told }.reading())
        }
        None => Err(unknown(&text, told)),
    }
}

fn plain(titles: &[String]) -> Vec<String> {
    titles.iter().map(|it| text::plain(it)).collect()
}

fn unknown(text: &str, told: &Told) -> ReadError {
    let titles = titles_at(text).map(|(_, titles)| titles).unwrap_or_default();
    let has: BTreeSet<String> = plain(&titles).into_iter().collect();
    let lacks = |it: &Mapping| -> Vec<String> {
        it.known_by.iter().filter(|title| !has.contains(&text::plain(title))).cloned().collect()
    };
    // A mapping that knows most of the titles is likely the one that was meant.
    let nearest = told
        .mappings
        .iter()
        .map(|it| (lacks(it), it))
        .filter(|(lacks, it)| lacks.len() * 2 <= it.known_by.len())
        .min_by_key(|(lacks, _)| lacks.len());
    let nearest =
        nearest.map(|(lacks, it)| format!("for \"{}\" it lacks {}", it.id, lacks.join(", ")));
    let short = |it: &String| it.chars().filter(|c| !c.is_control()).take(TITLE).collect();
    ReadError::NoMapping { titles: titles.iter().take(SHOWN).map(short).collect(), nearest }
}

/// The titles of a mapping as tables are asked for them.
struct Plain {
    date: Vec<String>,
    serial: Vec<String>,
    uuid: Vec<String>,
    host: Vec<String>,
    employee_id: Vec<String>,
    mail: Vec<String>,
    name: Vec<String>,
    system: Vec<String>,
    version: Vec<String>,
    facts: Vec<Vec<String>>,
}

impl Plain {
    fn of(it: &Mapping) -> Self {
        Self {
            date: plain(&it.date),
            serial: plain(&it.key.serial),
            uuid: plain(&it.key.uuid),
            host: plain(&it.key.host),
            employee_id: plain(&it.key.employee_id),
            mail: plain(&it.key.mail),
            name: plain(&it.key.name),
            system: plain(&it.system.name),
            version: plain(&it.system.version),
            facts: it.facts.iter().map(|it| plain(&it.columns)).collect(),
        }
    }

    fn all(&self) -> impl Iterator<Item = &String> {
        let single = [
            &self.date,
            &self.serial,
            &self.uuid,
            &self.host,
            &self.employee_id,
            &self.mail,
            &self.name,
            &self.system,
            &self.version,
        ];
        single.into_iter().chain(&self.facts).flatten()
    }
}

/// A table and the mapping that knows it.
struct Mapped<'a> {
    mapping: &'a Mapping,
    plain: Plain,
    table: Table,
    told: &'a Told,
}

impl Mapped<'_> {
    fn reading(&self) -> Reading {
        let mapping = self.mapping;
        let mut reading = Reading::new(format!(
            "{} (mapping {}, {})",
            mapping.title,
            mapping.id,
            mapping.version()
        ));
        self.doubtful(&mut reading);
        let dated = self.table.has(&self.plain.date);
        if !dated {
            reading.date = self.told.date;
            if self.told.date.is_none() {
                reading.asks.push(Ask::Date);
            }
        }
        let date_first = self.table.day_first(&self.plain.date);
        let first: Vec<bool> = self.plain.facts.iter().map(|it| self.table.day_first(it)).collect();
        let mut seen: HashMap<Subject, usize> = HashMap::new();
        let mut looks: Vec<Observation> = Vec::new();
        let mut people = BTreeMap::new();
        for row in self.table.rows() {
            if is_total(&row) {
                reading.leave("a row of totals", "it is none of those that are listed");
                continue;
            }
            let at = if dated {
                row.time(&self.plain.date, &self.told.zone, date_first)
            } else {
                Some(self.told.date.unwrap_or(self.told.now))
            };
            let Some(at) = at else {
                reading.leave(
                    "a row",
                    "it has no day that can be read, so that nothing is known of it",
                );
                continue;
            };
            let at = at.min(self.told.now);
            let Some((look, identity)) = self.look(&row, at, &first, &mut reading) else {
                reading.leave("a row", "nothing in it says whose it is");
                continue;
            };
            match seen.get(&look.subject).copied() {
                // Without days of their own the first counts; with them, the newest.
                Some(place) => {
                    reading.leave("a row", "another one has the same key, and the newest counts");
                    if let Some(known) = looks.get_mut(place)
                        && known.observed_at < look.observed_at
                    {
                        *known = look;
                    }
                }
                None => {
                    seen.insert(look.subject.clone(), looks.len());
                    if let Some(identity) = identity {
                        people.insert(look.subject.clone(), identity);
                    }
                    looks.push(look);
                }
            }
        }
        reading.identities = people.into_values().collect();
        reading.lists = mapping.complete.then(|| "employee:hr/".to_owned());
        reading.looks = Box::new(looks.into_iter());
        reading
    }

    /// Columns that are not there, that stand there twice, or that the mapping does not read.
    fn doubtful(&self, reading: &mut Reading) {
        let named: BTreeSet<&String> = self.plain.all().collect();
        for (place, title) in self.table.titles.iter().enumerate() {
            if title.is_empty() {
                continue;
            }
            let shown: String = self.table.title(place).chars().take(TITLE).collect();
            if !named.contains(title) {
                reading.leave(format!("the column {shown}"), "the mapping does not read it");
            } else if self.table.places.get(title) != Some(&place) {
                reading.leave(
                    format!("the column {shown}"),
                    "it stands there more than once; the first is read",
                );
            }
        }
        for (fact, titles) in self.mapping.facts.iter().zip(&self.plain.facts) {
            if !self.table.has(titles) {
                let title = fact.columns.first().map(String::as_str).unwrap_or_default();
                reading.leave(
                    format!("the column {title}"),
                    "the mapping has it, this table does not",
                );
            }
        }
    }

    fn look(
        &self,
        row: &Row<'_>,
        at: Timestamp,
        first: &[bool],
        reading: &mut Reading,
    ) -> Option<(Observation, Option<asepsis_core::identity::Identity>)> {
        let collector = format!("mapping/{}", self.mapping.id);
        let person = Person {
            id: row.get(&self.plain.employee_id),
            mail: row.get(&self.plain.mail).filter(|it| it.contains('@')),
            name: row.get(&self.plain.name).unwrap_or_default().to_owned(),
        };
        // The name of a phone is mostly that of a person.
        let computer = self.mapping.schema == crate::computer::SCHEMA;
        let host = if computer { row.get(&self.plain.host) } else { None };
        let machine =
            Machine { serial: row.get(&self.plain.serial), uuid: row.get(&self.plain.uuid), host };
        let mut body = BodyBuilder::new();
        if computer {
            self.system(row, at, &mut body);
        }
        for ((fact, titles), first) in self.mapping.facts.iter().zip(&self.plain.facts).zip(first) {
            if self.table.has(titles) {
                self.fact(fact, row.get(titles), at, *first, &mut body, reading);
            }
        }
        if self.mapping.schema == "employee/1" {
            let (look, identity) = person.seen(body.build(), &collector, at, self.told)?;
            return Some((look, Some(identity)));
        }
        let (subject, also) = machine.subject()?;
        let look = Observation {
            schema: self.mapping.schema.clone(),
            subject,
            also,
            label: if computer { machine.label() } else { "a mobile device".to_owned() },
            observed_at: at,
            collector,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            body: body.build(),
        };
        Some((look, None))
    }

    fn system(&self, row: &Row<'_>, at: Timestamp, body: &mut BodyBuilder) {
        if !self.table.has(&self.plain.system) {
            return;
        }
        let name = row.get(&self.plain.system).unwrap_or_default();
        let version = row.get(&self.plain.version).unwrap_or_default();
        match System::named(name, version) {
            Some(system) => system.tell(body, &self.mapping.title, at),
            None => body.missed("os.family", "the table gives a system that is not known"),
        }
    }

    fn fact(
        &self,
        fact: &FactColumn,
        cell: Option<&str>,
        at: Timestamp,
        day_first: bool,
        body: &mut BodyBuilder,
        reading: &mut Reading,
    ) {
        let title = fact.columns.first().map(String::as_str).unwrap_or_default();
        let Some(text) = cell else {
            body.missed(&fact.path, "the table leaves it empty");
            return;
        };
        let cell = Cell { text, at, zone: &self.told.zone, day_first };
        match value(fact, &cell) {
            Some(value) => body.saw(&fact.path, value, format!("{}: {title}", self.mapping.title)),
            None => {
                body.missed(&fact.path, "what the table says is not understood");
                // The text itself may be a name; the column is enough to find it.
                reading.leave(
                    format!("a cell of the column {title}"),
                    format!("it is not understood as {}", fact.reads.name()),
                );
            }
        }
    }
}

/// Exports for people end with a line that counts.
fn is_total(row: &Row<'_>) -> bool {
    let mut cells = row.cells.iter().map(str::trim).filter(|it| !it.is_empty());
    let first = cells.next().unwrap_or_default().to_lowercase();
    let few = cells.count() * 2 < row.cells.len();
    few && ["total", "grand total", "count", "sum", "records"]
        .iter()
        .any(|it| first.starts_with(it))
}

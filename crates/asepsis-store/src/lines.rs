//! The ledger as a list for people: the newest entries first, those of a kind, those about a thing. However
//! long the ledger is, only what is shown is read, and no long body.

use std::collections::BTreeSet;

use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row as _};

use asepsis_core::evidence::Record;
use asepsis_core::time::Timestamp;

use crate::db::DbError;
use crate::ledger::{KEY_CHANGE, REDACTION, Store};
use crate::statement::{count, maybe_time, time};

/// A body of more bytes is not read for a list.
const SHORT: i64 = 16 << 10;
/// The most entries in one list.
pub const MOST: u32 = 200;
/// The most values of each sort that a topic is looked up by.
const VALUES: usize = 40;

/// Which entries a list shows. The default is all of them.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Of one of these kinds; of any if empty.
    pub kinds: Vec<String>,
    /// About this only.
    pub topic: Option<Topic>,
    /// Recorded before the entry of this number.
    pub before: Option<u64>,
}

/// What entries are about: any of these. Each list counts as far as its first forty values.
#[derive(Clone, Debug, Default)]
pub struct Topic {
    /// Subjects, by their keys.
    pub subjects: Vec<String>,
    /// Questions, by their ids.
    pub questions: Vec<String>,
    /// Authors, by their random ids: what they wrote of the kinds that this version knows.
    pub authors: Vec<String>,
    /// Entries, by their numbers.
    pub numbers: Vec<u64>,
}

/// One entry in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number, from 0.
    pub seq: u64,
    /// What kind of body.
    pub kind: String,
    /// When the ledger took it.
    pub recorded_at: Timestamp,
    /// Random id of the author.
    pub author: String,
    /// The body as canonical JSON, where it is short.
    pub body: Option<String>,
    /// Its body was deleted.
    pub redacted: bool,
    /// The subject it is about.
    pub subject: Option<String>,
    /// The question it answers.
    pub question: Option<String>,
    /// The moment it speaks of, where that is evidence.
    pub at: Option<Timestamp>,
}

/// One way to find entries: a table, and a column of it that must have a value.
enum Way<'a> {
    All,
    Kind(&'a str),
    /// Of one kind each: somebody who brought in a million looks may have said one thing.
    Author(&'a str, &'a str),
    Subject(&'a str),
    Question(&'a str),
    Number(u64),
}

impl Way<'_> {
    const fn table(&self) -> &'static str {
        match self {
            Self::Subject(_) | Self::Question(_) => "evidence_index",
            Self::All | Self::Kind(_) | Self::Author(..) | Self::Number(_) => "ledger_entry",
        }
    }

    const fn column(&self) -> Option<&'static str> {
        match self {
            Self::All => None,
            Self::Kind(_) => Some("kind"),
            Self::Author(..) => Some("author"),
            Self::Subject(_) => Some("subject"),
            Self::Question(_) => Some("question"),
            Self::Number(_) => Some("seq"),
        }
    }
}

impl Wanted {
    fn ways(&self) -> Vec<Way<'_>> {
        let Some(topic) = &self.topic else {
            return match self.kinds.as_slice() {
                [] => vec![Way::All],
                kinds => kinds.iter().map(|it| Way::Kind(it)).collect(),
            };
        };
        let mut ways = Vec::new();
        ways.extend(topic.subjects.iter().take(VALUES).map(|it| Way::Subject(it)));
        ways.extend(topic.questions.iter().take(VALUES).map(|it| Way::Question(it)));
        let mut kinds: Vec<&str> = self.kinds.iter().map(String::as_str).collect();
        if kinds.is_empty() {
            kinds.extend(Record::KINDS.iter().chain(&[REDACTION, KEY_CHANGE]));
        }
        for author in topic.authors.iter().take(VALUES) {
            ways.extend(kinds.iter().map(|kind| Way::Author(author, kind)));
        }
        ways.extend(topic.numbers.iter().take(VALUES).map(|it| Way::Number(*it)));
        ways
    }
}

impl Store {
    /// The newest entries that are wanted, at most `limit` (and never more than [`MOST`]).
    pub async fn lines(
        &self,
        organization: &str,
        wanted: &Wanted,
        limit: u32,
    ) -> Result<Vec<Line>, DbError> {
        let limit = limit.min(MOST);
        let mut found = BTreeSet::new();
        for way in wanted.ways() {
            found.extend(self.numbers(organization, wanted, &way, limit).await?);
        }
        let newest = found.into_iter().rev().take(limit as usize);
        self.lines_of(organization, &newest.collect::<Vec<i64>>()).await
    }

    /// The newest numbers of one way; each way is answered by an index alone.
    async fn numbers(
        &self,
        organization: &str,
        wanted: &Wanted,
        way: &Way<'_>,
        limit: u32,
    ) -> Result<Vec<i64>, DbError> {
        let (table, mut sql) = (way.table(), String::new());
        if let Some(column) = way.column() {
            sql = format!(" AND {column} = $4");
        }
        let kinds: Vec<&str> = match way {
            Way::All | Way::Kind(_) => Vec::new(),
            Way::Author(_, kind) => vec![kind],
            _ => wanted.kinds.iter().map(String::as_str).collect(),
        };
        if !kinds.is_empty() {
            let marks: Vec<String> = (5..kinds.len() + 5).map(|n| format!("${n}")).collect();
            sql.push_str(&format!(" AND kind IN ({})", marks.join(", ")));
        }
        let sql = format!(
            "SELECT seq FROM {table} WHERE organization_id = $1 AND seq < $2{sql} \
             ORDER BY seq DESC LIMIT $3"
        );
        let before = wanted.before.and_then(|it| i64::try_from(it).ok()).unwrap_or(i64::MAX);
        let mut query = sqlx::query(AssertSqlSafe(sql))
            .bind(organization.to_owned())
            .bind(before)
            .bind(i64::from(limit));
        query = match way {
            Way::All => query,
            Way::Kind(text) | Way::Author(text, _) | Way::Subject(text) | Way::Question(text) => {
                query.bind((*text).to_owned())
            }
            Way::Number(number) => query.bind(i64::try_from(*number).unwrap_or(i64::MAX)),
        };
        for kind in kinds {
            query = query.bind(kind.to_owned());
        }
        self.db().read("find entries for a list", query, |row| row.try_get(0)).await
    }

    async fn lines_of(&self, organization: &str, numbers: &[i64]) -> Result<Vec<Line>, DbError> {
        if numbers.is_empty() {
            return Ok(Vec::new());
        }
        let marks: Vec<String> = (3..numbers.len() + 3).map(|n| format!("${n}")).collect();
        let sql = format!(
            "SELECT e.seq, e.kind, e.recorded_at, e.author, \
             CASE WHEN octet_length(e.body) <= $2 THEN e.body ELSE NULL END, \
             CASE WHEN e.body IS NULL THEN 1 ELSE 0 END, i.subject, i.question, i.at \
             FROM ledger_entry e LEFT JOIN evidence_index i \
             ON i.organization_id = e.organization_id AND i.seq = e.seq \
             WHERE e.organization_id = $1 AND e.seq IN ({}) ORDER BY e.seq DESC",
            marks.join(", ")
        );
        let mut query = sqlx::query(AssertSqlSafe(sql)).bind(organization.to_owned()).bind(SHORT);
        for number in numbers {
            query = query.bind(*number);
        }
        self.db().read("read entries for a list", query, Line::read).await
    }
}

impl Line {
    fn read(row: &AnyRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            seq: count(row, 0)?,
            kind: row.try_get(1)?,
            recorded_at: time(row, 2)?,
            author: row.try_get(3)?,
            body: row.try_get(4)?,
            redacted: row.try_get::<i32, _>(5)? != 0,
            subject: row.try_get(6)?,
            question: row.try_get(7)?,
            at: maybe_time(row, 8)?,
        })
    }
}

//! The SQL of the ledger and its index inside one transaction: take the head, insert, put the head
//! back. What is allowed is decided by `ledger` and `import`.

use std::collections::BTreeMap;

use sqlx::{Any, AssertSqlSafe, Executor, Row as _, Transaction};

use asepsis_core::evidence::{Record, RecordError};
use asepsis_core::hash::Hash;
use asepsis_core::time::Timestamp;
use serde_json::Value;

use crate::db::{Db, DbError};
use crate::entry::{COLUMNS, Entry, Row};
use crate::merkle::Frontier;

/// Rows in one `INSERT`; ten columns each stay far below both databases' limits on parameters.
const CHUNK: usize = 100;

/// The head as it lies in the table.
#[derive(Debug)]
pub(crate) struct HeadRow {
    pub(crate) size: i64,
    pub(crate) root: String,
    pub(crate) frontier: String,
    pub(crate) recorded_at: i64,
}

impl HeadRow {
    fn read(row: &sqlx::any::AnyRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            size: row.try_get(0)?,
            root: row.try_get(1)?,
            frontier: row.try_get(2)?,
            recorded_at: row.try_get(3)?,
        })
    }

    /// The right edge of a tree of `size` leaves; `None` if what is stored is not that.
    pub(crate) fn frontier(&self, size: u64) -> Option<Frontier> {
        let nodes = self.frontier.split(',').filter(|text| !text.is_empty());
        let nodes = nodes.map(|text| text.parse().ok()).collect::<Option<Vec<Hash>>>()?;
        let frontier = Frontier::from_parts(size, nodes).ok()?;
        (frontier.root().to_string() == self.root).then_some(frontier)
    }
}

/// Takes the head of a ledger, which keeps every other writer of this organization waiting, and
/// makes it if there is none. Hands back the head with the size already raised by `add`.
pub(crate) async fn take_head(
    db: &Db,
    tx: &mut Transaction<'static, Any>,
    organization: &str,
    add: i64,
) -> Result<HeadRow, DbError> {
    let failed = |source| db.failed("take the head of the ledger", source);
    let take = "UPDATE ledger_head SET size = size + $1 WHERE organization_id = $2 \
                RETURNING size, root, frontier, recorded_at";
    for _ in 0..2 {
        let query = sqlx::query(take).bind(add).bind(organization);
        if let Some(row) = query.fetch_optional(&mut **tx).await.map_err(failed)? {
            return HeadRow::read(&row).map_err(failed);
        }
        let make = "INSERT INTO ledger_head (organization_id, size, root, frontier, recorded_at) \
                    VALUES ($1, 0, $2, '', 0) ON CONFLICT (organization_id) DO NOTHING";
        let empty = Frontier::new().root().to_string();
        let query = sqlx::query(make).bind(organization).bind(empty);
        query.execute(&mut **tx).await.map_err(failed)?;
    }
    Err(failed(sqlx::Error::RowNotFound))
}

/// Reads the head without taking it.
pub(crate) async fn read_head<'e>(
    db: &Db,
    executor: impl Executor<'e, Database = Any>,
    organization: &str,
) -> Result<Option<HeadRow>, DbError> {
    let failed = |source| db.failed("read the head of the ledger", source);
    let sql =
        "SELECT size, root, frontier, recorded_at FROM ledger_head WHERE organization_id = $1";
    let row = sqlx::query(sql).bind(organization).fetch_optional(executor).await;
    row.and_then(|row| row.as_ref().map(HeadRow::read).transpose()).map_err(failed)
}

/// Puts the head back, now that the entries are in.
pub(crate) async fn put_head(
    db: &Db,
    tx: &mut Transaction<'static, Any>,
    organization: &str,
    frontier: &Frontier,
    recorded_at: Timestamp,
) -> Result<(), DbError> {
    let sql = "UPDATE ledger_head SET size = $1, root = $2, frontier = $3, recorded_at = $4 \
               WHERE organization_id = $5";
    let nodes: Vec<String> = frontier.nodes().iter().map(Hash::to_string).collect();
    let query = sqlx::query(sql)
        .bind(i64::try_from(frontier.size()).unwrap_or(i64::MAX))
        .bind(frontier.root().to_string())
        .bind(nodes.join(","))
        .bind(recorded_at.as_millis())
        .bind(organization);
    let done = query.execute(&mut **tx).await;
    done.map(drop).map_err(|source| db.failed("put back the head of the ledger", source))
}

/// Inserts entries and their lines in the index.
pub(crate) async fn insert(
    db: &Db,
    tx: &mut Transaction<'static, Any>,
    entries: &[Entry],
    indexed: &[Indexed],
) -> Result<(), DbError> {
    for chunk in entries.chunks(CHUNK) {
        let sql =
            format!("INSERT INTO ledger_entry ({COLUMNS}) VALUES {}", values(chunk.len(), 10));
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for entry in chunk {
            query = query
                .bind(entry.organization.as_str())
                .bind(i64::try_from(entry.seq).unwrap_or(i64::MAX))
                .bind(entry.kind.as_str())
                .bind(entry.recorded_at.as_millis())
                .bind(entry.author.as_str())
                .bind(entry.body.as_deref())
                .bind(entry.salt.map(|salt| salt.to_string()))
                .bind(entry.body_hash.to_string())
                .bind(entry.leaf_hash.to_string())
                .bind(entry.idempotency.as_deref());
        }
        let done = query.execute(&mut **tx).await;
        done.map_err(|source| db.failed("insert entries", source))?;
    }
    insert_index(db, tx, indexed).await
}

/// One line of the index of evidence.
#[derive(Debug)]
pub(crate) struct Indexed {
    organization: String,
    seq: u64,
    kind: String,
    schema: Option<String>,
    subject: Option<String>,
    question: Option<String>,
    at: Timestamp,
    /// Who looked; not in the index, for the table of newest looks.
    collector: Option<String>,
}

impl Indexed {
    /// The line of one entry; `None` for kinds that are no evidence, and for redacted bodies.
    pub(crate) fn of(entry: &Entry) -> Result<Option<Self>, RecordError> {
        let body = entry.value().unwrap_or(Value::Null);
        if entry.body.is_none() {
            return Ok(None);
        }
        let Some(record) = Record::from_body(&entry.kind, body)? else { return Ok(None) };
        let mut line = Self {
            organization: entry.organization.clone(),
            seq: entry.seq,
            kind: entry.kind.clone(),
            schema: None,
            subject: None,
            question: None,
            at: entry.recorded_at,
            collector: None,
        };
        match record {
            Record::Observation(it) => {
                (line.schema, line.subject, line.at, line.collector) =
                    (Some(it.schema), Some(it.subject.0), it.observed_at, Some(it.collector));
            }
            Record::Attestation(it) => (line.question, line.at) = (Some(it.question), it.stated_at),
            Record::Waiver(it) => line.subject = it.subject.map(|subject| subject.0),
            Record::Identity(it) => line.subject = Some(it.subject.0),
            Record::Import(it) => line.at = it.effective,
            Record::Mark(it) => line.subject = Some(it.account.0),
            Record::Belongs(it) => line.subject = Some(it.account.0),
            Record::Review(it) => line.at = it.at,
            Record::Organization(_)
            | Record::Undo(_)
            | Record::Action(_)
            | Record::Decision(_)
            | Record::Plan(_)
            | Record::History(_)
            | Record::Catalog(_)
            | Record::Person(_) => {}
        }
        Ok(Some(line))
    }
}

/// Inserts lines of the index, and notes the newest looks.
pub(crate) async fn insert_index(
    db: &Db,
    tx: &mut Transaction<'static, Any>,
    lines: &[Indexed],
) -> Result<(), DbError> {
    for chunk in lines.chunks(CHUNK) {
        let sql = format!(
            "INSERT INTO evidence_index (organization_id, seq, kind, schema, subject, question, at) \
             VALUES {}",
            values(chunk.len(), 7)
        );
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for line in chunk {
            query = query
                .bind(line.organization.as_str())
                .bind(i64::try_from(line.seq).unwrap_or(i64::MAX))
                .bind(line.kind.as_str())
                .bind(line.schema.as_deref())
                .bind(line.subject.as_deref())
                .bind(line.question.as_deref())
                .bind(line.at.as_millis());
        }
        let done = query.execute(&mut **tx).await;
        done.map_err(|source| db.failed("insert into the index of evidence", source))?;
    }
    note(db, tx, lines).await
}

/// Takes note of looks that were recorded; of each subject the newest stays.
async fn note(
    db: &Db,
    tx: &mut Transaction<'static, Any>,
    indexed: &[Indexed],
) -> Result<(), DbError> {
    // One statement may not touch a row twice.
    let mut newest: BTreeMap<(&str, &str, &str, &str), (i64, u64)> = BTreeMap::new();
    for line in indexed {
        let (Some(schema), Some(collector), Some(subject)) =
            (&line.schema, &line.collector, &line.subject)
        else {
            continue;
        };
        let it = (line.at.as_millis(), line.seq);
        let known = newest.entry((&line.organization, schema, collector, subject)).or_insert(it);
        *known = (*known).max(it);
    }
    let rows: Vec<_> = newest.into_iter().collect();
    for chunk in rows.chunks(CHUNK) {
        let sql = format!(
            "INSERT INTO newest_look (organization_id, schema, collector, subject, seq, at) \
             VALUES {} ON CONFLICT (organization_id, schema, collector, subject) \
             DO UPDATE SET seq = excluded.seq, at = excluded.at WHERE excluded.at >= newest_look.at",
            values(chunk.len(), 6)
        );
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for ((organization, schema, collector, subject), (at, seq)) in chunk {
            query = query
                .bind(*organization)
                .bind(*schema)
                .bind(*collector)
                .bind(*subject)
                .bind(i64::try_from(*seq).unwrap_or(i64::MAX))
                .bind(*at);
        }
        let done = query.execute(&mut **tx).await;
        done.map_err(|source| db.failed("note the newest looks", source))?;
    }
    Ok(())
}

/// The rows from `from` on, at most `limit`, as they lie in the table.
pub(crate) async fn page<'e>(
    db: &Db,
    executor: impl Executor<'e, Database = Any>,
    organization: &str,
    from: u64,
    limit: u32,
) -> Result<Vec<Row>, DbError> {
    let failed = |source| db.failed("read entries", source);
    let sql = format!(
        "SELECT {COLUMNS} FROM ledger_entry WHERE organization_id = $1 AND seq >= $2 \
         ORDER BY seq LIMIT $3"
    );
    let query = sqlx::query(AssertSqlSafe(sql))
        .bind(organization)
        .bind(i64::try_from(from).unwrap_or(i64::MAX))
        .bind(i64::from(limit));
    let rows = query.fetch_all(executor).await.map_err(failed)?;
    rows.iter().map(Row::read).collect::<Result<_, _>>().map_err(failed)
}

/// The entries recorded under any of these keys.
pub(crate) async fn by_idempotency(
    db: &Db,
    tx: &mut Transaction<'static, Any>,
    organization: &str,
    keys: &[&str],
) -> Result<Vec<Row>, DbError> {
    let failed = |source| db.failed("look up entries by key", source);
    let mut found = Vec::new();
    for chunk in keys.chunks(CHUNK) {
        let marks: Vec<String> = (2..chunk.len() + 2).map(|n| format!("${n}")).collect();
        let sql = format!(
            "SELECT {COLUMNS} FROM ledger_entry WHERE organization_id = $1 \
             AND idempotency_key IN ({})",
            marks.join(", ")
        );
        let mut query = sqlx::query(AssertSqlSafe(sql)).bind(organization);
        for key in chunk {
            query = query.bind(*key);
        }
        for row in query.fetch_all(&mut **tx).await.map_err(failed)? {
            found.push(Row::read(&row).map_err(failed)?);
        }
    }
    Ok(found)
}

/// `($1, $2), ($3, $4)` for rows of columns.
fn values(rows: usize, columns: usize) -> String {
    let row = |at: usize| {
        let marks: Vec<String> =
            (1..=columns).map(|column| format!("${}", at * columns + column)).collect();
        format!("({})", marks.join(", "))
    };
    (0..rows).map(row).collect::<Vec<_>>().join(", ")
}

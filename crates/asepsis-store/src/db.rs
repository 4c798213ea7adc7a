//! The database: the only file that knows which one runs. It opens, migrates, begins transactions
//! and tells errors apart; what the tables mean is `ledger`'s.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::{
    Any, AnyConnection, AnyPool, AssertSqlSafe, ConnectOptions as _, Connection as _, Row as _,
    Transaction,
};

use crate::platform;

/// How long a writer waits for the others before it looks again.
const BUSY: &str = "PRAGMA busy_timeout = 20000";
/// How often a statement is tried again while others hold the lock.
const TRIES: u32 = 60;
/// How long to wait for a free connection of the pool; writers of one process queue here.
const ACQUIRE: Duration = Duration::from_secs(120);
/// How long a server may take to answer at all.
const ANSWER: Duration = Duration::from_secs(15);

/// The migrations both databases share, and then those of one alone. Never edited, only added to.
const MIGRATIONS: [Migration; 8] = [
    Migration::shared(1, include_str!("../migrations/0001_ledger.sql")),
    Migration::shared(2, READ_TABLES),
    Migration::shared(3, include_str!("../migrations/0003_private.sql")),
    Migration {
        version: 4,
        sqlite: include_str!("../migrations/sqlite/0001_append_only.sql"),
        postgres: include_str!("../migrations/postgres/0001_append_only.sql"),
    },
    Migration::shared(5, include_str!("../migrations/0005_private_web.sql")),
    Migration::shared(6, include_str!("../migrations/0006_upload.sql")),
    Migration::shared(7, READ_INDEXES),
    Migration::shared(8, NEWEST_LOOK),
];

/// Makes the read tables where they are missing.
pub(crate) const READ_TABLES: &str = include_str!("../migrations/0002_read.sql");
/// Makes the indexes of the read tables where they are missing.
pub(crate) const READ_INDEXES: &str = include_str!("../migrations/0007_lines.sql");

/// Makes the table of newest looks where it is missing.
pub(crate) const NEWEST_LOOK: &str = include_str!("../migrations/0008_newest_look.sql");

struct Migration {
    version: i64,
    sqlite: &'static str,
    postgres: &'static str,
}

impl Migration {
    const fn shared(version: i64, sql: &'static str) -> Self {
        Self { version, sqlite: sql, postgres: sql }
    }
}

/// A database that cannot be used, or refused a statement.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// The URL names no database we know.
    #[error("{place} is not sqlite:PATH or postgres://HOST/NAME")]
    Url {
        /// The URL without its password.
        place: String,
    },
    /// The file or its folder cannot be made or opened.
    #[error("cannot open the file {path}")]
    File {
        /// Which file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The database does not answer.
    #[error("cannot open the database {place}")]
    Open {
        /// The URL without its password.
        place: String,
        /// Why.
        #[source]
        source: sqlx::Error,
    },
    /// The tables are of a newer program.
    #[error("the database {place} is of a newer program (tables {found}, this one knows {known})")]
    Newer {
        /// The URL without its password.
        place: String,
        /// The version found.
        found: i64,
        /// The newest version known.
        known: i64,
    },
    /// No room. Nothing of the transaction was kept.
    #[error("the disk that holds {place} is full; nothing was recorded")]
    Full {
        /// The URL without its password.
        place: String,
    },
    /// A statement failed.
    #[error("the database {place} could not {operation}")]
    Query {
        /// The URL without its password.
        place: String,
        /// What was tried.
        operation: &'static str,
        /// Why.
        #[source]
        source: sqlx::Error,
    },
    /// What was asked for exists on SQLite only.
    #[error("{place} is not a SQLite file; use pg_dump and pg_restore")]
    NotSqlite {
        /// The URL without its password.
        place: String,
    },
}

/// Where the ledger lies.
#[derive(Clone, PartialEq, Eq)]
enum Place {
    Sqlite(PathBuf),
    Postgres(String),
}

/// An open database.
pub struct Db {
    place: Place,
    writer: AnyPool,
    reader: AnyPool,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Self::Postgres(url) => f.write_str(&without_secrets(url)),
        }
    }
}

impl fmt::Debug for Db {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Db({})", self.place)
    }
}

/// A URL as it may be shown: without user, password and parameters, either of which can hold a secret.
fn without_secrets(url: &str) -> String {
    let url = url.split(['?', '#']).next().unwrap_or_default();
    match url.split_once("://") {
        Some((scheme, rest)) => {
            let host = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
            format!("{scheme}://{host}")
        }
        None => url.split(':').next().unwrap_or_default().to_owned(),
    }
}

impl Place {
    fn parse(url: &str) -> Result<Self, DbError> {
        if let Some(path) = url.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            if !path.is_empty() && path != ":memory:" {
                return Ok(Self::Sqlite(PathBuf::from(path)));
            }
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Self::Postgres(url.to_owned()));
        }
        Err(DbError::Url { place: without_secrets(url) })
    }
}

impl Db {
    /// Opens a database and brings its tables up to date.
    pub async fn open(url: &str) -> Result<Self, DbError> {
        sqlx::any::install_default_drivers();
        let place = Place::parse(url)?;
        let shown = place.to_string();
        let failed = |source| DbError::Open { place: shown.clone(), source };
        let url = match &place {
            Place::Sqlite(path) => sqlite_url(path)?,
            Place::Postgres(url) => url.clone(),
        };
        let options: AnyConnectOptions = url.parse().map_err(failed)?;
        // A pool would knock at a closed door, or a file that is no database, until its own
        // patience ends, and then not say why.
        match tokio::time::timeout(ANSWER, knock(&options, &place)).await {
            Ok(Err(error)) if !is_contention(&error) => return Err(failed(error)),
            Ok(_) => {}
            Err(_) => return Err(failed(sqlx::Error::PoolTimedOut)),
        }
        let (writers, readers) = match place {
            Place::Sqlite(_) => (1, 4),
            Place::Postgres(_) => (4, 4),
        };
        let db = Self {
            writer: pool(&place, writers).connect_lazy_with(options.clone()),
            reader: pool(&place, readers).connect_lazy_with(options),
            place,
        };
        // Switching a new file to WAL, and creating the same tables twice, can fail under
        // concurrent opens; the second look succeeds.
        let mut tried = 0;
        loop {
            match db.migrate().await {
                Err(DbError::Query { source, .. }) if tried < TRIES && open_again(&source) => {
                    tried += 1;
                    tokio::time::sleep(Duration::from_millis(20 * u64::from(tried))).await;
                }
                Err(DbError::Query { source, .. }) => return Err(failed(source)),
                Err(other) => return Err(other),
                Ok(()) => return Ok(db),
            }
        }
    }

    async fn migrate(&self) -> Result<(), DbError> {
        let known = MIGRATIONS.iter().map(|it| it.version).max().unwrap_or(0);
        let made =
            "CREATE TABLE IF NOT EXISTS schema_migration (version BIGINT NOT NULL PRIMARY KEY)";
        let failed = |source| self.failed("make its tables", source);
        let mut tx = self.begin().await?;
        if matches!(self.place, Place::Postgres(_)) {
            // One at a time, until the end of the transaction; the number is "asepsis" in ASCII.
            let lock = "DO $$ BEGIN PERFORM pg_advisory_xact_lock(27428870410461555); END $$";
            sqlx::raw_sql(lock).execute(&mut *tx).await.map_err(failed)?;
        }
        sqlx::raw_sql(made).execute(&mut *tx).await.map_err(failed)?;
        let row = sqlx::query("SELECT COALESCE(MAX(version), 0) AS version FROM schema_migration");
        let found: i64 =
            row.fetch_one(&mut *tx).await.and_then(|row| row.try_get(0)).map_err(failed)?;
        if found > known {
            return Err(DbError::Newer { place: self.place.to_string(), found, known });
        }
        for migration in MIGRATIONS.iter().filter(|it| it.version > found) {
            let sql = match self.place {
                Place::Sqlite(_) => migration.sqlite,
                Place::Postgres(_) => migration.postgres,
            };
            sqlx::raw_sql(sql).execute(&mut *tx).await.map_err(failed)?;
            let done = sqlx::query("INSERT INTO schema_migration (version) VALUES ($1)");
            done.bind(migration.version).execute(&mut *tx).await.map_err(failed)?;
        }
        tx.commit().await.map_err(failed)
    }

    /// Begins a transaction that will write. On SQLite it takes the one write lock at once, since
    /// a reader that turns writer half way is refused without waiting.
    pub(crate) async fn begin(&self) -> Result<Transaction<'static, Any>, DbError> {
        match self.place {
            Place::Sqlite(_) => self.writer.begin_with("BEGIN IMMEDIATE").await,
            Place::Postgres(_) => self.writer.begin().await,
        }
        .map_err(|source| self.failed("begin a transaction", source))
    }

    /// Begins a transaction that only reads and sees one moment throughout.
    pub(crate) async fn snapshot(&self) -> Result<Transaction<'static, Any>, DbError> {
        match self.place {
            Place::Sqlite(_) => self.reader.begin().await,
            Place::Postgres(_) => {
                self.reader.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ").await
            }
        }
        .map_err(|source| self.failed("begin to read", source))
    }

    /// The connections for reading.
    pub(crate) const fn reader(&self) -> &AnyPool {
        &self.reader
    }

    /// The connections for writing: on SQLite exactly one. For tests that tamper.
    #[doc(hidden)]
    pub const fn writer(&self) -> &AnyPool {
        &self.writer
    }

    /// The database's URL without user, password and parameters.
    pub fn place(&self) -> String {
        self.place.to_string()
    }

    /// The SQLite file, where it is one.
    pub fn file(&self) -> Option<&Path> {
        match &self.place {
            Place::Sqlite(path) => Some(path),
            Place::Postgres(_) => None,
        }
    }

    /// The path in a URL of SQLite.
    pub(crate) fn file_of(url: &str) -> Result<PathBuf, DbError> {
        match Place::parse(url)? {
            Place::Sqlite(path) => Ok(path),
            place @ Place::Postgres(_) => Err(DbError::NotSqlite { place: place.to_string() }),
        }
    }

    /// Turns a driver's error into ours.
    pub(crate) fn failed(&self, operation: &'static str, source: sqlx::Error) -> DbError {
        let place = self.place.to_string();
        // SQLITE_FULL is 13, disk_full of PostgreSQL is 53100.
        match code(&source).as_deref() {
            Some("13" | "53100") => DbError::Full { place },
            _ => DbError::Query { place, operation, source },
        }
    }

    /// Whether an error only says that somebody else was faster; waits a little if so.
    pub(crate) async fn try_again(&self, tried: u32, error: &DbError) -> bool {
        let DbError::Query { source, .. } = error else { return false };
        let again = tried < TRIES && is_contention(source);
        if again {
            tokio::time::sleep(Duration::from_millis(u64::from(5 + 5 * tried.min(40)))).await;
        }
        again
    }

    /// Copies the whole SQLite database into one new file, private tables included.
    pub async fn copy_to(&self, target: &Path) -> Result<(), DbError> {
        if self.file().is_none() {
            return Err(DbError::NotSqlite { place: self.place() });
        }
        let failed = |source| DbError::File { path: target.to_owned(), source };
        // VACUUM INTO takes an empty file; made here, so that nobody else can ever read it.
        platform::open_private(target, true).map_err(failed)?;
        let path = target.to_str().ok_or_else(|| failed(not_utf8()))?;
        let copied = sqlx::query("VACUUM INTO $1").bind(path).execute(&self.writer).await;
        copied.map_err(|source| self.failed("copy itself", source))?;
        platform::open_private(target, false)
            .and_then(|file| file.sync_all())
            .and_then(|()| platform::sync_dir(target))
            .map_err(failed)
    }

    /// Empties the write-ahead log, so that what was redacted is not left in it.
    pub(crate) async fn scrub(&self) -> Result<(), DbError> {
        if self.file().is_some() {
            let sql = "PRAGMA wal_checkpoint(TRUNCATE)";
            let done = sqlx::raw_sql(sql).execute(&self.writer).await;
            done.map_err(|source| self.failed("empty its write-ahead log", source))?;
        }
        Ok(())
    }

    /// Closes all connections.
    pub async fn close(&self) {
        self.reader.close().await;
        self.writer.close().await;
    }
}

fn pool(place: &Place, connections: u32) -> AnyPoolOptions {
    let statements: &[&str] = match place {
        Place::Sqlite(_) => &[
            BUSY,
            "PRAGMA journal_mode = WAL",
            "PRAGMA synchronous = FULL",
            "PRAGMA foreign_keys = ON",
            // A redacted body is overwritten with zeros, not only unlinked.
            "PRAGMA secure_delete = ON",
        ],
        Place::Postgres(_) => &["SET synchronous_commit = on"],
    };
    AnyPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(ACQUIRE)
        .idle_timeout(None)
        .max_lifetime(None)
        .after_connect(move |connection: &mut AnyConnection, _| {
            Box::pin(async move {
                for sql in statements {
                    sqlx::raw_sql(AssertSqlSafe(*sql)).execute(&mut *connection).await?;
                }
                Ok(())
            })
        })
}

/// Makes the file before SQLite does, so that it, its log and its index are never readable by
/// others: SQLite gives those two the mode of the file.
fn sqlite_url(path: &Path) -> Result<String, DbError> {
    let failed = |source| DbError::File { path: path.to_owned(), source };
    let path = std::path::absolute(path).map_err(failed)?;
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
        return Err(failed(std::io::Error::from(std::io::ErrorKind::IsADirectory)));
    };
    platform::create_private_dir(folder).map_err(failed)?;
    platform::open_private(&path, false).map_err(failed)?;
    // Without `..`, which the parser of URLs would resolve in its own way.
    let whole = platform::settled(folder).map_err(failed)?.join(name);
    let text = whole.to_str().ok_or_else(|| failed(not_utf8()))?;
    let mut url = String::from("sqlite://");
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            url.push(char::from(byte));
        } else {
            url.push_str(&format!("%{byte:02X}"));
        }
    }
    url.push_str("?mode=rw");
    Ok(url)
}

fn not_utf8() -> std::io::Error {
    std::io::Error::new(std::io::ErrorKind::InvalidInput, "its path is not UTF-8")
}

fn code(error: &sqlx::Error) -> Option<String> {
    error.as_database_error().and_then(|error| error.code()).map(std::borrow::Cow::into_owned)
}

/// SQLITE_BUSY (5) and SQLITE_LOCKED (6) with their extensions; serialization failure and deadlock
/// of PostgreSQL.
fn is_contention(error: &sqlx::Error) -> bool {
    let Some(code) = code(error) else { return false };
    match code.len() {
        5 => code == "40001" || code == "40P01",
        _ => code.parse::<u32>().is_ok_and(|n| matches!(n & 0xff, 5 | 6)),
    }
}

/// Whether anybody answers. A SQLite file is only read when it is asked something.
async fn knock(options: &AnyConnectOptions, place: &Place) -> Result<(), sqlx::Error> {
    let mut connection = options.connect().await?;
    if matches!(place, Place::Sqlite(_)) {
        sqlx::query("SELECT COUNT(*) FROM sqlite_master").execute(&mut connection).await?;
    }
    connection.close().await
}

fn open_again(error: &sqlx::Error) -> bool {
    let exists = |code: String| matches!(code.as_str(), "23505" | "42P07" | "42710");
    is_contention(error) || code(error).is_some_and(exists)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_in_a_url_is_never_shown() {
        for url in [
            "postgres://me:s3cret@db.example/ledger",
            "postgres://me:s3c@s3cret@db.example/ledger?password=s3cret",
            "mysql://me:s3cret@db.example/ledger",
            "nonsense:s3cret",
        ] {
            let shown = match Place::parse(url) {
                Ok(place) => place.to_string(),
                Err(error) => format!("{error} {error:?}"),
            };
            assert!(!shown.contains("s3c"), "{shown}");
        }
    }
}

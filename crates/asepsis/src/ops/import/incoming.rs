//! A file that somebody wants brought in, or what a directory answered: where it lies, what it is, and
//! reading it as often as needed.

use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use asepsis_collect::import::{
    HEAD, Input, ReadError, Reader, Reading, Told, columns, recognize, table_of,
};
use asepsis_collect::mapping::Column;
use asepsis_collect::workbook::WorkbookError;
use asepsis_core::hash::{Hash, Hasher};
use asepsis_core::identity::Identity;
use asepsis_core::import::LeftOut;
use asepsis_core::observation::Observation;

/// Longest name of a file that is kept, in characters.
const LONGEST_NAME: usize = 200;
/// The format of tables that are read by a mapping.
const MAPPED: &str = "mapped-table";

/// A file of a format that is known, or what was read from a server.
#[derive(Clone)]
pub struct Incoming {
    /// Its name, without folders; that of the server.
    pub name: String,
    /// The id of the format.
    pub format: &'static str,
    /// The format for people.
    pub is: &'static str,
    bytes: Bytes,
}

#[derive(Clone)]
enum Bytes {
    Memory(&'static Reader, Arc<[u8]>),
    File(&'static Reader, PathBuf),
    /// The table of a workbook; the digest and the size are those of the workbook.
    Sheet {
        reader: &'static Reader,
        table: Arc<[u8]>,
        hash: Hash,
        bytes: u64,
    },
    Seen(Arc<Seen>),
}

/// What a reading held, to be had as often as needed.
struct Seen {
    made_by: String,
    looks: Vec<Observation>,
    identities: Vec<Identity>,
    left: Vec<LeftOut>,
    lists: Option<String>,
    hash: Hash,
    bytes: u64,
}

impl Seen {
    fn whole(&self) -> Whole {
        let mut reading = Reading::new(self.made_by.clone());
        reading.looks = Box::new(self.looks.clone().into_iter());
        reading.identities.clone_from(&self.identities);
        reading.left.clone_from(&self.left);
        reading.lists.clone_from(&self.lists);
        Whole { reading, hash: self.hash, bytes: self.bytes }
    }
}

impl std::fmt::Debug for Incoming {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({})", self.name, self.format)
    }
}

/// What a file held, and which file that was.
pub(super) struct Whole {
    pub(super) reading: Reading,
    pub(super) hash: Hash,
    pub(super) bytes: u64,
}

impl Incoming {
    /// A file on disk; `None` if its format is not known.
    pub fn at(path: &Path) -> io::Result<Option<Self>> {
        let mut head = Vec::new();
        File::open(path)?.take(HEAD as u64).read_to_end(&mut head)?;
        let name = tidy(&path.file_name().unwrap_or_default().to_string_lossy());
        Ok(recognize(&head)
            .map(|reader| Self::of(reader, name, Bytes::File(reader, path.to_owned()))))
    }

    /// A file in memory; its bytes back if its format is not known.
    pub fn held(name: &str, bytes: Vec<u8>) -> Result<Self, Vec<u8>> {
        let head = bytes.get(..HEAD.min(bytes.len())).unwrap_or_default();
        match recognize(head) {
            Some(reader) => Ok(Self::of(reader, tidy(name), Bytes::Memory(reader, bytes.into()))),
            None => Err(bytes),
        }
    }

    /// A workbook in memory; `None` if no sheet of it is a table.
    pub(super) fn workbook(name: &str, bytes: &[u8]) -> Result<Option<Self>, WorkbookError> {
        let Some(table) = table_of(bytes)? else { return Ok(None) };
        let head = table.get(..HEAD.min(table.len())).unwrap_or_default();
        let Some(reader) = recognize(head) else { return Ok(None) };
        let (hash, bytes) = (Hash::of(&[bytes]), bytes.len() as u64);
        let sheet = Bytes::Sheet { reader, table: table.into(), hash, bytes };
        Ok(Some(Self::of(reader, tidy(name), sheet)))
    }

    /// The columns of a table, for a draft of a mapping; of any other file there is none.
    pub(super) fn columns(&self) -> Result<Vec<Column>, ReadError> {
        if self.format != MAPPED {
            return Err(ReadError::Unknown("it is no table whose columns are to be explained"));
        }
        let source: Box<dyn Read + Send> = match &self.bytes {
            Bytes::Memory(_, bytes) | Bytes::Sheet { table: bytes, .. } => {
                Box::new(Cursor::new(bytes.clone()))
            }
            Bytes::File(_, path) => Box::new(File::open(path)?),
            Bytes::Seen(_) => Box::new(io::empty()),
        };
        columns(Input::new(source)?)
    }

    fn of(reader: &Reader, name: String, bytes: Bytes) -> Self {
        Self { name, format: reader.format, is: reader.name, bytes }
    }

    /// What a directory answered.
    pub(in crate::ops) fn seen(server: &str, reading: Reading) -> Self {
        let looks: Vec<Observation> = reading.looks.collect();
        let text = serde_json::to_string(&(&looks, &reading.identities))
            .expect("observations and names have string keys only");
        let seen = Seen {
            made_by: reading.made_by,
            looks,
            identities: reading.identities,
            left: reading.left,
            lists: reading.lists,
            hash: Hash::of(&[text.as_bytes()]),
            bytes: text.len() as u64,
        };
        let (format, is) = ("directory", "accounts of a directory");
        Self { name: tidy(server), format, is, bytes: Bytes::Seen(Arc::new(seen)) }
    }

    /// Reads it from its first byte to its last, on a thread of its own.
    pub(super) async fn read(&self, told: &Told) -> Result<Whole, ReadError> {
        let (file, told) = (self.clone(), told.clone());
        let read = tokio::task::spawn_blocking(move || file.read_now(&told)).await;
        read.unwrap_or_else(|_| Err(io::Error::other("the reader of this format stopped").into()))
    }

    fn read_now(&self, told: &Told) -> Result<Whole, ReadError> {
        let (reader, source): (_, Box<dyn Read + Send>) = match &self.bytes {
            Bytes::Memory(reader, bytes) => (reader, Box::new(Cursor::new(bytes.clone()))),
            Bytes::File(reader, path) => (reader, Box::new(File::open(path)?)),
            Bytes::Sheet { reader, table, hash, bytes } => {
                let reading = reader.read(Input::new(Cursor::new(table.clone()))?, told)?;
                return Ok(Whole { reading, hash: *hash, bytes: *bytes });
            }
            Bytes::Seen(seen) => return Ok(seen.whole()),
        };
        let tee =
            Tee(Arc::new(Mutex::new(Passing { source, hasher: Hasher::default(), bytes: 0 })));
        let reading = reader.read(Input::new(tee.clone())?, told)?;
        // A reader may stop early; the digest is of the whole file.
        io::copy(&mut tee.clone(), &mut io::sink())?;
        let passing = tee.0.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(Whole { reading, hash: passing.hasher.clone().finish(), bytes: passing.bytes })
    }
}

/// A name on one line, of a length that names have.
fn tidy(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect()
}

/// Bytes on their way, counted and digested as they pass.
struct Passing {
    source: Box<dyn Read + Send>,
    hasher: Hasher,
    bytes: u64,
}

/// The same bytes for the reader and for whoever reads what the reader left.
#[derive(Clone)]
struct Tee(Arc<Mutex<Passing>>);

impl Read for Tee {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut passing = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let read = passing.source.read(buffer)?;
        passing.hasher.add(buffer.get(..read).unwrap_or_default());
        passing.bytes += read as u64;
        Ok(read)
    }
}

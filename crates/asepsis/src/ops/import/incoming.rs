//! A file that somebody wants brought in: where it lies, what it is, and reading it as often as needed.

use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use asepsis_collect::import::{HEAD, Input, ReadError, Reader, Reading, Told, recognize};
use asepsis_core::hash::{Hash, Hasher};

/// Longest name of a file that is kept, in characters.
const LONGEST_NAME: usize = 200;

/// A file of a format that is known.
#[derive(Clone)]
pub struct Incoming {
    /// Its name, without folders.
    pub name: String,
    /// Its format.
    pub reader: &'static Reader,
    bytes: Bytes,
}

#[derive(Clone)]
enum Bytes {
    Memory(Arc<[u8]>),
    File(PathBuf),
}

impl std::fmt::Debug for Incoming {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({})", self.name, self.reader.format)
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
        let bytes = Bytes::File(path.to_owned());
        Ok(recognize(&head).map(|reader| Self { name, reader, bytes }))
    }

    /// A file in memory; its bytes back if its format is not known.
    pub fn held(name: &str, bytes: Vec<u8>) -> Result<Self, Vec<u8>> {
        let head = bytes.get(..HEAD.min(bytes.len())).unwrap_or_default();
        match recognize(head) {
            Some(reader) => {
                Ok(Self { name: tidy(name), reader, bytes: Bytes::Memory(bytes.into()) })
            }
            None => Err(bytes),
        }
    }

    /// Reads it from its first byte to its last, on a thread of its own.
    pub(super) async fn read(&self, told: &Told) -> Result<Whole, ReadError> {
        let (file, told) = (self.clone(), told.clone());
        let read = tokio::task::spawn_blocking(move || file.read_now(&told)).await;
        read.unwrap_or_else(|_| Err(io::Error::other("the reader of this format stopped").into()))
    }

    fn read_now(&self, told: &Told) -> Result<Whole, ReadError> {
        let source: Box<dyn Read + Send> = match &self.bytes {
            Bytes::Memory(bytes) => Box::new(Cursor::new(bytes.clone())),
            Bytes::File(path) => Box::new(File::open(path)?),
        };
        let tee =
            Tee(Arc::new(Mutex::new(Passing { source, hasher: Hasher::default(), bytes: 0 })));
        let reading = self.reader.read(Input::new(tee.clone())?, told)?;
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

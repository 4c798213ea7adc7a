//! A computer whose every file, folder and command says whatever it likes.

#![no_main]

use std::cell::Cell;

use asepsis_collect::computer::collect;
use asepsis_collect::source::{Command, Source, SourceError, Uname};
use asepsis_core::time::Timestamp;

/// Hands out pieces of the input, one per read, over and over.
struct Hostile<'a> {
    bytes: &'a [u8],
    at: Cell<usize>,
}

impl Hostile<'_> {
    fn piece(&self, limit: usize) -> Vec<u8> {
        let at = self.at.get();
        self.at.set(at + 1);
        let pieces: Vec<&[u8]> = self.bytes.split(|byte| *byte == 0xff).collect();
        let piece = pieces.get(at % pieces.len()).copied().unwrap_or_default();
        piece.get(..limit.min(piece.len())).unwrap_or_default().to_vec()
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.piece(4096)).into_owned()
    }
}

impl Source for Hostile<'_> {
    fn read(&self, _: &str, limit: usize) -> Result<Vec<u8>, SourceError> {
        Ok(self.piece(limit))
    }
    fn read_start(&self, _: &str, length: usize) -> Result<Vec<u8>, SourceError> {
        Ok(self.piece(length))
    }
    fn read_end(&self, _: &str, length: usize) -> Result<Vec<u8>, SourceError> {
        Ok(self.piece(length))
    }
    fn list(&self, _: &str, limit: usize) -> Result<Vec<String>, SourceError> {
        Ok(self.text().split('\n').take(limit.min(8)).map(str::to_owned).collect())
    }
    fn link(&self, _: &str) -> Result<String, SourceError> {
        Ok(self.text())
    }
    fn modified(&self, _: &str) -> Result<Timestamp, SourceError> {
        Ok(Timestamp::from_millis(i64::try_from(self.piece(64).len()).unwrap_or(0)))
    }
    fn exists(&self, _: &str) -> Result<bool, SourceError> {
        Ok(self.piece(1).first().is_some_and(|byte| byte % 2 == 0))
    }
    fn run(&self, _: Command) -> Result<Vec<u8>, SourceError> {
        Ok(self.piece(1 << 20))
    }
    fn effective_uid(&self) -> Option<u32> {
        Some(u32::from(self.piece(1).first().copied().unwrap_or(0)))
    }
    fn uname(&self) -> Result<Uname, SourceError> {
        Ok(Uname { system: "Linux".to_owned(), host: self.text(), release: self.text(), machine: self.text() })
    }
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let source = Hostile { bytes, at: Cell::new(0) };
    let _ = collect(&source, Timestamp::from_millis(1_795_000_000_000));
});

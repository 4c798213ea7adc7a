//! A log of osquery, or a list of Fleet's hosts, that says whatever it likes.

#![no_main]

use asepsis_collect::import::{Input, Told, readers, recognize};
use asepsis_core::identity::Secret;
use asepsis_core::time::Timestamp;

const FORMATS: [&str; 3] = ["fleet-hosts", "osquery-log", "osquery-table"];

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = recognize(bytes);
    let told = Told::only(Timestamp::from_millis(1_795_000_000_000), Secret([7; 32]));
    for reader in readers().filter(|it| FORMATS.contains(&it.format)) {
        if let Ok(reading) = reader.read(Input::from(bytes), &told) {
            reading.looks.for_each(drop);
        }
    }
});

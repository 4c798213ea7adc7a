//! A mapping that says whatever it likes, and a table that does, read by one mapping.

#![no_main]

use asepsis_collect::import::{Input, Told, columns, readers, table_of};
use asepsis_collect::mapping::{Mapping, shipped, suggest};
use asepsis_core::identity::Secret;
use asepsis_core::time::Timestamp;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let mut told = Told::only(Timestamp::from_millis(1_795_000_000_000), Secret([7; 32]));
    // The first part may be a mapping, the rest a table.
    let at = bytes.windows(5).position(|it| it == b"\n---\n").unwrap_or(0);
    let (mapping, table) = bytes.split_at(at);
    told.mappings = Mapping::parse(mapping).into_iter().chain(shipped()).collect();
    for reader in readers().filter(|it| it.format == "mapped-table") {
        if let Ok(reading) = reader.read(Input::from(table), &told) {
            reading.looks.for_each(drop);
        }
    }
    if let Ok(columns) = columns(Input::from(table)) {
        let _ = suggest("table", &columns);
    }
    let _ = table_of(bytes);
});

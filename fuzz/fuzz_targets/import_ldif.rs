//! A listing of a directory that says whatever it likes.

#![no_main]

use asepsis_collect::import::{Input, Told, recognize};
use asepsis_core::identity::Secret;
use asepsis_core::time::Timestamp;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some(reader) = recognize(b"dn: cn=a\n") else { return };
    let told = Told::only(Timestamp::from_millis(1_795_000_000_000), Secret([7; 32]));
    let _ = recognize(bytes);
    if let Ok(reading) = reader.read(Input::from(bytes), &told) {
        reading.looks.for_each(drop);
    }
});

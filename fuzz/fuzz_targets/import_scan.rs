//! Results of scanners that say whatever they like.

#![no_main]

use asepsis_collect::import::{Input, Told, readers, recognize};
use asepsis_core::identity::Secret;
use asepsis_core::time::Timestamp;

const FORMATS: [&str; 4] = ["lynis", "macos-security", "wazuh-sca", "xccdf"];

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = recognize(bytes);
    let told = Told::only(Timestamp::from_millis(1_795_000_000_000), Secret([7; 32]));
    for reader in readers().filter(|it| FORMATS.contains(&it.format)) {
        if let Ok(reading) = reader.read(Input::from(bytes), &told) {
            reading.looks.for_each(drop);
        }
    }
});

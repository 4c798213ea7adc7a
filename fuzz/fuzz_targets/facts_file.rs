//! A file of facts from another computer. What is read is written again, and read the same.

#![no_main]

use asepsis_collect::facts_file::{read, write};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(file) = read(bytes) {
        let text = write(&file.observations, file.made_at, &file.program);
        assert!(read(text.as_bytes()).is_ok());
    }
});

//! A workbook from outside: any bytes.

#![no_main]

use asepsis_collect::workbook::{Limits, read};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { unpacked: 1 << 20, ..Limits::default() };
    let _ = read(bytes, &limits);
});

//! Free text that a person types.

#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    let _ = asepsis_phi::identifiers(text);
});

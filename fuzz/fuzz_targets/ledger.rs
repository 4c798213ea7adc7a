//! What an import or a head from outside may hold: envelopes, notes, checkpoints, tiles, bundles.

#![no_main]

use asepsis_store::checkpoint::Checkpoint;
use asepsis_store::envelope::Envelope;
use asepsis_store::note::{Note, Signer, Verifier};
use asepsis_store::tile::{Tile, parse_bundle, parse_hashes};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = Envelope::parse(bytes);
    let _ = Note::parse(bytes);
    let _ = parse_hashes(bytes);
    let _ = parse_bundle(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = Checkpoint::parse(text);
        let _ = Verifier::parse(text);
        let _ = Signer::parse(text);
        let _ = Tile::parse(text);
        if let Ok(body) = serde_json::from_str(text) {
            for kind in ["organization", "observation", "attestation", "waiver", "action", "catalog", "person"] {
                let _ = asepsis_core::evidence::Record::from_body(kind, serde_json::Value::clone(&body));
            }
        }
    }
});

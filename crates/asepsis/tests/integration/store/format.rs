//! The format is frozen: `docs/ledger-vectors.json`, which another program made, comes out the
//! same here, byte for byte.

use asepsis_store::checkpoint::Checkpoint;
use asepsis_store::envelope::{Envelope, Salt, canonical_body};
use asepsis_store::merkle::{Frontier, leaf_hash};
use asepsis_store::note::{Signer, Verifier};
use asepsis_store::sign::KeyChange;
use serde_json::Value;

#[test]
fn the_frozen_vectors_come_out_the_same() {
    let vectors = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/ledger-vectors.json");
    let vectors: Value = serde_json::from_str(&std::fs::read_to_string(vectors).unwrap()).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let organization = text(&vectors["organization"]);
    let mut frontier = Frontier::new();
    assert_eq!(frontier.root().to_string(), text(&vectors["empty_root"]));
    let entries = vectors["entries"].as_array().unwrap();
    assert_eq!(entries.len(), 5);
    for (seq, entry) in (0..).zip(entries) {
        let (canonical, _) = canonical_body(&entry["body"]).unwrap();
        assert_eq!(canonical, text(&entry["canonical_body"]));
        let body_hash = Salt::parse(&text(&entry["salt"])).unwrap().body_hash(&canonical);
        assert_eq!(body_hash.to_string(), text(&entry["body_hash"]));
        let data = text(&entry["leaf_data"]);
        let envelope = Envelope::parse(data.as_bytes()).unwrap();
        assert_eq!(envelope.to_data(), data);
        assert_eq!(
            (&envelope.organization, envelope.seq, envelope.body_hash),
            (&organization, seq, body_hash)
        );
        assert_eq!(envelope.leaf(), leaf_hash(data.as_bytes()));
        assert_eq!(envelope.leaf().to_string(), text(&entry["leaf_hash"]));
        frontier.push(envelope.leaf());
        assert_eq!(frontier.root().to_string(), text(&entry["root"]));
    }

    let signer = Signer::parse(&text(&vectors["new_key"]["secret"])).unwrap();
    let public = text(&vectors["new_key"]["public"]);
    assert_eq!(signer.verifier().to_string(), public);
    let head = Checkpoint {
        origin: format!("asepsis/{organization}"),
        size: frontier.size(),
        root: frontier.root(),
    };
    assert_eq!(head.to_text(), text(&vectors["head"]));
    // Ed25519 signatures have no randomness in them (RFC 8032 section 5.1.6).
    assert_eq!(head.sign(&signer).unwrap(), text(&vectors["signed_head"]));
    let note = text(&vectors["signed_head"]);
    let verifier = Verifier::parse(&public).unwrap();
    assert_eq!(Checkpoint::open(note.as_bytes(), &verifier).unwrap(), head);

    let change: KeyChange = serde_json::from_value(entries[4]["body"].clone()).unwrap();
    let (old, new) = change.verify(&organization).unwrap();
    assert_eq!(old.to_string(), text(&vectors["old_key"]["public"]));
    assert_eq!(new, verifier);
}

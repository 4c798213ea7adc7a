//! The tree against the public vectors of transparency-dev/merkle and transparency-dev/tessera.

use super::*;
use asepsis_store::checkpoint::Checkpoint;
use asepsis_store::merkle::{Frontier, leaf_hash, verify_consistency, verify_inclusion};
use asepsis_store::note::Verifier;
use asepsis_store::tile::{Tile, parse_bundle, parse_hashes};
use serde_json::Value;

/// A hash of a vector; one of no length is none, one of another wrong length (a placeholder in the
/// vectors) becomes a hash that nothing leads to and that equals itself only.
fn hash(value: &Value) -> Option<Hash> {
    let text = value.as_str().unwrap_or_default();
    let mut bits = 0_u32;
    let mut count = 0;
    let mut bytes = Vec::new();
    for c in text.bytes().filter(|c| *c != b'=') {
        let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        bits = bits << 6 | alphabet.iter().position(|a| *a == c)? as u32;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    if bytes.is_empty() {
        return None;
    }
    let whole: Result<[u8; 32], _> = bytes.clone().try_into();
    Some(whole.map_or_else(|_| Hash::of(&[&bytes]), Hash))
}

fn accepted(vector: &Value) -> Option<bool> {
    let number = |key: &str| vector[key].as_u64();
    let proof = vector["proof"].as_array().into_iter().flatten();
    let proof = proof.map(hash).collect::<Option<Vec<_>>>()?;
    Some(match number("size1") {
        Some(size1) => {
            let (root1, root2) = (hash(&vector["root1"])?, hash(&vector["root2"])?);
            verify_consistency(size1, number("size2")?, &root1, &root2, &proof).is_ok()
        }
        None => {
            let (leaf, root) = (hash(&vector["leafHash"])?, hash(&vector["root"])?);
            verify_inclusion(number("leafIdx")?, number("treeSize")?, &leaf, &proof, &root).is_ok()
        }
    })
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

#[test]
fn public_proofs_are_accepted_and_damaged_ones_are_not() {
    for kind in ["inclusion", "consistency"] {
        let Some(folder) = test_data(&format!("merkle/proofs/{kind}")) else { return };
        let mut paths = Vec::new();
        files(&folder, &mut paths);
        assert_eq!(paths.len(), 98);
        let mut valid = 0;
        for path in paths {
            let vector: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
            let expected = vector["wantErr"] != json!(true);
            assert_eq!(accepted(&vector).unwrap_or(false), expected, "{}", path.display());
            valid += usize::from(expected);
        }
        assert_eq!(valid, 6, "{kind}");
    }
}

#[test]
fn a_log_made_by_tessera_leads_to_each_of_its_sixteen_signed_roots() {
    let Some(folder) = test_data("merkle/tlog") else { return };
    let script = std::fs::read_to_string(folder.join("build_log.sh")).unwrap();
    let (_, key) = script.split_once("LOG_PUBLIC_KEY=\"").unwrap();
    let verifier = Verifier::parse(key.split('"').next().unwrap()).unwrap();
    let log = folder.join("log");
    for size in 0..=15_u64 {
        let note = std::fs::read(log.join(format!("checkpoint.{size}"))).unwrap();
        // Tessera's test key does not have the name of the origin's ledger in this layout only by
        // chance: origin and name are the same, as the specification wants.
        let head = Checkpoint::open(&note, &verifier).unwrap();
        assert_eq!(head.size, size);
        let mut frontier = Frontier::new();
        for bundle in Tile::of_level(None, size) {
            let bytes = std::fs::read(log.join(bundle.path())).unwrap();
            let tile = Tile { level: Some(0), ..bundle };
            let hashes = parse_hashes(&std::fs::read(log.join(tile.path())).unwrap()).unwrap();
            for (entry, hash) in parse_bundle(&bytes).unwrap().into_iter().zip(hashes) {
                assert_eq!(leaf_hash(entry), hash);
                frontier.push(hash);
            }
        }
        assert_eq!((frontier.size(), frontier.root()), (size, head.root));

        let mut changed = note.clone();
        let digit = changed.iter().position(|byte| *byte == b'\n').unwrap() + 1;
        changed[digit] ^= 1;
        assert!(Checkpoint::open(&changed, &verifier).is_err());
    }
}

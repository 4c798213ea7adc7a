//! Tests of the tree against the definition of RFC 9162 and by properties.

use proptest::prelude::*;

use super::*;

/// The definition of RFC 9162 section 2.1.1, word for word.
fn by_definition(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => Hash::of(&[]),
        [one] => *one,
        _ => {
            let (left, right) = leaves.split_at(split(leaves.len() as u64) as usize);
            node_hash(&by_definition(left), &by_definition(right))
        }
    }
}

fn leaves(count: u64) -> Vec<Hash> {
    (0..count).map(|n| leaf_hash(&n.to_be_bytes())).collect()
}

fn prove(ranges: Vec<Range>, leaves: &[Hash]) -> Vec<Hash> {
    let mut hasher = RangeHasher::new(ranges);
    leaves.iter().enumerate().for_each(|(at, leaf)| hasher.push(at as u64, *leaf));
    hasher.finish()
}

#[test]
fn the_root_is_that_of_the_definition_at_every_size() {
    for size in 0..130 {
        let leaves = leaves(size);
        assert_eq!(root(&leaves), by_definition(&leaves), "size {size}");
    }
}

#[test]
fn a_frontier_put_away_grows_on_as_if_nothing_had_happened() {
    let leaves = leaves(100);
    let mut frontier = Frontier::new();
    for leaf in &leaves {
        frontier = Frontier::from_parts(frontier.size(), frontier.nodes().to_vec()).unwrap();
        frontier.push(*leaf);
    }
    assert_eq!(frontier.root(), by_definition(&leaves));
    assert!(Frontier::from_parts(3, vec![Hash::default()]).is_err());
}

#[test]
fn every_proof_up_to_size_40_is_accepted() {
    let all = leaves(40);
    for size in 1..=40 {
        let now = &all[..size as usize];
        for index in 0..size {
            let proof = prove(inclusion_ranges(index, size).unwrap(), now);
            verify_inclusion(index, size, &now[index as usize], &proof, &root(now)).unwrap();
        }
        for old in 1..=size {
            let before = root(&all[..old as usize]);
            let proof = prove(consistency_ranges(old, size).unwrap(), now);
            verify_consistency(old, size, &before, &root(now), &proof).unwrap();
        }
    }
}

proptest! {
    #[test]
    fn no_damaged_proof_is_accepted(
        size in 2_u64..300, a in any::<u64>(), bit in 0_usize..256, at in any::<prop::sample::Index>(),
    ) {
        let all = leaves(size);
        let index = a % size;
        let mut proof = prove(inclusion_ranges(index, size).unwrap(), &all);
        let whole = root(&all);
        let leaf = all[index as usize];
        prop_assert!(verify_inclusion(index, size, &leaf, &proof, &whole).is_ok());
        prop_assert!(verify_inclusion(index ^ 1, size, &leaf, &proof, &whole).is_err());
        prop_assert!(verify_inclusion(index, size, &leaf, &proof[1..], &whole).is_err());
        let hit = at.index(proof.len());
        proof[hit].0[bit / 8] ^= 1 << (bit % 8);
        prop_assert!(verify_inclusion(index, size, &leaf, &proof, &whole).is_err());

        let old = index.max(1);
        let before = root(&all[..old as usize]);
        let mut proof = prove(consistency_ranges(old, size).unwrap(), &all);
        prop_assert!(verify_consistency(old, size, &before, &whole, &proof).is_ok());
        prop_assert!(verify_consistency(old, size, &whole, &before, &proof).is_err());
        let hit = at.index(proof.len());
        proof[hit].0[bit / 8] ^= 1 << (bit % 8);
        prop_assert!(verify_consistency(old, size, &before, &whole, &proof).is_err());
        proof.push(whole);
        prop_assert!(verify_consistency(old, size, &before, &whole, &proof).is_err());
    }

    #[test]
    fn no_input_makes_a_verifier_panic(
        a in any::<u64>(), b in any::<u64>(), proof in prop::collection::vec(any::<[u8; 32]>(), 0..70),
    ) {
        let proof: Vec<Hash> = proof.into_iter().map(Hash).collect();
        let _ = verify_inclusion(a, b, &Hash::default(), &proof, &Hash::default());
        let _ = verify_consistency(a, b, &Hash::default(), &Hash::default(), &proof);
        let _ = inclusion_ranges(a, b);
        let _ = consistency_ranges(a, b);
    }
}

//! The Merkle tree of RFC 6962 and RFC 9162: hashes, a growing root, inclusion and consistency
//! proofs. Pure arithmetic on hashes; it knows neither entries nor databases.

use asepsis_core::hash::Hash;

/// A range `start..end` of leaves.
pub type Range = std::ops::Range<u64>;

/// The hash of one leaf: SHA-256(0x00 ‖ data) (RFC 9162 section 2.1.1).
pub fn leaf_hash(data: &[u8]) -> Hash {
    Hash::of(&[&[0], data])
}

/// The hash of two subtrees: SHA-256(0x01 ‖ left ‖ right) (RFC 9162 section 2.1.1).
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Hash::of(&[&[1], &left.0, &right.0])
}

/// The root of a whole list of leaf hashes (RFC 9162 section 2.1.1); of nothing, SHA-256("").
pub fn root(leaves: &[Hash]) -> Hash {
    let mut frontier = Frontier::new();
    leaves.iter().for_each(|leaf| frontier.push(*leaf));
    frontier.root()
}

/// The right edge of a tree: the roots of its perfect subtrees, largest first. It is all that is
/// needed to append in O(log n) and to name the root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    nodes: Vec<Hash>,
}

/// A frontier whose number of hashes does not fit its size.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("a tree of {size} leaves has {expected} perfect subtrees, not {found}")]
pub struct FrontierError {
    /// The size that was claimed.
    pub size: u64,
    /// How many hashes that size has: the number of ones in its binary form.
    pub expected: u32,
    /// How many were given.
    pub found: usize,
}

impl Frontier {
    /// The frontier of the empty tree.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes up a frontier that was put away.
    pub fn from_parts(size: u64, nodes: Vec<Hash>) -> Result<Self, FrontierError> {
        let expected = size.count_ones();
        if usize::try_from(expected) == Ok(nodes.len()) {
            Ok(Self { size, nodes })
        } else {
            Err(FrontierError { size, expected, found: nodes.len() })
        }
    }

    /// How many leaves the tree has.
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// The roots of the perfect subtrees, largest first.
    pub fn nodes(&self) -> &[Hash] {
        &self.nodes
    }

    /// Appends one leaf.
    pub fn push(&mut self, leaf: Hash) {
        let mut node = leaf;
        // Every trailing one of the old size is a perfect subtree that the new leaf completes.
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.nodes.pop() {
                node = node_hash(&left, &node);
            }
        }
        self.nodes.push(node);
        self.size = self.size.saturating_add(1);
    }

    /// The root of the tree.
    pub fn root(&self) -> Hash {
        let mut nodes = self.nodes.iter().rev();
        nodes.next().map_or_else(
            || Hash::of(&[]),
            |last| nodes.fold(*last, |right, left| node_hash(left, &right)),
        )
    }
}

/// A proof that does not prove what it is shown for.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ProofError {
    /// The numbers make no sense: a leaf outside the tree, a tree older than itself, an empty tree.
    #[error("the proof is about leaf or size {inner} of a tree of {size}, which cannot be")]
    Numbers {
        /// The leaf's index or the older size.
        inner: u64,
        /// The tree's size.
        size: u64,
    },
    /// Too few or too many hashes.
    #[error("the proof has {found} hashes, which is the wrong number")]
    Length {
        /// How many it has.
        found: usize,
    },
    /// The hashes lead to another root.
    #[error("the proof leads to the root {found}, not to {expected}")]
    Root {
        /// The root it was shown for.
        expected: Hash,
        /// The root it leads to.
        found: Hash,
    },
}

/// The ranges of leaves whose roots make an inclusion proof, in proof order
/// (RFC 9162 section 2.1.3.1).
pub fn inclusion_ranges(index: u64, size: u64) -> Result<Vec<Range>, ProofError> {
    if index >= size {
        return Err(ProofError::Numbers { inner: index, size });
    }
    let (mut start, mut end) = (0, size);
    let mut ranges = Vec::new();
    while end - start > 1 {
        let middle = start + split(end - start);
        if index < middle {
            ranges.push(middle..end);
            end = middle;
        } else {
            ranges.push(start..middle);
            start = middle;
        }
    }
    ranges.reverse();
    Ok(ranges)
}

/// The ranges of leaves whose roots make a consistency proof, in proof order
/// (RFC 9162 section 2.1.4.1).
pub fn consistency_ranges(old: u64, new: u64) -> Result<Vec<Range>, ProofError> {
    if old == 0 || old > new {
        return Err(ProofError::Numbers { inner: old, size: new });
    }
    let (mut start, mut end) = (0, new);
    let mut ranges = Vec::new();
    while end != old {
        let middle = start + split(end - start);
        if old <= middle {
            ranges.push(middle..end);
            end = middle;
        } else {
            ranges.push(start..middle);
            start = middle;
        }
    }
    // The old tree itself need not be named if it is a whole left subtree: its root is known.
    if start != 0 {
        ranges.push(start..end);
    }
    ranges.reverse();
    Ok(ranges)
}

/// The largest power of two smaller than `width` (at least 2), where a tree splits.
const fn split(width: u64) -> u64 {
    1 << (u64::BITS - 1 - (width - 1).leading_zeros())
}

/// Hashes ranges of leaves while the leaves pass by once, in order: a proof of a ledger of any
/// size takes O(log n) memory.
#[derive(Debug)]
pub struct RangeHasher {
    ranges: Vec<(Range, Frontier)>,
}

impl RangeHasher {
    /// Starts with the ranges wanted.
    pub fn new(ranges: Vec<Range>) -> Self {
        Self { ranges: ranges.into_iter().map(|range| (range, Frontier::new())).collect() }
    }

    /// Takes the leaf at `index`.
    pub fn push(&mut self, index: u64, leaf: Hash) {
        for (range, frontier) in &mut self.ranges {
            if range.contains(&index) {
                frontier.push(leaf);
            }
        }
    }

    /// The roots of the ranges, in the order in which they were asked for.
    pub fn finish(self) -> Vec<Hash> {
        self.ranges.into_iter().map(|(_, frontier)| frontier.root()).collect()
    }
}

/// The root that an inclusion proof leads to (RFC 9162 section 2.1.3.2).
pub fn inclusion_root(
    index: u64,
    size: u64,
    leaf: &Hash,
    proof: &[Hash],
) -> Result<Hash, ProofError> {
    if index >= size {
        return Err(ProofError::Numbers { inner: index, size });
    }
    let wrong_length = ProofError::Length { found: proof.len() };
    let (mut at, mut last, mut hash) = (index, size - 1, *leaf);
    for step in proof {
        if last == 0 {
            return Err(wrong_length);
        }
        if at & 1 == 1 || at == last {
            hash = node_hash(step, &hash);
            while at & 1 == 0 && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(&hash, step);
        }
        at >>= 1;
        last >>= 1;
    }
    if last == 0 { Ok(hash) } else { Err(wrong_length) }
}

/// Checks that a leaf is in a tree (RFC 9162 section 2.1.3.2).
pub fn verify_inclusion(
    index: u64,
    size: u64,
    leaf: &Hash,
    proof: &[Hash],
    root: &Hash,
) -> Result<(), ProofError> {
    same(*root, inclusion_root(index, size, leaf, proof)?)
}

/// Checks that a tree is an older tree with leaves appended (RFC 9162 section 2.1.4.2).
///
/// An empty older tree is refused: everything is consistent with it, so it proves nothing.
pub fn verify_consistency(
    old: u64,
    new: u64,
    old_root: &Hash,
    new_root: &Hash,
    proof: &[Hash],
) -> Result<(), ProofError> {
    if old == 0 || old > new {
        return Err(ProofError::Numbers { inner: old, size: new });
    }
    let wrong_length = ProofError::Length { found: proof.len() };
    if old == new {
        return if proof.is_empty() { same(*old_root, *new_root) } else { Err(wrong_length) };
    }
    let mut steps = proof.iter();
    let (mut at, mut last) = (old - 1, new - 1);
    let rise = at.trailing_ones();
    at = at.checked_shr(rise).unwrap_or(0);
    last = last.checked_shr(rise).unwrap_or(0);
    let first = if old.is_power_of_two() { Some(old_root) } else { steps.next() };
    let Some(first) = first else { return Err(wrong_length) };
    let (mut from_old, mut from_new) = (*first, *first);
    for step in steps {
        if last == 0 {
            return Err(wrong_length);
        }
        if at & 1 == 1 || at == last {
            from_old = node_hash(step, &from_old);
            from_new = node_hash(step, &from_new);
            while at & 1 == 0 && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            from_new = node_hash(&from_new, step);
        }
        at >>= 1;
        last >>= 1;
    }
    if last != 0 {
        return Err(wrong_length);
    }
    same(*old_root, from_old)?;
    same(*new_root, from_new)
}

fn same(expected: Hash, found: Hash) -> Result<(), ProofError> {
    if expected == found { Ok(()) } else { Err(ProofError::Root { expected, found }) }
}

#[cfg(test)]
mod tests;

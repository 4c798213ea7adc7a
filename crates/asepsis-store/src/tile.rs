//! Tiles as C2SP `tlog-tiles` lays them out: paths, hash tiles, entry bundles. Bytes in, bytes out;
//! files are written by `export` and read by `import`.

use asepsis_core::hash::Hash;

use crate::merkle::Frontier;

/// Hashes in a full tile, and entries in a full bundle.
pub const WIDTH: u64 = 256;
/// The largest entry that fits a bundle: its length is written in 16 bits.
pub const MAX_ENTRY: usize = 0xffff;

/// Which file of the layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tile {
    /// The level, `None` for an entry bundle.
    pub level: Option<u8>,
    /// The number in its level.
    pub index: u64,
    /// How many hashes or entries it holds, 1 to 256.
    pub width: u16,
}

/// Bytes or a path that are not a tile.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum TileError {
    /// The path does not follow the layout.
    #[error("{path:?} is not the path of a tile")]
    Path {
        /// What was given.
        path: String,
    },
    /// The bytes are not whole hashes.
    #[error("a hash tile of {found} bytes does not hold whole hashes")]
    Hashes {
        /// How many bytes.
        found: usize,
    },
    /// The bytes are not whole entries.
    #[error("an entry bundle ends inside entry {at}")]
    Bundle {
        /// The number of the entry in its bundle.
        at: usize,
    },
    /// More than 256 of them.
    #[error("a tile holds more than 256 hashes or entries")]
    TooMany,
    /// An entry of more than 65,535 bytes.
    #[error("an entry of {found} bytes does not fit a bundle")]
    TooLong {
        /// How many bytes.
        found: usize,
    },
}

impl Tile {
    /// The path in the layout: `tile/0/x001/234.p/5`, `tile/entries/000` (C2SP tlog-tiles, "Parameters").
    pub fn path(&self) -> String {
        let mut groups = vec![format!("{:03}", self.index % 1000)];
        let mut rest = self.index / 1000;
        while rest > 0 {
            groups.push(format!("x{:03}", rest % 1000));
            rest /= 1000;
        }
        groups.reverse();
        let level = self.level.map_or_else(|| "entries".to_owned(), |level| level.to_string());
        let path = format!("tile/{level}/{}", groups.join("/"));
        if u64::from(self.width) == WIDTH { path } else { format!("{path}.p/{}", self.width) }
    }

    /// Reads a path of the layout.
    pub fn parse(path: &str) -> Result<Self, TileError> {
        let wrong = || TileError::Path { path: path.chars().take(100).collect() };
        let (level, rest) =
            path.strip_prefix("tile/").and_then(|rest| rest.split_once('/')).ok_or_else(wrong)?;
        let level = match level {
            "entries" => None,
            digits => Some(digits.parse::<u8>().ok().filter(|n| *n < 64).ok_or_else(wrong)?),
        };
        let (number, width) = match rest.split_once(".p/") {
            Some((number, width)) => (number, width.parse().map_err(|_| wrong())?),
            None => (rest, 256),
        };
        let mut index: u64 = 0;
        for group in number.split('/') {
            let digits = group.strip_prefix('x').unwrap_or(group);
            let value: u64 = digits.parse().map_err(|_| wrong())?;
            index = index.checked_mul(1000).and_then(|n| n.checked_add(value)).ok_or_else(wrong)?;
        }
        let tile = Self { level, index, width };
        // Only one spelling is right, so writing it again catches every other.
        if width > 0 && tile.path() == path { Ok(tile) } else { Err(wrong()) }
    }

    /// All tiles of one level (`None`: the bundles) in a tree of `size` entries, in order.
    pub fn of_level(level: Option<u8>, size: u64) -> impl Iterator<Item = Self> {
        let count = size.checked_shr(8 * u32::from(level.unwrap_or(0))).unwrap_or(0);
        let partial = u16::try_from(count % WIDTH).unwrap_or(0);
        let full = count / WIDTH;
        let last = (partial > 0).then_some(Self { level, index: full, width: partial });
        (0..full).map(move |index| Self { level, index, width: 256 }).chain(last)
    }
}

/// Reads a hash tile.
pub fn parse_hashes(bytes: &[u8]) -> Result<Vec<Hash>, TileError> {
    let (hashes, rest) = bytes.as_chunks::<32>();
    if !rest.is_empty() {
        return Err(TileError::Hashes { found: bytes.len() });
    }
    if hashes.len() > 256 {
        return Err(TileError::TooMany);
    }
    Ok(hashes.iter().map(|hash| Hash(*hash)).collect())
}

/// Reads an entry bundle (C2SP tlog-tiles, "Log entries").
pub fn parse_bundle(mut bytes: &[u8]) -> Result<Vec<&[u8]>, TileError> {
    let mut entries = Vec::new();
    while let Some((length, rest)) = bytes.split_first_chunk::<2>() {
        let length = usize::from(u16::from_be_bytes(*length));
        let Some((entry, rest)) = rest.split_at_checked(length) else {
            return Err(TileError::Bundle { at: entries.len() });
        };
        if entries.len() >= 256 {
            return Err(TileError::TooMany);
        }
        entries.push(entry);
        bytes = rest;
    }
    if bytes.is_empty() { Ok(entries) } else { Err(TileError::Bundle { at: entries.len() }) }
}

/// Cuts a growing tree into tiles: entries go in, finished files come out.
#[derive(Debug, Default)]
pub struct TileWriter {
    levels: Vec<(u64, Vec<Hash>)>,
    bundle: Vec<u8>,
}

impl TileWriter {
    /// A writer for a tree from its first entry on.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the next entry and its leaf hash; hands back the files it completes.
    pub fn push(&mut self, data: &[u8], leaf: Hash) -> Result<Vec<(Tile, Vec<u8>)>, TileError> {
        let length =
            u16::try_from(data.len()).map_err(|_| TileError::TooLong { found: data.len() })?;
        self.bundle.extend_from_slice(&length.to_be_bytes());
        self.bundle.extend_from_slice(data);
        let mut files = Vec::new();
        let mut hash = leaf;
        for level in 0_u8.. {
            let at = usize::from(level);
            if self.levels.len() == at {
                self.levels.push((0, Vec::new()));
            }
            let Some((index, hashes)) = self.levels.get_mut(at) else { break };
            hashes.push(hash);
            if hashes.len() < 256 {
                break;
            }
            let full = std::mem::take(hashes);
            let tile = Tile { level: Some(level), index: *index, width: 256 };
            *index += 1;
            if level == 0 {
                let bundle = Tile { level: None, ..tile };
                files.push((bundle, std::mem::take(&mut self.bundle)));
            }
            files.push((tile, full.iter().flat_map(|hash| hash.0).collect()));
            // The root of 256 nodes of one level is one node eight levels up.
            let mut frontier = Frontier::new();
            full.into_iter().for_each(|hash| frontier.push(hash));
            hash = frontier.root();
        }
        Ok(files)
    }

    /// The partial files at the right edge.
    pub fn finish(self) -> Vec<(Tile, Vec<u8>)> {
        let mut files = Vec::new();
        for (level, (index, hashes)) in (0_u8..).zip(self.levels) {
            let width = u16::try_from(hashes.len()).unwrap_or(0);
            if width == 0 {
                continue;
            }
            let tile = Tile { level: Some(level), index, width };
            if level == 0 {
                files.push((Tile { level: None, ..tile }, self.bundle.clone()));
            }
            files.push((tile, hashes.iter().flat_map(|hash| hash.0).collect()));
        }
        files
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::merkle::leaf_hash;

    #[test]
    fn paths_are_those_of_the_specification() {
        for (tile, path) in [
            (Tile { level: Some(0), index: 1_234_067, width: 256 }, "tile/0/x001/x234/067"),
            (Tile { level: Some(1), index: 0, width: 5 }, "tile/1/000.p/5"),
            (Tile { level: None, index: 70_000, width: 1 }, "tile/entries/x070/000.p/1"),
        ] {
            assert_eq!(tile.path(), path);
            assert_eq!(Tile::parse(path), Ok(tile));
        }
        for wrong in [
            "tile/0/1",
            "tile/0/001.p/0",
            "tile/0/001.p/256",
            "tile/0/x000/001",
            "tile/64/000",
            "tile/00/000",
            "tile/0/../000",
            "tile/0/000.p/+5",
            "entries/000",
            "tile/0/x001",
        ] {
            assert!(Tile::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_tree_of_70_000_entries_gives_the_files_that_its_size_asks_for() {
        let mut writer = TileWriter::new();
        let mut names = Vec::new();
        let mut whole = Frontier::new();
        let mut top = Frontier::new();
        for n in 0..70_000_u32 {
            let data = n.to_be_bytes();
            whole.push(leaf_hash(&data));
            names.extend(writer.push(&data, leaf_hash(&data)).unwrap());
        }
        names.extend(writer.finish());
        for (tile, bytes) in &names {
            match tile.level {
                None => assert_eq!(parse_bundle(bytes).unwrap().len(), usize::from(tile.width)),
                Some(_) => assert_eq!(parse_hashes(bytes).unwrap().len(), usize::from(tile.width)),
            }
        }
        let mut found: Vec<Tile> = names.iter().map(|(tile, _)| *tile).collect();
        let mut expected: Vec<Tile> = [None, Some(0), Some(1), Some(2)]
            .into_iter()
            .flat_map(|level| Tile::of_level(level, 70_000))
            .collect();
        found.sort_unstable();
        expected.sort_unstable();
        assert_eq!(found, expected);
        // The one hash of level 2 is the root of the first 65,536 leaves.
        let (_, bytes) = names.iter().find(|(tile, _)| tile.level == Some(2)).unwrap();
        (0..65_536_u32).for_each(|n| top.push(leaf_hash(&n.to_be_bytes())));
        assert_eq!(parse_hashes(bytes).unwrap(), [top.root()]);
        assert_eq!(whole.nodes()[0], top.root());
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_the_parsers_panic(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..600)) {
            let _ = parse_hashes(&bytes);
            let _ = parse_bundle(&bytes);
            let _ = Tile::parse(&String::from_utf8_lossy(&bytes));
        }
    }
}

//! When an operating system release stops getting security updates: a small embedded table.
//!
//! The table is `data/end-of-life.tsv`; its head names its source and its date.

use jiff::civil::Date;

const TABLE: &str = include_str!("../data/end-of-life.tsv");

/// The day the table's source was copied.
pub const TABLE_DATE: Date = jiff::civil::date(2026, 8, 22);

/// Where the table comes from.
pub const TABLE_SOURCE: &str = "endoflife.date, products/*.md (MIT), state of 2026-08-22";

/// What the table says of one release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndOfLife {
    /// Security updates end on this day.
    On(Date),
    /// The maker has announced no day yet; the release gets updates.
    NotAnnounced,
}

impl EndOfLife {
    /// The day, if one is announced.
    pub const fn date(self) -> Option<Date> {
        match self {
            Self::On(date) => Some(date),
            Self::NotAnnounced => None,
        }
    }
}

/// What the table says of a release: `end_of_life("debian", "12")`, `("rhel", "9.4")`,
/// `("windows", "10.0.26100")`, `("macos", "15.7.1")`. `None` if the table does not have it.
///
/// The version is looked up whole, then without its last parts, so that `9.4` finds `9`.
pub fn end_of_life(os_id: &str, version: &str) -> Option<EndOfLife> {
    let mut wanted = version.trim();
    if wanted.is_empty() {
        return None;
    }
    loop {
        let row = rows().find(|row| row.id == os_id && row.version == wanted);
        if let Some(row) = row {
            return Some(row.ends);
        }
        (wanted, _) = wanted.rsplit_once('.')?;
    }
}

/// One line of the table.
struct Row<'a> {
    id: &'a str,
    version: &'a str,
    ends: EndOfLife,
    #[cfg(test)]
    product: &'a str,
    #[cfg(test)]
    cycle: &'a str,
    #[cfg(test)]
    field: &'a str,
}

fn rows() -> impl Iterator<Item = Row<'static>> {
    TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(row)
}

fn row(line: &str) -> Option<Row<'_>> {
    let mut cells = line.split('\t');
    let (id, version, ends) = (cells.next()?, cells.next()?, cells.next()?);
    let ends =
        if ends == "-" { EndOfLife::NotAnnounced } else { EndOfLife::On(ends.parse().ok()?) };
    Some(Row {
        id,
        version,
        ends,
        #[cfg(test)]
        product: cells.next()?,
        #[cfg(test)]
        cycle: cells.next()?,
        #[cfg(test)]
        field: cells.next()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_read() {
        let lines = TABLE.lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(rows().count(), lines);
        assert!(lines > 100);
    }

    #[test]
    fn a_release_is_found_by_its_whole_version_or_a_shorter_one() {
        let on =
            |id, version| end_of_life(id, version).and_then(EndOfLife::date).map(|d| d.to_string());
        assert_eq!(on("debian", "12").as_deref(), Some("2028-06-30"));
        assert_eq!(on("rhel", "9.4").as_deref(), Some("2032-05-31"));
        assert_eq!(on("ubuntu", "24.04").as_deref(), Some("2029-05-31"));
        assert_eq!(on("windows", "10.0.19045.5131").as_deref(), Some("2025-10-14"));
        assert_eq!(end_of_life("macos", "26.1"), Some(EndOfLife::NotAnnounced));
        assert_eq!(end_of_life("alpine", "3.2"), None);
        assert_eq!(end_of_life("templeos", "5"), None);
        assert_eq!(end_of_life("debian", ""), None);
    }

    #[test]
    #[expect(
        clippy::disallowed_methods,
        reason = "the folder of test data is named in the environment"
    )]
    fn every_row_agrees_with_its_source() {
        let data = std::env::var("ASEPSIS_TEST_DATA").unwrap_or_else(|_| {
            concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data").to_owned()
        });
        let folder = std::path::Path::new(&data).join("feeds/endoflife");
        if !folder.is_dir() {
            println!("skipped: {} is missing; set ASEPSIS_TEST_DATA", folder.display());
            return;
        }
        for row in rows() {
            let text = std::fs::read_to_string(folder.join(format!("{}.md", row.product))).unwrap();
            let start = format!("releaseCycle: \"{}\"", row.cycle);
            let bare = format!("releaseCycle: {}\n", row.cycle);
            let at = text.find(&start).or_else(|| text.find(&bare));
            let block = &text[at.unwrap_or_else(|| panic!("{} {}", row.product, row.cycle))..];
            let block = block.split("\n  - releaseCycle").next().unwrap();
            let key = format!("{}:", row.field);
            let line = block.lines().find_map(|line| line.trim().strip_prefix(&key)).unwrap();
            let date = line.split('#').next().unwrap().trim();
            let ours = row.ends.date().map_or("false".to_owned(), |date| date.to_string());
            assert_eq!(ours, date, "{} {}", row.id, row.version);
        }
    }
}

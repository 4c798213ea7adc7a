//! The list as a file: comma separated, with a header, as `hhs-breaches.README.md` beside it says.
//! Foreign bytes: limits on size, rows and fields, and errors that name line and cause.

use std::io::Read;

use asepsis_core::hash::Hash;

use crate::breach::{Breach, Kind, Place, Reporter};

/// The list has 4.3 MB.
const MAX_BYTES: u64 = 64 << 20;
/// The list has 7,360 rows.
const MAX_ROWS: usize = 100_000;
/// The longest text has 3,989 characters.
const MAX_FIELD: usize = 32 << 10;
/// More people than there are.
const MAX_PEOPLE: u32 = 1_000_000_000;

const HEADER: [&str; 10] = [
    "entity_id",
    "state",
    "covered_entity_type",
    "individuals_affected",
    "submission_date",
    "type_of_breach",
    "location",
    "business_associate_present",
    "snapshot",
    "web_description",
];

/// Why the list could not be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ListError {
    #[error("cannot open {path}")]
    Open { path: String, source: std::io::Error },
    #[error("{path} is larger than {MAX_BYTES} bytes")]
    TooLarge { path: String },
    #[error("{path} has no header `{}`", HEADER.join(","))]
    Header { path: String },
    #[error("{path} is not comma separated text")]
    Csv { path: String, source: csv::Error },
    #[error("{path} has more than {MAX_ROWS} rows")]
    TooManyRows { path: String },
    #[error("{path}, line {line}: {cause}")]
    Row { path: String, line: u64, cause: RowError },
}

/// What is wrong with a row.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum RowError {
    #[error("a field is longer than {MAX_FIELD} bytes")]
    LongField,
    #[error("{column} is {value:?}; known are {known}")]
    Unknown { column: &'static str, value: String, known: String },
    #[error("individuals_affected is {0:?}, not a number from 1 to {MAX_PEOPLE}")]
    People(String),
    #[error("submission_date is {0:?}, not a day like 2024-02-29")]
    Date(String),
}

/// The list: its reports in the file's order, and the hash of the file.
#[derive(Debug)]
pub(crate) struct List {
    pub(crate) hash: Hash,
    pub(crate) breaches: Vec<Breach>,
}

/// Reads the list from a file.
pub(crate) fn read(path: &str) -> Result<List, ListError> {
    let open = |source| ListError::Open { path: path.to_owned(), source };
    let file = std::fs::File::open(path).map_err(open)?;
    let mut bytes = Vec::new();
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(open)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(ListError::TooLarge { path: path.to_owned() });
    }
    Ok(List { hash: Hash::of(&[&bytes]), breaches: rows(path, &bytes)? })
}

/// The rows of a file's bytes; `path` is for errors.
pub(crate) fn rows(path: &str, bytes: &[u8]) -> Result<Vec<Breach>, ListError> {
    let path = || path.to_owned();
    let csv = |source| ListError::Csv { path: path(), source };
    let mut reader = csv::ReaderBuilder::new().from_reader(bytes);
    if reader.headers().map_err(csv)? != HEADER.as_slice() {
        return Err(ListError::Header { path: path() });
    }
    let mut breaches = Vec::new();
    let mut row = csv::StringRecord::new();
    while reader.read_record(&mut row).map_err(csv)? {
        if breaches.len() >= MAX_ROWS {
            return Err(ListError::TooManyRows { path: path() });
        }
        let line = row.position().map_or(0, csv::Position::line);
        breaches.push(breach(&row).map_err(|cause| ListError::Row {
            path: path(),
            line,
            cause,
        })?);
    }
    Ok(breaches)
}

fn breach(row: &csv::StringRecord) -> Result<Breach, RowError> {
    if row.iter().any(|field| field.len() > MAX_FIELD) {
        return Err(RowError::LongField);
    }
    let field = |column: usize| row.get(column).unwrap_or_default().trim();
    let people = field(3).parse().ok().filter(|it| (1..=MAX_PEOPLE).contains(it));
    let (year, month) = month(field(4)).ok_or_else(|| RowError::Date(short(field(4))))?;
    Ok(Breach {
        year,
        month,
        reporter: word("covered_entity_type", field(2), &Reporter::WORDS)?,
        people: people.ok_or_else(|| RowError::People(short(field(3))))?,
        kinds: several("type_of_breach", field(5), &Kind::WORDS)?,
        places: several("location", field(6), &Place::WORDS)?,
        by_associate: word(
            "business_associate_present",
            field(7),
            &[("Yes", true), ("No", false)],
        )?,
        text: field(9).to_lowercase(),
    })
}

/// Year and month of a day like `2024-02-29`.
fn month(day: &str) -> Option<(u16, u8)> {
    let mut parts = day.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let digits = |it: &str, length| it.len() == length && it.bytes().all(|c| c.is_ascii_digit());
    let sound = digits(year, 4) && digits(month, 2) && digits(day, 2) && parts.next().is_none();
    let (year, month, day): (u16, u8, u8) =
        (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    let sound = sound && (1..=12).contains(&month) && (1..=31).contains(&day);
    // The list began with a law of 2009.
    (sound && (2009..2100).contains(&year)).then_some((year, month))
}

/// What a word stands for. One that is not known is an error: a new one could mean anything.
fn word<T: Copy>(column: &'static str, value: &str, words: &[(&str, T)]) -> Result<T, RowError> {
    let found = words.iter().find(|(known, _)| *known == value);
    found.map(|(_, meaning)| *meaning).ok_or_else(|| {
        let known: Vec<String> = words.iter().map(|(known, _)| format!("{known:?}")).collect();
        RowError::Unknown { column, value: short(value), known: known.join(", ") }
    })
}

/// What several words stand for; none where there are none.
fn several<T: Copy>(
    column: &'static str,
    value: &str,
    words: &[(&str, T)],
) -> Result<Vec<T>, RowError> {
    let named = value.split(',').map(str::trim).filter(|it| !it.is_empty());
    named.map(|it| word(column, it, words)).collect()
}

/// As much of a value as an error should repeat.
fn short(value: &str) -> String {
    value.chars().take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROW: &str = "ab,TX,Healthcare Provider,1200,2024-02-29,Hacking/IT Incident,\
                       \"Email, Network Server\",No,x,\"They wrote \"\"Phish\"\"\nand more\"";

    fn file(row: &str) -> String {
        format!("{}\n{row}\n", HEADER.join(","))
    }

    fn error(row: &str) -> String {
        rows("list.csv", file(row).as_bytes()).unwrap_err().to_string()
    }

    #[test]
    fn a_row_is_read_with_its_quotes_and_its_several_places() {
        let read = rows("list.csv", file(ROW).as_bytes()).unwrap();
        let [it] = &read[..] else { panic!("{read:?}") };
        assert_eq!((it.year, it.month, it.people), (2024, 2, 1200));
        assert_eq!((it.reporter, it.by_associate), (Reporter::Provider, false));
        assert_eq!(
            (&it.kinds[..], &it.places[..]),
            (&[Kind::Hacking][..], &[Place::Email, Place::Server][..])
        );
        assert_eq!(it.text, "they wrote \"phish\"\nand more");
    }

    #[test]
    fn what_is_not_known_is_an_error_with_line_and_cause() {
        assert_eq!(
            error(&ROW.replace("TX,Healthcare Provider", "TX,Hospital")),
            "list.csv, line 2: covered_entity_type is \"Hospital\"; known are \"Healthcare Provider\", \
             \"Business Associate\", \"Health Plan\", \"Healthcare Clearing House\", \"\""
        );
        assert_eq!(
            error(&ROW.replace("1200", "1,200").replace("1,200", "\"1,200\"")),
            "list.csv, line 2: individuals_affected is \"1,200\", not a number from 1 to 1000000000"
        );
        for day in ["2024-2-29", "02/29/2024", "2024-13-01", "1999-01-01", "2024-01-01-01", ""] {
            assert!(error(&ROW.replace("2024-02-29", day)).contains("submission_date is"), "{day}");
        }
        assert!(error(&ROW.replace("Network Server", "Cloud")).contains("location is \"Cloud\""));
        assert!(error(&ROW.replace(",No,", ",Maybe,")).contains("business_associate_present"));
        let long = ROW.replace("more", &"x".repeat(MAX_FIELD + 1));
        assert_eq!(error(&long), "list.csv, line 2: a field is longer than 32768 bytes");
    }

    #[test]
    fn what_is_no_list_is_refused() {
        let refused = |bytes: &[u8]| rows("list.csv", bytes).unwrap_err();
        assert!(matches!(refused(b""), ListError::Header { .. }));
        assert!(matches!(refused(b"a,b\n1,2\n"), ListError::Header { .. }));
        assert!(matches!(refused(file("a,b").as_bytes()), ListError::Csv { .. }));
        let bad = [file("").as_bytes(), b"\xff,,,,,,,,,\n"].concat();
        assert!(matches!(refused(&bad), ListError::Csv { .. }));
        assert!(matches!(read("/nowhere/list.csv").unwrap_err(), ListError::Open { .. }));
        let many = file(&format!("{ROW}\n").repeat(MAX_ROWS + 1));
        assert!(matches!(refused(many.as_bytes()), ListError::TooManyRows { .. }));
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..400)) {
            let _ = rows("list.csv", &bytes);
            let _ = rows("list.csv", &[file("").as_bytes(), &bytes].concat());
        }
    }
}

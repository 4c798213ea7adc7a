//! One cell of a table as the value of a fact, as a mapping says. A cell that is not understood is told
//! apart from an empty one; neither becomes "no".

use asepsis_core::time::Timestamp;
use serde_json::Value;

use super::{FactColumn, Reads};
use crate::import::{plain, products, table_day, table_moment, table_yes};

/// Most entries of a list; longest text.
const MOST: usize = 100;
const LONGEST: usize = 100;

/// A cell, and what is known of its row and column.
pub(crate) struct Cell<'a> {
    pub(crate) text: &'a str,
    /// When the world was as the row says.
    pub(crate) at: Timestamp,
    pub(crate) zone: &'a jiff::tz::TimeZone,
    /// The column writes the day before the month.
    pub(crate) day_first: bool,
}

/// The value; `None` if the cell is not understood.
pub(crate) fn value(fact: &FactColumn, cell: &Cell<'_>) -> Option<Value> {
    let text = cell.text.trim();
    match fact.reads {
        Reads::YesNo => {
            let given = plain(text);
            let among = |words: &[String]| words.iter().any(|word| plain(word) == given);
            // What the mapping says goes before what is understood anyway.
            let known = if among(&fact.yes) {
                Some(true)
            } else if among(&fact.no) {
                Some(false)
            } else {
                table_yes(text)
            };
            known.map(Value::from)
        }
        Reads::Number => number(text).map(Value::from),
        Reads::DaysSince => {
            let then = table_moment(text, cell.zone, cell.day_first)?;
            // A clock that is ahead by hours is no day in the future.
            (then <= cell.at.plus_days(1)).then(|| cell.at.days_since(then).max(0).into())
        }
        Reads::Day => table_day(text, cell.day_first).map(Value::from),
        Reads::Text => one(fact, text).map(Value::from),
        Reads::List => {
            let parts = text.split([',', ';', '\n']).map(str::trim).filter(|it| !it.is_empty());
            let mut list: Vec<String> =
                parts.take(MOST).map(|part| one(fact, part)).collect::<Option<_>>()?;
            list.sort_unstable();
            list.dedup();
            Some(list.into())
        }
    }
}

/// A text by the mapping's words, or as it is where the schema allows it.
fn one(fact: &FactColumn, text: &str) -> Option<String> {
    let given = plain(text);
    if let Some((_, meant)) = fact.words.iter().find(|(word, _)| plain(word) == given) {
        return Some(meant.clone());
    }
    if !fact.allowed.is_empty() {
        return fact.allowed.iter().find(|it| plain(it) == given).cloned();
    }
    if fact.path.starts_with("antivirus.products") {
        return Some(products::antivirus(text).to_owned());
    }
    let line: String = text.chars().filter(|c| !c.is_control()).take(LONGEST).collect();
    (!line.is_empty()).then_some(line)
}

/// `12`, `12 days`, `1,204`, `3.0`; parts of a whole are none.
fn number(text: &str) -> Option<i64> {
    let end = text.find(|c: char| !(c.is_ascii_digit() || ['.', ','].contains(&c)));
    let (digits, rest) = text.split_at_checked(end.unwrap_or(text.len()))?;
    if rest.chars().any(|c| c.is_ascii_digit()) {
        return None;
    }
    let mut groups = digits.split(',');
    let mut whole = groups.next()?.to_owned();
    for group in groups {
        if group.split('.').next().is_none_or(|it| it.len() != 3) {
            return None;
        }
        whole.push_str(group);
    }
    let (whole, part) = whole.split_once('.').unwrap_or((&whole, ""));
    if part.chars().any(|c| c != '0') {
        return None;
    }
    whole.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_are_whole_or_none() {
        for (text, expected) in [
            ("12", Some(12)),
            ("12 days", Some(12)),
            ("1,204", Some(1204)),
            ("1,204,003", Some(1_204_003)),
            ("3.0", Some(3)),
            ("0", Some(0)),
            ("1,5", None),
            ("2.5", None),
            ("-3", None),
            ("3 of 12", None),
            ("many", None),
            ("99999999999999999999", None),
            ("", None),
        ] {
            assert_eq!(number(text), expected, "{text}");
        }
    }
}

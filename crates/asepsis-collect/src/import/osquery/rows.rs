//! Rows of a table: names of columns with their values as text, borrowed from the line where possible.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};

/// Most columns of one row.
const MOST_COLUMNS: usize = 128;

/// One row. A value that is no text is written as osquery writes it.
#[derive(Debug, Default)]
pub(super) struct Row<'a>(Vec<(Cow<'a, str>, Cow<'a, str>)>);

impl Row<'_> {
    /// The value of a column; `None` if it is missing or empty.
    pub(super) fn get(&self, column: &str) -> Option<&str> {
        let found = self.0.iter().find(|(name, _)| name == column);
        found.map(|(_, value)| value.trim()).filter(|it| !it.is_empty())
    }

    pub(super) fn number(&self, column: &str) -> Option<i64> {
        let text = self.get(column)?;
        text.parse().ok().or_else(|| {
            let (whole, _) = text.split_once('.')?;
            whole.parse().ok()
        })
    }

    /// The columns' names, in order.
    pub(super) fn columns(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.0.iter().map(|(name, _)| &**name).collect();
        names.sort_unstable();
        names
    }

    /// The row with a spelling of its own: for knowing it again.
    pub(super) fn spelled(&self) -> Box<str> {
        let mut cells: Vec<&(Cow<'_, str>, Cow<'_, str>)> = self.0.iter().collect();
        cells.sort_unstable();
        serde_json::to_string(&cells).unwrap_or_default().into()
    }

    /// The row that was spelled so.
    pub(super) fn respelled(text: &str) -> Row<'_> {
        Row(serde_json::from_str(text).unwrap_or_default())
    }
}

pub(super) fn row(text: &str) -> Result<Row<'_>, serde_json::Error> {
    serde_json::from_str(text)
}

/// A list of rows. osquery writes an empty text where there is none.
pub(super) fn rows(text: &str) -> Result<Vec<Row<'_>>, serde_json::Error> {
    if text.trim() == "\"\"" { Ok(Vec::new()) } else { serde_json::from_str(text) }
}

impl<'de: 'a, 'a> Deserialize<'de> for Row<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(RowVisitor)
    }
}

struct RowVisitor;

impl<'de> Visitor<'de> for RowVisitor {
    type Value = Row<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a row of a table")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Row<'de>, A::Error> {
        let mut row = Row::default();
        while let Some(Text(name)) = map.next_key()? {
            let Text(value) = map.next_value()?;
            if row.0.len() >= MOST_COLUMNS {
                return Err(serde::de::Error::custom("a row has too many columns"));
            }
            row.0.push((name, value));
        }
        Ok(row)
    }
}

/// A text, or a plain value as text.
#[derive(Debug)]
pub(super) struct Text<'a>(pub(super) Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextVisitor)
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Text<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text or a number")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Text<'de>, E> {
        Ok(Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Text<'de>, E> {
        Ok(Text(Cow::Owned(text.to_owned())))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Text<'de>, E> {
        Ok(Text(Cow::Owned(number.to_string())))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Text<'de>, E> {
        Ok(Text(Cow::Owned(number.to_string())))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Text<'de>, E> {
        Ok(Text(Cow::Owned(number.to_string())))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Text<'de>, E> {
        Ok(Text(Cow::Borrowed(if value { "1" } else { "0" })))
    }

    fn visit_unit<E>(self) -> Result<Text<'de>, E> {
        Ok(Text(Cow::Borrowed("")))
    }
}

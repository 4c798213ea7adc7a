//! Lists of objects as tables: what the programming interfaces of cloud services answer. Pages that
//! were saved one behind the other are read as one.

use std::collections::BTreeMap;

use serde_json::Value;

use super::super::{Input, ReadError};
use super::{LARGEST, MOST_COLUMNS, MOST_ROWS, Table, text};

/// Most levels of objects within objects.
const DEEPEST: usize = 4;

impl Table {
    /// Reads `[{…}]`, `{"value": [{…}]}` or `{"users": [{…}]}`, one or more of them.
    pub(super) fn read_json(input: Input<'_>, format: &'static str) -> Result<Self, ReadError> {
        let bytes = input.whole(LARGEST)?;
        let damaged = |place: String, why: String| ReadError::Damaged { format, place, why };
        let mut objects: Vec<BTreeMap<String, String>> = Vec::new();
        let pages = serde_json::Deserializer::from_slice(&bytes).into_iter::<Value>();
        for (number, page) in pages.enumerate() {
            let page =
                page.map_err(|error| damaged(format!("page {}", number + 1), error.to_string()))?;
            let items = match page {
                Value::Array(items) => items,
                Value::Object(mut map) => {
                    match ["value", "users", "data"].iter().find_map(|key| map.remove(*key)) {
                        Some(Value::Array(items)) => items,
                        _ => {
                            let why = "it holds no list".to_owned();
                            return Err(damaged(format!("page {}", number + 1), why));
                        }
                    }
                }
                _ => Vec::new(),
            };
            if objects.len() + items.len() > MOST_ROWS {
                let what = format!("more than {MOST_ROWS} rows");
                return Err(ReadError::TooLarge { what, most: MOST_ROWS as u64 });
            }
            for item in items {
                let mut cells = BTreeMap::new();
                flatten("", &item, 0, &mut cells);
                objects.push(cells);
            }
        }
        let mut titles: Vec<String> = Vec::new();
        for title in objects.iter().flat_map(BTreeMap::keys) {
            if titles.len() < MOST_COLUMNS && !titles.contains(title) {
                titles.push(title.clone());
            }
        }
        let row = |cells: BTreeMap<String, String>| {
            titles.iter().map(|title| cells.get(title).cloned().unwrap_or_default()).collect()
        };
        let rows = objects.into_iter().map(row).enumerate();
        let rows = std::iter::once((0, csv::StringRecord::new()))
            .chain(rows.map(|(at, cells)| (at as u64 + 1, cells)));
        let rows = rows.collect();
        Ok(Self::of(titles, rows, 0))
    }
}

fn flatten(start: &str, value: &Value, depth: usize, out: &mut BTreeMap<String, String>) {
    match value {
        Value::Object(map) if depth < DEEPEST => {
            for (key, value) in map.iter().take(MOST_COLUMNS) {
                flatten(&format!("{start}{}", text::plain(key)), value, depth + 1, out);
            }
        }
        Value::Array(items) => {
            let items: Vec<String> = items.iter().take(100).filter_map(plain).collect();
            // An empty list says something: none is there.
            let joined = if items.is_empty() { "[]".to_owned() } else { items.join(";") };
            out.insert(start.to_owned(), joined);
        }
        other => {
            if let Some(text) = plain(other) {
                out.insert(start.to_owned(), text);
            }
        }
    }
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

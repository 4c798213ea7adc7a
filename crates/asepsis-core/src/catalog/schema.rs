//! Schemas of observations: which paths a fact may have, of which type, and what absence means.

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::predicate::{PathType, Types};

/// One schema, as in `email-domain/1`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schema {
    /// Its id: name and number.
    pub schema: String,
    /// What one observation is about: `domain`, `computer`.
    pub subject: String,
    /// For people.
    pub title: String,
    /// How many subjects are expected: `domains` (those the organization names) or the name of an
    /// organization attribute that holds a number (`computers`); `listed` where whoever lists them
    /// lists all (the accounts of a directory).
    pub expected: String,
    /// Every path under `fact`.
    #[serde(rename = "path")]
    pub paths: Vec<SchemaPath>,
}

/// One path under `fact`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SchemaPath {
    /// Dotted; elements of a list are written `list[]`.
    pub path: String,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: PathType,
    /// The values a text may have.
    #[serde(default)]
    pub values: Vec<String>,
    /// Unit of a number.
    #[serde(default)]
    pub unit: Option<String>,
    /// For a number of days that passes by itself: whether it grows or shrinks with each day.
    #[serde(default)]
    pub ages: Option<Ages>,
    /// What it means.
    pub means: String,
    /// What its absence means.
    pub absent: String,
}

/// Which way a number of days goes while nothing else happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ages {
    /// Days since something.
    Up,
    /// Days until something.
    Down,
}

impl Types for Schema {
    fn type_of(&self, path: &str) -> Option<PathType> {
        if let Some(found) = self.paths.iter().find(|known| known.path == path) {
            return Some(found.kind);
        }
        // Maps between the root and a path need no line of their own.
        let below = |mark: &str| {
            let prefix = format!("{path}{mark}");
            self.paths.iter().any(|known| known.path.starts_with(&prefix))
        };
        if below("[]") {
            Some(PathType::List)
        } else if below(".") {
            Some(PathType::Map)
        } else {
            None
        }
    }

    fn values_of(&self, path: &str) -> &[String] {
        self.paths.iter().find(|known| known.path == path).map_or(&[], |known| &known.values)
    }
}

impl Schema {
    /// What in a fact the schema does not have: paths with the reason. Empty if it fits.
    pub fn misfits(&self, fact: &Map<String, Value>) -> Vec<String> {
        let mut out = Vec::new();
        for (key, value) in fact {
            self.walk(key, value, &mut out);
        }
        out
    }

    fn walk(&self, path: &str, value: &Value, out: &mut Vec<String>) {
        let Some(expected) = self.type_of(path) else {
            out.push(format!("`{path}` is not in the schema {}", self.schema));
            return;
        };
        match (value, expected) {
            (Value::Object(map), PathType::Map) => {
                for (key, member) in map {
                    self.walk(&format!("{path}.{key}"), member, out);
                }
            }
            (Value::Array(items), PathType::List) => {
                let path = format!("{path}[]");
                items.iter().for_each(|item| self.walk(&path, item, out));
            }
            (Value::Bool(_), PathType::Bool) => {}
            (Value::Number(number), PathType::Int) if number.is_i64() => {}
            (Value::String(text), PathType::String) => {
                let values = self.values_of(path);
                if !values.is_empty() && !values.contains(text) {
                    out.push(format!("`{path}` is {text:?}, not one of {}", values.join(", ")));
                }
            }
            (Value::Null, _) => out.push(format!("`{path}` is null; leave it out instead")),
            _ => out.push(format!("`{path}` is not of type {expected:?}")),
        }
    }
}

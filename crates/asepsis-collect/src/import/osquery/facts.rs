//! Facts of one computer, small: names are shared, values take their own room only.

use std::collections::HashSet;
use std::sync::Arc;

use serde_json::Value;

/// A value of a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Small {
    Bool(bool),
    Int(i64),
    Text(Arc<str>),
    List(Box<[&'static str]>),
    /// Not known, for this reason.
    Missed(&'static str),
}

impl Small {
    /// As a value of JSON; `None` where it is not known.
    pub(super) fn value(&self) -> Option<Value> {
        Some(match self {
            Self::Bool(it) => Value::from(*it),
            Self::Int(it) => Value::from(*it),
            Self::Text(it) => Value::from(&**it),
            Self::List(it) => Value::from(it.to_vec()),
            Self::Missed(_) => return None,
        })
    }
}

/// What the answer to one query tells.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub(super) all: Vec<(&'static str, Small)>,
}

impl Facts {
    pub(super) fn saw(&mut self, path: &'static str, value: bool) {
        self.all.push((path, Small::Bool(value)));
    }

    /// A fact that may be unknown.
    pub(super) fn maybe(&mut self, path: &'static str, value: Option<bool>, why: &'static str) {
        self.all.push((path, value.map_or(Small::Missed(why), Small::Bool)));
    }

    pub(super) fn number(&mut self, path: &'static str, value: i64) {
        self.all.push((path, Small::Int(value)));
    }

    pub(super) fn text(&mut self, path: &'static str, value: &str) {
        let value: String = value.chars().filter(|c| !c.is_control()).take(120).collect();
        self.all.push((path, Small::Text(value.into())));
    }

    pub(super) fn list(&mut self, path: &'static str, mut value: Vec<&'static str>) {
        value.sort_unstable();
        value.dedup();
        self.all.push((path, Small::List(value.into())));
    }

    pub(super) fn missed(&mut self, path: &'static str, why: &'static str) {
        self.all.push((path, Small::Missed(why)));
    }

    /// Texts that many computers share take room once.
    pub(super) fn share(&mut self, texts: &mut HashSet<Arc<str>>) {
        for (_, value) in &mut self.all {
            if let Small::Text(text) = value {
                match texts.get(text) {
                    Some(known) => *text = known.clone(),
                    None => {
                        texts.insert(text.clone());
                    }
                }
            }
        }
        self.all.shrink_to_fit();
    }
}

//! Who serves which part: the way from a part to its checks and questions.

use std::collections::BTreeMap;

use super::{Check, PartRef, Question};

/// Positions in the catalog's lists, by part and by schema.
#[derive(Clone, Debug, Default)]
pub struct Index {
    checks: BTreeMap<PartRef, Vec<usize>>,
    questions: BTreeMap<PartRef, Vec<usize>>,
    by_schema: BTreeMap<String, Vec<usize>>,
}

impl Index {
    pub(super) fn new(checks: &[Check], questions: &[Question]) -> Self {
        let mut index = Self::default();
        for (at, check) in checks.iter().enumerate() {
            index.by_schema.entry(check.reads.clone()).or_default().push(at);
            for part in &check.serves {
                index.checks.entry(part.clone()).or_default().push(at);
            }
        }
        for (at, question) in questions.iter().enumerate() {
            for part in question.parts() {
                let list = index.questions.entry(part.clone()).or_default();
                if list.last() != Some(&at) {
                    list.push(at);
                }
            }
        }
        index
    }

    /// Checks that serve a part, as positions in `Catalog::checks`.
    pub fn checks(&self, part: &PartRef) -> &[usize] {
        self.checks.get(part).map_or(&[], Vec::as_slice)
    }

    /// Questions that serve a part, as positions in `Catalog::questions`.
    pub fn questions(&self, part: &PartRef) -> &[usize] {
        self.questions.get(part).map_or(&[], Vec::as_slice)
    }

    /// Checks that read a schema, as positions in `Catalog::checks`.
    pub fn readers(&self, schema: &str) -> &[usize] {
        self.by_schema.get(schema).map_or(&[], Vec::as_slice)
    }

    /// All parts that something serves.
    pub(super) fn served(&self) -> impl Iterator<Item = &PartRef> {
        self.checks.keys().chain(self.questions.keys())
    }
}

//! Where an organization fits: HICP's size table, its deciding rows named.

use serde::Serialize;

use crate::catalog::Catalog;
use crate::organization::{Organization, Size};

/// The size class and what decided it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SizeBasis {
    /// The class.
    pub size: Size,
    /// How it was found: `chosen`, `table` or `assumed`.
    pub by: &'static str,
    /// Rows of the table that stand for this class.
    pub deciding: Vec<String>,
    /// Rows that stand for another class.
    pub against: Vec<String>,
    /// In a sentence.
    pub sentence: String,
}

/// Classifies by the table: the column that fits most attributes (HICP, Main Document, "where do
/// you fit"). A tie goes to the larger column: to protect too little is the worse mistake (our
/// judgment). A choice by people stands, and is said. Nothing known: small, and said.
pub fn classify(catalog: &Catalog, organization: &Organization) -> SizeBasis {
    let votes = |size| organization.attributes.values().filter(|it| **it == size).count();
    let by_table = Size::ALL.into_iter().max_by_key(|size| (votes(*size), *size));
    let (size, by) = match (organization.chosen_size, by_table) {
        (Some(size), _) => (size, "chosen"),
        (None, Some(size)) if !organization.attributes.is_empty() => (size, "table"),
        _ => (Size::Small, "assumed"),
    };
    let title = |id: &String| {
        let row = catalog.sizes.attributes.iter().find(|row| row.id == *id);
        row.map_or_else(|| id.clone(), |row| row.title.clone())
    };
    let rows = |fits: bool| {
        let wanted = move |it: &&Size| (**it == size) == fits;
        let rows = organization.attributes.iter().filter(move |(_, it)| wanted(it));
        rows.map(|(id, _)| title(id)).collect::<Vec<_>>()
    };
    let (deciding, against) = (rows(true), rows(false));
    let sentence = match by {
        "chosen" => format!("{size}, by your choice"),
        "table" => format!(
            "{size}, by {} of {} attributes of the size table: {}",
            deciding.len(),
            organization.attributes.len(),
            deciding.join(", ")
        ),
        _ => format!("{size}, assumed until you say more about your organization"),
    };
    SizeBasis { size, by, deciding, against, sentence }
}

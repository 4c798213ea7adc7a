//! HICP's "where do you fit" table. Classification itself is in `engine::size`.

use serde::Deserialize;

use super::Certainty;
use crate::organization::Size;

/// `sizes.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SizeTable {
    /// How the table is used.
    pub rule: String,
    /// How sure.
    pub certainty: Certainty,
    /// Its rows.
    #[serde(rename = "attribute")]
    pub attributes: Vec<SizeAttribute>,
}

/// One row: what each size looks like by one attribute.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SizeAttribute {
    /// As in `physicians`.
    pub id: String,
    /// For people.
    pub title: String,
    /// How a small organization looks.
    pub small: String,
    /// How a medium one looks.
    pub medium: String,
    /// How a large one looks.
    pub large: String,
    /// Where the attribute is a number: the bounds of the columns.
    #[serde(default)]
    pub bounds: Option<Bounds>,
}

/// Greatest numbers of the small and the medium column.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bounds {
    /// Greatest number that is small.
    pub small: u64,
    /// Greatest number that is medium.
    pub medium: u64,
}

impl Bounds {
    /// The column a number falls in.
    pub const fn column(self, number: u64) -> Size {
        if number <= self.small {
            Size::Small
        } else if number <= self.medium {
            Size::Medium
        } else {
            Size::Large
        }
    }
}

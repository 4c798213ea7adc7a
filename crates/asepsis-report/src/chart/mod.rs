//! Charts, drawn by hand as SVG: no script, no color that means anything alone, no number without its
//! range. Each has a name and a description; the page sets a table beside it. Knows no page and no words
//! but those it is given.

mod exceedance;
mod icons;
mod scale;
mod span;
mod tornado;

pub use exceedance::{Exceedance, Line, Point};
pub use icons::{Icons, icons};
pub use span::{Span, span};
pub use tornado::{Bar, tornado};

#[cfg(test)]
mod tests;

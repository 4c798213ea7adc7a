//! A number as it is shown: never without its range, what it rests on and where that can be read.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::catalog::{ActionBasis, Badge};

/// A number with its 90 % range.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figure {
    /// The number itself; a mean unless said.
    pub value: f64,
    /// In one world of twenty it is less.
    pub low: f64,
    /// In one world of twenty it is more.
    pub high: f64,
    /// The weakest of what it rests on.
    pub badge: Badge,
    /// Ids of sources, in order.
    pub sources: Vec<String>,
}

impl Figure {
    /// A number that rests on these.
    pub fn new(value: f64, (low, high): (f64, f64), grounds: &Grounds) -> Self {
        Self {
            value: rounded(value),
            low: rounded(low.min(value)),
            high: rounded(high.max(value)),
            badge: grounds.badge,
            sources: grounds.sources.iter().cloned().collect(),
        }
    }
}

impl Figure {
    /// The same number in another range, which holds it.
    #[must_use]
    pub(super) fn within(self, (low, high): (f64, f64)) -> Self {
        let (low, high) = (rounded(low.min(self.value)), rounded(high.max(self.value)));
        Self { low, high, ..self }
    }
}

/// What a number rests on: grows with each input, and is as weak as the weakest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grounds {
    badge: Badge,
    sources: BTreeSet<String>,
}

impl Default for Grounds {
    fn default() -> Self {
        Self { badge: Badge::Data, sources: BTreeSet::new() }
    }
}

impl Grounds {
    /// One more input.
    pub fn add(&mut self, badge: Badge, source: &str) {
        self.badge = self.badge.max(badge);
        self.sources.insert(source.to_owned());
    }

    /// One more input, with its badge and source together.
    pub fn on(&mut self, basis: &ActionBasis) {
        self.add(basis.badge, &basis.source);
    }

    /// All that another number rests on.
    pub fn and(&mut self, other: &Self) {
        self.badge = self.badge.max(other.badge);
        self.sources.extend(other.sources.iter().cloned());
    }
}

/// To three significant digits: more would be false, and the last bits of a sum differ from one
/// machine to the next.
pub fn rounded(value: f64) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return value;
    }
    // Through text, so that 0.1 stays 0.1.
    format!("{value:.2e}").parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_digits_are_kept() {
        assert_eq!(rounded(3742.9), 3740.0);
        assert_eq!(rounded(0.000_123_46), 0.000_123);
        assert_eq!(rounded(-99_950.0), -100_000.0);
        assert_eq!(rounded(0.0), 0.0);
    }

    #[test]
    fn a_number_is_as_weak_as_its_weakest_ground() {
        let mut grounds = Grounds::default();
        grounds.add(Badge::Data, "trial");
        grounds.add(Badge::Judgment, "our-judgment");
        grounds.add(Badge::Survey, "claims");
        let figure = Figure::new(1.0, (2.0, 3.0), &grounds);
        assert_eq!(figure.badge, Badge::Judgment);
        assert_eq!(figure.sources, ["claims", "our-judgment", "trial"]);
        assert_eq!((figure.low, figure.high), (1.0, 3.0), "the range holds the number");
    }
}

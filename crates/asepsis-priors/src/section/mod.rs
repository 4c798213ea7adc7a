//! The sections of the report: each computes and prints one.

use std::ops::RangeInclusive;

pub(crate) mod frequency;
pub(crate) mod hold_out;
pub(crate) mod sizes;
pub(crate) mod texts;
pub(crate) mod years;

/// The years over which sizes are looked at: since hacked servers have become common.
const RECENT: RangeInclusive<u16> = 2019..=2025;

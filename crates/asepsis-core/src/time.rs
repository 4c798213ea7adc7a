//! Points in time and spans of days. No clock lives here: time is always handed in.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A point in time: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

/// The years 0001 to 9999, which RFC 3339 can write, in milliseconds.
const YEARS: std::ops::Range<i64> = -62_135_596_800_000..253_402_300_800_000;

/// Milliseconds in a day.
pub const DAY_MS: i64 = 86_400_000;

impl Timestamp {
    /// From milliseconds since the Unix epoch.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since the Unix epoch.
    pub const fn as_millis(self) -> i64 {
        self.0
    }

    /// This moment plus a number of whole days of 24 hours; saturates at the ends of time.
    pub const fn plus_days(self, days: i64) -> Self {
        Self(self.0.saturating_add(days.saturating_mul(DAY_MS)))
    }

    /// Whole days from `earlier` to this moment, rounded down; negative if `earlier` is later.
    pub const fn days_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0).div_euclid(DAY_MS)
    }

    /// The calendar day in UTC, as `2026-11-24`.
    pub fn date(self) -> String {
        self.to_string().chars().take(10).collect()
    }
}

/// A time that is not RFC 3339, or lies outside the years 0001 to 9999.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{text:?} is not a time as in 2026-11-24T09:14:00Z")]
pub struct TimeError {
    /// What was given.
    pub text: String,
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match jiff::Timestamp::from_millisecond(self.0) {
            Ok(at) => write!(f, "{at:.3}"),
            Err(_) => write!(f, "{}ms", self.0),
        }
    }
}

impl FromStr for Timestamp {
    type Err = TimeError;

    fn from_str(text: &str) -> Result<Self, TimeError> {
        match text.parse::<jiff::Timestamp>() {
            Ok(at) if YEARS.contains(&at.as_millisecond()) => Ok(Self(at.as_millisecond())),
            _ => Err(TimeError { text: text.to_owned() }),
        }
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// How long evidence stays fresh, in whole days; written `30d`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Days(pub u32);

impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}d", self.0)
    }
}

impl FromStr for Days {
    type Err = TimeError;

    fn from_str(text: &str) -> Result<Self, TimeError> {
        text.strip_suffix('d')
            .and_then(|n| n.parse().ok())
            .filter(|n| (1..=3660).contains(n))
            .map(Days)
            .ok_or_else(|| TimeError { text: text.to_owned() })
    }
}

impl<'de> Deserialize<'de> for Days {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|_| {
            serde::de::Error::custom(format!("{text:?} is not a number of days as in \"30d\""))
        })
    }
}

impl Serialize for Days {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_reads_back_as_it_was_written() {
        let at: Timestamp = "2026-11-24T09:14:00.5Z".parse().unwrap();
        assert_eq!(at.to_string(), "2026-11-24T09:14:00.500Z");
        assert_eq!(at.date(), "2026-11-24");
        assert_eq!(at.plus_days(3).days_since(at), 3);
        assert!("yesterday".parse::<Timestamp>().is_err());
        assert_eq!("30d".parse::<Days>().unwrap(), Days(30));
        assert!("0d".parse::<Days>().is_err());
    }
}

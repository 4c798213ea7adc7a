//! `1.S.A/sender-authentication`: how checks and questions name the part they serve.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A part of a sub-practice.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartRef {
    /// Id of the sub-practice, as printed.
    pub sub_practice: String,
    /// Id of the part inside it.
    pub part: String,
}

impl fmt::Display for PartRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.sub_practice, self.part)
    }
}

impl FromStr for PartRef {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once('/') {
            Some((sub, part)) if !sub.is_empty() && !part.is_empty() => {
                Ok(Self { sub_practice: sub.to_owned(), part: part.to_owned() })
            }
            _ => Err(format!("{text:?} names no part; write it as in \"2.S.A/disk-encryption\"")),
        }
    }
}

impl Serialize for PartRef {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PartRef {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

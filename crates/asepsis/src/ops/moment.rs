//! `--as-of 2026-11-24`: the end of that day in the organization's own time zone.

use asepsis_core::time::Timestamp;

/// Which evidence time is judged, and how much of the ledger was known.
#[derive(Clone, Debug, Default)]
pub struct AsOf {
    /// A day, or a time as in RFC 3339; now if absent.
    pub date: Option<String>,
    /// Only the first so many ledger entries.
    pub known_at: Option<u64>,
    /// Judge the past with today's catalog instead of the one then in force.
    pub catalog_of_today: bool,
}

/// A moment that cannot be.
#[derive(Debug, thiserror::Error)]
pub enum MomentError {
    /// Neither a day nor a time.
    #[error("{0:?} is neither a day as in 2026-11-24 nor a time as in 2026-11-24T09:14:00Z")]
    Text(String),
    /// The organization's time zone is unknown to this system.
    #[error("the time zone {0:?} is not known")]
    Zone(String),
}

/// The last millisecond of a day in a time zone; a time is taken as it is.
pub fn end_of_day(text: &str, zone: &str) -> Result<Timestamp, MomentError> {
    if let Ok(at) = text.parse() {
        return Ok(at);
    }
    let wrong = || MomentError::Text(text.to_owned());
    let day: jiff::civil::Date = text.parse().map_err(|_| wrong())?;
    let zone = jiff::tz::TimeZone::get(zone).map_err(|_| MomentError::Zone(zone.to_owned()))?;
    let next = day.tomorrow().map_err(|_| wrong())?;
    let end = next.to_zoned_datetime(zone).map_err(|_| wrong())?.timestamp().as_millisecond() - 1;
    Ok(Timestamp::from_millis(end))
}

/// A time zone by its IANA name; UTC if it is not known here.
pub fn zone(name: &str) -> jiff::tz::TimeZone {
    jiff::tz::TimeZone::get(name).unwrap_or(jiff::tz::TimeZone::UTC)
}

/// The day of a moment in a time zone, as `2026-11-24`.
pub fn day(at: Timestamp, zone: &jiff::tz::TimeZone) -> String {
    match jiff::Timestamp::from_millisecond(at.as_millis()) {
        Ok(time) => time.to_zoned_datetime(zone.clone()).date().to_string(),
        Err(_) => at.date(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_ends_at_its_own_midnight() {
        let end = |day, zone| end_of_day(day, zone).unwrap().to_string();
        assert_eq!(end("2026-11-24", "America/Chicago"), "2026-11-25T05:59:59.999Z");
        // The day on which clocks go forward has 23 hours.
        assert_eq!(end("2026-03-08", "America/New_York"), "2026-03-09T03:59:59.999Z");
        assert_eq!(end("2026-11-24T09:14:00Z", "UTC"), "2026-11-24T09:14:00.000Z");
        // And reads back as the same day.
        let chicago = zone("America/Chicago");
        let at = end_of_day("2026-11-24", "America/Chicago").unwrap();
        assert_eq!(day(at, &chicago), "2026-11-24");
        assert!(end_of_day("soon", "UTC").is_err());
        assert!(end_of_day("2026-11-24", "Mars/Olympus").is_err());
    }
}

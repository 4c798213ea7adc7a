//! Days and moments in the ways that exports write them. Dates that stand for "never" are none.

use asepsis_core::time::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

/// Nothing that is imported happened before 1990 or lies after 2100: makers write 1601, 1970 or 9999
/// where there is no date.
fn sane(date: Date) -> Option<Date> {
    (1990..2100).contains(&date.year()).then_some(date)
}

/// Whether a date can only have the day before the month: `24/11/2026`.
pub(super) fn must_be_day_first(text: &str) -> bool {
    let numbers = numbers(text);
    matches!(numbers.as_slice(), [13..=31, 1..=12, ..]) && text.contains(['/', '-'])
}

fn numbers(text: &str) -> Vec<i32> {
    let day = text.split([' ', 'T', ',']).next().unwrap_or_default();
    day.split(['/', '-', '.']).filter_map(|it| it.parse().ok()).collect()
}

/// The day in a text: `2026-11-24`, `11/24/2026`, `24.11.2026`, `Nov 24, 2026`.
pub(super) fn day(text: &str, day_first: bool) -> Option<Date> {
    let text = text.trim();
    if let Some(at) = epoch(text) {
        return sane(at.to_zoned_datetime(TimeZone::UTC).date());
    }
    let small = |it: i32| i8::try_from(it).ok();
    let date = match numbers(text).as_slice() {
        [year, month, day, ..] if *year >= 1000 => {
            Date::new(i16::try_from(*year).ok()?, small(*month)?, small(*day)?)
        }
        [a, b, year, ..] if *year >= 1000 => {
            let dotted = text.split(' ').next().is_some_and(|it| it.contains('.'));
            let (month, day) = if dotted || day_first { (*b, *a) } else { (*a, *b) };
            Date::new(i16::try_from(*year).ok()?, small(month)?, small(day)?)
        }
        _ => {
            let words = text.replace(',', " ");
            let words: Vec<&str> = words.split_whitespace().take(3).collect();
            let words = words.join(" ");
            return ["%b %d %Y", "%B %d %Y", "%d %b %Y", "%d-%b-%Y"]
                .iter()
                .find_map(|format| Date::strptime(format, &words).ok())
                .and_then(sane);
        }
    };
    date.ok().and_then(sane)
}

/// The same, as `2026-11-24`.
pub(crate) fn day_text(text: &str, day_first: bool) -> Option<String> {
    day(text, day_first).map(|it| it.to_string())
}

/// .NET writes `/Date(1777406310050)/`; some write seconds or milliseconds since 1970.
fn epoch(text: &str) -> Option<jiff::Timestamp> {
    let inner = text.strip_prefix("/Date(").and_then(|it| it.strip_suffix(")/")).unwrap_or(text);
    let number: i64 = inner.parse().ok()?;
    match number {
        600_000_000_000..4_102_444_800_000 => jiff::Timestamp::from_millisecond(number).ok(),
        600_000_000..4_102_444_800 => jiff::Timestamp::from_second(number).ok(),
        _ => None,
    }
}

/// A moment. A text without a time of day means the beginning of that day in the zone.
pub(crate) fn moment(text: &str, zone: &TimeZone, day_first: bool) -> Option<Timestamp> {
    let text = text.trim();
    let of = |at: jiff::Timestamp| {
        sane(at.to_zoned_datetime(TimeZone::UTC).date())?;
        Some(Timestamp::from_millis(at.as_millisecond()))
    };
    if let Some(at) = epoch(text).or_else(|| text.parse().ok()) {
        return of(at);
    }
    let date = day(text, day_first)?;
    let time = time_of_day(text).unwrap_or(jiff::civil::Time::midnight());
    let utc = text.ends_with("UTC") || text.ends_with("GMT");
    let zone = if utc { TimeZone::UTC } else { zone.clone() };
    of(DateTime::from_parts(date, time).to_zoned_datetime(zone).ok()?.timestamp())
}

/// `3:05:00 PM`, `15:05`.
fn time_of_day(text: &str) -> Option<jiff::civil::Time> {
    let clock = text.split([' ', 'T']).find(|it| it.contains(':'))?;
    let mut numbers = clock.split(':').map(|it| {
        it.chars().take_while(char::is_ascii_digit).collect::<String>().parse::<i8>().ok()
    });
    let (hour, minute) = (numbers.next()??, numbers.next()??);
    let second = numbers.next().flatten().unwrap_or(0);
    let upper = text.to_ascii_uppercase();
    let hour = match (upper.contains("PM"), upper.contains("AM"), hour) {
        (true, _, 1..=11) => hour + 12,
        (_, true, 12) => 0,
        _ => hour,
    };
    jiff::civil::Time::new(hour, minute, second, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_moments_are_read_in_the_ways_that_exports_write_them() {
        for (text, expected) in [
            ("2026-11-24", "2026-11-24"),
            ("2026-11-24T15:05:00Z", "2026-11-24"),
            ("11/24/2026", "2026-11-24"),
            ("11/24/2026 3:05:00 PM", "2026-11-24"),
            ("24.11.2026", "2026-11-24"),
            ("Nov 24, 2026", "2026-11-24"),
            ("24-Nov-2026", "2026-11-24"),
            ("/Date(1777406310050)/", "2026-04-28"),
        ] {
            assert_eq!(
                day(text, false).map(|it| it.to_string()).as_deref(),
                Some(expected),
                "{text}"
            );
        }
        assert_eq!(day("3/4/2026", true).unwrap().to_string(), "2026-04-03");
        assert!(must_be_day_first("24/11/2026") && !must_be_day_first("11/24/2026"));
        for never in [
            "1601-01-01",
            "1/1/1970 12:00:00 AM",
            "9999-12-31",
            "0001-01-01T00:00:00",
            "0",
            "soon",
            "",
            "13/13/2026",
        ] {
            assert_eq!(day(never, false), None, "{never}");
            assert_eq!(moment(never, &TimeZone::UTC, false), None, "{never}");
        }
        let chicago = TimeZone::fixed(jiff::tz::offset(-6));
        let at = |text| moment(text, &chicago, false).unwrap().to_string();
        assert_eq!(at("11/24/2026 3:05:00 PM"), "2026-11-24T21:05:00.000Z");
        assert_eq!(at("11/24/2026 12:05 AM"), "2026-11-24T06:05:00.000Z");
        assert_eq!(at("2026-11-24T15:05:00Z"), "2026-11-24T15:05:00.000Z");
        assert_eq!(at("2026-11-24"), "2026-11-24T06:00:00.000Z");
        assert_eq!(at("2026-11-24 15:05:00 UTC"), "2026-11-24T15:05:00.000Z");
    }
}

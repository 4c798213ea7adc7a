//! The times of directories: 100-nanosecond steps since 1601, and generalized time. Values that stand
//! for "never", and those that no clock of a clinic can have written, are no times.

use asepsis_core::time::Timestamp;

/// Milliseconds from 1601 to 1970.
const SINCE_1601: i64 = 11_644_473_600_000;
/// 2100-01-01; our judgment of how far ahead anything is set in earnest.
const END: i64 = 4_102_444_800_000;

/// A value of type `Interval` of Active Directory (MS-ADTS section 2.2.1 and the attributes' own).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FileTime {
    /// 0 or the largest number: it says "never" or "not set".
    Never,
    /// A time.
    At(Timestamp),
    /// Before 1970 or after 2100.
    Odd,
}

/// Reads such a value.
pub(super) fn file_time(value: i64) -> FileTime {
    if value == 0 || value == i64::MAX {
        return FileTime::Never;
    }
    match sane(value / 10_000 - SINCE_1601) {
        Some(at) => FileTime::At(at),
        None => FileTime::Odd,
    }
}

/// Generalized time (RFC 4517 section 3.3.13) in UTC or with an offset, as `20261125082024.0Z`.
pub(super) fn generalized(text: &str) -> Option<Timestamp> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (time, zone) = text.split_at_checked(digits)?;
    let zone = match zone.strip_prefix(['.', ',']) {
        Some(fraction) => fraction.trim_start_matches(|c: char| c.is_ascii_digit()),
        None => zone,
    };
    let two = |from: usize| -> Option<i8> { time.get(from..from + 2)?.parse().ok() };
    if !matches!(digits, 10 | 12 | 14) {
        return None;
    }
    let year: i16 = time.get(..4)?.parse().ok()?;
    let (minute, second) = (two(10).unwrap_or(0), two(12).unwrap_or(0));
    // A leap second is written as 60.
    let at = jiff::civil::DateTime::new(year, two(4)?, two(6)?, two(8)?, minute, second.min(59), 0)
        .ok()?;
    let seconds = jiff::tz::Offset::UTC.to_timestamp(at).ok()?.as_second();
    sane((seconds - offset(zone)?).checked_mul(1000)?)
}

/// The seconds of `Z`, `+0100`, `-05`.
fn offset(zone: &str) -> Option<i64> {
    if zone == "Z" {
        return Some(0);
    }
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let digits = zone.strip_prefix(['+', '-'])?;
    let hours: i64 = digits.get(..2)?.parse().ok()?;
    let minutes: i64 = digits.get(2..4).map_or(Some(0), |it| it.parse().ok())?;
    (hours < 24 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

/// Days since 1970, as of `shadowExpire`.
pub(super) fn days(value: i64) -> Option<Timestamp> {
    sane(value.checked_mul(86_400_000)?)
}

fn sane(millis: i64) -> Option<Timestamp> {
    (millis > 0 && millis < END).then(|| Timestamp::from_millis(millis))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_comes_out_as_1601_or_2185() {
        for never in [0, i64::MAX] {
            assert_eq!(file_time(never), FileTime::Never);
        }
        // 2185-07-21, what the largest number becomes in milliseconds or in a 32-bit-minded reader.
        for odd in [1, 10_000, -1, i64::MIN, i64::MAX - 1, 184_467_440_737_095_516] {
            assert_eq!(file_time(odd), FileTime::Odd, "{odd}");
        }
        let FileTime::At(at) = file_time(134_087_168_180_000_000) else { panic!() };
        assert_eq!(at.to_string(), "2025-11-27T11:33:38.000Z");
    }

    #[test]
    fn generalized_time_is_read_with_its_zone() {
        let read = |text: &str| generalized(text).map(|it| it.to_string());
        assert_eq!(read("20261125082024.0Z").as_deref(), Some("2026-11-25T08:20:24.000Z"));
        assert_eq!(read("20261125082024Z").as_deref(), Some("2026-11-25T08:20:24.000Z"));
        assert_eq!(read("202611250820Z").as_deref(), Some("2026-11-25T08:20:00.000Z"));
        assert_eq!(read("20261125082024+0200").as_deref(), Some("2026-11-25T06:20:24.000Z"));
        for odd in [
            "000001010000Z",
            "16010101000000.0Z",
            "20261325082024Z",
            "",
            "Z",
            "2026",
            "ä",
            "20261125082024",
        ] {
            assert_eq!(read(odd), None, "{odd}");
        }
    }
}

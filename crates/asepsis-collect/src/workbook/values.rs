//! Numbers, days and times as people see them in the sheet.

use jiff::civil::{Date, date};

/// How a number shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    Number,
    Percent,
    /// A day, or a day with a time of the day.
    Day,
    /// A time of the day alone.
    Time,
}

/// Formats that every workbook has, by their numbers (ECMA-376 part 1, 18.8.30).
pub(super) fn shown(id: u32) -> Shown {
    match id {
        9 | 10 => Shown::Percent,
        14..=17 | 22 | 27..=31 | 34..=36 | 50..=54 | 57..=58 => Shown::Day,
        18..=21 | 32..=33 | 45..=47 | 55..=56 => Shown::Time,
        _ => Shown::Number,
    }
}

impl Shown {
    /// What a format of the workbook's own shows: its letters outside quotes, brackets and escapes.
    pub(super) fn of_code(code: &str) -> Self {
        let mut letters = String::new();
        let mut chars = code.chars();
        while let Some(c) = chars.next() {
            match c {
                '"' => drop(chars.by_ref().find(|it| *it == '"')),
                '[' => drop(chars.by_ref().find(|it| *it == ']')),
                '\\' | '_' | '*' => drop(chars.next()),
                ';' => break,
                c => letters.extend(c.to_lowercase()),
            }
        }
        let has = |any: [char; 2]| letters.contains(any);
        match letters.as_str() {
            "general" | "standard" => Self::Number,
            _ if has(['y', 'd']) => Self::Day,
            _ if has(['h', 's']) => Self::Time,
            _ if has(['%', '%']) => Self::Percent,
            _ => Self::Number,
        }
    }
}

/// A number as it stands in the part, shown so. What is no number stays as it is.
pub(super) fn number(raw: &str, shown: Shown, from_1904: bool) -> String {
    let raw = raw.trim();
    let Some(value) = raw.parse::<f64>().ok().filter(|it| it.abs() < 1e15) else {
        return raw.to_owned();
    };
    let moment = match shown {
        Shown::Day => day_and_time(value, from_1904),
        Shown::Time if (0.0..1.0).contains(&value) => Some(clock(minutes_of(value))),
        _ => None,
    };
    match (moment, shown) {
        (Some(text), _) => text,
        (None, Shown::Percent) => format!("{}%", rounded(value * 100.0)),
        (None, _) => rounded(value).to_string(),
    }
}

/// Fifteen digits, as the office programs keep and show: 0.1 + 0.2 is 0.3.
fn rounded(value: f64) -> f64 {
    let value = format!("{value:.14e}").parse().unwrap_or(value);
    // No minus before nothing.
    if value == 0.0 { 0.0 } else { value }
}

/// The last day that can be written: 9999-12-31.
const LAST: f64 = 2_958_466.0;
const MINUTES: i64 = 24 * 60;

/// Days are counted so that 1 is 1900-01-01 and a February 29, 1900 is counted that never was
/// (ECMA-376 part 1, 18.17.4.1), or so that 0 is 1904-01-01.
fn day_and_time(value: f64, from_1904: bool) -> Option<String> {
    if !(0.0..LAST).contains(&value) {
        return None;
    }
    let whole = (value * MINUTES as f64).round() as i64;
    let (days, minutes) = (whole.div_euclid(MINUTES), whole.rem_euclid(MINUTES));
    let first: Date = match (from_1904, days) {
        (true, _) => date(1904, 1, 1),
        (false, ..60) => date(1899, 12, 31),
        (false, _) => date(1899, 12, 30),
    };
    let day = first.checked_add(jiff::Span::new().try_days(days).ok()?).ok()?;
    Some(if minutes == 0 { day.to_string() } else { format!("{day} {}", clock(minutes)) })
}

fn minutes_of(value: f64) -> i64 {
    (value * MINUTES as f64).round() as i64 % MINUTES
}

fn clock(minutes: i64) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_come_out_as_the_office_programs_show_them() {
        let day = |value: &str| number(value, Shown::Day, false);
        assert_eq!(day("46350"), "2026-11-24");
        assert_eq!(day("46350.39583333333"), "2026-11-24 09:30");
        assert_eq!(day("1"), "1900-01-01");
        assert_eq!(day("59"), "1900-02-28");
        assert_eq!(day("61"), "1900-03-01");
        assert_eq!(day("2958465"), "9999-12-31");
        assert_eq!(day("2958465.9999999"), "2958465.9999999");
        assert_eq!(day("-1"), "-1");
        assert_eq!(day("1e300"), "1e300");
        assert_eq!(day("nan"), "nan");
        assert_eq!(number("44888", Shown::Day, true), "2026-11-24");
        assert_eq!(number("0.5", Shown::Time, false), "12:00");
        assert_eq!(number("0.99999", Shown::Time, false), "00:00");
    }

    #[test]
    fn numbers_come_out_as_the_office_programs_show_them() {
        let plain = |value: &str| number(value, Shown::Number, false);
        assert_eq!(plain("6"), "6");
        assert_eq!(plain("6.0"), "6");
        assert_eq!(plain("-0"), "0");
        assert_eq!(plain("0.30000000000000004"), "0.3");
        assert_eq!(plain("1.5E3"), "1500");
        assert_eq!(plain("123456789012345678"), "123456789012345678");
        assert_eq!(number("0.25", Shown::Percent, false), "25%");
    }

    #[test]
    fn a_format_of_ones_own_tells_days_from_numbers() {
        for (code, expected) in [
            ("yyyy\\-mm\\-dd", Shown::Day),
            ("[$-409]d\\-mmm\\-yy;@", Shown::Day),
            ("General", Shown::Number),
            ("#,##0.00 \"days\"", Shown::Number),
            ("[Red]0.00", Shown::Number),
            ("0_d", Shown::Number),
            ("h:mm AM/PM", Shown::Time),
            ("0.0%", Shown::Percent),
            ("\"", Shown::Number),
            ("[", Shown::Number),
        ] {
            assert_eq!(Shown::of_code(code), expected, "{code}");
        }
    }
}

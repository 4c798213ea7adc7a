//! A number in text: never without its range, its badge and the way to its sources.

use asepsis_core::catalog::{Badge, Catalog, Range};
use asepsis_core::risk::{Figure, rounded};

use crate::text::{Page, Paint, clean};

/// The source of what is nobody's but ours.
const OURS: &str = "our-judgment";

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    /// US dollars.
    Dollars,
    /// US dollars in a year.
    DollarsAYear,
    /// Events in a year.
    Often,
    /// The chance of something in a year.
    Chance,
    /// Of a hundred years.
    Years,
    /// Of a hundred plausible worlds.
    Worlds,
    /// Days in a year; fewer than one are told as a day in so many years.
    Days,
    /// Years in which one day comes.
    YearsADay,
    /// Hours of work.
    Hours,
    /// Hours of work in a month.
    HoursAMonth,
    /// Minutes of work.
    Minutes,
    /// A share of something, in percent.
    Share,
    /// A plain number.
    Plain,
}

impl Unit {
    /// One number, two digits of it.
    pub(crate) fn number(self, value: f64) -> String {
        match self {
            Self::Dollars | Self::DollarsAYear if value.abs() > 0.0 && value.abs() < 1.0 => {
                "less than $1".to_owned()
            }
            Self::Dollars | Self::DollarsAYear if value < 0.0 => format!("-${}", two(-value)),
            Self::Dollars | Self::DollarsAYear if value < 10.0 => format!("${value:.0}"),
            Self::Dollars | Self::DollarsAYear => format!("${}", two(value)),
            Self::Often if value <= 0.0 => "never".to_owned(),
            Self::Often if value < 0.95 => format!("once in {} years", two(1.0 / value)),
            Self::Often => format!("{} times a year", two(value)),
            Self::Chance if value <= 0.0 => "none".to_owned(),
            Self::Chance if value < 0.095 => format!("1 in {}", two(1.0 / value)),
            Self::Years | Self::Worlds => format!("{} of 100", (value * 100.0).round()),
            Self::Chance => {
                format!("{} in 100", (value * 100.0).round())
            }
            Self::Hours | Self::HoursAMonth if value > 0.0 && value < 1.0 => {
                format!("{:.1} h", value.max(0.1))
            }
            Self::Hours | Self::HoursAMonth => format!("{} h", two(value)),
            Self::Minutes if value < 1.5 => "1 minute".to_owned(),
            Self::Minutes => format!("{} minutes", two(value)),
            Self::YearsADay if value <= 0.0 => "never".to_owned(),
            Self::YearsADay => format!("1 day in {} years", two(1.0 / value)),
            Self::Days => format!("{} days", two(value)),
            Self::Share => format!("{} %", two(value * 100.0)),
            Self::Plain => two(value),
        }
    }

    /// What stands behind the number.
    const fn after(self) -> &'static str {
        match self {
            Self::DollarsAYear | Self::Days => " a year",
            Self::Worlds => " plausible worlds",
            Self::Years => " years",
            Self::HoursAMonth => " a month",
            Self::Chance => " in a year",
            Self::Dollars
            | Self::Often
            | Self::YearsADay
            | Self::Hours
            | Self::Minutes
            | Self::Share
            | Self::Plain => "",
        }
    }
}

/// An estimate of ours with its range.
pub(crate) fn estimate(range: Range) -> Figure {
    Figure {
        value: rounded(range.likely),
        low: rounded(range.low),
        high: rounded(range.high),
        badge: Badge::Judgment,
        sources: vec![OURS.to_owned()],
    }
}

/// The sources that a page has named, in the order in which it did.
#[derive(Default)]
pub(crate) struct Notes {
    ids: Vec<String>,
}

impl Notes {
    /// A number, its range, its badge, its sources.
    pub(crate) fn figure(&mut self, figure: &Figure, unit: Unit) -> String {
        // A tenth of a day is hard to picture.
        let unit = if unit == Unit::Days && figure.high < 1.0 { Unit::YearsADay } else { unit };
        let (number, after) = (unit.number(figure.value), unit.after());
        let (ground, range) = (self.ground(figure), range(figure, unit));
        if figure.low >= figure.high {
            return format!("{number}{after} ({ground})");
        }
        format!("{number}{after} ({range}; {ground})")
    }

    /// Badge and sources alone, as in `survey [1-3,7]`.
    pub(crate) fn ground(&mut self, figure: &Figure) -> String {
        let mut numbers: Vec<usize> = figure.sources.iter().map(|it| self.number(it)).collect();
        numbers.sort_unstable();
        format!("{} [{}]", figure.badge, spans(&numbers))
    }

    fn number(&mut self, id: &str) -> usize {
        if let Some(at) = self.ids.iter().position(|it| it == id) {
            return at + 1;
        }
        self.ids.push(id.to_owned());
        self.ids.len()
    }

    /// The list of the sources that were named.
    pub(crate) fn list(&self, catalog: &Catalog, page: &mut Page) {
        if self.ids.is_empty() {
            return;
        }
        page.heading("Where the figures come from");
        page.hanging(
            "",
            "A figure is as good as the weakest of its sources: data was counted, a survey was told, a judgment is ours. The range holds nine of ten plausible worlds.",
            1,
            Paint::Quiet,
        );
        for (at, id) in (1..).zip(&self.ids) {
            let text = catalog.risk_source(id).map_or_else(
                || id.clone(),
                |it| format!("{}, {} ({id})", clean(&it.title), it.date),
            );
            page.hanging(&format!("[{at}]"), &text, 1, Paint::Quiet);
        }
        page.hanging("", "More on one of them: asepsis explain NAME", 1, Paint::Quiet);
    }
}

/// The range alone. Its unit stands with the number before it.
pub(crate) fn range(figure: &Figure, unit: Unit) -> String {
    // What is nearly certain must not look as if nothing were in doubt.
    let (low, high) = match unit {
        Unit::Years | Unit::Worlds => (
            format!("{} of 100", (figure.low * 100.0).floor()),
            format!("{} of 100", (figure.high * 100.0).ceil()),
        ),
        _ => (unit.number(figure.low), unit.number(figure.high)),
    };
    if low == high {
        return low;
    }
    // Next to nothing is no end worth a word.
    if low.starts_with("less than") {
        return format!("at most {high}");
    }
    let shared = match unit {
        Unit::Days => " days",
        Unit::Hours | Unit::HoursAMonth => " h",
        Unit::Minutes => " minutes",
        Unit::Years | Unit::Worlds => " of 100",
        Unit::Share => " %",
        // Once in few years is more often than once in many: the range is told from there.
        Unit::Often => {
            let years =
                |it: &str| Some(it.strip_prefix("once in ")?.strip_suffix(" years")?.to_owned());
            return match (years(&low), years(&high)) {
                (Some(rare), Some(often)) => format!("once in {often} to {rare}"),
                _ => format!("{low} to {high}"),
            };
        }
        Unit::YearsADay => {
            let years = |it: &str| it.strip_prefix("1 day in ").map(str::to_owned);
            return match (years(&low), years(&high)) {
                (Some(rare), Some(often)) => {
                    format!("{} to {rare}", often.strip_suffix(" years").unwrap_or(&often))
                }
                _ => format!("{low} to {high}"),
            };
        }
        _ => "",
    };
    let bare = |it: &str| it.strip_suffix(shared).unwrap_or(it).to_owned();
    format!("{} to {}", bare(&low), bare(&high))
}

/// `1-3,7`.
fn spans(numbers: &[usize]) -> String {
    let runs = numbers.chunk_by(|a, b| a + 1 == *b);
    let run = |it: &[usize]| match it {
        [first, .., last] => format!("{first}-{last}"),
        [only] => only.to_string(),
        [] => String::new(),
    };
    runs.map(run).collect::<Vec<_>>().join(",")
}

/// Two significant digits, with commas.
fn two(value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return "0".to_owned();
    }
    let rounded: f64 = format!("{value:.1e}").parse().unwrap_or(value);
    if rounded.abs() >= 10.0 { thousands(rounded) } else { rounded.to_string() }
}

/// A whole number with commas.
pub(crate) fn thousands(value: f64) -> String {
    let digits = format!("{:.0}", value.abs());
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if value < 0.0 { format!("-{out}") } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(value: f64, low: f64, high: f64) -> Figure {
        let sources = vec!["trial".to_owned(), "claims".to_owned()];
        Figure { value, low, high, badge: Badge::Survey, sources }
    }

    #[test]
    fn a_number_comes_with_range_badge_and_sources() {
        let mut notes = Notes::default();
        assert_eq!(
            notes.figure(&figure(3742.0, 1310.0, 7690.0), Unit::DollarsAYear),
            "$3,700 a year ($1,300 to $7,700; survey [1-2])"
        );
        assert_eq!(
            notes.figure(&figure(0.0194, 0.001, 0.12), Unit::Chance),
            "1 in 52 in a year (1 in 1,000 to 12 in 100; survey [1-2])"
        );
        assert_eq!(
            notes.figure(&figure(0.073, 0.012, 0.18), Unit::Days),
            "1 day in 14 years (5.6 to 83 years; survey [1-2])"
        );
        assert_eq!(
            notes.figure(&figure(6.0, 0.2, 18.0), Unit::DollarsAYear),
            "$6 a year (at most $18; survey [1-2])"
        );
    }

    #[test]
    fn digits_are_two_and_runs_are_short() {
        assert_eq!(two(0.0432), "0.043");
        assert_eq!(two(12_345.0), "12,000");
        assert_eq!(two(9.96), "10");
        assert_eq!(spans(&[1, 2, 3, 7]), "1-3,7");
        assert_eq!(spans(&[2]), "2");
        assert_eq!(Unit::Often.number(0.093), "once in 11 years");
        assert_eq!(Unit::Dollars.number(0.2), "less than $1");
    }
}

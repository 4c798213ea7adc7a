//! The one way in which a page shows a number of the model: about so much, between so much and so much,
//! how strong its ground is, and the way to its sources. Two digits; more would be false.

use asepsis_core::catalog::{Badge, Range};
use asepsis_core::risk::Figure;
use asepsis_report::words;
use maud::{Markup, html};

use super::address;

/// Where numbers without data come from: an id of the catalog's sources.
const JUDGMENT: &str = "our-judgment";

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::web) enum Unit {
    /// US dollars.
    Dollars,
    /// US dollars in each year.
    DollarsAYear,
    /// A chance in a year: `1 in 50`.
    Chance,
    /// How often: `once in 50 years`, or `2 times a year` where it may come more than once a year.
    Times,
    /// How often a year.
    TimesAYear,
    /// Days in a year; fewer than one are told as a day in so many years.
    DaysAYear,
    /// Years in which one day comes.
    YearsADay,
    /// Hours of work.
    Hours,
    /// Hours of work in each month.
    HoursAMonth,
    /// Minutes.
    Minutes,
    /// A share of the plausible worlds.
    Worlds,
    /// A share of the years.
    Years,
    /// A share of something that is said beside it.
    Share,
    /// A number without a unit.
    Plain,
}

/// A number with its range, its ground and its sources.
pub(in crate::web) fn figure(it: &Figure, unit: Unit) -> Markup {
    with(it, unit, None, &badge(it.badge, &it.sources))
}

/// In a list, where there is something that follows the number's unit (`once`), no word is lost on nothing.
fn with(it: &Figure, unit: Unit, after: Option<&str>, badge: &Markup) -> Markup {
    // What may come more than once a year is counted by the year, what may not by years between.
    let unit = match unit {
        Unit::Times if it.high >= 1.0 => Unit::TimesAYear,
        Unit::DaysAYear if it.high < 1.0 => Unit::YearsADay,
        _ => unit,
    };
    let range = range(it, unit);
    html! {
        span.figure data-low=(it.low) data-high=(it.high) {
            @if unit.counts() && it.value <= 0.0 && it.high > 0.0 {
                @if after.is_none() { b { "nothing" } ", " }
                span.range { "at most " (plain(it.high, unit)) (unit.tail()) (after.unwrap_or_default()) }
            } @else {
                b { (said(it.value, unit)) } (unit.tail()) (after.unwrap_or_default())
                @if let Some(range) = range { span.range { ", " (range) } }
            }
            " " (badge)
        }
    }
}

/// What somebody estimated to take so long or cost so much; nothing where it takes nothing.
pub(in crate::web) fn effort(it: Range, unit: Unit) -> Option<Markup> {
    estimated(it, unit, None)
}

/// The same in a list, where what probably takes nothing is told shortly: `at most $300 once`.
pub(in crate::web) fn effort_in_list(it: Range, unit: Unit, after: &str) -> Option<Markup> {
    estimated(it, unit, Some(after))
}

fn estimated(it: Range, unit: Unit, after: Option<&str>) -> Option<Markup> {
    let figure = Figure {
        value: it.likely,
        low: it.low,
        high: it.high,
        badge: Badge::Judgment,
        sources: vec![JUDGMENT.to_owned()],
    };
    // The page says once that these are estimates, so the word is for those who hear it: the shape stays.
    let badge = html! {
        a.badge.judgment.bare href=(sources_at(&figure.sources)) { span.away { (Badge::Judgment.word()) } }
    };
    (it.high > 0.0).then(|| with(&figure, unit, after, &badge))
}

/// How strong the ground is, as a shape and a word; leads to the sources.
pub(in crate::web) fn badge(badge: Badge, sources: &[String]) -> Markup {
    html! { a class={ "badge " (badge.word()) } href=(sources_at(sources)) { (badge.word()) } }
}

/// Where sources stand: one by its name, several listed.
pub(in crate::web) fn sources_at(sources: &[String]) -> String {
    match sources {
        [] => "/sources".to_owned(),
        [one] => format!("/sources#{one}"),
        several => format!("{}#rests", address("/sources", &[("of", &several.join("."))])),
    }
}

/// The range in words; `None` where its ends read the same.
fn range(it: &Figure, unit: Unit) -> Option<String> {
    let (low, high) = match unit {
        // A rate is said as so many years between, where the ends change places.
        Unit::Times | Unit::YearsADay => (it.high, it.low),
        _ => (it.low, it.high),
    };
    let (low, high) = (plain(low, unit), plain(high, unit));
    if low == high {
        return None;
    }
    // Next to nothing is no end worth a word.
    if unit.counts() && low.starts_with(char::is_alphabetic) {
        return Some(format!("at most {high}"));
    }
    // What both are counted in is said once.
    let shared = SHARED.into_iter().find(|it| low.ends_with(it) && high.ends_with(it));
    let low = shared.and_then(|it| low.strip_suffix(it)).map_or_else(|| low.clone(), str::to_owned);
    Some(format!("between {low} and {high}"))
}

/// Words that need not be said at both ends of a range.
const SHARED: [&str; 5] = [" of 100", " h", " years", " days", " min"];

/// The number itself, in words.
fn said(value: f64, unit: Unit) -> String {
    let plain = plain(value, unit);
    match unit {
        Unit::Chance | Unit::Worlds | Unit::Share | Unit::Years => plain,
        Unit::Times if value > 0.0 => format!("once in {plain}"),
        Unit::YearsADay if value > 0.0 => format!("1 day in {plain}"),
        _ if plain.starts_with(char::is_alphabetic) => plain,
        _ => format!("about {plain}"),
    }
}

/// The number without the words around it.
pub(in crate::web) fn plain(value: f64, unit: Unit) -> String {
    match unit {
        Unit::Dollars | Unit::DollarsAYear => dollars(value),
        Unit::Chance => chance(value),
        Unit::TimesAYear | Unit::Plain => digits(value),
        Unit::Times | Unit::YearsADay if value <= 0.0 => "never".to_owned(),
        Unit::Times | Unit::YearsADay => format!("{} years", digits(1.0 / value)),
        Unit::DaysAYear if value > 0.0 && value < 0.05 => "less than 0.1 days".to_owned(),
        Unit::DaysAYear => format!("{} days", digits(value)),
        // Of many hours nobody knows the quarters.
        Unit::Hours | Unit::HoursAMonth if value >= 10.0 => format!("{} h", digits(value)),
        Unit::Hours | Unit::HoursAMonth => words::hours(value),
        Unit::Minutes => format!("{} min", digits(value)),
        Unit::Worlds | Unit::Years | Unit::Share => of_a_hundred(value),
    }
}

impl Unit {
    /// It counts something of which there may be none.
    const fn counts(self) -> bool {
        matches!(self, Self::Dollars | Self::DollarsAYear | Self::Hours | Self::HoursAMonth)
    }

    /// What follows the number.
    const fn tail(self) -> &'static str {
        match self {
            Self::DollarsAYear | Self::DaysAYear => " a year",
            Self::TimesAYear => " times a year",
            Self::HoursAMonth => " a month",
            Self::Worlds => " plausible worlds",
            Self::Years => " years",
            Self::Times
            | Self::YearsADay
            | Self::Chance
            | Self::Dollars
            | Self::Hours
            | Self::Minutes
            | Self::Share
            | Self::Plain => "",
        }
    }
}

/// Dollars to two digits: `$3,700`, `$1.2 million`.
pub(in crate::web) fn dollars(value: f64) -> String {
    let value = two(value);
    match value {
        it if it >= 1e9 => format!("${} billion", digits(it / 1e9)),
        it if it >= 1e6 => format!("${} million", digits(it / 1e6)),
        it if it >= 1.0 || it <= 0.0 => words::dollars(it),
        _ => "less than $1".to_owned(),
    }
}

/// A chance: `1 in 50`, or `13 in 100` where it is a tenth or more.
pub(in crate::web) fn chance(value: f64) -> String {
    match value {
        it if it >= 0.995 => "nearly certain".to_owned(),
        it if it >= 0.095 => format!("{} in 100", (it * 100.0).round()),
        it if it > 0.0 => format!("1 in {}", digits(1.0 / it)),
        _ => "none".to_owned(),
    }
}

fn of_a_hundred(value: f64) -> String {
    match value.clamp(0.0, 1.0) * 100.0 {
        it if it > 0.0 && it < 1.0 => "less than 1 of 100".to_owned(),
        it if it > 99.0 && it < 100.0 => "more than 99 of 100".to_owned(),
        it => format!("{} of 100", it.round()),
    }
}

/// A number of two digits, thousands separated.
fn digits(value: f64) -> String {
    let value = two(value);
    if value.abs() >= 10.0 {
        words::number(value.round().max(0.0) as u64)
    } else {
        format!("{value}")
    }
}

/// To two significant digits.
fn two(value: f64) -> f64 {
    // Through text, so that 0.1 stays 0.1.
    if value.is_finite() { format!("{value:.1e}").parse().unwrap_or(value) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(value: f64, low: f64, high: f64) -> Figure {
        let sources = vec!["a-claim".to_owned(), "our-judgment".to_owned()];
        Figure { value, low, high, badge: Badge::Survey, sources }
    }

    /// The words of a figure, without its markup.
    fn text(it: &Figure, unit: Unit) -> String {
        let html = figure(it, unit).into_string();
        html.split('<').map(|it| it.split_once('>').map_or(it, |(_, text)| text)).collect()
    }

    #[test]
    fn a_number_has_its_range_in_words() {
        let said = |value, low, high, unit| text(&of(value, low, high), unit);
        assert_eq!(
            said(3742.0, 1312.0, 7744.0, Unit::DollarsAYear),
            "about $3,700 a year, between $1,300 and $7,700 survey"
        );
        assert_eq!(
            said(0.0151, 0.004, 0.04, Unit::Chance),
            "1 in 66, between 1 in 250 and 1 in 25 survey"
        );
        assert_eq!(
            said(0.15, 0.04, 2.0, Unit::Times),
            "about 0.15 times a year, between 0.04 and 2 survey"
        );
        assert_eq!(
            said(0.15, 0.04, 0.5, Unit::Times),
            "once in 6.7 years, between 2 and 25 years survey"
        );
        assert_eq!(
            said(0.83, 0.8, 0.86, Unit::Worlds),
            "83 of 100 plausible worlds, between 80 and 86 of 100 survey"
        );
        assert_eq!(said(4.0, 2.0, 10.0, Unit::Hours), "about 4 h, between 2 and 10 h survey");
        assert_eq!(
            said(0.073, 0.012, 0.18, Unit::DaysAYear),
            "1 day in 14 years, between 5.6 and 83 years survey"
        );
        assert_eq!(said(6.0, 0.4, 18.0, Unit::DollarsAYear), "about $6 a year, at most $18 survey");
        assert_eq!(said(47.3, 18.2, 146.4, Unit::Hours), "about 47 h, between 18 and 150 h survey");
        assert_eq!(said(0.0, 0.0, 300.0, Unit::Dollars), "nothing, at most $300 survey");
        assert_eq!(said(1.0, 1.0, 1.0, Unit::Worlds), "100 of 100 plausible worlds survey");
    }

    #[test]
    fn numbers_are_written_to_two_digits() {
        assert_eq!(
            [dollars(0.4), dollars(0.0), dollars(96.4), dollars(1_249_000.0), dollars(2.6e9)],
            ["less than $1", "$0", "$96", "$1.2 million", "$2.6 billion"]
        );
        assert_eq!(
            [chance(0.000_52), chance(0.13), chance(0.999), chance(0.0)],
            ["1 in 1,900", "13 in 100", "nearly certain", "none"]
        );
        assert_eq!([of_a_hundred(0.001), of_a_hundred(0.0)], ["less than 1 of 100", "0 of 100"]);
        assert_eq!(digits(f64::INFINITY), "0");
    }

    #[test]
    fn a_number_leads_to_its_sources_and_carries_its_range() {
        let html = figure(&of(1.0, 0.5, 2.0), Unit::DollarsAYear).into_string();
        assert!(html.contains("data-low=\"0.5\" data-high=\"2\""), "{html}");
        assert!(html.contains("href=\"/sources?of=a-claim.our-judgment#rests\""), "{html}");
        assert_eq!(sources_at(&["ours".to_owned()]), "/sources#ours");
    }

    #[test]
    fn what_takes_nothing_is_not_shown() {
        let of = |high| Range { low: 0.0, likely: 0.0, high };
        assert!(effort(of(0.0), Unit::Dollars).is_none());
        assert!(effort(of(300.0), Unit::Dollars).unwrap().into_string().contains("$300"));
        let monthly = effort_in_list(of(2.0), Unit::HoursAMonth, "").unwrap().into_string();
        assert!(
            monthly.contains("at most 2 h a month") && !monthly.contains("nothing"),
            "{monthly}"
        );
        let listed = effort_in_list(of(300.0), Unit::Dollars, " once").unwrap().into_string();
        assert!(listed.contains("at most $300 once") && !listed.contains("nothing"), "{listed}");
    }
}

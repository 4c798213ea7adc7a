//! Words for dates, numbers, money, time and roles, the same all over the report.

use asepsis_core::organization::Size;
use asepsis_core::time::Timestamp;
use jiff::tz::TimeZone;
use maud::{Markup, html};

fn written(zone: &TimeZone, at: Timestamp, format: &str) -> String {
    match jiff::Timestamp::from_millisecond(at.as_millis()) {
        Ok(time) => time.to_zoned_datetime(zone.clone()).strftime(format).to_string(),
        Err(_) => at.to_string(),
    }
}

/// A day for people: `Nov 24, 2026`.
pub fn day_text(zone: &TimeZone, at: Timestamp) -> String {
    written(zone, at, "%b %-d, %Y")
}

/// A day for people with the exact moment in the markup.
pub fn day(zone: &TimeZone, at: Timestamp) -> Markup {
    day_of(at, &day_text(zone, at))
}

/// A day that is already text, with the exact moment in the markup.
pub fn day_of(at: Timestamp, text: &str) -> Markup {
    html! { time.num datetime=(at) { (text) } }
}

/// A day in full: `Tuesday, November 24, 2026`.
pub fn full_day(zone: &TimeZone, at: Timestamp) -> Markup {
    html! { time datetime=(at) { (written(zone, at, "%A, %B %-d, %Y")) } }
}

/// A day and its hour: `Tuesday, November 24, 2026, 9:14 AM CST`.
pub fn moment(zone: &TimeZone, at: Timestamp) -> Markup {
    html! { time datetime=(at) { (written(zone, at, "%A, %B %-d, %Y, %-I:%M %p %Z")) } }
}

/// One day, or the first and the last.
pub fn days(zone: &TimeZone, (first, last): (Timestamp, Timestamp)) -> Markup {
    html! {
        @if written(zone, first, "%F") != written(zone, last, "%F") { (day(zone, first)) " to " }
        (day(zone, last))
    }
}

/// A whole number with thousands separated: `19,990`.
pub fn number(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// How many of something.
pub fn count(n: usize) -> String {
    number(n as u64)
}

/// A small number as a word that may begin a sentence.
pub fn capital(n: usize) -> String {
    const WORDS: [&str; 11] =
        ["None", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"];
    WORDS.get(n).map_or_else(|| count(n), |word| (*word).to_owned())
}

/// One or many: `1 computer`, `5 computers`.
pub fn many(n: usize, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{} {}", count(n), plural(noun)) }
}

/// The plural of a regular English noun.
pub fn plural(noun: &str) -> String {
    match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ => format!("{noun}s"),
    }
}

/// Dollars without cents: `$1,200`.
pub fn dollars(amount: f64) -> String {
    format!("${}", number(amount.max(0.0).round() as u64))
}

/// Hours to the quarter: `½ h`, `1¼ h`, `16 h`.
pub fn hours(amount: f64) -> String {
    let quarters = (amount.max(0.0) * 4.0).round() as u64;
    let part = ["", "¼", "½", "¾"].get((quarters % 4) as usize).copied().unwrap_or_default();
    match (quarters / 4, part) {
        (0, "") => "a few minutes".to_owned(),
        (0, part) => format!("{part} h"),
        (whole, part) => format!("{}{part} h", number(whole)),
    }
}

/// Who, as a noun: `IT vendor`.
pub fn role(role: &str) -> &str {
    match role {
        "front-desk" => "front desk",
        "it" => "IT person",
        "vendor" => "IT vendor",
        other => other,
    }
}

/// Who, in a sentence: `the IT vendor`.
pub fn the_role(name: &str) -> String {
    if name == "clinician" { "a clinician".to_owned() } else { format!("the {}", role(name)) }
}

/// Roles, best first.
pub fn roles(names: &[String]) -> String {
    names.iter().map(|name| role(name)).collect::<Vec<_>>().join(", ")
}

/// `Small organization`.
pub const fn size(size: Size) -> &'static str {
    match size {
        Size::Small => "Small organization",
        Size::Medium => "Medium organization",
        Size::Large => "Large organization",
    }
}

/// What a schema's subject is called: a domain is a mail domain to everybody but its owner.
pub fn subject(kind: &str) -> &str {
    if kind == "domain" { "mail domain" } else { kind }
}

/// An HTML id from other ids: letters, digits and `-` only.
pub fn anchor(kind: &str, id: &str) -> String {
    let clean = id.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' });
    format!("{kind}-{}", clean.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_for_people() {
        assert_eq!([number(0), number(999), number(19_990)], ["0", "999", "19,990"]);
        assert_eq!([hours(0.5), hours(1.25), hours(16.0)], ["½ h", "1¼ h", "16 h"]);
        assert_eq!(hours(0.05), "a few minutes");
        assert_eq!(dollars(1200.0), "$1,200");
        assert_eq!([many(1, "computer"), many(2, "policy")], ["1 computer", "2 policies"]);
        assert_eq!(anchor("p", "1.S.A/x\"y"), "p-1-S-A-x-y");
    }
}

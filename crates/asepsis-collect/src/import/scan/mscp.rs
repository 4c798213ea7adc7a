//! Results of a script of NIST's macOS Security Compliance Project: a property list, by rule, of
//! whether there is a finding. It names no computer, and its time is text of the computer's own.

use asepsis_core::observation::BodyBuilder;
use asepsis_core::time::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};

use super::super::machine::Machine;
use super::super::{Ask, Input, ReadError, Reader, Reading, Told};
use super::mscp_rules::RULES;
use super::plist::{self, Item};
use super::rules::{Outcome, Results};
use super::{damaged, observation, tidy};

pub(in super::super) const READER: Reader =
    Reader { format: "macos-security", name: "results of a macOS security baseline", is, read };

/// Results of the longest baseline have some 50 kB.
const LARGEST: usize = 8 << 20;
const MOST_RULES: usize = 20_000;
/// The date of the script's last run.
const CHECKED: &str = "lastComplianceCheck";
const PROFILE: &str = "macOS Security Compliance Project";

fn is(head: &[u8]) -> bool {
    let has = |mark: &str| head.windows(mark.len()).any(|it| it == mark.as_bytes());
    let list = head.starts_with(b"bplist00")
        || (head.trim_ascii_start().starts_with(b"<") && has("<plist"));
    let marks = [CHECKED, "os_sip_enable", "system_settings_", "sysprefs_", "audit_auditd_enabled"];
    list && has("finding") && marks.iter().any(|it| has(it))
}

fn read(input: Input<'_>, told: &Told) -> Result<Reading, ReadError> {
    let bytes = input.whole(LARGEST)?;
    let list = plist::read(&bytes).map_err(|why| damaged(READER.name, "the list", tidy(&why)))?;
    let Item::Dict(entries) = &list else {
        return Err(damaged(READER.name, "the list", "it holds no results by rule"));
    };
    if entries.len() > MOST_RULES {
        let what = "the number of rules".to_owned();
        return Err(ReadError::TooLarge { what, most: MOST_RULES as u64 });
    }
    let mut reading = Reading::new(PROFILE);
    let mut results = Results::default();
    for (id, entry) in entries {
        if !matches!(entry, Item::Dict(_)) {
            continue;
        }
        let id = match id.strip_prefix("sysprefs_") {
            Some(rest) => format!("system_settings_{rest}"),
            None => id.clone(),
        };
        // An exemption is somebody's word; whether the setting holds is the finding.
        if entry.get("exempt").and_then(Item::yes) == Some(true) {
            reading.leave("exemptions", "they excuse a setting that does not hold; it counts");
        }
        results.add(
            &id,
            match entry.get("finding").and_then(Item::yes) {
                Some(false) => Outcome::Pass,
                Some(true) => Outcome::Fail,
                None => Outcome::Unknown("the rule has not run"),
            },
        );
    }

    let date = list.get(CHECKED).and_then(|it| moment(it, &told.zone)).or(told.date);
    if date.is_none() {
        reading.asks.push(Ask::Date);
    }
    if told.host.is_none() {
        reading.asks.push(Ask::Host);
    }
    reading.date = date.map(|it| it.min(told.now));
    let mut body = BodyBuilder::new();
    if !results.baseline(PROFILE, &mut body, "finding") {
        let why = "no rule has run, so that nothing was measured";
        reading.leave("the results", why);
        return Ok(reading);
    }
    body.saw("os.family", "macos", "the rules");
    body.saw("os.id", "macos", "the rules");
    let taken = results.facts(RULES, |rule| results.passed(rule), &mut body);
    for _ in taken..results.len() {
        reading.leave("rules", "counted only: no fact of a computer says the same");
    }
    let at = date.unwrap_or(told.now).min(told.now);
    let host = told.host.as_deref().unwrap_or("a computer");
    let machine = Machine { host: Some(host), ..Machine::default() };
    if let Some(look) = observation(&machine, at, READER.format, body) {
        reading.looks = Box::new(std::iter::once(look));
    }
    Ok(reading)
}

/// Hours of the zones that `date` names in the United States; others are told.
const ZONES: &[(&str, i8)] = &[
    ("UTC", 0),
    ("GMT", 0),
    ("EST", -5),
    ("EDT", -4),
    ("CST", -6),
    ("CDT", -5),
    ("MST", -7),
    ("MDT", -6),
    ("PST", -8),
    ("PDT", -7),
    ("AKST", -9),
    ("AKDT", -8),
    ("HST", -10),
];
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// What `date` writes, in one order or another: `Fri Nov 20 09:00:00 EST 2026`,
/// `Fri 20 Nov 2026 09:00:00 AM EST`.
fn moment(item: &Item, told: &TimeZone) -> Option<Timestamp> {
    let text = match item {
        Item::Date(at) => return Some(Timestamp::from_millis(*at)),
        Item::Text(text) => text,
        _ => return None,
    };
    let offset = |text| jiff::Timestamp::strptime("%Y-%m-%d %H:%M:%S %z", text);
    if let Ok(at) = text.trim().parse::<jiff::Timestamp>().or_else(|_| offset(text.trim())) {
        return Some(Timestamp::from_millis(at.as_millisecond()));
    }
    let (mut year, mut month, mut day, mut time) = (None, None, None, None);
    let (mut zone, mut afternoon) = (told.clone(), None);
    for word in text.split([' ', ',', '\u{a0}', '\u{202f}']).filter(|it| !it.is_empty()).take(12) {
        let lower = word.to_lowercase();
        let name = MONTHS.iter().position(|it| lower.get(..3) == Some(it));
        if word.contains(':') {
            let parts: Vec<i8> = word.split(':').filter_map(|it| it.parse().ok()).collect();
            let [hour, minute, second] = *parts.as_slice() else { return None };
            time = Some((hour, minute, second));
        } else if let Some((_, hours)) = ZONES.iter().find(|(it, _)| *it == word) {
            zone = TimeZone::fixed(Offset::from_hours(*hours).ok()?);
        } else if let Ok(number) = word.parse::<i16>() {
            if number >= 1000 {
                year = Some(number);
            } else {
                day = i8::try_from(number).ok();
            }
        } else if lower == "am" || lower == "pm" {
            afternoon = Some(lower == "pm");
        } else if let Some(index) = name.filter(|_| month.is_none()) {
            month = i8::try_from(index + 1).ok();
        }
    }
    let (hour, minute, second) = time?;
    let hour = match (afternoon, hour) {
        (Some(false), 12) => 0,
        (Some(true), 1..=11) => hour + 12,
        _ => hour,
    };
    let date = Date::new(year.filter(|it| (1990..2100).contains(it))?, month?, day?).ok()?;
    let at = DateTime::from_parts(date, Time::new(hour, minute, second, 0).ok()?);
    let at = at.to_zoned_datetime(zone).ok()?.timestamp();
    Some(Timestamp::from_millis(at.as_millisecond()))
}

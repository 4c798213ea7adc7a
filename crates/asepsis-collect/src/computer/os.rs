//! Which system this is, and whether it still gets security updates.

use asepsis_vuln::end_of_life::{self, EndOfLife};
use jiff::civil::Date;

use super::key_file;
use super::look::Look;
use asepsis_core::time::Timestamp;

const FILES: [&str; 2] = ["/etc/os-release", "/usr/lib/os-release"];
const PATHS: [&str; 3] = ["os.id", "os.version", "os.name"];
const ENDS: [&str; 3] = ["os.supported", "os.end_of_life", "os.days_left"];

pub(super) fn look(at: &mut Look<'_>) {
    at.saw("os.family", "linux", "uname");
    let mut found = None;
    let mut why = String::new();
    for path in FILES {
        match at.text(path) {
            Ok(text) => {
                found = Some((path, text));
                break;
            }
            Err(error) => why = error.to_string(),
        }
    }
    let Some((path, text)) = found else {
        PATHS.iter().chain(&ENDS).for_each(|fact| at.missed(fact, &why));
        return;
    };
    for (fact, key) in PATHS.iter().zip(["ID", "VERSION_ID", "PRETTY_NAME"]) {
        match key_file::variable(&text, key).filter(|value| !value.is_empty()) {
            Some(value) => at.saw(fact, value, path),
            None => at.missed(fact, format!("{path} does not say {key}")),
        }
    }
    let id = table_id(
        key_file::variable(&text, "ID").unwrap_or_default(),
        key_file::variable(&text, "NAME").unwrap_or_default(),
    );
    let version = key_file::variable(&text, "VERSION_ID").unwrap_or_default();
    let from = format!("{path} and the table of {}", end_of_life::TABLE_DATE);
    match end_of_life::end_of_life(id, version) {
        None => {
            let why = format!("the table of end-of-life dates does not have {id} {version}");
            ENDS.iter().for_each(|fact| at.missed(fact, &why));
        }
        Some(EndOfLife::NotAnnounced) => {
            at.saw("os.supported", true, from);
            at.missed("os.end_of_life", "no day is announced yet");
            at.missed("os.days_left", "no day is announced yet");
        }
        Some(EndOfLife::On(date)) => {
            let left = days_until(date, at.now);
            at.saw("os.supported", left >= 0, from.as_str());
            at.saw("os.end_of_life", date.to_string(), from.as_str());
            at.saw("os.days_left", left, from);
        }
    }
}

/// CentOS Stream calls itself `centos` as CentOS Linux did.
fn table_id<'a>(id: &'a str, name: &str) -> &'a str {
    if id == "centos" && name.contains("Stream") { "centos-stream" } else { id }
}

/// Days from now to the end of a day; 0 on the day itself.
fn days_until(date: Date, now: Timestamp) -> i64 {
    let start = jiff::tz::TimeZone::UTC.to_timestamp(date.at(0, 0, 0, 0));
    let start = start.map_or(i64::MAX, |start| start.as_millisecond());
    Timestamp::from_millis(start).plus_days(1).days_since(now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_day_of_support_still_counts() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let now = "2026-11-24T20:00:00Z".parse().unwrap();
        assert_eq!(days_until(day("2026-11-24"), now), 0);
        assert_eq!(days_until(day("2026-11-23"), now), -1);
        assert_eq!(days_until(day("2026-11-25"), now), 1);
        assert_eq!(table_id("centos", "CentOS Stream"), "centos-stream");
        assert_eq!(table_id("centos", "CentOS Linux"), "centos");
    }
}

//! Maester's `TestResults.json`. Only tests that carry the id of a control of CISA's baseline are taken:
//! those of an on-premises directory mostly say that data could be read, and are no evidence.

use asepsis_core::observation::{BodyBuilder, Subject};
use asepsis_core::time::Timestamp;
use serde_json::Value;

use super::super::{Ask, Input, ReadError, Reader, Reading, Told};
use super::controls::fact;
use super::{LARGEST, MOST_CONTROLS, observation, unversioned};

pub(in super::super) const READER: Reader =
    Reader { format: "maester", name: "test results of Maester", is, read };

fn is(head: &[u8]) -> bool {
    let has = |mark: &str| head.windows(mark.len()).any(|it| it == mark.as_bytes());
    head.trim_ascii_start().starts_with(b"{")
        && has("\"ExecutedAt\"")
        && has("\"Tests\"")
        && has("\"PassedCount\"")
}

fn read(input: Input<'_>, told: &Told) -> Result<Reading, ReadError> {
    let bytes = input.whole(LARGEST)?;
    let damaged = |place: &str, why: String| ReadError::Damaged {
        format: READER.name,
        place: place.to_owned(),
        why,
    };
    let file: Value = serde_json::from_slice(&bytes)
        .map_err(|error| damaged("the beginning", error.to_string()))?;
    let text = |key: &str| file.get(key).and_then(Value::as_str).map(str::trim);
    let version = text("CurrentVersion").unwrap_or_default();
    let mut reading = Reading::new(format!("Maester {version}").trim());
    let date = text("ExecutedAt").and_then(moment).or(told.date);
    if date.is_none() {
        reading.asks.push(Ask::Date);
    }
    let tenant = text("TenantId").filter(|it| !it.is_empty());
    let Some(tenant) = tenant else {
        return Err(damaged("TenantId", "it names no tenant".to_owned()));
    };
    let tests = file.get("Tests").and_then(Value::as_array);
    let tests = tests.ok_or_else(|| damaged("Tests", "there are none".to_owned()))?;
    if tests.len() > MOST_CONTROLS {
        let what = "the number of tests".to_owned();
        return Err(ReadError::TooLarge { what, most: MOST_CONTROLS as u64 });
    }
    let mut body = BodyBuilder::new();
    for test in tests {
        take(test, &mut body, &mut reading);
    }
    let subject = Subject(format!("tenant:entra/{}", tenant.to_ascii_lowercase()));
    let at = date.unwrap_or(told.now).min(told.now);
    reading.date = date;
    reading.looks = Box::new(std::iter::once(observation(subject, "entra", at, "maester", body)));
    Ok(reading)
}

fn take(test: &Value, body: &mut BodyBuilder, reading: &mut Reading) {
    let text = |key: &str| test.get(key).and_then(Value::as_str).unwrap_or_default().trim();
    let id: String = text("Id").chars().filter(|c| !c.is_control()).take(60).collect();
    let tags = test.get("Tag").and_then(Value::as_array);
    let tags = tags.into_iter().flatten().filter_map(Value::as_str);
    let ids = std::iter::once(id.as_str()).chain(tags);
    let control = ids
        .map(|it| unversioned(it.strip_prefix("CISA.").unwrap_or(it)))
        .find_map(|it| fact(it).map(|path| (it.to_owned(), path)));
    let Some((control, path)) = control else {
        let why = if id.starts_with("AD.") || text("Block").contains("Active Directory") {
            "such a test says that data could be read, not that all is well"
        } else {
            "it carries no control of CISA's baseline that asepsis takes"
        };
        reading.leave(format!("tests {}", family(&id)), why);
        return;
    };
    let why = match text("Result") {
        "Passed" => return body.saw(path, true, format!("{control} by Maester")),
        "Failed" => return body.saw(path, false, format!("{control} by Maester")),
        "Skipped" => "it was skipped",
        "NotRun" => "it was not run",
        _ => "it has no result",
    };
    body.missed(path, format!("{control}: {why}"));
    reading.leave(format!("test {control}"), why);
}

/// The beginning of an id that alike tests share: `CIS.M365` of `CIS.M365.1.1.1`.
fn family(id: &str) -> String {
    let letters = id.split('.').take_while(|it| !it.starts_with(|c: char| c.is_ascii_digit()));
    let family = letters.collect::<Vec<_>>().join(".");
    if family.is_empty() { "without an id".to_owned() } else { family }
}

/// A time with an offset, as `2025-04-30T08:29:07.071475+10:00`.
fn moment(text: &str) -> Option<Timestamp> {
    let at: jiff::Timestamp = text.parse().ok()?;
    Some(Timestamp::from_millis(at.as_millisecond()))
}

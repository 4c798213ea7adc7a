//! One observation of a file of facts, held to its form field by field.

use asepsis_core::observation::{Body, Observation, Subject};
use asepsis_core::time::Timestamp;
use serde_json::{Map, Value};

use super::MAX_FACTS;

/// What can be wrong: the field, and why.
type Wrong = (String, String);

/// The kinds of subjects that a computer or a mail domain is known by; `host:` is a computer without
/// a machine id.
const SUBJECTS: [&str; 5] = ["machine-id:", "serial:", "mac:", "host:", "dns:"];
/// Most keys of one subject besides its first.
const MOST_KEYS: usize = 8;
/// Longest name of a subject, a label or a program, in bytes: DNS names end at 253.
const LONGEST_NAME: usize = 255;
/// Nothing was looked at before: 2020-01-01 (our judgment: this program is younger).
const FIRST: Timestamp = Timestamp::from_millis(1_577_836_800_000);
/// Nothing is looked at after: 2100-01-01.
const LAST: Timestamp = Timestamp::from_millis(4_102_444_800_000);

pub(super) fn read(value: Value, made_at: Timestamp) -> Result<Observation, Wrong> {
    let Value::Object(mut it) = value else {
        return Err(wrong("observation", "is no object"));
    };
    let schema = text(&mut it, "schema")?;
    if !is_schema(&schema) {
        return Err(wrong("schema", "is not a name and a number as in computer/1"));
    }
    let subject = key("subject", text(&mut it, "subject")?)?;
    let also = others(&mut it)?;
    let label = text(&mut it, "label")?;
    let collector = text(&mut it, "collector")?;
    let version = text(&mut it, "version")?;
    for (field, text) in [("label", &label), ("collector", &collector), ("version", &version)] {
        if !is_name(text) {
            return Err(wrong(field, "is empty, too long or holds control characters"));
        }
    }
    let observed_at: Timestamp = text(&mut it, "observed_at")?
        .parse()
        .map_err(|_| wrong("observed_at", "is not a time as in 2026-11-24T09:14:00Z"))?;
    plausible(observed_at).map_err(|why| wrong("observed_at", &why))?;
    // The clock of one computer may be set while it looks; not by more than a day.
    if observed_at > made_at.plus_days(1) {
        return Err(wrong("observed_at", "is later than the file was made"));
    }
    let body = it.remove("body").ok_or_else(|| wrong("body", "is missing"))?;
    let body = read_body(body)?;
    if let Some(name) = it.keys().next() {
        return Err((short(name), "is not known".to_owned()));
    }
    Ok(Observation { schema, subject, also, label, observed_at, collector, version, body })
}

fn read_body(value: Value) -> Result<Body, Wrong> {
    let body: Body = serde_json::from_value(value).map_err(|error| {
        wrong("body", &format!("cannot be read: {}", short(&error.to_string())))
    })?;
    match &body {
        Body::Saw { fact, seen } => {
            if seen.len() > MAX_FACTS || count(fact) > MAX_FACTS {
                return Err(wrong("body", &format!("holds more than {MAX_FACTS} facts")));
            }
            if let Some(path) = null_in(fact, "fact") {
                return Err((path, "is null; what could not be read is left out".to_owned()));
            }
        }
        Body::Skipped { reason: text } | Body::Failed { operation: text, .. } => {
            if text.is_empty() {
                return Err(wrong("body", "gives no reason"));
            }
        }
    }
    Ok(body)
}

/// The key of a subject.
fn key(field: &str, text: String) -> Result<Subject, Wrong> {
    let key = SUBJECTS.iter().find_map(|kind| text.strip_prefix(kind));
    if key.is_none_or(str::is_empty) || !is_name(&text) {
        let why = format!("does not begin with one of {}, or is too long", SUBJECTS.join(" "));
        return Err(wrong(field, &why));
    }
    Ok(Subject(text))
}

/// Other keys of the same subject; there may be none.
fn others(it: &mut Map<String, Value>) -> Result<Vec<Subject>, Wrong> {
    let keys = match it.remove("also") {
        None => return Ok(Vec::new()),
        Some(Value::Array(keys)) if keys.len() <= MOST_KEYS => keys,
        Some(_) => {
            return Err(wrong("also", &format!("is no list of at most {MOST_KEYS} subjects")));
        }
    };
    let keys = keys.into_iter().map(|value| match value {
        Value::String(text) => key("also", text),
        _ => Err(wrong("also", "holds something that is no text")),
    });
    keys.collect()
}

/// A name for people or of a program: something, short, without control characters.
pub(super) fn is_name(text: &str) -> bool {
    (1..=LONGEST_NAME).contains(&text.len()) && !text.contains(char::is_control)
}

/// Whether a look can have been at that time.
pub(super) fn plausible(at: Timestamp) -> Result<(), String> {
    let held = (FIRST..LAST).contains(&at);
    held.then_some(())
        .ok_or_else(|| format!("is {at}, which cannot be: check that computer's clock"))
}

fn is_schema(text: &str) -> bool {
    text.len() <= 80
        && text.split_once('/').is_some_and(|(name, number)| {
            let named = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-';
            !name.is_empty()
                && name.bytes().all(named)
                && !number.is_empty()
                && number.bytes().all(|c| c.is_ascii_digit())
        })
}

fn text(it: &mut Map<String, Value>, field: &str) -> Result<String, Wrong> {
    match it.remove(field) {
        Some(Value::String(text)) => Ok(text),
        Some(_) => Err(wrong(field, "is no text")),
        None => Err(wrong(field, "is missing")),
    }
}

/// How many facts: values that hold no others. The depth of the file is limited before.
fn count(fact: &Map<String, Value>) -> usize {
    fact.values()
        .map(|value| match value {
            Value::Object(inner) => count(inner).max(1),
            Value::Array(items) => items.len().max(1),
            _ => 1,
        })
        .sum()
}

/// The path of a null.
fn null_in(fact: &Map<String, Value>, at: &str) -> Option<String> {
    fact.iter().find_map(|(key, value)| {
        let path = || format!("{at}.{}", short(key));
        match value {
            Value::Null => Some(path()),
            Value::Object(inner) => null_in(inner, &path()),
            Value::Array(items) if items.iter().any(Value::is_null) => Some(path()),
            _ => None,
        }
    })
}

fn wrong(field: &str, why: &str) -> Wrong {
    (field.to_owned(), why.to_owned())
}

fn short(text: &str) -> String {
    text.chars().take(120).collect()
}

//! ScubaGear and ScubaGoggles write results of the same shape: `ScubaResults_….json`, with what they
//! found by control, and the raw settings behind it.

use asepsis_core::identity::Secret;
use asepsis_core::observation::{BodyBuilder, Subject};
use asepsis_core::time::Timestamp;
use serde_json::Value;

use super::super::{Account, Ask, Input, ReadError, Reader, Reading, Told};
use super::controls::{fact, why_left};
use super::raw::Raw;
use super::{LARGEST, MOST_CONTROLS, Verdict, observation, unversioned};

pub(in super::super) const READER: Reader =
    Reader { format: "scuba", name: "results of ScubaGear or ScubaGoggles", is, read };

fn is(head: &[u8]) -> bool {
    let has = |mark: &str| head.windows(mark.len()).any(|it| it == mark.as_bytes());
    head.trim_ascii_start().starts_with(b"{")
        && has("\"MetaData\"")
        && (has("\"Scuba") || has("\"ProductAbbreviationMapping\"") || has("\"ProductsAssessed\""))
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
    let meta = |key: &str| {
        let value = file.pointer(&format!("/MetaData/{key}")).and_then(Value::as_str);
        value.map(str::trim).filter(|it| !it.is_empty())
    };
    let tool = meta("Tool").unwrap_or("ScubaGear");
    let google = tool == "ScubaGoggles" || meta("ProductSuite") == Some("Google Workspace");
    let (service, collector) =
        if google { ("google", "scubagoggles") } else { ("entra", "scubagear") };
    let mut reading =
        Reading::new(format!("{tool} {}", meta("ToolVersion").unwrap_or_default()).trim());
    let date = meta("TimestampZulu").and_then(|it| it.parse::<Timestamp>().ok());
    let date = date.or(told.date);
    if date.is_none() {
        reading.asks.push(Ask::Date);
    }
    let at = date.unwrap_or(told.now).min(told.now);
    let subject = match (meta("TenantId"), meta("DomainName")) {
        (Some(id), _) => Subject(format!("tenant:{service}/{}", id.to_ascii_lowercase())),
        (None, Some(domain)) => told.secret.subject("tenant", service, domain),
        (None, None) => {
            return Err(damaged("MetaData", "it names no tenant".to_owned()));
        }
    };
    let results = file.get("Results").and_then(Value::as_object);
    let results = results.ok_or_else(|| damaged("Results", "there are none".to_owned()))?;
    let raw = file.get("Raw").map(Raw::of).unwrap_or_default();
    let mut body = BodyBuilder::new();
    let groups = results.values().flat_map(|it| it.as_array().into_iter().flatten());
    let controls = groups
        .flat_map(|group| group.get("Controls").and_then(Value::as_array).into_iter().flatten());
    for (number, control) in controls.enumerate() {
        if number >= MOST_CONTROLS {
            let what = "the number of controls".to_owned();
            return Err(ReadError::TooLarge { what, most: MOST_CONTROLS as u64 });
        }
        take(control, &raw, &mut body, &mut reading);
    }
    if let Some(number) = raw.global_administrators {
        body.saw("admins.global", number, "Raw.privileged_users");
    }
    if let Some(hours) = raw.session_hours {
        body.saw("sign_in.session_hours", hours, "Raw.conditional_access_policies");
    }
    let mut looks = vec![observation(subject, service, at, collector, body)];
    for (look, identity) in privileged(&file, service, at, &told.secret) {
        looks.push(look);
        reading.identities.push(identity);
    }
    reading.date = date;
    reading.looks = Box::new(looks.into_iter());
    Ok(reading)
}

/// Takes one control into a fact, or leaves it with the reason.
fn take(control: &Value, raw: &Raw, body: &mut BodyBuilder, reading: &mut Reading) {
    let text = |key: &str| control.get(key).and_then(Value::as_str).unwrap_or_default().trim();
    let versioned: String =
        text("Control ID").chars().filter(|c| !c.is_control()).take(60).collect();
    if versioned.is_empty() {
        reading.leave("a control", "it has no id");
        return;
    }
    let id = unversioned(&versioned);
    let Some(path) = fact(id) else {
        reading.leave(format!("control {versioned}"), why_left(id));
        return;
    };
    let verdict = verdict(text("Result"), text("Criticality"), control);
    let told = match verdict {
        Verdict::Met => true,
        Verdict::NotMet => false,
        Verdict::Unknown(why) => {
            body.missed(path, format!("{versioned}: {why}"));
            reading.leave(format!("control {versioned}"), why);
            return;
        }
    };
    match raw.says(path) {
        Some(seen) if seen != told => {
            let why = format!(
                "{versioned} says {}, and the raw settings in the same file say {}",
                word(told),
                word(seen)
            );
            body.missed(path, why.clone());
            reading.leave(format!("control {versioned}"), why);
        }
        Some(_) => body.saw(path, told, format!("{versioned}, and the raw settings")),
        None => body.saw(path, told, versioned),
    }
}

const fn word(met: bool) -> &'static str {
    if met { "met" } else { "not met" }
}

/// What a result tells. What a person overrode or left out by configuration tells nothing measured.
fn verdict(result: &str, criticality: &str, control: &Value) -> Verdict {
    let set = |key: &str| match control.get(key) {
        Some(Value::String(text)) => !text.is_empty() && text != "N/A",
        Some(Value::Bool(yes)) => *yes,
        _ => false,
    };
    if set("IncorrectResult") {
        return Verdict::Unknown("somebody marked its result as incorrect");
    }
    if criticality.contains("Not-Implemented") {
        return Verdict::Unknown("the tool does not check it; look by hand");
    }
    match result {
        "Pass" => Verdict::Met,
        "Fail" | "Warning" => Verdict::NotMet,
        "N/A" => Verdict::Unknown("the tool does not check it; look by hand"),
        "Omitted" => Verdict::Unknown("it was left out when the tool ran"),
        "Error" => Verdict::Unknown("the tool could not look"),
        "No events found" => Verdict::Unknown("the logs that the tool reads say nothing of it"),
        "Incorrect result" | "Incorrect Result" => {
            Verdict::Unknown("somebody marked its result as incorrect")
        }
        _ => Verdict::Unknown("the tool gives a result that asepsis does not know"),
    }
}

/// The accounts with administrator roles, of the raw section.
fn privileged(
    file: &Value,
    service: &str,
    at: Timestamp,
    secret: &Secret,
) -> Vec<(asepsis_core::observation::Observation, asepsis_core::identity::Identity)> {
    const FROM: &str = "Raw.privileged_users";
    let mut all = Vec::new();
    let users = file.pointer("/Raw/privileged_users").and_then(Value::as_object);
    for (id, user) in users.into_iter().flatten().take(MOST_CONTROLS) {
        let mut account = match (service, id.contains('@')) {
            (_, true) => Account::with_name(secret, service, id, FROM),
            _ => Account::with_id(service, id, FROM),
        };
        let name = user.get("DisplayName").and_then(Value::as_str).unwrap_or_default();
        account.named(name, None, id.contains('@').then_some(id.as_str()));
        let roles = user.get("roles").and_then(Value::as_array);
        let mut roles: Vec<&str> =
            roles.into_iter().flatten().filter_map(Value::as_str).take(100).collect();
        roles.sort_unstable();
        roles.dedup();
        account.saw("privileged", true);
        if !roles.is_empty() {
            account.saw("privileged_by", roles);
        }
        all.push(account.build(at, if service == "google" { "scubagoggles" } else { "scubagear" }));
    }
    all
}

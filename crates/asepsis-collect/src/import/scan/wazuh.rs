//! Configuration assessments of Wazuh (SCA): its alerts, one JSON document a line, for many computers; or
//! what its programming interface answers for one. How many settings hold, by the policy that was scanned.
//! Titles of checks follow benchmarks that change: no single check becomes a fact.

use std::collections::BTreeMap;

use asepsis_core::observation::{BodyBuilder, Observation};
use asepsis_core::time::Timestamp;
use serde_json::Value;

use super::super::machine::Machine;
use super::super::{Ask, Input, ReadError, Reader, Reading, Told, table_moment};
use super::rules::{Outcome, Results};
use super::{damaged, observation, tidy};

pub(in super::super) const READER: Reader =
    Reader { format: "wazuh-sca", name: "configuration assessments of Wazuh (SCA)", is, read };

/// Largest file, longest line; most computers.
const LARGEST_ANSWER: usize = 64 << 20;
const LONGEST: usize = 4 << 20;
const MOST: usize = 200_000;
/// Most checks of one answer.
const MOST_CHECKS: usize = 50_000;

fn is(head: &[u8]) -> bool {
    head.trim_ascii_start().starts_with(b"{")
        && has(head, "\"policy_id\"")
        && (has(head, "\"sca\"") || is_answer(head))
}

/// What the programming interface answers is one list, with how many there are in all.
fn is_answer(head: &[u8]) -> bool {
    has(head, "\"affected_items\"")
}

fn has(head: &[u8], mark: &str) -> bool {
    head.windows(mark.len()).any(|it| it == mark.as_bytes())
}

fn read(input: Input<'_>, told: &Told) -> Result<Reading, ReadError> {
    let (head, input) = input.peek()?;
    if is_answer(&head) { answer(input, told) } else { alerts(input, told) }
}

/// How one policy stands on one computer.
struct Summary {
    policy: String,
    at: Timestamp,
    passed: i64,
    failed: i64,
    unknown: i64,
}

impl Summary {
    const fn all(&self) -> i64 {
        self.passed.saturating_add(self.failed).saturating_add(self.unknown)
    }

    fn look(&self, host: &str) -> Option<Observation> {
        const FROM: &str = "a summary of SCA";
        let mut body = BodyBuilder::new();
        body.saw("baseline.profile", self.policy.clone(), FROM);
        body.saw("baseline.passed", self.passed, FROM);
        body.saw("baseline.failed", self.failed, FROM);
        body.saw("baseline.unknown", self.unknown, FROM);
        let machine = Machine { host: Some(host), ..Machine::default() };
        observation(&machine, self.at, READER.format, body)
    }
}

/// A count that stands there as a number or as text; never below nothing.
fn number(value: &Value) -> Option<i64> {
    let number = value.as_i64().or_else(|| value.as_str()?.trim().parse().ok())?;
    (0..=1_000_000).contains(&number).then_some(number)
}

/// Which of two summaries of one computer counts: that of the policy with more settings, then the newer.
fn keep(known: &mut Option<Summary>, next: Summary, reading: &mut Reading) {
    let Some(before) = known else {
        *known = Some(next);
        return;
    };
    let same = before.policy == next.policy;
    let better = if same { next.at > before.at } else { next.all() > before.all() };
    let why = if same {
        "a newer one of the same policy counts"
    } else {
        "another policy with more settings counts"
    };
    reading.leave("a summary", why);
    if better {
        *known = Some(next);
    }
}

fn alerts(mut input: Input<'_>, told: &Told) -> Result<Reading, ReadError> {
    let mut reading = Reading::new("Wazuh");
    let mut hosts: BTreeMap<String, Option<Summary>> = BTreeMap::new();
    let (mut line, mut number) = (Vec::new(), 0_u64);
    while input.line(&mut line, LONGEST)? {
        number += 1;
        if line.trim_ascii().is_empty() {
            continue;
        }
        let alert: Value = match serde_json::from_slice(&line) {
            Ok(alert) => alert,
            // The last line of a log that is being written may be cut off.
            Err(error) if error.is_eof() => {
                reading.leave("a line", "it is cut off");
                continue;
            }
            Err(error) => {
                return Err(damaged(READER.name, format!("line {number}"), error.to_string()));
            }
        };
        match summary(&alert, told) {
            Err(why) => reading.leave("an alert", why),
            Ok((host, next)) => {
                if hosts.len() >= MOST && !hosts.contains_key(&host) {
                    let what = format!("more than {MOST} computers");
                    return Err(ReadError::TooLarge { what, most: MOST as u64 });
                }
                keep(hosts.entry(host).or_default(), next, &mut reading);
            }
        }
    }
    let looks: Vec<Observation> =
        hosts.iter().filter_map(|(host, it)| it.as_ref()?.look(host)).collect();
    reading.looks = Box::new(looks.into_iter());
    Ok(reading)
}

fn summary(alert: &Value, told: &Told) -> Result<(String, Summary), &'static str> {
    let sca = alert.pointer("/data/sca").ok_or("it is none of SCA")?;
    if sca.get("type").and_then(Value::as_str) != Some("summary") {
        return Err("it is of a single check; summaries are counted");
    }
    let text =
        |value: Option<&Value>| value.and_then(Value::as_str).map(tidy).filter(|it| !it.is_empty());
    let host = text(alert.pointer("/agent/name")).ok_or("it names no computer")?;
    let policy = text(sca.get("policy")).or_else(|| text(sca.get("policy_id")));
    let count = |name: &str| sca.get(name).and_then(number);
    let at = alert.get("timestamp").and_then(Value::as_str);
    let at = at.and_then(|it| table_moment(it, &told.zone, false)).ok_or("it has no date")?;
    match (policy, count("passed"), count("failed"), count("invalid")) {
        (Some(policy), Some(passed), Some(failed), unknown) if passed + failed > 0 => {
            let (at, unknown) = (at.min(told.now), unknown.unwrap_or(0));
            Ok((host, Summary { policy, at, passed, failed, unknown }))
        }
        _ => Err("nothing was measured, which is no evidence of anything"),
    }
}

/// Policies of one computer with their counts, or the checks of one policy.
fn answer(input: Input<'_>, told: &Told) -> Result<Reading, ReadError> {
    let bytes = input.whole(LARGEST_ANSWER)?;
    let mut reading = Reading::new("Wazuh");
    let mut best: Option<Summary> = None;
    let mut checks: BTreeMap<String, Results> = BTreeMap::new();
    let mut counted = 0;
    for (at, page) in serde_json::Deserializer::from_slice(&bytes).into_iter::<Value>().enumerate()
    {
        let place = format!("page {}", at + 1);
        let page = page.map_err(|error| damaged(READER.name, place.clone(), error.to_string()))?;
        let items = page.pointer("/data/affected_items").and_then(Value::as_array);
        let items = items.ok_or_else(|| damaged(READER.name, place, "it holds no list"))?;
        for item in items {
            counted += 1;
            if counted > MOST_CHECKS {
                let what = format!("more than {MOST_CHECKS} checks");
                return Err(ReadError::TooLarge { what, most: MOST_CHECKS as u64 });
            }
            let count = |name: &str| item.get(name).and_then(number);
            let policy =
                item.get("policy_id").and_then(Value::as_str).map(tidy).unwrap_or_default();
            if let (Some(passed), Some(failed)) = (count("pass"), count("fail")) {
                let name = item.get("name").and_then(Value::as_str).map_or(policy, tidy);
                let at = item.get("end_scan").and_then(Value::as_str);
                let at = at.and_then(|it| table_moment(it, &told.zone, false)).or(told.date);
                ask_date(at, &mut reading);
                let (at, unknown) =
                    (at.unwrap_or(told.now).min(told.now), count("invalid").unwrap_or(0));
                if passed + failed > 0 {
                    keep(
                        &mut best,
                        Summary { policy: name, at, passed, failed, unknown },
                        &mut reading,
                    );
                } else {
                    reading.leave(
                        "a policy",
                        "nothing was measured, which is no evidence of anything",
                    );
                }
            } else if let (Some(id), result) = (item.get("id"), item.get("result")) {
                let outcome = match result.and_then(Value::as_str).unwrap_or_default() {
                    "passed" => Outcome::Pass,
                    "failed" => Outcome::Fail,
                    _ => Outcome::Unknown("it does not apply, or could not be looked at"),
                };
                checks.entry(policy).or_default().add(&id.to_string(), outcome);
            } else {
                reading.leave("an item", "it is neither a policy nor a check");
            }
        }
    }
    for (policy, results) in checks {
        let (passed, failed, unknown) = results.count();
        ask_date(told.date, &mut reading);
        if passed + failed > 0 {
            let at = told.date.unwrap_or(told.now);
            keep(&mut best, Summary { policy, at, passed, failed, unknown }, &mut reading);
        } else {
            reading.leave("a policy", "nothing was measured, which is no evidence of anything");
        }
    }
    if told.host.is_none() {
        reading.asks.push(Ask::Host);
    }
    let host = told.host.as_deref().unwrap_or("this computer");
    reading.looks = Box::new(best.and_then(|it| it.look(host)).into_iter());
    Ok(reading)
}

fn ask_date(at: Option<Timestamp>, reading: &mut Reading) {
    if at.is_none() && !reading.asks.contains(&Ask::Date) {
        reading.asks.push(Ask::Date);
    }
}

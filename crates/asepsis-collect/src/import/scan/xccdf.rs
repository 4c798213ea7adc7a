//! Results of a scan by OpenSCAP and its like: XCCDF 1.1 and 1.2, alone or inside an ARF collection.
//! A list of rules without results is none. No document types, no entities of its own.

use std::collections::BTreeSet;

use asepsis_core::observation::BodyBuilder;
use asepsis_core::time::Timestamp;
use jiff::civil::DateTime;
use quick_xml::Reader as Xml;
use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::{BytesStart, Event};

use super::super::machine::Machine;
use super::super::{Ask, Input, ReadError, Reader, Reading, Told};
use super::rules::{Outcome, Results};
use super::xccdf_rules::RULES;
use super::{damaged, observation, tidy};

pub(in super::super) const READER: Reader =
    Reader { format: "xccdf", name: "results of a scan (XCCDF)", is, read };

/// A collection with everything that OpenSCAP saw has about 8 MB.
const LARGEST: usize = 128 << 20;
const DEEPEST: usize = 200;
const MOST_RULES: usize = 50_000;
/// More scans in one file are not read.
const MOST_SCANS: usize = 200;
const MOST_VALUES: usize = 10_000;
/// Longest text that says something: a host name, a value.
const LONGEST: usize = 300;

fn is(head: &[u8]) -> bool {
    let has = |mark: &str| head.windows(mark.len()).any(|it| it == mark.as_bytes());
    match root(head) {
        Some(b"Benchmark" | b"TestResult") => has("/xccdf/1."),
        Some(b"asset-report-collection") => has("/asset-reporting-format/"),
        _ => false,
    }
}

/// The name of the first element, without its prefix.
fn root(head: &[u8]) -> Option<&[u8]> {
    let mut rest = head;
    loop {
        let at = rest.iter().position(|byte| *byte == b'<')?;
        rest = rest.get(at + 1..)?;
        if let Some(comment) = rest.strip_prefix(b"!--") {
            let end = comment.windows(3).position(|it| it == b"-->")?;
            rest = comment.get(end + 3..)?;
        } else if !rest.starts_with(b"?") && !rest.starts_with(b"!") {
            let end = rest.iter().position(|it| it.is_ascii_whitespace() || b"/>".contains(it))?;
            return rest.get(..end)?.rsplit(|byte| *byte == b':').next();
        }
    }
}

/// One `TestResult`.
#[derive(Default)]
struct Scan {
    at: Option<Timestamp>,
    tool: String,
    benchmark: String,
    profile: String,
    target: String,
    host: String,
    values: BTreeSet<String>,
    results: Results,
}

fn read(input: Input<'_>, told: &Told) -> Result<Reading, ReadError> {
    let bytes = input.whole(LARGEST)?;
    let text = std::str::from_utf8(&bytes)
        .map_err(|error| damaged(READER.name, format!("byte {}", error.valid_up_to()), "UTF-8"))?;
    let mut reading = Reading::new("");
    let mut scans = Walk::new(text, told).scans()?;
    if scans.is_empty() {
        let why = "it lists rules, and no results; let the scanner write them \
            (oscap xccdf eval --results FILE)";
        return Err(damaged(READER.name, "TestResult", why));
    }
    // A file can hold earlier scans too: the newest one counts.
    let newest = scans.iter().enumerate().max_by_key(|(index, it)| (it.at, *index));
    let newest = newest.map_or(0, |(index, _)| index);
    for _ in 1..scans.len() {
        reading.leave("an earlier scan", "the same file holds a newer one");
    }
    let scan = scans.swap_remove(newest);

    let date = scan.at.or(told.date);
    if date.is_none() {
        reading.asks.push(Ask::Date);
    }
    let own = [&scan.host, &scan.target].into_iter().find(|it| is_name(it));
    let host = told.host.as_deref().or(own.map(String::as_str));
    if host.is_none() {
        reading.asks.push(Ask::Host);
    }
    reading.made_by = made_by(&scan.tool);
    reading.date = date.map(|it| it.min(told.now));

    let mut body = BodyBuilder::new();
    let list = match (short(&scan.profile), short(&scan.benchmark)) {
        ("", list) => list.to_owned(),
        (profile, "") => profile.to_owned(),
        (profile, list) => format!("{profile} of {list}"),
    };
    if !scan.results.baseline(&list, &mut body, "rule-result") {
        let why = "no rule applied to the computer, so that nothing was measured; the list may be \
            made for another system";
        reading.leave("the scan", why);
        return Ok(reading);
    }
    let given = |needs: &str| scan.values.contains(needs);
    let taken = scan.results.facts(RULES, given, &mut body);
    if taken > 0 {
        // All rules of the table are about Linux.
        body.saw("os.family", "linux", "the rules that applied");
    }
    for _ in taken..scan.results.len() {
        reading.leave("rules", "counted only: no fact of a computer says the same");
    }
    let at = date.unwrap_or(told.now).min(told.now);
    let machine = Machine { host: host.or(Some("a computer")), ..Machine::default() };
    if let Some(look) = observation(&machine, at, READER.format, body) {
        reading.looks = Box::new(std::iter::once(look));
    }
    Ok(reading)
}

/// `OpenSCAP 1.3.7` of `cpe:/a:redhat:openscap:1.3.7`.
fn made_by(tool: &str) -> String {
    let mut parts = tool.rsplit(':');
    match (parts.next(), parts.next()) {
        (Some(version), Some("openscap")) => format!("OpenSCAP {version}"),
        _ => tidy(tool),
    }
}

/// An id without what stands before it in every id of that maker.
fn short(id: &str) -> &str {
    for mark in ["content_rule_", "content_profile_", "content_benchmark_", "content_value_"] {
        if let Some((_, rest)) = id.split_once(mark) {
            return rest;
        }
    }
    id
}

/// A scanner that looked at itself, an image or an address may not know the name.
fn is_name(text: &str) -> bool {
    let start = text.split('.').next().unwrap_or_default();
    !start.is_empty()
        && !["localhost", "unknown", "127"].contains(&start)
        && !text.contains("://")
        && text.contains(|c: char| c.is_alphabetic())
}

fn outcome(text: &str) -> Option<Outcome> {
    Some(match text {
        // Fixed: it did not hold, and the scanner mended it.
        "pass" | "fixed" => Outcome::Pass,
        "fail" => Outcome::Fail,
        "error" => Outcome::Unknown("the scanner could not look"),
        "notapplicable" => Outcome::Unknown("the rule does not apply to this computer"),
        "notchecked" => Outcome::Unknown("the scanner has no test for it"),
        // Not asked for, or no rule at all.
        "notselected" | "informational" => return None,
        _ => Outcome::Unknown("the scanner could not tell"),
    })
}

/// The way through a file.
struct Walk<'a> {
    xml: Xml<&'a [u8]>,
    told: &'a Told,
    depth: usize,
}

impl<'a> Walk<'a> {
    fn new(text: &'a str, told: &'a Told) -> Self {
        let mut xml = Xml::from_str(text);
        xml.config_mut().expand_empty_elements = true;
        Self { xml, told, depth: 0 }
    }

    fn wrong(&self, why: &str) -> ReadError {
        damaged(READER.name, format!("byte {}", self.xml.buffer_position()), tidy(why))
    }

    /// The next event that is an element's beginning or end, or text.
    fn next(&mut self) -> Result<Event<'a>, ReadError> {
        let event = self.xml.read_event().map_err(|it| self.wrong(&it.to_string()))?;
        match &event {
            Event::Start(_) => {
                self.depth += 1;
                if self.depth > DEEPEST {
                    return Err(self.wrong("elements lie too deep in each other"));
                }
            }
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            Event::DocType(_) => {
                return Err(self.wrong("it declares a document type, which no scanner does"));
            }
            Event::Eof if self.depth > 0 => return Err(self.wrong("it ends too early")),
            _ => {}
        }
        Ok(event)
    }

    fn scans(&mut self) -> Result<Vec<Scan>, ReadError> {
        let mut scans = Vec::new();
        loop {
            match self.next()? {
                Event::Eof => return Ok(scans),
                Event::Start(it) if it.local_name().as_ref() == "TestResult" => {
                    if scans.len() >= MOST_SCANS {
                        let what = "the number of scans".to_owned();
                        return Err(ReadError::TooLarge { what, most: MOST_SCANS as u64 });
                    }
                    scans.push(self.scan(&it)?);
                }
                _ => {}
            }
        }
    }

    fn scan(&mut self, start: &BytesStart<'_>) -> Result<Scan, ReadError> {
        let mut scan = Scan::default();
        let time = attribute(start, "end-time").or_else(|| attribute(start, "start-time"));
        scan.at = time.as_deref().and_then(|it| moment(it, &self.told.zone));
        scan.tool = attribute(start, "test-system").unwrap_or_default();
        let bottom = self.depth;
        while self.depth >= bottom {
            let Event::Start(it) = self.next()? else { continue };
            match it.local_name().as_ref() {
                "benchmark" => scan.benchmark = attribute(&it, "id").unwrap_or_default(),
                "profile" => scan.profile = attribute(&it, "idref").unwrap_or_default(),
                "target" => scan.target = self.text()?,
                "fact" => {
                    let name = attribute(&it, "name").unwrap_or_default();
                    let text = self.text()?;
                    if name.ends_with(":host_name") && is_name(&text) {
                        scan.host = text;
                    }
                }
                "set-value" if scan.values.len() < MOST_VALUES => {
                    let name = attribute(&it, "idref").unwrap_or_default();
                    let value = self.text()?;
                    scan.values.insert(format!("{}={value}", short(&name)));
                }
                "rule-result" => {
                    let id = attribute(&it, "idref").unwrap_or_default();
                    if let Some(outcome) = self.result()? {
                        scan.results.add(short(&id), outcome);
                    }
                    if scan.results.len() > MOST_RULES {
                        let what = "the number of rules".to_owned();
                        return Err(ReadError::TooLarge { what, most: MOST_RULES as u64 });
                    }
                }
                _ => {}
            }
        }
        Ok(scan)
    }

    /// What a rule's result is. One that a person put in the place of the scanner's is none.
    fn result(&mut self) -> Result<Option<Outcome>, ReadError> {
        let bottom = self.depth;
        let (mut found, mut by_hand) = (None, false);
        while self.depth >= bottom {
            let Event::Start(it) = self.next()? else { continue };
            match it.local_name().as_ref() {
                "result" if self.depth == bottom + 1 => found = outcome(&self.text()?),
                "override" => by_hand = true,
                _ => {}
            }
        }
        let by_hand = by_hand.then_some(Outcome::Unknown("a person overrode the scanner's result"));
        Ok(found.map(|it| by_hand.unwrap_or(it)))
    }

    /// The text of the element that has just begun, to its end.
    fn text(&mut self) -> Result<String, ReadError> {
        let bottom = self.depth;
        let mut text = String::new();
        while self.depth >= bottom {
            let more = match self.next()? {
                Event::Text(it) => it.xml10_content().into_owned(),
                Event::CData(it) => it.xml10_content().into_owned(),
                Event::GeneralRef(it) => {
                    let number = it.resolve_char_ref().map_err(|it| self.wrong(&it.to_string()))?;
                    let named = || resolve_predefined_entity(&it).map(str::to_owned);
                    let known = number.map(String::from).or_else(named);
                    known.ok_or_else(|| self.wrong("it uses an entity that XML does not have"))?
                }
                _ => continue,
            };
            if text.len() < LONGEST {
                text.extend(more.chars().take(LONGEST));
            }
        }
        Ok(tidy(&text))
    }
}

/// An attribute by its name without prefix.
fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    // Attributes are not compared with each other, which would take the square of their number.
    let mut all = element.attributes();
    let found = all.with_checks(false).flatten().find(|it| it.key.local_name().as_ref() == name)?;
    let value = unescape(&found.value).ok()?;
    Some(value.chars().take(LONGEST).collect())
}

/// A time with its offset; older scanners wrote none.
fn moment(text: &str, zone: &jiff::tz::TimeZone) -> Option<Timestamp> {
    let at = text.parse::<jiff::Timestamp>().ok().or_else(|| {
        let at: DateTime = text.parse().ok()?;
        Some(at.to_zoned_datetime(zone.clone()).ok()?.timestamp())
    })?;
    let year = at.to_zoned_datetime(jiff::tz::TimeZone::UTC).year();
    (1990..2100).contains(&year).then(|| Timestamp::from_millis(at.as_millisecond()))
}

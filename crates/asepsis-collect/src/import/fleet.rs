//! Hosts of a Fleet server: what `fleetctl get hosts --json` prints (documents one behind the other) and
//! what its programming interface answers (pages of hosts, or one). Who uses a host is not read.

use asepsis_core::observation::{BodyBuilder, Observation};
use asepsis_core::time::Timestamp;
use serde::Deserialize;

use super::machine::Machine;
use super::system::System;
use super::{Input, ReadError, Reader, Reading, Told, plain, table_moment};

pub(super) const READER: Reader =
    Reader { format: "fleet-hosts", name: "hosts of a Fleet server", is, read };

/// Largest file; most hosts of it, and most policies of one host.
const LARGEST: usize = 256 << 20;
const MOST_HOSTS: usize = 200_000;
const MOST_POLICIES: usize = 2_000;
const FROM: &str = "Fleet";

/// One document: a host, or a page of them. Only what is used; the rest is passed over unread.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Document {
    kind: String,
    spec: Option<Host>,
    host: Option<Host>,
    hosts: Vec<Host>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Host {
    hostname: Option<String>,
    uuid: Option<String>,
    hardware_serial: Option<String>,
    hardware_model: Option<String>,
    platform: Option<String>,
    os_version: Option<String>,
    build: Option<String>,
    detail_updated_at: Option<String>,
    disk_encryption_enabled: Option<bool>,
    mdm: Option<Mdm>,
    policies: Option<Vec<Policy>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Mdm {
    enrollment_status: Option<String>,
    name: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Policy {
    query: Option<String>,
    response: Option<String>,
}

/// Queries of Fleet's own library whose answer is a fact, by what stands in them; letters and digits only.
/// A name can be given to anything; the query is what ran. The last says whether finding nothing tells the
/// contrary: queries of encryption find nothing where nobody is signed in, too.
const QUERIES: &[(&str, &str, bool)] = &[
    ("select1fromgatekeeperwhereassessmentsenabled1", "integrity.gatekeeper", true),
    ("select1frombitlockerinfowheredrivelettercandprotectionstatus1", "disk.root_encrypted", false),
    (
        "select1fromdiskencryptionwhereuseruuidisnotandfilevaultstatusonlimit1",
        "disk.root_encrypted",
        false,
    ),
    (
        "select1frommountsmdiskencryptiondwheremdevicealiasdnameanddencrypted1andmpath",
        "disk.root_encrypted",
        false,
    ),
];

fn is(head: &[u8]) -> bool {
    let has = |mark: &str| head.windows(mark.len()).any(|it| it == mark.as_bytes());
    head.trim_ascii_start().starts_with(b"{")
        && has("\"detail_updated_at\"")
        && has("\"platform\"")
        && ["\"hosts\"", "\"host\"", "\"spec\""].iter().any(|it| has(it))
}

fn read(input: Input<'_>, told: &Told) -> Result<Reading, ReadError> {
    let bytes = input.whole(LARGEST)?;
    let mut reading = Reading::new("Fleet");
    let mut looks: std::collections::BTreeMap<_, Observation> = std::collections::BTreeMap::new();
    let mut hosts = 0;
    let documents = serde_json::Deserializer::from_slice(&bytes).into_iter::<Document>();
    for (number, document) in documents.enumerate() {
        let document = document.map_err(|error| ReadError::Damaged {
            format: READER.name,
            place: format!("document {}", number + 1),
            why: error.to_string(),
        })?;
        if !document.kind.is_empty() && document.kind != "host" {
            reading.leave(format!("a document of kind {:.40}", document.kind), "it is no host");
            continue;
        }
        for host in document.hosts.into_iter().chain(document.spec).chain(document.host) {
            hosts += 1;
            if hosts > MOST_HOSTS {
                let what = format!("more than {MOST_HOSTS} hosts");
                return Err(ReadError::TooLarge { what, most: MOST_HOSTS as u64 });
            }
            match look(&host, told) {
                Err(why) => reading.leave("a host", why),
                // The same host again: the newest counts.
                Ok(look) => match looks.get(&look.subject) {
                    Some(known) => {
                        reading
                            .leave("a host", "the same host stands there again; the newest counts");
                        if known.observed_at < look.observed_at {
                            looks.insert(look.subject.clone(), look);
                        }
                    }
                    None => {
                        looks.insert(look.subject.clone(), look);
                    }
                },
            }
        }
    }
    reading.looks = Box::new(looks.into_values());
    Ok(reading)
}

fn look(host: &Host, told: &Told) -> Result<Observation, &'static str> {
    // Not `seen_time`: a host that is online has not looked at itself since.
    let at = host.detail_updated_at.as_deref();
    let at = at.and_then(|it| table_moment(it, &jiff::tz::TimeZone::UTC, false));
    let at = at.ok_or("it never reported its details, so that nothing is known of it")?;
    let at = at.min(told.now);
    let platform = host.platform.as_deref().unwrap_or_default();
    let mobile = ["ios", "ipados", "android"].into_iter().find(|it| *it == platform);
    // The name of a phone is mostly that of a person.
    let name = host.hostname.as_deref().filter(|_| mobile.is_none());
    let machine =
        Machine { serial: host.hardware_serial.as_deref(), uuid: host.uuid.as_deref(), host: name };
    let (subject, also) = machine.subject().ok_or("it has no serial number, no id and no name")?;
    let mut body = BodyBuilder::new();
    match mobile {
        Some(family) => phone(host, family, &mut body),
        None => computer(host, platform, at, &mut body),
    }
    let label = match mobile {
        Some(_) => host.hardware_model.clone().unwrap_or_else(|| "a mobile device".to_owned()),
        None => machine.label(),
    };
    Ok(Observation {
        schema: if mobile.is_some() { "mobile-device/1" } else { crate::computer::SCHEMA }
            .to_owned(),
        subject,
        also,
        label: label.chars().filter(|c| !c.is_control()).take(120).collect(),
        observed_at: at,
        collector: READER.format.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        body: body.build(),
    })
}

/// `On (automatic)`, `On (manual)`, `On (personal)`, `Pending`, `Off`.
fn enrolled(host: &Host) -> Option<bool> {
    let status = host.mdm.as_ref()?.enrollment_status.as_deref()?;
    match plain(status).as_str() {
        it if it.starts_with("on") => Some(true),
        "off" | "pending" => Some(false),
        _ => None,
    }
}

fn phone(host: &Host, family: &'static str, body: &mut BodyBuilder) {
    body.saw("os.family", family, FROM);
    // "iOS 18.1": the number alone.
    let version = host.os_version.as_deref().and_then(|it| it.split_whitespace().next_back());
    if let Some(version) = version.filter(|it| it.starts_with(|c: char| c.is_ascii_digit())) {
        body.saw("os.version", version, FROM);
    }
    if let Some(model) = &host.hardware_model {
        body.saw("model", model.chars().take(100).collect::<String>(), FROM);
    }
    match enrolled(host) {
        Some(managed) => body.saw("managed", managed, FROM),
        None => body.missed("managed", "Fleet does not tell"),
    }
}

fn computer(host: &Host, platform: &str, at: Timestamp, body: &mut BodyBuilder) {
    let version = host.os_version.as_deref().unwrap_or_default();
    let build = host.build.as_deref().unwrap_or_default();
    // "Windows 11 Pro 23H2 10.0.22631.2428" has the build in its name, where `build` is often empty.
    let number = version.split_whitespace().find(|it| it.starts_with("10.0.")).unwrap_or(build);
    let system = match platform {
        "windows" => System::windows(version, number),
        "darwin" => {
            System::named("macOS", version.trim_start_matches(|c: char| !c.is_ascii_digit()))
        }
        _ => System::named(version, ""),
    };
    match system {
        Some(system) => system.tell(body, FROM, at),
        None => body.missed("os.family", "Fleet gives a system that is not known"),
    }
    body.saw("virtualization.container", false, FROM);
    let by_policy = policies(host, body);
    match host.disk_encryption_enabled {
        // What Fleet itself says goes before its policies.
        Some(on) => body.saw("disk.root_encrypted", on, FROM),
        None if by_policy => {}
        None => body.missed("disk.root_encrypted", "Fleet does not tell"),
    }
    match enrolled(host) {
        Some(on) => body.saw("mdm.enrolled", on, FROM),
        None => body.missed("mdm.enrolled", "Fleet does not tell"),
    }
    if let (Some(true), Some(name)) =
        (enrolled(host), host.mdm.as_ref().and_then(|it| it.name.as_ref()))
        && !plain(name).is_empty()
    {
        body.saw("mdm.by", plain(name).chars().take(40).collect::<String>(), FROM);
    }
}

/// A policy passes if its query found something. One that has not run yet tells nothing. Whether one of
/// them told that the disk is encrypted.
fn policies(host: &Host, body: &mut BodyBuilder) -> bool {
    let Some(policies) = host.policies.as_ref().filter(|it| !it.is_empty()) else {
        body.missed("baseline.profile", "the list comes without policies");
        return false;
    };
    let (mut passed, mut failed, mut unknown, mut encrypted) = (0, 0, 0, false);
    for policy in policies.iter().take(MOST_POLICIES) {
        let holds = match policy.response.as_deref() {
            Some("pass" | "passes") => Some(true),
            Some("fail" | "fails") => Some(false),
            _ => None,
        };
        match holds {
            Some(true) => passed += 1,
            Some(false) => failed += 1,
            None => unknown += 1,
        }
        let query = plain(policy.query.as_deref().unwrap_or_default());
        let told = QUERIES.iter().find(|(it, ..)| *it == query);
        if let (Some((_, path, contrary)), Some(holds)) = (told, holds)
            && (holds || *contrary)
        {
            body.saw(path, holds, "a policy of Fleet");
            encrypted |= path.starts_with("disk.");
        }
    }
    body.saw("baseline.profile", "Fleet policies", FROM);
    body.saw("baseline.passed", passed, FROM);
    body.saw("baseline.failed", failed, FROM);
    body.saw("baseline.unknown", unknown, FROM);
    encrypted
}

#[cfg(test)]
#[path = "fleet_tests.rs"]
mod tests;

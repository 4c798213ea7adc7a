//! Lists of devices from management systems: Microsoft Intune (the portal's export and its report),
//! Jamf Pro. Computers become `computer/1`, phones and tablets `mobile-device/1`. Who uses a device is
//! not read.

use asepsis_core::observation::{BodyBuilder, Observation, Subject};
use asepsis_core::time::Timestamp;
use asepsis_vuln::end_of_life::end_of_life;

use super::super::machine::Machine;
use super::super::system::System;
use super::super::{Ask, Input, ReadError, Reader, Reading, Told};
use super::{Row, Table, Titles, text};

pub(in super::super) const INTUNE: Reader = Reader {
    format: "intune-devices",
    name: "a list of devices of Microsoft Intune",
    is: |head| Table::begins(head, &[NAME, SYSTEM, MANAGED, COMPLIANCE]),
    read: |input, told| read(input, told, &INTUNE, &[NAME, SYSTEM, COMPLIANCE]),
};
pub(in super::super) const JAMF: Reader = Reader {
    format: "jamf-computers",
    name: "a list of computers of Jamf Pro",
    is: |head| Table::begins(head, &[&["computername"], CHECKED, VERSION]),
    read: |input, told| read(input, told, &JAMF, &[&["computername"], VERSION]),
};

const NAME: Titles = &["devicename", "computername"];
const SERIAL: Titles = &["serialnumber"];
const UUID: Titles = &["udid"];
const SYSTEM: Titles = &["os", "operatingsystem", "devicetype"];
const VERSION: Titles = &["osversion", "operatingsystemversion"];
const CHECKED: Titles = &["lastcheckin", "lastcontact", "lastsyncdatetime", "lastinventoryupdate"];
const MANAGED: Titles = &["managedby", "managementagent", "managementagents"];
const COMPLIANCE: Titles = &["compliance", "compliancestate"];
const ENCRYPTED: Titles = &["encrypted", "isencrypted"];
const OWNER: Titles = &["ownership", "ownertype", "manageddeviceownertype"];
const JAILBROKEN: Titles = &["jailbroken", "jailbreakdetected"];
const SUPERVISED: Titles = &["supervised", "issupervised"];
const MODEL: Titles = &["model"];
const SKU: Titles = &["skufamily"];
const STATE: Titles = &["devicestate"];
const FILEVAULT: Titles = &[
    "filevault2status",
    "filevaultstatus",
    "filevault2partitionencryptionstate",
    "diskencryptionstatus",
];
const GATEKEEPER: Titles = &["gatekeeper", "gatekeeperstatus"];
const SIP: Titles = &["systemintegrityprotection", "sipstatus"];
const FIREWALL: Titles = &["firewallenabled", "firewallstatus", "firewall"];
const SECURE_BOOT: Titles = &["securebootlevel"];
const JAMF_MANAGED: Titles = &["managed"];

fn read(
    input: Input<'_>,
    told: &Told,
    reader: &Reader,
    needs: &[Titles],
) -> Result<Reading, ReadError> {
    let table = Table::read(input, reader.name, needs)?;
    let mut reading = Reading::new(if reader.format == "intune-devices" {
        "Microsoft Intune"
    } else {
        "Jamf Pro"
    });
    let day_first = table.day_first(CHECKED);
    let mut looks: std::collections::BTreeMap<Subject, Observation> =
        std::collections::BTreeMap::new();
    for row in table.rows() {
        let checked = table.has(CHECKED);
        let at = if checked { row.time(CHECKED, &told.zone, day_first) } else { told.date };
        if at.is_none() {
            if checked {
                reading.leave("a device", "it never checked in, so that nothing is known of it");
                continue;
            }
            if !reading.asks.contains(&Ask::Date) {
                reading.asks.push(Ask::Date);
            }
        }
        let at = at.unwrap_or(told.now).min(told.now);
        let Some(look) = device(&row, at, reader) else {
            reading.leave("a device", "it has neither a serial number nor a name");
            continue;
        };
        // A serial number twice: the device was enrolled anew; the newest row counts.
        match looks.get(&look.subject) {
            Some(known) if known.observed_at >= look.observed_at => {
                reading.leave("a device", "the same device stands there with a newer check-in");
            }
            Some(_) => {
                reading.leave("a device", "the same device stands there with a newer check-in");
                looks.insert(look.subject.clone(), look);
            }
            None => {
                looks.insert(look.subject.clone(), look);
            }
        }
    }
    reading.looks = Box::new(looks.into_values());
    Ok(reading)
}

fn device(row: &Row<'_>, at: Timestamp, reader: &Reader) -> Option<Observation> {
    let jamf = reader.format == "jamf-computers";
    let system =
        if jamf { "macOS".to_owned() } else { row.get(SYSTEM).unwrap_or_default().to_owned() };
    let mobile = mobile(&system, row.get(MODEL));
    // The name of a phone is mostly that of a person.
    let host = if mobile.is_some() { None } else { row.get(NAME) };
    let machine = Machine { serial: row.get(SERIAL), uuid: row.get(UUID), host };
    let (subject, also) = machine.subject()?;
    let mut it = Device { body: BodyBuilder::new(), from: reader.format };
    match mobile {
        Some(family) => it.mobile(row, family),
        None => it.computer(row, &system, jamf, at),
    }
    Some(Observation {
        schema: if mobile.is_some() { "mobile-device/1" } else { crate::computer::SCHEMA }
            .to_owned(),
        subject,
        also,
        label: if mobile.is_some() {
            row.get(MODEL).unwrap_or("a mobile device").to_owned()
        } else {
            machine.label()
        },
        observed_at: at,
        collector: reader.format.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        body: it.body.build(),
    })
}

/// The family of a phone's or tablet's system; `None` for computers.
fn mobile(system: &str, model: Option<&str>) -> Option<&'static str> {
    let system = text::plain(system);
    let model = model.unwrap_or_default().to_lowercase();
    if system.starts_with("ios") || system.contains("iphone") || system.contains("ipad") {
        // The portal calls both systems by one name; the model tells them apart.
        let phone =
            model.contains("iphone") || (!system.contains("ipad") && !model.contains("ipad"));
        Some(if phone { "ios" } else { "ipados" })
    } else if system.contains("android") {
        Some("android")
    } else {
        None
    }
}

struct Device {
    body: BodyBuilder,
    from: &'static str,
}

impl Device {
    fn saw(&mut self, path: &str, value: impl Into<serde_json::Value>) {
        self.body.saw(path, value, self.from);
    }

    fn maybe(&mut self, path: &str, value: Option<bool>) {
        match value {
            Some(value) => self.saw(path, value),
            None => self.body.missed(path, "the list does not tell"),
        }
    }

    fn mobile(&mut self, row: &Row<'_>, family: &'static str) {
        self.saw("os.family", family);
        if let Some(version) = row.get(VERSION) {
            self.saw("os.version", version);
            match end_of_life(family, version) {
                Some(end) => {
                    let supported = end.date().is_none();
                    self.saw("os.supported", supported);
                }
                None => self.body.missed("os.supported", "the table does not have this release"),
            }
        }
        if let Some(model) = row.get(MODEL) {
            self.saw("model", model);
        }
        match row.get(OWNER).map(text::plain).as_deref() {
            Some("corporate" | "company") => self.saw("owner", "organization"),
            Some("personal") => self.saw("owner", "personal"),
            _ => self.body.missed("owner", "the list does not tell"),
        }
        self.maybe("managed", managed(row));
        self.maybe("keeps_rules", keeps_rules(row));
        let encrypted = row.yes(ENCRYPTED);
        self.maybe("encrypted", encrypted);
        // Data protection of iOS and iPadOS is on when a passcode is set (Apple Platform Security).
        if family != "android" {
            self.maybe("passcode", encrypted);
        }
        self.maybe("jailbroken", row.yes(JAILBROKEN));
        match (row.yes(SUPERVISED), managed(row)) {
            (Some(true), _) | (_, Some(true)) => self.saw("wipeable", true),
            (_, Some(false)) => self.saw("wipeable", false),
            (_, None) => self.body.missed("wipeable", "the list does not tell"),
        }
        let state = row.get(STATE).map(str::to_lowercase).unwrap_or_default();
        if !state.is_empty() {
            self.saw("lost_mode", state.contains("wipe") || state.contains("lost"));
        }
    }

    fn computer(&mut self, row: &Row<'_>, system: &str, jamf: bool, at: Timestamp) {
        let version = row.get(VERSION).unwrap_or_default();
        let plain = text::plain(system);
        let sku = row.get(SKU).unwrap_or_default();
        let system = if plain.starts_with("windows") {
            System::windows(&format!("{system} {sku}"), version)
        } else if plain.starts_with("mac") {
            Some(System::macos(version))
        } else {
            None
        };
        match system {
            Some(system) => system.tell(&mut self.body, self.from, at),
            None => self.body.missed("os.family", "the list gives a system that is not known"),
        }
        self.saw("virtualization.container", false);
        let encrypted =
            if jamf { row.get(FILEVAULT).and_then(filevault) } else { row.yes(ENCRYPTED) };
        self.maybe("disk.root_encrypted", encrypted);
        let enrolled = if jamf { row.yes(JAMF_MANAGED).or(Some(true)) } else { managed(row) };
        self.maybe("mdm.enrolled", enrolled);
        if enrolled == Some(true) {
            self.saw("mdm.by", if jamf { "jamf" } else { "intune" });
        }
        if jamf {
            self.maybe("integrity.gatekeeper", row.get(GATEKEEPER).and_then(gatekeeper));
            self.maybe("integrity.system_protection", row.yes(SIP));
            self.maybe("firewall.active", row.yes(FIREWALL));
            if let Some(level) = row.get(SECURE_BOOT).map(text::plain) {
                self.saw("boot.secure", level.contains("full"));
            }
        } else {
            self.maybe("mdm.keeps_rules", keeps_rules(row));
        }
    }
}

fn managed(row: &Row<'_>) -> Option<bool> {
    let by = row.get(MANAGED).map(text::plain)?;
    match by.as_str() {
        "unknown" => None,
        "none" | "unmanaged" => Some(false),
        _ => Some(true),
    }
}

/// What the management system itself says; "in grace period" and "not evaluated" tell nothing yet.
fn keeps_rules(row: &Row<'_>) -> Option<bool> {
    match row.get(COMPLIANCE).map(text::plain).as_deref() {
        Some("compliant" | "1") => Some(true),
        Some("noncompliant" | "notcompliant" | "conflict" | "error" | "2") => Some(false),
        _ => None,
    }
}

/// Jamf writes the state of the boot partition.
fn filevault(cell: &str) -> Option<bool> {
    match text::plain(cell).as_str() {
        "encrypted"
        | "bootpartitionsencrypted"
        | "allpartitionsencrypted"
        | "on"
        | "filevaulton" => Some(true),
        "notencrypted" | "nopartitionsencrypted" | "off" | "decrypted" | "decrypting" => {
            Some(false)
        }
        _ => None,
    }
}

fn gatekeeper(cell: &str) -> Option<bool> {
    match text::plain(cell).as_str() {
        "appstoreandidentifieddevelopers" | "appstore" | "enabled" | "on" => Some(true),
        "off" | "disabled" | "anywhere" => Some(false),
        _ => None,
    }
}

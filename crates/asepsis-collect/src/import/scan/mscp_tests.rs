//! Results in the shape that the project's scripts write them, as text and binary (both written by
//! Python's `plistlib`), and property lists that mean harm.

use std::collections::BTreeMap;

use asepsis_core::identity::Secret;
use asepsis_core::observation::{Body, Observation, Seen};
use serde_json::{Value, json};

use super::super::{Ask, Input, ReadError, Reading, Told, recognize};
use super::plist::{self, Item};

const TEXT: &[u8] = include_bytes!("../../../testdata/import/mscp.plist");
const BINARY: &[u8] = include_bytes!("../../../testdata/import/mscp-binary.plist");

fn told() -> Told {
    let now = "2026-11-25T12:00:00Z".parse().unwrap();
    Told { host: Some("desk-07".to_owned()), ..Told::only(now, Secret([7; 32])) }
}

fn try_read(bytes: &[u8], told: &Told) -> Result<Reading, ReadError> {
    let reader = recognize(bytes).expect("it is known");
    assert_eq!(reader.format, "macos-security");
    reader.read(Input::from(bytes), told)
}

fn fact(look: &Observation) -> (Value, BTreeMap<String, Seen>) {
    let Body::Saw { fact, seen } = look.body.clone() else { panic!() };
    (Value::Object(fact), seen)
}

#[test]
fn results_are_the_same_as_text_and_binary() {
    for bytes in [TEXT, BINARY] {
        let mut reading = try_read(bytes, &told()).unwrap();
        assert_eq!(reading.asks, []);
        assert_eq!(reading.date.unwrap().to_string(), "2026-11-20T14:00:00.000Z");
        let look = reading.looks.next().unwrap();
        assert_eq!(look.subject.0, "host:desk-07");
        let (fact, seen) = fact(&look);
        assert_eq!(
            fact,
            json!({
                "os": {"family": "macos", "id": "macos"},
                "accounts": {"builtin_administrator": false, "guest": false},
                "audit": {"active": true, "sign_ins": true},
                "backups": {"scheduled": true},
                "desktop": {"automatic_logon": false, "lock_enabled": true, "lock_enforced": true},
                "disk": {"root_encrypted": true},
                "firewall": {"active": true},
                "integrity": {"gatekeeper": true, "system_protection": true},
                "mdm": {"enrolled": true},
                "passwords": {"lockout": true},
                "remote_access": {"desktop_enabled": false},
                "updates": {"automatic": true},
                "baseline": {
                    "profile": "macOS Security Compliance Project",
                    "passed": 16, "failed": 5, "unknown": 1,
                },
            })
        );
        // A profile does not enforce it: that does not say that the port is open.
        for path in ["remote_access.ssh_listening", "boot.secure", "passwords.checked"] {
            assert!(matches!(&seen[path], Seen::Not(_)), "{path}");
        }
        let left: Vec<&str> = reading.left.iter().map(|it| it.what.as_str()).collect();
        assert_eq!(left, ["exemptions", "rules"]);
    }
}

fn list(entries: &str) -> Vec<u8> {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \
         \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n<plist version=\"1.0\"><dict>{entries}</dict></plist>"
    )
    .into_bytes()
}

fn finding(id: &str, found: bool) -> String {
    format!("<key>{id}</key><dict><key>finding</key><{found}/></dict>")
}

#[test]
fn a_finding_says_off_only_where_the_system_itself_was_asked() {
    let all = [
        ("os_sip_enable", true),
        ("os_gatekeeper_enable", true),
        ("audit_auditd_enabled", true),
        ("sysprefs_filevault_enforce", true),
        ("sysprefs_firewall_enable", true),
        ("os_mdm_require", true),
        // One of the two ways in is shut.
        ("system_settings_screen_sharing_disable", false),
        ("system_settings_remote_management_disable", true),
        ("audit_flags_lo_configure", false),
    ]
    .map(|(id, found)| finding(id, found))
    .join("");
    let mut reading = try_read(&list(&all), &told()).unwrap();
    let (fact, seen) = fact(&reading.looks.next().unwrap());
    assert_eq!(fact["integrity"], json!({"gatekeeper": false, "system_protection": false}));
    assert_eq!(fact["audit"], json!({"active": false}));
    for path in
        ["disk.root_encrypted", "firewall.active", "mdm.enrolled", "remote_access.desktop_enabled"]
    {
        assert!(matches!(&seen[path], Seen::Not(_)), "{path}");
    }
    assert_eq!(reading.asks, [Ask::Date]);
}

#[test]
fn the_day_is_read_as_date_writes_it_and_the_computer_is_asked_for() {
    let day = |text: &str| {
        let rule = finding("os_sip_enable", false);
        let text = format!("<key>lastComplianceCheck</key><string>{text}</string>{rule}");
        let zone = jiff::tz::TimeZone::fixed(jiff::tz::offset(1));
        let told = Told { zone, host: None, ..told() };
        let reading = try_read(&list(&text), &told).unwrap();
        assert!(reading.asks.contains(&Ask::Host));
        reading.date.map(|it| it.to_string())
    };
    for (text, expected) in [
        ("Fri Nov 20 09:00:00 UTC 2026", Some("2026-11-20T09:00:00.000Z")),
        ("Fri Nov 20 09:00:00 PM PST 2026", Some("2026-11-21T05:00:00.000Z")),
        ("Fri 20 Nov 2026 09:00:00 CET", Some("2026-11-20T08:00:00.000Z")),
        ("Mon Mar  2 09:00:00 EST 2026", Some("2026-03-02T14:00:00.000Z")),
        ("2026-11-20 09:00:00 +0000", Some("2026-11-20T09:00:00.000Z")),
        ("Fri Nov 20 09:00:00 UTC 2099", Some("2026-11-25T12:00:00.000Z")),
        ("No scans have been run", None),
        ("20:00", None),
    ] {
        assert_eq!(day(text).as_deref(), expected, "{text}");
    }
    // Exempted before it ever ran.
    let only = "<key>os_sip_enable</key><dict><key>exempt</key><true/></dict><!-- finding -->";
    let reading = try_read(&list(only), &told()).unwrap();
    assert!(reading.left.iter().any(|it| it.why.contains("nothing was measured")));
}

#[test]
fn hostile_lists_are_refused() {
    let error = |bytes: &[u8]| plist::read(bytes).unwrap_err();
    let whole = list("");
    assert!(error(&whole[..whole.len() - "</dict></plist>".len()]).contains("too early"));
    assert!(plist::read(&TEXT[..TEXT.len() - 20]).is_err());
    assert!(
        error(b"<!DOCTYPE plist [<!ENTITY a 'b'>]><plist><dict/></plist>").contains("entities")
    );
    assert!(error(&list("<string>a</string>")).contains("without its key"));
    let deep = "<array>".repeat(100_000);
    assert!(error(&list(&format!("<key>a</key>{deep}"))).contains("too deep"));
    let nested = "<key>a</key><dict>".repeat(1_000);
    assert!(error(&list(&nested)).contains("too deep"));
    assert!(error(&list(&"<key>a</key><true/>".repeat(150_000))).contains("more things"));
    // Cut off, or with numbers that lead outside.
    for end in 0..BINARY.len() {
        let _ = plist::read(&BINARY[..end]);
    }
    for at in 0..BINARY.len() {
        let mut bytes = BINARY.to_vec();
        bytes[at] ^= 0xff;
        let _ = plist::read(&bytes);
    }
}

/// A dictionary of 1000 entries, each of which is the same dictionary, to the end.
#[test]
fn a_small_binary_list_cannot_make_much_work() {
    let mut bytes = b"bplist00".to_vec();
    let key = bytes.len();
    bytes.extend(b"\x51a");
    let mut offsets = vec![key];
    for _ in 0..5 {
        offsets.push(bytes.len());
        let next = u8::try_from(offsets.len()).unwrap();
        bytes.extend([0xdf, 0x11, 0x03, 0xe8]);
        bytes.extend(vec![0; 1000]);
        bytes.extend(vec![next; 1000]);
    }
    offsets.push(bytes.len());
    bytes.push(0x09);
    let table = bytes.len();
    for offset in &offsets {
        bytes.extend(u16::try_from(*offset).unwrap().to_be_bytes());
    }
    bytes.extend([0, 0, 0, 0, 0, 0, 2, 1]);
    for number in [offsets.len(), 1, table] {
        bytes.extend(u64::try_from(number).unwrap().to_be_bytes());
    }
    assert!(plist::read(&bytes).unwrap_err().contains("more things"));
    // A dictionary that holds itself ends at the depth that is read.
    let circle: &[u8] = b"bplist00\xd1\x01\x00\x51a";
    let mut circle = circle.to_vec();
    circle.extend([8, 11, 0, 0, 0, 0, 0, 0, 1, 1]);
    for number in [2_u64, 0, 13] {
        circle.extend(number.to_be_bytes());
    }
    assert!(matches!(plist::read(&circle), Ok(Item::Dict(_))));
}

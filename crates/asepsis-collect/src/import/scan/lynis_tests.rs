//! A report that Lynis 3.0.8 wrote on Debian 12 (shortened), and what it does not say.

use std::collections::BTreeMap;

use asepsis_core::identity::Secret;
use asepsis_core::observation::{Body, Observation, Seen};
use serde_json::{Value, json};

use super::super::{Ask, Input, Reading, Told, recognize};

const REAL: &str = include_str!("../../../testdata/import/lynis.dat");

fn told() -> Told {
    let zone = jiff::tz::TimeZone::fixed(jiff::tz::offset(-5));
    Told { zone, ..Told::only("2026-11-25T12:00:00Z".parse().unwrap(), Secret([7; 32])) }
}

fn read(text: &str) -> Reading {
    let reader = recognize(text.as_bytes()).expect("it is known");
    assert_eq!(reader.format, "lynis");
    reader.read(Input::from(text.as_bytes()), &told()).unwrap()
}

fn facts(text: &str) -> (Value, BTreeMap<String, Seen>) {
    let looks: Vec<Observation> = read(text).looks.collect();
    let Body::Saw { fact, seen } = looks[0].body.clone() else { panic!() };
    (Value::Object(fact), seen)
}

fn at<'a>(fact: &'a Value, path: &str) -> &'a Value {
    path.split('.').fold(fact, |at, key| at.get(key).unwrap_or(&Value::Null))
}

#[test]
fn single_keys_become_facts_and_the_score_does_not() {
    let mut reading = read(REAL);
    assert_eq!((reading.made_by.as_str(), reading.asks.as_slice()), ("Lynis 3.0.8", &[][..]));
    // The clock of the computer, five hours behind.
    assert_eq!(reading.date.unwrap().to_string(), "2026-11-20T18:25:02.000Z");
    let look = reading.looks.next().unwrap();
    assert_eq!((look.subject.0.as_str(), look.label.as_str()), ("host:desk-07", "desk-07"));
    let (fact, _) = facts(REAL);
    for (path, expected) in [
        ("os.family", json!("linux")),
        ("os.id", json!("debian")),
        ("os.version", json!("12")),
        ("os.supported", json!(true)),
        ("virtualization.guest", json!(true)),
        ("virtualization.container", json!(false)),
        ("patches.missing", json!(6)),
        ("updates.automatic", json!(false)),
        ("antivirus.products", json!([])),
        ("antivirus.active", json!(false)),
        ("accounts.uid_zero", json!(1)),
        ("accounts.empty_passwords", json!(0)),
        ("passwords.checked", json!(false)),
        ("passwords.max_days", Value::Null),
        ("audit.active", json!(false)),
        ("ports.open", json!(1)),
        ("boot.secure", Value::Null),
        ("remote_access.ssh_root_login", Value::Null),
    ] {
        assert_eq!(at(&fact, path), &expected, "{path}");
    }
    let left: Vec<&str> = reading.left.iter().map(|it| it.what.as_str()).collect();
    assert_eq!(left, ["hardening_index", "other lines", "names of packages"]);
    let text = fact.to_string();
    assert!(!text.contains("56") && !text.contains("apt"), "{text}");
}

/// `firewall_active=1` says that the kernel can filter packets, which every kernel can.
#[test]
fn a_firewall_is_known_only_where_its_rules_were_counted() {
    let (fact, seen) = facts(REAL);
    assert!(REAL.contains("firewall_active=1"));
    assert_eq!(at(&fact, "firewall.active"), &Value::Null);
    assert!(matches!(&seen["firewall.active"], Seen::Not(why) if why.contains("no test counted")));
    let counted = REAL.replace("tests_executed=", "tests_executed=FIRE-4512|");
    assert_eq!(at(&facts(&counted).0, "firewall.active"), &json!(true));
    let few = counted.replace("firewall_empty_ruleset=0", "firewall_empty_ruleset=1");
    assert_eq!(at(&facts(&few).0, "firewall.active"), &Value::Null);
}

#[test]
fn what_no_test_looked_at_is_unknown() {
    let cut = &REAL[..REAL.find("lynis_tests_done").unwrap()];
    let reading = read(cut);
    assert!(reading.left.iter().any(|it| it.why.contains("did not end")));
    let (fact, _) = facts(cut);
    for path in ["antivirus.products", "accounts.uid_zero", "updates.automatic", "audit.active"] {
        assert_eq!(at(&fact, path), &Value::Null, "{path}");
    }
    // Without updates it may not have been able to ask: no number, above all no zero.
    let lines = REAL.lines().filter(|it| !it.starts_with("vulnerable_package[]"));
    let none = lines.collect::<Vec<_>>().join(
        "
",
    );
    assert_eq!(at(&facts(&none).0, "patches.missing"), &Value::Null);
}

#[test]
fn details_tell_only_what_differs() {
    let more = "details[]=SSH-7408|sshd|desc:sshd option PermitRootLogin;field:PermitRootLogin;prefval:(NO);value:YES;|\n\
        details[]=SSH-7408|sshd|desc:sshd option MaxAuthTries;field:MaxAuthTries;prefval:3;value:6;|\n\
        details[]=KRNL-6000|sysctl|desc:x;field:kernel.randomize_va_space;prefval:2;value:1;|\n\
        malware_scanner[]=sophos\nmalware_scanner[]=falcon-sensor\nmalware_scanner[]=rkhunter\n\
        user_with_uid_zero[]=toor,0\naccount_without_password[]=guest\nselinux_mode=permissive\n\
        non_encrypted_swap[]=/dev/zram0\nencrypted_swap[]=/dev/dm-1,LUKS\n";
    let text =
        REAL.replace("tests_executed=", &format!("{more}tests_executed=SSH-7408|CRYP-7931|"));
    let (fact, _) = facts(&text);
    for (path, expected) in [
        ("remote_access.ssh_root_login", json!("yes")),
        ("remote_access.ssh_max_tries", json!(6)),
        ("hardening.aslr", json!(1)),
        ("antivirus.products", json!(["sophos"])),
        ("antivirus.active", json!(true)),
        ("edr.products", json!(["falcon"])),
        ("accounts.uid_zero", json!(2)),
        ("accounts.empty_passwords", json!(1)),
        ("integrity.mandatory_access", json!("permissive")),
        ("disk.swap_encrypted", json!(true)),
    ] {
        assert_eq!(at(&fact, path), &expected, "{path}");
    }
    assert!(!fact.to_string().contains("toor"));
}

#[test]
fn what_is_missing_is_asked_for_and_limits_hold() {
    let bare = "lynis_version=3.1.1\nreport_datetime_start=\nos=FreeBSD\n";
    let reading = read(bare);
    assert_eq!(reading.asks, [Ask::Date, Ask::Host]);
    let future = REAL.replace("2026-11-20", "2031-01-01");
    assert_eq!(read(&future).date, Some(told().now));
    let reader = recognize(bare.as_bytes()).unwrap();
    let long = format!("{bare}{}", "x=1\n".repeat(200_001));
    let error = reader.read(Input::from(long.as_bytes()), &told()).err().unwrap().to_string();
    assert!(error.contains("too large"), "{error}");
    assert!(reader.read(Input::from(&b"x=1"[..]), &told()).is_err());
}

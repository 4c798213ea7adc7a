//! Hosts in the shape that Fleet's documentation of its programming interface shows, invented. Never seen
//! from a real server.

use asepsis_core::identity::Secret;
use asepsis_core::observation::Body;
use serde_json::{Value, json};

use super::*;
use crate::import::recognize;

const HOSTS: &str = include_str!("../../testdata/import/fleet.json");

fn read_all(text: &str) -> (Vec<Observation>, Reading) {
    let reader = recognize(text.as_bytes()).expect("it is known");
    assert_eq!(reader.format, "fleet-hosts");
    let told = Told::only("2026-11-25T12:00:00Z".parse().unwrap(), Secret([7; 32]));
    let mut reading = reader.read(Input::from(text.as_bytes()), &told).unwrap();
    let looks = std::mem::replace(&mut reading.looks, Box::new(std::iter::empty())).collect();
    (looks, reading)
}

fn facts(looks: &[Observation], label: &str) -> Value {
    let look = looks.iter().find(|it| it.label == label).expect(label);
    assert_eq!(look.observed_at.to_string(), "2026-11-20T05:09:45.000Z", "not when it was online");
    let Body::Saw { fact, .. } = &look.body else { panic!() };
    Value::Object(fact.clone())
}

#[test]
fn a_page_of_hosts_becomes_computers_and_phones() {
    let (looks, reading) = read_all(HOSTS);
    assert_eq!(looks.len(), 4);
    let mac = facts(&looks, "lt-21");
    assert_eq!(mac["os"]["version"], "15.1");
    assert_eq!(mac["disk"], json!({"root_encrypted": true}));
    assert_eq!(mac["integrity"], json!({"gatekeeper": true}));
    assert_eq!(mac["mdm"], json!({"enrolled": true, "by": "fleet"}));
    let counted = json!({"profile": "Fleet policies", "passed": 1, "failed": 1, "unknown": 1});
    assert_eq!(mac["baseline"], counted, "a policy that has not run tells nothing");
    let windows = facts(&looks, "desk-22");
    assert_eq!(windows["os"]["version"], "10.0.22631");
    assert_eq!(windows["disk"], json!({"root_encrypted": false}));
    assert_eq!(windows["mdm"], json!({"enrolled": false}));
    assert_eq!(windows.get("baseline"), None);
    let linux = facts(&looks, "srv-01");
    assert_eq!((&linux["os"]["id"], linux.get("disk")), (&json!("ubuntu"), None));
    let phone = facts(&looks, "iPhone14,5");
    assert_eq!((&phone["os"]["version"], &phone["managed"]), (&json!("18.1"), &json!(true)));
    assert_eq!(reading.left.len(), 1);
    assert!(reading.left[0].why.contains("never reported its details"), "{:?}", reading.left);
    let all = serde_json::to_string(&looks).unwrap();
    assert!(!all.contains("Ada") && !all.contains("C02XK1ABCD"), "{all}");
}

#[test]
fn documents_of_the_command_line_stand_one_behind_the_other() {
    let page: Value = serde_json::from_str(HOSTS).unwrap();
    let mut text = String::new();
    for (at, host) in page["hosts"].as_array().unwrap().iter().enumerate() {
        let mut host = host.clone();
        // The command says passes and fails.
        if let Some(policy) = host.pointer_mut("/policies/0/response") {
            *policy = json!("passes");
        }
        let document = json!({"kind": "host", "apiVersion": "v1", "spec": host});
        text.push_str(&serde_json::to_string_pretty(&document).unwrap());
        text.push_str(if at % 2 == 0 { "\n" } else { "" });
    }
    text.push_str("{\"kind\": \"label\", \"spec\": {}}");
    let (looks, reading) = read_all(&text);
    assert_eq!(facts(&looks, "lt-21")["integrity"], json!({"gatekeeper": true}));
    assert!(
        reading.left.iter().any(|it| it.what == "a document of kind label"),
        "{:?}",
        reading.left
    );
    // A policy of encryption that passes tells; one that fails does not, and Fleet itself goes before.
    for (response, itself, expected) in [
        ("passes", Value::Null, json!(true)),
        ("fails", Value::Null, Value::Null),
        ("passes", json!(false), json!(false)),
    ] {
        let mut host = page["hosts"][2].clone();
        let query = "SELECT 1 FROM mounts m, disk_encryption d WHERE m.device_alias = d.name AND d.encrypted = 1 AND m.path = '/';";
        host["policies"] = json!([{"query": query, "response": response}]);
        host["disk_encryption_enabled"] = itself;
        let (looks, _) = read_all(&json!({"host": host}).to_string());
        assert_eq!(facts(&looks, "srv-01")["disk"]["root_encrypted"], expected, "{response}");
    }
    // One host, asked for by itself.
    let one = json!({"host": page["hosts"][1]}).to_string();
    assert_eq!(read_all(&one).0.len(), 1);
    // Two pages that overlap.
    let (looks, reading) = read_all(&format!("{HOSTS}{HOSTS}"));
    assert_eq!((looks.len(), reading.left[1].count), (4, 4));
    // Cut off.
    let cut = HOSTS.get(..HOSTS.len() / 2).unwrap();
    let told = Told::only("2026-11-25T12:00:00Z".parse().unwrap(), Secret([7; 32]));
    let reader = recognize(cut.as_bytes()).unwrap();
    assert!(matches!(
        reader.read(Input::from(cut.as_bytes()), &told),
        Err(ReadError::Damaged { .. })
    ));
}

//! Files of facts as they are written, and files that are wrong in one place.

use asepsis_core::observation::{BodyBuilder, Observation, Subject};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{FactsFileError, read, write};

fn observation() -> Observation {
    let mut body = BodyBuilder::new();
    body.saw("disk.encrypted", true, "/sys/block");
    body.saw("disk.mounts", vec!["/", "/home"], "/proc/mounts");
    body.missed("firewall.rules", "needs an administrator");
    Observation {
        schema: "computer/1".to_owned(),
        subject: Subject("machine-id:4c4c".to_owned()),
        also: Vec::new(),
        label: "desk-01".to_owned(),
        observed_at: "2026-11-24T09:14:00Z".parse().unwrap(),
        collector: "asepsis/computer".to_owned(),
        version: "0.1.0".to_owned(),
        body: body.build(),
    }
}

fn file() -> String {
    write(&[observation()], "2026-11-24T09:15:00Z".parse().unwrap(), "asepsis 0.1.0")
}

/// The file with one place changed, or taken out.
fn changed(pointer: &str, to: Option<Value>) -> Vec<u8> {
    let mut value: Value = serde_json::from_str(&file()).unwrap();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let parent = value.pointer_mut(parent).unwrap().as_object_mut().unwrap();
    match to {
        Some(to) => parent.insert(key.to_owned(), to),
        None => parent.remove(key),
    };
    serde_json::to_vec(&value).unwrap()
}

fn said(bytes: &[u8]) -> String {
    read(bytes).unwrap_err().to_string()
}

#[test]
fn what_is_written_is_read_again() {
    let text = file();
    assert!(
        text.starts_with(
            "{\"format\":\"asepsis-facts/1\",\"made_at\":\"2026-11-24T09:15:00.000Z\""
        )
    );
    assert!(text.ends_with("}\n"));
    let found = read(text.as_bytes()).unwrap();
    assert_eq!(found.program, "asepsis 0.1.0");
    assert_eq!(found.observations, [observation()]);
    assert_eq!(write(&found.observations, found.made_at, &found.program), text);
    // A mark of byte order, as some mail programs add.
    assert!(read(format!("\u{feff}{text}").as_bytes()).is_ok());
}

#[test]
fn an_error_names_the_observation_and_the_field() {
    for (pointer, to, expected) in [
        ("/format", Some(json!("asepsis-facts/2")), "\"asepsis-facts/2\""),
        ("/format", None, "names no format"),
        ("/made_at", Some(json!("today")), "\"made_at\""),
        ("/made_at", Some(json!("1970-01-01T00:00:00Z")), "clock"),
        ("/program", Some(json!("a\u{1b}[2J")), "\"program\""),
        ("/observations", Some(json!({})), "\"observations\""),
        ("/surprise", Some(json!(1)), "surprise"),
        ("/observations/0/schema", Some(json!("Computer")), "\"schema\" of observation 1"),
        ("/observations/0/schema", None, "is missing"),
        ("/observations/0/subject", Some(json!("user:sam")), "\"subject\" of observation 1"),
        ("/observations/0/subject", Some(json!("dns:")), "\"subject\""),
        ("/observations/0/subject", Some(json!("dns:a\nb")), "\"subject\""),
        ("/observations/0/label", Some(json!("desk\u{7}")), "\"label\" of observation 1"),
        ("/observations/0/label", Some(json!(5)), "is no text"),
        ("/observations/0/observed_at", Some(json!("2026-11-26T09:15:00Z")), "later than"),
        ("/observations/0/observed_at", Some(json!("2019-01-01T00:00:00Z")), "clock"),
        ("/observations/0/body", Some(json!({"saw": {"fact": {}}})), "\"body\""),
        ("/observations/0/body", Some(json!({"skipped": {"reason": ""}})), "no reason"),
        (
            "/observations/0/body/saw/fact/disk",
            Some(json!({"a": {"b": null}})),
            "\"fact.disk.a.b\"",
        ),
        ("/observations/0/body/saw/fact/disk", Some(json!([null])), "\"fact.disk\""),
        ("/observations/0/extra", Some(json!(1)), "\"extra\" of observation 1"),
    ] {
        let said = said(&changed(pointer, to));
        assert!(said.contains(expected), "{pointer}: {said}");
    }
}

#[test]
fn more_than_is_read_is_refused() {
    let too_large = |bytes: &[u8]| matches!(read(bytes), Err(FactsFileError::TooLarge { .. }));
    assert!(too_large(&vec![b' '; super::MAX_BYTES + 1]));
    assert!(too_large("[".repeat(1_000_000).as_bytes()));
    assert!(too_large(format!("[{}0]", "0,".repeat(1_000_001)).as_bytes()));
    assert!(too_large(&changed("/observations/0/label", Some("x".repeat(70_000).into()))));
    let many: serde_json::Map<String, Value> =
        (0..4_097).map(|n| (n.to_string(), n.into())).collect();
    let facts = changed("/observations/0/body/saw/fact/disk", Some(Value::Object(many)));
    assert!(said(&facts).contains("4096 facts"), "{}", said(&facts));
    let few = json!({"schema": "a/1"});
    let all = changed("/observations", Some(vec![few; super::MAX_OBSERVATIONS + 1].into()));
    assert!(too_large(&all));
}

#[test]
fn what_is_no_file_of_facts_is_said() {
    for (bytes, expected) in [
        (&b""[..], "not JSON"),
        (b"PK\x03\x04", "not JSON"),
        (b"[]", "another kind"),
        (b"{}", "no format"),
        (b"{\"a\": 1", "not JSON"),
        (b"\"\xff\"", "not JSON"),
    ] {
        let said = said(bytes);
        assert!(said.contains(expected) && said.contains("asepsis check --save"), "{said}");
    }
    let text = file();
    for end in 0..text.len() - 1 {
        assert!(read(&text.as_bytes()[..end]).is_err(), "{end}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_changed_bytes_make_it_panic(at in 0_usize..1_000, bytes in proptest::collection::vec(any::<u8>(), 0..8)) {
        let mut text = file().into_bytes();
        let at = at % text.len();
        text.splice(at..(at + bytes.len()).min(text.len()), bytes);
        let _ = read(&text);
    }
}

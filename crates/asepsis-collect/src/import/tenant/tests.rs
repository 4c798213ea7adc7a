//! The real sample of ScubaGear (test data, not in the repository), and invented files of the family's
//! documented shape.

use std::collections::BTreeMap;

use asepsis_core::identity::Secret;
use asepsis_core::observation::{Body, Observation, Seen};
use serde_json::{Value, json};

use super::super::{Ask, Input, Reading, Told, recognize};
use super::*;

fn told() -> Told {
    Told {
        date: None,
        host: None,
        zone: jiff::tz::TimeZone::UTC,
        now: "2026-11-25T12:00:00Z".parse().unwrap(),
        secret: Secret([7; 32]),
        mappings: std::sync::Arc::default(),
    }
}

fn read(bytes: &[u8]) -> Reading {
    let head = bytes.get(..bytes.len().min(super::super::HEAD)).unwrap();
    let reader = recognize(head).expect("it is known");
    reader.read(Input::from(bytes), &told()).unwrap()
}

fn facts(look: &Observation) -> (Value, BTreeMap<String, Seen>) {
    let Body::Saw { fact, seen } = &look.body else { panic!() };
    (Value::Object(fact.clone()), seen.clone())
}

fn at<'a>(fact: &'a Value, path: &str) -> &'a Value {
    path.split('.').fold(fact, |at, key| at.get(key).unwrap_or(&Value::Null))
}

fn schema(file: &str) -> asepsis_core::catalog::Schema {
    let path = format!("{}/../../catalog/observations/{file}", env!("CARGO_MANIFEST_DIR"));
    toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

#[expect(
    clippy::disallowed_methods,
    reason = "the folder of test data is named in the environment"
)]
fn sample() -> Option<Vec<u8>> {
    let data = std::env::var("ASEPSIS_TEST_DATA").unwrap_or_else(|_| {
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data").to_owned()
    });
    let path = std::path::Path::new(&data).join("m365/ScubaResults.json");
    let bytes = std::fs::read(&path).ok();
    if bytes.is_none() {
        println!("skipped: {} is missing; set ASEPSIS_TEST_DATA", path.display());
    }
    bytes
}

#[test]
fn every_control_of_the_real_sample_is_accounted_for_and_agrees_with_its_raw_section() {
    let Some(bytes) = sample() else { return };
    let mut reading = read(&bytes);
    assert_eq!((reading.made_by.as_str(), reading.asks.as_slice()), ("ScubaGear 1.8.0", &[][..]));
    assert!(reading.date.unwrap().to_string().starts_with("202"));
    let looks: Vec<Observation> =
        std::mem::replace(&mut reading.looks, Box::new(std::iter::empty())).collect();
    let (fact, seen) = facts(&looks[0]);
    assert_eq!(schema("tenant-1.toml").misfits(fact.as_object().unwrap()), Vec::<String>::new());

    // 92 controls: each is in a fact, or left by its id with a reason.
    let text = std::str::from_utf8(&bytes).unwrap().trim_start_matches('\u{feff}');
    let file: Value = serde_json::from_str(text).unwrap();
    let mut controls = 0;
    for group in file["Results"].as_object().unwrap().values().flat_map(|it| it.as_array().unwrap())
    {
        for control in group["Controls"].as_array().unwrap() {
            controls += 1;
            let id = control["Control ID"].as_str().unwrap();
            let left = reading
                .left
                .iter()
                .any(|it| it.what == format!("control {id}") && !it.why.is_empty());
            let taken =
                seen.values().any(|it| matches!(it, Seen::From(from) if from.starts_with(id)));
            assert!(left != taken, "{id} is left: {left}, taken: {taken}");
        }
    }
    assert_eq!(controls, 92);
    for (path, expected) in [
        ("sign_in.mfa_everyone", json!(true)),
        ("sign_in.mfa_phishing_resistant", json!(false)),
        ("sign_in.legacy_blocked", json!(true)),
        ("sign_in.session_hours", json!(96)),
        ("admins.global", json!(2)),
        ("admins.in_range", json!(true)),
        ("admins.cloud_only", json!(true)),
        ("admins.approval", json!(false)),
        ("mail.external_warning", json!(true)),
        // Not checked by the tool: unknown, never false.
        ("logs.sent_away", Value::Null),
    ] {
        assert_eq!(at(&fact, path), &expected, "{path}");
    }
    // What raw settings speak of was held against them, and nothing differs in this sample.
    for path in [
        "sign_in.mfa_everyone",
        "sign_in.mfa_phishing_resistant",
        "sign_in.legacy_blocked",
        "admins.in_range",
        "admins.cloud_only",
    ] {
        assert!(
            matches!(&seen[path], Seen::From(it) if it.contains("raw settings")),
            "{path}: {:?}",
            seen[path]
        );
    }

    // Three people with roles; their names stand apart.
    assert_eq!((looks.len(), reading.identities.len()), (4, 3));
    let text = format!("{} {:?}", serde_json::to_string(&looks).unwrap(), reading.left);
    for name in ["John", "Jane", "Doe"] {
        assert!(!text.contains(name), "{name} is no fact");
        assert!(reading.identities.iter().any(|it| it.name.contains(name)));
    }
    for look in &looks[1..] {
        let (fact, _) = facts(look);
        assert_eq!(
            schema("account-1.toml").misfits(fact.as_object().unwrap()),
            Vec::<String>::new()
        );
        assert_eq!(fact["privileged"], true);
    }
}

fn scuba(tool: &str, controls: &Value, raw: &Value) -> Vec<u8> {
    let file = json!({
        "MetaData": {"TenantId": "C0ABC", "DomainName": "clinic.example", "Tool": tool, "ToolVersion": "1.0.0",
            "ProductsAssessed": ["Common Controls"], "TimestampZulu": "2026-07-20T19:43:08.863Z"},
        "Summary": {}, "Results": {"commoncontrols": [{"GroupName": "x", "Controls": controls}]}, "Raw": raw,
    });
    [b"\xef\xbb\xbf".as_slice(), file.to_string().as_bytes()].concat()
}

fn control(id: &str, result: &str, criticality: &str) -> Value {
    json!({"Control ID": id, "Requirement": "<b>x</b>", "Result": result, "Criticality": criticality, "Details": ""})
}

#[test]
fn the_same_family_tells_of_google_and_what_is_no_result_is_unknown() {
    let controls = json!([
        control("GWS.COMMONCONTROLS.1.2v1", "Pass", "Shall"),
        control("GWS.COMMONCONTROLS.1.1v0.6", "Fail", "Shall"),
        control("GWS.COMMONCONTROLS.6.2v1", "No events found", "Shall"),
        control("GWS.COMMONCONTROLS.14.1v1", "N/A", "Shall/Not-Implemented"),
        control("GWS.COMMONCONTROLS.17.1v1", "Omitted", "Shall"),
        control("GWS.COMMONCONTROLS.13.1v1", "Error", "Shall"),
        control("GWS.COMMONCONTROLS.4.1v1", "Warning", "Should"),
        control("GWS.NEWTHING.9.9v1", "Pass", "Shall"),
        control("SOMETHING.ELSE.1.1v1", "Pass", "Shall"),
        {"Control ID": "", "Result": "Pass"},
    ]);
    let mut reading = read(&scuba("ScubaGoggles", &controls, &json!({})));
    let look = reading.looks.next().unwrap();
    assert_eq!(look.subject.0, "tenant:google/c0abc");
    let (fact, _) = facts(&look);
    for (path, expected) in [
        ("service", json!("google")),
        ("sign_in.mfa_everyone", json!(true)),
        ("sign_in.mfa_phishing_resistant", json!(false)),
        ("sign_in.session_limited", json!(false)),
        ("admins.in_range", Value::Null),
        ("admins.approval", Value::Null),
        ("logs.alerts", Value::Null),
        ("logs.sent_away", Value::Null),
    ] {
        assert_eq!(at(&fact, path), &expected, "{path}");
    }
    assert_eq!(reading.left.len(), 7, "{:?}", reading.left);
    assert!(reading.left.iter().any(|it| it.why.contains("does not know it")));
}

#[test]
fn a_verdict_that_the_raw_settings_contradict_is_unknown() {
    let policy = |state: &str, exclude: Value, grant: Value| {
        json!({"State": state, "GrantControls": grant, "Conditions": {
            "ClientAppTypes": ["all"], "UserRiskLevels": [], "SignInRiskLevels": [],
            "Applications": {"IncludeApplications": ["All"], "ExcludeApplications": []},
            "Users": {"IncludeUsers": ["All"], "ExcludeUsers": exclude, "ExcludeGroups": [], "ExcludeRoles": []},
        }})
    };
    let mfa = || json!({"Operator": "OR", "BuiltInControls": ["mfa"]});
    let met = json!([control("MS.AAD.3.2v2", "Pass", "Shall")]);
    for (policies, expected) in [
        (json!([policy("enabled", json!([]), mfa())]), json!(true)),
        // Report only; with an exception; passed by with another control.
        (json!([policy("enabledForReportingButNotEnforced", json!([]), mfa())]), Value::Null),
        (json!([policy("enabled", json!(["66b4"]), mfa())]), Value::Null),
        (
            json!([policy(
                "enabled",
                json!([]),
                json!({"Operator": "OR", "BuiltInControls": ["mfa", "compliantDevice"]})
            )]),
            Value::Null,
        ),
    ] {
        let mut reading =
            read(&scuba("ScubaGear", &met, &json!({"conditional_access_policies": policies})));
        let (fact, seen) = facts(&reading.looks.next().unwrap());
        assert_eq!(at(&fact, "sign_in.mfa_everyone"), &expected);
        if expected.is_null() {
            assert!(
                matches!(&seen["sign_in.mfa_everyone"], Seen::Not(why) if why.contains("raw settings"))
            );
        }
    }
}

#[test]
fn maester_is_taken_by_the_controls_it_names() {
    let test = |id: &str, tags: &[&str], result: &str, block: &str| json!({"Id": id, "Title": "x", "Tag": tags, "Result": result, "Block": block});
    let file = json!({
        "Result": "Failed", "FailedCount": 1, "PassedCount": 3, "SkippedCount": 1, "TotalCount": 6,
        "ExecutedAt": "2026-04-30T08:29:07.071475+10:00", "TenantId": "0817C655", "CurrentVersion": "1.0.0",
        "Tests": [
            test("MS.AAD.1.1", &["CISA", "MS.AAD"], "Passed", "CISA"),
            test("CISA.MS.AAD.3.2", &[], "Failed", "CISA"),
            test("MT.1001", &["MS.AAD.7.6"], "Skipped", "Maester"),
            test("MS.AAD.8.1", &[], "NotRun", "CISA"),
            test("CIS.M365.1.1.1", &["CIS"], "Passed", "CIS"),
            test("AD.DC.01", &["AD"], "Passed", "Active Directory"),
        ],
    });
    let mut reading = read(file.to_string().as_bytes());
    assert_eq!(reading.made_by, "Maester 1.0.0");
    assert_eq!(reading.date.unwrap().to_string(), "2026-04-29T22:29:07.071Z");
    let (fact, _) = facts(&reading.looks.next().unwrap());
    assert_eq!(at(&fact, "sign_in.legacy_blocked"), &json!(true));
    assert_eq!(at(&fact, "sign_in.mfa_everyone"), &json!(false));
    assert_eq!(at(&fact, "admins.approval"), &Value::Null);
    assert_eq!(at(&fact, "guests.limited"), &Value::Null);
    let left: Vec<&str> = reading.left.iter().map(|it| it.what.as_str()).collect();
    assert_eq!(left, ["test MS.AAD.7.6", "test MS.AAD.8.1", "tests CIS.M365", "tests AD.DC"]);
}

#[test]
fn a_file_without_its_day_asks_for_it_and_a_broken_one_is_named() {
    let bytes = scuba("ScubaGear", &json!([]), &json!({}));
    let text = String::from_utf8(bytes[3..].to_vec()).unwrap();
    let undated = text.replace("2026-07-20T19:43:08.863Z", "");
    assert_eq!(read(undated.as_bytes()).asks, [Ask::Date]);
    let reader = recognize(text.as_bytes()).unwrap();
    let error =
        |text: &str| reader.read(Input::from(text.as_bytes()), &told()).err().unwrap().to_string();
    assert!(error(&text[..text.len() - 5]).contains("ScubaGear"));
    assert!(error(&text.replace("\"Results\"", "\"Result\"")).contains("Results"));
    assert!(error(&text.replace("C0ABC", "").replace("clinic.example", "")).contains("no tenant"));
}

#[test]
fn each_fact_is_described_and_ids_lose_only_their_version() {
    let described = schema("tenant-1.toml");
    for (_, path) in controls::MICROSOFT.iter().chain(controls::GOOGLE) {
        assert!(described.paths.iter().any(|it| it.path == *path), "{path}");
    }
    for (id, bare) in [
        ("MS.AAD.3.2v2", "MS.AAD.3.2"),
        ("GWS.COMMONCONTROLS.1.1v0.6", "GWS.COMMONCONTROLS.1.1"),
        ("MS.AAD.3.2", "MS.AAD.3.2"),
        ("Preview", "Preview"),
    ] {
        assert_eq!(unversioned(id), bare);
    }
}

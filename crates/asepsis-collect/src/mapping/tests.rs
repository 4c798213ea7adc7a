//! Mappings of invented tables, and the tables they read.

use std::sync::Arc;

use asepsis_core::catalog::Schema;
use asepsis_core::identity::Secret;
use asepsis_core::observation::{Body, Observation};
use serde_json::{Value, json};

use super::*;
use crate::import::{Ask, Input, ReadError, Reading, Told, columns, recognize};

pub(super) fn schema(name: &str) -> Schema {
    let file = format!("{}.toml", name.replace('/', "-"));
    let path = format!("{}/../../catalog/observations/{file}", env!("CARGO_MANIFEST_DIR"));
    toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

const COMPUTERS: &str = r#"
format   = "asepsis-mapping/1"
id       = "rmm"
title    = "Devices of our IT company"
source   = "invented"
schema   = "computer/1"
known_by = ["Device Name", "Last Seen", "AV Status"]
date     = ["Last Seen"]

[key]
serial = ["Serial Number"]
host   = ["Device Name"]

[system]
name    = ["Operating System"]
version = ["Build"]

[[fact]]
path    = "antivirus.active"
columns = ["AV Status"]
as      = "yes-no"
yes     = ["Protected"]
no      = ["Expired", "Not installed"]

[[fact]]
path    = "antivirus.products"
columns = ["AV Product"]
as      = "list"

[[fact]]
path    = "backups.days_since_success"
columns = ["Last Good Backup"]
as      = "days-since"

[[fact]]
path    = "patches.missing"
columns = ["Missing Patches"]
as      = "number"

[[fact]]
path    = "hardware.kind"
columns = ["Chassis"]
as      = "text"
words   = { "Notebook" = "laptop", "Tower" = "desktop" }
"#;

fn mapping(text: &str) -> Mapping {
    let mapping = Mapping::parse(text.as_bytes()).unwrap();
    let schema = schema(&mapping.schema);
    mapping.fit(&schema).unwrap()
}

fn told(mappings: &[&str]) -> Told {
    Told {
        zone: jiff::tz::TimeZone::fixed(jiff::tz::offset(-6)),
        mappings: mappings.iter().map(|it| mapping(it)).collect::<Vec<_>>().into(),
        ..Told::only("2026-11-25T12:00:00Z".parse().unwrap(), Secret([7; 32]))
    }
}

fn read(table: &str, told: &Told) -> Result<(Vec<Observation>, Reading), ReadError> {
    let reader = recognize(table.as_bytes()).expect("it is a table");
    assert_eq!(reader.format, "mapped-table");
    let mut reading = reader.read(Input::from(table.as_bytes()), told)?;
    let looks = std::mem::replace(&mut reading.looks, Box::new(std::iter::empty()));
    Ok((looks.collect(), reading))
}

fn facts(look: &Observation) -> Value {
    let Body::Saw { fact, .. } = &look.body else { panic!() };
    assert_eq!(schema(&look.schema).misfits(fact), Vec::<String>::new());
    Value::Object(fact.clone())
}

fn left(reading: &Reading) -> Vec<String> {
    reading.left.iter().map(|it| format!("{}: {} ({})", it.what, it.why, it.count)).collect()
}

/// A heading above the titles, a title twice, a serial number that is none, the same computer twice, days
/// with the day first, a formula, a word that nobody explained, a row of totals.
const TABLE: &str = "\
Device report of clinic.example;;;;;;;;;\r\n\
Device Name;Serial Number;Operating System;Build;Last Seen;AV Status;AV Product;Last Good Backup;Missing Patches;Chassis;AV Status;Notes\r\n\
DESK-04;PF1A2B3C;Microsoft Windows 11 Pro;10.0.22631;24/11/2026 08:15;Protected;Sophos Endpoint;23/11/2026;0;Tower;Expired;Ada's\r\n\
LT-11;To be filled by O.E.M.;Microsoft Windows 11 Pro;10.0.26100;23/11/2026 18:00;Expired;;01/10/2026;1,204;Notebook;;\r\n\
DESK-04;PF1A2B3C;Microsoft Windows 11 Pro;10.0.22631;13/11/2026 08:15;Expired;Sophos Endpoint;12/11/2026;3;Tower;;\r\n\
DESK-05;PF9Z8Y7X;Ubuntu 24.04.1 LTS;;24/11/2026;Snoozed;ClamAV;never;=HYPERLINK(\"x\");Blade;;\r\n\
DESK-06;PF9Z8Y7Y;BeOS;5;soon;Protected;;;;;;\r\n\
Total: 5 devices;;;;;;;;;;;\r\n";

#[test]
fn a_table_becomes_facts_by_a_mapping_and_what_is_not_understood_is_told() {
    let (looks, reading) = read(TABLE, &told(&[COMPUTERS])).unwrap();
    assert_eq!(reading.asks, []);
    assert!(reading.made_by.starts_with("Devices of our IT company (mapping rmm, "));
    let names: Vec<&str> = looks.iter().map(|it| it.label.as_str()).collect();
    assert_eq!(names, ["DESK-04", "LT-11", "DESK-05"]);
    assert!(looks[0].subject.0.starts_with("serial:"), "{:?}", looks[0].subject);
    assert_eq!(looks[1].subject.0, "host:lt-11", "no serial number is no key");
    assert_eq!(looks[0].observed_at.to_string(), "2026-11-24T14:15:00.000Z");
    assert_eq!(looks[0].collector, "mapping/rmm");
    let first = facts(&looks[0]);
    assert_eq!(first["antivirus"], json!({"active": true, "products": ["sophos"]}));
    assert_eq!(first["backups"], json!({"days_since_success": 1}));
    assert_eq!(first["patches"], json!({"missing": 0}));
    assert_eq!(first["hardware"], json!({"kind": "desktop"}));
    assert_eq!(first["os"]["version"], "10.0.22631");
    let second = facts(&looks[1]);
    assert_eq!(second["antivirus"], json!({"active": false}));
    assert_eq!(second["patches"], json!({"missing": 1204}));
    // What is empty or not understood is no "no".
    let third = facts(&looks[2]);
    assert_eq!(third.get("patches"), None);
    assert_eq!(third.get("hardware"), None);
    assert_eq!(third.get("backups"), None);
    assert_eq!(third["antivirus"], json!({"products": ["another"]}));
    assert_eq!(third["os"]["id"], "ubuntu");
    assert_eq!(
        left(&reading),
        [
            "the column AV Status: it stands there more than once; the first is read (1)",
            "the column Notes: the mapping does not read it (1)",
            "a row: another one has the same key, and the newest counts (1)",
            "a cell of the column AV Status: it is not understood as yes-no (1)",
            "a cell of the column Last Good Backup: it is not understood as days-since (1)",
            "a cell of the column Missing Patches: it is not understood as number (1)",
            "a cell of the column Chassis: it is not understood as text (1)",
            "a row: it has no day that can be read, so that nothing is known of it (1)",
            "a row of totals: it is none of those that are listed (1)",
        ]
    );
    let all = serde_json::to_string(&looks).unwrap();
    assert!(!all.contains("PF1A2B3C") && !all.contains("Ada"), "{all}");
}

#[test]
fn the_first_mapping_whose_titles_are_all_there_counts() {
    let other = COMPUTERS
        .replace("\"rmm\"", "\"other\"")
        .replace("\"AV Status\"]\ndate", "\"Cost\"]\ndate");
    let (looks, _) = read(TABLE, &told(&[&other, COMPUTERS])).unwrap();
    assert_eq!(looks[0].collector, "mapping/rmm");
    let error = read(TABLE, &told(&[&other])).err().unwrap().to_string();
    assert!(error.contains("for \"other\" it lacks Cost"), "{error}");
    assert!(error.contains("Device Name") && error.contains("--map"), "{error}");
}

#[test]
fn without_a_column_of_days_the_date_is_asked_for() {
    let text = COMPUTERS.replace("date     = [\"Last Seen\"]\n", "");
    let undated = told(&[&text]);
    let (_, reading) = read(TABLE, &undated).unwrap();
    assert_eq!(reading.asks, [Ask::Date]);
    let date = "2026-11-20T06:00:00Z".parse().unwrap();
    let (looks, reading) = read(TABLE, &Told { date: Some(date), ..undated }).unwrap();
    assert_eq!((reading.asks.len(), looks[0].observed_at), (0, date));
    // A day after the date of the table cannot be one of its days.
    assert_eq!(facts(&looks[0]).get("backups"), None);
}

#[test]
fn people_are_read_by_their_own_titles_and_their_names_stay_apart() {
    let people = r#"
format   = "asepsis-mapping/1"
id       = "payroll"
title    = "People of our payroll"
schema   = "employee/1"
known_by = ["Mitarbeiter", "Eintritt"]
complete = true
[key]
employee_id = ["Nr"]
name        = ["Mitarbeiter"]
[[fact]]
path    = "start"
columns = ["Eintritt"]
as      = "day"
[[fact]]
path    = "left"
columns = ["Aktiv"]
as      = "yes-no"
yes     = ["Nein"]
no      = ["Ja"]
"#;
    let table = "Nr;Mitarbeiter;Eintritt;Aktiv\n1044;Ada Lovelace;01.03.2020;Ja\n1045;Grace Hopper;15.04.2021;Nein\n";
    let date = "2026-11-20T06:00:00Z".parse().unwrap();
    let (looks, reading) = read(table, &Told { date: Some(date), ..told(&[people]) }).unwrap();
    assert_eq!(facts(&looks[0]), json!({"start": "2020-03-01", "left": false}));
    assert_eq!(facts(&looks[1]), json!({"start": "2021-04-15", "left": true}));
    assert_eq!(reading.lists.as_deref(), Some("employee:hr/"));
    assert_eq!(reading.identities.len(), 2);
    let all = serde_json::to_string(&looks).unwrap();
    assert!(!all.contains("Ada") && !all.contains("1044"), "{all}");
}

#[test]
fn a_draft_is_a_mapping_that_reads_the_table() {
    let columns = columns(Input::from(TABLE.as_bytes())).unwrap();
    let draft = suggest("devices", &columns);
    assert!(
        draft.contains("these words; those in neither list are left out: \"Protected\""),
        "{draft}"
    );
    assert!(draft.contains("# Columns that are not read: "), "{draft}");
    let (looks, _) = read(TABLE, &told(&[&draft])).unwrap();
    assert_eq!(looks.len(), 3);
    assert_eq!(facts(&looks[0])["backups"], json!({"days_since_success": 1}));
    // Titles with quotes, and nothing else, cannot break out of it.
    let odd =
        [r#"a"] x = 1"#, "b\\", "c\nd"].map(|it| Column { title: it.to_owned(), texts: vec![] });
    assert!(suggest("odd", &odd).contains(r#""a\"] x = 1""#));
    Mapping::parse(suggest("odd", &odd).replace("host   = []", "host = [\"c\"]").as_bytes())
        .unwrap();
}

#[test]
fn what_cannot_be_a_mapping_is_refused_with_its_place() {
    let refused = |old: &str, new: &str| -> String {
        let text = COMPUTERS.replacen(old, new, 1);
        assert_ne!(text, COMPUTERS, "{old}");
        let parsed = Mapping::parse(text.as_bytes());
        parsed.and_then(|it| it.fit(&schema("computer/1"))).unwrap_err().to_string()
    };
    assert!(refused("asepsis-mapping/1", "asepsis-mapping/2").contains("asepsis-mapping/1"));
    assert!(refused("\"rmm\"", "\"Our RMM\"").starts_with("id: "));
    assert!(refused("computer/1", "account/1").starts_with("schema: "));
    assert!(refused("date  ", "dates ").contains("unknown field `dates`"));
    assert!(
        refused("serial = [\"Serial Number\"]\nhost   = [\"Device Name\"]", "")
            .starts_with("key: ")
    );
    assert!(refused("serial =", "mail =").starts_with("key: "));
    assert!(refused("patches.missing", "patches.mising").contains("no such fact"));
    assert!(refused("patches.missing", "restart.pending").contains("give yes-no"));
    assert!(refused("patches.missing", "ports.listening").contains("cannot tell such a list"));
    assert!(refused("patches.missing", "antivirus.active").contains("stands there twice"));
    assert!(refused("= \"laptop\"", "= \"notebook\"").contains("not one of laptop"));
    assert!(
        refused("known_by = [\"Device Name\"", "known_by = [\"--\"").contains("letters or digits")
    );
    assert!(refused("date ", "complete = true\ndate ").starts_with("complete: "));
    assert_eq!(Mapping::parse(&vec![b'#'; LARGEST + 1]), Err(MappingError::TooLarge));
    assert!(matches!(Mapping::parse(b"\xff\xfe"), Err(MappingError::Form(_))));
}

#[test]
fn a_letter_with_commas_is_no_table() {
    for text in
        ["Dear all,\nwe met, we spoke, we left.\n", "a,b\n1,2\n", "{\"a\":1,\"b\":2,\"c\":3}\n", ""]
    {
        assert!(recognize(text.as_bytes()).is_none(), "{text}");
    }
    let empty = Told { mappings: Arc::default(), ..told(&[]) };
    let error = read("a,b,c\n1,2,3\n", &empty).err().unwrap();
    assert!(matches!(error, ReadError::NoMapping { nearest: None, .. }), "{error}");
}

proptest::proptest! {
    #[test]
    fn no_table_and_no_mapping_is_too_strange(
        table in "([A-Za-z ,;\"'\t0-9/.:=-]{0,40}\n){0,8}",
        odd in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200),
    ) {
        let _ = Mapping::parse(&odd);
        let titles = "Device Name,Serial Number,Last Seen,AV Status,Missing Patches\n";
        for bytes in [table.clone().into_bytes(), [titles.as_bytes(), table.as_bytes()].concat(), odd] {
            if let Ok(columns) = columns(Input::from(bytes.as_slice())) {
                // A draft can always be read, but for the key that a person has to name.
                let draft = suggest("table", &columns);
                if let Err(error) = Mapping::parse(draft.as_bytes()) {
                    let text = error.to_string();
                    assert!(text.starts_with("key: ") || text.contains("letters or digits"), "{text}");
                }
            }
            if let Some(reader) = recognize(&bytes)
                && let Ok(reading) = reader.read(Input::from(bytes.as_slice()), &told(&[COMPUTERS]))
            {
                reading.looks.for_each(|look| drop(facts(&look)));
            }
        }
    }
}

//! `asepsis organization`: the size and what decided it, choices, sites, wrong values.
#![expect(
    clippy::indexing_slicing,
    reason = "helpers of tests, which clippy does not take for tests"
)]

use crate::support::Session;

fn size(session: &Session, arguments: &[&str]) -> serde_json::Value {
    let mut all = vec!["organization"];
    all.extend(arguments);
    session.json(&all)["size"].clone()
}

#[test]
fn the_table_decides_and_its_rows_are_named() {
    let session = Session::new();
    let assumed = size(&session, &[]);
    assert_eq!((&assumed["size"], &assumed["by"]), (&"small".into(), &"assumed".into()));
    let table = size(
        &session,
        &["--fits", "physicians=3", "--fits", "it=small", "--fits", "complexity=medium"],
    );
    assert_eq!((&table["size"], &table["by"]), (&"small".into(), &"table".into()));
    assert_eq!(table["deciding"].as_array().unwrap().len(), 2);
    assert_eq!(table["against"], serde_json::json!(["complexity"]));
    // A tie goes to the larger column.
    let tie = size(&session, &["--fits", "beds=51"]);
    assert_eq!((&tie["size"], &tie["by"]), (&"medium".into(), &"table".into()));
    let chosen = size(&session, &["--size", "large"]);
    assert_eq!((&chosen["size"], &chosen["by"]), (&"large".into(), &"chosen".into()));
    let back = size(&session, &["--size-by-table"]);
    assert_eq!((&back["size"], &back["by"]), (&"medium".into(), &"table".into()));
}

#[test]
fn numbers_fall_into_the_columns_of_the_table() {
    let session = Session::new();
    for (number, column) in [("10", "small"), ("11", "medium"), ("50", "medium"), ("51", "large")] {
        let fits = format!("physicians={number}");
        assert_eq!(size(&session, &["--fits", &fits])["size"], column, "{number} physicians");
    }
}

#[test]
fn the_whole_record_is_shown() {
    let session = Session::new();
    session.well(&[
        "organization",
        "--name",
        "Maple Street Family Practice",
        "--zone",
        "America/Chicago",
    ]);
    session.well(&["organization", "--domain", "Clinic.Example", "--domain", "mail@lab.example"]);
    session.well(&[
        "organization",
        "--fits",
        "physicians=3",
        "--site",
        "Main",
        "--site",
        "North=medium",
    ]);
    let shown = session.run(&["organization", "--adopt", "7.L.A", "--drop-domain", "LAB.example."]);
    insta::assert_snapshot!(shown.tame(&session), @r"
    Maple Street Family Practice
      Size: small, by 1 of 1 attributes of the size table: size: provider practice
      Mail domains: clinic.example
      Sites: Main, North (medium)
      Taken on from a larger size: 7.L.A
      Days end in: America/Chicago
    code 0
    ");
    let again = session.well(&["organization"]).out;
    assert_eq!(again, shown.out);
    let status = session.json(&["status"]);
    let seventh = status["assessment"]["practices"][6]["sub_practices"].as_array().unwrap().clone();
    let adopted = seventh.iter().find(|it| it["id"] == "7.L.A").unwrap();
    assert_eq!(adopted["adopted"], true);
}

#[test]
fn the_table_itself_is_shown() {
    let session = Session::new();
    let table = session.well(&["organization", "--sizes"]).out;
    assert!(table.contains("physicians = size: provider practice"), "{table}");
    let document = session.json(&["organization", "--sizes"]);
    let row = document["rows"].as_array().unwrap().iter().find(|it| it["id"] == "beds").unwrap();
    assert_eq!(row["bounds"], serde_json::json!([50, 299]));
}

#[test]
fn wrong_values_are_refused_and_nothing_is_recorded() {
    let session = Session::new();
    for wrong in [
        ["--fits", "physicians=many"],
        ["--fits", "it=3"],
        ["--fits", "moons=3"],
        ["--adopt", "9.Z.Z"],
        ["--domain", "no dots"],
        ["--drop-domain", "nowhere.example"],
        ["--site", "North=huge"],
        ["--zone", "Mars/Olympus"],
    ] {
        let refused = session.ends(1, &["organization", "--name", "New", wrong[0], wrong[1]]);
        let named = wrong[1].split('=').any(|part| refused.err.contains(part));
        assert!(named && refused.err.contains("help: "), "{}", refused.err);
    }
    for wrong in [
        &["--fits", "physicians"][..],
        &["--size", "huge"],
        &["--size", "small", "--size-by-table"],
    ] {
        let mut all = vec!["organization"];
        all.extend(wrong);
        session.ends(2, &all);
    }
    assert_eq!(session.entries(), 0);
}

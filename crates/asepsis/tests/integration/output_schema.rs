//! What every verb prints with `--json` fits the published schema, and a damaged document does not.

use serde_json::Value;

use crate::first_session::Session;

fn schema() -> jsonschema::Validator {
    let text = include_str!("../../../../docs/output.schema.json");
    jsonschema::validator_for(&serde_json::from_str(text).unwrap()).unwrap()
}

fn assert_fits(schema: &jsonschema::Validator, document: &Value) {
    if schema.is_valid(document) {
        return;
    }
    // The reason stands in the branch that the document names.
    let name = document["schema"].as_str().unwrap_or("(no schema)").replace('/', "-");
    let text = include_str!("../../../../docs/output.schema.json");
    let mut branch: Value = serde_json::from_str(text).unwrap();
    branch["oneOf"] = serde_json::json!([{ "$ref": format!("#/$defs/{name}") }]);
    let branch = jsonschema::validator_for(&branch).unwrap();
    let errors: Vec<String> = branch
        .iter_errors(document)
        .take(5)
        .map(|error| format!("{}: {error}", error.instance_path()).chars().take(400).collect())
        .collect();
    panic!("{name}: {errors:#?}");
}

#[test]
fn every_document_fits_the_published_schema() {
    let session = Session::new();
    let schema = schema();
    session.well(&[
        "organization",
        "--name",
        "Maple Street Family Practice",
        "--site",
        "North=medium",
    ]);
    session.well(&["answer", "org.medical-devices", "--set", "dont-know"]);
    let next = session.well(&["check", "--offline", "--json", "--domain", "clinic.example"]).json();
    assert_fits(&schema, &next);
    if let Some(step) = next["next"].as_array().unwrap().first() {
        let until = asepsis::config::now().plus_days(9).date();
        let check = step["check"].as_str().unwrap();
        let waive =
            ["waive", check, "--until", &until, "--owner", "Kim", "--reason", "later", "--json"];
        assert_fits(&schema, &session.well(&waive).json());
    }
    let export = session.home().join("export");
    for arguments in [
        vec!["status"],
        vec!["report"],
        vec!["answer", "--list"],
        vec!["answer", "org.computers", "--set", "7"],
        vec!["organization"],
        vec!["net-log"],
        vec!["catalog", "lint"],
        vec!["catalog", "review"],
        vec!["explain", "DMARC"],
        vec!["explain", "2.S.A"],
        vec!["explain", "2"],
        vec!["explain", "computer.system-supported"],
        vec!["ledger", "verify"],
        vec!["ledger", "list"],
        vec!["ledger", "show", "0"],
        vec!["ledger", "rebuild"],
        vec!["ledger", "export", export.to_str().unwrap()],
        vec!["ledger", "redact", "1", "--reason", "a test"],
        vec!["ledger", "list"],
    ] {
        let mut with_json = arguments.clone();
        with_json.push("--json");
        assert_fits(&schema, &session.well(&with_json).json());
    }
}

#[test]
fn a_damaged_document_does_not_fit() {
    let session = Session::new();
    let schema = schema();
    let good = session.well(&["status", "--json"]).json();
    assert!(schema.is_valid(&good));
    let mut other = good.clone();
    other["schema"] = "asepsis-status/9".into();
    assert!(!schema.is_valid(&other));
    let mut extra = good.clone();
    extra["surprise"] = true.into();
    assert!(!schema.is_valid(&extra));
    let mut state = good.clone();
    state["assessment"]["practices"][0]["state"] = "fine".into();
    assert!(!schema.is_valid(&state));
}

//! `asepsis catalog`: lint, review, write; another catalog in place of the shipped one.

use crate::support::Session;

#[test]
fn the_shipped_catalog_has_no_problem() {
    let session = Session::new();
    let lint = session.well(&["catalog", "lint"]).out;
    assert!(lint.ends_with("0 problems\n"), "{lint}");
    let document = session.json(&["catalog", "lint"]);
    assert_eq!(
        (&document["counts"]["threats"], &document["counts"]["practices"]),
        (&5.into(), &10.into())
    );
    assert_eq!(document["problems"], serde_json::json!([]));
    assert!(!session.home().join("home").exists(), "to lint needs no home");
}

#[test]
fn what_nobody_has_read_in_hicp_is_listed() {
    let session = Session::new();
    let review = session.well(&["catalog", "review"]).out;
    let last = review.lines().last().unwrap();
    let items = session.json(&["catalog", "review"])["items"].as_array().unwrap().len();
    assert_eq!(last, format!("{items} fields are not sourced"));
}

#[test]
fn a_changed_catalog_is_linted_and_its_file_and_line_named() {
    let session = Session::new();
    let folder = session.path("catalog");
    session.json(&["catalog", "write", &folder]);
    let exists = session.ends(1, &["catalog", "write", &folder]);
    assert!(exists.err.contains("exists already"), "{}", exists.err);
    session.well(&["catalog", "lint", &folder]);
    let check = session.home().join("catalog/checks/email/dmarc-enforced.toml");
    let text = std::fs::read_to_string(&check).unwrap();
    std::fs::write(&check, text.replace("expect = \"fail\"", "expect = \"pass\"")).unwrap();
    let broken = session.ends(1, &["catalog", "lint", &folder]);
    assert!(broken.out.contains("checks/email/dmarc-enforced.toml:"), "{}", broken.out);
    let document = session.ends(1, &["catalog", "lint", &folder, "--json"]).json();
    assert_eq!(document["problems"][0]["file"], "checks/email/dmarc-enforced.toml");

    std::fs::write(&check, "id = ").unwrap();
    let unloadable = session.ends(1, &["--catalog", &folder, "status"]);
    assert!(unloadable.err.contains("the catalog does not load"), "{}", unloadable.err);
    assert!(unloadable.err.contains("asepsis catalog lint"), "{}", unloadable.err);
    let missing = session.ends(1, &["catalog", "lint", &session.path("nowhere")]);
    insta::assert_snapshot!(missing.tame(&session), @r"
    error: cannot read TEMP/nowhere
      because: No such file or directory (os error 2)
    help: check the path: a folder or file in it does not exist

    code 1
    ");
}

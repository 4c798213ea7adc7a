//! Tables that nobody knows: a draft of what their columns mean, the mapping that comes of it, and the
//! tables that are read by it from then on, as text and as a workbook.
#![expect(clippy::unwrap_used, reason = "helpers of tests, which clippy does not take for tests")]

use std::io::{Cursor, Write as _};

use serde_json::json;

use crate::support::Session;

const ROWS: [[&str; 5]; 4] = [
    ["Computer Name", "Serial Number", "BitLocker", "Last Successful Backup", "Last Seen"],
    ["DESK-04", "PF1A2B3C", "Fully Encrypted", "2026-11-20", "2026-11-21"],
    ["LT-11", "PF4D5E6F", "Fully Decrypted", "2026-11-01", "2026-11-21"],
    ["LT-12", "PF7G8H9J", "", "2026-11-19", "2026-11-20"],
];

fn table() -> String {
    ROWS.iter().map(|row| format!("{}\n", row.join(","))).collect()
}

/// The same as a workbook, on its second sheet.
fn workbook() -> Vec<u8> {
    let rows: String = ROWS
        .iter()
        .map(|row| {
            let cells: String = row
                .iter()
                .map(|it| format!("<c t=\"inlineStr\"><is><t>{it}</t></is></c>"))
                .collect();
            format!("<row>{cells}</row>")
        })
        .collect();
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let of = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let types = "http://schemas.openxmlformats.org/package/2006/content-types";
    let sheet = |rows: &str| {
        format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>")
    };
    let note = "<row><c t=\"inlineStr\"><is><t>A note</t></is></c></row>";
    let parts = [
        (
            "[Content_Types].xml",
            format!(
                "<Types xmlns=\"{types}\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>"
            ),
        ),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{package}\"><Relationship Id=\"a\" Type=\"{of}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{of}\"><sheets><sheet name=\"Note\" sheetId=\"1\" r:id=\"n\"/><sheet name=\"Devices\" sheetId=\"2\" r:id=\"d\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{package}\"><Relationship Id=\"n\" Type=\"{of}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"d\" Type=\"{of}/worksheet\" Target=\"worksheets/sheet2.xml\"/></Relationships>"
            ),
        ),
        ("xl/worksheets/sheet1.xml", sheet(note)),
        ("xl/worksheets/sheet2.xml", sheet(&rows)),
    ];
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(text.as_bytes()).unwrap();
    }
    out.finish().unwrap().into_inner()
}

#[test]
fn a_table_that_nobody_knows_is_explained_once() {
    let session = Session::clinic();
    let file = session.path("our devices.csv");
    std::fs::write(&file, table()).unwrap();
    let before = session.entries();

    let refused = session.ends(1, &["import", &file]);
    assert!(refused.err.contains("columns are not known yet (Computer Name, "), "{}", refused.err);
    assert!(refused.err.contains("asepsis import FILE --map"), "{}", refused.err);

    let draft = session.well(&["import", &file, "--map"]).out;
    assert!(draft.contains("id       = \"our-devices\""), "{draft}");
    assert!(draft.contains("left out: \"Fully Encrypted\", \"Fully Decrypted\""), "{draft}");
    let drafts = session.json(&["import", &file, "--map"]);
    assert_eq!(drafts["drafts"][0]["mapping"], json!(draft));

    let mapping = session.path("devices.toml");
    let corrected = draft.replacen("yes     = []", "yes     = [\"Fully Encrypted\"]", 1).replacen(
        "no      = []",
        "no      = [\"Fully Decrypted\"]",
        1,
    );
    std::fs::write(&mapping, &corrected).unwrap();

    // A dry run keeps nothing, neither facts nor the mapping.
    let look = session.json(&["import", &file, "--mapping", &mapping, "--dry-run"]);
    assert_eq!(look["files"][0]["looks"]["computer/1"]["new"], 3, "{look}");
    session.ends(1, &["import", &file]);
    assert_eq!(session.entries(), before);

    let taken = session.json(&["import", &file, "--mapping", &mapping]);
    assert_eq!(taken["files"][0]["holds"], "mapped-table");
    assert_eq!(taken["files"][0]["left"], json!([]), "{taken}");
    let entry = session.json(&["ledger", "show", &(before + 1).to_string()]);
    let seen = &entry["body"]["body"]["saw"]["fact"];
    assert_eq!(seen["disk"], json!({"root_encrypted": true}), "{entry}");
    assert_eq!(seen["backups"], json!({"days_since_success": 1}), "{entry}");
    let known = session.json(&["import", "--mappings"]);
    assert_eq!(known["mappings"][0]["id"], "our-devices");
    assert_eq!(known["mappings"][0]["mapping"], json!(corrected));
    assert_eq!(known["mappings"][1]["mapping"], json!(null), "some come with the program");

    // From now on it is known, as a workbook too; the facts are the same.
    let book = session.path("devices.xlsx");
    std::fs::write(&book, workbook()).unwrap();
    let again = session.json(&["import", &book]);
    assert_eq!(again["files"][0]["looks"]["computer/1"]["known"], 3, "{again}");

    // Another meaning of the same file is another file.
    std::fs::write(&mapping, corrected.replace("Fully Decrypted\"]", "Decrypted\"]")).unwrap();
    let other = session.json(&["import", &file, "--mapping", &mapping]);
    assert_eq!(other["files"][0]["looks"]["computer/1"]["changed"], 1, "{other}");
    assert_eq!(other["files"][0]["left"][0]["what"], "a cell of the column BitLocker");

    let forgotten = session.well(&["import", "--forget-mapping", "our-devices"]);
    assert!(forgotten.out.contains("what came in by it stays"), "{}", forgotten.out);
    session.ends(1, &["import", &file]);
    let unknown = session.ends(1, &["import", "--forget-mapping", "our-devices"]);
    assert!(unknown.err.contains("no mapping \"our-devices\" is kept"), "{}", unknown.err);
}

#[test]
fn a_mapping_that_cannot_be_is_refused_and_nothing_is_taken() {
    let session = Session::clinic();
    let (file, mapping) = (session.path("devices.csv"), session.path("devices.toml"));
    std::fs::write(&file, table()).unwrap();
    let draft = session.well(&["import", &file, "--map"]).out;
    std::fs::write(&mapping, draft.replace("disk.root_encrypted", "disk.encrypted")).unwrap();
    let refused = session.ends(1, &["import", &file, "--mapping", &mapping]);
    assert!(refused.err.contains("devices.toml is not taken"), "{}", refused.err);
    assert!(refused.err.contains("disk.encrypted: computer/1 has no such fact"), "{}", refused.err);
    assert_eq!(session.json(&["import", "--mappings"])["mappings"].as_array().unwrap().len(), 1);
    // No table: no draft.
    let facts = session.path("facts.json");
    std::fs::write(&facts, "{\"format\": \"asepsis-facts/1\"}").unwrap();
    session.ends(1, &["import", &facts, "--map"]);
}

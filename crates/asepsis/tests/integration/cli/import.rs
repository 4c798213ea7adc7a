//! `asepsis check --save` and `asepsis import`: facts from another computer, and a vendor sheet that
//! is written, filled in by surgery on its parts, and read.
#![expect(clippy::unwrap_used, reason = "helpers of tests, which clippy does not take for tests")]

use std::io::{Cursor, Read as _, Write as _};

use asepsis::ops::{AsOf, assess, zone};
use asepsis_core::statement::Answer;
use asepsis_report::Report;
use asepsis_report::vendor_sheet::{VendorSheet, xlsx};
use serde_json::{Value, json};

use crate::support::{DAY, EVENING, Session, computer, desk, said};

#[test]
fn facts_of_another_computer_come_home_in_a_file() {
    let away = Session::new();
    let file = away.path("desk-02.json");
    let saved = away.well(&["check", "computer", "--offline", "--save", &file]);
    assert!(saved.out.contains("Nothing is recorded on this computer."), "{}", saved.out);
    assert!(!away.home().join("home").exists(), "no home is opened");

    let home = Session::clinic();
    let before = home.entries();
    let look = home.json(&["import", &file, "--dry-run"]);
    assert_eq!(look["files"][0]["looks"]["computer/1"]["new"], 1, "{look}");
    assert_eq!(home.entries(), before, "a dry run records nothing");
    let taken = home.json(&["import", &file, "--name", "Kim"]);
    let it = &taken["files"][0];
    assert_eq!((&it["file"], &it["holds"]), (&json!(file), &json!("facts")));
    assert_eq!(
        (&it["entries"], &it["import"]),
        (&json!([[before + 1, before + 1]]), &json!(before + 2))
    );
    assert_eq!(it["looks"]["computer/1"]["new"], 1);
    assert_eq!(it["left"], json!([]));
    let kept = home.json(&["ledger", "show", &(before + 1).to_string()]);
    let person = home.json(&["ledger", "show", &before.to_string()]);
    assert_eq!(person["body"]["name"], "Kim");
    assert_eq!(kept["author"], person["body"]["id"], "it is recorded in the name of who brings it");
    let saved: Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
    assert_eq!(kept["body"], saved["observations"][0]);
    assert!(home.well(&["status"]).out.contains("computer"), "it is shown");

    // The same file once more, also twice at once: nothing new.
    let again = home.well(&["import", &file, &file]).out;
    assert_eq!(again.matches("All of it is known; nothing is recorded").count(), 2, "{again}");
    assert_eq!(home.entries(), before + 3);

    // Taken back, it counts no longer; and it can come again.
    let import = (before + 2).to_string();
    assert!(home.well(&["import", "--history"]).out.contains("desk-02.json"));
    let undone = home.well(&["import", "--undo", &import, "--reason", "of another clinic"]);
    assert!(undone.out.contains("counts no longer"), "{}", undone.out);
    home.ends(1, &["import", "--undo", &import, "--reason", "twice"]);
    home.ends(1, &["import", "--undo", "0", "--reason", "no file"]);
    let past = home.json(&["import", "--history"]);
    assert_eq!(past["files"][0]["undone"]["reason"], "of another clinic");
    let taken = home.json(&["import", &file]);
    assert_eq!(taken["files"][0]["looks"]["computer/1"]["new"], 1, "{taken}");
}

#[test]
fn saving_needs_something_to_look_at() {
    let away = Session::new();
    let file = away.path("mail.json");
    let nothing = away.ends(3, &["check", "email", "--save", &file]);
    assert!(nothing.out.starts_with("Nothing to look at."), "{}", nothing.out);
    away.ends(3, &["check", "email", "--save", &file, "--json"]).json();
    assert!(!std::path::Path::new(&file).exists());
    let mail = away.json(&["check", "email", "clinic.example", "--offline", "--save", &file]);
    assert_eq!(mail["looked"][0]["subject"], "dns:clinic.example");
    assert!(away.well(&["import", &file]).out.contains("1 email domain: 1 new"));
}

#[test]
fn a_file_that_cannot_be_taken_stops_all_and_records_nothing() {
    let session = Session::new();
    let good = session.path("good.json");
    session.well(&["check", "computer", "--offline", "--save", &good]);
    for (content, expected) in [
        (&b"%PDF-1.7"[..], "the file is a PDF"),
        (b"Id,Your answer\n", "a list as plain text (CSV)"),
        (b"{\"format\": \"asepsis-facts/9\"}", "asepsis-facts/9"),
        (b"{\"format\":", "not JSON"),
        (b"PK\x03\x04", "damaged"),
        (b"", "empty"),
    ] {
        let bad = session.path("bad");
        std::fs::write(&bad, content).unwrap();
        let refused = session.ends(1, &["import", &good, &bad]);
        assert!(refused.err.contains(expected), "{}", refused.err);
        assert!(refused.err.contains("bad is not taken"), "{}", refused.err);
        assert!(
            refused.err.contains("help: `asepsis import --formats` lists what is taken"),
            "{}",
            refused.err
        );
    }
    session.ends(1, &["import", &session.path("nowhere")]);
    session.ends(2, &["import"]);
    session.ends(2, &["import", &good, "--role", "burglar"]);
    assert_eq!(session.entries(), 0);
}

/// The vendor sheet of the invented clinic.
fn sheet(session: &Session) -> (VendorSheet, Vec<u8>) {
    let mut out = None;
    session.with_home(async |home| {
        let when = AsOf { date: Some(EVENING.to_owned()), ..AsOf::default() };
        let assessed = assess(home, &when, DAY.parse().unwrap()).await.unwrap();
        let sheet = VendorSheet::of(&Report {
            catalog: &assessed.catalog,
            assessment: &assessed.assessment,
            next: &assessed.next,
            interview: &assessed.interview,
            program: "asepsis 0.1.0",
            zone: zone("America/Chicago"),
        });
        let bytes = xlsx(&sheet).unwrap();
        out = Some((sheet, bytes));
    });
    out.unwrap()
}

/// Types texts into empty cells of the sheets, as an office program would keep them.
pub(crate) fn fill(book: &[u8], cells: &[(u8, &str, &str)]) -> Vec<u8> {
    changed(book, |name, mut text| {
        let here = |it: &&(u8, &str, &str)| name == format!("xl/worksheets/sheet{}.xml", it.0);
        for (_, cell, typed) in cells.iter().filter(here) {
            let start = text.find(&format!("<c r=\"{cell}\"")).unwrap_or_else(|| panic!("{cell}"));
            let end = start + text[start..].find("/>").unwrap();
            let typed = typed.replace('&', "&amp;").replace('<', "&lt;");
            let rest = text.split_off(end).split_off(2);
            text.push_str(&format!(" t=\"inlineStr\"><is><t>{typed}</t></is></c>{rest}"));
        }
        text
    })
}

/// The workbook with its parts changed.
fn changed(book: &[u8], change: impl Fn(&str, String) -> String) -> Vec<u8> {
    let mut from = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..from.len() {
        let mut part = from.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        let text = change(&name, text);
        to.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        to.write_all(text.as_bytes()).unwrap();
    }
    to.finish().unwrap().into_inner()
}

#[test]
fn a_vendor_sheet_goes_out_and_comes_back() {
    let session = Session::clinic();
    session.record(
        DAY,
        vec![
            computer("=1+1 desk", DAY, &desk(false)),
            said("endpoint.disk-encryption", Answer::DontKnow, DAY),
            said("endpoint.basics", Answer::DontKnow, DAY),
            said("org.own-servers", Answer::DontKnow, DAY),
        ],
    );
    let (sheet, book) = sheet(&session);
    let last = sheet.areas.last().unwrap();
    assert_eq!((last.number, last.questions[0].id.as_str()), (0, "org.own-servers"));
    let asks: Vec<&str> =
        sheet.areas.iter().flat_map(|it| &it.asks).map(|it| it.check.as_str()).collect();
    let asked: Vec<&str> =
        sheet.areas.iter().flat_map(|it| &it.questions).map(|it| it.id.as_str()).collect();
    let ask = |id: &str| asks.iter().position(|it| *it == id).unwrap() + 2;
    let question = |id: &str| asked.iter().position(|it| *it == id).unwrap() + 2;
    let plain_disk = ask("computer.system-disk-encrypted");
    let several = question("endpoint.basics");
    let one = question("org.own-servers");
    let other = (2..).find(|row| ![several, one].contains(row)).unwrap();
    let at = |column: char, row: usize| format!("{column}{row}");
    let cells = [
        (2, at('E', plain_disk), "Yes"),
        (2, at('F', plain_disk), "last Tuesday"),
        (2, at('G', plain_disk), "=HYPERLINK(\"x\") <b>"),
        (2, at('H', plain_disk), "Sam"),
        (3, at('E', several), "2; 1"),
        (3, at('G', several), "Sam Smith"),
        (3, at('E', one), "I don't know"),
        (3, at('F', one), "ask the lab"),
        (3, at('G', one), "Sam\n  Smith"),
        (3, at('E', other), "it depends"),
    ];
    let cells: Vec<(u8, &str, &str)> =
        cells.iter().map(|(sheet, cell, text)| (*sheet, cell.as_str(), *text)).collect();
    let file = session.path("sheet.xlsx");
    std::fs::write(&file, fill(&book, &cells)).unwrap();

    let before = session.entries();
    let taken = session.json(&["import", &file]);
    let taken = &taken["files"][0];
    assert_eq!(taken["holds"], "vendor-sheet");
    let done = json!([{
        "row": plain_disk, "check": "computer.system-disk-encrypted", "done": "yes",
        "on": "last Tuesday", "remark": "=HYPERLINK(\"x\") <b>", "by": "Sam",
    }]);
    assert_eq!(taken["done"], done);
    assert_eq!(taken["entries"].as_array().unwrap().len(), 2);
    assert_eq!(taken["left"].as_array().unwrap().len(), 1, "{taken}");
    assert_eq!(taken["left"][0]["what"], json!(format!("Questions, row {other}")));
    assert!(taken["left"][0]["why"].as_str().unwrap().contains("\"it depends\""), "{taken}");

    let entries = taken["entries"].as_array().unwrap();
    let body = |seq: &Value| session.json(&["ledger", "show", &seq.to_string()])["body"].clone();
    let bodies: Vec<Value> = entries.iter().map(|range| body(&range[0])).collect();
    assert!(bodies.iter().all(|it| it["role"] == "vendor"), "{bodies:?}");
    let basics = bodies.iter().find(|it| it["question"] == "endpoint.basics").unwrap();
    assert_eq!(basics["answer"], json!({"several": ["anti-malware", "firewall"]}));
    let servers = bodies.iter().find(|it| it["question"] == "org.own-servers").unwrap();
    assert_eq!(
        (&servers["answer"], &servers["note"]),
        (&json!("dont-know"), &json!("ask the lab"))
    );
    assert!(bodies.iter().all(|it| it["via"] == "vendor-sheet"), "{bodies:?}");
    // Sam and Sam Smith, two answers, and that the disk is done, which is Sam's word and no evidence.
    assert_eq!(session.entries(), before + 5);
    let word = body(&json!(before + 4));
    assert_eq!(word["check"], "computer.system-disk-encrypted");
    let note = "on last Tuesday: =HYPERLINK(\"x\") <b>";
    assert_eq!(word["event"], json!({ "done": { "note": note } }));
    // The sheet a second time brings nothing.
    let again = session.well(&["import", &file]).out;
    assert!(again.contains("0 answers of the vendor recorded; 3 already known"), "{again}");
    assert!(again.contains("the vendor says it is done (last Tuesday)"), "{again}");
    assert!(again.contains("Not taken: 1 thing"), "{again}");
    assert_eq!(session.entries(), before + 5);
}

#[test]
fn what_the_vendor_may_not_say_is_left() {
    let session = Session::clinic();
    session.record(DAY, vec![said("endpoint.disk-encryption", Answer::DontKnow, DAY)]);
    let (sheet, book) = sheet(&session);
    let rows = sheet.areas.iter().flat_map(|it| &it.questions).count();
    assert!(rows >= 3, "{rows} questions");
    // Ids that somebody typed over; a remark about a patient; a remark alone.
    let typed = |id: &str, answer: &str, remark: &str| {
        let at = sheet.areas.iter().flat_map(|it| &it.questions);
        let row = at.clone().position(|it| it.id == "endpoint.disk-encryption").unwrap() + 2;
        let cells =
            [("E", answer), ("F", remark)].map(|(column, text)| (format!("{column}{row}"), text));
        let cells: Vec<(u8, &str, &str)> = cells
            .iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(cell, text)| (3, cell.as_str(), *text))
            .collect();
        let filled = fill(&book, &cells);
        let renamed = |_: &str, text: String| text.replace("endpoint.disk-encryption", id);
        let filled = if id.is_empty() { filled } else { changed(&filled, renamed) };
        let file = session.path("sheet.xlsx");
        std::fs::write(&file, filled).unwrap();
        let taken = session.json(&["import", &file])["files"][0].clone();
        assert_eq!(taken["entries"], json!([]), "{taken}");
        taken["left"][0]["why"].as_str().unwrap().to_owned()
    };
    let before = session.entries();
    assert!(typed("", "all", "see 123-45-6789").contains("Social Security"));
    assert!(typed("", "123-45-6789", "").contains("Social Security"));
    assert!(typed("", "", "only this").contains("no answer"));
    assert!(typed("no.question", "all", "").contains("there is no question"));
    assert!(typed("data.policy", "yes", "").contains("not a question for the vendor"));
    assert_eq!(session.entries(), before);
}

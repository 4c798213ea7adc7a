//! What the vendor sheet asks, on a page and as a workbook.

use asepsis_core::catalog::Kind;

use super::clinic::{Clinic, shipped, small};
use crate::vendor_sheet::{Asked, VendorSheet, xlsx};

fn questions(sheet: &VendorSheet) -> Vec<&Asked> {
    sheet.areas.iter().flat_map(|area| &area.questions).collect()
}

#[test]
fn each_ask_stands_in_the_area_of_the_practice_it_serves() {
    let clinic = Clinic::of_seven(small());
    let sheet = VendorSheet::of(&clinic.report());
    assert_eq!(sheet.organization, "Maple Street Family Practice");
    assert_eq!(sheet.day, "Nov 24, 2026");
    let areas: Vec<_> = sheet.areas.iter().map(|it| (it.number, it.name.as_str())).collect();
    // The question that nobody could answer is of practice 1, the plain disk of practice 2.
    assert_eq!(areas, [(1, "Email Protection"), (2, "Endpoint Protection")]);
    let ask = &sheet.areas[1].asks[0];
    assert_eq!(ask.check, "test.disk-encrypted");
    // Of two plain disks one is accepted; seven computers were said.
    assert_eq!((ask.saw.len(), ask.more, ask.failing, ask.applicable), (1, 0, 1, 7));
    assert_eq!(ask.saw[0].label, "front-desk-2");
    assert_eq!(ask.saw[0].detail, "the disk is not encrypted");
    assert!(ask.saw[0].evidence.is_some());
    assert_eq!(ask.noun, "computer");
}

#[test]
fn twelve_subjects_are_named_and_the_others_counted() {
    let clinic = Clinic::of_many(small(), 40);
    let sheet = VendorSheet::of(&clinic.report());
    let ask = &sheet.areas[0].asks[0];
    assert_eq!((ask.saw.len(), ask.more, ask.failing), (12, 28, 40));
}

#[test]
fn the_vendor_is_asked_what_nobody_knew_and_what_nobody_else_may_answer() {
    // `email.report` was answered with "I don't know", and IT may answer it.
    let clinic = Clinic::of_seven(small());
    let sheet = VendorSheet::of(&clinic.report());
    let asked: Vec<_> =
        questions(&sheet).iter().map(|it| (it.id.as_str(), it.only_theirs)).collect();
    assert_eq!(asked, [("email.report", false)]);
    // Nothing is said: the question that only IT and the vendor may answer is theirs.
    let clinic = Clinic::empty(small());
    let sheet = VendorSheet::of(&clinic.report());
    let asked: Vec<_> =
        questions(&sheet).iter().map(|it| (it.id.as_str(), it.only_theirs)).collect();
    assert_eq!(asked, [("endpoint.disk-encryption", true)]);
}

#[test]
fn the_page_shows_what_the_sheet_asks() {
    let clinic = Clinic::talkative(shipped());
    let sheet = VendorSheet::of(&clinic.report());
    let html = crate::vendor::markup(&sheet).into_string();
    for ask in sheet.areas.iter().flat_map(|it| &it.asks) {
        assert!(html.contains(&format!("<span class=\"id\">{}</span>", ask.check)));
    }
    for asked in questions(&sheet) {
        assert!(html.contains(&format!("<span class=\"id\">{}</span>", asked.id)));
    }
    let kinds: Vec<Kind> = questions(&sheet).iter().map(|it| it.kind).collect();
    assert!(kinds.contains(&Kind::One) && kinds.contains(&Kind::Several), "{kinds:?}");
}

#[test]
fn the_same_sheet_gives_the_same_workbook() {
    let clinic = Clinic::talkative(shipped());
    let sheet = VendorSheet::of(&clinic.report());
    let first = xlsx(&sheet).unwrap();
    assert!(first.starts_with(b"PK"));
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    assert!(first == xlsx(&sheet).unwrap());
    assert!(xlsx(&VendorSheet::of(&Clinic::empty(small()).report())).is_ok());
}

#[test]
#[ignore = "writes a workbook into the temporary folder, to be looked at"]
fn write_a_workbook_to_look_at() {
    let clinic = Clinic::talkative(shipped());
    let bytes = xlsx(&VendorSheet::of(&clinic.report())).unwrap();
    std::fs::write(std::env::temp_dir().join("asepsis-vendor-sheet.xlsx"), bytes).unwrap();
}

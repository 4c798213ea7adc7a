//! Files that are brought in: looked over first, kept only when somebody says so; the vendor sheet out
//! and back.
#![expect(clippy::unwrap_used, reason = "helpers of tests, which clippy does not take for tests")]

use asepsis_core::action::ActionChange;
use asepsis_core::evidence::Record;
use asepsis_core::statement::Via;
use asepsis_store::accounts::Rights;

use super::markup::faults;
use super::support::{Book, Visitor, noon, run};
use crate::cli::import::fill;
use crate::support::{Session, computer, desk};

/// Facts of a computer, as `asepsis check --save` writes them.
fn facts(label: &str) -> Vec<u8> {
    let Record::Observation(look) = computer(label, "2026-01-09T12:00:00Z", &desk(true)) else {
        panic!("a look is an observation");
    };
    asepsis::ops::as_file(&[look], noon()).into_bytes()
}

/// The files that wait: name and value of their boxes.
async fn waiting(visitor: &mut Visitor) -> Vec<(String, String)> {
    let page = visitor.page("/import/waiting").await;
    assert_eq!(faults(&page), Vec::<String>::new());
    let boxes = page.split("name=\"file-").skip(1).map(|rest| {
        let mut values = rest.split('"');
        let at = values.next().unwrap();
        (format!("file-{at}"), values.nth(1).unwrap().to_owned())
    });
    boxes.collect()
}

fn pairs(all: &[(String, String)]) -> Vec<(&str, &str)> {
    all.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

#[test]
fn facts_wait_until_somebody_says_that_they_may_be_kept() {
    let session = Session::clinic();
    run(async || {
        let book = Book::of(session).await;
        let mut owner = book.signed_in(Rights::Owner).await;
        let mut other = book.signed_in(Rights::It).await;
        let before = book.entries().await;
        let file = facts("desk-09 <b>");
        let files = [("files", "../desk<i>.json", file.as_slice()), ("files", "b.json", &file)];
        let sent = owner.upload("/import", &[], &files).await;
        assert_eq!(sent.location(), "/import/waiting");
        let page = owner.page("/import/waiting").await;
        assert!(
            page.contains("desk-09 &lt;b&gt;") && page.contains("desk&lt;i&gt;.json"),
            "{page}"
        );
        assert!(page.contains("1 computer: 1 new to this book."), "{page}");
        assert_eq!(book.entries().await, before, "nothing is kept yet");
        // Nobody else sees them or brings them in.
        let all = waiting(&mut owner).await;
        assert_eq!((all.len(), waiting(&mut other).await.len()), (2, 0));
        other.post("/import/record", &pairs(&all)).await;
        other.post("/import/drop", &pairs(&all)).await;
        assert_eq!((book.entries().await, waiting(&mut owner).await.len()), (before, 2));

        let kept = owner.post("/import/record", &pairs(&all)).await;
        assert_eq!(kept.location(), "/import?said=imported");
        assert_eq!(
            book.entries().await,
            before + 2,
            "one look, one file; the same is not kept twice"
        );
        assert_eq!(waiting(&mut owner).await, []);
        owner.upload("/import", &[], &files[..1]).await;
        assert!(owner.page("/import/waiting").await.contains("known already"));
        let all = waiting(&mut owner).await;
        let dropped = owner.post("/import/drop", &pairs(&all)).await;
        assert_eq!(dropped.location(), "/import?said=removed");
        assert_eq!((book.entries().await, waiting(&mut owner).await.len()), (before + 2, 0));
    });
}

#[test]
fn a_file_may_be_as_large_as_the_page_says() {
    run(async || {
        let book = Book::empty().await;
        let mut owner = book.signed_in(Rights::Owner).await;
        let mut file = facts("desk-09");
        file.resize(15 << 20, b'\n');
        let sent = owner.upload("/import", &[], &[("files", "desk.json", &file)]).await;
        assert_eq!(sent.location(), "/import/waiting", "{}", sent.body);
    });
}

#[test]
fn a_file_that_cannot_be_taken_is_named_with_its_cause_and_none_waits() {
    let session = Session::clinic();
    run(async || {
        let book = Book::of(session).await;
        let mut owner = book.signed_in(Rights::Owner).await;
        let good = facts("desk-09");
        for path in ["/import", "/vendor-sheet/read"] {
            let field = if path == "/import" { "files" } else { "file" };
            for (bytes, what) in [
                (&b"%PDF-1.7"[..], "PDF"),
                (b"{\"format\": \"asepsis-facts/9\"}", "asepsis-facts/9"),
                (b"PK\x03\x04nothing", "bad &lt;b&gt;.xlsx is not taken"),
                (b"", "is not taken"),
            ] {
                let files = [(field, "good.json", good.as_slice()), (field, "bad <b>.xlsx", bytes)];
                let answer = owner.upload(path, &[], &files).await;
                assert_eq!(answer.status, 422, "{path} {what}: {}", answer.location());
                assert!(answer.body.contains(what), "{what}: {}", answer.body);
                assert_eq!(faults(&answer.body), Vec::<String>::new(), "{path} {what}");
            }
            assert_eq!(owner.upload(path, &[], &[]).await.status, 422);
        }
        assert_eq!(waiting(&mut owner).await, []);
    });
}

/// A workbook of one part, as an attacker would make it.
fn workbook(part: &str, content: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (name, bytes) in [("[Content_Types].xml", b"<Types/>".as_slice()), (part, content)] {
        zip.start_file(name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_hostile_workbook_is_refused_and_nothing_is_kept() {
    let session = Session::clinic();
    run(async || {
        let book = Book::of(session).await;
        let mut owner = book.signed_in(Rights::Owner).await;
        let before = book.entries().await;
        let laughs =
            b"<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><workbook>&b;</workbook>";
        let outside =
            b"<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><workbook>&a;</workbook>";
        let bomb = vec![b' '; 200 << 20];
        let files = [
            ("bomb.xlsx", workbook("xl/workbook.xml", &bomb)),
            ("laughs.xlsx", workbook("xl/workbook.xml", laughs)),
            ("outside.xlsx", workbook("xl/workbook.xml", outside)),
            ("macros.xlsm", workbook("xl/vbaProject.bin", b"x")),
            ("cut.xlsx", workbook("xl/workbook.xml", b"<workbook/>")[..40].to_vec()),
        ];
        for (name, bytes) in &files {
            for (path, field) in [("/import", "files"), ("/vendor-sheet/read", "file")] {
                let sent = owner.upload(path, &[], &[(field, name, bytes)]).await;
                assert_eq!(sent.status, 422, "{path} {name}: {}", sent.location());
                assert!(sent.body.contains(name), "{path} does not name {name}");
                assert_eq!(waiting(&mut owner).await, []);
            }
        }
        assert_eq!(book.entries().await, before);
        // And more bytes than the route takes, whatever is in them.
        let sent = owner.upload("/import", &[], &[("files", "large", &vec![0; 17 << 20])]).await;
        assert_eq!(sent.status, 413);
    });
}

#[test]
fn the_vendor_sheet_goes_out_and_comes_back_as_the_vendors() {
    let session = Session::clinic();
    run(async || {
        let book = Book::of(session).await;
        let mut owner = book.signed_in(Rights::Owner).await;
        let page = owner.page("/vendor-sheet").await;
        assert!(
            page.contains("The system disk is encrypted") && page.contains("desk-01"),
            "{page}"
        );
        let file = owner.get("/vendor-sheet.xlsx").await;
        let header = |name: &str| file.headers.get(name).unwrap().to_str().unwrap().to_owned();
        let name = "attachment; filename=\"vendor-sheet-2026-01-10.xlsx\"";
        assert_eq!(header("content-disposition"), name);
        let cells = [
            (2, "E2", "No"),
            (2, "G2", "next month"),
            (3, "E2", "I don't know"),
            (3, "G2", "Alex"),
            (3, "E3", "it depends"),
        ];
        let filled = fill(&file.bytes, &cells);
        let before = book.entries().await;
        let sent = owner.upload("/vendor-sheet/read", &[], &[("file", "back.xlsx", &filled)]).await;
        assert_eq!((sent.location(), book.entries().await), ("/import/waiting", before));
        let page = owner.page("/import/waiting").await;
        for part in ["Not done", "next month", "it depends", "value=\"Alex\""] {
            assert!(page.contains(part), "{part}: {page}");
        }
        let all = waiting(&mut owner).await;
        let by = format!("by-{}", all[0].1);
        let mut fields = pairs(&all);
        fields.push((&by, "Alex Example"));
        owner.post("/import/record", &fields).await;
        let evidence = book.home.evidence(noon(), None).await.unwrap();
        let new: Vec<_> = evidence.iter().filter(|it| it.seq >= before).collect();
        let Record::Person(person) = &new[0].record else { panic!("{new:?}") };
        assert_eq!((person.name.as_str(), person.role.as_str()), ("Alex Example", "vendor"));
        assert!(new.iter().all(|it| it.author == person.id) && new.len() == 3, "{new:?}");
        let account = book.account(Rights::Owner).await;
        let Record::Attestation(said) = &new[1].record else { panic!("{new:?}") };
        assert_eq!((said.via, &said.entered_by), (Some(Via::VendorSheet), &Some(account.person)));
        let Record::Action(word) = &new[2].record else { panic!("{new:?}") };
        let text = "Not done: next month".to_owned();
        assert_eq!(word.event, ActionChange::Commented { text });
    });
}

#[test]
fn a_vendor_who_signs_with_one_of_our_names_is_still_shown_as_a_vendor() {
    let session = Session::clinic();
    run(async || {
        let book = Book::of(session).await;
        let mut owner = book.signed_in(Rights::Owner).await;
        let file = owner.get("/vendor-sheet.xlsx").await;
        let filled = fill(&file.bytes, &[(2, "E2", "Yes"), (2, "H2", "Pat owner")]);
        owner.upload("/vendor-sheet/read", &[], &[("file", "back.xlsx", &filled)]).await;
        let all = waiting(&mut owner).await;
        owner.post("/import/record", &pairs(&all)).await;
        let evidence = book.home.evidence(noon(), None).await.unwrap();
        let done = evidence.iter().rev().find_map(|it| match &it.record {
            Record::Action(it) => Some(it.check.clone()),
            _ => None,
        });
        let plan = format!("/plan/{}", done.unwrap());
        owner.post(&format!("{plan}/comment"), &[("text", "We asked them.")]).await;
        let page = owner.page(&plan).await;
        let strong = "<strong>Pat owner</strong>";
        assert_eq!(page.matches(strong).count(), 2, "{page}");
        let marked = format!("{strong} <span class=\"chip\">vendor</span>");
        assert_eq!(page.matches(&marked).count(), 1, "{page}");
    });
}

#[test]
fn only_who_may_import_is_offered_it() {
    let session = Session::clinic();
    run(async || {
        let book = Book::of(session).await;
        for rights in [Rights::Vendor, Rights::Staff, Rights::Auditor] {
            let mut visitor = book.signed_in(rights).await;
            let page = visitor.page("/vendor-sheet").await;
            assert!(!page.contains("/vendor-sheet/read") && !page.contains("/vendor-links"));
            assert_eq!(page.contains("/evidence/"), rights != Rights::Vendor, "{rights}");
            let file = facts("desk-09");
            let answer = visitor.upload("/import", &[], &[("files", "a.json", &file)]).await;
            assert_eq!(answer.status, 403, "{rights}");
        }
    });
}

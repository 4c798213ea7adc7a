//! Questions: ten at a sitting, kept at once; several people at the same time; what is refused.
#![expect(clippy::unwrap_used, reason = "helpers of tests, which clippy does not take for tests")]

use asepsis_core::evidence::Record;
use asepsis_core::statement::{Answer, Attestation};
use asepsis_store::accounts::Rights;

use super::markup::faults;
use super::support::{Book, Visitor, noon, run};
use crate::support::{Session, computer, desk};

/// A question with one answer, for the manager, the IT person and others.
const REMOTE: &str = "org.remote-access";
/// Where a sitting goes on.
const NEXT: &str = "/questions/next?n=1";

/// The answers on record, oldest first.
async fn answers(book: &Book) -> Vec<Attestation> {
    let evidence = book.home.evidence(noon(), None).await.unwrap();
    let said = evidence.into_iter().filter_map(|entry| match entry.record {
        Record::Attestation(it) => Some(it),
        _ => None,
    });
    said.collect()
}

/// Follows all redirections; the address and the page.
async fn follow(visitor: &mut Visitor, path: &str) -> (String, String) {
    let mut path = path.to_owned();
    loop {
        let answer = visitor.get(&path).await;
        if answer.status != 303 {
            assert_eq!(answer.status, 200, "{path}");
            assert_eq!(faults(&answer.body), Vec::<String>::new(), "{path}");
            return (path, answer.body);
        }
        path = answer.location().to_owned();
    }
}

/// The value of the first answer offered; a number where one is asked.
fn first(page: &str) -> String {
    let field = page.split("name=\"answer\" value=\"").nth(1).unwrap();
    let value = field.split('"').next().unwrap();
    if value.is_empty() { "3".to_owned() } else { value.to_owned() }
}

fn link(page: &str, text: &str) -> String {
    let before = page.split(&format!(">{text}</a>")).next().unwrap();
    let href = before.rsplit("href=\"").next().unwrap();
    href.split('"').next().unwrap().replace("&amp;", "&")
}

#[test]
fn ten_questions_are_asked_at_a_sitting_and_each_answer_is_kept_at_once() {
    let session = Session::clinic();
    run(async || {
        let book = Book::of(session).await;
        let mut visitor = book.signed_in(Rights::Owner).await;
        let start = visitor.page("/questions").await;
        assert!(start.contains("questions are open for you"), "{start}");
        let (mut path, mut page) = follow(&mut visitor, NEXT).await;
        for n in 1..=10 {
            assert!(page.contains(&format!("Question {n} of 10")), "{page}");
            let before = answers(&book).await.len();
            if n == 3 {
                // Skipping changes nothing, and the question does not come back at this sitting.
                let asked = path.split('?').next().unwrap().to_owned();
                (path, page) = follow(&mut visitor, &link(&page, "Skip")).await;
                assert!(!path.starts_with(&asked), "{path}");
                assert_eq!(answers(&book).await.len(), before);
                continue;
            }
            let do_it = if n == 5 { "dont-know" } else { "save" };
            let value = first(&page);
            let answer = if n == 5 { "" } else { value.as_str() };
            let fields = [("answer", answer), ("sure", "sure"), ("do", do_it), ("read", "")];
            let sent = visitor.post(&path, &fields).await;
            assert_eq!(sent.status, 303, "{}", sent.body);
            assert_eq!(answers(&book).await.len(), before + 1, "kept at once");
            if n == 5 {
                assert_eq!(answers(&book).await.last().unwrap().answer, Answer::DontKnow);
            }
            let to = sent.location().to_owned();
            (path, page) = follow(&mut visitor, &to).await;
            if n == 6 {
                // Back shows the answer; the way on leads here again.
                let (back, before) = follow(&mut visitor, &link(&page, "Back")).await;
                assert!(back.contains("n=6") && before.contains(" checked"), "{back}");
            }
        }
        assert!(path.starts_with("/questions/pause"), "{path}");
        assert!(
            page.contains("What you skipped") && page.contains("on the vendor sheet"),
            "{page}"
        );
        assert!(visitor.page("/vendor-sheet").await.contains("We could not answer this ourselves"));
        let (_, all) = follow(&mut visitor, "/questions/all").await;
        assert!(all.contains("Nobody here knew") && all.contains("Answered"), "{all}");
        follow(&mut visitor, "/questions/paper?role=it").await;
    });
}

#[test]
fn what_somebody_else_answered_meanwhile_is_said_and_nobodys_words_are_lost() {
    let session = Session::clinic();
    run(async || {
        let book = Book::of(session).await;
        let mut owner = book.signed_in(Rights::Owner).await;
        let mut it = book.signed_in(Rights::It).await;
        let path = format!("/questions/{REMOTE}?n=2&from=0");
        assert!(owner.page(&path).await.contains("Save and next"));
        let fields = [("answer", "some"), ("do", "save"), ("read", "")];
        assert_eq!(it.post(&format!("/questions/{REMOTE}"), &fields).await.status, 303);
        let mine = [("answer", "none"), ("do", "save"), ("read", ""), ("note", "Only <us> here")];
        let refused = owner.post(&path, &mine).await;
        assert_eq!(refused.status, 422);
        assert_eq!(faults(&refused.body), Vec::<String>::new());
        assert!(refused.body.contains("Pat it answered this just now"), "{}", refused.body);
        assert!(refused.body.contains("Only &lt;us&gt; here"), "the words are still there");
        assert_eq!(answers(&book).await.len(), 2, "the clinic's, and the one of it");
        // The question is not asked any more, but may be corrected.
        let page = owner.page(&path).await;
        assert!(page.contains("Pat it answered this") && !page.contains("Save and next"), "{page}");
        assert!(page.contains("Next question"));
        let page = owner.page(&format!("{path}&change=1")).await;
        let read = page.split("name=\"read\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        let mine = [("answer", "none"), ("do", "save"), ("read", read), ("note", "Only <us> here")];
        assert_eq!(owner.post(&path, &mine).await.status, 303);
        let last = answers(&book).await.pop().unwrap();
        assert_eq!((last.answer, last.role.as_str()), (Answer::One("none".to_owned()), "manager"));
        // Whoever wrote last may write again without reading.
        let again = [("answer", "some"), ("do", "save"), ("read", "")];
        assert_eq!(owner.post(&path, &again).await.status, 303);
        let page = owner.page("/questions/all").await;
        assert!(!page.contains("<us>"), "remarks are text");
    });
}

#[test]
fn what_is_not_right_is_said_at_its_field_and_not_kept() {
    let session = Session::clinic();
    run(async || {
        let book = Book::of(session).await;
        let mut visitor = book.signed_in(Rights::Owner).await;
        let before = book.entries().await;
        let patient = "Seen for 123-45-6789, DOB 01/02/1960";
        let long = "x".repeat(2_001);
        for (question, answer, note, what) in [
            (REMOTE, "", "", "Choose an answer"),
            (REMOTE, "burglars", "", "Choose an answer"),
            (REMOTE, "none", patient, "a Social Security number"),
            (REMOTE, "none", long.as_str(), "under 2,000 characters"),
            ("org.computers", "many", "", "A whole number"),
            ("org.computers", "0", "", "A whole number"),
            ("email.training", "-", "", ""),
        ] {
            let path = format!("/questions/{question}");
            let fields = [("answer", answer), ("note", note), ("do", "save"), ("read", "")];
            let answer = visitor.post(&path, &fields).await;
            if what.is_empty() {
                assert_eq!(answer.status, 303, "none of these is an answer");
                continue;
            }
            assert_eq!((answer.status, book.entries().await), (422, before), "{question}");
            assert!(answer.body.contains(what), "{what}: {}", answer.body);
            assert_eq!(faults(&answer.body), Vec::<String>::new(), "{question}");
            assert!(note.is_empty() || answer.body.contains(note), "what was typed stays");
        }
        assert_eq!(answers(&book).await.last().unwrap().answer, Answer::Several(Vec::new()));
    });
}

#[test]
fn everybody_is_asked_what_they_may_answer() {
    let session = Session::clinic();
    run(async || {
        let book = Book::of(session).await;
        let fields = [("answer", "none"), ("do", "save"), ("read", "")];
        // For the IT person and the vendor.
        let technical = "/questions/email.domain";
        let mut staff = book.signed_in(Rights::Staff).await;
        let before = book.entries().await;
        let refused = staff.post(technical, &[("do", "dont-know"), ("read", "")]).await;
        assert_eq!((refused.status, book.entries().await), (422, before));
        assert!(refused.body.contains("This one is for the IT person or the IT vendor."));
        assert!(!staff.page(technical).await.contains("name=\"answer\""));
        // An owner may answer all; a vendor sees only what vendors may answer.
        let mut owner = book.signed_in(Rights::Owner).await;
        assert_eq!(owner.post(technical, &[("do", "dont-know"), ("read", "")]).await.status, 303);
        let mut vendor = book.signed_in(Rights::Vendor).await;
        let page = vendor.page("/questions").await;
        assert!(page.contains("open for you") && !page.contains("Who else is asked"), "{page}");
        assert!(vendor.page(technical).await.contains("did not know"), "it waits for the vendor");
        for path in ["/questions/governance.policies", "/questions/nothing"] {
            assert_eq!(vendor.get(path).await.status, 404, "{path}");
            assert_eq!(vendor.post(path, &fields).await.status, 404, "{path}");
        }
        let all = vendor.page("/questions/all").await;
        assert!(!all.contains("/evidence/") && !all.contains("/questions/governance.policies"));
    });
}

#[test]
fn a_measured_question_shows_the_measurement_and_no_form() {
    let session = Session::clinic();
    let now = noon().to_string();
    // All three computers, with all that speaks of their disks.
    let mut fact = desk(true);
    fact["disk"]["home_encrypted"] = true.into();
    let looks = ["desk-01", "desk-02", "desk-03"].map(|it| computer(it, &now, &fact));
    session.record(&now, looks.into());
    run(async || {
        let book = Book::of(session).await;
        let mut visitor = book.signed_in(Rights::Owner).await;
        let page = visitor.page("/questions/endpoint.disk-encryption").await;
        assert_eq!(faults(&page), Vec::<String>::new());
        assert!(page.contains("This was measured"), "{page}");
        assert!(page.contains("/checks/computer.system-disk-encrypted"), "{page}");
        assert!(page.contains("desk-01") && page.contains("/evidence/"), "{page}");
        assert!(!page.contains("name=\"answer\""));
    });
}

//! What looks found, as things to do: what is listed, what each may say, and two people at one thing whose words must both stay.
#![expect(clippy::unwrap_used, reason = "helpers of tests, which clippy does not take for tests")]

use asepsis_core::action::{ActionChange, ActionEvent};
use asepsis_core::evidence::Record;
use asepsis_core::statement::Waiver;
use asepsis_store::accounts::Rights;

use super::markup::faults;
use super::support::{Book, Visitor, run};
use crate::support::{DAY, Session, computer, desk};

const DISK: &str = "computer.system-disk-encrypted";
const PLAN: &str = "/plan/computer.system-disk-encrypted";

async fn sound(visitor: &mut Visitor, path: &str) -> String {
    let page = visitor.page(path).await;
    assert_eq!(faults(&page), Vec::<String>::new(), "{path}");
    page
}

/// The `read` field that the forms of a page carry.
fn read(page: &str) -> String {
    let rest = page.split("name=\"read\" value=\"").nth(1).unwrap();
    rest.split('"').next().unwrap().to_owned()
}

fn word(event: ActionChange, at: &str) -> Record {
    Record::Action(ActionEvent { check: DISK.to_owned(), event, at: at.parse().unwrap() })
}

fn done() -> ActionChange {
    ActionChange::Done { note: "bought new disks".to_owned() }
}

/// The part of a page under a heading.
fn under<'a>(page: &'a str, heading: &str) -> &'a str {
    let rest = page.split(&format!(">{heading}</h2>")).nth(1);
    rest.unwrap_or_default().split("<h2").next().unwrap_or_default()
}

#[test]
fn the_list_holds_each_thing_where_it_stands() {
    let session = Session::clinic();
    run(async || {
        let book = Book::of(session).await;
        let mut visitor = book.signed_in(Rights::Owner).await;
        let title = "The system disk is encrypted";
        let page = sound(&mut visitor, "/plan/checks").await;
        assert!(under(&page, "Not planned yet").contains(title), "{page}");
        assert!(under(&page, "Not planned yet").contains("1 of 3 computers not in order"));
        visitor.post(&format!("{PLAN}/plan"), &[("read", "")]).await;
        let page = sound(&mut visitor, "/plan/checks").await;
        assert!(under(&page, "In the plan").contains(title));
        let account = book.account(Rights::It).await;
        let last = read(&visitor.page(PLAN).await);
        let fields =
            [("read", last.as_str()), ("to", account.person.as_str()), ("due", "2026-01-05")];
        assert_eq!(visitor.post(&format!("{PLAN}/assign"), &fields).await.status, 303);
        let page = sound(&mut visitor, "/plan/checks").await;
        assert!(under(&page, "Past its day").contains("Pat it"), "{page}");
        assert!(
            !sound(&mut visitor, "/plan/checks?who=me").await.contains(title),
            "it is somebody's"
        );
        let theirs = sound(&mut visitor, &format!("/plan/checks?who={}", account.person)).await;
        assert!(theirs.contains(title));
        let mut them = book.signed_in(Rights::It).await;
        assert!(sound(&mut them, "/plan/checks?who=me").await.contains(title));
        let last = read(&them.page(PLAN).await);
        let fields = [("read", last.as_str()), ("note", "bought new disks")];
        let answer = them.post(&format!("{PLAN}/done"), &fields).await;
        assert_eq!(answer.location(), format!("{PLAN}?said=done#said"));
        let page = sound(&mut visitor, "/plan/checks").await;
        let waiting = under(&page, "Said done, waiting for a look");
        assert!(waiting.contains(title) && waiting.contains("Pat it"), "{page}");
        assert!(waiting.contains("look is due"));
        assert!(sound(&mut visitor, PLAN).await.contains("bought new disks"));
    });
}

#[test]
fn what_looks_found_after_done_is_told_apart() {
    let before = "2026-01-08T15:00:00Z";
    let session = Session::clinic();
    session.record(DAY, vec![word(done(), before)]);
    let title = "The system disk is encrypted";
    let shown = |session: Session, heading: &str, words: &str| {
        run(async || {
            let book = Book::of(session).await;
            let mut visitor = book.signed_in(Rights::Auditor).await;
            let page = sound(&mut visitor, "/plan/checks").await;
            assert!(under(&page, heading).contains(title), "{heading}: {page}");
            let page = sound(&mut visitor, PLAN).await;
            assert!(page.contains(words), "{words}: {page}");
            // An auditor only reads.
            assert!(!under(&page, "What was said").contains("<form"));
            assert!(!page.contains(&format!("action=\"{PLAN}")));
        });
    };
    shown(session, "Said done, not seen done", "a look made after that says no");

    let session = Session::clinic();
    let looks = [("desk-01", true), ("desk-03", true)];
    let looks = looks.map(|(label, encrypted)| computer(label, DAY, &desk(encrypted)));
    session.record(DAY, [word(done(), before)].into_iter().chain(looks).collect());
    shown(session, "In order now", "find it in order everywhere");

    let session = Session::clinic();
    session.record(
        DAY,
        vec![
            Record::Waiver(Waiver {
                check: DISK.to_owned(),
                subject: None,
                reason: "replaced in spring".to_owned(),
                owner: "person-test".to_owned(),
                expires: "2026-03-01T00:00:00Z".parse().unwrap(),
            }),
            word(ActionChange::Planned, DAY),
        ],
    );
    shown(session, "Accepted gaps", "The gap is accepted for a time");
}

#[test]
fn two_people_at_one_thing_lose_no_words() {
    let session = Session::clinic();
    run(async || {
        let book = Book::of(session).await;
        let (mut one, mut other) =
            (book.signed_in(Rights::Owner).await, book.signed_in(Rights::It).await);
        // Both open the page, then one sends after the other.
        let (first, second) = (read(&one.page(PLAN).await), read(&other.page(PLAN).await));
        let fields = [("read", second.as_str()), ("text", "the vendor <i>comes</i> on Monday")];
        assert_eq!(other.post(&format!("{PLAN}/comment"), &fields).await.status, 303);
        let before = book.entries().await;
        let typed = [("read", first.as_str()), ("note", "I changed the \"disk\" & tested it")];
        let answer = one.post(&format!("{PLAN}/done"), &typed).await;
        assert_eq!(answer.status, 409);
        assert_eq!(faults(&answer.body), Vec::<String>::new());
        assert_eq!(book.entries().await, before, "nothing was recorded");
        let page = &answer.body;
        assert!(page.contains("Somebody else wrote about this"));
        assert!(page.contains("the vendor &lt;i&gt;comes&lt;/i&gt; on Monday"));
        assert!(under(page, "What was said").contains("new since you opened the page"));
        assert!(page.contains("I changed the &quot;disk&quot; &amp; tested it</textarea>"));
        // Sent again, it is taken: the page carried what is read now.
        let fresh = read(page);
        assert_ne!(fresh, first);
        let again = [("read", fresh.as_str()), typed[1]];
        assert_eq!(one.post(&format!("{PLAN}/done"), &again).await.status, 303);
        // A comment is always taken, however old the page.
        let late = [("read", ""), ("text", "written late")];
        assert_eq!(other.post(&format!("{PLAN}/comment"), &late).await.status, 303);
        let page = sound(&mut one, PLAN).await;
        for words in ["comes", "I changed the", "written late"] {
            assert!(under(&page, "What was said").contains(words), "{words}");
        }
        assert!(!page.contains("new since"));
    });
}

#[test]
fn what_cannot_be_kept_comes_back_with_the_reason() {
    let session = Session::clinic();
    run(async || {
        let book = Book::of(session).await;
        let mut visitor = book.signed_in(Rights::Owner).await;
        let before = book.entries().await;
        let long = "x".repeat(4001);
        for (act, fields, words) in [
            ("comment", vec![("text", "  ")], "Write a few words"),
            ("comment", vec![("text", long.as_str())], "at most 4,000 characters"),
            ("comment", vec![("text", "see patient 123-45-6789")], "no patient data is kept"),
            ("reopen", vec![("reason", "")], "Write a few words"),
            ("assign", vec![("to", "person-of-another-organization")], "who can sign in"),
        ] {
            let answer = visitor.post(&format!("{PLAN}/{act}"), &fields).await;
            assert_eq!(answer.status, 422, "{act} {}", answer.body);
            assert!(answer.body.contains(words), "{act}: {}", answer.body);
            assert_eq!(faults(&answer.body), Vec::<String>::new());
            if let Some((_, typed)) = fields.first().filter(|(name, _)| *name == "text") {
                assert!(answer.body.contains(&format!("{}</textarea>", typed.trim())));
            }
        }
        let me = book.account(Rights::Owner).await.person;
        let fields = [("to", me.as_str()), ("due", "soon")];
        let answer = visitor.post(&format!("{PLAN}/assign"), &fields).await;
        assert!(answer.status == 422 && answer.body.contains("a day as in"));
        assert_eq!(book.entries().await, before);
        assert_eq!(visitor.post("/plan/no.such/comment", &[("text", "x")]).await.status, 404);
        assert_eq!(visitor.get("/plan/no.such").await.status, 404);
    });
}

/// A vendor says that something is done without seeing what was said inside the organization.
#[test]
fn a_vendor_finishes_without_reading_what_others_said() {
    let session = Session::clinic();
    run(async || {
        let book = Book::of(session).await;
        let mut owner = book.signed_in(Rights::Owner).await;
        owner.post(&format!("{PLAN}/comment"), &[("text", "they are too expensive")]).await;
        let mut vendor = book.signed_in(Rights::Vendor).await;
        assert_eq!(vendor.get(PLAN).await.status, 403);
        let answer = vendor.post(&format!("{PLAN}/done"), &[("note", "encrypted it")]).await;
        assert_eq!(answer.status, 409);
        assert!(answer.body.contains("encrypted it</textarea>"));
        assert!(!answer.body.contains("too expensive"));
        assert_eq!(faults(&answer.body), Vec::<String>::new());
        let fresh = read(&answer.body);
        let fields = [("read", fresh.as_str()), ("note", "encrypted it")];
        let answer = vendor.post(&format!("{PLAN}/done"), &fields).await;
        assert_eq!(answer.location(), "/vendor-sheet?said=done");
        assert!(owner.page(PLAN).await.contains("encrypted it"));
    });
}

#[test]
fn a_long_talk_is_shown_in_parts_under_the_limit() {
    let session = Session::clinic();
    let said =
        |n: usize| ActionChange::Commented { text: format!("word {n:03} {}", "x".repeat(900)) };
    session.record(DAY, (0..60).map(|n| word(said(n), DAY)).collect());
    run(async || {
        let book = Book::of(session).await;
        let mut visitor = book.signed_in(Rights::Owner).await;
        let page = sound(&mut visitor, PLAN).await;
        assert!(page.contains("word 059") && !page.contains("word 030"));
        assert!(page.len() < 43_000, "{} bytes", page.len());
        let next = sound(&mut visitor, &format!("{PLAN}?page=2")).await;
        assert!(!next.contains("word 059"));
    });
}

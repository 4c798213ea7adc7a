//! One action: what its page says, what each may decide about it, and that no words are lost.

use asepsis_store::accounts::Rights;

use super::markup::faults;
use super::support::{Book, Visitor, run};
use crate::support::Session;

const PAGE: &str = "/actions/second-sign-in-step";

async fn sound(visitor: &mut Visitor, path: &str) -> String {
    let page = visitor.page(path).await;
    assert_eq!(faults(&page), Vec::<String>::new(), "{path}");
    page
}

#[test]
fn it_says_what_to_do_what_it_does_and_how_it_will_be_seen() {
    let session = Session::clinic();
    run(async || {
        let book = Book::of(session).await;
        let mut owner = book.signed_in(Rights::Owner).await;
        let page = sound(&mut owner, PAGE).await;
        for text in [
            "What to do",
            "What it does",
            "Done now, it avoids",
            "How we know",
            "How it will be verified",
            "Decide",
        ] {
            assert!(page.contains(text), "{text}");
        }
        assert_eq!(owner.get("/actions/no-such-action").await.status, 404);
        let mut auditor = book.signed_in(Rights::Auditor).await;
        let page = sound(&mut auditor, PAGE).await;
        assert!(!page.contains("action=\"/actions/"), "an auditor only reads");
        let mut vendor = book.signed_in(Rights::Vendor).await;
        assert_eq!(vendor.get(PAGE).await.status, 403);
    });
}

#[test]
fn decisions_are_kept_and_can_be_taken_back() {
    let session = Session::clinic();
    run(async || {
        let book = Book::of(session).await;
        let it = book.account(Rights::It).await;
        let mut owner = book.signed_in(Rights::Owner).await;
        let fields = [("to", it.person.as_str()), ("due", "2026-02-01")];
        let answer = owner.post(&format!("{PAGE}/choose"), &fields).await;
        assert_eq!(answer.location(), format!("{PAGE}?said=saved#said"));
        let page = sound(&mut owner, PAGE).await;
        assert!(page.contains("chose it, Pat it does it, by Feb 1, 2026."), "{page}");
        assert!(sound(&mut owner, "/plan?dollars=9000&hours=40").await.contains("Pat it"));
        let fields = [("later-reason", "the <b>vendor</b> is away"), ("later-until", "2026-03-01")];
        assert_eq!(owner.post(&format!("{PAGE}/postpone"), &fields).await.status, 303);
        let page = sound(&mut owner, PAGE).await;
        assert!(page.contains("put it off until Mar 1, 2026."));
        assert!(page.contains("the &lt;b&gt;vendor&lt;/b&gt; is away"));
        assert!(sound(&mut owner, "/plan/left").await.contains("Put off"));
        assert_eq!(owner.post(&format!("{PAGE}/reopen"), &[]).await.status, 303);
        assert!(sound(&mut owner, PAGE).await.contains("took the decision back."));
        // A vendor says that it is done, and sees nothing else.
        let mut vendor = book.signed_in(Rights::Vendor).await;
        let answer = vendor.post(&format!("{PAGE}/done"), &[("note", "all mailboxes")]).await;
        assert_eq!(answer.location(), "/vendor-sheet?said=done");
        assert!(sound(&mut owner, PAGE).await.contains("all mailboxes"));
    });
}

#[test]
fn what_is_not_taken_comes_back_as_typed() {
    let session = Session::clinic();
    run(async || {
        let book = Book::of(session).await;
        let mut owner = book.signed_in(Rights::Owner).await;
        let before = book.entries().await;
        for (act, fields, said) in [
            ("accept", vec![("accept-reason", ""), ("accept-until", "2026-03-01")], "Say why"),
            ("accept", vec![("accept-reason", "kept"), ("accept-until", "soon")], "Give a day"),
            (
                "postpone",
                vec![("later-reason", "kept"), ("later-until", "2025-01-01")],
                "from today on",
            ),
            (
                "postpone",
                vec![("later-reason", "SSN 123-45-6789 kept"), ("later-until", "2026-03-01")],
                "No patient data belongs here",
            ),
            ("choose", vec![("to", "person-nobody"), ("due", "")], "Choose somebody"),
            ("choose", vec![("to", ""), ("due", "2025-01-01")], "from today on"),
        ] {
            let answer = owner.post(&format!("{PAGE}/{act}"), &fields).await;
            assert_eq!(answer.status, 422, "{act} {fields:?}");
            assert_eq!(faults(&answer.body), Vec::<String>::new());
            assert!(answer.body.contains(said), "{act} {fields:?}: {said}");
            if fields[0].1.contains("kept") {
                assert!(answer.body.contains("kept</textarea>"), "{act} {fields:?}");
            }
        }
        assert_eq!(book.entries().await, before, "nothing was recorded");
        // A vendor who is refused sees the form again, and not the book.
        let mut vendor = book.signed_in(Rights::Vendor).await;
        let note = "SSN 123-45-6789";
        let answer = vendor.post(&format!("{PAGE}/done"), &[("note", note)]).await;
        assert_eq!(answer.status, 422);
        assert_eq!(faults(&answer.body), Vec::<String>::new());
        assert!(
            !answer.body.contains("it avoids") && !answer.body.contains("/actions/account-list")
        );
    });
}

//! Links for vendors: shown once, for what they name and nothing else, until they end.
#![expect(clippy::unwrap_used, reason = "helpers of tests, which clippy does not take for tests")]

use asepsis::ops::LinkError;
use asepsis_core::action::ActionChange;
use asepsis_core::evidence::{Evidence, Record};
use asepsis_core::hash::Hash;
use asepsis_core::statement::{Answer, Via};
use asepsis_store::accounts::Rights;
use asepsis_store::vendor_links::VendorScope;

use super::markup::faults;
use super::support::{Answer as Page, Book, Visitor, form, noon, run};
use crate::support::Session;

const DISK: &str = "computer.system-disk-encrypted";
const MAIL: &str = "email.domain";

/// Makes a link on the page that asks for the disk and the mail domain; its path.
async fn make(owner: &mut Visitor) -> String {
    let fields = [
        ("vendor", "Northside Computers"),
        ("days", "14"),
        ("scope-2", DISK),
        ("scope-1", MAIL),
        // What the sheet does not ask cannot be asked by a link either.
        ("scope-1", "governance.policies"),
    ];
    let made = owner.post("/vendor-links", &fields).await;
    assert_eq!(made.status, 200, "{}", made.body);
    assert_eq!(faults(&made.body), Vec::<String>::new());
    let address = made.body.split("<pre>").nth(1).unwrap().split("</pre>").next().unwrap();
    address.strip_prefix("http://127.0.0.1:7391").unwrap().to_owned()
}

/// Sends the form on the link's page.
async fn say(vendor: &mut Visitor, path: &str, fields: &[(&str, &str)]) -> Page {
    let token = vendor.get(path).await.token().unwrap_or_default();
    let mut all = vec![("form-token", token.as_str())];
    all.extend_from_slice(fields);
    vendor.send(form(path, &all)).await
}

async fn evidence(book: &Book) -> Vec<Evidence> {
    book.home.evidence(noon(), None).await.unwrap()
}

#[test]
fn a_vendor_answers_without_a_sign_in_and_only_what_the_link_asks() {
    let session = Session::clinic();
    run(async || {
        let book = Book::of(session).await;
        let mut owner = book.signed_in(Rights::Owner).await;
        let path = make(&mut owner).await;
        // Shown once, and only its hash is kept.
        let list = owner.page("/vendor-links").await;
        assert!(list.contains("Northside Computers") && list.contains("1 thing to do, 1 question"));
        let secret = path.strip_prefix("/v/").unwrap();
        assert!(!list.contains(secret));

        let mut vendor = book.visitor();
        let page = vendor.page(&path).await;
        assert_eq!(faults(&page), Vec::<String>::new());
        assert!(
            page.contains("Maple Street Family Practice") && page.contains("desk-01"),
            "{page}"
        );
        for outside in ["/today", "/evidence/", "/checks/", "governance.policies", "Sign out"] {
            assert!(!page.contains(outside), "{outside}");
        }
        let before = evidence(&book).await.len();
        let done = format!("done.{DISK}");
        let fields = [
            ("name", "Alex"),
            (done.as_str(), "yes"),
            ("note.computer.system-disk-encrypted", "Encrypted <b>on Monday</b>"),
            ("answer.email.domain", "?"),
            // Not asked by this link.
            ("answer.org.remote-access", "none"),
            ("done.computer.firewall-on", "yes"),
        ];
        let said = say(&mut vendor, &path, &fields).await;
        assert_eq!(said.status, 303, "{}", said.body);
        let new: Vec<Evidence> = evidence(&book).await.split_off(before);
        assert_eq!(new.len(), 3, "who, and two words: {new:?}");
        let Record::Person(person) = &new[0].record else { panic!("{new:?}") };
        assert_eq!(person.name, "Alex, Northside Computers");
        assert!(new.iter().all(|entry| entry.author == person.id));
        let action = new.iter().find_map(|it| match &it.record {
            Record::Action(it) => Some(it),
            _ => None,
        });
        let note = "Encrypted <b>on Monday</b>".to_owned();
        assert_eq!(action.unwrap().event, ActionChange::Done { note });
        let answer = new.iter().find_map(|it| match &it.record {
            Record::Attestation(it) => Some(it),
            _ => None,
        });
        let answer = answer.unwrap();
        assert_eq!((&answer.answer, answer.via), (&Answer::DontKnow, Some(Via::VendorLink)));

        // What was said is shown, as text, and is not kept twice.
        let page = vendor.page(&path).await;
        assert!(page.contains("Encrypted &lt;b&gt;on Monday&lt;/b&gt;"), "{page}");
        let again = say(&mut vendor, &path, &[("answer.email.domain", "?")]).await;
        assert_eq!((again.status, evidence(&book).await.len()), (303, before + 3));
    });
}

#[test]
fn what_a_vendor_may_not_say_is_said_at_its_field() {
    let session = Session::clinic();
    run(async || {
        let book = Book::of(session).await;
        let mut owner = book.signed_in(Rights::Owner).await;
        let path = make(&mut owner).await;
        let mut vendor = book.visitor();
        let before = book.entries().await;
        let long = "x".repeat(300);
        for (fields, what) in [
            (&[("note.email.domain", "just words")][..], "Choose an answer"),
            (&[("answer.email.domain", "-"), ("answer.email.domain", "?")], "Keep one of the two"),
            (&[("answer.email.domain", "nothing offered")], "Choose an answer"),
            (
                &[("answer.email.domain", "?"), ("note.email.domain", "SSN 123-45-6789")],
                "a Social Security number",
            ),
            (&[("answer.email.domain", "?"), ("name", long.as_str())], "shorter name"),
        ] {
            let answer = say(&mut vendor, &path, fields).await;
            assert_eq!((answer.status, book.entries().await), (422, before), "{fields:?}");
            assert!(answer.body.contains(what), "{what}: {}", answer.body);
            assert_eq!(faults(&answer.body), Vec::<String>::new(), "{fields:?}");
        }
        // Without the form's token, or from elsewhere, nothing is taken.
        let answer = vendor.send(form(&path, &[("answer.email.domain", "?")])).await;
        assert_eq!((answer.status, book.entries().await), (403, before));
    });
}

#[test]
fn a_link_that_has_ended_shows_and_takes_nothing() {
    let session = Session::clinic();
    run(async || {
        let book = Book::of(session).await;
        let mut owner = book.signed_in(Rights::Owner).await;
        let revoked = make(&mut owner).await;
        let list = owner.page("/vendor-links").await;
        let end = list.split("action=\"/vendor-links/").nth(1).unwrap().split('"').next().unwrap();
        let ended = owner.post(&format!("/vendor-links/{end}"), &[]).await;
        assert_eq!(ended.location(), "/vendor-links?said=link-ended");
        assert!(owner.page("/vendor-links").await.contains("ended on"));

        // One that was made two weeks ago, for thirteen days.
        let kept = Hash::of(&[b"asepsis-token ", b"an-old-one"]);
        let scope = VendorScope { questions: vec![MAIL.to_owned()], checks: Vec::new() };
        let then = noon().plus_days(-14);
        book.home.make_link(kept, "Northside", scope.clone(), 13, "account-x", then).await.unwrap();
        let made = book.home.make_link(kept, "X", scope, 91, "account-x", then).await;
        assert!(matches!(made, Err(LinkError::Days)));

        let before = book.entries().await;
        let mut vendor = book.visitor();
        for (path, status) in
            [(revoked.as_str(), 410), ("/v/an-old-one", 410), ("/v/never-made", 404)]
        {
            let page = vendor.get(path).await;
            assert_eq!(page.status, status, "{path}");
            assert!(!page.body.contains("Maple Street") && !page.body.contains(MAIL), "{path}");
            let token = vendor.token().await;
            let fields = [("form-token", token.as_str()), ("answer.email.domain", "?")];
            let answer = vendor.send(form(path, &fields)).await;
            assert_eq!((answer.status, book.entries().await), (status, before), "{path}");
        }
    });
}

#[test]
fn a_link_is_made_for_somebody_for_some_days_and_for_something() {
    let session = Session::clinic();
    run(async || {
        let book = Book::of(session).await;
        let mut owner = book.signed_in(Rights::Owner).await;
        let good = [("vendor", "Northside"), ("days", "7"), ("scope-2", DISK)];
        for (at, bad, what) in [
            (0, ("vendor", " "), "for whom"),
            (1, ("days", "91"), "from 1 to 90"),
            (1, ("days", "soon"), "from 1 to 90"),
            (2, ("scope-2", "governance.policies"), "at least one thing"),
        ] {
            let mut fields = good;
            fields[at] = bad;
            let answer = owner.post("/vendor-links", &fields).await;
            assert_eq!(answer.status, 422, "{bad:?}");
            assert!(answer.body.contains(what), "{what}: {}", answer.body);
            assert_eq!(faults(&answer.body), Vec::<String>::new(), "{bad:?}");
        }
        let links = book.home.store.vendor_links(&book.home.organization).await.unwrap();
        assert_eq!(links, []);
        assert_eq!(owner.post("/vendor-links/none/end", &[]).await.status, 404);
    });
}

#[test]
fn a_name_from_outside_does_not_turn_the_text_around_it() {
    let session = Session::clinic();
    run(async || {
        let book = Book::of(session).await;
        let mut owner = book.signed_in(Rights::Owner).await;
        let path = make(&mut owner).await;
        let done = format!("done.{DISK}");
        let fields = [("name", "Pat \u{202e}renwo"), (done.as_str(), "yes")];
        assert_eq!(say(&mut book.visitor(), &path, &fields).await.status, 303);
        let page = owner.page(&format!("/plan/{DISK}")).await;
        assert!(page.contains("Pat renwo, Northside Computers"), "{page}");
        let long = "\u{202e}".repeat(300);
        let refused = say(&mut book.visitor(), &path, &[("name", &long), (&done, "yes")]).await;
        assert!(refused.status == 422 && !refused.body.contains('\u{202e}'));
    });
}

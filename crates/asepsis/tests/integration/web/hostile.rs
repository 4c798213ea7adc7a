//! Markup in every field that people or the world can fill: shown as text on every page.
#![expect(clippy::unwrap_used, reason = "helpers of tests, which clippy does not take for tests")]

use asepsis::ops::{Answering, By, Change, Kept, NewPerson};
use asepsis::web::router;
use asepsis_core::action::ActionChange;
use asepsis_core::hash::Hash;
use asepsis_core::organization::Site;
use asepsis_core::statement::{Answer, Sureness};
use asepsis_store::accounts::Rights;
use asepsis_store::net_log::NetCall;
use asepsis_store::vendor_links::VendorScope;

use super::markup::faults;
use super::rights::sample;
use super::support::{Book, PASSPHRASE, noon, run};
use crate::support::{Session, computer, desk};

/// Would be markup in text, in an attribute, and in an address.
const EVIL: &str = "\"'><img src=x onerror=alert(1)><script>alert(2)</script>";
const CHECK: &str = "computer.system-disk-encrypted";

/// Puts it wherever something can be put.
async fn fill(book: &Book) {
    let home = &book.home;
    let owner = book.account(Rights::Owner).await;
    let by = By::Person(&owner.person);
    let change = Change {
        name: Some(EVIL.to_owned()),
        sites: vec![Site { name: EVIL.to_owned(), size: None }],
        ..Change::default()
    };
    home.change(change, by, noon()).await.unwrap();
    let seen = computer(EVIL, &noon().to_string(), &desk(false));
    home.record(vec![("person-test".to_owned(), seen)], noon()).await.unwrap();
    let answering = Answering {
        question: "email.provider-agreement".to_owned(),
        answer: Answer::One("signed".to_owned()),
        note: EVIL.to_owned(),
        sure: Sureness::Sure,
    };
    home.answer(&[answering], by, "manager", noon()).await.unwrap();
    for change in [
        ActionChange::Commented { text: EVIL.to_owned() },
        ActionChange::Done { note: EVIL.to_owned() },
    ] {
        home.act(CHECK, change, None, by, noon()).await.ok();
        let read = book.entries().await.checked_sub(1);
        home.act(CHECK, ActionChange::Commented { text: EVIL.to_owned() }, read, by, noon())
            .await
            .unwrap();
    }
    home.waive("computer.firewall-on", None, (EVIL, EVIL, "2026-03-01"), by, noon()).await.unwrap();
    let person = NewPerson {
        name: EVIL.to_owned(),
        sign_in: "evil".to_owned(),
        passphrase: PASSPHRASE.to_owned(),
        rights: Rights::Staff,
        roles: vec!["front-desk".to_owned()],
    };
    home.add_account(person, &owner.person, Kept::LEAST, noon()).await.unwrap();
    let scope = VendorScope {
        questions: vec!["email.provider-agreement".to_owned()],
        checks: vec![CHECK.to_owned()],
    };
    let token = Hash::of(&[b"asepsis-token ", "e".repeat(64).as_bytes()]);
    home.make_link(token, EVIL, scope, 10, &owner.id, noon()).await.unwrap();
    let call = NetCall {
        at: noon(),
        protocol: "dns".to_owned(),
        peer: EVIL.to_owned(),
        what: EVIL.to_owned(),
    };
    home.store.note_calls(&home.organization, &[call]).await.unwrap();
    let look = asepsis::ops::Look { computer: false, domains: vec![EVIL.to_owned()] };
    home.start_look(&look, &owner.person, None, noon()).await.unwrap();
}

#[test]
fn markup_in_any_field_is_shown_as_text() {
    let session = Session::clinic();
    run(async || {
        let book = Book::of(session).await;
        fill(&book).await;
        let mut visitor = book.signed_in(Rights::Owner).await;
        let jobs = book.home.store.jobs(&book.home.organization, 1).await.unwrap();
        let mut paths: Vec<String> = router::all()
            .iter()
            .filter(|it| it.method == "GET" && !it.path.ends_with(".xlsx"))
            .map(|it| sample(it.path))
            .collect();
        paths.extend([
            format!("/v/{}", "e".repeat(64)),
            format!("/looks/{}", jobs.first().unwrap().id),
            format!("/plan/{CHECK}"),
            format!("/checks/{CHECK}"),
            "/checks/computer.firewall-on".to_owned(),
            "/questions/email.provider-agreement".to_owned(),
            "/evidence?q=%22%3E%3Cscript%3E".to_owned(),
            "/glossary?q=%22%3E%3Cscript%3E".to_owned(),
            "/assets?q=%22%3E%3Cscript%3E".to_owned(),
            "/plan?who=%22%3E%3Cscript%3E".to_owned(),
        ]);
        paths.extend((0..book.entries().await).map(|seq| format!("/evidence/{seq}")));
        let mut shown = 0;
        for path in paths {
            let answer = visitor.get(&path).await;
            // A table to save is text, which no browser shows as a page.
            let kind = answer.headers.get("content-type").map_or(&b""[..], |it| it.as_bytes());
            if kind.starts_with(b"text/csv") {
                continue;
            }
            let page = answer.body;
            assert!(!page.contains("<img src=x"), "{path} shows markup");
            assert!(!page.contains("<script>"), "{path} shows a script");
            if page.starts_with("<!DOCTYPE html>") {
                assert_eq!(faults(&page), [""; 0], "{path}");
            }
            shown += usize::from(page.contains("&lt;img src=x"));
        }
        assert!(shown > 20, "only {shown} pages showed it at all");
    });
}

//! Accounts and files on pages: who left shows, what somebody says about an account counts, a file is
//! taken back.

#![expect(clippy::unwrap_used, reason = "helpers of tests, which clippy does not take for tests")]

use asepsis_core::observation::{Body, Observation, Subject};
use asepsis_core::{evidence::Record, identity::Identity};
use asepsis_store::accounts::Rights;
use serde_json::{Value, json};

use super::markup::faults;
use super::support::{Book, noon, run};
use crate::support::Session;

fn seen(schema: &str, subject: &str, fact: &Value) -> Record {
    Record::Observation(Observation {
        schema: schema.to_owned(),
        subject: Subject(subject.to_owned()),
        also: Vec::new(),
        label: "an account".to_owned(),
        observed_at: noon(),
        collector: "test/list".to_owned(),
        version: "1".to_owned(),
        body: Body::Saw {
            fact: fact.as_object().unwrap().clone(),
            seen: std::collections::BTreeMap::new(),
        },
    })
}

fn named(subject: &str, name: &str, mail: &str) -> Record {
    Record::Identity(Identity {
        subject: Subject(subject.to_owned()),
        name: name.to_owned(),
        login: Some(mail.to_owned()),
        mail: Some(mail.to_owned()),
        employee_id: None,
    })
}

/// Ada works here; Bob left; nobody knows whose the front desk's is.
fn clinic() -> Session {
    let session = Session::clinic();
    session.record(&noon().to_string(), records());
    session
}

/// What a directory and a personnel list say of them.
pub(crate) fn records() -> Vec<Record> {
    let account = |extra: Value| {
        let mut fact = json!({"source": "ad", "enabled": true});
        fact.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        fact
    };
    vec![
        seen("employee/1", "employee:hr/1", &json!({"left": false})),
        named("employee:hr/1", "Ada <b>L</b>", "ada@clinic.example"),
        seen("employee/1", "employee:hr/2", &json!({"left": true, "leave": "2025-12-01"})),
        named("employee:hr/2", "Bob Leaver", "bob@clinic.example"),
        seen("account/1", "account:ad/a", &account(json!({}))),
        named("account:ad/a", "Ada <b>L</b>", "ada@clinic.example"),
        seen("account/1", "account:ad/b", &account(json!({}))),
        named("account:ad/b", "Bob Leaver", "bob@clinic.example"),
        seen("account/1", "account:ad/f", &account(json!({"looks_shared": true}))),
        named("account:ad/f", "=Front, desk", "frontdesk@clinic.example"),
    ]
}

#[test]
fn who_left_and_can_still_sign_in_stands_first_and_what_somebody_says_counts() {
    let session = clinic();
    run(async || {
        let book = Book::of(session).await;
        let mut owner = book.signed_in(Rights::Owner).await;
        let page = owner.page("/accounts").await;
        assert_eq!(faults(&page), Vec::<String>::new());
        assert!(page.contains("Ada &lt;b&gt;L") && !page.contains("<b>L</b>"), "{page}");
        let at = |name: &str| page.find(name).unwrap();
        assert!(at("Bob Leaver") < at("Ada &lt;b&gt;"), "the gravest first");
        let left = owner.page("/accounts?show=left").await;
        assert!(left.contains("Bob Leaver") && !left.contains("Ada &lt;b&gt;"), "{left}");
        assert!(owner.page("/accounts?q=front").await.contains("Maybe shared"));

        // A shared account, said to be one.
        let one = owner.page("/accounts/one?subject=account%3Aad%2Ff").await;
        assert_eq!(faults(&one), Vec::<String>::new());
        let before = book.entries().await;
        let fields =
            [("subject", "account:ad/f"), ("kind", "shared"), ("owner", "lead"), ("note", "")];
        assert_eq!(owner.post("/accounts/mark", &fields).await.status, 303);
        assert_eq!(book.entries().await, before + 1);
        assert!(owner.page("/accounts?show=shared").await.contains("=Front, desk"));
        let patient = [
            ("subject", "account:ad/f"),
            ("kind", "shared"),
            ("owner", "123-45-6789"),
            ("note", ""),
        ];
        assert_eq!(owner.post("/accounts/mark", &patient).await.status, 422);
        let none =
            [("subject", "account:ad/none"), ("kind", "shared"), ("owner", ""), ("note", "")];
        assert_eq!(owner.post("/accounts/mark", &none).await.status, 404);

        // It is Ada's, by her address on the list; and then it is not.
        let hers = [("subject", "account:ad/f"), ("known", "ADA@clinic.example"), ("same", "yes")];
        assert_eq!(owner.post("/accounts/belongs", &hers).await.status, 303);
        let one = owner.page("/accounts/one?subject=account%3Aad%2Ff").await;
        assert!(one.contains("somebody said so"), "{one}");
        let nobody =
            [("subject", "account:ad/f"), ("known", "who@clinic.example"), ("same", "yes")];
        assert_eq!(owner.post("/accounts/belongs", &nobody).await.status, 422);

        // Out it goes as a table that no spreadsheet computes.
        let table = owner.get("/accounts/export").await.body;
        assert!(table.contains("\"'=Front, desk\""), "{table}");

        // The list is signed as it was shown, or not at all.
        let page = owner.page("/accounts/review").await;
        assert_eq!(faults(&page), Vec::<String>::new());
        let list = page.split("name=\"list\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        let sign = [("list", list), ("remove-1", "account:ad/b")];
        assert_eq!(owner.post("/accounts/review", &sign).await.status, 303);
        let stale = [("list", "0000"), ("remove-1", "account:ad/b")];
        assert_eq!(owner.post("/accounts/review", &stale).await.status, 422);
        assert!(owner.page("/accounts/review").await.contains("Last gone through"));
        assert!(owner.page("/checks/access.review-carried-out").await.contains("1"));

        // The front desk does not get the list of everybody.
        let mut staff = book.signed_in(Rights::Staff).await;
        assert_eq!(staff.get("/accounts").await.status, 403);
        assert!(!staff.page("/today").await.contains("href=\"/accounts\""));
    });
}

#[test]
fn a_file_that_was_brought_in_stands_in_the_history_and_is_taken_back_with_a_reason() {
    let session = Session::clinic();
    run(async || {
        let book = Book::of(session).await;
        let mut owner = book.signed_in(Rights::Owner).await;
        assert!(owner.page("/import/history").await.contains("No file was brought in yet"));
        // A personnel list does not say of which day it is.
        let list = b"Employee ID,Employee Name,Work Email,Term Date\n44,Ada,ada@clinic.example,\n";
        let files = [("files", "staff <b>.csv", list.as_slice())];
        assert_eq!(owner.upload("/import", &[], &files).await.location(), "/import/waiting");
        let page = owner.page("/import/waiting").await;
        assert_eq!(faults(&page), Vec::<String>::new());
        assert!(page.contains("1 employee: 1 new"), "{page}");
        let id = page
            .split("name=\"file-0\" value=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap()
            .to_owned();
        let undated = owner.post("/import/record", &[("file-0", &id)]).await;
        assert_eq!(undated.status, 422, "{}", undated.location());
        let date = format!("date-{id}");
        let late = owner.post("/import/record", &[("file-0", &id), (&date, "2099-01-01")]).await;
        assert_eq!(late.status, 422);
        let kept = owner.post("/import/record", &[("file-0", &id), (&date, "2026-01-08")]).await;
        assert_eq!(kept.location(), "/import?said=imported", "{}", kept.body);

        let page = owner.page("/import/history").await;
        assert_eq!(faults(&page), Vec::<String>::new());
        assert!(page.contains("staff &lt;b&gt;.csv"), "{page}");
        let import =
            page.split("<option value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let no_reason = owner.post("/import/undo", &[("import", &import), ("reason", " ")]).await;
        assert_eq!(no_reason.status, 422);
        let undone =
            owner.post("/import/undo", &[("import", &import), ("reason", "of last year")]).await;
        assert_eq!(undone.status, 303);
        assert!(owner.page("/import/history").await.contains("of last year"));
        let twice = owner.post("/import/undo", &[("import", &import), ("reason", "again")]).await;
        assert_eq!(twice.status, 422);
    });
}

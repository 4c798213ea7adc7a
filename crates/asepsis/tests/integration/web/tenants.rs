//! Two organizations in one store, on both databases: what belongs to the other one is not there.
#![expect(clippy::unwrap_used, reason = "helpers of tests, which clippy does not take for tests")]

use asepsis_core::hash::Hash;
use asepsis_store::Store;
use asepsis_store::accounts::{Account, Rights};
use asepsis_store::jobs::NewJob;
use asepsis_store::vendor_links::{VendorLink, VendorScope};

use super::support::{Book, noon};
use crate::store::on_each;

const OTHER: &str = "other";

/// Rows of the other organization, under ids that are all called the same.
async fn fill(store: &Store) {
    let account = Account {
        id: "foreign".to_owned(),
        person: "person-foreign".to_owned(),
        sign_in: "them".to_owned(),
        name: "Somebody Else".to_owned(),
        rights: Rights::Owner,
        roles: Vec::new(),
        passphrase: "none".to_owned(),
        totp: None,
        totp_step: 0,
        created_at: noon(),
        disabled_at: None,
    };
    store.create_account(OTHER, &account).await.unwrap();
    let job = NewJob {
        id: "foreign".to_owned(),
        key: None,
        kind: "look".to_owned(),
        detail: r#"{"computer":false,"domains":["secret.example"]}"#.to_owned(),
        created_by: "foreign".to_owned(),
        created_at: noon(),
    };
    store.enqueue(OTHER, &job).await.unwrap();
    let link = VendorLink {
        id: "foreign".to_owned(),
        token_hash: Hash::of(&[b"asepsis-token ", "f".repeat(64).as_bytes()]),
        vendor: "Their vendor".to_owned(),
        scope: VendorScope { questions: vec!["org.computers".to_owned()], checks: Vec::new() },
        created_by: "foreign".to_owned(),
        created_at: noon(),
        expires_at: noon().plus_days(30),
        revoked_at: None,
        last_used_at: None,
    };
    store.create_vendor_link(OTHER, &link).await.unwrap();
}

#[test]
fn what_belongs_to_another_organization_is_not_there() {
    on_each(async |database| {
        let book = Book::in_store(&database.url).await;
        fill(&book.home.store).await;
        let mut owner = book.signed_in(Rights::Owner).await;
        let link = format!("/v/{}", "f".repeat(64));
        for path in ["/settings/people/foreign", "/looks/foreign", &link] {
            let answer = owner.get(path).await;
            assert_eq!(answer.status, 404, "{path}: {}", answer.body);
            assert!(!answer.body.contains("secret.example") && !answer.body.contains("Somebody"));
        }
        let mut tried = 0;
        for route in asepsis::web::router::all().into_iter().filter(|it| it.method == "POST") {
            let names_a_row = ["/settings/people/", "/vendor-links/", "/v/"];
            if !names_a_row
                .iter()
                .any(|start| route.path.starts_with(start) && route.path.contains('{'))
            {
                continue;
            }
            let path = route.path.replace("{id}", "foreign").replace("{token}", &"f".repeat(64));
            let fields = [("name", "X"), ("rights", "auditor"), ("answer.org.computers", "5")];
            let answer = owner.post(&path, &fields).await;
            assert_eq!(answer.status, 404, "{path}: {}", answer.body);
            tried += 1;
        }
        assert!(tried >= 3, "only {tried} forms were tried");
        let store = &book.home.store;
        let theirs = store.account(OTHER, "foreign").await.unwrap().unwrap();
        assert_eq!((theirs.name.as_str(), theirs.rights), ("Somebody Else", Rights::Owner));
        let link = store.vendor_link(OTHER, "foreign").await.unwrap().unwrap();
        assert_eq!((link.revoked_at, link.last_used_at), (None, None));
        assert_eq!(store.size(OTHER).await.unwrap(), 0);
        // Nor does their sign-in open our book.
        let fields = [("sign-in", "them"), ("passphrase", super::support::PASSPHRASE)];
        assert_eq!(book.visitor().post("/sign-in", &fields).await.status, 422);
        store.close().await;
    });
}

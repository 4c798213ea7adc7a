//! The first run, from the printed address to a measured Today, and who may not do it.
#![expect(clippy::unwrap_used, reason = "helpers of tests, which clippy does not take for tests")]

use asepsis::ops::{By, Change};
use asepsis_core::organization::Sector;
use asepsis_store::accounts::Rights;

use super::markup::faults;
use super::support::{Book, PASSPHRASE, Visitor, noon, run};

async fn claimed(book: &Book) -> Visitor {
    let code = book.app.claim_code().await.unwrap().unwrap();
    let mut visitor = book.visitor();
    let answer = visitor.get(&format!("/claim/{code}")).await;
    assert_eq!((answer.status, answer.location()), (303, "/first-run"));
    visitor
}

fn who<'a>(sector: &'a str, passphrase: &'a str) -> [(&'a str, &'a str); 6] {
    [
        ("organization", "Example Family Clinic"),
        ("sector", sector),
        ("name", "Pat Example"),
        ("sign-in", "pat@clinic.example"),
        ("passphrase", passphrase),
        ("role", "manager"),
    ]
}

/// Clicks: Go on; Take us for small; Measure now; then the page of the look leads to Today by itself,
/// or by one more click where there are no scripts. Four of the twelve that are allowed. Typed: the
/// organization's name, one's own, a sign-in name, a passphrase, and a mail domain.
#[test]
fn three_short_forms_lead_to_the_first_look() {
    run(async || {
        let book = Book::empty().await;
        let mut visitor = claimed(&book).await;
        assert_eq!(faults(&visitor.page("/first-run").await), Vec::<String>::new());
        let answer = visitor.post("/first-run", &who("health-care", PASSPHRASE)).await;
        assert_eq!(answer.location(), "/first-run/size", "{}", answer.body);
        let size = visitor.page("/first-run/size").await;
        assert_eq!(faults(&size), Vec::<String>::new());
        assert!(size.contains("1-10 physicians"));
        assert_eq!(visitor.post("/first-run/size", &[]).await.location(), "/first-run/mail");
        let mail = visitor.page("/first-run/mail").await;
        assert_eq!(faults(&mail), Vec::<String>::new());
        assert!(mail.contains("https://mta-sts.") && mail.contains("or your patients is"));
        let fields = [("domains", "front@Clinic.example"), ("look", "automatic")];
        let answer = visitor.post("/first-run/mail", &fields).await;
        let look = answer.location().to_owned();
        assert!(look.starts_with("/looks/") && look.ends_with("?then=today"), "{look}");
        visitor.page(&look).await;
        let record = book.home.organization_record().await.unwrap();
        assert_eq!(record.name, "Example Family Clinic");
        assert_eq!(record.domains, ["clinic.example"]);
        let store = &book.home.store;
        let automatic = store.setting(&book.home.organization, "look.automatic").await.unwrap();
        assert_eq!(automatic.as_deref(), Some("on"));
        let account = store.accounts(&book.home.organization).await.unwrap().remove(0);
        assert_eq!((account.rights, account.roles), (Rights::Owner, vec!["manager".to_owned()]));
    });
}

#[test]
fn the_claim_is_not_shared_with_a_cookie_that_was_there_before() {
    run(async || {
        let book = Book::empty().await;
        let code = book.app.claim_code().await.unwrap().unwrap();
        // Any server on this machine can plant a cookie: cookies do not know ports.
        let mut planter = book.visitor();
        planter.cookies.insert("asepsis_visit".to_owned(), "ab".repeat(32));
        let mut owner = planter.clone();
        owner.get(&format!("/claim/{code}")).await;
        planter.post("/first-run", &who("health-care", PASSPHRASE)).await;
        assert!(book.home.store.accounts(&book.home.organization).await.unwrap().is_empty());
        let answer = owner.post("/first-run", &who("health-care", PASSPHRASE)).await;
        assert_eq!(answer.location(), "/first-run/size", "{}", answer.body);
    });
}

#[test]
fn outside_health_care_other_rows_are_asked_and_other_words_are_used() {
    run(async || {
        let book = Book::empty().await;
        let mut visitor = claimed(&book).await;
        visitor.post("/first-run", &who("other", PASSPHRASE)).await;
        let size = visitor.page("/first-run/size").await;
        assert!(!size.contains("physicians") && size.contains("no dedicated IT staff"));
        assert!(visitor.page("/first-run/mail").await.contains("or your clients is"));
        assert!(visitor.page("/settings/connections").await.contains("no client data"));
    });
}

#[test]
fn what_is_wrong_is_said_and_what_was_typed_stays() {
    run(async || {
        let book = Book::empty().await;
        let mut visitor = claimed(&book).await;
        let answer = visitor.post("/first-run", &who("other", "short")).await;
        assert_eq!(answer.status, 422);
        assert!(answer.body.contains("value=\"Pat Example\""));
        assert!(
            answer.body.contains("at least 15 characters") && !answer.body.contains("\"short\"")
        );
        assert_eq!(faults(&answer.body), Vec::<String>::new());
        visitor.post("/first-run", &who("other", PASSPHRASE)).await;
        let answer = visitor.post("/first-run/size", &[("computers", "many")]).await;
        assert_eq!(answer.status, 422);
        assert!(answer.body.contains("value=\"many\""));
        let fields = [("computers", "7"), ("it", "medium")];
        assert_eq!(visitor.post("/first-run/size", &fields).await.status, 303);
        assert!(visitor.page("/first-run/mail").await.contains("medium, by 1 of 1"));
        let answer = visitor.post("/first-run/mail", &[("domains", "no domain!")]).await;
        assert_eq!(answer.status, 422);
        assert!(answer.body.contains(">no domain!</textarea>"));
    });
}

#[test]
fn only_the_browser_with_the_printed_address_makes_the_first_account() {
    run(async || {
        let book = Book::empty().await;
        let code = book.app.claim_code().await.unwrap().unwrap();
        let mut stranger = book.visitor();
        stranger.get("/claim/wrong").await;
        assert!(stranger.page("/first-run").await.contains("Open the address"));
        stranger.post("/first-run", &who("other", PASSPHRASE)).await;
        assert_eq!(book.entries().await, 0);
        let mut first = book.visitor();
        first.get(&format!("/claim/{code}")).await;
        let again = stranger.get(&format!("/claim/{code}")).await;
        assert!(again.body.contains("asepsis serve"), "{}", again.body);
        first.post("/first-run", &who("other", PASSPHRASE)).await;
        // From now on there is nothing to claim.
        assert_eq!(stranger.get("/first-run").await.location(), "/");
        let before = book.entries().await;
        assert_eq!(first.post("/first-run", &who("other", PASSPHRASE)).await.location(), "/");
        assert_eq!(book.entries().await, before);
        assert_eq!(book.app.claim_code().await.unwrap(), None);
    });
}

#[test]
fn outside_health_care_pages_speak_of_clients() {
    run(async || {
        let book = Book::empty().await;
        let mut visitor = book.signed_in(Rights::Owner).await;
        let change = Change { sector: Some(Sector::Other), ..Change::default() };
        book.home.change(change, By::Named { name: "", role: "manager" }, noon()).await.unwrap();
        for path in
            ["/today", "/practices/4", "/questions/data.handling", "/habits", "/plan", "/threats"]
        {
            let page = visitor.get(path).await.body;
            let told = page.split('<').find(|it| it.contains("patient") || it.contains("Patient"));
            assert_eq!(told, None, "{path}");
        }
        assert!(visitor.page("/practices/4").await.contains("client data"));
    });
}

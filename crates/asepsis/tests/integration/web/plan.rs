//! The plan under dollars and hours: it answers at once, can be taken, says what changed; and what people
//! decide about an action.

use asepsis_core::evidence::Record;
use asepsis_core::organization::{Organization, Sector};
use asepsis_store::accounts::Rights;

use super::markup::faults;
use super::support::{Book, Visitor, run};
use crate::support::{DAY, Session};

async fn sound(visitor: &mut Visitor, path: &str) -> String {
    let page = visitor.page(path).await;
    assert_eq!(faults(&page), Vec::<String>::new(), "{path}");
    page
}

/// How many actions the calendar of a plan begins on its first page.
fn picks(page: &str) -> usize {
    let months = page.split("id=\"months\"").nth(1).unwrap_or_default();
    months.split("</section>").next().unwrap_or_default().matches("class=\"sub-head\"").count()
}

#[test]
fn it_follows_the_dollars_and_hours_in_the_address() {
    let session = Session::clinic();
    run(async || {
        let book = Book::of(session).await;
        let mut owner = book.signed_in(Rights::Owner).await;
        let page = sound(&mut owner, "/plan").await;
        for text in
            ["This month", "This quarter", "This year", "No better plan fits", "Take this plan"]
        {
            assert!(page.contains(text), "{text}");
        }
        assert!(page.contains("name=\"dollars\"") && page.contains("value=\"2000\""));
        let usual = picks(&page);
        assert!(usual > 0);
        let none = sound(&mut owner, "/plan?dollars=0&hours=0").await;
        assert!(picks(&none) < usual, "{} and {usual}", picks(&none));
        let typed = sound(&mut owner, "/plan?dollars=%24500&hours=1.5").await;
        assert!(typed.contains("value=\"$500\"") && typed.contains("value=\"1.5\""));
        let answer = owner.get("/plan?dollars=much&hours=-1").await;
        assert_eq!(answer.status, 422);
        assert_eq!(faults(&answer.body), Vec::<String>::new());
        assert!(
            answer.body.contains("2 things are not right yet")
                && answer.body.contains("value=\"much\"")
        );
    });
}

#[test]
fn what_is_left_out_is_that_of_the_plan_that_was_looked_at() {
    let session = Session::clinic();
    run(async || {
        let book = Book::of(session).await;
        let mut owner = book.signed_in(Rights::Owner).await;
        let page = sound(&mut owner, "/plan?dollars=9000&hours=20").await;
        let link = "/plan/left?dollars=9000&amp;hours=20";
        assert!(page.contains(link), "{page}");
        let (usual, roomy) = (
            sound(&mut owner, "/plan/left").await,
            sound(&mut owner, "/plan/left?dollars=9000&hours=20").await,
        );
        let law = "All that the law asks for takes";
        assert!(usual.contains(law) && !roomy.contains(law));
        assert!(usual.contains("It costs"), "what costs more than it avoids says what it costs");
        assert!(roomy.contains("href=\"/plan?dollars=9000&amp;hours=20\""), "{roomy}");
        sound(&mut owner, "/plan/left?dollars=NaN&hours=-1").await;
    });
}

#[test]
fn a_plan_is_taken_and_later_ones_say_what_changed() {
    let session = Session::clinic();
    run(async || {
        let book = Book::of(session).await;
        let mut owner = book.signed_in(Rights::Owner).await;
        let before = book.entries().await;
        let answer = owner.post("/plan/take", &[("dollars", "500"), ("hours", "2")]).await;
        assert_eq!(answer.location(), "/plan?said=plan-taken");
        assert_eq!(book.entries().await, before + 1);
        let page = sound(&mut owner, "/plan").await;
        assert!(page.contains("value=\"500\"") && page.contains("This is the plan that you took."));
        assert!(page.contains("Nothing moved."));
        let page = sound(&mut owner, "/plan?dollars=500&hours=8").await;
        assert!(page.contains("the hours went from 2 h to 8 h a month"), "{page}");
        // What cannot be spent is not taken.
        owner.post("/plan/take", &[("dollars", "-5"), ("hours", "2")]).await;
        assert_eq!(book.entries().await, before + 1);
        let mut auditor = book.signed_in(Rights::Auditor).await;
        assert!(!sound(&mut auditor, "/plan").await.contains("Take this plan"));
    });
}

#[test]
fn how_sure_it_is_and_what_to_ask_is_told() {
    let session = Session::clinic();
    run(async || {
        let book = Book::of(session).await;
        let mut owner = book.signed_in(Rights::Owner).await;
        let page = sound(&mut owner, "/plan/sure").await;
        for text in [
            "What to find out next",
            "How sure each action is",
            "plausible worlds",
            "What moves the expected loss most",
        ] {
            assert!(page.contains(text), "{text}");
        }
        assert!(page.contains("class=\"chart tornado\""));
        // Now that it is known, the plan says so too.
        let page = sound(&mut owner, "/plan").await;
        assert!(
            page.contains("Further answers would not")
                || page.contains("A few answers could still")
        );
    });
}

#[test]
fn outside_health_care_nothing_is_asked_by_hipaa() {
    let session = Session::clinic();
    let organization =
        Organization { sector: Sector::Other, zone: "UTC".to_owned(), ..Organization::default() };
    session.record(DAY, vec![Record::Organization(organization)]);
    run(async || {
        let book = Book::of(session).await;
        let mut owner = book.signed_in(Rights::Owner).await;
        owner.page("/today").await;
        for path in
            ["/plan", "/plan/left", "/threats", "/threats/analysis", "/actions/second-sign-in-step"]
        {
            let page = sound(&mut owner, path).await;
            let main = page.split("<main").nth(1).unwrap();
            for word in ["HIPAA", "45 CFR", "patient", "164."] {
                let sources = main.split("Rests on:").next().unwrap();
                assert!(!sources.contains(word), "{path} says {word}");
            }
        }
    });
}

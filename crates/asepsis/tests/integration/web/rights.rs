//! Every route as every kind of visitor: who may, may; who may not, is refused, and nothing changes.

use asepsis::web::rights::{Right, may};
use asepsis::web::router;
use asepsis_store::accounts::Rights;

use super::support::{Book, Visitor, form, run};
use crate::support::Session;

/// An address of the route, with something that exists in the place of each name.
pub(crate) fn sample(path: &str) -> String {
    let mut out = path.to_owned();
    let names = [
        ("/actions/{id}", "/actions/second-sign-in-step"),
        ("/threats/{id}", "/threats/T1"),
        ("/practices/{number}", "/practices/1"),
        ("/checks/{id}", "/checks/email.dmarc-enforced"),
        ("/questions/{id}", "/questions/org.computers"),
        ("/plan/{check}", "/plan/computer.disk-encrypted"),
        ("/evidence/{seq}", "/evidence/1"),
        ("/looks/{id}", "/looks/none"),
        ("/claim/{code}", "/claim/none"),
        ("/v/{token}", "/v/none"),
    ];
    for (name, value) in names {
        out = out.replace(name, value);
    }
    // What is left names rows that no test book has.
    while let (Some(from), Some(to)) = (out.find('{'), out.find('}')) {
        out.replace_range(from..=to, "none");
    }
    out
}

async fn every(book: &Book, visitor: &mut Visitor, rights: Option<Rights>) {
    let token = visitor.token().await;
    for route in router::all() {
        // These end the session that the others need.
        if ["/sign-out", "/sign-in"].contains(&route.path) {
            continue;
        }
        let path = sample(route.path);
        let before = book.entries().await;
        let what = format!("{} {path} as {rights:?}", route.method);
        let answer = match route.method.as_str() {
            "GET" => visitor.get(&path).await,
            _ => visitor.send(form(&path, &[("form-token", &token)])).await,
        };
        if may(rights, route.right) {
            let refused = answer.status == 403
                || answer.status >= 500
                || (answer.status == 303 && answer.location() == "/sign-in" && rights.is_some());
            assert!(!refused, "{what}: {} {}", answer.status, answer.body);
        } else {
            let to = answer.location();
            let refused = match rights {
                None => answer.status == 303 && (to == "/sign-in" || to == "/first-run"),
                Some(_) => answer.status == 403,
            };
            assert!(refused, "{what}: {} {to}", answer.status);
            assert_eq!(book.entries().await, before, "{what} changed something");
        }
    }
}

#[test]
fn nobody_gets_further_than_their_rights() {
    let session = Session::clinic();
    run(async || {
        let book = Book::of(session).await;
        book.account(Rights::Owner).await;
        every(&book, &mut book.visitor(), None).await;
        for rights in Rights::ALL {
            let mut visitor = book.signed_in(rights).await;
            every(&book, &mut visitor, Some(rights)).await;
        }
    });
}

/// What each may do, as the owner is told under Settings. Written out, so that a change is seen.
#[test]
fn the_rights_are_these() {
    let of = |rights| {
        let may = Right::ALL.into_iter().filter(|right| may(Some(rights), *right));
        may.map(|right| format!("{right:?}")).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(of(Rights::Owner).split(' ').count(), Right::ALL.len());
    assert_eq!(of(Rights::Staff), "Open Own See Sheet Answer Comment");
    assert_eq!(
        of(Rights::It),
        "Open Own See Sheet Answer Comment Finish Plan Measure Import Share"
    );
    assert_eq!(of(Rights::Vendor), "Open Own Sheet Answer Comment Finish");
    assert_eq!(of(Rights::Auditor), "Open Own See Sheet");
    assert!(Right::ALL.into_iter().all(|right| may(None, right) == (right == Right::Open)));
}

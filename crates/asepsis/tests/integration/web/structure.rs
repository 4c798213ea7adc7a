//! Every page of the book: sound markup, small enough, and no link that leads nowhere.

use std::collections::BTreeSet;

use asepsis::web::router;
use asepsis_store::accounts::Rights;

use super::markup::{faults, links};
use super::rights::sample;
use super::support::{Book, Visitor, run};
use crate::support::Session;

/// The largest page, style sheet included.
const LARGEST: usize = 60_000;

async fn pages(visitor: &mut Visitor) -> Vec<(String, String)> {
    let mut pages = Vec::new();
    for route in router::all().into_iter().filter(|it| it.method == "GET") {
        let path = sample(route.path);
        let answer = visitor.get(&path).await;
        let kind = answer.headers.get("content-type").map_or("", |it| it.to_str().unwrap_or(""));
        if kind.starts_with("text/html") {
            pages.push((path, answer.body));
        }
    }
    pages
}

#[test]
fn every_page_is_sound_and_small() {
    let session = Session::clinic();
    run(async || {
        let book = Book::of(session).await;
        let mut wrong = Vec::new();
        let mut seen = 0;
        for rights in [Some(Rights::Owner), Some(Rights::Vendor), Some(Rights::Auditor), None] {
            let mut visitor = match rights {
                Some(rights) => book.signed_in(rights).await,
                None => book.visitor(),
            };
            let style = style(&mut visitor).await;
            for (path, html) in pages(&mut visitor).await {
                seen += 1;
                wrong.extend(faults(&html).into_iter().map(|it| format!("{path}: {it}")));
                if html.len() + style > LARGEST {
                    wrong.push(format!("{path}: {} bytes and {style} of style", html.len()));
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert!(seen > 40, "only {seen} pages were looked at");
    });
}

async fn style(visitor: &mut Visitor) -> usize {
    let page = visitor.get("/sign-in").await.body;
    let path = page.split("rel=\"stylesheet\" href=\"").nth(1).and_then(|it| it.split('"').next());
    visitor.page(path.unwrap_or_default()).await.len()
}

/// What the owner sees links only to what is there.
#[test]
fn no_link_leads_nowhere() {
    let session = Session::clinic();
    run(async || {
        let book = Book::of(session).await;
        let mut visitor = book.signed_in(Rights::Owner).await;
        let mut all: BTreeSet<String> = BTreeSet::new();
        for (_, html) in pages(&mut visitor).await {
            all.extend(links(&html));
        }
        let mut broken = Vec::new();
        for path in all {
            let answer = visitor.get(&path).await;
            if answer.status >= 400 {
                broken.push(format!("{path}: {}", answer.status));
            }
        }
        assert!(broken.is_empty(), "{broken:#?}");
    });
}

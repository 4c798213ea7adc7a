//! Computers: how the fleet stands with its exceptions, the list narrowed down, in order and saved; a
//! large fleet.

use asepsis_store::accounts::Rights;

use super::markup::faults;
use super::support::{Book, run};
use crate::support::{DAY, Session, computer, desk};

const CHECK: &str = "computer.system-disk-encrypted";

#[test]
fn the_fleet_is_told_as_shares_with_its_exceptions() {
    let session = Session::clinic();
    let looks = (1..=30).map(|at| computer(&format!("lt-{at:02}"), DAY, &desk(at > 8)));
    session.record(DAY, looks.collect());
    run(async || {
        let book = Book::of(session).await;
        let mut visitor = book.signed_in(Rights::Auditor).await;
        let page = visitor.page("/computers").await;
        assert_eq!(faults(&page), Vec::<String>::new());
        // The clinic has desk-01, which is not encrypted, and desk-02, which is.
        let (_, rest) = page.split_once(&format!("href=\"/checks/{CHECK}\"")).unwrap();
        let share = rest.split_once("</tr>").unwrap().0;
        assert!(share.contains("23 of 32"), "{share}");
        assert!(share.contains("desk-01"), "{share}");
        assert_eq!(share.matches("/assets/one?").count(), 5, "{share}");
        assert!(share.contains("and 4 more"), "{share}");
        let more = share.split("href=\"/computers?").nth(1).unwrap().split('"').next().unwrap();
        let only = visitor.page(&format!("/computers?{}", more.replace("&amp;", "&"))).await;
        assert_eq!(faults(&only), Vec::<String>::new());
        assert!(only.contains("Nine of these.") && only.contains("lt-08"), "{only}");
        assert!(!only.contains("lt-09"), "{only}");

        let found = visitor.page("/computers?q=LT-2&order=name").await;
        let names: Vec<usize> =
            ["lt-20", "lt-21", "lt-29"].iter().map(|it| found.rfind(it).unwrap()).collect();
        assert!(names.is_sorted() && !found.contains(">desk-02<"), "{found}");
        let csv = visitor.page(&format!("/computers/export?check={CHECK}&order=name")).await;
        let lines: Vec<&str> = csv.lines().collect();
        assert_eq!((lines.len(), lines[0].starts_with("name,key,last seen,")), (10, true));
        assert!(lines[1].starts_with("desk-01,machine-id:"), "{csv}");
        assert!(visitor.page("/computers?unseen=365").await.contains("Nothing fits"));
        let phones = visitor.page("/computers?kind=phones").await;
        assert!(phones.contains("None was seen yet") && !phones.contains("lt-01"), "{phones}");
        // Nonsense is no error.
        let odd = visitor.page("/computers?check=none&unseen=-1&order=x&page=99&kind=y").await;
        assert!(odd.contains("Nothing fits"), "{odd}");
    });
}

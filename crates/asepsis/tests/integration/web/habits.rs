//! The card of habits: for everybody, or for one role.

use asepsis_store::accounts::Rights;

use super::support::{Book, run};

#[test]
fn each_role_has_a_card_of_its_own() {
    run(async || {
        let book = Book::empty().await;
        let mut owner = book.signed_in(Rights::Owner).await;
        let all = owner.page("/habits").await;
        assert_eq!(all.matches("<section class=\"sheet page\"").count(), 4, "{all}");
        assert!(all.contains("Lock the screen each time you stand up"), "{all}");
        let desk = owner.page("/habits?role=front-desk").await;
        assert_eq!(desk.matches("<section class=\"sheet page\"").count(), 1, "{desk}");
        for text in ["Each working day", "Once a week", "Once a month", "aria-current=\"true\""] {
            assert!(desk.contains(text), "{text}: {desk}");
        }
        assert!(!desk.contains("Restore one file from a backup"), "{desk}");
        assert_eq!(owner.get("/habits?role=nobody").await.status, 404);
        // A vendor may print it too.
        assert!(book.signed_in(Rights::Vendor).await.page("/habits").await.contains("Front desk"));
    });
}

//! What the columns of a table mean, on pages: a draft, a mapping that is kept, handed on and forgotten;
//! and the page of one file that was brought in.
#![expect(clippy::unwrap_used, reason = "helpers of tests, which clippy does not take for tests")]

use asepsis_store::accounts::Rights;

use super::markup::faults;
use super::support::{Book, run};
use crate::support::Session;

const TABLE: &str = "\
Computer Name,Serial Number,BitLocker,Missing Patches,Last Seen,Note <b>\r\n\
DESK-04,PF1A2B3C,Locked up,0,2026-01-08,x\r\n\
LT-11,PF4D5E6F,Wide open,seven,2026-01-08,\r\n";

/// The text in the field, as a browser would send it back.
fn draft(page: &str) -> String {
    let (_, rest) = page.split_once("name=\"mapping\"").unwrap();
    let text = rest.split_once('>').unwrap().1.split_once("</textarea>").unwrap().0;
    let text = text.trim_start_matches('\n').replace("&quot;", "\"").replace("&lt;", "<");
    text.replace("&gt;", ">").replace("&amp;", "&").replace('\n', "\r\n")
}

#[test]
fn a_table_is_explained_on_a_page_and_brought_in() {
    let session = Session::clinic();
    run(async || {
        let book = Book::of(session).await;
        let mut owner = book.signed_in(Rights::Owner).await;
        let file = [("files", "devices.csv", TABLE.as_bytes())];
        let refused = owner.upload("/import", &[], &file).await;
        assert!(
            refused.body.contains("columns are not known yet (Computer Name, "),
            "{}",
            refused.body
        );
        assert!(owner.page("/import").await.contains("href=\"/import/columns\""));

        let page = owner.page("/import/columns").await;
        assert!(page.contains("comes with asepsis") && !page.contains("<textarea"), "{page}");
        let none = owner.upload("/import/columns", &[], &[]).await;
        assert!(none.body.contains("Choose a table."), "{}", none.body);
        let table = [("table", "devices.csv", TABLE.as_bytes())];
        let sent = owner.upload("/import/columns", &[], &table).await;
        assert_eq!(faults(&sent.body), Vec::<String>::new());
        let text = draft(&sent.body);
        assert!(text.contains("Note <b>") && !sent.body.contains("Note <b>"), "{}", sent.body);

        let wrong = text.replace("disk.root_encrypted", "disk.encrypted");
        let again = owner.post("/import/columns/keep", &[("mapping", &wrong)]).await;
        assert!(again.body.contains("computer/1 has no such fact"), "{}", again.body);
        assert_eq!(draft(&again.body), wrong, "what was typed is not lost");
        let right = text.replacen("yes     = []", "yes     = [\"Locked up\"]", 1).replacen(
            "no      = []",
            "no      = [\"Wide open\"]",
            1,
        );
        let kept = owner.post("/import/columns/keep", &[("mapping", &right)]).await;
        assert_eq!(kept.location(), "/import/columns?said=saved", "{}", kept.body);
        let file_text = owner.page("/import/columns/file?id=devices").await;
        assert_eq!(file_text, right.replace("\r\n", "\n"));
        // Handed on, it comes back as it is.
        let given = [("table", "devices.toml", file_text.as_bytes())];
        let sent = owner.upload("/import/columns", &[], &given).await;
        assert_eq!(draft(&sent.body), right);

        assert_eq!(owner.upload("/import", &[], &file).await.location(), "/import/waiting");
        let page = owner.page("/import/waiting").await;
        assert!(page.contains("2 computers: 2 new to this book."), "{page}");
        let id = page.split("name=\"file-0\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        let taken = owner.post("/import/record", &[("file-0", id)]).await;
        assert_eq!(taken.location(), "/import?said=imported", "{}", taken.body);

        // Nothing is left out silently.
        let past = owner.page("/import/history").await;
        let one = past.split("href=\"/import/one?").nth(1).unwrap().split('"').next().unwrap();
        let page = owner.page(&format!("/import/one?{one}")).await;
        assert_eq!(faults(&page), Vec::<String>::new());
        assert!(page.contains("the column Note &lt;b&gt;"), "{page}");
        assert!(page.contains("a cell of the column Missing Patches"), "{page}");
        assert_eq!(owner.get("/import/one?entry=1").await.status, 404);

        let forgotten = owner.post("/import/columns/forget", &[("id", "devices")]).await;
        assert_eq!(forgotten.location(), "/import/columns?said=removed");
        let twice = owner.post("/import/columns/forget", &[("id", "devices")]).await;
        assert_eq!(twice.status, 404);
        assert_eq!(owner.get("/import/columns/file?id=devices").await.status, 404);
        let shipped = owner.get("/import/columns/file?id=servicenow-computers").await;
        assert_eq!(shipped.status, 404, "only those of the home are handed on");
    });
}

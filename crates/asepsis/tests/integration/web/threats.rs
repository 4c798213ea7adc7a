//! Threats, the glossary and free help: what they say, in which order.
#![expect(clippy::unwrap_used, reason = "helpers of tests, which clippy does not take for tests")]

use asepsis_core::statement::Answer;
use asepsis_store::accounts::Rights;

use super::markup::{faults, links};
use super::support::{Book, run};
use crate::support::{DAY, Session, said};

/// Whether these texts stand on the page in this order.
fn in_order(html: &str, texts: &[&str]) {
    let mut rest = html;
    for text in texts {
        let at = rest.find(text).unwrap_or_else(|| panic!("{text:?} is not in {rest}"));
        rest = rest.get(at + text.len()..).unwrap();
    }
}

#[test]
fn the_four_questions_come_first_and_the_least_guarded_threat_after_them() {
    let session = Session::clinic();
    session.record(DAY, vec![said("org.medical-devices", Answer::One("none".to_owned()), DAY)]);
    run(async || {
        let book = Book::of(session).await;
        let mut owner = book.signed_in(Rights::Owner).await;
        let page = owner.page("/threats").await;
        in_order(
            &page,
            &[
                "Why act now?",
                "not in order by what was seen",
                "How does this help me?",
                "href=\"/plan/computer.system-disk-encrypted\"",
                "Can it happen to me?",
                "desk-01",
                "/evidence/",
                "Where do I fit?",
                "19 sub-practices apply to you.",
                "Which of the five is least guarded against",
                "href=\"/threats/T1\"",
                // The firewall is on, so these are a little better guarded.
                "href=\"/threats/T2\"",
                // What has no place here comes last, with the answer that says so.
                "href=\"/threats/T5\"",
                "Does not apply to you.",
                "href=\"/questions/org.medical-devices\"",
            ],
        );
        assert!(!page.contains('%'), "no share and no probability is said");
        let one = owner.page("/threats/T5").await;
        in_order(
            &one,
            &["Threat 5 of five", "Does not apply to you.", "/evidence/", "A case, invented"],
        );
        let one = owner.page("/threats/T3").await;
        in_order(
            &one,
            &[
                "A case, invented",
                "What attackers use",
                "What it does to patients and to you",
                "What lowers it, and how you stand",
                "href=\"/practices/2#s-2-S-A\"",
                "Do first",
                "href=\"/plan/computer.system-disk-encrypted\"",
            ],
        );
    });
}

#[test]
fn every_word_is_on_one_page_and_can_be_found() {
    run(async || {
        let book = Book::empty().await;
        let mut vendor = book.signed_in(Rights::Vendor).await;
        let page = vendor.page("/glossary").await;
        for term in &book.home.catalog.glossary {
            let id = asepsis_report::words::anchor("t", &term.term);
            assert_eq!(page.matches(&format!("id=\"{id}\"")).count(), 1, "{}", term.term);
        }
        assert_eq!(faults(&page), Vec::<String>::new());
        let found = vendor.page("/glossary?q=multi-factor").await;
        assert!(found.contains("id=\"t-multi-factor\"") && !found.contains("id=\"t-backup\""));
        let none = vendor.page("/glossary?q=%3Cb%3Ezzz").await;
        assert!(none.contains("“&lt;b&gt;zzz”") && none.contains("No word here fits."), "{none}");
        assert_eq!(faults(&none), Vec::<String>::new());
    });
}

#[test]
fn free_help_leads_outside_and_tells_nobody_from_where() {
    run(async || {
        let book = Book::empty().await;
        let page = book.signed_in(Rights::Owner).await.page("/resources").await;
        for it in &book.home.catalog.resources {
            let Some(url) = &it.url else { continue };
            assert!(page.contains(&format!("href=\"{url}\" rel=\"noreferrer\"")), "{url}");
        }
        assert!(page.contains("id=\"certainty\"") && page.contains("our judgment"));
        assert_eq!(faults(&page), Vec::<String>::new());
        assert!(links(&page).contains("/practices/10"));
    });
}

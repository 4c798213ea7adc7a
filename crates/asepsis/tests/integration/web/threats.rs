//! Threats, the glossary and free help: what they say, in which order.
#![expect(clippy::unwrap_used, reason = "helpers of tests, which clippy does not take for tests")]

use std::collections::BTreeMap;

use asepsis_core::decision::{Decided, Decision, LossHistory, PlanTaken};
use asepsis_core::evidence::Record;
use asepsis_core::statement::Answer;
use asepsis_store::accounts::Rights;

use super::markup::{faults, links};
use super::support::{Book, noon, run};
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
fn the_four_questions_come_first_then_the_orders_a_year_and_each_threat() {
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
                "href=\"/actions/",
                "Can it happen to me?",
                "desk-01",
                "/evidence/",
                "Where do I fit?",
                "19 sub-practices apply to you.",
                "In three orders",
                "How often",
                "href=\"/threats/T4\"",
                "How much",
                "How bad for patients",
                "A year here",
                "Without any loss",
                "The worst year in 100",
                "federal list",
                "What a year may cost",
                "class=\"chart curve\"",
                "<table",
                "The five, and how you are guarded",
                "href=\"/threats/T1\"",
                // What has no place here comes last, with the answer that says so.
                "href=\"/threats/T5\"",
                "Does not apply to you.",
                "href=\"/questions/org.medical-devices\"",
            ],
        );
        let one = owner.page("/threats/T5").await;
        in_order(
            &one,
            &["Threat 5 of five", "Does not apply to you.", "/evidence/", "A case, invented"],
        );
        let one = owner.page("/threats/T3").await;
        in_order(
            &one,
            &[
                "In figures, here",
                "What lowers it most",
                "href=\"/actions/encrypt-disks\"",
                "A case, invented",
                "What attackers use",
                "What it does to patients and to you",
                "What lowers it, and how you stand",
                "href=\"/practices/2#s-2-S-A\"",
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

#[test]
fn what_is_remembered_moves_the_numbers() {
    run(async || {
        let book = Book::empty().await;
        let mut owner = book.signed_in(Rights::Owner).await;
        let before = owner.page("/threats/T1").await;
        let fields = [("years", "5"), ("events-T1", "2"), ("events-T4", "")];
        let answer = owner.post("/threats/history", &fields).await;
        assert_eq!(answer.location(), "/threats?said=saved#history");
        let page = owner.page("/threats").await;
        assert!(page.contains("In 5 years:") && page.contains("2 × "), "{page}");
        let comes = |page: &str| {
            let rest = page.split("It comes").nth(1).unwrap();
            rest.split("data-low=\"")
                .nth(1)
                .unwrap()
                .split('"')
                .next()
                .unwrap()
                .parse::<f64>()
                .unwrap()
        };
        let after = owner.page("/threats/T1").await;
        assert!(comes(&after) > 1.5 * comes(&before), "{} {}", comes(&after), comes(&before));
        let entries = book.entries().await;
        for fields in [
            [("years", "0"), ("events-T1", "1")],
            [("years", "NaN"), ("events-T1", "1")],
            [("years", "1e-9"), ("events-T1", "0")],
            [("years", "5"), ("events-T1", "-1")],
            [("years", "5"), ("events-T1", "261")],
        ] {
            let answer = owner.post("/threats/history", &fields).await;
            assert_eq!(answer.status, 422);
            assert_eq!(faults(&answer.body), Vec::<String>::new());
        }
        assert_eq!(book.entries().await, entries);
    });
}

/// The figures that a small clinic sees before anybody looked or said anything.
#[test]
fn a_clinic_of_which_nothing_is_known_sees_what_is_known_of_its_sector() {
    run(async || {
        let book = Book::empty().await;
        let page = book.signed_in(Rights::Auditor).await.page("/threats").await;
        for text in
            ["too close to call", "plausible worlds", "1 in 1,900", "Days of disturbed care"]
        {
            assert!(page.contains(text), "{text}: {page}");
        }
        let loss = page.split("Expected loss").nth(1).unwrap().split("about $").nth(1).unwrap();
        let loss: String = loss.chars().take_while(|c| c.is_ascii_digit() || *c == ',').collect();
        let loss: f64 = loss.replace(',', "").parse().unwrap();
        assert!((3_000.0..5_000.0).contains(&loss), "about $4k a year: {loss}");
    });
}

#[test]
fn the_risk_analysis_prints_a_line_for_each_gap_and_the_five_steps() {
    let session = Session::clinic();
    run(async || {
        let book = Book::of(session).await;
        let mut auditor = book.signed_in(Rights::Auditor).await;
        let page = auditor.page("/threats/analysis").await;
        assert_eq!(faults(&page), Vec::<String>::new());
        in_order(
            &page,
            &[
                "HIPAA Security Rule",
                "Likelihood in a year",
                "Vulnerability",
                "Treatment",
                "Owner",
                "Appendix E",
                "1. ",
            ],
        );
        let all = auditor.page("/threats/analysis?rows=all").await;
        assert_eq!(faults(&all), Vec::<String>::new());
        assert!(
            all.matches("role=\"rowheader\"").count() > page.matches("role=\"rowheader\"").count()
        );
    });
}

#[test]
fn what_another_program_wrote_into_the_ledger_moves_nothing() {
    let session = Session::clinic();
    run(async || {
        let book = Book::of(session).await;
        let mut owner = book.signed_in(Rights::Owner).await;
        let usual = [owner.page("/threats/T1").await, owner.page("/plan").await];
        let events = [("T1".to_owned(), u32::MAX)].into();
        let history = LossHistory { years: -101.0, events, at: noon() };
        let plan = PlanTaken {
            budget: 1e300,
            hours: -4.0,
            catalog: book.home.catalog.hash,
            priors: 1,
            items: BTreeMap::new(),
            at: noon(),
        };
        let decided = Decided::Postponed { reason: "no".to_owned(), until: "some day".to_owned() };
        let decision = Decision { action: "encrypt-disks".to_owned(), decided, at: noon() };
        let records = [Record::History(history), Record::Plan(plan), Record::Decision(decision)];
        let records = records.into_iter().map(|it| ("person-1".to_owned(), it)).collect();
        book.home.record(records, noon()).await.unwrap();
        let values = |page: &str| page.matches("data-low=").count();
        for (path, before) in ["/threats/T1", "/plan"].into_iter().zip(usual) {
            let page = owner.page(path).await;
            assert_eq!(faults(&page), Vec::<String>::new(), "{path}");
            assert_eq!(values(&page), values(&before), "{path}");
            assert!(!page.contains("NaN") && !page.contains(">inf"), "{path}");
        }
    });
}

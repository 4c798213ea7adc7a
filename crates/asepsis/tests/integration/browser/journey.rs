//! The whole way of a manager who has never seen it, in a real browser against the built program:
//! from the printed address to a measured Today, three next actions, a printed vendor sheet, and the
//! vendor's answer. Clicks and fields are counted, and the program is killed on the way.

use super::served::Served;
use super::{Browser, Paper, with_browser};

/// From the printed address to a measured Today.
const CLICKS: usize = 12;
/// What is typed or chosen on that way.
const FIELDS: usize = 6;

const PASSPHRASE: &str = "correct horse battery staple";

/// The first run, as a person would go through it. Ends on Today.
pub(super) async fn first_run(browser: &mut Browser, served: &Served) {
    browser.goto(&served.printed).await;
    browser.wait_until_url("/first-run").await;
    browser.type_into("#f-organization", "Maple Street Family Practice").await;
    browser.type_into("#f-name", "Sam").await;
    browser.type_into("#f-sign-in", "sam").await;
    browser.type_into("#f-passphrase", PASSPHRASE).await;
    browser.click("main form button").await;
    browser.wait_until_url("/first-run/size").await;
    // Physicians and IT staff: two rows of the table that everybody knows.
    browser.click("input[name=physicians][value=small]").await;
    browser.click("input[name=it][value=small]").await;
    browser.click("main form:last-of-type button").await;
    browser.wait_until_url("/first-run/mail").await;
    browser.type_into("#f-domains", "clinic.example").await;
    browser.click("main form button").await;
    // The page follows the look and goes on by itself.
    browser.wait_until_url("/today").await;
}

#[test]
fn a_manager_gets_from_the_printed_address_to_the_vendors_answer() {
    with_browser(async || {
        let folder = tempfile::tempdir().unwrap();
        let mut served = Served::start(folder.path());
        let mut browser = Browser::start(&served.origin()).await;
        let took = asepsis::config::stopwatch();
        first_run(&mut browser, &served).await;
        println!(
            "to a measured Today: {} clicks, {} fields, {:.1} s of machine time",
            browser.clicks(),
            browser.fields(),
            took().as_secs_f64()
        );
        assert!(browser.clicks() <= CLICKS, "{} clicks", browser.clicks());
        assert!(browser.fields() <= FIELDS, "{} fields", browser.fields());
        // Measured: this computer and the domain are on the page.
        let today = browser.text("main").await;
        assert!(today.contains("measured"), "{today}");

        ten_questions(&mut browser).await;

        // A kill with no warning: what was acknowledged is there, and the person is still signed in.
        browser.goto("/questions/all").await;
        let before = browser.text("main").await;
        served.kill_and_restart();
        browser.goto("/questions/all").await;
        assert_eq!(browser.url().await, format!("{}/questions/all", served.origin()));
        assert_eq!(browser.text("main").await, before);

        browser.goto("/today").await;
        let actions = browser.count("ol.cards > li").await;
        assert_eq!(actions, 3, "three next actions");
        browser.goto("/vendor-sheet").await;
        for paper in [Paper::A4, Paper::Letter] {
            let pdf = browser.print_pdf(paper).await;
            assert!(pdf.starts_with(b"%PDF"), "the vendor sheet prints");
        }
        the_vendor_answers(&mut browser, &served).await;
        assert_eq!(browser.foreign_requests().await, [""; 0]);
        assert_eq!(browser.console_errors().await, [""; 0]);
        let resident = served.resident();
        println!("resident memory at the end: {resident:.1} MiB");
        assert!(resident <= 120.0, "{resident:.1} MiB");
    });
}

/// Ten questions at a sitting; the first answer of each, or a number.
async fn ten_questions(browser: &mut Browser) {
    browser.goto("/questions").await;
    browser.click("main a.button, main form button").await;
    browser.wait_for("[name=answer]").await;
    for _ in 0..10 {
        let from = browser.url().await;
        if browser.count("input[type=radio][name=answer], input[type=checkbox][name=answer]").await
            > 0
        {
            browser.click("[name=answer]").await;
        } else {
            browser.type_into("[name=answer]", "6").await;
        }
        browser.click("main form button").await;
        browser.wait_until_gone(&from).await;
    }
    let at = browser.url().await;
    assert!(at.contains("/questions/pause"), "{at}");
}

/// The manager makes a link; the vendor follows it in a browser of his own and answers.
async fn the_vendor_answers(browser: &mut Browser, served: &Served) {
    browser.goto("/vendor-links").await;
    browser.type_into("#f-vendor", "Lake IT Services").await;
    browser.click("main section:last-of-type form button").await;
    browser.wait_for("main pre").await;
    let address = browser.text("main pre").await;
    assert!(address.starts_with(&served.origin()), "{address}");
    // Shown once: another look at the page does not tell it.
    browser.goto("/vendor-links").await;
    assert_eq!(browser.count("main pre").await, 0);

    let mut vendor = Browser::start(&served.origin()).await;
    vendor.goto(&address).await;
    assert_eq!(vendor.count(".rail").await, 0, "a vendor sees no more than what is asked");
    vendor.click("input[type=radio][value=yes]").await;
    vendor.type_into("#f-name", "Lee").await;
    let from = vendor.text("main").await;
    vendor.click("main form button[type=submit]").await;
    vendor.wait_for(".notice").await;
    assert_ne!(vendor.text("main").await, from);
    assert_eq!(vendor.foreign_requests().await, [""; 0]);

    browser.goto("/evidence").await;
    let evidence = browser.text("main").await;
    assert!(evidence.contains("Lee, Lake IT Services"), "{evidence}");
}

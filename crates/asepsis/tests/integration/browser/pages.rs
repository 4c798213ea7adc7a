//! Every page of the book in a real browser: axe finds nothing, light and dark; nothing is wider than
//! a telephone or a page at twice its size; nothing is asked of a foreign host; with scripts off and
//! by keyboard alone the main way still works.

use asepsis::web::router;

use super::journey::first_run;
use super::served::Served;
use super::{Browser, Key, Scheme, with_browser};
use crate::support::{DAY, Session};
use crate::web::rights::sample;

/// Pages that everybody must get to: what the table of routes lists, with something in each name.
pub(super) fn paths() -> Vec<String> {
    let shown = |path: &str| {
        // Downloads are no pages; the claim is used up by the first run.
        !path.ends_with(".xlsx")
            && !path.ends_with("/export")
            && !path.starts_with("/claim/")
            && path != "/"
    };
    let routes = router::all();
    let pages = routes.iter().filter(|it| it.method == "GET" && shown(it.path));
    let mut paths: Vec<String> = pages.map(|it| sample(it.path)).collect();
    paths.extend(["/accounts/one?subject=account:ad/f".to_owned()]);
    paths.extend(["/practices/2".to_owned(), "/checks/computer.system-disk-encrypted".to_owned()]);
    paths
}

/// A clinic with something to show everywhere, and its manager signed in.
pub(super) async fn signed_in(session: &Session) -> (Served, Browser) {
    let served = Served::start(&session.home().join("home"));
    let mut browser = Browser::start(&served.origin()).await;
    first_run(&mut browser, &served).await;
    (served, browser)
}

pub(super) fn clinic() -> Session {
    let session = Session::clinic();
    session.record_now(&[("desk-01", false), ("desk-02", true)]);
    session.record(DAY, crate::web::accounts::records());
    session
}

#[test]
fn axe_finds_nothing_on_any_page_and_nothing_is_too_wide() {
    let session = clinic();
    with_browser(async || {
        let (_served, mut browser) = signed_in(&session).await;
        let mut wrong = Vec::new();
        let paths = paths();
        assert!(paths.len() > 26, "only {} pages", paths.len());
        for path in &paths {
            for scheme in [Scheme::Light, Scheme::Dark] {
                browser.set_media(scheme, false, false).await;
                browser.goto(path).await;
                wrong.extend(
                    browser.axe().await.iter().map(|it| format!("{path} {scheme:?}: {it}")),
                );
            }
            browser.set_media(Scheme::Light, true, false).await;
            for (width, height) in [(320, 800), (640, 400)] {
                // 640 pixels are a window of 1280 at 200 %.
                browser.set_viewport(width, height, 1.0).await;
                if browser.scroll_width_overflow().await {
                    wrong.push(format!("{path} is wider than {width} pixels"));
                }
            }
            browser.set_viewport(1280, 800, 1.0).await;
            let foreign = browser.foreign_requests().await;
            wrong.extend(foreign.iter().map(|it| format!("{path} asks for {it}")));
            let missing = |it: &&String| it.contains("404") || it.contains("410");
            let errors = browser.console_errors().await;
            // A sample without a row behind it is a page that says so, with that status.
            wrong.extend(errors.iter().filter(|it| !missing(it)).map(|it| format!("{path}: {it}")));
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    });
}

#[test]
fn without_scripts_a_manager_gets_to_a_measured_today() {
    with_browser(async || {
        let folder = tempfile::tempdir().unwrap();
        let served = Served::start(folder.path());
        let mut browser = Browser::start(&served.origin()).await;
        browser.set_scripts(false).await;
        browser.goto(&served.printed).await;
        browser.wait_until_url("/first-run").await;
        browser.type_into("#f-organization", "Maple Street Family Practice").await;
        browser.type_into("#f-name", "Sam").await;
        browser.type_into("#f-sign-in", "sam").await;
        browser.type_into("#f-passphrase", "correct horse battery staple").await;
        browser.click("main form button").await;
        browser.wait_until_url("/first-run/size").await;
        browser.click("main form button").await;
        browser.wait_until_url("/first-run/mail").await;
        let from = browser.url().await;
        browser.click("main form button").await;
        browser.wait_until_gone(&from).await;
        // Without scripts the page is asked again how far it is, and leads on once it is done.
        let look = browser.url().await;
        for _ in 0..400 {
            if browser.count("main a[href='/today']").await > 0 {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            browser.goto(&look).await;
        }
        browser.click("main a[href='/today']").await;
        browser.wait_until_url("/today").await;
        let today = browser.text("main").await;
        assert!(today.contains("measured"), "{today}");
    });
}

#[test]
fn by_keyboard_alone_a_question_is_answered() {
    let session = clinic();
    with_browser(async || {
        let (_served, browser) = signed_in(&session).await;
        browser.goto("/questions/email.provider-agreement").await;
        // The first stop leads past the rail.
        browser.press(&[Key::Tab]).await;
        assert_eq!(browser.focused().await.href.as_deref(), Some("#main"));
        browser.press(&[Key::Enter, Key::Tab]).await;
        for _ in 0..12 {
            if browser.focused().await.tag == "input" {
                break;
            }
            browser.press(&[Key::Tab]).await;
        }
        assert_eq!(
            browser.focused().await.tag,
            "input",
            "the choices are in the way of the tab key"
        );
        browser.press(&[Key::Space]).await;
        for _ in 0..12 {
            if browser.focused().await.tag == "button" {
                break;
            }
            browser.press(&[Key::Tab]).await;
        }
        let from = browser.url().await;
        browser.press(&[Key::Enter]).await;
        browser.wait_until_gone(&from).await;
        browser.goto("/questions/all?page=2").await;
        let all = browser.text("main").await;
        assert!(all.contains("Yes, and we can find it"), "{all}");
    });
}

/// From the first stop of a page to past its last, everything that can be used is reached, has a name,
/// and lets go of the focus again.
#[test]
fn the_tab_key_gets_through_every_page_with_forms() {
    let session = clinic();
    with_browser(async || {
        let (_served, browser) = signed_in(&session).await;
        for path in
            ["/today", "/plan", "/questions/org.computers", "/vendor-links", "/settings/people"]
        {
            browser.goto(path).await;
            let mut stops = Vec::new();
            loop {
                browser.press(&[Key::Tab]).await;
                let at = browser.focused().await;
                if at.tag == "body" || stops.len() > 250 {
                    break;
                }
                assert!(!at.name.trim().is_empty(), "{path}: {at:?} has no name");
                stops.push(at);
            }
            assert!(stops.len() <= 250, "{path} does not let go of the focus: {:?}", stops.last());
            let of = |tag: &str| stops.iter().filter(|it| it.tag == tag).count();
            // Links and buttons outside of what is folded are one stop each.
            let links = browser.count("a[href]").await;
            let folded = browser.count("details:not([open]) a[href]").await;
            assert_eq!(of("a"), links - folded, "{path}: links");
            let buttons = browser.count("button").await;
            let folded = browser.count("details:not([open]) button").await;
            assert_eq!(of("button"), buttons - folded, "{path}: buttons");
        }
    });
}

//! Proof that the harness sees what is there, on pages whose merits and faults are known.

use super::driver::running;
use super::{Browser, Focused, Key, Paper, Scheme, server, with_browser};

fn ids(found: &[super::Violation]) -> Vec<&str> {
    found.iter().map(|it| it.id.as_str()).collect()
}

#[test]
fn a_page_is_read_clicked_and_filled_in() {
    with_browser(async || {
        let origin = server::start().await;
        let mut browser = Browser::start(&origin).await;
        browser.goto("/good").await;
        assert_eq!(browser.url().await, format!("{origin}/good"));
        assert_eq!(browser.title().await, "Good");
        browser.type_into("#name", "Ada").await;
        browser.type_into("#time", "evening").await;
        browser.click("button").await;
        browser.wait_until_url("/hello?name=Ada&time=evening").await;
        browser.wait_for("#said").await;
        assert_eq!(browser.text("#said").await, "Good evening, Ada.");

        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a list.csv");
        std::fs::write(&file, "one,two\n").unwrap();
        browser.goto("/upload").await;
        browser.choose_file("input", &file).await;
        browser.click("button").await;
        assert_eq!(browser.text("#got").await, "a list.csv: 8 bytes");

        assert_eq!((browser.clicks(), browser.fields()), (2, 3));
        assert_eq!(browser.foreign_requests().await, [""; 0]);
        assert_eq!(browser.console_errors().await, [""; 0]);
    });
}

#[test]
fn the_keyboard_alone_gets_through_a_page() {
    with_browser(async || {
        let mut browser = Browser::start(&server::start().await).await;
        browser.goto("/good").await;
        let on = |tag: &str, name: &str, href: Option<&str>| Focused {
            tag: tag.to_owned(),
            name: name.to_owned(),
            href: href.map(str::to_owned),
        };
        assert_eq!(browser.focused().await.tag, "body");
        let link = on("a", "Say hello", Some("/hello?name=you"));
        let order = [
            link.clone(),
            on("a", "Be wide", Some("/wide")),
            on("input", "Your name", None),
            on("select", "Time of day", None),
            on("button", "Greet", None),
        ];
        for expected in &order {
            browser.press(&[Key::Tab]).await;
            assert_eq!(browser.focused().await, *expected);
        }
        // A choice by arrow, a word, and the button by the space bar.
        browser.press(&[Key::BackTab]).await;
        assert_eq!(browser.focused().await.tag, "select");
        browser.press(&[Key::Down, Key::Up, Key::Down]).await;
        browser.press(&[Key::BackTab, Key::Char('I'), Key::Tab, Key::Tab, Key::Space]).await;
        browser.wait_until_url("/hello?name=I&time=evening").await;

        browser.goto("/good").await;
        browser.press(&[Key::Tab]).await;
        assert_eq!(browser.focused().await, link);
        browser.press(&[Key::Left, Key::Right, Key::Escape, Key::Enter]).await;
        browser.wait_until_url("/hello?name=you").await;
        assert_eq!((browser.clicks(), browser.fields()), (0, 0));
        // A click counts, a key does not.
        browser.click("h1").await;
        assert_eq!(browser.clicks(), 1);
    });
}

#[test]
fn what_keeps_people_out_is_named() {
    with_browser(async || {
        let mut browser = Browser::start(&server::start().await).await;
        browser.goto("/good").await;
        assert_eq!(ids(&browser.axe().await), [""; 0]);

        for scripts in [true, false] {
            browser.set_scripts(scripts).await;
            browser.goto("/bad").await;
            let found = browser.axe().await;
            assert_eq!(ids(&found), ["color-contrast", "html-has-lang", "label"]);
            let contrast = &found[0];
            assert_eq!(contrast.impact, "serious");
            assert!(contrast.help.contains("contrast"), "{}", contrast.help);
            assert_eq!(contrast.nodes[0].target, ["p"]);
            assert!(contrast.nodes[0].html.contains("Hardly to be seen"));
            let said = found.iter().map(ToString::to_string).collect::<String>();
            assert!(said.contains("color-contrast (serious)") && said.contains("1.91"), "{said}");
        }
    });
}

#[test]
fn a_request_to_another_server_is_seen() {
    with_browser(async || {
        let origin = server::start().await;
        let other = server::start().await;
        let browser = Browser::start(&origin).await;
        browser.goto("/good").await;
        assert_eq!(browser.foreign_requests().await, [""; 0]);
        for host in [other.trim_start_matches("http://"), "pictures.example"] {
            browser.goto(&format!("/foreign?host={host}")).await;
            assert_eq!(browser.foreign_requests().await, [format!("http://{host}/picture.png")]);
        }
    });
}

#[test]
fn scripts_can_be_off_and_the_page_still_used() {
    with_browser(async || {
        let mut browser = Browser::start(&server::start().await).await;
        browser.goto("/script").await;
        assert_eq!(browser.text("#ran").await, "a script ran");
        let errors = browser.console_errors().await;
        assert!(errors.len() == 1 && errors[0].contains("missing"), "{errors:?}");

        browser.set_scripts(false).await;
        browser.goto("/script").await;
        assert_eq!(browser.text("#ran").await, "no script ran");
        assert_eq!(browser.text("#none").await, "for no scripts");
        assert_eq!(ids(&browser.axe().await), [""; 0]);
        assert_eq!(browser.text("#ran").await, "no script ran");
        assert!(!browser.scroll_width_overflow().await);

        browser.goto("/good").await;
        browser.type_into("#name", "Ada").await;
        browser.press(&[Key::Tab]).await;
        assert_eq!(browser.focused().await.name, "Time of day");
        browser.click("button").await;
        assert_eq!(browser.text("#said").await, "Good morning, Ada.");
        assert_eq!(browser.console_errors().await, [""; 0]);

        browser.set_scripts(true).await;
        browser.goto("/script").await;
        assert_eq!(browser.text("#ran").await, "a script ran");
    });
}

#[test]
fn a_page_is_seen_in_every_size_color_and_on_paper() {
    with_browser(async || {
        let mut browser = Browser::start(&server::start().await).await;
        browser.goto("/media").await;
        assert_eq!(browser.text("#seen").await, "seen:");
        browser.set_media(Scheme::Dark, false, false).await;
        assert_eq!(browser.text("#seen").await, "seen:\ndark");
        browser.set_media(Scheme::Dark, true, true).await;
        browser.goto("/media").await;
        assert_eq!(browser.text("#seen").await, "seen:\ndark\nforced\nprint");
        browser.set_media(Scheme::Light, false, false).await;
        browser.zoom(200).await;
        assert_eq!(browser.text("#seen").await, "seen:\nnarrow\nfine");
        browser.zoom(100).await;
        assert_eq!(browser.text("#seen").await, "seen:");

        browser.goto("/wide").await;
        assert!(!browser.scroll_width_overflow().await);
        browser.set_viewport(320, 640, 1.0).await;
        assert!(browser.scroll_width_overflow().await);
        browser.goto("/good").await;
        assert!(!browser.scroll_width_overflow().await);

        let folder = tempfile::tempdir().unwrap();
        let picture = folder.path().join("page.png");
        browser.set_viewport(700, 500, 2.0).await;
        browser.goto("/wide").await;
        browser.screenshot(&picture, false).await;
        assert_eq!(size(&std::fs::read(&picture).unwrap()), (1400, 1000));
        browser.screenshot(&picture, true).await;
        let (width, height) = size(&std::fs::read(&picture).unwrap());
        assert!(width == 1400 && height > 6000, "{width} × {height}");

        for (paper, expected) in [(Paper::Letter, (612.0, 792.0)), (Paper::A4, (595.3, 841.9))] {
            let pdf = browser.print_pdf(paper).await;
            assert!(pdf.starts_with(b"%PDF-"));
            let (width, height) = box_of(&pdf);
            assert!((width - expected.0).abs() < 1.0, "{paper:?}: {width} points wide");
            assert!((height - expected.1).abs() < 1.0, "{paper:?}: {height} points high");
        }
    });
}

#[test]
fn nothing_runs_on_after_a_test_that_panics() {
    with_browser(async || {
        let browser = Browser::start("http://127.0.0.1:1").await;
        let folder = browser.driver.folder().to_owned();
        assert!(running(&folder).len() > 1);
        let failed = std::panic::catch_unwind(std::panic::AssertUnwindSafe(move || {
            let _held = browser;
            std::panic::resume_unwind(Box::new("a test fails"));
        }));
        assert!(failed.is_err());
        assert_eq!(running(&folder), []);
        assert!(!folder.exists());
    });
}

/// Width and height of a PNG, which its first chunk holds.
fn size(png: &[u8]) -> (u32, u32) {
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}

/// Width and height of the paper of a PDF, in points.
fn box_of(pdf: &[u8]) -> (f64, f64) {
    let text = String::from_utf8_lossy(pdf);
    let found = text.split("/MediaBox").nth(1).unwrap().trim_start_matches([' ', '[']);
    let numbers: Vec<f64> =
        found.split(']').next().unwrap().split_whitespace().map(|it| it.parse().unwrap()).collect();
    (numbers[2], numbers[3])
}

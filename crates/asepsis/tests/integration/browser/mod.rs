//! A real browser for tests of pages: headless Chromium, driven as a person would use it, and asked
//! what a person or a checker would see. Runs where `ASEPSIS_TEST_BROWSER` is set, with the axe-core
//! that `ASEPSIS_TEST_AXE` names; `./test` sets both.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "helpers of tests, which clippy does not take for tests"
)]

mod driver;
mod hands;
mod journey;
mod looks;
mod pages;
mod pictures;
mod proof;
mod served;
mod server;
mod verdict;

use std::future::Future;
use std::path::PathBuf;
use std::time::Duration;

use serde_json::{Value, json};

use driver::Driver;
pub(crate) use hands::{Focused, Key};
pub(crate) use looks::{Paper, Scheme};
pub(crate) use verdict::Violation;

/// Longest wait for something to appear on a page.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often a page is looked at while waiting.
const LOOK: Duration = Duration::from_millis(20);

/// The name under which WebDriver hands out elements (W3C WebDriver section 12.1).
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A browser with a fresh profile, which ends when it is dropped. What cannot be done panics and
/// says so, since that is a failed test.
pub(crate) struct Browser {
    driver: Driver,
    /// The server whose pages are tested, `http://127.0.0.1:PORT`.
    origin: String,
    clicks: usize,
    fields: usize,
    viewport: (u32, u32),
    scripts: bool,
}

impl Browser {
    /// Starts a browser for the pages of one server, with a window of 1280 × 800.
    pub(crate) async fn start(origin: &str) -> Self {
        let driver = Driver::start().await;
        let origin = origin.trim_end_matches('/').to_owned();
        let viewport = (1280, 800);
        let mut browser = Self { driver, origin, clicks: 0, fields: 0, viewport, scripts: true };
        // The cursor and keys behave as in the window that has the focus.
        browser
            .driver
            .tools("Emulation.setFocusEmulationEnabled", &json!({ "enabled": true }))
            .await;
        browser.set_viewport(viewport.0, viewport.1, 1.0).await;
        browser
    }

    /// Opens a page, by its path on the server or a whole address, and waits until it is loaded.
    pub(crate) async fn goto(&self, page: &str) {
        let url = match page.strip_prefix('/') {
            Some(path) => format!("{}/{path}", self.origin),
            None => page.to_owned(),
        };
        let gone = self.driver.post("/url", &json!({ "url": url })).await;
        gone.unwrap_or_else(|error| panic!("{url} does not open: {error}"));
    }

    /// The address of the page.
    pub(crate) async fn url(&self) -> String {
        said(self.driver.get("/url").await)
    }

    /// The title of the page.
    pub(crate) async fn title(&self) -> String {
        said(self.driver.get("/title").await)
    }

    /// What can be read in the first element that the selector names.
    pub(crate) async fn text(&self, css: &str) -> String {
        let element = self.find(css).await;
        said(self.driver.get(&format!("/element/{element}/text")).await)
    }

    /// Waits until the page holds such an element.
    pub(crate) async fn wait_for(&self, css: &str) {
        self.find(css).await;
    }

    /// Waits until the address of the page ends like this.
    pub(crate) async fn wait_until_url(&self, end: &str) {
        let waited = tokio::time::timeout(PATIENCE, async {
            while !self.url().await.ends_with(end) {
                tokio::time::sleep(LOOK).await;
            }
        });
        if waited.await.is_err() {
            panic!("still at {} instead of {end}", self.url().await);
        }
    }

    /// Waits until another page than this one is shown, whole.
    pub(crate) async fn wait_until_gone(&self, from: &str) {
        let waited = tokio::time::timeout(PATIENCE, async {
            while self.url().await == from || !self.loaded().await {
                tokio::time::sleep(LOOK).await;
            }
        });
        assert!(waited.await.is_ok(), "still at {from}");
    }

    async fn loaded(&self) -> bool {
        let asked = json!({ "script": "return document.readyState", "args": [] });
        self.driver.post("/execute/sync", &asked).await.is_ok_and(|it| it == "complete")
    }

    /// How many such elements the page holds now.
    pub(crate) async fn count(&self, css: &str) -> usize {
        let wanted = json!({ "using": "css selector", "value": css });
        let found = self.driver.post("/elements", &wanted).await;
        found.unwrap().as_array().unwrap().len()
    }

    /// Whether the page may run scripts, from the next page on.
    pub(crate) async fn set_scripts(&mut self, on: bool) {
        self.scripts = on;
        self.allow_scripts(on).await;
    }

    async fn allow_scripts(&self, on: bool) {
        let off = json!({ "value": !on });
        self.driver.tools("Emulation.setScriptExecutionDisabled", &off).await;
    }

    /// The first element that the selector names, once there is one.
    async fn find(&self, css: &str) -> String {
        let asked = json!({ "using": "css selector", "value": css });
        let found = tokio::time::timeout(PATIENCE, async {
            loop {
                match self.driver.post("/element", &asked).await {
                    Ok(found) => return said(Ok(found[ELEMENT].clone())),
                    Err(error) if error.starts_with("no such element") => {}
                    Err(error) => panic!("{css}: {error}"),
                }
                tokio::time::sleep(LOOK).await;
            }
        });
        match found.await {
            Ok(element) => element,
            Err(_) => panic!("no {css} at {}", self.url().await),
        }
    }
}

/// The text that the driver answered.
fn said(answer: Result<Value, String>) -> String {
    match answer {
        Ok(Value::String(text)) => text,
        Ok(Value::Null) => String::new(),
        other => panic!("not a text: {other:?}"),
    }
}

/// Reads a variable that the test run was given.
fn variable(name: &str) -> Option<String> {
    #[expect(clippy::disallowed_methods, reason = "tests are told by the environment what to use")]
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Runs the body of a test that needs a browser; without one, says that it is skipped.
pub(crate) fn with_browser<F: Future<Output = ()>>(body: impl FnOnce() -> F) {
    if variable("ASEPSIS_TEST_BROWSER").is_none() {
        println!("skipped: ASEPSIS_TEST_BROWSER is not set");
        return;
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(body());
}

/// The folder that screenshots are written to, made if it is missing: `ASEPSIS_SCREENSHOTS`.
pub(crate) fn screenshots() -> PathBuf {
    let folder = variable("ASEPSIS_SCREENSHOTS").expect("ASEPSIS_SCREENSHOTS names a folder");
    std::fs::create_dir_all(&folder).unwrap();
    PathBuf::from(folder)
}

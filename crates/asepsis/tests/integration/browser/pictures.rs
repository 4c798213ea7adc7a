//! Pictures of every page, wide and narrow, light and dark: for people to look at, and for the README.
//! Run by `docs/screenshots/make`.

use super::pages::{clinic, paths, signed_in};
use super::{Scheme, screenshots, with_browser};

#[test]
#[ignore = "writes pictures to the folder that ASEPSIS_SCREENSHOTS names"]
fn pages_are_pictured() {
    let session = clinic();
    with_browser(async || {
        let (_served, mut browser) = signed_in(&session).await;
        let folder = screenshots();
        let mut all = paths();
        all.retain(|path| !path.contains("none") && !path.starts_with("/first-run"));
        for (width, height) in [(1280, 800), (360, 740)] {
            browser.set_viewport(width, height, 1.0).await;
            for (scheme, word) in [(Scheme::Light, "light"), (Scheme::Dark, "dark")] {
                browser.set_media(scheme, false, false).await;
                for path in &all {
                    browser.goto(path).await;
                    let name = path.trim_matches('/').replace('/', "-");
                    let file = folder.join(format!("{name}-{width}-{word}.png"));
                    browser.screenshot(&file, true).await;
                }
            }
        }
    });
}

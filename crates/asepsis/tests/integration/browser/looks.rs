//! How a page looks: the size of the window, colors, paper, and pictures of it.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::Browser;

/// What colors the person has asked the system for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scheme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// The paper that is in the printer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Paper {
    /// 8.5 × 11 inches.
    Letter,
    /// 210 × 297 millimeters.
    A4,
}

impl Paper {
    /// Width and height in inches.
    fn inches(self) -> (f64, f64) {
        match self {
            Paper::Letter => (8.5, 11.0),
            Paper::A4 => (210.0 / 25.4, 297.0 / 25.4),
        }
    }
}

impl Browser {
    /// Gives the page so much room, in CSS pixels, with so many dots of the screen to each.
    pub(crate) async fn set_viewport(&mut self, width: u32, height: u32, scale: f64) {
        self.viewport = (width, height);
        self.measure(width, height, scale).await;
    }

    /// Zooms as with control and plus: the window stays as it is, so the page has less room. Until
    /// `set_viewport`.
    pub(crate) async fn zoom(&self, percent: u32) {
        let (width, height) = self.viewport;
        let scale = f64::from(percent) / 100.0;
        self.measure(width * 100 / percent, height * 100 / percent, scale).await;
    }

    async fn measure(&self, width: u32, height: u32, scale: f64) {
        let size = json!({
            "width": width, "height": height, "deviceScaleFactor": scale, "mobile": false,
        });
        self.driver.tools("Emulation.setDeviceMetricsOverride", &size).await;
    }

    /// Shows pages in these colors, with the system's own few colors instead (forced colors), or as
    /// they would be printed.
    pub(crate) async fn set_media(&self, scheme: Scheme, forced_colors: bool, print: bool) {
        let scheme = if scheme == Scheme::Dark { "dark" } else { "light" };
        let forced = if forced_colors { "active" } else { "none" };
        let media = json!({
            "media": if print { "print" } else { "" },
            "features": [
                { "name": "prefers-color-scheme", "value": scheme },
                { "name": "forced-colors", "value": forced },
            ],
        });
        self.driver.tools("Emulation.setEmulatedMedia", &media).await;
    }

    /// Whether the page is wider than the window, so that one has to scroll sideways.
    pub(crate) async fn scroll_width_overflow(&self) -> bool {
        let sizes = self.sizes().await;
        sizes["cssContentSize"]["width"].as_f64()
            > sizes["cssLayoutViewport"]["clientWidth"].as_f64()
    }

    async fn sizes(&self) -> Value {
        self.driver.tools("Page.getLayoutMetrics", &json!({})).await
    }

    /// Writes a picture of what is in the window, or of the full page, as PNG.
    pub(crate) async fn screenshot(&self, path: &Path, full_page: bool) {
        let mut wanted = json!({ "format": "png" });
        if full_page {
            let mut clip = self.sizes().await["cssContentSize"].take();
            clip["scale"] = json!(1);
            wanted["clip"] = clip;
            wanted["captureBeyondViewport"] = json!(true);
        }
        let picture = bytes(&self.driver.tools("Page.captureScreenshot", &wanted).await);
        std::fs::write(path, picture).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }

    /// The page as PDF, as from the print dialog with its usual settings.
    pub(crate) async fn print_pdf(&self, paper: Paper) -> Vec<u8> {
        let (width, height) = paper.inches();
        let wanted = json!({ "paperWidth": width, "paperHeight": height });
        bytes(&self.driver.tools("Page.printToPDF", &wanted).await)
    }
}

fn bytes(answer: &Value) -> Vec<u8> {
    STANDARD.decode(answer["data"].as_str().unwrap()).unwrap()
}

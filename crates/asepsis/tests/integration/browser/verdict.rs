//! What others say about a page: axe-core about whom it keeps out, the browser about what went
//! wrong and whom it asked.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Browser, variable};

/// axe-core, which comes with the test run.
static AXE: LazyLock<String> = LazyLock::new(|| {
    let path = variable("ASEPSIS_TEST_AXE").expect("ASEPSIS_TEST_AXE names axe.min.js");
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
});

/// Every rule of WCAG 2.2, level A and AA. Nothing is fetched again for it.
const ASK: &str = "
axe.run(document, {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
  resultTypes: ['violations'], preload: false,
}).then(found => JSON.stringify(found.violations))";

/// A rule that the page breaks.
#[derive(Debug, Deserialize)]
pub(crate) struct Violation {
    /// The rule: `color-contrast`.
    pub(crate) id: String,
    /// How bad: `minor`, `moderate`, `serious`, `critical`.
    pub(crate) impact: String,
    /// The rule in a sentence.
    pub(crate) help: String,
    /// Where.
    pub(crate) nodes: Vec<Node>,
}

/// An element that breaks a rule.
#[derive(Debug, Deserialize)]
pub(crate) struct Node {
    /// Its source.
    pub(crate) html: String,
    /// Selectors that lead to it.
    pub(crate) target: Vec<Value>,
    /// What to do about it.
    #[serde(rename = "failureSummary", default)]
    pub(crate) summary: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}): {}", self.id, self.impact, self.help)?;
        for node in &self.nodes {
            let target: Vec<String> = node.target.iter().map(Value::to_string).collect();
            let summary = node.summary.replace('\n', "\n  ");
            write!(f, "\n  {}\n  {}\n  {summary}", target.join(" "), node.html)?;
        }
        Ok(())
    }
}

impl Browser {
    /// The rules of WCAG 2.2 A and AA that the page breaks, as axe-core sees them. Works where the
    /// page itself may run no script.
    pub(crate) async fn axe(&self) -> Vec<Violation> {
        // axe-core waits with timers, which stand still where scripts are off. The page's own
        // scripts were passed over when it was read, and do not run now.
        if !self.scripts {
            self.allow_scripts(true).await;
        }
        let script = json!({
            "expression": format!("{}\n;{ASK}", *AXE), "awaitPromise": true, "returnByValue": true,
        });
        let answer = self.driver.tools("Runtime.evaluate", &script).await;
        if !self.scripts {
            self.allow_scripts(false).await;
        }
        let found = answer["result"]["value"].as_str().unwrap_or_else(|| panic!("axe: {answer}"));
        serde_json::from_str(found).unwrap_or_else(|error| panic!("axe: {error}: {found}"))
    }

    /// Every address that was asked for since the last call and is not the tested server's.
    pub(crate) async fn foreign_requests(&self) -> Vec<String> {
        let mut found = BTreeSet::new();
        for entry in self.log("performance").await {
            let event = entry["message"].as_str().unwrap_or_default();
            let Ok(event) = serde_json::from_str::<Value>(event) else { continue };
            let event = &event["message"];
            let url = match event["method"].as_str() {
                Some("Network.requestWillBeSent") => &event["params"]["request"]["url"],
                Some("Network.webSocketCreated") => &event["params"]["url"],
                _ => continue,
            };
            let url = url.as_str().unwrap_or_default();
            if !is_ours(&self.origin, url) {
                found.insert(url.to_owned());
            }
        }
        found.into_iter().collect()
    }

    /// What the browser complained about in its console since the last call: scripts that fail,
    /// what did not load, what a content security policy kept out.
    pub(crate) async fn console_errors(&self) -> Vec<String> {
        let mut log = self.log("browser").await;
        log.retain(|entry| entry["level"] == "SEVERE");
        log.iter().map(|entry| entry["message"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// Takes what is in one of the driver's logs.
    async fn log(&self, kind: &str) -> Vec<Value> {
        match self.driver.post("/se/log", &json!({ "type": kind })).await {
            Ok(Value::Array(entries)) => entries,
            other => panic!("no {kind} log: {other:?}"),
        }
    }
}

/// Whether an address is the tested server's, or leads nowhere.
fn is_ours(origin: &str, url: &str) -> bool {
    let nowhere = ["data:", "blob:", "about:", "chrome:"];
    let rest = url.strip_prefix(origin);
    nowhere.iter().any(|scheme| url.starts_with(scheme))
        || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']))
}

#[test]
fn another_port_and_a_longer_name_are_foreign() {
    let origin = "http://127.0.0.1:4050";
    for ours in ["http://127.0.0.1:4050", "http://127.0.0.1:4050/a", "data:,", "about:blank"] {
        assert!(is_ours(origin, ours), "{ours}");
    }
    for foreign in ["http://127.0.0.1:40501/", "http://127.0.0.1/", "https://127.0.0.1:4050/"] {
        assert!(!is_ours(origin, foreign), "{foreign}");
    }
}

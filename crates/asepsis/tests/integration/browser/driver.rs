//! One chromedriver with one headless Chromium: starts them, speaks WebDriver and the developer
//! tools' protocol to them, and ends both when dropped.

use std::io::{BufRead as _, BufReader};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use axum::body::{Body, to_bytes};
use hyper::Request;
use hyper::header::{CONTENT_TYPE, HOST};
use hyper_util::rt::TokioIo;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::TcpStream;
use tokio::time::timeout;

/// Longest wait for one answer of the driver.
const PATIENCE: Duration = Duration::from_secs(30);
/// Largest answer of the driver: a screenshot of a long page.
const MOST_BYTES: usize = 64 << 20;

/// A quiet browser: no other host than this machine, nothing fetched of its own accord.
const FLAGS: [&str; 17] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-sync",
    "--font-render-hinting=none",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    "--lang=en-US",
    "--no-first-run",
    "--no-proxy-server",
];

/// A running chromedriver and the session with its browser.
pub(super) struct Driver {
    process: Child,
    at: SocketAddr,
    session: String,
    /// Profile and home of the browser.
    folder: TempDir,
}

impl Driver {
    /// Starts a driver on a free port, and a browser with a fresh profile. Another process may take the
    /// port between the driver's finding and using it, so it is tried again.
    pub(super) async fn start() -> Self {
        for _ in 0..5 {
            if let Some(driver) = Self::try_start().await {
                return driver;
            }
        }
        panic!("chromedriver found no port in five starts");
    }

    async fn try_start() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let process = Command::new("chromedriver")
            .arg("--port=0")
            .env("HOME", folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver starts (Debian's package chromium-driver)");
        // From here on a panic ends the process.
        let nowhere = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let mut driver = Self { process, at: nowhere, session: String::new(), folder };
        let port = port_of(&mut driver.process)?;
        driver.at.set_port(port);
        driver.open().await;
        Some(driver)
    }

    async fn open(&mut self) {
        let profile = self.folder.path().join("profile");
        let mut flags: Vec<String> = FLAGS.iter().map(|flag| (*flag).to_owned()).collect();
        flags.push(format!("--user-data-dir={}", profile.display()));
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "goog:chromeOptions": { "args": flags },
            "goog:loggingPrefs": { "performance": "ALL", "browser": "ALL" },
            "pageLoadStrategy": "normal",
        } } });
        let opened = self.send("POST", "/session", Some(&wanted)).await;
        let opened = opened.unwrap_or_else(|error| panic!("no browser: {error}"));
        self.session = opened["sessionId"].as_str().expect("a session has an id").to_owned();
    }

    /// Asks the driver about its session.
    pub(super) async fn get(&self, path: &str) -> Result<Value, String> {
        self.send("GET", &format!("/session/{}{path}", self.session), None).await
    }

    /// Has the driver do something in its session.
    pub(super) async fn post(&self, path: &str, body: &Value) -> Result<Value, String> {
        self.send("POST", &format!("/session/{}{path}", self.session), Some(body)).await
    }

    /// Has the browser do something that only its developer tools can.
    pub(super) async fn tools(&self, command: &str, parameters: &Value) -> Value {
        let body = json!({ "cmd": command, "params": parameters });
        let done = self.post("/goog/cdp/execute", &body).await;
        done.unwrap_or_else(|error| panic!("{command}: {error}"))
    }

    /// The folder that ends with the browser.
    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// One request on a connection of its own. An error of the driver is its name and message.
    async fn send(&self, method: &str, path: &str, body: Option<&Value>) -> Result<Value, String> {
        let text = body.map(Value::to_string).unwrap_or_default();
        let asked = async {
            #[expect(clippy::disallowed_methods, reason = "to the driver, on this machine")]
            let stream = TcpStream::connect(self.at).await?;
            let (mut sender, connection) =
                hyper::client::conn::http1::handshake(TokioIo::new(stream)).await?;
            tokio::spawn(connection);
            let request = Request::builder()
                .method(method)
                .uri(path)
                .header(HOST, self.at.to_string())
                .header(CONTENT_TYPE, "application/json; charset=utf-8")
                .body(text)?;
            let response = sender.send_request(request).await?;
            let bytes = to_bytes(Body::new(response.into_body()), MOST_BYTES).await?;
            anyhow::Ok(serde_json::from_slice::<Value>(&bytes)?)
        };
        let answer = match timeout(PATIENCE, asked).await {
            Ok(Ok(mut answer)) => answer["value"].take(),
            Ok(Err(error)) => return Err(format!("chromedriver: {error:#}")),
            Err(_) => return Err(format!("chromedriver: no answer after {PATIENCE:?}")),
        };
        match answer["error"].as_str() {
            None => Ok(answer),
            Some(name) => {
                let message = answer["message"].as_str().unwrap_or_default();
                Err(format!("{name}: {}", message.lines().next().unwrap_or_default()))
            }
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        // The browser and its helpers outlive the driver, and write until they end. Not politely,
        // since nothing is kept.
        for _ in 0..100 {
            let left = running(self.folder.path());
            if left.is_empty() {
                break;
            }
            for process in left {
                let _ = kill_process(process, Signal::KILL);
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

/// The processes that were started for this folder: each names it on its command line.
pub(super) fn running(folder: &Path) -> Vec<Pid> {
    let folder = folder.to_string_lossy();
    let processes = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let named = processes.filter(|process| {
        let line = std::fs::read(process.path().join("cmdline")).unwrap_or_default();
        String::from_utf8_lossy(&line).contains(&*folder)
    });
    named.filter_map(|it| Pid::from_raw(it.file_name().to_str()?.parse().ok()?)).collect()
}

/// The port that the driver says it listens on; `None` if it ends without finding one.
fn port_of(process: &mut Child) -> Option<u16> {
    // The pipe stays open with the process: what is written later finds room in it.
    let mut lines = BufReader::new(process.stdout.as_mut().expect("piped")).lines();
    lines.by_ref().map_while(Result::ok).find_map(|line| {
        let after = line.split("successfully on port ").nth(1)?;
        after.trim_end_matches('.').parse().ok()
    })
}

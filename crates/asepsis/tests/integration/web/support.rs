//! The harness of the pages' tests: a book over a throw-away home, and visitors with their cookies.
//! Nothing here opens a socket.
#![expect(clippy::unwrap_used, reason = "helpers of tests, which clippy does not take for tests")]

use std::collections::BTreeMap;
use std::sync::Arc;

use asepsis::config::SystemRandom;
use asepsis::ops::{Home, Kept, NewPerson, Settings};
use asepsis::web::{App, Hosts, Options, router};
use asepsis_core::time::Timestamp;
use asepsis_store::accounts::{Account, Rights};
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use tower::ServiceExt as _;

use crate::support::Session;

/// The passphrase of everybody in these tests.
pub(crate) const PASSPHRASE: &str = "correct horse battery staple";
/// The address of the book in these tests.
pub(crate) const HOST: &str = "127.0.0.1:7391";

/// The clock of the book: noon of the clinic's day.
pub(crate) fn noon() -> Timestamp {
    "2026-01-10T18:00:00Z".parse().unwrap()
}

/// A book over a home of its own.
pub(crate) struct Book {
    session: Session,
    pub(crate) home: Arc<Home>,
    pub(crate) app: Arc<App>,
    router: Router,
}

/// Runs a test on a runtime of its own.
pub(crate) fn run(test: impl AsyncFnOnce()) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(test());
}

impl Book {
    /// Nobody has an account, nothing is on record.
    pub(crate) async fn empty() -> Self {
        Self::over(Session::new(), None).await
    }

    /// Nobody has an account, in a store of its own kind.
    pub(crate) async fn in_store(url: &str) -> Self {
        Self::over(Session::new(), Some(url.to_owned())).await
    }

    /// The invented clinic, with nobody signed in yet. Its records are made by another runtime, so
    /// this is called before the test's own begins.
    pub(crate) async fn of(session: Session) -> Self {
        Self::over(session, None).await
    }

    async fn over(session: Session, store: Option<String>) -> Self {
        let home = Some(session.home().join("home"));
        // Where the store holds several organizations, ours is the one named.
        let organization = store.is_some().then(|| "ours".to_owned());
        let settings = Settings { home, store, organization, ..Settings::default() };
        let home = Arc::new(Home::open(&settings, Box::new(SystemRandom)).await.unwrap());
        let (app, router) = open(&home, noon, false);
        Self { session, home, app, router }
    }

    /// The same book, where others than this machine can reach it.
    pub(crate) fn reachable(mut self) -> Self {
        (self.app, self.router) = open(&self.home, noon, true);
        self
    }

    /// The folder of the test.
    pub(crate) fn session(&self) -> &Session {
        &self.session
    }

    /// How many entries are on record.
    pub(crate) async fn entries(&self) -> u64 {
        self.home.store.size(&self.home.organization).await.unwrap()
    }

    /// Somebody with an account.
    pub(crate) async fn account(&self, rights: Rights) -> Account {
        let roles = match rights {
            Rights::Owner => vec!["manager", "front-desk", "clinician", "it"],
            Rights::Staff => vec!["front-desk"],
            Rights::It => vec!["it"],
            Rights::Vendor => vec!["vendor"],
            Rights::Auditor => Vec::new(),
        };
        let person = NewPerson {
            name: format!("Pat {}", rights.word()),
            sign_in: format!("{}@clinic.example", rights.word()),
            passphrase: PASSPHRASE.to_owned(),
            rights,
            roles: roles.into_iter().map(str::to_owned).collect(),
        };
        let sign_in = person.sign_in.clone();
        let known = self.home.store.account_by_sign_in(&self.home.organization, &sign_in).await;
        match known.unwrap() {
            Some(account) => account,
            None => {
                self.home.add_account(person, "person-test", Kept::LEAST, noon()).await.unwrap()
            }
        }
    }

    /// A visitor without cookies.
    pub(crate) fn visitor(&self) -> Visitor {
        Visitor { router: self.router.clone(), cookies: BTreeMap::new() }
    }

    /// A visitor who signed in as somebody with these rights.
    pub(crate) async fn signed_in(&self, rights: Rights) -> Visitor {
        let account = self.account(rights).await;
        let mut visitor = self.visitor();
        let fields = [("sign-in", account.sign_in.as_str()), ("passphrase", PASSPHRASE)];
        let answer = visitor.post("/sign-in", &fields).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        visitor
    }
}

fn open(home: &Arc<Home>, clock: fn() -> Timestamp, beyond: bool) -> (Arc<App>, Router) {
    let options = Options {
        hosts: Hosts::loopback(7391),
        tls: false,
        beyond,
        dns: Vec::new(),
        offline: true,
        kept: Kept::LEAST,
    };
    let app = App::new(Arc::clone(home), clock, options);
    let router = router::router(&app);
    (app, router)
}

/// One browser: its cookies, no window.
#[derive(Clone)]
pub(crate) struct Visitor {
    router: Router,
    pub(crate) cookies: BTreeMap<String, String>,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
    pub(crate) body: String,
}

impl Answer {
    /// Where it leads.
    pub(crate) fn location(&self) -> &str {
        self.headers.get("location").map_or("", |it| it.to_str().unwrap())
    }

    /// The token of the forms on the page.
    pub(crate) fn token(&self) -> Option<String> {
        let rest = self.body.split("name=\"form-token\" value=\"").nth(1)?;
        Some(rest.split('"').next().unwrap().to_owned())
    }
}

impl Visitor {
    /// Sends a request as it is, with this visitor's cookies, and keeps the cookies that come back.
    pub(crate) async fn send(&mut self, mut request: Request<Body>) -> Answer {
        if !self.cookies.is_empty() {
            let all: Vec<String> = self.cookies.iter().map(|(k, v)| format!("{k}={v}")).collect();
            request.headers_mut().insert("cookie", all.join("; ").parse().unwrap());
        }
        let response = self.router.clone().oneshot(request).await.unwrap();
        for cookie in response.headers().get_all("set-cookie") {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, 64 << 20).await.unwrap().to_vec();
        let body = String::from_utf8_lossy(&bytes).into_owned();
        Answer { status: parts.status.as_u16(), headers: parts.headers, bytes, body }
    }

    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        let request = Request::builder().uri(path).header("host", HOST);
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// A page that must be there.
    pub(crate) async fn page(&mut self, path: &str) -> String {
        let answer = self.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {} {}", answer.location(), answer.body);
        answer.body
    }

    /// The token of this visitor's forms.
    pub(crate) async fn token(&mut self) -> String {
        self.get("/sign-in").await.token().unwrap()
    }

    /// Sends a form as a page of the book would.
    pub(crate) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.token().await;
        let mut all = vec![("form-token", token.as_str())];
        all.extend_from_slice(fields);
        self.send(form(path, &all)).await
    }

    /// Sends a form with files: name of the field, name of the file, bytes.
    pub(crate) async fn upload(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &str, &[u8])],
    ) -> Answer {
        let token = self.token().await;
        let mut body = Vec::new();
        let mut all = vec![("form-token", token.as_str())];
        all.extend_from_slice(fields);
        for (name, value) in all {
            let head = format!("--XX\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(value.as_bytes());
            body.extend_from_slice(b"\r\n");
        }
        for (name, file, bytes) in files {
            let head = format!(
                "--XX\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\n"
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--XX--\r\n");
        let request = Request::builder()
            .method("POST")
            .uri(path)
            .header("host", HOST)
            .header("origin", format!("http://{HOST}"))
            .header("content-type", "multipart/form-data; boundary=XX");
        self.send(request.body(Body::from(body)).unwrap()).await
    }
}

/// A form as browsers send it.
pub(crate) fn form(path: &str, fields: &[(&str, &str)]) -> Request<Body> {
    let encode = |text: &str| -> String {
        let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'*');
        text.bytes()
            .map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") })
            .collect()
    };
    let pairs: Vec<String> =
        fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
    Request::builder()
        .method("POST")
        .uri(path)
        .header("host", HOST)
        .header("origin", format!("http://{HOST}"))
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(pairs.join("&")))
        .unwrap()
}

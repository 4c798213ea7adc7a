//! The server on a real loopback socket: TLS with a certificate of our own, limits, and what is asked
//! of people whom others can reach.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "helpers of tests, which clippy does not take for tests; they connect to their own server"
)]

use std::net::SocketAddr;
use std::sync::Arc;

use asepsis::ops::{Kept, ServeError};
use asepsis::web::{App, Hosts, Options, Serving, router, serve, tls};
use asepsis_store::accounts::Rights;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::support::{Book, PASSPHRASE, noon, run};

fn options(address: SocketAddr, encrypted: bool) -> Options {
    let hosts = match encrypted {
        true => Hosts::behind_tls(address, &["localhost".to_owned()]),
        false => Hosts::loopback(address.port()),
    };
    let dns = Vec::new();
    Options { hosts, tls: encrypted, beyond: encrypted, dns, offline: true, kept: Kept::LEAST }
}

/// Serves the book until the test ends; gives the address.
async fn start(book: &Book, encrypted: bool) -> SocketAddr {
    let names = ["localhost".to_owned()];
    let acceptor =
        encrypted.then(|| tls::own(&book.session().home().join("keys"), &names).unwrap());
    let serving = Serving::bind("127.0.0.1:0".parse().unwrap(), acceptor).await.unwrap();
    let address = serving.address().unwrap();
    let app = App::new(Arc::clone(&book.home), noon, options(address, encrypted));
    tokio::spawn(serve(serving, router::router(&app), std::future::pending()));
    address
}

async fn talk<S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin>(
    mut stream: S,
    text: &[u8],
) -> String {
    // A server that has heard enough may close before all is sent.
    let _ = stream.write_all(text).await;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

fn asking(address: SocketAddr, path: &str) -> Vec<u8> {
    format!(
        "GET {path} HTTP/1.1\r\nHost: localhost:{}\r\nConnection: close\r\n\r\n",
        address.port()
    )
    .into_bytes()
}

#[test]
fn behind_tls_cookies_are_for_tls_only_and_plain_text_gets_nothing() {
    run(async || {
        let book = Book::empty().await;
        book.account(Rights::Owner).await;
        let address = start(&book, true).await;
        let pem = std::fs::read(book.session().home().join("keys/book.crt")).unwrap();
        use rustls::pki_types::pem::PemObject as _;
        let certificate = rustls::pki_types::CertificateDer::from_pem_slice(&pem).unwrap();
        let mut roots = rustls::RootCertStore::empty();
        roots.add(certificate).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let client = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        let connector = tokio_rustls::TlsConnector::from(Arc::new(client));
        let name = rustls::pki_types::ServerName::try_from("localhost").unwrap();
        let stream = TcpStream::connect(address).await.unwrap();
        let stream = connector.connect(name, stream).await.unwrap();
        let answer = talk(stream, &asking(address, "/sign-in")).await;
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        assert!(
            answer.contains("__Host-asepsis_visit=") && answer.contains("; Secure"),
            "{answer}"
        );

        let stream = TcpStream::connect(address).await.unwrap();
        let answer = talk(stream, &asking(address, "/sign-in")).await;
        assert!(!answer.contains("HTTP/1.1 200"), "{answer}");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let key = std::fs::metadata(book.session().home().join("keys/book.key")).unwrap();
            assert_eq!(key.permissions().mode() & 0o777, 0o600);
        }
        // The same certificate is used again.
        tls::own(&book.session().home().join("keys"), &["localhost".to_owned()]).unwrap();
        assert_eq!(std::fs::read(book.session().home().join("keys/book.crt")).unwrap(), pem);
    });
}

#[test]
fn a_certificate_that_is_none_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let (chain, key) = (folder.path().join("chain.pem"), folder.path().join("key.pem"));
    std::fs::write(&chain, "no certificate").unwrap();
    std::fs::write(&key, "no key").unwrap();
    let Err(error) = tls::given(&chain, &key) else { panic!("it was taken") };
    assert!(error.to_string().contains("chain.pem holds no certificate"), "{error}");
    let Err(error) = tls::given(&folder.path().join("missing.pem"), &key) else { panic!("taken") };
    assert!(error.to_string().contains("missing.pem"), "{error}");
}

#[test]
fn a_request_without_end_is_cut_off() {
    run(async || {
        let book = Book::empty().await;
        let address = start(&book, false).await;
        let mut head = asking(address, "/sign-in");
        head.truncate(head.len() - 2);
        head.extend_from_slice(b"X-Long: ");
        head.extend(std::iter::repeat_n(b'a', 80 << 10));
        head.extend_from_slice(b"\r\n\r\n");
        let answer = talk(TcpStream::connect(address).await.unwrap(), &head).await;
        assert!(answer.starts_with("HTTP/1.1 431"), "{answer}");
        let answer = talk(TcpStream::connect(address).await.unwrap(), b"nonsense\r\n\r\n").await;
        assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
        let answer =
            talk(TcpStream::connect(address).await.unwrap(), &asking(address, "/sign-in")).await;
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    });
}

#[test]
fn others_may_reach_it_only_once_an_owner_has_a_second_factor() {
    run(async || {
        let book = Book::empty().await;
        let account = book.account(Rights::Owner).await;
        let outside: SocketAddr = "192.0.2.10:443".parse().unwrap();
        let inside: SocketAddr = "127.0.0.1:7391".parse().unwrap();
        assert!(!book.home.may_serve(inside).await.unwrap());
        let refused = book.home.may_serve(outside).await;
        assert!(matches!(refused, Err(ServeError::NoSecondFactor { .. })));
        // 0.0.0.0 is every address, not this machine's own.
        assert!(book.home.may_serve("0.0.0.0:7391".parse().unwrap()).await.is_err());
        let secret = Some("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        book.home.store.set_totp(&book.home.organization, &account.id, secret).await.unwrap();
        assert!(book.home.may_serve(outside).await.unwrap());
    });
}

#[test]
fn whom_others_can_reach_sets_up_a_second_factor_first() {
    run(async || {
        let book = Book::empty().await.reachable();
        let account = book.account(Rights::Staff).await;
        let mut visitor = book.visitor();
        let fields = [("sign-in", account.sign_in.as_str()), ("passphrase", PASSPHRASE)];
        visitor.post("/sign-in", &fields).await;
        for path in ["/today", "/questions", "/vendor-sheet"] {
            assert_eq!(visitor.get(path).await.location(), "/settings/second-factor", "{path}");
        }
        assert_eq!(visitor.get("/settings/second-factor").await.status, 200);
    });
}

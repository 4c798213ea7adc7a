//! The GET against a TLS server on loopback.

use std::net::SocketAddr;
use std::sync::Arc;

use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::*;
use crate::net::{Net, NetConfig};

const HOST: &str = "mta-sts.clinic.example";

/// Serves one fixed answer; gives the address and the certificate to trust.
async fn serve(name: &str, answer: &str) -> (SocketAddr, CertificateDer<'static>) {
    let made = rcgen::generate_simple_self_signed(vec![name.to_owned()]).unwrap();
    let certificate = made.cert.der().clone();
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.clone()], key)
        .unwrap();
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let answer = answer.to_owned();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut tls = ServerConnection::new(Arc::clone(&config)).unwrap();
            let mut request = Vec::new();
            let mut buffer = vec![0; 4096];
            'talk: loop {
                while tls.wants_write() {
                    let mut bytes = Vec::new();
                    tls.write_tls(&mut bytes).unwrap();
                    if stream.write_all(&bytes).await.is_err() {
                        break 'talk;
                    }
                }
                let count = stream.read(&mut buffer).await.unwrap_or(0);
                if count == 0 {
                    break;
                }
                let mut bytes = &buffer[..count];
                while !bytes.is_empty() {
                    tls.read_tls(&mut bytes).unwrap();
                    if tls.process_new_packets().is_err() {
                        break 'talk;
                    }
                }
                let mut plain = vec![0; 4096];
                while let Ok(count @ 1..) = tls.reader().read(&mut plain) {
                    request.extend_from_slice(&plain[..count]);
                }
                if request.ends_with(b"\r\n\r\n") {
                    let text = String::from_utf8(request.clone()).unwrap();
                    assert!(text.starts_with("GET /.well-known/mta-sts.txt HTTP/1.1\r\n"));
                    assert!(text.contains(&format!("\r\nHost: {HOST}\r\n")));
                    tls.writer().write_all(answer.as_bytes()).unwrap();
                    tls.send_close_notify();
                    request.clear();
                }
            }
        }
    });
    (address, certificate)
}

async fn fetch(name: &str, answer: &str, trust: bool, now: &str) -> Fetched {
    let (address, certificate) = serve(name, answer).await;
    let config = NetConfig {
        root: trust.then_some(certificate),
        https_address: Some(address),
        name_servers: vec!["127.0.0.1:1".parse().unwrap()],
        ..NetConfig::default()
    };
    let net = Net::with(config).unwrap();
    let run = net.run(now.parse().unwrap());
    let fetched = run.fetch_text(HOST, "/.well-known/mta-sts.txt").await;
    assert_eq!(net.take_log().len(), 1);
    fetched
}

const NOW: &str = "2026-11-24T09:00:00Z";
const GOOD: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello";

#[tokio::test]
async fn a_file_is_fetched() {
    assert_eq!(fetch(HOST, GOOD, true, NOW).await, Fetched::Text("hello".to_owned()));
    let open = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nhello";
    assert_eq!(fetch(HOST, open, true, NOW).await, Fetched::Text("hello".to_owned()));
}

#[tokio::test]
async fn redirects_and_pages_are_not_a_file() {
    let moved =
        "HTTP/1.1 301 Moved\r\nLocation: https://clinic.example/\r\nContent-Length: 0\r\n\r\n";
    assert_eq!(
        fetch(HOST, moved, true, NOW).await,
        Fetched::Unusable("the server answered 301".to_owned())
    );
    let page = GOOD.replace("text/plain", "text/html");
    assert!(matches!(fetch(HOST, &page, true, NOW).await, Fetched::Unusable(_)));
    let large = GOOD.replace("Content-Length: 5", "Content-Length: 70000");
    assert!(matches!(fetch(HOST, &large, true, NOW).await, Fetched::Unusable(_)));
}

#[tokio::test]
async fn certificates_are_judged_and_strangers_are_not_blamed() {
    let wrong_name = fetch("other.example", GOOD, true, NOW).await;
    assert!(matches!(wrong_name, Fetched::Unusable(_)), "{wrong_name:?}");
    let unknown = fetch(HOST, GOOD, false, NOW).await;
    assert!(matches!(unknown, Fetched::NotAsked(_)), "{unknown:?}");
    let expired = fetch(HOST, GOOD, true, "9998-01-01T00:00:00Z").await;
    assert!(matches!(expired, Fetched::Unusable(_)), "{expired:?}");
}

#[tokio::test]
async fn nobody_there_says_nothing() {
    let config = NetConfig {
        https_address: Some("127.0.0.1:1".parse().unwrap()),
        name_servers: vec!["127.0.0.1:1".parse().unwrap()],
        ..NetConfig::default()
    };
    let net = Net::with(config).unwrap();
    let run = net.run(NOW.parse().unwrap());
    assert!(matches!(run.fetch_text(HOST, "/").await, Fetched::NotAsked(_)));
}

#[test]
fn our_own_network_is_not_asked() {
    for private in [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.1.1",
        "169.254.169.254",
        "::1",
        "fe80::1",
        "::ffff:10.0.0.1",
    ] {
        assert!(!is_public(&private.parse().unwrap()), "{private}");
    }
    assert!(is_public(&"192.0.2.1".parse().unwrap()));
}

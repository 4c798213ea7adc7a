//! One GET over HTTPS, for policy files (RFC 8461 section 3.3): no redirects, no cookies, a small
//! answer. A failure of the server is told apart from a failure of our own network.

use std::io::{Read, Write};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use asepsis_core::time::Timestamp;
use rustls::pki_types::{ServerName, UnixTime};
use rustls::time_provider::TimeProvider;
use rustls::{CertificateError, ClientConfig, ClientConnection, RootCertStore};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::http::{self, Response};
use super::{Answer, NetConfig, Run};

/// What came of asking for a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fetched {
    /// The file, as text.
    Text(String),
    /// The server answered in a way that makes the file unusable for everybody.
    Unusable(String),
    /// It could not be asked from here; that says nothing about the file.
    NotAsked(String),
}

impl Run<'_> {
    /// Asks for a plain text file at a host.
    pub async fn fetch_text(&self, host: &str, path: &str) -> Fetched {
        let what = format!("GET https://{host}{path}");
        let addresses = match self.net.config.https_address {
            Some(address) => vec![address],
            None => match self.addresses(host).await {
                Answer::Records(found) => {
                    let public = found.into_iter().filter(is_public);
                    public.map(|ip| SocketAddr::new(ip, 443)).take(4).collect()
                }
                Answer::NoName | Answer::NoData => {
                    return Fetched::Unusable(format!("{host} has no address in DNS"));
                }
                Answer::Failed(why) => return Fetched::NotAsked(why),
            },
        };
        if addresses.is_empty() {
            return Fetched::Unusable(format!("{host} has no public address"));
        }
        let config = match tls(&self.net.config, self.now) {
            Ok(config) => Arc::new(config),
            Err(error) => return Fetched::NotAsked(error.to_string()),
        };
        let mut last = Fetched::NotAsked(format!("no connection to {host}"));
        for address in addresses {
            if let Err(why) = self.ask("https", &address.to_string(), &what) {
                return Fetched::NotAsked(why);
            }
            let limit = self.net.config.limits.body;
            let work = get(address, host, path, Arc::clone(&config), limit);
            last = match self.within(work).await {
                Err(why) => return Fetched::NotAsked(why),
                Ok(Ok(response)) => return text(response),
                Ok(Err(fetched)) => fetched,
            };
        }
        last
    }
}

/// Whether an address is one on the Internet; a stranger's record must not lead us into the
/// network that we stand in.
fn is_public(ip: &IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) => {
            !(ip.is_private()
                || ip.is_loopback()
                || ip.is_link_local()
                || ip.is_unspecified()
                || ip.is_broadcast()
                || ip.is_multicast()
                || matches!(ip.octets(), [0, ..] | [100, 64..=127, ..]))
        }
        IpAddr::V6(ip) => {
            !(ip.is_loopback()
                || ip.is_unspecified()
                || ip.is_multicast()
                || ip.is_unique_local()
                || ip.is_unicast_link_local())
        }
    }
}

fn text(response: Response) -> Fetched {
    match response {
        // Section 3.3: only 200 will do; a redirect is not followed.
        Response { status: 200, media_type, body } if media_type == "text/plain" => {
            match String::from_utf8(body) {
                Ok(text) => Fetched::Text(text),
                Err(_) => Fetched::Unusable("the file is not UTF-8 text".to_owned()),
            }
        }
        Response { status: 200, media_type, .. } => {
            Fetched::Unusable(format!("the file is {media_type:?}, not text/plain"))
        }
        Response { status, .. } => Fetched::Unusable(format!("the server answered {status}")),
    }
}

async fn get(
    address: SocketAddr,
    host: &str,
    path: &str,
    config: Arc<ClientConfig>,
    limit: usize,
) -> Result<Response, Fetched> {
    let not_asked = |error: std::io::Error| Fetched::NotAsked(format!("{address}: {error}"));
    let name = ServerName::try_from(host.to_owned())
        .map_err(|_| Fetched::Unusable(format!("{host} is not a host name")))?;
    let mut tls = ClientConnection::new(config, name).map_err(|error| refused(&error))?;
    let mut stream = super::connect(address).await.map_err(not_asked)?;
    let request = format!(
        "GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept: text/plain\r\n\
         User-Agent: asepsis\r\nConnection: close\r\n\r\n"
    );
    tls.writer().write_all(request.as_bytes()).map_err(not_asked)?;
    let mut answer = Vec::new();
    let mut buffer = vec![0; 16 * 1024];
    let mut plain = vec![0; 16 * 1024];
    loop {
        send(&mut tls, &mut stream).await.map_err(not_asked)?;
        let count = stream.read(&mut buffer).await.map_err(not_asked)?;
        let mut bytes = buffer.get(..count).unwrap_or_default();
        let mut closed = false;
        while !bytes.is_empty() {
            tls.read_tls(&mut bytes).map_err(not_asked)?;
            match tls.process_new_packets() {
                Ok(state) => closed = state.peer_has_closed(),
                Err(error) => {
                    // Tell the server why; whether it hears us does not matter.
                    let _ = send(&mut tls, &mut stream).await;
                    return Err(refused(&error));
                }
            }
            // `WouldBlock` and the end of the stream both mean: no more for now.
            while let Ok(count @ 1..) = tls.reader().read(&mut plain) {
                answer.extend_from_slice(plain.get(..count).unwrap_or_default());
            }
        }
        let unusable = |error: http::HttpError| Fetched::Unusable(error.to_string());
        if let Some(response) = http::read(&answer, limit, closed).map_err(unusable)? {
            return Ok(response);
        }
        if count == 0 {
            return Err(Fetched::NotAsked(format!("{address} closed the connection early")));
        }
    }
}

async fn send(tls: &mut ClientConnection, stream: &mut TcpStream) -> std::io::Result<()> {
    while tls.wants_write() {
        let mut bytes = Vec::new();
        tls.write_tls(&mut bytes)?;
        stream.write_all(&bytes).await?;
    }
    Ok(())
}

/// What a TLS error says. A certificate of an unknown issuer can be the work of a device that
/// inspects the traffic of the network we stand in, so it says nothing of the server.
fn refused(error: &rustls::Error) -> Fetched {
    match error {
        rustls::Error::InvalidCertificate(CertificateError::UnknownIssuer) => Fetched::NotAsked(
            "the certificate is signed by nobody we trust: either the server's is wrong, or this \
             network inspects encrypted traffic"
                .to_owned(),
        ),
        other => Fetched::Unusable(format!("TLS failed: {other}")),
    }
}

fn tls(config: &NetConfig, now: Timestamp) -> Result<ClientConfig, rustls::Error> {
    let mut roots = RootCertStore::empty();
    roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    if let Some(root) = &config.root {
        roots.add(root.clone())?;
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_details(provider, Arc::new(Fixed(now)));
    let builder = builder.with_safe_default_protocol_versions()?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}

/// The time handed in, for the dates of certificates.
#[derive(Debug)]
pub(super) struct Fixed(pub(super) Timestamp);

impl TimeProvider for Fixed {
    fn current_time(&self) -> Option<UnixTime> {
        let seconds = u64::try_from(self.0.as_millis() / 1000).ok()?;
        Some(UnixTime::since_unix_epoch(Duration::from_secs(seconds)))
    }
}

#[cfg(test)]
#[path = "https_tests.rs"]
mod tests;

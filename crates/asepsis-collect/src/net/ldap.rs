//! A connection to a directory server: bytes out, whole messages in, over TLS or not. Every request
//! is counted and logged like any other question. Knows nothing of what a message means.

use std::io::{Read, Write};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::https::Fixed;
use super::{Answer, Net, Run};
use asepsis_core::time::Timestamp;

/// The most bytes of one message.
const MESSAGE: usize = 32 << 20;

impl Net {
    /// A run with a time of its own: reading a whole directory takes longer than a question.
    pub fn run_within(&self, now: Timestamp, time: Duration) -> Run<'_> {
        let mut run = self.run(now);
        run.deadline = tokio::time::Instant::now() + time;
        run.time = time;
        run
    }
}

/// An open connection.
pub(crate) struct Wire<'a> {
    run: &'a Run<'a>,
    stream: TcpStream,
    tls: Option<Box<ClientConnection>>,
    held: Vec<u8>,
    peer: SocketAddr,
}

impl Run<'_> {
    /// Connects to a server by its name or address.
    pub(crate) async fn wire(&self, host: &str, port: u16) -> Result<Wire<'_>, String> {
        let addresses = match host.parse::<IpAddr>() {
            Ok(address) => vec![address],
            Err(_) => match self.addresses(host).await {
                Answer::Records(found) => found,
                Answer::NoName | Answer::NoData => {
                    return Err(format!("{host} has no address in DNS"));
                }
                Answer::Failed(why) => return Err(why),
            },
        };
        let mut last = format!("no connection to {host}");
        for address in addresses.into_iter().take(4) {
            let peer = SocketAddr::new(address, port);
            self.ask("ldap", &peer.to_string(), "connect")?;
            match self.within(super::connect(peer)).await? {
                Ok(stream) => {
                    return Ok(Wire { run: self, stream, tls: None, held: Vec::new(), peer });
                }
                Err(error) => last = format!("{peer}: {error}"),
            }
        }
        Err(last)
    }
}

impl Wire<'_> {
    /// Whether the server is this computer itself.
    pub(crate) fn is_loopback(&self) -> bool {
        self.peer.ip().to_canonical().is_loopback()
    }

    /// Goes on over TLS. The certificate has to be for that host, by a root that everybody trusts or
    /// one of those given.
    pub(crate) async fn secure(
        &mut self,
        host: &str,
        roots: &[CertificateDer<'static>],
    ) -> Result<(), String> {
        let refused = |error: rustls::Error| {
            format!(
                "TLS failed: {error}. If the certificate is the domain's own, name the file of its authority"
            )
        };
        let mut store = RootCertStore::empty();
        store.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
        for root in roots {
            store.add(root.clone()).map_err(refused)?;
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_details(provider, Arc::new(Fixed(self.run.now)))
            .with_safe_default_protocol_versions()
            .map_err(refused)?
            .with_root_certificates(store)
            .with_no_client_auth();
        let name = ServerName::try_from(host.to_owned())
            .map_err(|_| format!("{host} is not a host name"))?;
        let mut tls = ClientConnection::new(Arc::new(config), name).map_err(refused)?;
        self.held.clear();
        while tls.is_handshaking() {
            self.flush(&mut tls).await?;
            if tls.is_handshaking() {
                self.pull(&mut tls).await?;
            }
        }
        self.flush(&mut tls).await?;
        self.tls = Some(Box::new(tls));
        Ok(())
    }

    /// Sends a request. `what` says in the log what is asked; it holds no names of people.
    pub(crate) async fn send(&mut self, what: &str, bytes: &[u8]) -> Result<(), String> {
        let protocol = if self.tls.is_some() { "ldaps" } else { "ldap" };
        self.run.ask(protocol, &self.peer.to_string(), what)?;
        let Some(mut tls) = self.tls.take() else {
            let sent = self.run.within(self.stream.write_all(bytes)).await?;
            return sent.map_err(|error| format!("{}: {error}", self.peer));
        };
        // The connection keeps at most 64 KiB that is not sent yet; requests are shorter.
        tls.writer().write_all(bytes).map_err(|error| error.to_string())?;
        let sent = self.flush(&mut tls).await;
        self.tls = Some(tls);
        sent
    }

    /// The next message, whole, as it came.
    pub(crate) async fn message(&mut self) -> Result<Vec<u8>, String> {
        loop {
            match length(&self.held)? {
                Some(length) if self.held.len() >= length => {
                    let rest = self.held.split_off(length);
                    self.run.note_answer();
                    return Ok(std::mem::replace(&mut self.held, rest));
                }
                _ => {}
            }
            match self.tls.take() {
                Some(mut tls) => {
                    let pulled = self.pull(&mut tls).await;
                    self.tls = Some(tls);
                    pulled?;
                }
                None => {
                    let mut buffer = vec![0; 64 << 10];
                    let read = self.run.within(self.stream.read(&mut buffer)).await?;
                    let count = read.map_err(|error| format!("{}: {error}", self.peer))?;
                    if count == 0 {
                        return Err(format!("{} closed the connection", self.peer));
                    }
                    self.held.extend_from_slice(buffer.get(..count).unwrap_or_default());
                }
            }
        }
    }

    async fn flush(&mut self, tls: &mut ClientConnection) -> Result<(), String> {
        let failed = |error: std::io::Error| error.to_string();
        while tls.wants_write() {
            let mut bytes = Vec::new();
            tls.write_tls(&mut bytes).map_err(failed)?;
            self.run.within(self.stream.write_all(&bytes)).await?.map_err(failed)?;
        }
        Ok(())
    }

    async fn pull(&mut self, tls: &mut ClientConnection) -> Result<(), String> {
        let failed = |error: std::io::Error| error.to_string();
        let mut buffer = vec![0; 64 << 10];
        let count = self.run.within(self.stream.read(&mut buffer)).await?.map_err(failed)?;
        if count == 0 {
            return Err(format!("{} closed the connection", self.peer));
        }
        let mut bytes = buffer.get(..count).unwrap_or_default();
        let mut plain = vec![0; 16 << 10];
        while !bytes.is_empty() {
            tls.read_tls(&mut bytes).map_err(failed)?;
            if let Err(error) = tls.process_new_packets() {
                let _ = self.flush(tls).await;
                return Err(format!(
                    "TLS failed: {error}. If the certificate is the domain's own, name the file of its authority"
                ));
            }
            while let Ok(count @ 1..) = tls.reader().read(&mut plain) {
                self.held.extend_from_slice(plain.get(..count).unwrap_or_default());
            }
        }
        Ok(())
    }
}

/// The length of the message that begins here, with its head; `None` if its head is not whole yet.
fn length(held: &[u8]) -> Result<Option<usize>, String> {
    let bad = || Err("the server's answer is no LDAP message".to_owned());
    let total = match held {
        [] | [0x30] => return Ok(None),
        [0x30, short @ 0..=0x7f, ..] => 2 + usize::from(*short),
        [0x30, head @ 0x81..=0x84, rest @ ..] => {
            let count = usize::from(head & 0x7f);
            let Some(digits) = rest.get(..count) else { return Ok(None) };
            let length = digits.iter().fold(0_usize, |sum, it| (sum << 8) | usize::from(*it));
            2 + count + length
        }
        _ => return bad(),
    };
    if total > MESSAGE {
        return Err(format!("the server's answer is larger than {MESSAGE} bytes"));
    }
    Ok(Some(total))
}

//! The server: takes connections, limits them, and ends in order. Knows no page.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt as _;

use super::guard::Peer;

/// So many connections at once; more wait.
const CONNECTIONS: usize = 512;
/// A request's head must have arrived by then, and a TLS handshake be over.
const PATIENCE: Duration = Duration::from_secs(15);
/// The largest head of a request.
const HEAD: usize = 32 << 10;
/// Requests that are running may go on for so long once the server is told to end.
const GRACE: Duration = Duration::from_secs(5);

/// A server that is about to run.
pub struct Serving {
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
}

impl Serving {
    /// Takes an address, behind TLS if there is an acceptor.
    pub async fn bind(address: SocketAddr, tls: Option<TlsAcceptor>) -> std::io::Result<Self> {
        Ok(Self { listener: TcpListener::bind(address).await?, tls })
    }

    /// The address it really has.
    pub fn address(&self) -> std::io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

/// Serves until `end` says so.
pub async fn serve(serving: Serving, router: Router, end: impl Future<Output = ()>) {
    let Serving { listener, tls } = serving;
    let (room, graceful) = (Arc::new(Semaphore::new(CONNECTIONS)), GracefulShutdown::new());
    let mut end = std::pin::pin!(end);
    loop {
        let next = async {
            let permit = Arc::clone(&room).acquire_owned().await;
            (permit, listener.accept().await)
        };
        let (permit, accepted) = tokio::select! {
            next = next => next,
            () = &mut end => break,
        };
        let Ok((stream, peer)) = accepted else {
            // Out of file handles, most likely: others must end first.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let (router, tls, watcher) = (router.clone(), tls.clone(), graceful.watcher());
        tokio::spawn(async move {
            let _permit = permit;
            let _ = stream.set_nodelay(true);
            match tls {
                None => connection(stream, peer.ip(), router, watcher).await,
                Some(tls) => {
                    if let Some(stream) = handshake(&tls, stream).await {
                        connection(stream, peer.ip(), router, watcher).await;
                    }
                }
            }
        });
    }
    // Whoever is not done by then is cut off; what was acknowledged is on record.
    let _ = tokio::time::timeout(GRACE, graceful.shutdown()).await;
}

async fn handshake(
    tls: &TlsAcceptor,
    stream: TcpStream,
) -> Option<tokio_rustls::server::TlsStream<TcpStream>> {
    tokio::time::timeout(PATIENCE, tls.accept(stream)).await.ok()?.ok()
}

async fn connection(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    peer: IpAddr,
    router: Router,
    watcher: hyper_util::server::graceful::Watcher,
) {
    let service = hyper::service::service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(Peer(peer));
        router.clone().oneshot(request.map(axum::body::Body::new))
    });
    let mut http = hyper::server::conn::http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(PATIENCE).max_buf_size(HEAD);
    // A connection that breaks is the browser's affair.
    let _ = watcher.watch(http.serve_connection(TokioIo::new(stream), service)).await;
}

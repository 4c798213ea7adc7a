//! TLS for serving beyond this machine: a certificate that is given, or one of our own making.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::TlsAcceptor;

/// A certificate that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file.
    #[error("cannot use {path}")]
    Pem {
        /// Which file.
        path: PathBuf,
        /// Why.
        #[source]
        source: rustls::pki_types::pem::Error,
    },
    /// A file that cannot be written.
    #[error("cannot keep {path}")]
    Write {
        /// Which file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// No certificate in the file.
    #[error("{0} holds no certificate")]
    Empty(PathBuf),
    /// Certificate and key do not fit, or are of a kind that is not known.
    #[error("the certificate and its key cannot be used together")]
    Pair(#[from] rustls::Error),
    /// A certificate of our own cannot be made.
    #[error("cannot make a certificate")]
    Make(#[from] rcgen::Error),
}

/// Serves with the certificate chain and the key in two PEM files.
pub fn given(chain: &Path, key: &Path) -> Result<TlsAcceptor, TlsError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| TlsError::Pem { path, source }
    };
    let certificates = CertificateDer::pem_file_iter(chain).map_err(failed(chain))?;
    let certificates: Vec<_> = certificates.collect::<Result<_, _>>().map_err(failed(chain))?;
    if certificates.is_empty() {
        return Err(TlsError::Empty(chain.to_owned()));
    }
    let private = PrivateKeyDer::from_pem_file(key).map_err(failed(key))?;
    acceptor(certificates, private)
}

/// Serves with a certificate of our own, made on first use and kept in the folder of the keys.
/// Browsers warn of it once, until the person trusts it.
pub fn own(folder: &Path, names: &[String]) -> Result<TlsAcceptor, TlsError> {
    let (chain, key) = (folder.join("book.crt"), folder.join("book.key"));
    if !chain.exists() || !key.exists() {
        let made = rcgen::generate_simple_self_signed(names.to_vec())?;
        crate::platform::write_private(&key, made.signing_key.serialize_pem().as_bytes())
            .map_err(|source| TlsError::Write { path: key.clone(), source })?;
        crate::platform::write_private(&chain, made.cert.pem().as_bytes())
            .map_err(|source| TlsError::Write { path: chain.clone(), source })?;
    }
    given(&chain, &key)
}

fn acceptor(
    certificates: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
) -> Result<TlsAcceptor, TlsError> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(certificates, key)?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}

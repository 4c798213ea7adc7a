//! Reads a directory from its server with an account that may read: signs in, asks for what accounts
//! and groups have, in pages, and signs out. It changes nothing, and asks for no passwords.

mod ber;
mod message;

use std::fmt;
use std::time::Duration;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

use crate::import::directory::{ATTRIBUTES, Entry, Listing, read};
use crate::import::{Reading, Told};
use crate::net::{Net, Wire};
use message::{Reply, Search};

/// The most entries that are read.
const ENTRIES: usize = 1_000_000;
/// The most bytes of what is kept of them.
const KEPT: usize = 512 << 20;
/// How many entries a page has; Active Directory gives no more.
const PAGE: u32 = 1000;
/// What marks Active Directory among its capabilities (MS-ADTS section 3.1.1.3.4.3).
const ACTIVE_DIRECTORY: &str = "1.2.840.113556.1.4.800";
const OF_ACTIVE_DIRECTORY: &[&str] = &["user", "group", "domain", "foreignSecurityPrincipal"];
const OF_OTHERS: &[&str] = &[
    "inetOrgPerson",
    "posixAccount",
    "person",
    "account",
    "dcObject",
    "organization",
    "domain",
    "pwdPolicy",
];

/// How the connection is kept from being read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Secured {
    /// TLS from the first byte: port 636.
    Tls,
    /// TLS from the second request on: port 389.
    StartTls,
    /// Not at all. Refused unless the server is this computer or [`Settings::plain_allowed`] is set.
    Not,
}

/// Which server, and who asks.
#[derive(Clone)]
pub struct Settings {
    /// Its name, as its certificate has it, or its address.
    pub host: String,
    /// Its port; `None` is 636, or 389 without TLS from the start.
    pub port: Option<u16>,
    /// How the connection is kept from being read.
    pub secured: Secured,
    /// The password may go over the network in the open.
    pub plain_allowed: bool,
    /// More roots to trust: the authority of the domain's own certificates.
    pub roots: Vec<CertificateDer<'static>>,
    /// The account that reads: a distinguished name, or `name@domain`.
    pub user: String,
    /// Its password.
    pub password: String,
    /// Where to begin; `None` is where the server says.
    pub base: Option<String>,
    /// How long it may take in all.
    pub time: Duration,
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings").field("host", &self.host).finish_non_exhaustive()
    }
}

/// The certificates of a PEM file.
pub fn roots(pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, DirectoryError> {
    let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
    match found {
        Ok(found) if !found.is_empty() => Ok(found),
        Ok(_) => Err(DirectoryError::Certificates("there is none in it".to_owned())),
        Err(error) => Err(DirectoryError::Certificates(error.to_string())),
    }
}

/// Why a directory was not read.
#[derive(Debug, thiserror::Error)]
pub enum DirectoryError {
    /// The file of certificates cannot be used.
    #[error("cannot read the certificates to trust: {0}")]
    Certificates(String),
    /// There is no talking to the server.
    #[error("cannot ask the directory {host}: {why}")]
    Connection {
        /// Which.
        host: String,
        /// What went wrong.
        why: String,
    },
    /// The password would go over the network in the open.
    #[error("the password would be sent to {0} in the open: use TLS")]
    Open(String),
    /// A password is missing; a server would take that for a guest.
    #[error("the account for reading the directory has no password given")]
    NoPassword,
    /// The server said no.
    #[error("the directory {host} does not let us {operation}: {why} (LDAP result {code})")]
    Refused {
        /// Which.
        host: String,
        /// What was tried.
        operation: &'static str,
        /// The result code of RFC 4511.
        code: u32,
        /// What that means, or what the server said.
        why: String,
    },
    /// More than is read.
    #[error("the directory holds more than {0} entries, more than is read")]
    TooLarge(usize),
}

/// Reads the directory. Needs a tokio runtime with I/O and time. The time is `told.now`.
pub async fn collect(
    settings: &Settings,
    net: &Net,
    told: &Told,
) -> Result<Reading, DirectoryError> {
    if settings.password.is_empty() {
        return Err(DirectoryError::NoPassword);
    }
    let run = net.run_within(told.now, settings.time);
    let port = settings.port.unwrap_or(if settings.secured == Secured::Tls { 636 } else { 389 });
    let wire = run.wire(&settings.host, port).await.map_err(|why| settings.broken(why))?;
    let mut client = Client { settings, wire, id: 0 };
    client.sign_in().await?;
    let root = client.root().await?;
    let mut reading = Reading::new(root.made_by);
    let mut listing = Listing { entries: Vec::new(), whole: true };
    let bases = settings.base.clone().map_or(root.bases, |base| vec![base]);
    let classes = if root.active { OF_ACTIVE_DIRECTORY } else { OF_OTHERS };
    let mut kept = 0;
    for base in bases {
        client.page_by_page(&base, classes, &mut listing, &mut kept, &mut reading).await?;
    }
    client.sign_out().await;
    read(&listing, Some(told.now), told, "LDAP", "asepsis/directory", &mut reading);
    Ok(reading)
}

struct Root {
    active: bool,
    bases: Vec<String>,
    made_by: &'static str,
}

struct Client<'a> {
    settings: &'a Settings,
    wire: Wire<'a>,
    id: u32,
}

impl Client<'_> {
    async fn sign_in(&mut self) -> Result<(), DirectoryError> {
        let settings = self.settings;
        match settings.secured {
            Secured::Tls => self.secure().await?,
            Secured::StartTls => {
                let id = self.next();
                self.ask("begin TLS", &message::start_tls(id)).await?;
                self.done(id, "begin TLS").await?;
                self.secure().await?;
            }
            Secured::Not if settings.plain_allowed || self.wire.is_loopback() => {}
            Secured::Not => return Err(DirectoryError::Open(settings.host.clone())),
        }
        let id = self.next();
        self.ask("sign in", &message::bind(id, &settings.user, &settings.password)).await?;
        self.done(id, "sign in").await
    }

    async fn secure(&mut self) -> Result<(), DirectoryError> {
        let settings = self.settings;
        let secured = self.wire.secure(&settings.host, &settings.roots).await;
        secured.map_err(|why| settings.broken(why))
    }

    /// What the server says of itself.
    async fn root(&mut self) -> Result<Root, DirectoryError> {
        let names = ["defaultNamingContext", "namingContexts", "supportedCapabilities"];
        let search = Search { base: "", scope: 0, classes: &[], attributes: &names, page: None };
        let id = self.next();
        self.ask("search the root", &message::search(id, &search)).await?;
        let (mut active, mut default, mut contexts) = (false, None, Vec::new());
        loop {
            match self.reply(id).await? {
                Reply::Entry { values, .. } => {
                    for (name, value) in values {
                        let Ok(value) = String::from_utf8(value) else { continue };
                        match name.to_ascii_lowercase().as_str() {
                            "defaultnamingcontext" => default = Some(value),
                            "namingcontexts" if !value.is_empty() => contexts.push(value),
                            "supportedcapabilities" => active |= value == ACTIVE_DIRECTORY,
                            _ => {}
                        }
                    }
                }
                Reply::Reference => {}
                Reply::Done { code: 0, .. } => break,
                Reply::Done { code, text, .. } => {
                    return Err(self.settings.refused("read what the server holds", code, &text));
                }
            }
        }
        let bases = match default.filter(|it| active && !it.is_empty()) {
            Some(default) => vec![default],
            None => contexts.into_iter().take(20).collect(),
        };
        let made_by = if active { "Active Directory" } else { "LDAP directory" };
        Ok(Root { active, bases, made_by })
    }

    async fn page_by_page(
        &mut self,
        base: &str,
        classes: &[&str],
        listing: &mut Listing,
        kept: &mut usize,
        reading: &mut Reading,
    ) -> Result<(), DirectoryError> {
        let mut cookie = Vec::new();
        loop {
            let page = Some((PAGE, cookie.as_slice()));
            let search = Search { base, scope: 2, classes, attributes: ATTRIBUTES, page };
            let id = self.next();
            let request = message::search(id, &search);
            self.ask("search accounts and groups", &request).await?;
            loop {
                match self.reply(id).await? {
                    Reply::Entry { name, values } => {
                        let entry: Entry = Reply::entry(name, values);
                        *kept += entry.size();
                        if listing.entries.len() >= ENTRIES || *kept > KEPT {
                            return Err(DirectoryError::TooLarge(ENTRIES));
                        }
                        listing.entries.push(entry);
                    }
                    Reply::Reference => {
                        reading.leave("pointers to other servers", "only this server is asked");
                    }
                    Reply::Done { code: 0, cookie: next, .. } => {
                        cookie = next;
                        break;
                    }
                    // What came before a limit is taken, and what is not seen is not held to be gone.
                    Reply::Done { code: code @ (3 | 4 | 11), .. } => {
                        listing.whole = false;
                        reading.leave("the rest of the directory", limit(code));
                        return Ok(());
                    }
                    Reply::Done { code, text, .. } => {
                        return Err(self.settings.refused("search", code, &text));
                    }
                }
            }
            if cookie.is_empty() {
                return Ok(());
            }
        }
    }

    async fn sign_out(&mut self) {
        let id = self.next();
        // An unbind has no answer, and whether it arrives does not matter.
        let _ = self.wire.send("sign out", &message::unbind(id)).await;
    }

    fn next(&mut self) -> u32 {
        self.id += 1;
        self.id
    }

    async fn ask(&mut self, what: &str, request: &[u8]) -> Result<(), DirectoryError> {
        let sent = self.wire.send(what, request).await;
        sent.map_err(|why| self.settings.broken(why))
    }

    async fn reply(&mut self, id: u32) -> Result<Reply, DirectoryError> {
        let message = self.wire.message().await.map_err(|why| self.settings.broken(why))?;
        match message::reply(&message) {
            Some((of, reply)) if of == id => Ok(reply),
            _ => Err(self
                .settings
                .broken("the server's answer does not fit the question".to_owned())),
        }
    }

    async fn done(&mut self, id: u32, operation: &'static str) -> Result<(), DirectoryError> {
        match self.reply(id).await? {
            Reply::Done { code: 0, .. } => Ok(()),
            Reply::Done { code, text, .. } => Err(self.settings.refused(operation, code, &text)),
            _ => Err(self
                .settings
                .broken("the server's answer does not fit the question".to_owned())),
        }
    }
}

impl Settings {
    fn broken(&self, why: String) -> DirectoryError {
        DirectoryError::Connection { host: self.host.clone(), why }
    }

    fn refused(&self, operation: &'static str, code: u32, text: &str) -> DirectoryError {
        // The server's own words may name the account; those that we know need none.
        let why = match code {
            49 => "the account or its password is not right",
            8 | 13 => "it wants TLS",
            50 => "the account may not read that",
            53 => "it does not do that",
            32 => "there is nothing at that place",
            _ => text,
        };
        DirectoryError::Refused { host: self.host.clone(), operation, code, why: why.to_owned() }
    }
}

fn limit(code: u32) -> &'static str {
    match code {
        3 => "the server stopped at its time limit",
        _ => "the server stopped at its size limit",
    }
}

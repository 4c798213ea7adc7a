//! Under which names this server answers. Everything else is refused, so that a foreign name that is
//! made to point here (DNS rebinding) reaches nothing.

use std::net::SocketAddr;

use axum::http::HeaderMap;
use axum::http::header::{HOST, ORIGIN};

/// The names, each with its port, in lower case.
#[derive(Clone, Debug)]
pub struct Hosts {
    scheme: &'static str,
    names: Vec<String>,
}

impl Hosts {
    /// This machine's own names at a port.
    pub fn loopback(port: u16) -> Self {
        let names = ["127.0.0.1", "localhost", "[::1]"];
        Self { scheme: "http", names: with_port(&names, port, 80) }
    }

    /// An address and the names that people use for it, behind TLS.
    pub fn behind_tls(address: SocketAddr, names: &[String]) -> Self {
        let ip = match address {
            SocketAddr::V4(it) => it.ip().to_string(),
            SocketAddr::V6(it) => format!("[{}]", it.ip()),
        };
        let mut all = vec!["127.0.0.1", "localhost", "[::1]"];
        if !address.ip().is_unspecified() {
            all.push(&ip);
        }
        all.extend(names.iter().map(String::as_str));
        Self { scheme: "https", names: with_port(&all, address.port(), 443) }
    }

    /// Whether a request names one of them as its host.
    pub(super) fn known(&self, headers: &HeaderMap) -> bool {
        let mut hosts = headers.get_all(HOST).iter();
        let (first, more) = (hosts.next().and_then(|it| it.to_str().ok()), hosts.next());
        more.is_none() && first.is_some_and(|it| self.names.contains(&it.to_ascii_lowercase()))
    }

    /// Whether a form came from one of our own pages. Browsers name the origin of every form;
    /// without it only the form's token counts.
    pub(super) fn own_origin(&self, headers: &HeaderMap) -> bool {
        let site = headers.get("sec-fetch-site").and_then(|it| it.to_str().ok());
        if site.is_some_and(|it| !matches!(it, "same-origin" | "none")) {
            return false;
        }
        let mut origins = headers.get_all(ORIGIN).iter();
        let Some(origin) = origins.next() else { return true };
        let host = origin.to_str().ok().and_then(|it| it.split_once("://"));
        let own = |(scheme, host): (&str, &str)| {
            scheme == self.scheme && self.names.contains(&host.to_ascii_lowercase())
        };
        origins.next().is_none() && host.is_some_and(own)
    }

    /// The first address of the book, for a person's browser.
    pub fn address(&self) -> String {
        let first = self.names.first().map_or("", String::as_str);
        format!("{}://{first}", self.scheme)
    }

    /// The address under which others reach it: the last name given.
    pub fn public_address(&self) -> String {
        let last = self.names.last().map_or("", String::as_str);
        format!("{}://{last}", self.scheme)
    }
}

/// Each name with its port; also without it where browsers leave it out.
fn with_port(names: &[&str], port: u16, usual: u16) -> Vec<String> {
    let name = |it: &&str| {
        let it = it.to_ascii_lowercase();
        if port == usual { it } else { format!("{it}:{port}") }
    };
    names.iter().map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, value.parse().unwrap());
        }
        headers
    }

    #[test]
    fn only_own_names_are_known() {
        let hosts = Hosts::loopback(7391);
        for host in ["127.0.0.1:7391", "localhost:7391", "LOCALHOST:7391", "[::1]:7391"] {
            assert!(hosts.known(&headers(&[("host", host)])), "{host}");
        }
        let foreign = [
            "",
            "clinic.example",
            "127.0.0.1",
            "127.0.0.1:7392",
            "localhost.:7391",
            "127.0.0.1:7391@x",
        ];
        for host in foreign {
            assert!(!hosts.known(&headers(&[("host", host)])), "{host}");
        }
        assert!(!hosts.known(&headers(&[])));
        assert!(!hosts.known(&headers(&[("host", "localhost:7391"), ("host", "x.example")])));
    }

    #[test]
    fn forms_come_from_own_pages() {
        let hosts = Hosts::loopback(7391);
        assert!(hosts.own_origin(&headers(&[])));
        assert!(hosts.own_origin(&headers(&[("origin", "http://localhost:7391")])));
        let foreign = [
            "null",
            "http://x.example",
            "https://localhost:7391",
            "http://localhost:1",
            "localhost:7391",
        ];
        for origin in foreign {
            assert!(!hosts.own_origin(&headers(&[("origin", origin)])), "{origin}");
        }
        assert!(!hosts.own_origin(&headers(&[("sec-fetch-site", "cross-site")])));
        assert!(!hosts.own_origin(&headers(&[("sec-fetch-site", "same-site")])));
    }
}

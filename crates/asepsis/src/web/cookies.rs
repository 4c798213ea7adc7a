//! The two cookies: who is signed in, and who is visiting before that. Reads and writes them.

use axum::http::HeaderMap;
use axum::http::header::COOKIE;

/// Which cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Name {
    /// Of somebody who signed in.
    Session,
    /// Of a visitor, so that forms outside a session carry a token too.
    Visit,
}

impl Name {
    /// Its name. Behind TLS the browser itself then refuses one that another host has set
    /// (RFC 6265bis, section 4.1.3.2).
    const fn text(self, tls: bool) -> &'static str {
        match (self, tls) {
            (Self::Session, false) => "asepsis_session",
            (Self::Session, true) => "__Host-asepsis_session",
            (Self::Visit, false) => "asepsis_visit",
            (Self::Visit, true) => "__Host-asepsis_visit",
        }
    }
}

/// The value of a cookie, if it looks like one of ours: 64 hexadecimal digits.
pub(super) fn read(headers: &HeaderMap, name: Name, tls: bool) -> Option<String> {
    let wanted = name.text(tls);
    let all = headers.get_all(COOKIE).iter().filter_map(|it| it.to_str().ok());
    let mut pairs = all.flat_map(|it| it.split(';')).filter_map(|it| it.trim().split_once('='));
    let (_, value) = pairs.find(|(name, _)| *name == wanted)?;
    let ours = value.len() == 64 && value.bytes().all(|b| b.is_ascii_hexdigit());
    ours.then(|| value.to_owned())
}

/// The header that sets a cookie; without seconds it lasts as long as the browser runs.
pub(super) fn set(name: Name, value: &str, seconds: Option<i64>, tls: bool) -> String {
    let age = seconds.map_or_else(String::new, |it| format!("; Max-Age={it}"));
    let secure = if tls { "; Secure" } else { "" };
    format!("{}={value}; Path=/; HttpOnly; SameSite=Strict{age}{secure}", name.text(tls))
}

/// The header that takes a cookie back.
pub(super) fn forget(name: Name, tls: bool) -> String {
    set(name, "", Some(0), tls)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_read_back_and_nothing_else_is() {
        let token = "a1".repeat(32);
        let mut headers = HeaderMap::new();
        let sent = format!("other=1; asepsis_session={token}; asepsis_visit=short");
        headers.insert(COOKIE, sent.parse().unwrap());
        assert_eq!(read(&headers, Name::Session, false), Some(token.clone()));
        assert_eq!(read(&headers, Name::Visit, false), None);
        assert_eq!(read(&headers, Name::Session, true), None);
        assert!(set(Name::Session, &token, Some(60), true).starts_with("__Host-asepsis_session="));
        assert!(
            set(Name::Session, &token, None, true)
                .ends_with("; Path=/; HttpOnly; SameSite=Strict; Secure")
        );
    }
}

//! Requests and answers of LDAP (RFC 4511), so far as reading needs them: sign in, search in pages,
//! begin TLS. There is no request here that changes anything.

use super::ber::{all, number, tagged, take, text, value};
use crate::import::directory::Entry;

const PAGES: &str = "1.2.840.113556.1.4.319"; // RFC 2696
const START_TLS: &str = "1.3.6.1.4.1.1466.20037";

/// What a search asks.
pub(super) struct Search<'a> {
    pub(super) base: &'a str,
    /// 0: the entry itself; 2: all below it.
    pub(super) scope: u32,
    /// Entries of one of these classes; none: any.
    pub(super) classes: &'a [&'a str],
    pub(super) attributes: &'a [&'a str],
    /// How many at a time, and where the page before ended.
    pub(super) page: Option<(u32, &'a [u8])>,
}

pub(super) fn bind(id: u32, user: &str, password: &str) -> Vec<u8> {
    let parts = [number(2, 3), text(user), tagged(0x80, password.as_bytes())];
    all(0x30, &[number(2, id), all(0x60, &parts)])
}

pub(super) fn unbind(id: u32) -> Vec<u8> {
    all(0x30, &[number(2, id), vec![0x42, 0]])
}

pub(super) fn start_tls(id: u32) -> Vec<u8> {
    all(0x30, &[number(2, id), tagged(0x77, &tagged(0x80, START_TLS.as_bytes()))])
}

pub(super) fn search(id: u32, it: &Search<'_>) -> Vec<u8> {
    let any = tagged(0x87, b"objectClass");
    let class = |class: &&str| all(0xa3, &[text("objectClass"), text(class)]);
    let filter = match it.classes {
        [] => any,
        classes => all(0xa1, &classes.iter().map(class).collect::<Vec<_>>()),
    };
    let attributes: Vec<_> = it.attributes.iter().map(|name| text(name)).collect();
    let request = all(
        0x63,
        &[
            text(it.base),
            number(10, it.scope),
            number(10, 0),
            number(2, 0),
            number(2, 0),
            tagged(1, &[0]),
            filter,
            all(0x30, &attributes),
        ],
    );
    let mut parts = vec![number(2, id), request];
    if let Some((size, cookie)) = it.page {
        let control = all(0x30, &[number(2, size), tagged(4, cookie)]);
        let control = all(0x30, &[text(PAGES), tagged(4, &control)]);
        parts.push(all(0xa0, &[control]));
    }
    all(0x30, &parts)
}

/// An answer.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Reply {
    Entry {
        name: String,
        values: Vec<(String, Vec<u8>)>,
    },
    /// A pointer to another server.
    Reference,
    Done {
        code: u32,
        text: String,
        cookie: Vec<u8>,
    },
}

/// The number of the request that is answered, and the answer; `None` if it is not one.
pub(super) fn reply(message: &[u8]) -> Option<(u32, Reply)> {
    let mut rest = message;
    let (0x30, mut inner) = take(&mut rest)? else { return None };
    let (2, id) = take(&mut inner)? else { return None };
    let id = value(id)?;
    let (tag, mut content) = take(&mut inner)?;
    let reply = match tag {
        0x64 => {
            let (4, name) = take(&mut content)? else { return None };
            let (0x30, mut attributes) = take(&mut content)? else { return None };
            let mut values = Vec::new();
            while let Some((0x30, mut attribute)) = take(&mut attributes) {
                let (4, name) = take(&mut attribute)? else { return None };
                let name = String::from_utf8_lossy(name).into_owned();
                let (0x31, mut set) = take(&mut attribute)? else { return None };
                while let Some((4, value)) = take(&mut set) {
                    values.push((name.clone(), value.to_vec()));
                }
            }
            Reply::Entry { name: String::from_utf8_lossy(name).into_owned(), values }
        }
        0x73 => Reply::Reference,
        0x61 | 0x65 | 0x78 => {
            let (10, code) = take(&mut content)? else { return None };
            let code = value(code)?;
            let (4, _) = take(&mut content)? else { return None };
            let (4, text) = take(&mut content)? else { return None };
            let text: String = String::from_utf8_lossy(text)
                .chars()
                .filter(|c| !c.is_control())
                .take(200)
                .collect();
            Reply::Done { code, text, cookie: cookie(inner).unwrap_or_default() }
        }
        _ => return None,
    };
    Some((id, reply))
}

/// Where the page ended; empty if it was the last.
fn cookie(mut rest: &[u8]) -> Option<Vec<u8>> {
    let (0xa0, mut controls) = take(&mut rest)? else { return None };
    while let Some((0x30, mut control)) = take(&mut controls) {
        let (4, kind) = take(&mut control)? else { return None };
        if kind != PAGES.as_bytes() {
            continue;
        }
        while let Some((tag, mut content)) = take(&mut control) {
            if tag == 4 {
                let (0x30, mut page) = take(&mut content)? else { return None };
                let _ = take(&mut page)?;
                return take(&mut page).map(|(_, cookie)| cookie.to_vec());
            }
        }
    }
    None
}

impl Reply {
    /// The entry with the attributes that are looked at.
    pub(super) fn entry(name: String, values: Vec<(String, Vec<u8>)>) -> Entry {
        let mut entry = Entry::new(name);
        for (name, value) in values {
            entry.push(&name, value);
        }
        entry
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn requests_are_those_of_the_rfc() {
        // RFC 4511: LDAPMessage { 1, BindRequest { 3, "", simple "" } }.
        assert_eq!(bind(1, "", ""), [0x30, 12, 2, 1, 1, 0x60, 7, 2, 1, 3, 4, 0, 0x80, 0]);
        let done = [0x30, 12, 2, 1, 1, 0x61, 7, 10, 1, 49, 4, 0, 4, 0];
        let text = String::new();
        assert_eq!(reply(&done), Some((1, Reply::Done { code: 49, text, cookie: Vec::new() })));
    }

    proptest! {
        #[test]
        fn no_answer_makes_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            let _ = reply(&bytes);
            let mut framed = vec![0x30, u8::try_from(bytes.len()).unwrap() + 5, 2, 1, 1, 0x64];
            framed.push(u8::try_from(bytes.len()).unwrap());
            framed.extend(&bytes);
            let _ = reply(&framed);
        }
    }
}
